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
    let error = |message: String| within(definition, headings, message);
    let Some(previous) = maker(declared, first) else {
        return error(format!("{} '{}' is already defined", predefined(declared, first), name));
    };
    let first = within(previous, headings, "previous definition".to_owned());
    error(format!("'{name}' is already defined")).followed_by(first)
}

fn within(definition: &Definition, headings: &Headings, message: String) -> Diagnostic {
    let place = (definition.meta(), definition.name.as_str(), definition.span);
    let culprit = definition.name.span;
    let error = Diagnostic::in_definition(Code::Redefinition, place, culprit, message);
    Diagnostic { heading: headings.borrowed(definition), ..error }
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
