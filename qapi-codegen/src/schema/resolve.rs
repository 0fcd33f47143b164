//! Names become ids: definitions in order → a [`Draft`], whose rules nobody has checked yet.
//!
//! First `declare` gives everything an id, then `fill` makes it. A name that nobody defines
//! becomes [`UNKNOWN`](super::fill::UNKNOWN); `check` reports it where QEMU would.

use std::collections::HashMap;

use super::Documentation;
use super::declare::{self, Placed};
use super::fill;
use super::heading::Headings;
use super::types::{Command, Entity, Event, Module, ModuleId, Type, TypeId};
use crate::diagnostic::Diagnostics;
use crate::expr::Item;
use crate::expr::definition::Definition;
use crate::load;
use crate::source::SourceMap;

/// A schema that nobody has checked: types may be unknown, tags have no type yet, and cases that
/// are not written are missing.
#[derive(Debug)]
pub struct Draft {
    pub(super) types: Vec<Type>,
    pub(super) commands: Vec<Command>,
    pub(super) events: Vec<Event>,
    pub(super) modules: Vec<Module>,
    /// Every entity with its definition, in order.
    pub(super) order: Vec<Placed>,
    pub(super) names: HashMap<String, Entity>,
    pub(super) docs: Vec<Documentation>,
    /// The definitions as written, for the places of their parts.
    pub(super) definitions: Vec<Definition>,
    /// How messages call the definitions.
    pub(super) headings: Headings,
    /// For each type the definition (an index) that made it or was the first to need it.
    pub(super) makers: Vec<Option<usize>>,
}

/// Resolves the names of a schema. Reports those that are defined twice.
pub fn resolve(
    items: Vec<Item>,
    modules: &[load::Module],
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Draft {
    let headings = Headings::of(&items, sources);
    let mut declared = declare::declare(items, &headings, diagnostics);
    let types = fill::types(&mut declared);
    let commands = fill::commands(&mut declared);
    let events = fill::events(&mut declared);
    let mut order = declared.order;
    for placed in &mut order {
        if let Some(module) = element_module(placed.entity, &types) {
            placed.module = module;
        }
    }
    Draft {
        modules: named_modules(modules, &order),
        makers: declared.types.iter().map(|made| made.by).collect(),
        definitions: declared.definitions,
        headings,
        names: declared.names,
        docs: declared.docs,
        types,
        commands,
        events,
        order,
    }
}

/// An array belongs to the module of its element.
fn element_module(entity: Entity, types: &[Type]) -> Option<ModuleId> {
    let Entity::Type(id) = entity else { return None };
    let Type::Array(array) = types.get(id.0 as usize)? else { return None };
    match types.get(array.element.0 as usize)? {
        Type::Builtin(_) => Some(ModuleId::BUILTIN),
        element => element.common().map(|common| common.module),
    }
}

fn named_modules(modules: &[load::Module], order: &[Placed]) -> Vec<Module> {
    let module = |name: &str| Module { name: name.to_owned(), includes: Vec::new() };
    let names = modules.iter().map(|module| module.name.as_str());
    let mut named: Vec<Module> = std::iter::once("./builtin").chain(names).map(module).collect();
    for placed in order {
        if let Entity::Include(included) = placed.entity {
            named[placed.module.index()].includes.push(included);
        }
    }
    named
}

impl Draft {
    /// The type behind an id; `None` for an unknown one.
    pub(super) fn ty(&self, id: TypeId) -> Option<&Type> {
        self.types.get(id.0 as usize)
    }

    /// The definition that made a type, or that was the first to need it.
    pub(super) fn maker(&self, id: TypeId) -> Option<&Definition> {
        let index = (*self.makers.get(id.0 as usize)?)?;
        self.definitions.get(index)
    }
}
