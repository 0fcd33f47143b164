//! The four kinds of type definition: enum, struct, union, alternate.

use super::branch::{self, Owner};
use super::condition;
use super::context::{Context, Part};
use super::definition::{Alternate, Data, Enum, EnumValue, Kind, SimpleUnion, Struct, Union};
use super::features;
use super::keys::{Keys, check_keys};
use super::member::{self, Exceptions};
use super::name::{self, Named};
use super::reference;
use crate::ast::{Object, Value};
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::source::Spanned;

pub(super) const ENUM: Keys =
    Keys { required: &["enum", "data"], optional: &["if", "features", "prefix"] };
pub(super) const STRUCT: Keys =
    Keys { required: &["struct", "data"], optional: &["base", "if", "features"] };
pub(super) const UNION: Keys =
    Keys { required: &["union", "base", "discriminator", "data"], optional: &["if", "features"] };
const UNION_5_2: Keys =
    Keys { required: &["union", "data"], optional: &["base", "discriminator", "if", "features"] };
pub(super) const ALTERNATE: Keys =
    Keys { required: &["alternate", "data"], optional: &["if", "features"] };
const VALUE: Keys = Keys { required: &["name"], optional: &["if", "features"] };
const VALUE_5_2: Keys = Keys { required: &["name"], optional: &["if"] };

pub(super) fn enumeration(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    check_keys(cx, object, Part::Definition("enum"), &ENUM);
    let data = object.get("data")?;
    let Value::List(list) = data else {
        cx.error(Code::NotAnArray, data.span(), "'data' must be an array");
        return None;
    };
    let prefix = prefix(cx, object);
    let values = list.value.iter().filter_map(|written| value(cx, written)).collect();
    Some(Kind::Enum(Enum { values, prefix }))
}

fn prefix(cx: &mut Context<'_>, object: &Object) -> Option<String> {
    match object.get("prefix")? {
        Value::String(prefix) => Some(prefix.value.clone()),
        value => {
            cx.error(Code::PrefixNotString, value.span(), "'prefix' must be a string");
            None
        }
    }
}

/// A value is a name, or an object with a name.
fn value(cx: &mut Context<'_>, written: &Value) -> Option<EnumValue> {
    let Value::Object(object) = written else {
        let name = features::string_name(cx, written, Part::Element("data"))?;
        check_value_name(cx, &name);
        return Some(EnumValue { name, condition: None, features: Vec::new() });
    };
    let keys = if cx.dialect == Dialect::Qemu5_2 { &VALUE_5_2 } else { &VALUE };
    check_keys(cx, object, Part::Element("data"), keys);
    let name = features::string_name(cx, object.get("name")?, Part::Element("data"))?;
    check_value_name(cx, &name);
    let condition = condition::of(cx, object, Part::Member("data", &name));
    let features = features::of(cx, object);
    Some(EnumValue { name, condition, features })
}

fn check_value_name(cx: &mut Context<'_>, name: &Spanned<String>) {
    let named = Named::plain(name);
    name::check_value(cx, named, Part::Member("data", name));
}

pub(super) fn structure(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    check_keys(cx, object, Part::Definition("struct"), &STRUCT);
    let data = object.get("data").and_then(|data| reference::members_only(cx, data, "data"));
    let members = data.map(|data| member::members(cx, data, "data", Exceptions::OfDefinition));
    let base = reference::given(cx, object, "base")
        .and_then(|base| reference::name(cx, base, Part::Key("base")));
    Some(Kind::Struct(Struct { base, members: members? }))
}

pub(super) fn union(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    if cx.dialect == Dialect::Qemu5_2 {
        return union_5_2(cx, object);
    }
    check_keys(cx, object, Part::Definition("union"), &UNION);
    tagged_union(cx, object)
}

fn tagged_union(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    let base = match object.get("base") {
        Some(base) if reference::given(cx, object, "base").is_none() => {
            Some(Data::Inline(Vec::new(), base.span()))
        }
        base => base.and_then(|base| {
            reference::name_or_members(cx, base, "base", Exceptions::OfDefinition)
        }),
    };
    let tag = object
        .get("discriminator")
        .and_then(|tag| features::string_name(cx, tag, Part::Key("discriminator")));
    let data = branches_object(cx, object)?;
    let owner = match &base {
        Some(Data::Inline(members, _)) if members.is_empty() => Owner::UnionWithoutBase,
        Some(_) | None => Owner::Union,
    };
    let branches = branch::branches(cx, data, owner);
    Some(Kind::Union(Union { base: base?, tag: tag?, branches, data: data.span }))
}

/// Without base and tag it is a simple union, with both one of today's; one alone is wrong.
fn union_5_2(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    check_keys(cx, object, Part::Definition("union"), &UNION_5_2);
    match (object.get("base"), object.get("discriminator")) {
        (None, None) => {
            let data = branches_object(cx, object)?;
            let branches = branch::branches(cx, data, Owner::SimpleUnion);
            Some(Kind::SimpleUnion(SimpleUnion { branches, data: data.span }))
        }
        (Some(base), Some(tag)) if is_nothing(base) => {
            cx.error(Code::MissingKey, tag.span(), "'discriminator' requires 'base'");
            None
        }
        (Some(_), Some(_)) => tagged_union(cx, object),
        (Some(base), None) => {
            cx.error(Code::MissingKey, base.span(), "'base' requires 'discriminator'");
            None
        }
        (None, Some(tag)) => {
            cx.error(Code::MissingKey, tag.span(), "'discriminator' requires 'base'");
            None
        }
    }
}

fn branches_object<'a>(cx: &mut Context<'_>, object: &'a Object) -> Option<&'a Object> {
    match object.get("data")? {
        Value::Object(data) => Some(data),
        value => {
            cx.error(Code::NotAnObject, value.span(), "'data' must be an object");
            None
        }
    }
}

pub(super) fn alternate(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    check_keys(cx, object, Part::Definition("alternate"), &ALTERNATE);
    let value = object.get("data")?;
    if value.is_empty() {
        cx.error(Code::AlternateEmpty, value.span(), "'data' must not be empty");
        return None;
    }
    let data = branches_object(cx, object)?;
    Some(Kind::Alternate(Alternate { branches: branch::branches(cx, data, Owner::Alternate) }))
}

/// A base that 5.2 takes for none.
fn is_nothing(base: &Value) -> bool {
    match base {
        Value::Object(_) | Value::String(_) => base.is_empty(),
        Value::List(_) | Value::Bool(_) => false,
    }
}
