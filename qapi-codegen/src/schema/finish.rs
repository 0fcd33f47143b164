//! The last step to a [`Schema`]: tags get their type, and values of the tag that no branch is
//! written for get an empty one.

use std::collections::{HashMap, HashSet};

use super::Schema;
use super::resolve::Draft;
use super::types::{Branch, Enum, Type, TypeId};

/// Makes a schema of a draft that breaks no rule. `tags` has the tag type of each union.
pub(super) fn schema(
    draft: Draft,
    tags: &HashMap<TypeId, TypeId>,
    capabilities: Option<TypeId>,
) -> Schema {
    let mut types = draft.types;
    let empty = position(&types, "q_empty");
    for (&union, &tag_type) in tags {
        let missing = missing_cases(&types, union, tag_type, empty);
        if let Some(Type::Object(object)) = types.get_mut(union.0 as usize)
            && let Some(branches) = &mut object.branches
        {
            branches.tag_type = tag_type;
            branches.cases.extend(missing);
        }
    }
    Schema {
        types,
        commands: draft.commands,
        events: draft.events,
        modules: draft.modules,
        order: draft.order.iter().map(|placed| (placed.module, placed.entity)).collect(),
        names: draft.names,
        docs: draft.docs,
        capabilities,
    }
}

fn position(types: &[Type], name: &str) -> TypeId {
    let index = types.iter().position(|ty| ty.name() == name);
    TypeId(index.expect("declare makes the predefined types") as u32)
}

/// Branches for the values of the tag that have none, conditional where the value is.
fn missing_cases(types: &[Type], union: TypeId, tag_type: TypeId, empty: TypeId) -> Vec<Branch> {
    let object = types.get(union.0 as usize).and_then(Type::as_object);
    let branches = object.and_then(|object| object.branches.as_ref());
    let cases = branches.into_iter().flat_map(|branches| &branches.cases);
    let written: HashSet<&str> = cases.map(|case| case.name.as_str()).collect();
    let values = types.get(tag_type.0 as usize).and_then(Type::as_enum);
    let values = values.into_iter().flat_map(|enumeration: &Enum| &enumeration.values);
    let missing = values.filter(|value| !written.contains(value.name.as_str()));
    missing.map(|value| Branch::empty(value, empty)).collect()
}
