//! `if`: when something exists. A name that the build defines, or `all`, `any`, `not` of such.

use super::context::{Context, Part};
use super::definition::Condition;
use super::keys::{Keys, check_keys};
use super::preprocessor;
use crate::ast::{Object, Value};
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::source::Spanned;

const KEYS: Keys = Keys { required: &[], optional: &["all", "any", "not"] };

/// The condition of `owner`, which `object` says; `None` where it has none or a wrong one.
pub(super) fn of(cx: &mut Context<'_>, object: &Object, owner: Part<'_>) -> Option<Condition> {
    let value = object.get("if")?;
    match cx.dialect {
        Dialect::Qemu5_2 => condition_5_2(cx, value, owner),
        _ => condition(cx, value, owner),
    }
}

/// A text for the C preprocessor, or a list of them that must all hold.
fn condition_5_2(cx: &mut Context<'_>, value: &Value, owner: Part<'_>) -> Option<Condition> {
    let Value::List(list) = value else {
        let text = text_5_2(cx, value, owner)?;
        return Some(Condition::Preprocessor(preprocessor::condition(vec![text])));
    };
    if list.value.is_empty() {
        let message = format!("'if' condition [] of {owner} is useless");
        cx.error(Code::ConditionUseless, list.span, message);
        return None;
    }
    let texts: Vec<_> = list.value.iter().map(|text| text_5_2(cx, text, owner)).collect();
    let texts: Option<Vec<String>> = texts.into_iter().collect();
    Some(Condition::Preprocessor(preprocessor::condition(texts?)))
}

fn text_5_2(cx: &mut Context<'_>, value: &Value, owner: Part<'_>) -> Option<String> {
    let Value::String(text) = value else {
        let message = format!("'if' condition of {owner} must be a string or a list of strings");
        cx.error(Code::ConditionKind, value.span(), message);
        return None;
    };
    if text.trim().is_empty() {
        let message = format!("'if' condition '{}' of {owner} makes no sense", text.value);
        cx.error(Code::ConditionIdentifier, text.span, message);
        return None;
    }
    Some(text.value.clone())
}

/// The parser bounds how deep a value can nest, so recursion is safe here.
fn condition(cx: &mut Context<'_>, value: &Value, owner: Part<'_>) -> Option<Condition> {
    match value {
        Value::String(name) => identifier(cx, name, owner),
        Value::Object(object) => operation(cx, object, owner),
        Value::List(_) | Value::Bool(_) => {
            let message = format!("'if' condition of {owner} must be a string or an object");
            let error = cx.diagnostic(Code::ConditionKind, value.span(), message);
            cx.diagnostics.push(match value {
                Value::List(_) => error.note("if all of it must hold: { 'all': [ … ] }"),
                _ => error,
            });
            None
        }
    }
}

/// An identifier of the preprocessor: upper case, digits, `_`.
fn identifier(cx: &mut Context<'_>, name: &Spanned<String>, owner: Part<'_>) -> Option<Condition> {
    let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let starts = name.starts_with(|c: char| c.is_ascii_uppercase());
    if starts && name.bytes().all(fits) {
        return Some(Condition::Defined(name.value.clone()));
    }
    let message = format!("'if' condition '{}' of {owner} is not a valid identifier", name.value);
    let error = cx.diagnostic(Code::ConditionIdentifier, name.span, message);
    cx.diagnostics.push(match preprocessor::in_today_s_words(name) {
        Some(today) => error.suggest(name.span, format!("write {today}"), today),
        None => error,
    });
    None
}

fn operation(cx: &mut Context<'_>, object: &Object, owner: Part<'_>) -> Option<Condition> {
    check_keys(cx, object, Part::Condition(&owner), &KEYS);
    let [member] = &object.members[..] else {
        let message = format!("'if' condition of {owner} has conflicting keys");
        cx.error(Code::ConditionKeys, object.span, message);
        return None;
    };
    match member.name.as_str() {
        "not" => Some(Condition::Not(Box::new(condition(cx, &member.value, owner)?))),
        "all" => Some(Condition::All(operands(cx, "all", &member.value, owner)?)),
        "any" => Some(Condition::Any(operands(cx, "any", &member.value, owner)?)),
        _ => None, // check_keys has said so
    }
}

fn operands(
    cx: &mut Context<'_>,
    operator: &str,
    value: &Value,
    owner: Part<'_>,
) -> Option<Vec<Condition>> {
    let Value::List(list) = value else {
        let message = format!("'{operator}' condition of {owner} must be an array");
        cx.error(Code::ConditionNotArray, value.span(), message);
        return None;
    };
    if list.value.is_empty() {
        let message = format!("'if' condition [] of {owner} is useless");
        cx.error(Code::ConditionUseless, list.span, message);
        return None;
    }
    let operands: Vec<_> = list.value.iter().map(|value| condition(cx, value, owner)).collect();
    operands.into_iter().collect()
}
