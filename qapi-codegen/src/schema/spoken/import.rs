//! What only an older version has → the same in the schema that is being made.

use super::Merge;
use crate::schema::declare::array_name;
use crate::schema::types::{
    Array, Branch, Command, Common, Entity, EnumValue, Event, Feature, Member, ModuleId, Object,
    Origin, Type, TypeId,
};

impl Merge<'_> {
    pub(super) fn import_command(&mut self, old: &Command) {
        let common = self.imported_common(&old.common, old.common.name.clone());
        let command = Command {
            common,
            arguments: old.arguments.map(|id| self.import(id)),
            returns: old.returns.map(|id| self.import(id)),
            envelope: old.envelope.map(|id| self.import(id)),
            ..old.clone()
        };
        let index = self.so_far.commands.len();
        self.so_far.commands.push(command);
        self.define(old.common.name.clone(), Entity::Command(index));
    }

    pub(super) fn import_event(&mut self, old: &Event) {
        let common = self.imported_common(&old.common, old.common.name.clone());
        let data = old.data.map(|id| self.import(id));
        let index = self.so_far.events.len();
        self.so_far.events.push(Event { common, data, ..old.clone() });
        self.define(old.common.name.clone(), Entity::Event(index));
    }

    /// A type of the older version: what means the same by its name, or a new one. A new one has
    /// its id at once and is filled later, as it may contain itself.
    pub(super) fn import(&mut self, old: TypeId) -> TypeId {
        if let Some(&known) = self.imported.get(&old) {
            return known;
        }
        let id = match self.older.ty(old) {
            Type::Builtin(builtin) => self.builtin(*builtin),
            Type::Array(array) => {
                let element = self.import(array.element);
                self.array_of(element)
            }
            ty => match self.so_far.find_type(ty.name()) {
                Some(same) if self.is_same_meta(same, ty) => {
                    self.pair(same, old);
                    same
                }
                Some(_) | None => self.reserve(old, ty),
            },
        };
        self.imported.insert(old, id);
        id
    }

    /// The same, for what the other versions do not have at all: its members may be absent.
    pub(super) fn import_optional(&mut self, old: TypeId) -> TypeId {
        let id = self.import(old);
        self.types_of_imports();
        let tag = self.so_far.object(id).and_then(|object| object.branches.as_ref());
        let tag = tag.map(|branches| branches.tag.clone());
        if let Type::Object(object) = &mut self.so_far.types[id.0 as usize] {
            for member in &mut object.members {
                member.optional |= tag.as_ref() != Some(&member.name);
            }
        }
        id
    }

    fn is_same_meta(&self, new: TypeId, old: &Type) -> bool {
        match (self.so_far.ty(new), old) {
            (Type::Enum(_), Type::Enum(_)) | (Type::Alternate(_), Type::Alternate(_)) => true,
            (Type::Object(ours), Type::Object(theirs)) => {
                // Members in place are their definition's.
                !theirs.is_implicit() && !ours.is_implicit() || theirs.origin == Origin::Empty
            }
            _ => false,
        }
    }

    fn reserve(&mut self, old: TypeId, ty: &Type) -> TypeId {
        let id = TypeId(self.so_far.types.len() as u32);
        let name = self.free_name(ty.name());
        let mut reserved = ty.clone();
        match &mut reserved {
            Type::Enum(enumeration) => {
                enumeration.common = self.imported_common(&enumeration.common, name.clone());
            }
            Type::Object(object) => {
                object.common = self.imported_common(&object.common, name.clone());
            }
            Type::Alternate(alternate) => {
                alternate.common = self.imported_common(&alternate.common, name.clone());
            }
            Type::Builtin(_) | Type::Array(_) => {}
        }
        self.so_far.types.push(reserved);
        self.define(name, Entity::Type(id));
        self.imports.push((id, old));
        id
    }

    /// Fills all types that have their id, so that they can be looked at.
    pub(super) fn types_of_imports(&mut self) {
        while let Some((new, old)) = self.imports.pop() {
            self.fill(new, old);
        }
    }

    /// Fills a type that has its id. All that it has in all is its own: bases stay behind.
    pub(super) fn fill(&mut self, new: TypeId, old: TypeId) {
        let older = self.older;
        let none: &[String] = &[]; // what it is part of says that it is missing
        let filled = match self.so_far.ty(new).clone() {
            Type::Enum(mut enumeration) => {
                let values = enumeration.values.iter();
                enumeration.values = values.map(|value| self.imported_value(value, none)).collect();
                Type::Enum(enumeration)
            }
            Type::Object(object) => Type::Object(self.filled_object(object, old)),
            Type::Alternate(mut alternate) => {
                let branches: Vec<Branch> = alternate.branches.clone();
                let branches = branches.iter().map(|branch| self.imported_branch(branch, none));
                alternate.branches = branches.collect();
                Type::Alternate(alternate)
            }
            ty @ (Type::Builtin(_) | Type::Array(_)) => ty,
        };
        debug_assert_eq!(older.ty(old).common().is_some(), filled.common().is_some());
        self.so_far.types[new.0 as usize] = filled;
    }

    fn filled_object(&mut self, mut object: Object, old: TypeId) -> Object {
        let members = self.older.members_flattened(old);
        object.base = None;
        object.members = members.iter().map(|member| self.imported_member(member, &[])).collect();
        if let Some(branches) = &mut object.branches {
            branches.tag_type = self.import(branches.tag_type);
            let cases = branches.cases.iter().map(|case| self.imported_branch(case, &[]));
            branches.cases = cases.collect();
        }
        object
    }

    pub(super) fn array_of(&mut self, element: TypeId) -> TypeId {
        let name = array_name(self.so_far.name_of(element));
        if let Some(id) = self.so_far.find_type(&name)
            && matches!(self.so_far.ty(id), Type::Array(array) if array.element == element)
        {
            return id;
        }
        let name = self.free_name(&name);
        let id = TypeId(self.so_far.types.len() as u32);
        let span = self.place;
        self.so_far.types.push(Type::Array(Array { name: name.clone(), element, span }));
        self.define(name, Entity::Type(id));
        id
    }

    fn imported_common(&self, old: &Common, name: String) -> Common {
        Common {
            name,
            span: self.place,
            module: ModuleId::ROOT,
            features: self.imported_features(&old.features),
            missing_in: self.labels.to_vec(),
            ..old.clone()
        }
    }

    fn imported_features(&self, old: &[Feature]) -> Vec<Feature> {
        let place = |feature: &Feature| self.place.unwrap_or(feature.span);
        old.iter().map(|feature| Feature { span: place(feature), ..feature.clone() }).collect()
    }

    pub(super) fn imported_value(&self, old: &EnumValue, missing_in: &[String]) -> EnumValue {
        EnumValue {
            span: self.place,
            features: self.imported_features(&old.features),
            missing_in: missing_in.to_vec(),
            ..old.clone()
        }
    }

    pub(super) fn imported_member(&mut self, old: &Member, missing_in: &[String]) -> Member {
        Member {
            span: self.place.unwrap_or(old.span),
            ty: self.import(old.ty),
            features: self.imported_features(&old.features),
            missing_in: missing_in.to_vec(),
            ..old.clone()
        }
    }

    pub(super) fn imported_branch(&mut self, old: &Branch, missing_in: &[String]) -> Branch {
        let (ty, missing_in) = (self.import(old.ty), missing_in.to_vec());
        Branch { span: self.place, ty, missing_in, ..old.clone() }
    }

    /// A branch of an alternate for a type of the older version.
    pub(super) fn branch_of(&self, old: TypeId) -> Branch {
        let name = self.older.name_of(old).to_ascii_lowercase();
        let (span, condition, missing_in) = (self.place, None, Vec::new());
        Branch { name, span, ty: old, condition, missing_in }
    }
}
