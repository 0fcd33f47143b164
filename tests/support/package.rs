//! A package of generated code, which cargo builds beside this one.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::golden::workspace;

/// A package that holds nothing but what a test puts there.
pub struct Package {
    folder: PathBuf,
}

/// Every warning in generated code is an error.
const HEAD: &str = "//! Generated.\n#![deny(warnings, missing_docs)]\n";

impl Package {
    /// An empty package of that name. What cargo built of an earlier one is used again.
    pub fn new(name: &str) -> Package {
        Package::of_edition(name, "2024")
    }

    /// The same in another edition of Rust.
    pub fn of_edition(name: &str, edition: &str) -> Package {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tests").join(name);
        let sources = folder.join("src");
        let _ = std::fs::remove_dir_all(&sources);
        std::fs::create_dir_all(&sources).expect("a folder for the package");
        let runtime = workspace().join("qapi-runtime");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n\
             [profile.dev]\ndebug = false\n\n\
             [dependencies]\nqapi-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
        );
        std::fs::write(folder.join("Cargo.toml"), manifest).expect("writes");
        std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock")).expect("copies");
        std::fs::write(sources.join("lib.rs"), HEAD).expect("writes");
        Package { folder }
    }

    /// Gives it cargo features that do nothing by themselves.
    pub fn add_features(&self, names: impl IntoIterator<Item = String>) {
        let path = self.folder.join("Cargo.toml");
        let manifest = std::fs::read_to_string(&path).expect("reads");
        let features: String = names.into_iter().map(|name| format!("{name:?} = []\n")).collect();
        let features = format!("[features]\n{features}\n[workspace]\n");
        std::fs::write(path, manifest.replace("[workspace]\n", &features)).expect("writes");
    }

    /// Adds a file of generated code as a module.
    pub fn add_module(&self, name: &str, text: &str) {
        let sources = self.folder.join("src");
        std::fs::write(sources.join(format!("{name}.rs")), text).expect("writes");
        let path = sources.join("lib.rs");
        let lib = std::fs::read_to_string(&path).expect("reads");
        let module = format!("/// Generated.\npub mod {name};\n");
        std::fs::write(path, lib + &module).expect("writes");
    }

    /// Adds the program.
    pub fn add_main(&self, text: &str) {
        std::fs::write(self.folder.join("src/main.rs"), text).expect("writes");
    }

    /// Checks that all of it compiles.
    pub fn check(&self) {
        self.check_with(&[]);
    }

    /// Checks that all of it compiles and that clippy has nothing to say of it.
    pub fn lint(&self) {
        let output = self.cargo(&["clippy", "--quiet", "--offline"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// The same as [`check`](Self::check) with options for cargo.
    pub fn check_with(&self, options: &[&str]) {
        let output = self.cargo(&[&["check", "--quiet", "--offline"], options].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Builds and runs the program. Gives what it printed.
    pub fn run(&self, arguments: &[&str]) -> String {
        let all = [&["run", "--quiet", "--offline", "--"], arguments].concat();
        let output = self.cargo(&all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// The same with something to read on its standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> String {
        let path = self.folder.join("input");
        std::fs::write(&path, input).expect("writes");
        let file = std::fs::File::open(&path).expect("opens");
        let all = [&["run", "--quiet", "--offline", "--"], arguments].concat();
        let output = self.command(&all).stdin(file).output().expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn cargo(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("cargo runs: it runs this test")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(&self.folder).args(arguments);
        cargo.env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo
    }
}
