//! `features`: labels that clients may look for.

use super::condition;
use super::context::{Context, Part};
use super::definition::Feature;
use super::keys::{Keys, check_keys};
use super::name::{self, Named, Permit};
use crate::ast::{Object, Value};
use crate::diagnostic::Code;
use crate::source::Spanned;

const KEYS: Keys = Keys { required: &["name"], optional: &["if"] };

/// The features that an object lists; those that are wrong are left out.
pub(super) fn of(cx: &mut Context<'_>, object: &Object) -> Vec<Feature> {
    match object.get("features") {
        None => Vec::new(),
        Some(Value::List(list)) => {
            list.value.iter().filter_map(|value| feature(cx, value)).collect()
        }
        Some(value) => {
            cx.error(Code::NotAnArray, value.span(), "'features' must be an array");
            Vec::new()
        }
    }
}

/// A feature is a name, or an object with a name.
fn feature(cx: &mut Context<'_>, value: &Value) -> Option<Feature> {
    let Value::Object(object) = value else {
        let name = string_name(cx, value, Part::Element("features"))?;
        check_name(cx, &name);
        return Some(Feature { name, condition: None });
    };
    check_keys(cx, object, Part::Element("features"), &KEYS);
    let name = string_name(cx, object.get("name")?, Part::Element("features"))?;
    check_name(cx, &name);
    let condition = condition::of(cx, object, Part::Member("features", &name));
    Some(Feature { name, condition })
}

fn check_name(cx: &mut Context<'_>, name: &Spanned<String>) {
    let named = Named::plain(name);
    name::check_lower(cx, named, Part::Member("features", name), Permit::NOTHING);
}

/// The string that a name must be.
pub(super) fn string_name(
    cx: &mut Context<'_>,
    value: &Value,
    part: Part<'_>,
) -> Option<Spanned<String>> {
    if let Value::String(name) = value {
        return Some(name.clone());
    }
    cx.error(Code::NameNotString, value.span(), format!("{part} requires a string name"));
    None
}
