//! As QEMU's generator prints it: the first error and nothing else.

use std::fmt::Write;

use super::file_and_line;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::{SourceMap, Span};

/// The first error, in the exact text of QEMU's generator; empty if there is no error.
pub fn qemu(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut text = String::new();
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    if let Some(first) = diagnostics.iter().find(is_error) {
        write(first, sources, &mut text);
    }
    text
}

fn write(diagnostic: &Diagnostic, sources: &SourceMap, out: &mut String) {
    if let Some(span) = diagnostic.anchor.or(diagnostic.span) {
        write_place(diagnostic, span, sources, out);
    }
    out.push_str(&diagnostic.message);
    out.push('\n');
    for line in &diagnostic.continuation {
        out.push_str(line);
        out.push('\n');
    }
    if let Some(sequel) = &diagnostic.sequel {
        write(sequel, sources, out);
    }
}

fn write_place(diagnostic: &Diagnostic, span: Span, sources: &SourceMap, out: &mut String) {
    const INFALLIBLE: &str = "writing to a string cannot fail";
    for directive in sources.include_chain(span.file) {
        let directive = file_and_line(directive, sources);
        writeln!(out, "In file included from {directive}:").expect(INFALLIBLE);
    }
    // A definition whose name is empty has no heading.
    if let Some((meta, name)) = heading(diagnostic).filter(|(_, name)| !name.is_empty()) {
        let file = &sources.file(span.file).name;
        writeln!(out, "{file}: In {meta} '{name}':").expect(INFALLIBLE);
    }
    out.push_str(&file_and_line(span, sources));
    if diagnostic.place == Place::Token {
        write!(out, ":{}", column(span, sources)).expect(INFALLIBLE);
    }
    out.push_str(": ");
}

/// What QEMU's generator calls the definition that a message is about.
fn heading(diagnostic: &Diagnostic) -> Option<(&'static str, &str)> {
    match (&diagnostic.heading, &diagnostic.place) {
        (Some((meta, name)), _) | (None, Place::Definition { meta, name }) => Some((meta, name)),
        (None, Place::Token | Place::Line) => None,
    }
}

/// The column as QEMU's generator counts it. A tab moves to the column it has within its group of
/// eight, not to the next group: at column 1 it stays there.
fn column(span: Span, sources: &SourceMap) -> usize {
    sources.line_before(span).chars().fold(1, |column, character| match character {
        '\t' => (column + 7) % 8 + 1,
        _ => column + 1,
    })
}
