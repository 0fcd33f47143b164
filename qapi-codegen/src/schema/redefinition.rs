//! The message about a name that is defined twice. QEMU's generator prints the place of the first
//! definition in full behind it.

use super::declare::{Declarations, What};
use super::heading::Headings;
use super::types::Entity;
use crate::diagnostic::{Code, Diagnostic};
use crate::expr::definition::Definition;

/// Says that `name`, which a definition has or implies, is that of `first`.
pub(super) fn diagnostic(
    declared: &Declarations,
    headings: &Headings,
    name: &str,
    (definition, first): (&Definition, Entity),
) -> Diagnostic {
    let (meta, heading) = headings.heading(definition);
    let place = (meta, heading, definition.span);
    let culprit = definition.name.span;
    let error = |message| Diagnostic::in_definition(Code::Redefinition, place, culprit, message);
    let Some(previous) = maker(declared, first) else {
        return error(format!("{} '{}' is already defined", predefined(declared, first), name));
    };
    let (meta, heading) = headings.heading(previous);
    let first = (meta, heading, previous.span);
    let first = Diagnostic::in_definition(
        Code::Redefinition,
        first,
        previous.name.span,
        "previous definition",
    );
    error(format!("'{name}' is already defined")).followed_by(first)
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
