//! Every type, command and event gets an id and a name: definitions in order →
//! [`Declarations`]. Types that nobody defines, but that definitions need, come into being here,
//! each before its first user, in the order of QEMU's generator. Reports what is defined twice.

use std::collections::HashMap;

use super::Documentation;
use super::heading::Headings;
use super::redefinition;
use super::types::{Builtin, Entity, ModuleId, Origin, TypeId};
use crate::diagnostic::Diagnostics;
use crate::expr::Item;
use crate::expr::definition::{Branch, Data, Definition, Kind, Member, TypeRef};
use crate::source::{Span, Spanned};

/// What each id stands for.
#[derive(Default)]
pub(super) struct Declarations {
    /// The definitions, in order.
    pub(super) definitions: Vec<Definition>,
    /// For each type id, what makes the type.
    pub(super) types: Vec<Made>,
    /// For each command its definition, an index.
    pub(super) commands: Vec<usize>,
    /// For each event its definition, an index.
    pub(super) events: Vec<usize>,
    /// What each name stands for.
    pub(super) names: HashMap<String, Entity>,
    /// Every entity, in order.
    pub(super) order: Vec<Placed>,
    /// Every documentation block, in order.
    pub(super) docs: Vec<Documentation>,
}

/// A type to be, and the definition (an index) that made it or was the first to need it.
pub(super) struct Made {
    pub(super) what: What,
    pub(super) by: Option<usize>,
}

/// What makes a type.
pub(super) enum What {
    Builtin(Builtin),
    /// `q_empty`
    Empty,
    /// The enum `QType`.
    QType,
    /// The array of the type of that name.
    Array(String, Option<Span>),
    /// The definition itself.
    Definition,
    /// Members in place of the definition: arguments, data or base.
    Members(Origin),
    /// The tag of a simple union.
    TagEnum,
    /// The object around the type of that name in a branch of a simple union.
    Wrapper(String, Span),
}

/// An entity and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) entity: Entity,
    /// The module it is written in.
    pub(super) module: ModuleId,
    /// The definition that made it or was the first to need it, an index.
    pub(super) definition: Option<usize>,
}

/// The id of one of `load`'s modules.
pub(super) fn module_id(index: usize) -> ModuleId {
    ModuleId(index as u32 + 1)
}

/// The name of an array type.
pub(super) fn array_name(element: &str) -> String {
    format!("{element}List")
}

/// The name of the type of members in place.
pub(super) fn implicit_name(owner: &str, origin: Origin) -> String {
    let role = match origin {
        Origin::Base => "base",
        Origin::Wrapper => "wrapper",
        Origin::Arguments | Origin::EventData | Origin::Struct | Origin::Union | Origin::Empty => {
            "arg"
        }
    };
    format!("q_obj_{owner}-{role}")
}

/// The name of a simple union's tag type.
pub(super) fn tag_enum_name(union: &str) -> String {
    format!("{union}Kind")
}

/// Gives everything its id.
pub(super) fn declare(
    items: Vec<Item>,
    headings: &Headings,
    diagnostics: &mut Diagnostics,
) -> Declarations {
    let mut declare = Declare { headings, diagnostics, made: Declarations::default() };
    declare.predefined();
    for item in items {
        declare.item(item);
    }
    declare.made
}

struct Declare<'a> {
    headings: &'a Headings,
    diagnostics: &'a mut Diagnostics,
    made: Declarations,
}

/// The definition at hand, its index and its module.
#[derive(Clone, Copy)]
struct Maker<'a> {
    definition: &'a Definition,
    index: usize,
}

impl Declare<'_> {
    /// What comes with the language.
    fn predefined(&mut self) {
        for builtin in Builtin::ALL {
            let name = builtin.name();
            self.new_type(name.to_owned(), What::Builtin(builtin), None);
            self.new_type(array_name(name), What::Array(name.to_owned(), None), None);
        }
        self.new_type("q_empty".to_owned(), What::Empty, None);
        self.new_type("QType".to_owned(), What::QType, None);
    }

    fn item(&mut self, item: Item) {
        match item {
            Item::Definition(definition) => {
                let index = self.made.definitions.len();
                let entity = self.definition(Maker { definition: &definition, index });
                if let (Some(entity), Some(_)) = (entity, &definition.doc) {
                    self.made.docs.push(Documentation::Definition(entity));
                }
                self.made.definitions.push(*definition);
            }
            Item::Include(include) => self.made.order.push(Placed {
                entity: Entity::Include(module_id(include.included)),
                module: module_id(include.module),
                definition: None,
            }),
            Item::FreeForm(doc) => self.made.docs.push(Documentation::FreeForm(doc)),
        }
    }

    fn definition(&mut self, maker: Maker<'_>) -> Option<Entity> {
        match &maker.definition.kind {
            Kind::Enum(_) => self.named_type(maker),
            Kind::Struct(structure) => {
                self.arrays(&structure.members, maker);
                self.named_type(maker)
            }
            Kind::Union(union) => {
                self.members(Some(&union.base), Origin::Base, maker);
                self.named_type(maker)
            }
            Kind::SimpleUnion(union) => {
                self.wrappers(&union.branches, maker);
                let tag = self.next_type(What::TagEnum, Some(maker));
                self.claim(&tag_enum_name(&maker.definition.name), tag, maker);
                self.named_type(maker)
            }
            Kind::Alternate(alternate) => {
                for branch in &alternate.branches {
                    self.array(&branch.ty, maker);
                }
                self.named_type(maker)
            }
            Kind::Command(command) => {
                self.members(command.data.as_ref(), Origin::Arguments, maker);
                if let Some(returns) = &command.returns {
                    self.array(returns, maker);
                }
                let entity = Entity::Command(self.made.commands.len());
                self.made.commands.push(maker.index);
                self.named(entity, maker)
            }
            Kind::Event(event) => {
                self.members(event.data.as_ref(), Origin::EventData, maker);
                let entity = Entity::Event(self.made.events.len());
                self.made.events.push(maker.index);
                self.named(entity, maker)
            }
        }
    }

    /// The type of members in place. No members, no type.
    fn members(&mut self, data: Option<&Data>, origin: Origin, maker: Maker<'_>) {
        if let Some(Data::Inline(members, _)) = data {
            self.arrays(members, maker);
            if !members.is_empty() {
                let name = implicit_name(&maker.definition.name, origin);
                self.implicit_type(name, What::Members(origin), maker);
            }
        }
    }

    fn arrays(&mut self, members: &[Member], maker: Maker<'_>) {
        for member in members {
            self.array(&member.ty, maker);
        }
    }

    fn array(&mut self, reference: &TypeRef, maker: Maker<'_>) {
        if let TypeRef::Array(element) = reference {
            let what = What::Array(element.value.clone(), Some(element.span));
            self.implicit_type(array_name(element), what, maker);
        }
    }

    fn wrappers(&mut self, branches: &[Branch], maker: Maker<'_>) {
        for branch in branches {
            self.array(&branch.ty, maker);
            let inside = reference_name(&branch.ty);
            let name = implicit_name(&inside, Origin::Wrapper);
            self.implicit_type(name, What::Wrapper(inside.value, inside.span), maker);
        }
    }

    /// A type that definitions share: the first to need it makes it.
    fn implicit_type(&mut self, name: String, what: What, maker: Maker<'_>) {
        if !self.made.names.contains_key(&name) {
            self.new_type(name, what, Some(maker));
        }
    }

    fn new_type(&mut self, name: String, what: What, maker: Option<Maker<'_>>) {
        let entity = self.next_type(what, maker);
        self.made.names.insert(name, entity);
        self.place(entity, maker);
    }

    fn named_type(&mut self, maker: Maker<'_>) -> Option<Entity> {
        let entity = self.next_type(What::Definition, Some(maker));
        self.named(entity, maker)
    }

    fn next_type(&mut self, what: What, maker: Option<Maker<'_>>) -> Entity {
        let id = u32::try_from(self.made.types.len()).expect("load bounds the size of a schema");
        self.made.types.push(Made { what, by: maker.map(|maker| maker.index) });
        Entity::Type(TypeId(id))
    }

    /// Gives a definition its name, unless another has it.
    fn named(&mut self, entity: Entity, maker: Maker<'_>) -> Option<Entity> {
        self.claim(&maker.definition.name, entity, maker)
    }

    fn claim(&mut self, name: &str, entity: Entity, maker: Maker<'_>) -> Option<Entity> {
        if let Some(&first) = self.made.names.get(name) {
            let both = (maker.definition, first);
            let diagnostic = redefinition::diagnostic(&self.made, self.headings, name, both);
            self.diagnostics.push(diagnostic);
            return None;
        }
        self.made.names.insert(name.to_owned(), entity);
        self.place(entity, Some(maker));
        Some(entity)
    }

    fn place(&mut self, entity: Entity, maker: Option<Maker<'_>>) {
        let module = maker.map_or(ModuleId::BUILTIN, |maker| module_id(maker.definition.module));
        let definition = maker.map(|maker| maker.index);
        self.made.order.push(Placed { entity, module, definition });
    }
}

/// The name that a reference resolves to: that of an array type is its own.
pub(super) fn reference_name(reference: &TypeRef) -> Spanned<String> {
    match reference {
        TypeRef::Name(name) => name.clone(),
        TypeRef::Array(element) => Spanned::new(array_name(element), element.span),
    }
}
