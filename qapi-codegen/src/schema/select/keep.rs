//! A schema without what is not to stay: ids are given anew, and nothing refers to what is gone.

use std::collections::HashMap;

use crate::schema::types::{Entity, Type, TypeId};
use crate::schema::{Documentation, Schema, edges};

/// What is to stay, a flag for each.
pub(super) struct Keep {
    pub(super) types: Vec<bool>,
    pub(super) commands: Vec<bool>,
    pub(super) events: Vec<bool>,
}

impl Schema {
    /// Drops what is not kept and not needed, and gives what stays new ids.
    pub(super) fn keep(self, mut keep: Keep) -> Schema {
        self.add_needed(&mut keep);
        let renumber = Renumber {
            types: numbers(&keep.types),
            commands: numbers(&keep.commands),
            events: numbers(&keep.events),
        };
        let docs = self.docs.into_iter().filter_map(|doc| match doc {
            Documentation::FreeForm(doc) => Some(Documentation::FreeForm(doc)),
            Documentation::Definition(entity) => {
                renumber.entity(entity).map(Documentation::Definition)
            }
        });
        let order = self.order.into_iter();
        let order = order.filter_map(|(module, entity)| Some((module, renumber.entity(entity)?)));
        let names = self.names.into_iter();
        let names = names.filter_map(|(name, entity)| Some((name, renumber.entity(entity)?)));
        Schema {
            docs: docs.collect(),
            order: order.collect(),
            names: names.collect::<HashMap<_, _>>(),
            capabilities: self.capabilities.and_then(|id| renumber.ty(id)),
            types: kept(self.types, &keep.types, |ty| renumber.in_type(ty)),
            commands: kept(self.commands, &keep.commands, |command| {
                renumber.optional(&mut command.arguments);
                renumber.optional(&mut command.returns);
                renumber.optional(&mut command.envelope);
            }),
            events: kept(self.events, &keep.events, |event| renumber.optional(&mut event.data)),
            modules: self.modules,
        }
    }

    /// Adds what comes with the language, the capabilities, and what all that stays refers to.
    fn add_needed(&self, keep: &mut Keep) {
        for (index, ty) in self.types.iter().enumerate() {
            keep.types[index] |= match ty {
                Type::Array(array) => array.span.is_none(),
                _ => ty.common().is_none_or(|common| common.span.is_none()),
            };
        }
        let commands = self.commands.iter().zip(&keep.commands).filter(|(_, keep)| **keep);
        let events = self.events.iter().zip(&keep.events).filter(|(_, keep)| **keep);
        let used = commands.flat_map(|(command, _)| edges::of_command(command));
        let used = used.chain(events.flat_map(|(event, _)| edges::of_event(event)));
        for id in used.chain(self.capabilities) {
            keep.types[id.0 as usize] = true;
        }
        edges::close(&self.types, &mut keep.types);
    }
}

/// The elements that are kept, each changed.
fn kept<T>(elements: Vec<T>, keep: &[bool], change: impl Fn(&mut T)) -> Vec<T> {
    let kept = elements.into_iter().zip(keep).filter(|(_, keep)| **keep);
    kept.map(|(mut element, _)| {
        change(&mut element);
        element
    })
    .collect()
}

/// Counts what is kept: its new numbers.
fn numbers(keep: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0..;
    keep.iter().map(|keep| if *keep { next.next() } else { None }).collect()
}

/// From old ids to new ones; `None` for what is gone.
struct Renumber {
    types: Vec<Option<usize>>,
    commands: Vec<Option<usize>>,
    events: Vec<Option<usize>>,
}

impl Renumber {
    fn ty(&self, id: TypeId) -> Option<TypeId> {
        self.types[id.0 as usize].map(|index| TypeId(index as u32))
    }

    fn entity(&self, entity: Entity) -> Option<Entity> {
        match entity {
            Entity::Type(id) => self.ty(id).map(Entity::Type),
            Entity::Command(index) => self.commands[index].map(Entity::Command),
            Entity::Event(index) => self.events[index].map(Entity::Event),
            Entity::Include(module) => Some(Entity::Include(module)),
        }
    }

    fn required(&self, id: &mut TypeId) {
        *id = self.ty(*id).expect("add_needed keeps what is referred to");
    }

    fn optional(&self, id: &mut Option<TypeId>) {
        if let Some(id) = id {
            self.required(id);
        }
    }

    fn in_type(&self, ty: &mut Type) {
        match ty {
            Type::Builtin(_) | Type::Enum(_) => {}
            Type::Array(array) => self.required(&mut array.element),
            Type::Object(object) => {
                self.optional(&mut object.base);
                object.members.iter_mut().for_each(|member| self.required(&mut member.ty));
                if let Some(branches) = &mut object.branches {
                    self.required(&mut branches.tag_type);
                    branches.cases.iter_mut().for_each(|case| self.required(&mut case.ty));
                }
            }
            Type::Alternate(alternate) => {
                alternate.branches.iter_mut().for_each(|branch| self.required(&mut branch.ty));
            }
        }
    }
}
