//! Which parts of a definition its documentation is about: members, arguments, values, branches.
//! Not those that it inherits or takes from a named type: they are documented there.

use super::types::{
    Branch, Command, Common, Entity, EnumValue, Event, Feature, Member, Object, Type, TypeId,
};
use crate::source::Span;

/// A part that documentation describes.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// What messages call it: `member`, `value` or `branch`.
    pub role: &'static str,
    /// Its name.
    pub name: &'a str,
    /// Where it is written.
    pub span: Option<Span>,
    /// Its features, which the documentation describes too.
    pub features: &'a [Feature],
}

/// Types, commands and events: those of a draft or of a schema.
#[derive(Clone, Copy)]
pub(super) struct All<'a> {
    pub(super) types: &'a [Type],
    pub(super) commands: &'a [Command],
    pub(super) events: &'a [Event],
}

/// An entity's own properties, and its parts in the order of QEMU's generator. `None` for built-in
/// types, arrays and includes.
pub(super) fn entity(all: All<'_>, entity: Entity) -> Option<(&Common, Vec<Part<'_>>)> {
    match entity {
        Entity::Type(id) => {
            let ty = all.types.get(id.0 as usize)?;
            Some((ty.common()?, of_type(all.types, ty)))
        }
        Entity::Command(index) => {
            let command = all.commands.get(index)?;
            Some((&command.common, of_data(all.types, command.arguments)))
        }
        Entity::Event(index) => {
            let event = all.events.get(index)?;
            Some((&event.common, of_data(all.types, event.data)))
        }
        Entity::Include(_) => None,
    }
}

fn of_type<'a>(types: &'a [Type], ty: &'a Type) -> Vec<Part<'a>> {
    match ty {
        Type::Builtin(_) | Type::Array(_) => Vec::new(),
        Type::Enum(enumeration) => {
            let value = |value: &'a EnumValue| Part {
                role: "value",
                name: &value.name,
                span: value.span,
                features: &value.features,
            };
            enumeration.values.iter().map(value).collect()
        }
        Type::Object(object) => {
            let base = object.base.and_then(|base| in_place(types, base));
            let base = base.into_iter().flat_map(|base| &base.members);
            base.chain(&object.members).map(member).collect()
        }
        Type::Alternate(alternate) => {
            let branch = |branch: &'a Branch| Part {
                role: "branch",
                name: &branch.name,
                span: branch.span,
                features: &[],
            };
            alternate.branches.iter().map(branch).collect()
        }
    }
}

/// The parts of a command or event: what its data has in place.
fn of_data(types: &[Type], data: Option<TypeId>) -> Vec<Part<'_>> {
    let object = data.and_then(|data| in_place(types, data));
    object.into_iter().flat_map(|object| &object.members).map(member).collect()
}

/// The object behind an id, if it is written in place.
fn in_place(types: &[Type], id: TypeId) -> Option<&Object> {
    let object = types.get(id.0 as usize)?.as_object()?;
    object.is_implicit().then_some(object)
}

fn member(member: &Member) -> Part<'_> {
    Part { role: "member", name: &member.name, span: Some(member.span), features: &member.features }
}
