//! As SARIF 2.1.0, the exchange format for findings of static analysis (an OASIS standard).
//!
//! What is used of it: one run, a rule for each code that was found, results with regions in code
//! points, other places as related locations, and a mechanical mend as a fix.

use serde_json::{Value, json};

use super::{by_place, file_name, message_with_definition};
use crate::diagnostic::{Code, Diagnostic, Place, Severity, Suggestion};
use crate::source::{LineColumn, SourceMap, Span};

/// One SARIF document with all diagnostics; also where there is none, so that a checker of results
/// can tell that nothing was found.
pub fn sarif(diagnostics: &[Diagnostic], sources: &SourceMap) -> String {
    let mut rules: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    rules.sort_unstable();
    rules.dedup();
    let results = by_place(diagnostics).into_iter();
    let results = results.map(|diagnostic| result(diagnostic, &rules, sources));
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "qapi",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{document:#}\n")
}

fn rule(code: Code) -> Value {
    json!({ "id": code.as_str(), "fullDescription": { "text": code.explanation().join("\n") } })
}

fn result(diagnostic: &Diagnostic, rules: &[Code], sources: &SourceMap) -> Value {
    let code = diagnostic.code;
    let mut result = json!({
        "ruleId": code.as_str(),
        "ruleIndex": rules.binary_search(&code).expect("the rules are those of the results"),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": { "text": message(diagnostic) },
        "relatedLocations": related(diagnostic, sources),
    });
    if let Some(span) = diagnostic.span {
        let mut location = json!({ "physicalLocation": physical(span, sources) });
        if let Place::Definition { meta, name } = &diagnostic.place {
            location["logicalLocations"] = json!([{ "name": name, "kind": meta }]);
        }
        result["locations"] = json!([location]);
    }
    if let Some(suggestion) = &diagnostic.suggestion {
        result["fixes"] = json!([fix(suggestion, sources)]);
    }
    result
}

fn message(diagnostic: &Diagnostic) -> String {
    let notes = diagnostic.notes.iter().map(String::as_str);
    let message = message_with_definition(diagnostic);
    std::iter::once(message.as_str()).chain(notes).collect::<Vec<_>>().join("\n")
}

fn related(diagnostic: &Diagnostic, sources: &SourceMap) -> Vec<Value> {
    let labels = diagnostic.labels.iter().map(|label| (label.span, label.message.as_str()));
    let chain = diagnostic.span.map(|span| sources.include_chain(span.file)).unwrap_or_default();
    let chain = chain.into_iter().map(|span| (span, "included from here"));
    let located = |(span, text): (Span, &str)| json!({ "physicalLocation": physical(span, sources), "message": { "text": text } });
    labels.chain(chain).map(located).collect()
}

fn fix(suggestion: &Suggestion, sources: &SourceMap) -> Value {
    json!({
        "description": { "text": suggestion.message },
        "artifactChanges": [{
            "artifactLocation": artifact(suggestion.span, sources),
            "replacements": [{
                "deletedRegion": region(suggestion.span, sources),
                "insertedContent": { "text": suggestion.replacement },
            }],
        }],
    })
}

fn physical(span: Span, sources: &SourceMap) -> Value {
    json!({ "artifactLocation": artifact(span, sources), "region": region(span, sources) })
}

fn artifact(span: Span, sources: &SourceMap) -> Value {
    let name = file_name(span, sources);
    let scheme = if name.starts_with('/') { "file://" } else { "" };
    json!({ "uri": format!("{scheme}{}", encoded(&name)) })
}

/// Lines and columns from 1; the end column is that behind the last character.
fn region(span: Span, sources: &SourceMap) -> Value {
    let LineColumn { line, column } = sources.line_column(span);
    let end = sources.line_column(Span { start: span.end, ..span });
    json!({ "startLine": line, "startColumn": column, "endLine": end.line, "endColumn": end.column })
}

/// A path as the path of a URI: what RFC 3986 does not allow there is percent-encoded. So is a
/// colon, which would make a scheme of what stands before it.
fn encoded(path: &str) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte);
    path.bytes()
        .map(|byte| match allowed(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        })
        .collect()
}
