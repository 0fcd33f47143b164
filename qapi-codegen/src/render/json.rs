//! As JSON: one object a line, for editors and other programs.

use serde_json::{Value, json as object};

use super::{by_place, file_name};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::{LineColumn, SourceMap, Span};

/// Every diagnostic as one line: `code`, `severity`, `message`, `place`, `definition`, `label`,
/// `labels`, `notes`, `suggestion`, and `included_from`, outermost first.
pub fn json(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let lines = by_place(diagnostics).into_iter();
    lines.map(|diagnostic| format!("{}\n", value(diagnostic, sources))).collect()
}

fn value(diagnostic: &Diagnostic, sources: &SourceMap) -> Value {
    let Diagnostic { code, label, notes, span, .. } = diagnostic;
    let chain = span.map(|span| sources.include_chain(span.file)).unwrap_or_default();
    object!({
        "code": code.as_str(),
        "severity": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": diagnostic.message,
        "place": span.map(|span| place(span, sources)),
        "definition": definition(&diagnostic.place),
        "label": label,
        "labels": labels(diagnostic, sources),
        "notes": notes,
        "suggestion": diagnostic.suggestion.as_ref().map(|suggestion| object!({
            "message": suggestion.message,
            "place": place(suggestion.span, sources),
            "replacement": suggestion.replacement,
        })),
        "included_from": chain.into_iter().map(|by| place(by, sources)).collect::<Vec<_>>(),
    })
}

fn labels(diagnostic: &Diagnostic, sources: &SourceMap) -> Vec<Value> {
    let labels = diagnostic.labels.iter().map(|label| (label.span, &label.message));
    let sequel =
        diagnostic.sequel.iter().filter_map(|sequel| Some((sequel.span?, &sequel.message)));
    labels
        .chain(sequel)
        .map(|(span, message)| object!({ "message": message, "place": place(span, sources) }))
        .collect()
}

fn definition(place: &Place) -> Value {
    match place {
        Place::Definition { meta, name } => object!({ "meta": meta, "name": name }),
        Place::Token | Place::Line => Value::Null,
    }
}

/// Lines and columns from 1, columns in code points; offsets in bytes from 0, the end exclusive.
fn place(span: Span, sources: &SourceMap) -> Value {
    let LineColumn { line, column } = sources.line_column(span);
    let end = sources.line_column(Span { start: span.end, ..span });
    object!({
        "file": file_name(span, sources),
        "line": line,
        "column": column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
    })
}
