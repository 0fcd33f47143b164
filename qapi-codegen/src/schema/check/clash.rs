//! Parts of definitions that have a name, how messages call them, and that no two of one place
//! have one name.

use std::borrow::Cow;
use std::collections::HashMap;

use super::context::Context;
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::expr::definition::Definition;
use crate::expr::name;
use crate::schema::types::{Object, Origin};
use crate::source::Span;

/// A named part of a type, command or event.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    /// `member`, `value`, `branch` or `feature`.
    role: &'static str,
    name: &'a str,
    /// `type` or `command`, and its name.
    owner: (&'static str, &'a str),
    span: Option<Span>,
}

impl<'a> Part<'a> {
    /// A value, branch or feature of the type (or member) of that name.
    pub(super) fn new(
        role: &'static str,
        name: &'a str,
        owner: &'a str,
        span: Option<Span>,
    ) -> Part<'a> {
        Part { role, name, owner: ("type", owner), span }
    }

    /// A member of an object. For what is written in place, the definition is named.
    pub(super) fn member(object: &'a Object, index: usize) -> Part<'a> {
        let name = &object.common.name;
        let without = |suffix| {
            name.strip_prefix("q_obj_").and_then(|name| name.strip_suffix(suffix)).unwrap_or(name)
        };
        let (role, owner) = match object.origin {
            Origin::Arguments | Origin::EventData => ("parameter", ("command", without("-arg"))),
            Origin::Base => ("base member", ("type", without("-base"))),
            Origin::Struct | Origin::Union | Origin::Wrapper | Origin::Empty => {
                ("member", ("type", name.as_str()))
            }
        };
        let member = &object.members[index];
        Part { role, name: &member.name, owner, span: Some(member.span) }
    }

    /// How a message about `definition` calls the part.
    pub(super) fn within(self, cx: &Context<'_>, definition: &Definition) -> String {
        let Part { role, name, owner: (meta, owner), .. } = self;
        // Up to 7.2, QEMU's generator did not say whose what is written in place is.
        let is_in_place = matches!(role, "parameter" | "base member");
        let is_silent = is_in_place && cx.rules.dialect < Dialect::Qemu10_0;
        if is_silent || owner == cx.draft.headings.heading(definition).1 {
            format!("{role} '{name}'")
        } else {
            format!("{role} '{name}' of {meta} '{owner}'")
        }
    }

    /// What the name is to C: the same for two parts that clash.
    fn mapped(self) -> Cow<'a, str> {
        name::mapped(self.name)
    }
}

/// The parts of one place.
#[derive(Default)]
pub(super) struct Scope<'a> {
    seen: HashMap<Cow<'a, str>, Part<'a>>,
}

impl<'a> Scope<'a> {
    /// Takes one more part; reports it if it clashes with an earlier one.
    pub(super) fn admit(&mut self, cx: &mut Context<'_>, definition: &Definition, part: Part<'a>) {
        let first = *self.seen.entry(part.mapped()).or_insert(part);
        if first.span != part.span {
            report(cx, definition, part, first);
        }
    }

    /// Takes one more part, of which is known that it clashes with none.
    pub(super) fn add(&mut self, part: Part<'a>) {
        self.seen.insert(part.mapped(), part);
    }

    /// Reports a part of another place if it clashes with one of here.
    pub(super) fn compare(&self, cx: &mut Context<'_>, definition: &Definition, part: Part<'_>) {
        if let Some(first) = self.seen.get(part.mapped().as_ref()) {
            report(cx, definition, part, *first);
        }
    }
}

/// Reports that two parts have one name.
pub(super) fn report(
    cx: &mut Context<'_>,
    definition: &Definition,
    part: Part<'_>,
    first: Part<'_>,
) {
    let message =
        format!("{} collides with {}", part.within(cx, definition), first.within(cx, definition));
    // A part of another definition is not the culprit: this one brings the two together.
    let own = part.span.filter(|span| is_within(*span, definition.span));
    let culprit = own.unwrap_or(definition.name.span);
    let mut error = cx.diagnostic(Code::NameClash, definition, culprit, message);
    if let Some(span) = first.span {
        error = error.also(span, "first defined here");
    }
    if let Some(span) = part.span.filter(|_| own.is_none()) {
        error = error.also(span, "collides with it");
    }
    cx.diagnostics.push(error);
}

fn is_within(inner: Span, outer: Span) -> bool {
    inner.file == outer.file && outer.start <= inner.start && inner.end <= outer.end
}
