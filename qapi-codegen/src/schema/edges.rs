//! Which types a type refers to.

use super::types::{Branches, Command, Event, Type, TypeId};

/// The types that a type refers to: its base, and those of what it contains.
pub(super) fn of_type(ty: &Type) -> impl Iterator<Item = TypeId> {
    let base = ty.as_object().and_then(|object| object.base);
    base.into_iter().chain(of_value(ty))
}

/// The types of what a value has by its type alone: elements, own members, branches.
pub(super) fn of_value(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Builtin(_) | Type::Enum(_) => Vec::new(),
        Type::Array(array) => vec![array.element],
        Type::Object(object) => {
            let members = object.members.iter().map(|member| member.ty);
            members.chain(object.branches.iter().flat_map(of_branches)).collect()
        }
        Type::Alternate(alternate) => alternate.branches.iter().map(|branch| branch.ty).collect(),
    }
}

fn of_branches(branches: &Branches) -> impl Iterator<Item = TypeId> + '_ {
    std::iter::once(branches.tag_type).chain(branches.cases.iter().map(|case| case.ty))
}

/// The types that a command refers to.
pub(super) fn of_command(command: &Command) -> impl Iterator<Item = TypeId> {
    command.arguments.into_iter().chain(command.returns).chain(command.envelope)
}

/// The types that an event refers to.
pub(super) fn of_event(event: &Event) -> impl Iterator<Item = TypeId> {
    event.data.into_iter()
}

/// Adds everything that the types in `found` refer to, and so on. `found` has a flag for each type.
pub(super) fn close(types: &[Type], found: &mut [bool]) {
    let mut todo: Vec<usize> = (0..found.len()).filter(|&index| found[index]).collect();
    while let Some(index) = todo.pop() {
        for id in of_type(&types[index]) {
            let next = id.0 as usize;
            if !std::mem::replace(&mut found[next], true) {
                todo.push(next);
            }
        }
    }
}
