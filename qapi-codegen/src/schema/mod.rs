//! Meaning: names become ids and the rules of the language are checked.
//!
//! In: `expr` definitions in order. Out: a [`Schema`], which only a successful check can make:
//! holding one is the proof that it is right. Knows no programming language and no file.

mod check;
pub mod cycle;
mod declare;
pub mod documented;
mod edges;
mod fill;
mod finish;
mod heading;
pub(crate) mod inside;
pub mod reach;
mod redefinition;
mod resolve;
pub mod select;
pub mod shared;
mod simple_union;
pub mod spoken;
pub mod types;

use std::collections::HashMap;

use crate::doc::Doc;
pub use check::check;
use documented::All;
pub use resolve::{Draft, resolve};
use types::{
    Branch, Builtin, Command, Common, Entity, Enum, EnumValue, Event, Member, Module, ModuleId,
    Object, Type, TypeId,
};

/// A checked schema.
#[derive(Clone, Debug)]
pub struct Schema {
    pub(crate) types: Vec<Type>,
    pub(crate) commands: Vec<Command>,
    pub(crate) events: Vec<Event>,
    pub(crate) modules: Vec<Module>,
    /// Every entity in definition order, implicit types before their first user.
    pub(crate) order: Vec<(ModuleId, Entity)>,
    /// Types, commands and events share one name space.
    pub(crate) names: HashMap<String, Entity>,
    /// Every documentation block in parse order.
    pub(crate) docs: Vec<Documentation>,
    /// The enum whose values are the capabilities on offer (pragma `capabilities`).
    pub(crate) capabilities: Option<TypeId>,
}

/// A documentation block's place among all of them.
#[derive(Clone, Debug)]
pub enum Documentation {
    /// The block of a definition, which holds it.
    Definition(Entity),
    /// A block that belongs to no definition.
    FreeForm(Doc),
}

impl Schema {
    /// The type behind an id of this schema.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// All types, built-in and implicit ones among them, in definition order.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.types.iter().enumerate().map(|(index, ty)| (TypeId(index as u32), ty))
    }

    /// All commands, in definition order.
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// All events, in definition order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The module behind an id of this schema.
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0 as usize]
    }

    /// All modules: what comes with the language, the root, then in the order of the includes.
    pub fn modules(&self) -> impl Iterator<Item = (ModuleId, &Module)> {
        self.modules.iter().enumerate().map(|(index, module)| (ModuleId(index as u32), module))
    }

    /// Every entity and its module, in definition order; implicit types stand before their first
    /// user, include directives where they are written.
    pub fn order(&self) -> &[(ModuleId, Entity)] {
        &self.order
    }

    /// Every documentation block, in the order of the files.
    pub fn docs(&self) -> &[Documentation] {
        &self.docs
    }

    /// What the documentation of an entity is about: its own properties, and its parts. `None` for
    /// what can have no documentation.
    pub fn documented(&self, entity: Entity) -> Option<(&Common, Vec<documented::Part<'_>>)> {
        let all = All { types: &self.types, commands: &self.commands, events: &self.events };
        documented::entity(all, entity)
    }

    /// What a name stands for.
    pub fn find(&self, name: &str) -> Option<Entity> {
        self.names.get(name).copied()
    }

    /// The type of that name.
    pub fn find_type(&self, name: &str) -> Option<TypeId> {
        match self.find(name)? {
            Entity::Type(id) => Some(id),
            Entity::Command(_) | Entity::Event(_) | Entity::Include(_) => None,
        }
    }

    /// The command of that name.
    pub fn find_command(&self, name: &str) -> Option<&Command> {
        match self.find(name)? {
            Entity::Command(index) => Some(&self.commands[index]),
            Entity::Type(_) | Entity::Event(_) | Entity::Include(_) => None,
        }
    }

    /// The event of that name.
    pub fn find_event(&self, name: &str) -> Option<&Event> {
        match self.find(name)? {
            Entity::Event(index) => Some(&self.events[index]),
            Entity::Type(_) | Entity::Command(_) | Entity::Include(_) => None,
        }
    }

    /// The name of a type; that of an array is its element's with `List` behind it.
    pub fn name_of(&self, id: TypeId) -> &str {
        self.ty(id).name()
    }

    /// The object behind an id; `None` for any other type.
    pub fn object(&self, id: TypeId) -> Option<&Object> {
        self.ty(id).as_object()
    }

    /// The enum behind an id; `None` for any other type.
    pub fn enumeration(&self, id: TypeId) -> Option<&Enum> {
        self.ty(id).as_enum()
    }

    /// The object types whose members an object has, the farthest base first, itself last.
    pub fn lineage(&self, id: TypeId) -> Vec<&Object> {
        let start = self.object(id);
        let up = |object: &&Object| object.base.and_then(|base| self.object(base));
        let mut lineage: Vec<&Object> = std::iter::successors(start, up).collect();
        lineage.reverse();
        lineage
    }

    /// All members that an object always has: inherited first, then its own. Those of a union's
    /// branches are not among them. Empty for any other type.
    pub fn members_flattened(&self, id: TypeId) -> Vec<&Member> {
        self.lineage(id).into_iter().flat_map(|object| &object.members).collect()
    }

    /// The member that selects a union's branch, own or inherited; `None` for any other type.
    pub fn tag_member(&self, id: TypeId) -> Option<&Member> {
        let tag = &self.object(id)?.branches.as_ref()?.tag;
        let mut members = self.lineage(id).into_iter().flat_map(|object| &object.members);
        members.find(|member| member.name == *tag)
    }

    /// The enum whose values are the capabilities on offer (pragma `capabilities`).
    pub fn capabilities(&self) -> Option<&Enum> {
        self.enumeration(self.capabilities?)
    }
}

impl Type {
    /// The name in the schema.
    pub fn name(&self) -> &str {
        match self {
            Type::Builtin(builtin) => builtin.name(),
            Type::Enum(enumeration) => &enumeration.common.name,
            Type::Array(array) => &array.name,
            Type::Object(object) => &object.common.name,
            Type::Alternate(alternate) => &alternate.common.name,
        }
    }

    /// What a definition gave it; `None` for built-in types and arrays.
    pub fn common(&self) -> Option<&Common> {
        match self {
            Type::Builtin(_) | Type::Array(_) => None,
            Type::Enum(enumeration) => Some(&enumeration.common),
            Type::Object(object) => Some(&object.common),
            Type::Alternate(alternate) => Some(&alternate.common),
        }
    }

    /// The object, if it is one.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Type::Object(object) => Some(object),
            Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Alternate(_) => None,
        }
    }

    /// The enum, if it is one.
    pub fn as_enum(&self) -> Option<&Enum> {
        match self {
            Type::Enum(enumeration) => Some(enumeration),
            Type::Builtin(_) | Type::Array(_) | Type::Object(_) | Type::Alternate(_) => None,
        }
    }

    /// The built-in type, if it is one.
    pub fn as_builtin(&self) -> Option<Builtin> {
        match self {
            Type::Builtin(builtin) => Some(*builtin),
            Type::Enum(_) | Type::Array(_) | Type::Object(_) | Type::Alternate(_) => None,
        }
    }
}

impl Enum {
    /// The value of that name.
    pub fn value(&self, name: &str) -> Option<&EnumValue> {
        self.values.iter().find(|value| value.name == name)
    }
}

impl Branch {
    /// The branch of a tag's value that no branch is written for.
    pub(crate) fn empty(value: &EnumValue, empty: TypeId) -> Branch {
        let (name, condition) = (value.name.clone(), value.condition.clone());
        Branch { name, span: None, ty: empty, condition, missing_in: value.missing_in.clone() }
    }
}

impl Object {
    /// Whether no definition in the schema has this name: members written in place.
    pub fn is_implicit(&self) -> bool {
        self.origin.is_implicit()
    }
}
