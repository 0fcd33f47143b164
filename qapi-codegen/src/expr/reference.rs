//! References to types, as they are written: `'Name'`, `['Name']`, or members in place.

use super::context::{Context, Part};
use super::definition::{Data, TypeRef};
use super::member;
use crate::ast::{Object, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::source::Spanned;

/// The value of a key that names a type; QEMU's generator takes an empty name for no name.
pub(super) fn given<'a>(cx: &Context<'_>, object: &'a Object, key: &str) -> Option<&'a Value> {
    let is_nothing = |value: &&Value| {
        matches!(value, Value::String(name) if name.is_empty()) && cx.dialect != Dialect::Extended
    };
    object.get(key).filter(|value| !is_nothing(value))
}

/// A type name and nothing else.
pub(super) fn name(cx: &mut Context<'_>, value: &Value, part: Part<'_>) -> Option<Spanned<String>> {
    match value {
        Value::String(name) => Some(name.clone()),
        Value::List(_) if says_cannot_be_array(cx) => cannot_be_array(cx, value, part),
        Value::Object(_) | Value::List(_) | Value::Bool(_) => {
            let message = format!("{part} should be a type name");
            cx.error(Code::NotATypeName, value.span(), message);
            None
        }
    }
}

/// A type name, alone or in an array.
pub(super) fn name_or_array(
    cx: &mut Context<'_>,
    value: &Value,
    part: Part<'_>,
) -> Option<TypeRef> {
    match value {
        Value::String(name) => Some(TypeRef::Name(name.clone())),
        Value::List(list) => match &list.value[..] {
            [Value::String(element)] => Some(TypeRef::Array(element.clone())),
            _ => {
                let message = format!("{part}: array type must contain single type name");
                cx.error(Code::ArrayElement, list.span, message);
                None
            }
        },
        Value::Object(_) | Value::Bool(_) => {
            let or_array = if says_cannot_be_array(cx) { "" } else { " or array" };
            let message = format!("{part} should be a type name{or_array}");
            cx.error(Code::NotATypeName, value.span(), message);
            None
        }
    }
}

/// A type name, or members in place; the value of `key`.
pub(super) fn name_or_members(
    cx: &mut Context<'_>,
    value: &Value,
    key: &'static str,
    exceptions: member::Exceptions,
) -> Option<Data> {
    match value {
        Value::String(name) => Some(Data::Named(name.clone())),
        Value::Object(object) => {
            Some(Data::Inline(member::members(cx, object, key, exceptions), object.span))
        }
        Value::List(_) if says_cannot_be_array(cx) => cannot_be_array(cx, value, Part::Key(key)),
        Value::List(_) | Value::Bool(_) => not_members(cx, value, key),
    }
}

/// Members in place and nothing else; the value of `key`.
pub(super) fn members_only<'a>(
    cx: &mut Context<'_>,
    value: &'a Value,
    key: &'static str,
) -> Option<&'a Object> {
    match value {
        Value::Object(object) => Some(object),
        Value::List(_) if says_cannot_be_array(cx) => cannot_be_array(cx, value, Part::Key(key)),
        // Before 10.0, QEMU's generator looked for members in the name, and broke.
        Value::String(_) if cx.dialect < Dialect::Qemu10_0 => {
            let error = not_members_error(cx, value, key);
            cx.deferred.push(error);
            None
        }
        Value::String(_) | Value::List(_) | Value::Bool(_) => not_members(cx, value, key),
    }
}

fn not_members<T>(cx: &mut Context<'_>, value: &Value, key: &str) -> Option<T> {
    let error = not_members_error(cx, value, key);
    cx.diagnostics.push(error);
    None
}

fn not_members_error(cx: &Context<'_>, value: &Value, key: &str) -> Diagnostic {
    let message = format!("'{key}' should be an object or type name");
    cx.diagnostic(Code::NotMembers, value.span(), message)
}

/// Before 10.0, QEMU told arrays that are in the wrong place apart from other mistakes.
fn says_cannot_be_array(cx: &Context<'_>) -> bool {
    cx.dialect < Dialect::Qemu10_0
}

fn cannot_be_array<T>(cx: &mut Context<'_>, value: &Value, part: Part<'_>) -> Option<T> {
    cx.error(Code::NotATypeName, value.span(), format!("{part} cannot be an array"));
    None
}
