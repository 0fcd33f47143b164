//! A checked schema → the document with which QEMU answers `query-qmp-schema`.
//!
//! In: a [`Schema`], and which conditions hold. Out: JSON, entry by entry in QEMU's order: commands
//! and events by module, then types in the order in which something first refers to them. What is
//! not on the wire is not in it: names of types are masked by numbers, integer types are one.
//!
//! The rules are those of QEMU's scripts/qapi/introspect.py and qapi/introspect.json. Of a schema
//! that uses them, dialect extended adds `envelope` (a type's name) to commands and `capability` to
//! commands, events and members.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::dialect::Dialect;
use crate::schema::Schema;
use crate::schema::types::{
    Alternate, Branch, Command, Condition, Entity, Enum, EnumValue, Event, Feature, Member, Object,
    Type, TypeId,
};

/// How types are called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// By numbers, as a real server does: clients are to look at what a type is, not at its name.
    #[default]
    Masked,
    /// By their names in the schema.
    Plain,
}

/// What an enum's entry holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EnumEntries {
    /// `members`, which can have features, and `values`, as since QEMU 6.2.
    #[default]
    MembersAndValues,
    /// `values` only, as QEMU 5.2 has it.
    Values,
}

impl EnumEntries {
    /// What the servers of that release say.
    pub fn of(dialect: Dialect) -> Self {
        if dialect == Dialect::Qemu5_2 {
            EnumEntries::Values
        } else {
            EnumEntries::MembersAndValues
        }
    }
}

/// What the document says, and how.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// How types are called.
    pub names: Names,
    /// What an enum's entry holds.
    pub enums: EnumEntries,
    /// Whether an `if` holds. A type's number does not depend on it.
    pub holds: &'a dyn Fn(&Condition) -> bool,
}

impl Default for Options<'_> {
    /// Masked names, today's form, every condition taken to hold, also one that contradicts another.
    fn default() -> Self {
        Options { names: Names::default(), enums: EnumEntries::default(), holds: &|_| true }
    }
}

/// The document: a list of entries, each an object.
pub fn document(schema: &Schema, options: &Options<'_>) -> Value {
    let mut document = Document::new(schema, *options);
    for (module, _) in schema.modules() {
        let entities = schema.order().iter().filter(|(place, _)| *place == module);
        for (_, entity) in entities {
            match entity {
                Entity::Command(index) => document.command(&schema.commands()[*index]),
                Entity::Event(index) => document.event(&schema.events()[*index]),
                Entity::Type(_) | Entity::Include(_) => {}
            }
        }
    }
    document.types();
    Value::Array(document.entries)
}

/// The document as far as it is written.
struct Document<'a> {
    schema: &'a Schema,
    options: Options<'a>,
    entries: Vec<Value>,
    /// Types that are referred to, in the order of the first reference.
    used: Vec<TypeId>,
    /// The place of each in `used`.
    is_used: HashMap<TypeId, usize>,
    /// The number behind which a type's name is hidden.
    masks: HashMap<TypeId, usize>,
    int: TypeId,
    int_list: Option<TypeId>,
    empty: TypeId,
}

impl<'a> Document<'a> {
    fn new(schema: &'a Schema, options: Options<'a>) -> Self {
        let find = |name: &str| schema.find_type(name);
        Document {
            schema,
            options,
            entries: Vec::new(),
            used: Vec::new(),
            is_used: HashMap::new(),
            masks: HashMap::new(),
            int: find("int").expect("every schema has the built-in types"),
            int_list: find("intList"),
            empty: find("q_empty").expect("every schema has the empty object"),
        }
    }

    fn command(&mut self, command: &Command) {
        let arguments = self.reference(command.arguments.unwrap_or(self.empty));
        let returns = self.reference(command.returns.unwrap_or(self.empty));
        let mut entry = entry("command", &command.common.name);
        entry.insert("arg-type".into(), arguments.into());
        entry.insert("ret-type".into(), returns.into());
        if command.allow_oob {
            entry.insert("allow-oob".into(), true.into());
        }
        if let Some(envelope) = command.envelope {
            let envelope = self.reference(envelope);
            entry.insert("envelope".into(), envelope.into());
        }
        insert_capability(&mut entry, command.capability.as_deref());
        self.push(entry, &command.common.features, command.common.condition.as_ref());
    }

    fn event(&mut self, event: &Event) {
        let data = self.reference(event.data.unwrap_or(self.empty));
        let mut entry = entry("event", &event.common.name);
        entry.insert("arg-type".into(), data.into());
        insert_capability(&mut entry, event.capability.as_deref());
        self.push(entry, &event.common.features, event.common.condition.as_ref());
    }

    /// All types that are referred to. Their entries refer to more, which follow.
    fn types(&mut self) {
        let mut next = 0;
        while let Some(&id) = self.used.get(next) {
            self.ty(id);
            next += 1;
        }
    }

    fn ty(&mut self, id: TypeId) {
        let name = self.name(id);
        let schema = self.schema;
        match schema.ty(id) {
            Type::Builtin(builtin) => {
                let mut entry = entry("builtin", &name);
                entry.insert("json-type".into(), builtin.json_type().into());
                self.push(entry, &[], None);
            }
            Type::Array(array) => {
                let mut entry = entry("array", &name);
                entry.insert("element-type".into(), self.reference(array.element).into());
                let condition = self.element_condition(array.element);
                self.push(entry, &[], condition);
            }
            Type::Enum(enumeration) => self.enumeration(&name, enumeration),
            Type::Object(object) => self.object(&name, id, object),
            Type::Alternate(alternate) => self.alternate(&name, alternate),
        }
    }

    fn enumeration(&mut self, name: &str, enumeration: &Enum) {
        let values = || enumeration.values.iter().filter(|value| self.holds(&value.condition));
        let mut entry = entry("enum", name);
        if self.options.enums == EnumEntries::MembersAndValues {
            let members = values().map(|value| self.enum_value(value));
            entry.insert("members".into(), members.collect());
        }
        entry.insert("values".into(), values().map(|value| value.name.as_str()).collect());
        self.push(entry, &enumeration.common.features, enumeration.common.condition.as_ref());
    }

    fn enum_value(&self, value: &EnumValue) -> Value {
        let mut entry = Map::new();
        entry.insert("name".into(), value.name.as_str().into());
        self.insert_features(&mut entry, &value.features);
        Value::Object(entry)
    }

    fn object(&mut self, name: &str, id: TypeId, object: &Object) {
        let members = self.schema.members_flattened(id);
        let members = members.into_iter().filter_map(|member| self.member(member)).collect();
        let mut entry = entry("object", name);
        entry.insert("members".into(), Value::Array(members));
        if let Some(branches) = &object.branches {
            let cases = branches.cases.iter().filter_map(|case| self.case(case)).collect();
            entry.insert("tag".into(), branches.tag.as_str().into());
            entry.insert("variants".into(), Value::Array(cases));
        }
        self.push(entry, &object.common.features, object.common.condition.as_ref());
    }

    fn member(&mut self, member: &Member) -> Option<Value> {
        // The reference comes first: it numbers types whether the member is there or not.
        let ty = self.reference(member.ty);
        let mut entry = Map::new();
        entry.insert("name".into(), member.name.as_str().into());
        entry.insert("type".into(), ty.into());
        if member.optional {
            entry.insert("default".into(), Value::Null);
        }
        insert_capability(&mut entry, member.capability.as_deref());
        self.insert_features(&mut entry, &member.features);
        self.holds(&member.condition).then_some(Value::Object(entry))
    }

    fn case(&mut self, case: &Branch) -> Option<Value> {
        let ty = self.reference(case.ty);
        self.holds(&case.condition).then(|| json!({"case": case.name, "type": ty}))
    }

    fn alternate(&mut self, name: &str, alternate: &Alternate) {
        let mut members = Vec::new();
        for branch in &alternate.branches {
            let ty = self.reference(branch.ty);
            members.extend(self.holds(&branch.condition).then(|| json!({"type": ty})));
        }
        let mut entry = entry("alternate", name);
        entry.insert("members".into(), Value::Array(members));
        self.push(entry, &alternate.common.features, alternate.common.condition.as_ref());
    }

    /// The name of a type that something refers to; the type will have an entry.
    fn reference(&mut self, id: TypeId) -> String {
        let id = self.collapsed(id);
        if !self.is_used.contains_key(&id) {
            self.is_used.insert(id, self.used.len());
            self.used.push(id);
        }
        match self.schema.ty(id) {
            Type::Array(array) => format!("[{}]", self.reference(array.element)),
            _ => self.name(id),
        }
    }

    /// On the wire all integers are one type.
    fn collapsed(&self, id: TypeId) -> TypeId {
        match self.schema.ty(id) {
            Type::Builtin(builtin) if builtin.json_type() == "int" => self.int,
            Type::Array(array) if self.collapsed(array.element) == self.int => {
                self.int_list.unwrap_or(id)
            }
            _ => id,
        }
    }

    fn name(&mut self, id: TypeId) -> String {
        match self.schema.ty(id) {
            Type::Builtin(builtin) => builtin.name().to_owned(),
            Type::Array(array) => {
                let element = self.collapsed(array.element);
                format!("[{}]", self.name(element))
            }
            ty => match self.options.names {
                Names::Plain => ty.name().to_owned(),
                Names::Masked => {
                    let next = self.masks.len();
                    self.masks.entry(id).or_insert(next).to_string()
                }
            },
        }
    }

    /// An array is there when its element's type is.
    fn element_condition(&self, element: TypeId) -> Option<&'a Condition> {
        let common = match self.schema.ty(element) {
            Type::Array(array) => return self.element_condition(array.element),
            ty => ty.common()?,
        };
        common.condition.as_ref()
    }

    fn push(
        &mut self,
        mut entry: Map<String, Value>,
        features: &[Feature],
        condition: Option<&Condition>,
    ) {
        self.insert_features(&mut entry, features);
        if condition.is_none_or(|condition| (self.options.holds)(condition)) {
            self.entries.push(Value::Object(entry));
        }
    }

    /// A schema's empty list is left out; one whose features are all conditioned out is not.
    fn insert_features(&self, entry: &mut Map<String, Value>, features: &[Feature]) {
        if !features.is_empty() {
            let present = features.iter().filter(|feature| self.holds(&feature.condition));
            let names = present.map(|feature| feature.name.as_str()).collect();
            entry.insert("features".into(), names);
        }
    }

    fn holds(&self, condition: &Option<Condition>) -> bool {
        condition.as_ref().is_none_or(|condition| (self.options.holds)(condition))
    }
}

/// Only dialect extended has them; a client that knows none ignores the member.
fn insert_capability(entry: &mut Map<String, Value>, capability: Option<&str>) {
    if let Some(capability) = capability {
        entry.insert("capability".into(), capability.into());
    }
}

fn entry(meta_type: &str, name: &str) -> Map<String, Value> {
    let mut entry = Map::new();
    entry.insert("name".into(), name.into());
    entry.insert("meta-type".into(), meta_type.into());
    entry
}
