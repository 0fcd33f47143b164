//! QEMU's schemas, its own test cases and recorded conversations. They are not ours to copy, so
//! they stand outside: in the folder that `QAPI_TEST_DATA` names, or `../shared/data`.

use std::path::{Path, PathBuf};

/// The folder, or `None`, said on stderr, where it is absent. Under `QAPI_PEERS=required` (the
/// gate) absence fails the test.
pub fn folder() -> Option<PathBuf> {
    let folder = match std::env::var_os("QAPI_TEST_DATA") {
        Some(path) => PathBuf::from(path),
        None => crate::golden::workspace().join("../shared/data"),
    };
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(!required(), "QEMU's test data is missing: {}", folder.display());
    eprintln!("skipped: no test data at {}; set QAPI_TEST_DATA", folder.display());
    None
}

/// One of QEMU's schemas, by release and path: `("10.2", "qga/qapi-schema.json")`.
pub fn qemu_schema(data: &Path, release: &str, path: &str) -> PathBuf {
    data.join("qemu-schemas").join(release).join(path)
}

/// Whether a missing peer or missing data is a failure.
pub fn required() -> bool {
    std::env::var_os("QAPI_PEERS").is_some_and(|value| value == "required")
}
