//! As GitHub workflow commands: an annotation at each place, when a workflow prints them.
//!
//! The format is that of GitHub's "Workflow commands for GitHub Actions".

use super::{by_place, file_name, message_with_definition};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{LineColumn, SourceMap, Span};

/// Every diagnostic as one line, `::error file=…,line=…,col=…,title=CODE::MESSAGE`.
pub fn github(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    by_place(diagnostics).into_iter().map(|diagnostic| annotation(diagnostic, sources)).collect()
}

fn annotation(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let place = diagnostic.span.map(|span| place(span, sources)).unwrap_or_default();
    let title = property(diagnostic.code.as_str());
    format!("::{command} {place}title={title}::{}\n", data(&message(diagnostic)))
}

/// The properties that say where, each with a comma behind it.
fn place(span: Span, sources: &SourceMap) -> String {
    let LineColumn { line, column } = sources.line_column(span);
    let end = sources.line_column(Span { start: span.end, ..span });
    let file = property(&file_name(span, sources));
    // GitHub refuses columns for more than one line.
    match end.line == line {
        true => format!("file={file},line={line},col={column},endColumn={},", end.column),
        false => format!("file={file},line={line},endLine={},", end.line),
    }
}

/// What an annotation has room for: the message, and how to mend it.
fn message(diagnostic: &Diagnostic) -> String {
    let mut lines = vec![message_with_definition(diagnostic)];
    lines.extend(diagnostic.notes.iter().cloned());
    lines.extend(diagnostic.suggestion.iter().map(|suggestion| suggestion.message.clone()));
    lines.join("\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
