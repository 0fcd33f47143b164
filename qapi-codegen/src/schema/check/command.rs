//! Commands and events: data, what is returned, the envelope.

use super::context::{Context, describe};
use super::features;
use super::object::{self, Progress};
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::expr::definition::{self as written, Data, Definition, Kind};
use crate::schema::declare::reference_name;
use crate::schema::types::{Command, Event, Type, TypeId};
use crate::source::{Span, Spanned};

/// Members of a message that an envelope's members must not be taken for.
const RESERVED: [&str; 8] =
    ["return", "error", "id", "event", "data", "timestamp", "QMP", "execute"];

pub(super) fn check_command(
    cx: &mut Context<'_>,
    progress: &mut Progress,
    definition: &Definition,
    command: &Command,
) {
    let Kind::Command(written) = &definition.kind else { return };
    let common = &command.common;
    features::check_clashes(cx, definition, &common.features, &common.name);
    if let Some(data) = command.arguments {
        check_data(cx, progress, definition, (data, written.data.as_ref(), command.boxed));
    }
    check_returns(cx, definition, command, written);
    check_envelope(cx, definition, command, written);
}

pub(super) fn check_event(
    cx: &mut Context<'_>,
    progress: &mut Progress,
    definition: &Definition,
    event: &Event,
) {
    let Kind::Event(written) = &definition.kind else { return };
    let common = &event.common;
    features::check_clashes(cx, definition, &common.features, &common.name);
    if let Some(data) = event.data {
        check_data(cx, progress, definition, (data, written.data.as_ref(), event.boxed));
    }
}

/// Data must be an object, and without `boxed` one whose members QEMU can pass one by one.
fn check_data(
    cx: &mut Context<'_>,
    progress: &mut Progress,
    definition: &Definition,
    (id, written, boxed): (TypeId, Option<&Data>, bool),
) {
    let meta = definition.meta();
    let span = match written {
        Some(Data::Named(name)) => name.span,
        Some(Data::Inline(_, span)) => *span,
        None => definition.name.span,
    };
    let object = match (cx.draft.ty(id), written) {
        (Some(Type::Object(object)), _) => object,
        (Some(_), _) => {
            let message = format!("{meta}'s 'data' cannot take {}", describe(cx.draft, id));
            return cx.wrong_type(Code::DataType, definition, (span, id), message);
        }
        (None, Some(Data::Named(name))) => {
            return cx.unknown_type(definition, name, &format!("{meta}'s 'data'"));
        }
        (None, _) => return,
    };
    if object.branches.is_some() && !boxed {
        let what = describe(cx.draft, id);
        let message = format!("{meta}'s 'data' can take {what} only with 'boxed': true");
        cx.wrong_type(Code::DataUnionUnboxed, definition, (span, id), message);
    }
    // Up to 7.2, QEMU's generator checked it in its own turn.
    if cx.rules.dialect >= Dialect::Qemu10_0 {
        object::check(cx, progress, id);
    }
    if cx.lineage.is_conditional(id) && !boxed && cx.rules.dialect >= Dialect::Qemu10_0 {
        report_conditional(cx, definition, (id, span));
    }
}

fn report_conditional(cx: &mut Context<'_>, definition: &Definition, (id, span): (TypeId, Span)) {
    let message = format!("conditional {} arguments require 'boxed': true", definition.meta());
    let mut error = cx.diagnostic(Code::DataConditional, definition, span, message);
    let members = cx.lineage.members(cx.draft, id).into_iter();
    let members = members.map(|(owner, index)| &owner.members[index]);
    for member in members.filter(|member| member.condition.is_some()).take(8) {
        error = error.also(member.span, "conditional");
    }
    let is_in_place =
        cx.draft.ty(id).and_then(Type::as_object).is_some_and(|object| object.is_implicit());
    let note = match is_in_place {
        true => "move the members to a struct and name it: 'data': 'NAME', 'boxed': true",
        false => "add 'boxed': true",
    };
    cx.diagnostics.push(error.note(note));
}

fn check_returns(
    cx: &mut Context<'_>,
    definition: &Definition,
    command: &Command,
    written: &written::Command,
) {
    let (Some(id), Some(reference)) = (command.returns, &written.returns) else { return };
    let name = reference_name(reference);
    let element = match cx.draft.ty(id) {
        None => return cx.unknown_type(definition, &name, "command's 'returns'"),
        Some(Type::Array(array)) => cx.draft.ty(array.element),
        other => other,
    };
    let excepted = cx.rules.pragmas.excepts_returns(&command.common.name, definition.module);
    let is_object = matches!(element, Some(Type::Object(_)) | None); // None has been reported
    if !is_object && !excepted {
        let what = describe(cx.draft, id);
        let message = format!("command's 'returns' cannot take {what}");
        cx.wrong_type(Code::ReturnsType, definition, (name.span, id), message);
    }
}

/// An envelope is a struct of optional members that no message has otherwise (dialect extended).
fn check_envelope(
    cx: &mut Context<'_>,
    definition: &Definition,
    command: &Command,
    written: &written::Command,
) {
    let (Some(id), Some(name)) = (command.envelope, &written.envelope) else { return };
    match cx.draft.ty(id) {
        None => cx.unknown_type(definition, name, "command's 'envelope'"),
        Some(Type::Object(object)) if object.branches.is_none() => {
            check_envelope_members(cx, definition, id, name);
        }
        Some(_) => {
            let what = describe(cx.draft, id);
            let message = format!("command's 'envelope' requires a struct type, {what} isn't");
            cx.wrong_type(Code::EnvelopeNotStruct, definition, (name.span, id), message);
        }
    }
}

fn check_envelope_members(
    cx: &mut Context<'_>,
    definition: &Definition,
    id: TypeId,
    name: &Spanned<String>,
) {
    for (owner, index) in cx.lineage.members(cx.draft, id) {
        let member = &owner.members[index];
        let what = format!("member '{}' of envelope type '{}'", member.name, owner.common.name);
        let mut report = |code, message| {
            let error = cx.diagnostic(code, definition, name.span, message);
            cx.diagnostics.push(error.also(member.span, "this member"));
        };
        if !member.optional {
            report(Code::EnvelopeMandatory, format!("{what} must be optional"));
        }
        if RESERVED.contains(&member.name.as_str()) {
            report(Code::EnvelopeReserved, format!("{what} uses reserved name"));
        }
    }
}
