//! The message about a name that is defined twice. QEMU's generator prints the place of the first
//! definition in full behind it.

use super::declare::{Declarations, What};
use super::heading::Headings;
use super::types::Entity;
use crate::diagnostic::{Code, Diagnostic};
use crate::expr::definition::Definition;
use crate::source::{SourceMap, Span};

/// Says that a definition has the name of `first`.
pub(super) fn diagnostic(
    declared: &Declarations,
    headings: &Headings,
    sources: &SourceMap,
    (definition, first): (&Definition, Entity),
) -> Diagnostic {
    let name = &definition.name;
    let (meta, heading) = headings.heading(definition);
    let place = (meta, heading, definition.span);
    let error = |message| Diagnostic::in_definition(Code::Redefinition, place, name.span, message);
    let Some(previous) = maker(declared, first) else {
        return error(format!(
            "{} '{}' is already defined",
            predefined(declared, first),
            name.value
        ));
    };
    let error = error(format!("'{}' is already defined", name.value))
        .also(previous.name.span, "first defined here");
    let lines = previous_definition(previous.span, headings.heading(previous), sources);
    lines.into_iter().fold(error, Diagnostic::continued)
}

/// The definition behind an entity; `None` for what comes with the language.
fn maker(declared: &Declarations, entity: Entity) -> Option<&Definition> {
    let index = match entity {
        Entity::Type(id) => declared.types[id.0 as usize].by?,
        Entity::Command(index) => declared.commands[index],
        Entity::Event(index) => declared.events[index],
        Entity::Include(_) => return None,
    };
    declared.definitions.get(index)
}

/// What comes with the language, as QEMU's generator calls it.
fn predefined(declared: &Declarations, entity: Entity) -> &'static str {
    let Entity::Type(id) = entity else { return "definition" };
    match declared.types[id.0 as usize].what {
        What::Builtin(_) => "built-in type",
        What::QType => "enum type",
        What::Array(..) => "array type",
        What::Empty | What::Definition | What::Members(_) | What::TagEnum | What::Wrapper(..) => {
            "struct type"
        }
    }
}

fn previous_definition(span: Span, (meta, name): (&str, &str), sources: &SourceMap) -> Vec<String> {
    let place =
        |span: Span| format!("{}:{}", sources.file(span.file).name, sources.line_column(span).line);
    let chain = sources.include_chain(span.file).into_iter();
    let mut lines: Vec<String> =
        chain.map(|include| format!("In file included from {}:", place(include))).collect();
    lines.push(format!("{}: In {meta} '{name}':", sources.file(span.file).name));
    lines.push(format!("{}: previous definition", place(span)));
    lines
}
