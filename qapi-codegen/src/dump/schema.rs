//! A checked schema for people: what is on the wire, in the order of the files.
//!
//! Unlike QEMU's form it shows what an object has in all, inherited members among them, which way
//! a type travels as a client sees it, and leaves out what only C code sees.

use super::lines::Lines;
use super::place::in_schema;
use crate::schema::Schema;
use crate::schema::reach::Reach;
use crate::schema::types::{
    Branch, Common, Condition, Entity, Feature, Member, Object, Origin, Type, TypeId,
};
use crate::source::SourceMap;

/// A line per definition, and below it one per member, value and branch.
pub fn schema(schema: &Schema, sources: &SourceMap) -> String {
    let mut printer = Printer { schema, sources, reach: Reach::of(schema), out: Lines::default() };
    let mut module = None;
    for (place, entity) in schema.order() {
        if module.replace(*place) != Some(*place) {
            printer.out.line(0, format!("module {}", schema.module(*place).name));
        }
        printer.entity(*entity);
    }
    printer.out.finish()
}

struct Printer<'a> {
    schema: &'a Schema,
    sources: &'a SourceMap,
    reach: Reach,
    out: Lines,
}

impl Printer<'_> {
    fn entity(&mut self, entity: Entity) {
        match entity {
            Entity::Type(id) => self.ty(id),
            Entity::Command(index) => self.command(index),
            Entity::Event(index) => self.event(index),
            Entity::Include(module) => {
                self.out.line(0, format!("include {}", self.schema.module(module).name));
            }
        }
    }

    /// Implicit types are shown where they are used: they are on the wire only in name.
    fn ty(&mut self, id: TypeId) {
        match self.schema.ty(id) {
            Type::Builtin(_) | Type::Array(_) => {}
            Type::Enum(enumeration) => {
                self.heading("enum", &enumeration.common, &self.travels(id));
                for value in &enumeration.values {
                    self.out.line(1, format!("value {}", value.name));
                    self.condition(2, value.condition.as_ref());
                    self.features(2, &value.features);
                }
            }
            Type::Object(object) if object.is_implicit() => {}
            Type::Object(object) => {
                let meta = if object.origin == Origin::Union { "union" } else { "struct" };
                self.heading(meta, &object.common, &self.travels(id));
                self.object(1, id);
            }
            Type::Alternate(alternate) => {
                self.heading("alternate", &alternate.common, &self.travels(id));
                self.branches(1, &alternate.branches);
            }
        }
    }

    fn travels(&self, id: TypeId) -> String {
        let way = match (self.reach.is_sent(id), self.reach.is_received(id)) {
            (true, true) => "sent and received",
            (true, false) => "sent",
            (false, true) => "received",
            (false, false) => "not on the wire",
        };
        format!(", {way}")
    }

    fn heading(&mut self, meta: &str, common: &Common, facts: &str) {
        let place = common.span.map(|span| in_schema(span, self.sources));
        let place = place.unwrap_or_else(|| "built in".to_owned());
        self.out.line(0, format!("{meta} {} [{place}{facts}]", common.name));
        self.condition(1, common.condition.as_ref());
        self.features(1, &common.features);
    }

    fn command(&mut self, index: usize) {
        let command = &self.schema.commands()[index];
        let flags = [
            (", out of band", command.allow_oob),
            (", before the machine is built", command.allow_preconfig),
            (", no answer on success", !command.success_response),
            (", arguments untyped", !command.generated),
        ];
        let flags: String = flags.iter().filter(|(_, set)| *set).map(|(flag, _)| *flag).collect();
        self.heading("command", &command.common, &flags);
        self.capability(1, command.capability.as_deref());
        self.data("argument", command.arguments);
        if let Some(returns) = command.returns {
            self.out.line(1, format!("returns {}", self.reference(returns)));
        }
        if let Some(envelope) = command.envelope {
            self.out.line(1, format!("beside return: {}", self.reference(envelope)));
        }
    }

    fn event(&mut self, index: usize) {
        let event = &self.schema.events()[index];
        self.heading("event", &event.common, "");
        self.capability(1, event.capability.as_deref());
        self.data("member", event.data);
    }

    fn data(&mut self, role: &str, data: Option<TypeId>) {
        let Some(id) = data else { return };
        match self.schema.object(id) {
            Some(object) if object.is_implicit() => {
                for member in &object.members {
                    self.member(1, role, None, member);
                }
            }
            Some(_) | None => self.out.line(1, format!("{role}s of {}", self.reference(id))),
        }
    }

    fn object(&mut self, depth: usize, id: TypeId) {
        for owner in self.schema.lineage(id) {
            let from = is_named_base(owner, self.schema.object(id)).then_some(&owner.common);
            for member in &owner.members {
                self.member(depth, "member", from, member);
            }
        }
        let branches = self.schema.object(id).and_then(|object| object.branches.as_ref());
        if let Some(branches) = branches {
            self.out.line(depth, format!("tag {}", branches.tag));
            self.branches(depth, &branches.cases);
        }
    }

    fn member(&mut self, depth: usize, role: &str, from: Option<&Common>, member: &Member) {
        let ty = self.reference(member.ty);
        let optional = if member.optional { ", optional" } else { "" };
        let from = from.map(|base| format!(" (of {})", base.name)).unwrap_or_default();
        self.out.line(depth, format!("{role} {}: {ty}{optional}{from}", member.name));
        self.condition(depth + 1, member.condition.as_ref());
        self.features(depth + 1, &member.features);
        self.capability(depth + 1, member.capability.as_deref());
    }

    fn branches(&mut self, depth: usize, branches: &[Branch]) {
        for branch in branches {
            let nothing = self.schema.object(branch.ty).map(|object| object.origin);
            let ty = match nothing {
                Some(Origin::Empty) => "nothing".to_owned(),
                _ => self.reference(branch.ty),
            };
            self.out.line(depth, format!("branch {}: {ty}", branch.name));
            self.condition(depth + 1, branch.condition.as_ref());
        }
    }

    fn capability(&mut self, depth: usize, capability: Option<&str>) {
        if let Some(capability) = capability {
            self.out.line(depth, format!("capability {capability}"));
        }
    }

    fn condition(&mut self, depth: usize, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            self.out.line(depth, format!("if {condition}"));
        }
    }

    fn features(&mut self, depth: usize, features: &[Feature]) {
        for feature in features {
            self.out.line(depth, format!("feature {}", feature.name));
            self.condition(depth + 1, feature.condition.as_ref());
        }
    }

    fn reference(&self, id: TypeId) -> String {
        match self.schema.ty(id) {
            Type::Array(array) => format!("[{}]", self.reference(array.element)),
            ty => ty.name().to_owned(),
        }
    }
}

/// Whether members come from another definition than the one at hand.
fn is_named_base(owner: &Object, object: Option<&Object>) -> bool {
    !owner.is_implicit() && object.is_some_and(|object| object.common.name != owner.common.name)
}
