//! Several versions of a schema → one for those who speak all of them.
//!
//! A client of many servers reads what any of them says, so the schema it is made from has what any
//! version has: all commands, events, members, values and branches. A member is mandatory only
//! where it is in every version. Each thing says which versions do not have it.
//!
//! Types have no name on the wire. What two versions mean by the same thing is found by following
//! both from their commands and events: a type may have been renamed, split or moved in between.

mod import;
mod join;
mod merge;

use std::collections::{HashMap, HashSet};

use super::Schema;
use super::types::{Entity, ModuleId, Type, TypeId};
use crate::source::Span;

/// One version of a schema.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// What documentation calls it: `QEMU 7.2`.
    pub label: &'a str,
    /// The schema.
    pub schema: &'a Schema,
}

/// The schema of all these versions. Names, order and documentation are the newest one's; what
/// only an older one has stands behind.
#[must_use]
pub fn all(newest: Version<'_>, older: &[Version<'_>]) -> Schema {
    let mut spoken = newest.schema.clone();
    let mut labels = vec![newest.label.to_owned()];
    for version in older {
        spoken = merged(spoken, *version, &labels);
        labels.push(version.label.to_owned());
    }
    super::select::fit_cases(&mut spoken);
    spoken
}

/// What to call the schema at a path: the last folder of it that looks like a version, or the path.
/// `LABEL=PATH` says it.
///
/// ```
/// use qapi_codegen::schema::spoken::label_and_path;
///
/// let given = label_and_path("schemas/7.2/qapi/qapi-schema.json");
/// assert_eq!(given, ("7.2", "schemas/7.2/qapi/qapi-schema.json"));
/// assert_eq!(label_and_path("QEMU 7.2=old.json"), ("QEMU 7.2", "old.json"));
/// ```
pub fn label_and_path(given: &str) -> (&str, &str) {
    if let Some((label, path)) = given.split_once('=') {
        return (label, path);
    }
    let folders = given.rsplit('/').skip(1);
    let version =
        |folder: &&str| folder.contains('.') && folder.contains(|c: char| c.is_ascii_digit());
    (folders.into_iter().find(version).unwrap_or(given), given)
}

/// What the newest version is called where it has no other name.
pub const NEWEST: &str = "the newest version";

/// `so_far` with another version. `labels` are those of the versions that are in it.
fn merged(so_far: Schema, version: Version<'_>, labels: &[String]) -> Schema {
    let count = so_far.types.len();
    let mut merge = Merge {
        place: so_far.types.iter().find_map(|ty| ty.common()?.span),
        so_far,
        older: version.schema,
        label: version.label,
        labels,
        imported: HashMap::new(),
        paired: HashSet::new(),
        pairs: Vec::new(),
        imports: Vec::new(),
    };
    merge.commands();
    merge.events();
    merge.types();
    merge.mark_types(count);
    merge.so_far
}

/// Two schemas on their way to one.
struct Merge<'a> {
    /// What is being made; it already has all that the newer versions have.
    so_far: Schema,
    older: &'a Schema,
    /// What the older one is called.
    label: &'a str,
    /// What those are called that are in `so_far`: what only the older one has is missing in them.
    labels: &'a [String],
    /// A place for what is written in another schema: all places are the newest one's.
    place: Option<Span>,
    /// What types of the older one are in `so_far`.
    imported: HashMap<TypeId, TypeId>,
    /// Types of both that mean the same: of `so_far`, of the older one.
    paired: HashSet<(TypeId, TypeId)>,
    /// Those of them that are still to be merged.
    pairs: Vec<(TypeId, TypeId)>,
    /// Types that have their id and are still to be filled.
    imports: Vec<(TypeId, TypeId)>,
}

impl Merge<'_> {
    /// Follows all references, each pair of types once.
    fn types(&mut self) {
        loop {
            if let Some((new, old)) = self.imports.pop() {
                self.fill(new, old);
            } else if let Some((new, old)) = self.pairs.pop() {
                self.merge_types(new, old);
            } else {
                return;
            }
        }
    }

    /// That two types mean the same.
    fn pair(&mut self, new: TypeId, old: TypeId) {
        if self.paired.insert((new, old)) {
            self.pairs.push((new, old));
        }
    }

    /// The types that nothing in the older version means are missing in it.
    fn mark_types(&mut self, count: usize) {
        let met: HashSet<TypeId> = self.paired.iter().map(|(new, _)| *new).collect();
        for index in 0..count {
            let is_met = met.contains(&TypeId(index as u32));
            let common = match &mut self.so_far.types[index] {
                Type::Builtin(_) | Type::Array(_) => continue,
                Type::Enum(enumeration) => &mut enumeration.common,
                Type::Object(object) => &mut object.common,
                Type::Alternate(alternate) => &mut alternate.common,
            };
            let is_known = self.older.find_type(&common.name).is_some();
            if !is_met && !is_known && common.span.is_some() {
                common.missing_in.push(self.label.to_owned());
            }
        }
    }

    /// Gives something of the older version a name that is free.
    fn free_name(&self, name: &str) -> String {
        let taken = |name: &str| self.so_far.names.contains_key(name);
        let names = (2..).map(|number| format!("{name}{number}"));
        std::iter::once(name.to_owned()).chain(names).find(|name| !taken(name)).unwrap_or_default()
    }

    /// Adds an entity behind all others, in the root's module.
    fn define(&mut self, name: String, entity: Entity) {
        self.so_far.names.insert(name, entity);
        self.so_far.order.push((ModuleId::ROOT, entity));
    }
}
