//! Whether a definition has the documentation it needs, as far as the definition alone tells.
//! That every member is described is for `schema` to say.

use super::context::Context;
use crate::ast::Object;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::DocChecks;
use crate::doc::{Doc, SectionKind};

/// Checks that the documentation is there, is that of this definition, and has no section that
/// makes no sense for it.
pub(super) fn check(cx: &mut Context<'_>, doc: Option<&Doc>, object: &Object) {
    match doc {
        _ if cx.doc_checks == DocChecks::Off => {}
        Some(doc) => {
            check_symbol(cx, doc);
            check_sections(cx, doc, object);
        }
        None if cx.pragmas.requires_docs(cx.module) => {
            let place = object.span.before();
            cx.error(Code::DocRequired, place, "documentation comment required");
        }
        None => {}
    }
}

fn check_symbol(cx: &mut Context<'_>, doc: &Doc) {
    let Some(symbol) = doc.symbol.as_ref().filter(|symbol| symbol.value != cx.name) else { return };
    let message = format!("documentation comment is for '{}'", symbol.value);
    let span = cx.span;
    let diagnostic = cx
        .diagnostic(Code::DocSymbol, symbol.span, message)
        .also(span, "the definition it stands before");
    cx.diagnostics.push(diagnostic);
}

/// QEMU places these at the section, without saying in which definition.
fn check_sections(cx: &mut Context<'_>, doc: &Doc, object: &Object) {
    let returns = doc.section(SectionKind::Returns);
    let errors = doc.section(SectionKind::Errors);
    match (returns, cx.meta) {
        (Some(returns), "command") => {
            if object.get("returns").is_none() && cx.doc_checks > DocChecks::Legacy {
                let message = "'Returns' section, but command doesn't return anything";
                cx.diagnostics.push(Diagnostic::at_line(
                    Code::DocReturnsNothing,
                    returns.span,
                    message,
                ));
            }
        }
        (Some(returns), _) => {
            // Up to 7.2, QEMU named the documentation's first line.
            let (span, message) = match cx.doc_checks {
                DocChecks::Legacy => (doc.span, "'Returns:' is only valid for commands"),
                _ => (returns.span, "'Returns' section is only valid for commands"),
            };
            cx.diagnostics.push(Diagnostic::at_line(Code::DocOnlyForCommands, span, message));
        }
        (None, _) => {}
    }
    if let Some(errors) = errors.filter(|_| cx.meta != "command") {
        let message = "'Errors' section is only valid for commands";
        cx.diagnostics.push(Diagnostic::at_line(Code::DocOnlyForCommands, errors.span, message));
    }
}
