//! What every emitter needs to know of the whole schema: which types are written, what everything
//! is called, which types show themselves as they are written, which edges are boxed.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;

use super::name::Scope;
use super::size::Sizes;
use super::{Options, layout, object};
use crate::schema::cycle::Cycles;
use crate::schema::types::{Command, Entity, Event, Origin, Type, TypeId};
use crate::schema::{Schema, inside};

/// A schema on its way to Rust.
pub(super) struct Bindings<'a> {
    pub(super) schema: &'a Schema,
    pub(super) options: &'a Options,
    /// The types that are written, in schema order.
    written: Vec<TypeId>,
    types: HashMap<TypeId, Ident>,
    branches: HashMap<TypeId, Ident>,
    commands: Vec<CommandNames>,
    events: Vec<Ident>,
    /// The types that have a type of the user's inside.
    chosen: HashSet<TypeId>,
    cycles: Cycles,
    sizes: Sizes,
    /// The documentation of everything that has been emitted.
    pages: RefCell<Vec<Vec<String>>>,
}

/// What a command is called.
struct CommandNames {
    structure: Ident,
    method: Ident,
}

/// A command and what it is called.
#[derive(Clone, Copy)]
pub(super) struct BoundCommand<'a> {
    pub(super) command: &'a Command,
    /// The struct in `commands`.
    pub(super) structure: &'a Ident,
    /// The method of `Client` and `Server`.
    pub(super) method: &'a Ident,
}

/// An event and what it is called.
#[derive(Clone, Copy)]
pub(super) struct BoundEvent<'a> {
    pub(super) event: &'a Event,
    /// The struct in `events` and the variant of `Event`.
    pub(super) structure: &'a Ident,
}

/// Items that are always at the root, so that a type never takes their names: a schema that gets
/// its first event must not rename its types.
const ROOT: &[&str] = &["Client", "Server", "Dispatch", "Event"];

/// Methods that are in scope wherever `Client` and `Server` are.
const METHODS: &[&str] = &[
    "execute",
    "into",
    "try_into",
    // Of the runtime's own client; a method of its own hides one of a trait.
    "call_raw",
    "events",
    "handshake",
    "next_event",
    "out_of_band",
    "wait_for",
    "within",
];

/// The arm for what generated code does not know.
pub(super) const UNRECOGNIZED: &str = "Unrecognized";

impl<'a> Bindings<'a> {
    pub(super) fn new(schema: &'a Schema, options: &'a Options) -> Self {
        let written = written_types(schema);
        let mut root = Scope::without(ROOT);
        let types: HashMap<TypeId, Ident> = written
            .iter()
            .map(|&id| {
                let name = schema.name_of(id);
                (id, root.ty(name.strip_prefix("q_obj_").unwrap_or(name)))
            })
            .collect();
        // Only when all types have theirs: a schema's own `FooBranch` keeps its name.
        let branches = written
            .iter()
            .filter(|&&id| object::has_enum_of_branches(schema, id))
            .map(|&id| (id, root.ty(&format!("{}Branch", types[&id]))))
            .collect();
        Bindings {
            schema,
            options,
            types,
            branches,
            commands: command_names(schema),
            events: event_names(schema),
            chosen: inside::having(schema, |_, ty| has_chosen_member(options, ty)),
            cycles: Cycles::of(schema),
            sizes: Sizes::of(schema),
            pages: RefCell::default(),
            written,
        }
    }

    /// Keeps a page of documentation, line by line. Gives what stands for it among tokens.
    pub(super) fn keep_page(&self, lines: Vec<String>) -> String {
        let mut pages = self.pages.borrow_mut();
        pages.push(lines);
        layout::mark(pages.len() - 1)
    }

    /// All pages that were kept.
    pub(super) fn into_pages(self) -> Vec<Vec<String>> {
        self.pages.into_inner()
    }

    /// The types to write, in schema order.
    pub(super) fn types(&self) -> impl Iterator<Item = (TypeId, &'a Type)> {
        self.written.iter().map(|&id| (id, self.schema.ty(id)))
    }

    /// The commands to write, in schema order.
    pub(super) fn commands(&self) -> impl Iterator<Item = BoundCommand<'_>> {
        let names = self.commands.iter();
        self.schema.commands().iter().zip(names).map(|(command, names)| BoundCommand {
            command,
            structure: &names.structure,
            method: &names.method,
        })
    }

    /// The events to write, in schema order.
    pub(super) fn events(&self) -> impl Iterator<Item = BoundEvent<'_>> {
        let names = self.events.iter();
        self.schema
            .events()
            .iter()
            .zip(names)
            .map(|(event, structure)| BoundEvent { event, structure })
    }

    /// Whether a type is written.
    pub(super) fn has(&self, id: TypeId) -> bool {
        self.types.contains_key(&id)
    }

    /// Whether values of a type may be shown as they are written. A type that the user chose has a
    /// `Debug` of its own, perhaps in order to hide something.
    pub(super) fn may_be_shown(&self, id: TypeId) -> bool {
        !self.chosen.contains(&id)
    }

    /// What a written type is called.
    pub(super) fn type_name(&self, id: TypeId) -> &Ident {
        self.types.get(&id).expect("every type that another one names is written")
    }

    /// What the enum is called that has the branches of a union, where the union has further members
    /// and is a struct.
    pub(super) fn branches_name(&self, id: TypeId) -> Option<&Ident> {
        self.branches.get(&id)
    }

    /// What a name in the documentation stands for: a path from the root, and the last segment.
    pub(super) fn path_of(&self, name: &str) -> Option<(Option<&'static str>, &Ident)> {
        match self.schema.find(name)? {
            Entity::Type(id) => self.types.get(&id).map(|ident| (None, ident)),
            Entity::Command(index) => Some((Some("commands"), &self.commands[index].structure)),
            Entity::Event(index) => Some((Some("events"), &self.events[index])),
            Entity::Include(_) => None,
        }
    }

    /// Whether the member or alternate branch of type `part` that `owner` has is behind a pointer,
    /// because it leads back to its owner.
    pub(super) fn is_boxed(&self, owner: TypeId, part: TypeId) -> bool {
        self.cycles.needs_box(owner, part)
    }

    /// Whether a type is so large that an enum should not hold it in place.
    pub(super) fn is_large(&self, id: TypeId) -> bool {
        self.sizes.is_large(id)
    }
}

fn command_names(schema: &Schema) -> Vec<CommandNames> {
    let mut structures = Scope::default();
    let mut methods = Scope::without(METHODS);
    let names = schema.commands().iter().map(|command| &command.common.name);
    names
        .map(|name| CommandNames { structure: structures.camel(name), method: methods.snake(name) })
        .collect()
}

fn event_names(schema: &Schema) -> Vec<Ident> {
    let mut structures = Scope::without(&[UNRECOGNIZED]);
    schema.events().iter().map(|event| structures.camel(&event.common.name)).collect()
}

/// What the schema defines, and of what it implies that which is named by something else than its
/// owner: `'q_obj_foo-arg'` is a legal, if odd, way to name the arguments of `foo`.
fn written_types(schema: &Schema) -> Vec<TypeId> {
    let named = named_types(schema);
    let is_written = |id: TypeId, ty: &Type| match ty {
        Type::Builtin(_) | Type::Array(_) => false,
        Type::Enum(enumeration) => enumeration.common.span.is_some() || named.contains(&id),
        Type::Alternate(_) => true,
        Type::Object(object) => match object.origin {
            Origin::Struct | Origin::Union => true,
            Origin::Arguments | Origin::EventData | Origin::Base | Origin::Wrapper => {
                named.contains(&id)
            }
            Origin::Empty => false,
        },
    };
    schema.types().filter(|&(id, ty)| is_written(id, ty)).map(|(id, _)| id).collect()
}

/// The types that members, branches, returns and data written by name have, elements of arrays
/// among them.
fn named_types(schema: &Schema) -> HashSet<TypeId> {
    let members = schema.types().flat_map(|(_, ty)| match ty {
        Type::Object(object) => {
            let branches = object.branches.iter().flat_map(|branches| &branches.cases);
            let members = object.members.iter().map(|member| member.ty);
            members.chain(branches.map(|branch| branch.ty)).collect()
        }
        Type::Alternate(alternate) => alternate.branches.iter().map(|branch| branch.ty).collect(),
        Type::Builtin(_) | Type::Enum(_) | Type::Array(_) => Vec::new(),
    });
    let returns = schema.commands().iter().filter_map(|command| command.returns);
    members.chain(returns).map(|id| element(schema, id)).collect()
}

/// The type itself, or what an array of arrays of it holds.
pub(super) fn element(schema: &Schema, mut id: TypeId) -> TypeId {
    while let Type::Array(array) = schema.ty(id) {
        id = array.element;
    }
    id
}

fn has_chosen_member(options: &Options, ty: &Type) -> bool {
    ty.as_object().is_some_and(|object| {
        let mut members = object.members.iter();
        members.any(|member| options.overrides.type_of(&object.common, &member.name).is_some())
    })
}
