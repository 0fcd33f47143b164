//! Alternates: the JSON kind of a value must tell its branch.

use super::clash::{Part, Scope};
use super::context::{Context, describe};
use super::features;
use super::object::branch_type;
use crate::diagnostic::Code;
use crate::expr::definition::Definition;
use crate::schema::types::{Alternate, Branch, Builtin, Enum, Type};

/// Checks an alternate. Its branches need not be checked first: it contains none by value.
pub(super) fn check(cx: &mut Context<'_>, definition: &Definition, alternate: &Alternate) {
    features::check_of_type(cx, definition, &alternate.common);
    check_types_exist(cx, definition, alternate);
    check_branches(cx, definition, alternate);
}

fn check_types_exist(cx: &mut Context<'_>, definition: &Definition, alternate: &Alternate) {
    for (index, branch) in alternate.branches.iter().enumerate() {
        if cx.draft.ty(branch.ty).is_none()
            && let Some(name) = branch_type(definition, index)
        {
            let part = Part::new("branch", &branch.name, &alternate.common.name, branch.span);
            cx.unknown_type(definition, &name, &part.within(cx, definition));
        }
    }
}

/// A JSON kind that a value can have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum JsonKind {
    Null,
    String,
    Number,
    Boolean,
    Array,
    Object,
}

fn check_branches(cx: &mut Context<'_>, definition: &Definition, alternate: &Alternate) {
    let mut names = Scope::default();
    let mut taken: Vec<(JsonKind, &Branch)> = Vec::new();
    for (index, branch) in alternate.branches.iter().enumerate() {
        let part = Part::new("branch", &branch.name, &alternate.common.name, branch.span);
        names.admit(cx, definition, part);
        let Some(ty) = cx.draft.ty(branch.ty) else { continue };
        let span = branch_type(definition, index).map_or(definition.name.span, |name| name.span);
        let Some(kind) = json_kind(ty) else {
            let what = describe(cx.draft, branch.ty);
            let message = format!("{} cannot use {what}", part.within(cx, definition));
            cx.wrong_type(Code::BranchType, definition, (span, branch.ty), message);
            continue;
        };
        let kinds = look_alikes(kind, ty);
        if let Some((_, first)) = taken.iter().find(|(kind, _)| kinds.contains(kind)) {
            let this = part.within(cx, definition);
            let message = format!("{this} can't be distinguished from '{}'", first.name);
            let mut error = cx.diagnostic(Code::BranchAmbiguous, definition, span, message);
            if let Some(span) = first.span {
                error = error.also(span, "taken for this one");
            }
            cx.diagnostics.push(error);
        }
        taken.extend(kinds.into_iter().map(|kind| (kind, branch)));
    }
}

/// The kind of all values of a type; `None` where they can have any.
fn json_kind(ty: &Type) -> Option<JsonKind> {
    match ty {
        Type::Builtin(Builtin::Any) | Type::Alternate(_) => None,
        Type::Builtin(Builtin::Null) => Some(JsonKind::Null),
        Type::Builtin(Builtin::Bool) => Some(JsonKind::Boolean),
        Type::Builtin(Builtin::Str) | Type::Enum(_) => Some(JsonKind::String),
        Type::Builtin(_) => Some(JsonKind::Number),
        Type::Array(_) => Some(JsonKind::Array),
        Type::Object(_) => Some(JsonKind::Object),
    }
}

/// The kinds that cannot be told from this type. On QEMU's command line everything is a string,
/// so strings are taken for numbers and booleans there.
fn look_alikes(kind: JsonKind, ty: &Type) -> Vec<JsonKind> {
    let mut kinds = vec![kind];
    match ty {
        Type::Enum(enumeration) => {
            if has_boolean(enumeration) {
                kinds.push(JsonKind::Boolean);
            }
            if has_number(enumeration) {
                kinds.push(JsonKind::Number);
            }
        }
        Type::Builtin(Builtin::Str) => kinds.extend([JsonKind::Number, JsonKind::Boolean]),
        Type::Builtin(_) | Type::Array(_) | Type::Object(_) | Type::Alternate(_) => {}
    }
    kinds
}

fn has_boolean(enumeration: &Enum) -> bool {
    enumeration.values.iter().any(|value| value.name == "on" || value.name == "off")
}

fn has_number(enumeration: &Enum) -> bool {
    let looks = |c: char| c.is_ascii_digit() || "+-.".contains(c);
    enumeration.values.iter().any(|value| value.name.starts_with(looks))
}
