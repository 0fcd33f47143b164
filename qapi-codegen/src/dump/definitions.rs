//! Definitions as `expr` reads them: short forms written out, names not yet resolved.

use super::lines::Lines;
use super::place::in_schema;
use crate::expr::Item;
use crate::expr::definition::{
    Branch, Command, Condition, Data, Definition, Enum, Event, Feature, Kind, Member, TypeRef,
};
use crate::source::{SourceMap, Spanned};

/// A line per definition, and below it one per key, member, value and branch.
pub fn definitions(items: &[Item], sources: &SourceMap) -> String {
    let mut printer = Printer { sources, out: Lines::default() };
    for item in items {
        printer.item(item);
    }
    printer.out.finish()
}

struct Printer<'a> {
    sources: &'a SourceMap,
    out: Lines,
}

impl Printer<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Definition(definition) => self.definition(definition),
            Item::Include(include) => {
                let place = in_schema(include.span, self.sources);
                self.out.line(0, format!("include of module {} [{place}]", include.included));
            }
            Item::FreeForm(doc) => {
                let place = in_schema(doc.span, self.sources);
                self.out.line(0, format!("documentation [{place}]"));
            }
        }
    }

    fn definition(&mut self, definition: &Definition) {
        let place = in_schema(definition.span, self.sources);
        let documented = if definition.doc.is_some() { ", documented" } else { "" };
        let (meta, name) = (definition.meta(), &definition.name.value);
        self.out.line(0, format!("{meta} {name} [{place}{documented}]"));
        self.condition(1, definition.condition.as_ref());
        self.features(1, &definition.features);
        match &definition.kind {
            Kind::Enum(enumeration) => self.enumeration(enumeration),
            Kind::Struct(structure) => {
                self.word("base", structure.base.as_ref());
                self.members(1, &structure.members);
            }
            Kind::Union(union) => {
                self.data("base", Some(&union.base));
                self.word("discriminator", Some(&union.tag));
                self.branches(&union.branches);
            }
            Kind::SimpleUnion(union) => self.branches(&union.branches),
            Kind::Alternate(alternate) => self.branches(&alternate.branches),
            Kind::Command(command) => self.command(command),
            Kind::Event(event) => self.event(event),
        }
    }

    fn enumeration(&mut self, enumeration: &Enum) {
        if let Some(prefix) = &enumeration.prefix {
            self.out.line(1, format!("prefix {prefix}"));
        }
        for value in &enumeration.values {
            self.out.line(1, format!("value {}", value.name.value));
            self.condition(2, value.condition.as_ref());
            self.features(2, &value.features);
        }
    }

    fn command(&mut self, command: &Command) {
        self.data("data", command.data.as_ref());
        if let Some(returns) = &command.returns {
            self.out.line(1, format!("returns {}", reference(returns)));
        }
        self.flags(&[
            ("boxed", command.boxed),
            ("gen false", !command.generated),
            ("success-response false", !command.success_response),
            ("allow-oob", command.allow_oob),
            ("allow-preconfig", command.allow_preconfig),
            ("coroutine", command.coroutine),
        ]);
        self.word("envelope", command.envelope.as_ref());
        self.word("capability", command.capability.as_ref());
    }

    fn event(&mut self, event: &Event) {
        self.data("data", event.data.as_ref());
        self.flags(&[("boxed", event.boxed)]);
        self.word("capability", event.capability.as_ref());
    }

    fn flags(&mut self, flags: &[(&str, bool)]) {
        for (flag, _) in flags.iter().filter(|(_, set)| *set) {
            self.out.line(1, flag);
        }
    }

    fn word(&mut self, key: &str, value: Option<&Spanned<String>>) {
        if let Some(value) = value {
            self.out.line(1, format!("{key} {}", value.value));
        }
    }

    fn data(&mut self, key: &str, data: Option<&Data>) {
        match data {
            None => {}
            Some(Data::Named(name)) => self.out.line(1, format!("{key} {}", name.value)),
            Some(Data::Inline(members, _)) => {
                self.out.line(1, format!("{key} in place"));
                self.members(2, members);
            }
        }
    }

    fn members(&mut self, depth: usize, members: &[Member]) {
        for Member { name, optional, ty, condition, features, capability } in members {
            let optional = if *optional { ", optional" } else { "" };
            self.out.line(depth, format!("member {}: {}{optional}", name.value, reference(ty)));
            self.condition(depth + 1, condition.as_ref());
            self.features(depth + 1, features);
            if let Some(capability) = capability {
                self.out.line(depth + 1, format!("capability {}", capability.value));
            }
        }
    }

    fn branches(&mut self, branches: &[Branch]) {
        for Branch { name, ty, condition } in branches {
            self.out.line(1, format!("branch {}: {}", name.value, reference(ty)));
            self.condition(2, condition.as_ref());
        }
    }

    fn condition(&mut self, depth: usize, condition: Option<&Condition>) {
        if let Some(condition) = condition {
            self.out.line(depth, format!("if {condition}"));
        }
    }

    fn features(&mut self, depth: usize, features: &[Feature]) {
        for feature in features {
            self.out.line(depth, format!("feature {}", feature.name.value));
            self.condition(depth + 1, feature.condition.as_ref());
        }
    }
}

fn reference(reference: &TypeRef) -> String {
    match reference {
        TypeRef::Name(name) => name.value.clone(),
        TypeRef::Array(element) => format!("[{}]", element.value),
    }
}
