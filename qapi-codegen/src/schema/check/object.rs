//! Structs, unions and members in place: base, members, branches, and that none contains itself.
//!
//! QEMU's generator checks an object's base before the object and its branches in the middle of
//! it, so which error comes first depends on this order. It recurses; this keeps a list of what is
//! still to do, as the chain may be long.

use super::clash::{self, Part};
use super::context::{Context, describe};
use super::{features, union};
use crate::diagnostic::Code;
use crate::expr::definition::{Branch, Data, Definition, Kind, TypeRef};
use crate::schema::declare::reference_name;
use crate::schema::fill::written_in_place;
use crate::schema::types::{Member, Object, Origin, Type, TypeId};
use crate::source::Spanned;

/// How far the check of each object is.
pub(super) struct Progress {
    states: Vec<State>,
    /// Those in the middle of their check, each contained in the one before.
    open: Vec<TypeId>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

impl Progress {
    pub(super) fn new(types: usize) -> Progress {
        Progress { states: vec![State::New; types], open: Vec::new() }
    }
}

/// What is still to do, the last first.
enum Step {
    /// Begin: features, then the base.
    Enter(TypeId),
    /// The members, now that the base is checked; then a union's tag.
    Members(TypeId),
    /// A union's branch, by index.
    Branch(TypeId, usize),
    /// The members of all branches, now that the branches are checked.
    Branches(TypeId),
    /// Done.
    Leave(TypeId),
}

/// Checks an object and all that it contains by value, unless that has been done.
pub(super) fn check(cx: &mut Context<'_>, progress: &mut Progress, id: TypeId) {
    let mut steps = vec![Step::Enter(id)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(id) => enter(cx, progress, id, &mut steps),
            Step::Members(id) => check_members(cx, id, &mut steps),
            Step::Branch(id, index) => {
                let branch = cx
                    .draft
                    .maker(id)
                    .and_then(|definition| union::check_branch(cx, definition, id, index));
                steps.extend(branch.map(Step::Enter));
            }
            Step::Branches(id) => {
                if let Some(definition) = cx.draft.maker(id) {
                    union::check_clashes(cx, definition, id);
                }
            }
            Step::Leave(id) => {
                progress.open.pop();
                progress.states[id.0 as usize] = State::Done;
            }
        }
    }
}

/// An object and its definition; `None` for what comes with the language.
fn with_definition<'a>(cx: &Context<'a>, id: TypeId) -> Option<(&'a Object, &'a Definition)> {
    let draft = cx.draft;
    Some((draft.ty(id).and_then(Type::as_object)?, draft.maker(id)?))
}

fn enter(cx: &mut Context<'_>, progress: &mut Progress, id: TypeId, steps: &mut Vec<Step>) {
    let Some((object, definition)) = with_definition(cx, id) else { return };
    match progress.states[id.0 as usize] {
        State::Done => {}
        State::Open => report_containment(cx, progress, id, definition),
        State::New => {
            progress.states[id.0 as usize] = State::Open;
            progress.open.push(id);
            features::check_of_type(cx, definition, &object.common);
            steps.push(Step::Leave(id));
            steps.push(Step::Members(id));
            let base = object.base.filter(|base| check_base(cx, definition, *base));
            steps.extend(base.map(Step::Enter));
        }
    }
}

fn report_containment(
    cx: &mut Context<'_>,
    progress: &Progress,
    id: TypeId,
    definition: &Definition,
) {
    let message = format!("object {} contains itself", definition.name.value);
    let mut diagnostic =
        cx.diagnostic(Code::ContainsItself, definition, definition.name.span, message);
    let inside = progress.open.iter().skip_while(|open| **open != id).skip(1);
    for other in inside.filter_map(|open| cx.draft.maker(*open)).take(8) {
        diagnostic = diagnostic.also(other.name.span, "through this");
    }
    cx.diagnostics.push(diagnostic);
}

/// The base must be a struct. Says whether it is.
fn check_base(cx: &mut Context<'_>, definition: &Definition, base: TypeId) -> bool {
    let Some(name) = base_name(definition) else { return true }; // in place
    match cx.draft.ty(base) {
        None => {
            cx.unknown_type(definition, name, "'base'");
            false
        }
        Some(Type::Object(object)) if object.branches.is_none() => true,
        Some(_) => {
            let what = describe(cx.draft, base);
            let message = format!("'base' requires a struct type, {what} isn't");
            cx.wrong_type(Code::BaseNotStruct, definition, (name.span, base), message);
            false
        }
    }
}

/// The base, where it is written as a name.
fn base_name(definition: &Definition) -> Option<&Spanned<String>> {
    match &definition.kind {
        Kind::Struct(structure) => structure.base.as_ref(),
        Kind::Union(union) => match &union.base {
            Data::Named(name) => Some(name),
            Data::Inline(..) => None,
        },
        Kind::Enum(_)
        | Kind::SimpleUnion(_)
        | Kind::Alternate(_)
        | Kind::Command(_)
        | Kind::Event(_) => None,
    }
}

fn check_members(cx: &mut Context<'_>, id: TypeId, steps: &mut Vec<Step>) {
    let Some((object, definition)) = with_definition(cx, id) else { return };
    for index in 0..object.members.len() {
        check_member(cx, definition, (id, object), index);
    }
    if let Some(branches) = &object.branches
        && union::check_tag(cx, definition, id)
    {
        steps.push(Step::Branches(id));
        steps.extend((0..branches.cases.len()).rev().map(|index| Step::Branch(id, index)));
    }
}

fn check_member(
    cx: &mut Context<'_>,
    definition: &Definition,
    (id, object): (TypeId, &Object),
    index: usize,
) {
    let part = Part::member(object, index);
    let member = &object.members[index];
    if cx.draft.ty(member.ty).is_none() {
        // The element of an array is checked with the array, which comes first.
        if object.origin == Origin::Wrapper {
            let (name, branch) = wrapped(definition, member);
            cx.unknown_type(definition, &name, &branch);
        } else if let Some(TypeRef::Name(name)) = written_type(definition, index) {
            cx.unknown_type(definition, name, &part.within(cx, definition));
        }
    }
    features::check_clashes(cx, definition, &member.features, &member.name);
    if let Some((owner, first)) = cx.lineage.clash((id, index))
        && let Some(owner) = cx.draft.ty(owner).and_then(Type::as_object)
    {
        clash::report(cx, definition, part, Part::member(owner, first));
    }
}

/// What a simple union's branch wraps, and what messages call that branch. QEMU's generator fails
/// an assertion where they need a word for it.
fn wrapped(definition: &Definition, member: &Member) -> (Spanned<String>, String) {
    let branches = definition.kind.branches();
    let span = |branch: &Branch| match &branch.ty {
        TypeRef::Name(name) | TypeRef::Array(name) => name.span,
    };
    // The branches stand in the order of their places.
    let index = branches.partition_point(|branch| span(branch) < member.span);
    let branch = branches.get(index).expect("a wrapper has the place of what made it");
    (reference_name(&branch.ty), format!("branch '{}'", branch.name.value))
}

/// The type of a member as it is written.
fn written_type(definition: &Definition, index: usize) -> Option<&TypeRef> {
    written_in_place(definition).get(index).map(|member| &member.ty)
}

/// The name by which a branch's type is looked up.
pub(super) fn branch_type(definition: &Definition, index: usize) -> Option<Spanned<String>> {
    definition.kind.branches().get(index).map(|branch| reference_name(&branch.ty))
}
