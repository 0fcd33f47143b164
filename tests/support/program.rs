//! The workspace's own programs, built before they are used.
//!
//! `cargo test` hands a crate only its own programs, and these belong to others; so the first use
//! asks cargo, which answers at once where they are fresh.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::golden::workspace;

/// `qapi`
pub fn qapi() -> PathBuf {
    built().join("qapi")
}

/// `qapi-agent`
pub fn agent() -> PathBuf {
    built().join("qapi-agent")
}

/// `qapi-agent-client`
pub fn client() -> PathBuf {
    built().join("qapi-agent-client")
}

/// The folder of the built programs.
fn built() -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(build).clone()
}

fn build() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args(["build", "--quiet", "--offline"])
        .args(["-p", "qapi-cli", "-p", "qapi-agent", "-p", "qapi-agent-client"])
        .status()
        .expect("cargo runs: it runs this test");
    assert!(built.success(), "the programs under test do not build");
    // A test runs from target/PROFILE/deps; the programs are always built in the dev profile.
    let own = std::env::current_exe().expect("a running test has a path");
    let target = own.ancestors().nth(3).expect("target/PROFILE/deps/TEST");
    target.join("debug")
}
