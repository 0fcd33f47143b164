//! A package that a suite puts together: generated code, a program, and what they need.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A package below the benchmarks' own target folder.
pub struct Package {
    pub folder: PathBuf,
}

impl Package {
    /// A new package; what cargo built for an earlier one of that name is used again.
    pub fn new(name: &str, dependencies: &str) -> Result<Package, String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/packages").join(name);
        let package = Package { folder };
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
             [profile.release]\ndebug = \"line-tables-only\"\n\n\
             [dependencies]\n{dependencies}\n[workspace]\n"
        );
        package.write("Cargo.toml", &manifest)?;
        package.write("src/lib.rs", "")?;
        Ok(package)
    }

    /// Writes a file of it.
    pub fn write(&self, name: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(name);
        let folder = path.parent().unwrap_or(&self.folder);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text));
        written.map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Reads a file of it.
    pub fn read(&self, name: &str) -> Result<String, String> {
        let path = self.folder.join(name);
        std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// Cargo, in the package.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.folder).args(arguments).arg("--quiet");
        cargo.env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo
    }

    /// Runs cargo to its end.
    pub fn run_cargo(&self, arguments: &[&str]) -> Result<(), String> {
        match self.cargo(arguments).status() {
            Ok(status) if status.success() => Ok(()),
            _ => Err(format!("cargo {} failed in {}", arguments.join(" "), self.folder.display())),
        }
    }

    /// The release build of its program.
    pub fn program(&self) -> PathBuf {
        let name = self.folder.file_name().unwrap_or_default();
        self.folder.join("target/release").join(name)
    }

    /// The release build of its library.
    pub fn library(&self) -> PathBuf {
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
        self.folder.join("target/release").join(format!("lib{name}.rlib"))
    }
}
