//! Which keys an object may have: the missing ones and the unknown ones are reported.

use std::collections::BTreeSet;
use std::fmt;

use super::context::{Context, Part};
use super::{command, types};
use crate::ast::Object;
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::nearest::nearest;
use crate::source::Spanned;

/// So many further unknown keys are pointed at; the message names all.
const MAX_LABELS: usize = 8;

/// The keys of one kind of object.
pub(super) struct Keys {
    pub(super) required: &'static [&'static str],
    pub(super) optional: &'static [&'static str],
}

impl Keys {
    fn all(&self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// Checks the keys of an object; QEMU reports missing keys before unknown ones.
pub(super) fn check_keys(cx: &mut Context<'_>, object: &Object, part: Part<'_>, keys: &Keys) {
    let names = object.members.iter().map(|member| &member.name);
    let mut unknown: Vec<_> =
        names.filter(|name| keys.all().all(|key| key != name.value)).collect();
    let missing: BTreeSet<&str> =
        keys.required.iter().copied().filter(|key| object.get(key).is_none()).collect();
    if !missing.is_empty() {
        report_missing(cx, object, part, (&missing, &mut unknown));
    }
    if !unknown.is_empty() {
        report_unknown(cx, part, keys, &unknown);
    }
}

/// Reports missing keys. Takes from the unknown ones what is part of the same mistake: the one
/// that is a missing key misspelled, or all, if they are members in place of a type.
fn report_missing(
    cx: &mut Context<'_>,
    object: &Object,
    part: Part<'_>,
    (missing, unknown): (&BTreeSet<&str>, &mut Vec<&Spanned<String>>),
) {
    let given = object.members.len();
    let message = format!("{part} misses key{}", Quoted(missing));
    let error = cx.diagnostic(Code::MissingKey, object.span, message);
    let misspelled = unknown
        .iter()
        .enumerate()
        .find_map(|(index, name)| nearest(name, missing.iter().copied()).map(|near| (index, near)));
    let error = match misspelled {
        Some((index, near)) => error.did_you_mean(unknown.remove(index).span, near),
        None if missing.contains("type") && !unknown.is_empty() && unknown.len() == given => {
            unknown.clear();
            error.note("members cannot be nested here: define a struct of them, and name it")
        }
        None => error,
    };
    cx.diagnostics.push(error);
}

fn report_unknown(cx: &mut Context<'_>, part: Part<'_>, keys: &Keys, unknown: &[&Spanned<String>]) {
    let Some(first) = unknown.iter().min_by_key(|name| &name.value) else { return };
    let all: BTreeSet<&str> = keys.all().collect();
    let names: BTreeSet<&str> = unknown.iter().map(|name| name.value.as_str()).collect();
    let message = format!("{part} has unknown key{}", Quoted(&names));
    let mut error = cx
        .diagnostic(Code::UnknownKey, first.span, message)
        .continued(format!("Valid keys are {}.", list(&all)))
        .note(format!("valid keys are {}", list(&all)));
    for other in unknown.iter().filter(|name| name.span != first.span).take(MAX_LABELS) {
        error = error.also(other.span, "unknown too");
    }
    cx.diagnostics.push(match meant(cx.dialect, first, part, keys) {
        Some(Meant::Key(key)) => error.did_you_mean(first.span, key),
        Some(Meant::Otherwise(note)) => error.note(note),
        None => error,
    });
}

/// What somebody who wrote an unknown key may have had in mind.
enum Meant {
    /// Another key.
    Key(&'static str),
    /// Something that is said otherwise.
    Otherwise(String),
}

/// Keys that are spelt like others and mean something else come first: spelling would find the
/// opposite of `and`.
fn meant(dialect: Dialect, key: &str, part: Part<'_>, keys: &Keys) -> Option<Meant> {
    let otherwise = |note: &str| Some(Meant::Otherwise(note.to_owned()));
    match (part, key) {
        (Part::Condition(_), "and") => Some(Meant::Key("all")),
        (Part::Condition(_), "or") => Some(Meant::Key("any")),
        (Part::Definition("event"), "returns") => otherwise("an event is not answered"),
        (Part::Member(..), "optional" | "default") => {
            otherwise("a member is optional if its name starts with '*'")
        }
        (_, key) if EXTENSIONS.contains(&key) && dialect != Dialect::Extended => {
            Some(Meant::Otherwise(format!("QEMU does not have '{key}'; dialect extended does")))
        }
        (Part::Definition(_), key) if is_of_a_definition(key) => {
            Some(Meant::Otherwise(format!("'{key}' is a key of other definitions")))
        }
        _ => nearest(key, keys.all()).map(Meant::Key),
    }
}

/// Whether some definition has this key, whatever its dialect.
fn is_of_a_definition(key: &str) -> bool {
    let types = [&types::ENUM, &types::STRUCT, &types::UNION, &types::ALTERNATE];
    let others = [&command::COMMAND_EXTENDED, &command::EVENT_EXTENDED];
    types.iter().chain(&others).any(|keys| keys.all().any(|known| known == key))
}

/// The keys that only our dialect has.
const EXTENSIONS: [&str; 2] = ["envelope", "capability"];

/// ` 'a'` or `s 'a', 'b'`: what stands behind "key".
struct Quoted<'a>(&'a BTreeSet<&'a str>);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.len() > 1 { "s" } else { "" };
        write!(f, "{plural} {}", list(self.0))
    }
}

fn list(names: &BTreeSet<&str>) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    quoted.join(", ")
}
