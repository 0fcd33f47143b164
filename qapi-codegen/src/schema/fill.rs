//! Declared types become types: every name in them is known now, so it becomes an id. One that
//! nobody declared becomes [`UNKNOWN`].

use std::collections::HashMap;

use super::declare::{Declarations, Made, What, array_name, implicit_name, module_id};
use super::simple_union;
use super::types::{
    Alternate, Array, Branch, Branches, Command, Common, Entity, Enum, EnumValue, Event, Feature,
    Member, ModuleId, Object, Origin, Type, TypeId,
};
use crate::doc::Doc;
use crate::expr::definition::{self as written, Data, Definition, Kind, TypeRef};
use crate::source::{Span, Spanned};

/// What a name that nobody defines stands for. No [`Schema`](super::Schema) has it.
pub(super) const UNKNOWN: TypeId = TypeId(u32::MAX);

/// The ids of names.
#[derive(Clone, Copy)]
pub(super) struct Ids<'a>(pub(super) &'a HashMap<String, Entity>);

impl Ids<'_> {
    /// The type of that name.
    pub(super) fn named(self, name: &str) -> TypeId {
        match self.0.get(name) {
            Some(Entity::Type(id)) => *id,
            Some(Entity::Command(_) | Entity::Event(_) | Entity::Include(_)) | None => UNKNOWN,
        }
    }

    fn referred(self, reference: &TypeRef) -> TypeId {
        match reference {
            TypeRef::Name(name) => self.named(name),
            TypeRef::Array(element) => self.named(&array_name(element)),
        }
    }

    fn data(self, data: &Data, owner: &str, origin: Origin) -> Option<TypeId> {
        match data {
            Data::Named(name) => Some(self.named(name)),
            Data::Inline(members, _) if members.is_empty() => None,
            Data::Inline(..) => Some(self.named(&implicit_name(owner, origin))),
        }
    }
}

/// Makes the types. Takes the documentation out of the definitions of types.
pub(super) fn types(declared: &mut Declarations) -> Vec<Type> {
    let ids = Ids(&declared.names);
    let definitions = &mut declared.definitions;
    let mut types: Vec<Type> =
        declared.types.iter().map(|made| ty(ids, definitions, made)).collect();
    simple_union::set_conditions(&mut types);
    types
}

fn ty(ids: Ids<'_>, definitions: &mut [Definition], made: &Made) -> Type {
    let definition = made.by.map(|by| &mut definitions[by]);
    match (&made.what, definition) {
        (What::Builtin(builtin), _) => Type::Builtin(*builtin),
        (What::Array(element, span), _) => Type::Array(Array {
            name: array_name(element),
            element: ids.named(element),
            span: *span,
        }),
        (What::Definition, Some(definition)) => {
            let doc = definition.doc.take();
            defined(ids, definition, doc)
        }
        (What::Members(origin), Some(definition)) => {
            Type::Object(members_in_place(ids, definition, *origin))
        }
        (What::TagEnum, Some(definition)) => Type::Enum(simple_union::tag_enum(definition)),
        (What::Wrapper(inside, span), Some(definition)) => Type::Object(simple_union::wrapper(
            ids,
            definition,
            &Spanned::new(inside.clone(), *span),
        )),
        (What::QType, _) => Type::Enum(qtype()),
        (What::Empty, _)
        | (What::Definition | What::Members(_) | What::TagEnum | What::Wrapper(..), None) => {
            Type::Object(empty())
        }
    }
}

fn predefined(name: &str) -> Common {
    Common {
        name: name.to_owned(),
        span: None,
        module: ModuleId::BUILTIN,
        doc: None,
        condition: None,
        features: Vec::new(),
        missing_in: Vec::new(),
    }
}

fn empty() -> Object {
    let (base, members, branches) = (None, Vec::new(), None);
    Object { common: predefined("q_empty"), origin: Origin::Empty, base, members, branches }
}

/// The JSON kinds as QEMU's C code names them.
fn qtype() -> Enum {
    let names = ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"];
    let value = |name: &str| EnumValue {
        name: name.to_owned(),
        span: None,
        condition: None,
        features: Vec::new(),
        missing_in: Vec::new(),
    };
    let values = names.into_iter().map(value).collect();
    Enum { common: predefined("QType"), values, prefix: None }
}

fn defined(ids: Ids<'_>, definition: &Definition, doc: Option<Doc>) -> Type {
    let common = common(definition, doc);
    match &definition.kind {
        Kind::Enum(enumeration) => Type::Enum(Enum {
            common,
            values: enumeration.values.iter().map(value).collect(),
            prefix: enumeration.prefix.clone(),
        }),
        Kind::Struct(structure) => Type::Object(Object {
            common,
            origin: Origin::Struct,
            base: structure.base.as_ref().map(|base| ids.named(base)),
            members: members(ids, &structure.members),
            branches: None,
        }),
        Kind::Union(union) => Type::Object(Object {
            common,
            origin: Origin::Union,
            base: ids.data(&union.base, &definition.name, Origin::Base),
            members: Vec::new(),
            branches: Some(Branches {
                tag: union.tag.value.clone(),
                tag_type: UNKNOWN,
                cases: branches(ids, &union.branches),
            }),
        }),
        Kind::SimpleUnion(union) => {
            Type::Object(simple_union::union(ids, definition, common, union))
        }
        Kind::Alternate(alternate) => {
            Type::Alternate(Alternate { common, branches: branches(ids, &alternate.branches) })
        }
        Kind::Command(_) | Kind::Event(_) => {
            unreachable!("declare gives type ids to definitions of types only")
        }
    }
}

fn members_in_place(ids: Ids<'_>, definition: &Definition, origin: Origin) -> Object {
    let common = Common {
        name: implicit_name(&definition.name, origin),
        features: Vec::new(),
        ..common(definition, definition.doc.clone())
    };
    let members = members(ids, written_in_place(definition));
    Object { common, origin, base: None, members, branches: None }
}

/// The members that a definition has in place.
pub(super) fn written_in_place(definition: &Definition) -> &[written::Member] {
    let data = match &definition.kind {
        Kind::Struct(structure) => return &structure.members,
        Kind::Union(union) => Some(&union.base),
        Kind::Command(command) => command.data.as_ref(),
        Kind::Event(event) => event.data.as_ref(),
        Kind::Enum(_) | Kind::SimpleUnion(_) | Kind::Alternate(_) => None,
    };
    match data {
        Some(Data::Inline(members, _)) => members,
        Some(Data::Named(_)) | None => &[],
    }
}

/// A member that is written nowhere as one.
pub(super) fn plain_member(name: &str, ty: TypeId, span: Span) -> Member {
    Member {
        name: name.to_owned(),
        span,
        ty,
        optional: false,
        condition: None,
        features: Vec::new(),
        capability: None,
        missing_in: Vec::new(),
    }
}

/// What all definitions have.
pub(super) fn common(definition: &Definition, doc: Option<Doc>) -> Common {
    Common {
        name: definition.name.value.clone(),
        span: Some(definition.span),
        module: module_id(definition.module),
        doc,
        condition: definition.condition.clone(),
        features: features(&definition.features),
        missing_in: Vec::new(),
    }
}

fn features(written: &[written::Feature]) -> Vec<Feature> {
    let feature = |feature: &written::Feature| Feature {
        name: feature.name.value.clone(),
        span: feature.name.span,
        condition: feature.condition.clone(),
    };
    written.iter().map(feature).collect()
}

fn value(written: &written::EnumValue) -> EnumValue {
    EnumValue {
        name: written.name.value.clone(),
        span: Some(written.name.span),
        condition: written.condition.clone(),
        features: features(&written.features),
        missing_in: Vec::new(),
    }
}

fn members(ids: Ids<'_>, written: &[written::Member]) -> Vec<Member> {
    let member = |member: &written::Member| Member {
        name: member.name.value.clone(),
        span: member.name.span,
        ty: ids.referred(&member.ty),
        optional: member.optional,
        condition: member.condition.clone(),
        features: features(&member.features),
        capability: member.capability.as_ref().map(|capability| capability.value.clone()),
        missing_in: Vec::new(),
    };
    written.iter().map(member).collect()
}

fn branches(ids: Ids<'_>, written: &[written::Branch]) -> Vec<Branch> {
    let branch = |branch: &written::Branch| Branch {
        name: branch.name.value.clone(),
        span: Some(branch.name.span),
        ty: ids.referred(&branch.ty),
        condition: branch.condition.clone(),
        missing_in: Vec::new(),
    };
    written.iter().map(branch).collect()
}

/// Makes the commands. Takes the documentation out of their definitions.
pub(super) fn commands(declared: &mut Declarations) -> Vec<Command> {
    let ids = Ids(&declared.names);
    let definitions = &mut declared.definitions;
    let command = |&index: &usize| {
        let doc = definitions[index].doc.take();
        let definition = &definitions[index];
        let Kind::Command(command) = &definition.kind else { return None };
        let data = command.data.as_ref();
        Some(Command {
            common: common(definition, doc),
            arguments: data.and_then(|data| ids.data(data, &definition.name, Origin::Arguments)),
            returns: command.returns.as_ref().map(|returns| ids.referred(returns)),
            boxed: command.boxed,
            generated: command.generated,
            success_response: command.success_response,
            allow_oob: command.allow_oob,
            allow_preconfig: command.allow_preconfig,
            coroutine: command.coroutine,
            envelope: command.envelope.as_ref().map(|envelope| ids.named(envelope)),
            capability: command.capability.as_ref().map(|capability| capability.value.clone()),
        })
    };
    declared.commands.iter().filter_map(command).collect()
}

/// Makes the events. Takes the documentation out of their definitions.
pub(super) fn events(declared: &mut Declarations) -> Vec<Event> {
    let ids = Ids(&declared.names);
    let definitions = &mut declared.definitions;
    let event = |&index: &usize| {
        let doc = definitions[index].doc.take();
        let definition = &definitions[index];
        let Kind::Event(event) = &definition.kind else { return None };
        let data = event.data.as_ref();
        Some(Event {
            common: common(definition, doc),
            data: data.and_then(|data| ids.data(data, &definition.name, Origin::EventData)),
            boxed: event.boxed,
            capability: event.capability.as_ref().map(|capability| capability.value.clone()),
        })
    };
    declared.events.iter().filter_map(event).collect()
}
