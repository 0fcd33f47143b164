//! Texts of errors: what was tried, and why the system refused.
//!
//! In: errors of the system. Out: [`Error`]s of class GenericError, worded as in qemu-ga, whose
//! clients have learnt to read them.

use qapi_runtime::Error;
use std::io;

/// `WHAT: REASON`, as in "failed to read file: Is a directory".
pub(crate) fn failed(what: &str, error: &io::Error) -> Error {
    Error::generic(format!("{what}: {}", reason(error)))
}

/// The system's own words. The standard library adds the number, which clients do not expect.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.rfind(" (os error ").map_or(text.as_str(), |end| &text[..end]).to_owned()
}
