//! Goldens: a file holds what was right; a test compares whole texts.
//!
//! `BLESS=1 cargo test` rewrites them. Nothing else does: a wrong result never makes itself right.

use std::path::{Path, PathBuf};

/// The workspace's root.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the workspace").into()
}

/// A folder of this crate.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder with this extension, sorted; fails where there are none, so that a walk
/// over a moved folder does not pass by finding nothing.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder's entries can be read").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect();
    assert!(!files.is_empty(), "no .{extension} file in {}", folder.display());
    files.sort();
    files
}

/// What differs between goldens and what was made: empty when all is well.
#[derive(Default)]
pub struct Report {
    differences: Vec<String>,
}

impl Report {
    /// Compares `actual` with the file at `golden`, or writes it there under `BLESS=1`.
    pub fn compare(&mut self, golden: &Path, actual: &str) {
        if std::env::var_os("BLESS").is_some_and(|bless| bless == "1") {
            if std::fs::read_to_string(golden).ok().as_deref() != Some(actual) {
                std::fs::write(golden, actual)
                    .unwrap_or_else(|error| panic!("{}: {error}", golden.display()));
            }
            return;
        }
        match std::fs::read_to_string(golden) {
            Ok(expected) if expected == actual => {}
            Ok(expected) => self.differences.push(diff(golden, &expected, actual)),
            Err(error) => self.differences.push(format!("{}: {error}\n{actual}", golden.display())),
        }
    }

    /// Takes a fault that no golden shows.
    pub fn fault(&mut self, text: impl Into<String>) {
        self.differences.push(text.into());
    }

    /// Fails the test if anything differed, with every difference.
    pub fn finish(self) {
        assert!(
            self.differences.is_empty(),
            "{} of the goldens differ; if the new text is right: BLESS=1 cargo test -p qapi-tests\n{}",
            self.differences.len(),
            self.differences.join("\n")
        );
    }
}

fn diff(golden: &Path, expected: &str, actual: &str) -> String {
    let name = golden.strip_prefix(workspace()).unwrap_or(golden).display().to_string();
    similar::TextDiff::from_lines(expected, actual)
        .unified_diff()
        .header(&name, "what the code makes now")
        .to_string()
}
