//! What the derives accept and what they say of everything else: `tests/ui`, a file a hazard.
//! `TRYBUILD=overwrite cargo test -p qapi-tests --test ui` rewrites the expected messages; read the
//! diff then.
//!
//! The compiler has a share in every message, and words its own anew from release to release. So
//! messages are compared under the one release that they were written down with, which
//! `tests/ui/COMPILER` names; under any other, only what must be accepted is tried.

use std::process::Command;

const DERIVES: [&str; 6] = ["object", "enum", "union", "alternate", "command", "event"];

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    let (expected, found) = (include_str!("ui/COMPILER").trim(), compiler());
    if !found.starts_with(expected) {
        let required = qapi_tests::data::required();
        assert!(!required, "messages are those of {expected}, not of {found}");
        eprintln!("skipped: messages are those of {expected}; this is {found}");
        return;
    }
    for derive in DERIVES {
        cases.compile_fail(format!("ui/{derive}/*.rs"));
    }
}

/// The compiler that trybuild will use, as it names itself.
fn compiler() -> String {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output().expect("cargo has found a compiler");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
