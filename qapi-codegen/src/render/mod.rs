//! Diagnostics → text: for people, as QEMU's generator prints them, or for other programs.
//!
//! In: diagnostics and the files they point into. Out: a string, empty if there is nothing to say.
//! Prints nothing itself, and never panics, whatever a span says.

mod github;
mod human;
mod json;
mod qemu;
mod sarif;
mod window;

pub use github::github;
pub use human::{Color, human};
pub use json::json;
pub use qemu::qemu;
pub use sarif::sarif;

use crate::source::{LineColumn, SourceMap, Span};

/// `FILE:LINE` of the start of a span.
fn file_and_line(span: Span, sources: &SourceMap) -> String {
    let LineColumn { line, .. } = sources.line_column(span);
    format!("{}:{line}", sources.file(span.file).name)
}
