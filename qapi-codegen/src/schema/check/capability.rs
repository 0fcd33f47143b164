//! Capabilities (dialect extended): the pragma names an enum, and what needs a capability names
//! one of its values.

use super::context::{Context, describe, value_names};
use crate::diagnostic::{Code, Diagnostic};
use crate::expr::definition::{Definition, Kind};
use crate::schema::fill::written_in_place;
use crate::schema::types::{Entity, Type, TypeId};
use crate::source::Spanned;

/// Checks the pragma and every use of a capability. Returns the enum. With a wrong pragma, nobody
/// can tell which uses are right.
pub(super) fn check(cx: &mut Context<'_>) -> Option<TypeId> {
    let offered = match &cx.rules.pragmas.capabilities {
        Some(name) => Some(check_pragma(cx, name)?),
        None => None,
    };
    let draft = cx.draft;
    for definition in &draft.definitions {
        for (capability, what) in uses(definition) {
            check_use(cx, definition, offered, (capability, &what));
        }
    }
    offered
}

/// The pragma belongs to no definition.
fn check_pragma(cx: &mut Context<'_>, name: &Spanned<String>) -> Option<TypeId> {
    let id = match cx.draft.names.get(&name.value) {
        Some(Entity::Type(id)) => *id,
        _ => {
            let message = format!("pragma 'capabilities' uses unknown type '{}'", name.value);
            let error = Diagnostic::at_line(Code::UnknownType, name.span, message);
            let types = &cx.draft.types;
            let enums = || types.iter().filter_map(Type::as_enum);
            let known = || enums().map(|known| known.common.name.as_str()).collect();
            cx.push_suggesting(error, (name, name.span), &known);
            return None;
        }
    };
    if cx.draft.ty(id)?.as_enum().is_none() {
        let what = describe(cx.draft, id);
        let message = format!("pragma 'capabilities' requires an enum type, {what} isn't");
        let error = Diagnostic::at_line(Code::CapabilitiesNotEnum, name.span, message);
        cx.diagnostics.push(error);
        return None;
    }
    Some(id)
}

/// The capabilities that a definition and its members need, and what needs them.
fn uses(definition: &Definition) -> Vec<(&Spanned<String>, String)> {
    let own = match &definition.kind {
        Kind::Command(command) => command.capability.as_ref(),
        Kind::Event(event) => event.capability.as_ref(),
        Kind::Enum(_)
        | Kind::Struct(_)
        | Kind::Union(_)
        | Kind::SimpleUnion(_)
        | Kind::Alternate(_) => None,
    };
    let own = own.map(|capability| (capability, definition.meta().to_owned()));
    let members = written_in_place(definition).iter().filter_map(|member| {
        let capability = member.capability.as_ref()?;
        Some((capability, format!("member '{}'", member.name.value)))
    });
    own.into_iter().chain(members).collect()
}

fn check_use(
    cx: &mut Context<'_>,
    definition: &Definition,
    offered: Option<TypeId>,
    (capability, what): (&Spanned<String>, &str),
) {
    if offered.is_some_and(|offered| cx.has_value(offered, capability)) {
        return;
    }
    let message = format!("{what} uses unknown capability '{}'", capability.value);
    let culprit = capability.span;
    let Some(offered) = offered else {
        let error = cx.diagnostic(Code::CapabilityUnknown, definition, culprit, message);
        let note = "no pragma 'capabilities' names the enum of capabilities";
        return cx.diagnostics.push(error.note(note));
    };
    let draft = cx.draft;
    let known = || value_names(draft, offered).collect();
    let name = (capability.as_str(), culprit);
    cx.misspelled(Code::CapabilityUnknown, definition, name, message, &known);
}
