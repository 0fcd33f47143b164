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

use crate::diagnostic::{Diagnostic, Place};
use crate::source::{LineColumn, SourceMap, Span};

/// The diagnostics in the order of their places, as a person goes through the files. As they are
/// found they stand in the order in which QEMU's generator would meet them.
fn by_place(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| {
        let place = diagnostic.span.map(|span| (span.file, span.start));
        (place.is_none(), place)
    });
    sorted
}

/// A file's name as other programs know it: without `.` and without any `..` behind a name.
fn file_name(span: Span, sources: &SourceMap) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in sources.file(span.file).name.split('/') {
        match (part, parts.last()) {
            (".", Some(_)) | ("", Some(_)) => {}
            ("..", Some(last)) if !matches!(*last, ".." | "" | ".") => drop(parts.pop()),
            _ => parts.push(part),
        }
    }
    let name = parts.join("/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// The message, and the definition that it is about.
fn message_with_definition(diagnostic: &Diagnostic) -> String {
    match &diagnostic.place {
        Place::Definition { meta, name } => {
            format!("{} (in {meta} '{name}')", diagnostic.message)
        }
        Place::Token | Place::Line => diagnostic.message.clone(),
    }
}

/// `FILE:LINE` of the start of a span.
fn file_and_line(span: Span, sources: &SourceMap) -> String {
    let LineColumn { line, .. } = sources.line_column(span);
    format!("{}:{line}", sources.file(span.file).name)
}
