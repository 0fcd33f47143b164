//! Commands and events: data, what is returned, flags.

use super::context::{Context, Part};
use super::definition::{Command, Data, Event, Kind};
use super::keys::{Keys, check_keys};
use super::member::{self, Exceptions};
use super::reference;
use crate::ast::{Object, Value};
use crate::diagnostic::Code;
use crate::dialect::Dialect;

const COMMAND: Keys = Keys {
    required: &["command"],
    optional: &[
        "data",
        "returns",
        "boxed",
        "if",
        "features",
        "gen",
        "success-response",
        "allow-oob",
        "allow-preconfig",
        "coroutine",
    ],
};
pub(super) const COMMAND_EXTENDED: Keys = Keys {
    required: COMMAND.required,
    optional: &[
        "data",
        "returns",
        "boxed",
        "if",
        "features",
        "gen",
        "success-response",
        "allow-oob",
        "allow-preconfig",
        "coroutine",
        "envelope",
        "capability",
    ],
};
const EVENT: Keys = Keys { required: &["event"], optional: &["data", "boxed", "if", "features"] };
pub(super) const EVENT_EXTENDED: Keys =
    Keys { required: &["event"], optional: &["data", "boxed", "if", "features", "capability"] };

pub(super) fn command(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    let extended = cx.dialect == Dialect::Extended;
    let keys = if extended { &COMMAND_EXTENDED } else { &COMMAND };
    check_keys(cx, object, Part::Definition("command"), keys);
    let data = data(cx, object);
    let returns = reference::given(cx, object, "returns")
        .and_then(|returns| reference::name_or_array(cx, returns, Part::Key("returns")));
    let envelope = object
        .get("envelope")
        .filter(|_| extended)
        .and_then(|envelope| reference::name(cx, envelope, Part::Key("envelope")));
    let capability = member::capability(cx, object, Part::Definition("command"));
    Some(Kind::Command(Command {
        data,
        returns,
        boxed: is_set(object, "boxed"),
        generated: object.get("gen").is_none(),
        success_response: object.get("success-response").is_none(),
        allow_oob: is_set(object, "allow-oob"),
        allow_preconfig: is_set(object, "allow-preconfig"),
        coroutine: is_set(object, "coroutine"),
        envelope,
        capability,
    }))
}

pub(super) fn event(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    let keys = if cx.dialect == Dialect::Extended { &EVENT_EXTENDED } else { &EVENT };
    check_keys(cx, object, Part::Definition("event"), keys);
    let data = data(cx, object);
    let capability = member::capability(cx, object, Part::Definition("event"));
    Some(Kind::Event(Event { data, boxed: is_set(object, "boxed"), capability }))
}

/// `data` is a type's name or members in place; with `boxed` it must be there and be a name.
fn data(cx: &mut Context<'_>, object: &Object) -> Option<Data> {
    let boxed = object.get("boxed").filter(|_| is_set(object, "boxed"));
    match (object.get("data"), boxed) {
        (Some(_), _) if reference::given(cx, object, "data").is_none() => None,
        (Some(data), None) => reference::name_or_members(cx, data, "data", Exceptions::None),
        (Some(data), Some(_)) => reference::name(cx, data, Part::Key("data")).map(Data::Named),
        (None, Some(boxed)) => {
            cx.error(Code::BoxedWithoutData, boxed.span(), "'boxed': true requires 'data'");
            None
        }
        (None, None) => None,
    }
}

/// Whether a flag is there and says something; `check_flags` says what it may say.
fn is_set(object: &Object, key: &str) -> bool {
    object.get(key).is_some_and(|value| !value.is_empty())
}

/// Checks the flags of a command or an event. Spelling out the default is an error: it would look
/// as if it changed something.
pub(super) fn check_flags(cx: &mut Context<'_>, object: &Object) {
    for key in ["gen", "success-response"] {
        check_flag(cx, object, key, false);
    }
    for key in ["boxed", "allow-oob", "allow-preconfig", "coroutine"] {
        check_flag(cx, object, key, true);
    }
    if let (Some(_), Some(coroutine)) = (object.get("allow-oob"), object.get("coroutine")) {
        let message = "flags 'allow-oob' and 'coroutine' are incompatible";
        cx.error(Code::FlagsIncompatible, coroutine.span(), message);
    }
}

fn check_flag(cx: &mut Context<'_>, object: &Object, key: &str, permitted: bool) {
    match object.get(key) {
        None => {}
        Some(Value::Bool(value)) if value.value == permitted => {}
        Some(value) => {
            let message = format!("flag '{key}' may only use {permitted} value");
            cx.error(Code::FlagValue, value.span(), message);
        }
    }
}
