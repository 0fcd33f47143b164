//! Which types have `Eq` and `Hash`: all but those that can hold a number with a fraction, JSON of
//! any form, or a union's branch that this code does not know, which is JSON of any form too.

use std::collections::{HashMap, HashSet};

use super::bindings::element;
use crate::schema::Schema;
use crate::schema::types::{Builtin, Object, Type, TypeId};

/// The types that have `Eq` and `Hash`.
pub(super) fn exact(schema: &Schema) -> HashSet<TypeId> {
    let users = users(schema);
    let ids = || schema.types().map(|(id, _)| id);
    let mut inexact: HashSet<TypeId> = ids().filter(|&id| is_source(schema.ty(id))).collect();
    let mut reached: Vec<TypeId> = inexact.iter().copied().collect();
    while let Some(id) = reached.pop() {
        let users = users.get(&id).into_iter().flatten();
        reached.extend(users.filter(|&&user| inexact.insert(user)));
    }
    ids().filter(|id| !inexact.contains(id)).collect()
}

/// Whether a type is inexact whatever it is made of.
fn is_source(ty: &Type) -> bool {
    match ty {
        Type::Builtin(builtin) => matches!(builtin, Builtin::Number | Builtin::Any),
        Type::Object(object) => object.branches.is_some(),
        Type::Alternate(_) => true,
        Type::Enum(_) | Type::Array(_) => false,
    }
}

/// The objects that have a type inside, by that type.
fn users(schema: &Schema) -> HashMap<TypeId, Vec<TypeId>> {
    let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, ty) in schema.types() {
        let Some(object) = ty.as_object() else { continue };
        for part in parts(schema, object) {
            users.entry(part).or_default().push(id);
        }
    }
    users
}

fn parts<'a>(schema: &'a Schema, object: &'a Object) -> impl Iterator<Item = TypeId> + 'a {
    let members = object.members.iter().map(|member| element(schema, member.ty));
    object.base.into_iter().chain(members)
}
