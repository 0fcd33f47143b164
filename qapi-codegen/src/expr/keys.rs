//! Which keys an object may have: the missing ones and the unknown ones are reported.

use std::collections::BTreeSet;
use std::fmt;

use super::context::{Context, Part};
use crate::ast::Object;
use crate::diagnostic::Code;
use crate::nearest::nearest;

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
    check_missing(cx, object, part, keys);
    check_unknown(cx, object, part, keys);
}

fn check_missing(cx: &mut Context<'_>, object: &Object, part: Part<'_>, keys: &Keys) {
    let missing: BTreeSet<&str> =
        keys.required.iter().copied().filter(|key| object.get(key).is_none()).collect();
    if !missing.is_empty() {
        let message = format!("{part} misses key{}", Quoted(&missing));
        cx.error(Code::MissingKey, object.span, message);
    }
}

fn check_unknown(cx: &mut Context<'_>, object: &Object, part: Part<'_>, keys: &Keys) {
    let names = object.members.iter().map(|member| &member.name);
    let unknown: Vec<_> = names.filter(|name| keys.all().all(|key| key != name.value)).collect();
    let Some(first) = unknown.iter().min_by_key(|name| &name.value) else { return };
    let all: BTreeSet<&str> = keys.all().collect();
    let names: BTreeSet<&str> = unknown.iter().map(|name| name.value.as_str()).collect();
    let mut diagnostic = cx
        .diagnostic(
            Code::UnknownKey,
            first.span,
            format!("{part} has unknown key{}", Quoted(&names)),
        )
        .continued(format!("Valid keys are {}.", list(&all)));
    for other in unknown.iter().filter(|name| name.span != first.span).take(8) {
        diagnostic = diagnostic.also(other.span, "unknown too");
    }
    if let Some(near) = nearest(first, keys.all()) {
        let message = format!("did you mean '{near}'?");
        diagnostic = diagnostic.suggest(first.span, message, format!("'{near}'"));
    }
    cx.diagnostics.push(diagnostic);
}

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
