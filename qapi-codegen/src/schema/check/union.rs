//! Unions: the tag, the branches, and that their members do not clash with what is always there.

use std::collections::HashSet;

use super::clash::{Part, Scope};
use super::context::{Context, describe, value_names};
use super::lineage::object;
use super::object::branch_type;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::expr::definition::{Definition, Kind};
use crate::schema::types::{Branch, Branches, Enum, Member, Object, Type, TypeId};
use crate::source::Span;

/// Checks the tag of a union. Says whether the branches can be checked.
pub(super) fn check_tag(cx: &mut Context<'_>, definition: &Definition, id: TypeId) -> bool {
    let Some(tag) = tag(cx, definition, id) else { return false };
    let Some(enumeration) = check_tag_type(cx, definition, &tag) else { return false };
    check_tag_always_there(cx, definition, &tag);
    check_not_empty(cx, definition, enumeration)
}

/// A union's tag, where it is found.
struct Tag<'a> {
    owner: &'a Object,
    member: &'a Member,
    /// Where `discriminator` says it.
    span: Span,
}

impl Tag<'_> {
    /// Where the tag is from: `'base'` or `base type 'Base'`.
    fn base(&self) -> String {
        if self.owner.is_implicit() {
            "'base'".to_owned()
        } else {
            format!("base type '{}'", self.owner.common.name)
        }
    }
}

fn tag<'a>(cx: &mut Context<'a>, definition: &Definition, id: TypeId) -> Option<Tag<'a>> {
    let branches = object(cx.draft, id)?.branches.as_ref()?;
    let span = match &definition.kind {
        Kind::Union(union) => union.tag.span,
        _ => definition.name.span,
    };
    // The mapped name is found, but QEMU wants the very name.
    let found = cx.lineage.tag(id).and_then(|(owner, index)| {
        let owner = object(cx.draft, owner)?;
        Some(Tag { owner, member: &owner.members[index], span })
    });
    let exact = found.filter(|tag| tag.member.name == branches.tag);
    if exact.is_none() && bases_are_known(cx, id) {
        let message = format!("discriminator '{}' is not a member of 'base'", branches.tag);
        let known: Vec<&str> = cx
            .lineage
            .members(cx.draft, id)
            .into_iter()
            .map(|(owner, index)| owner.members[index].name.as_str())
            .collect();
        let name = (branches.tag.as_str(), span);
        cx.misspelled(Code::TagNotMember, definition, name, message, &|| known.clone());
    }
    exact
}

/// Whether a wrong base has not been reported already.
fn bases_are_known(cx: &Context<'_>, id: TypeId) -> bool {
    let Some(union) = object(cx.draft, id) else { return false };
    match union.base.map(|base| object(cx.draft, base)) {
        None => true,
        Some(None) => false,
        Some(Some(base)) => base.branches.is_none() && cx.lineage.is_reached(id),
    }
}

fn check_tag_type<'a>(
    cx: &mut Context<'a>,
    definition: &Definition,
    tag: &Tag<'_>,
) -> Option<&'a Enum> {
    let ty = cx.draft.ty(tag.member.ty)?; // an unknown one has been reported
    let enumeration = ty.as_enum();
    if enumeration.is_none() {
        let (name, base) = (&tag.member.name, tag.base());
        let message = format!("discriminator member '{name}' of {base} must be of enum type");
        report_tag(cx, Code::TagNotEnum, definition, tag, message);
    }
    enumeration
}

fn check_tag_always_there(cx: &mut Context<'_>, definition: &Definition, tag: &Tag<'_>) {
    let discriminator = format!("discriminator member '{}' of {}", tag.member.name, tag.base());
    if tag.member.optional {
        let message = format!("{discriminator} must not be optional");
        let error = tag_error(cx, Code::TagOptional, definition, tag, message);
        let mandatory = format!("'{}'", tag.member.name);
        cx.diagnostics.push(error.suggest(tag.member.span, "make it mandatory", mandatory));
    }
    if tag.member.condition.is_some() {
        let message = format!("{discriminator} must not be conditional");
        report_tag(cx, Code::TagConditional, definition, tag, message);
    }
    if tag.member.capability.is_some() {
        let message = format!("{discriminator} must not need a capability");
        report_tag(cx, Code::TagConditional, definition, tag, message);
    }
}

fn report_tag(
    cx: &mut Context<'_>,
    code: Code,
    definition: &Definition,
    tag: &Tag<'_>,
    message: String,
) {
    let error = tag_error(cx, code, definition, tag, message);
    cx.diagnostics.push(error);
}

fn tag_error(
    cx: &Context<'_>,
    code: Code,
    definition: &Definition,
    tag: &Tag<'_>,
    message: String,
) -> Diagnostic {
    let error = cx.diagnostic(code, definition, tag.span, message);
    error.also(tag.member.span, "this member")
}

fn check_not_empty(cx: &mut Context<'_>, definition: &Definition, tag_type: &Enum) -> bool {
    let (written, span) = match &definition.kind {
        Kind::Union(union) => (&union.branches, union.data),
        Kind::SimpleUnion(union) => (&union.branches, union.data),
        _ => return false,
    };
    let empty = written.is_empty() && tag_type.values.is_empty();
    if empty {
        cx.error(Code::UnionEmpty, definition, span, "union has no branches");
    }
    !empty
}

/// Checks a branch by itself. Returns its type, which is to be checked next.
pub(super) fn check_branch(
    cx: &mut Context<'_>,
    definition: &Definition,
    id: TypeId,
    index: usize,
) -> Option<TypeId> {
    let union = object(cx.draft, id)?;
    let branch = union.branches.as_ref()?.cases.get(index)?;
    let part = Part::new("branch", &branch.name, &union.common.name, branch.span);
    let name = branch_type(definition, index)?;
    let known = cx.draft.ty(branch.ty);
    if known.is_none() {
        cx.unknown_type(definition, &name, &part.within(cx, definition));
    }
    check_is_value(cx, definition, id, branch);
    match known? {
        Type::Object(object) if may_be_branch(cx, object) => Some(branch.ty),
        _ => {
            let what = describe(cx.draft, branch.ty);
            let message = format!("{} cannot use {what}", part.within(cx, definition));
            cx.wrong_type(Code::BranchType, definition, (name.span, branch.ty), message);
            None
        }
    }
}

/// Unions in unions came with 10.0.
fn may_be_branch(cx: &Context<'_>, object: &Object) -> bool {
    object.branches.is_none() || cx.rules.dialect >= Dialect::Qemu10_0
}

/// A branch must be named for a value of the tag.
fn check_is_value(cx: &mut Context<'_>, definition: &Definition, id: TypeId, branch: &Branch) {
    let Some(tag_type) = cx.lineage.tag_type(cx.draft, id) else { return };
    if !cx.has_value(tag_type, &branch.name) {
        let what = describe(cx.draft, tag_type);
        let message = format!("branch '{}' is not a value of {what}", branch.name);
        let span = branch.span.unwrap_or(definition.name.span);
        let draft = cx.draft;
        let known = || value_names(draft, tag_type).collect();
        let name = (branch.name.as_str(), span);
        let error = cx.diagnostic(Code::BranchNotValue, definition, span, message);
        let error = match draft.maker(tag_type) {
            Some(maker) => error.also(maker.name.span, "the values are listed here"),
            None => error,
        };
        cx.push_suggesting(error, name, &known);
    }
}

/// Members of a branch must not clash with members that are always there. Those of different
/// branches may: only one of them is there.
pub(super) fn check_clashes(cx: &mut Context<'_>, definition: &Definition, id: TypeId) {
    let draft = cx.draft;
    let mut always = Scope::default();
    for (object, index) in cx.lineage.members(draft, id) {
        always.add(Part::member(object, index));
    }
    let cases = object(draft, id).and_then(|union| union.branches.as_ref());
    let mut todo: Vec<TypeId> = cases.into_iter().flat_map(branch_types).collect();
    let mut seen = HashSet::from([id]); // one that contains itself has been reported
    while let Some(branch) = todo.pop() {
        if !seen.insert(branch) {
            continue;
        }
        for (object, index) in cx.lineage.members(draft, branch) {
            always.compare(cx, definition, Part::member(object, index));
        }
        // A union in a union: its own clashes have been checked, so what is left are ours.
        let nested = object(draft, branch).and_then(|object| object.branches.as_ref());
        todo.extend(nested.into_iter().flat_map(branch_types));
    }
}

/// The types of all branches, the last first.
fn branch_types(branches: &Branches) -> impl Iterator<Item = TypeId> + '_ {
    branches.cases.iter().rev().map(|branch| branch.ty)
}
