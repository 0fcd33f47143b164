//! Members written in place: of a struct, a union's base, a command's or an event's data.

use super::condition;
use super::context::{Context, Part};
use super::definition::Member;
use super::features;
use super::keys::{Keys, check_keys};
use super::name::{self, Named, Permit};
use super::reference;
use crate::ast::{self, Object, Value};
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::source::Spanned;

const KEYS: Keys = Keys { required: &["type"], optional: &["if", "features"] };
const KEYS_EXTENDED: Keys =
    Keys { required: &["type"], optional: &["if", "features", "capability"] };

/// Whose exceptions count for the names of members.
#[derive(Clone, Copy)]
pub(super) enum Exceptions {
    /// The definition's own, where pragma `member-name-exceptions` names it.
    OfDefinition,
    /// There are none: data of a command or an event.
    None,
}

/// The members of an object that is the value of `key`; those that are wrong are left out.
pub(super) fn members(
    cx: &mut Context<'_>,
    object: &Object,
    key: &'static str,
    exceptions: Exceptions,
) -> Vec<Member> {
    let permit = match exceptions {
        Exceptions::OfDefinition => Permit::exceptions(cx),
        Exceptions::None => Permit::NOTHING,
    };
    object.members.iter().filter_map(|written| member(cx, written, key, permit)).collect()
}

fn member(
    cx: &mut Context<'_>,
    written: &ast::Member,
    key: &'static str,
    permit: Permit,
) -> Option<Member> {
    let part = Part::Member(key, &written.name);
    let (name, optional) = match written.name.strip_prefix('*') {
        Some(name) => (name, true),
        None => (written.name.as_str(), false),
    };
    let named = Named { name, optional, span: written.name.span };
    name::check_member(cx, named, part, permit);
    let name = Spanned::new(name.to_owned(), written.name.span);
    let Value::Object(object) = &written.value else {
        let ty = reference::name_or_array(cx, &written.value, part)?;
        let (condition, features, capability) = (None, Vec::new(), None);
        return Some(Member { name, optional, ty, condition, features, capability });
    };
    let keys = if cx.dialect == Dialect::Extended { &KEYS_EXTENDED } else { &KEYS };
    check_keys(cx, object, part, keys);
    let condition = condition::of(cx, object, part);
    let features = features::of(cx, object);
    let ty = object.get("type").and_then(|ty| reference::name_or_array(cx, ty, part));
    let capability = capability(cx, object, part);
    Some(Member { name, optional, ty: ty?, condition, features, capability })
}

/// The capability without which something is not on the wire (dialect extended).
pub(super) fn capability(
    cx: &mut Context<'_>,
    object: &Object,
    owner: Part<'_>,
) -> Option<Spanned<String>> {
    match object.get("capability")? {
        Value::String(capability) => Some(capability.clone()),
        value => {
            if cx.dialect == Dialect::Extended {
                let message = format!("'capability' of {owner} must be a string");
                cx.error(Code::CapabilityNotString, value.span(), message);
            }
            None
        }
    }
}
