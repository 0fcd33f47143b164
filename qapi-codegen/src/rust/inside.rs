//! Which types have certain types inside: as member, base, branch, or element of any of these.

use std::collections::{HashMap, HashSet};

use crate::schema::Schema;
use crate::schema::types::{Type, TypeId};

/// The types for which `is_sought` holds, and all that have one of them inside.
pub(super) fn having(schema: &Schema, is_sought: impl Fn(&Type) -> bool) -> HashSet<TypeId> {
    let users = users(schema);
    let sought = schema.types().filter(|(_, ty)| is_sought(ty)).map(|(id, _)| id);
    let mut having: HashSet<TypeId> = sought.collect();
    let mut reached: Vec<TypeId> = having.iter().copied().collect();
    while let Some(id) = reached.pop() {
        let users = users.get(&id).into_iter().flatten();
        reached.extend(users.filter(|&&user| having.insert(user)));
    }
    having
}

/// For each type the types that have it directly inside.
fn users(schema: &Schema) -> HashMap<TypeId, Vec<TypeId>> {
    let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, ty) in schema.types() {
        for part in parts(ty) {
            users.entry(part).or_default().push(id);
        }
    }
    users
}

fn parts(ty: &Type) -> Vec<TypeId> {
    match ty {
        Type::Builtin(_) | Type::Enum(_) => Vec::new(),
        Type::Array(array) => vec![array.element],
        Type::Alternate(alternate) => alternate.branches.iter().map(|branch| branch.ty).collect(),
        Type::Object(object) => {
            let branches = object.branches.iter().flat_map(|branches| &branches.cases);
            let members = object.members.iter().map(|member| member.ty);
            object.base.into_iter().chain(members).chain(branches.map(|branch| branch.ty)).collect()
        }
    }
}
