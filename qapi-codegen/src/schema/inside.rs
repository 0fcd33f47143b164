//! Which types have certain types inside: as member, base, branch, or element of any of these.

use std::collections::{HashMap, HashSet};

use super::types::{Type, TypeId};
use super::{Schema, edges};

/// The types for which `is_sought` holds, and all that have one of them inside.
pub(crate) fn having(
    schema: &Schema,
    is_sought: impl Fn(TypeId, &Type) -> bool,
) -> HashSet<TypeId> {
    let users = users(schema);
    let sought = schema.types().filter(|(id, ty)| is_sought(*id, ty)).map(|(id, _)| id);
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
        for part in edges::of_type(ty) {
            users.entry(part).or_default().push(id);
        }
    }
    users
}
