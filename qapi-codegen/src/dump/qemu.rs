//! A checked schema as QEMU's schema tests print it: the format of their `.out` files, release by
//! release (tests/qapi-schema/test-qapi.py). What only dialect extended has gets lines of its own.

use std::fmt::{self, Display, Write};

use crate::dialect::Dialect;
use crate::doc::{Doc, SectionKind};
use crate::schema::documented::Part;
use crate::schema::types::{
    Branch, Common, Condition, Entity, Feature, Member, ModuleId, Object, Preprocessor, Type,
    TypeId,
};
use crate::schema::{Documentation, Schema};

/// The whole schema: modules with their entities, then all documentation. `dialect` is the one
/// that the schema was read by; its release's form is printed.
pub fn qemu(schema: &Schema, dialect: Dialect) -> String {
    let mut printer = Printer { schema, dialect, out: String::new() };
    printer.schema().expect("writing to a string does not fail");
    printer.out
}

struct Printer<'a> {
    schema: &'a Schema,
    dialect: Dialect,
    out: String,
}

impl<'a> Printer<'a> {
    fn schema(&mut self) -> fmt::Result {
        let schema = self.schema;
        let mut entities: Vec<Vec<Entity>> = vec![Vec::new(); schema.modules().count()];
        for (module, entity) in schema.order() {
            entities[module.index()].push(*entity);
        }
        for ((id, _), entities) in schema.modules().zip(entities) {
            self.module(id, &entities)?;
        }
        for doc in schema.docs() {
            self.documentation(doc)?;
        }
        Ok(())
    }

    fn module(&mut self, id: ModuleId, entities: &[Entity]) -> fmt::Result {
        let is_builtin = id == ModuleId::BUILTIN;
        let name = match self.dialect {
            Dialect::Qemu5_2 if is_builtin => "None",
            _ => &self.schema.module(id).name,
        };
        writeln!(self.out, "module {name}")?;
        entities.iter().try_for_each(|entity| self.entity(*entity))
    }

    fn entity(&mut self, entity: Entity) -> fmt::Result {
        match entity {
            Entity::Type(id) => self.ty(id),
            Entity::Command(index) => self.command(index),
            Entity::Event(index) => self.event(index),
            Entity::Include(module) => {
                writeln!(self.out, "include {}", self.schema.module(module).name)
            }
        }
    }

    fn ty(&mut self, id: TypeId) -> fmt::Result {
        match self.schema.ty(id) {
            Type::Builtin(_) => Ok(()),
            Type::Enum(enumeration) => {
                writeln!(self.out, "enum {}", enumeration.common.name)?;
                if let Some(prefix) = self.prefix(&enumeration.common, &enumeration.prefix) {
                    writeln!(self.out, "    prefix {prefix}")?;
                }
                for value in &enumeration.values {
                    writeln!(self.out, "    member {}", value.name)?;
                    self.condition(value.condition.as_ref(), 8)?;
                    self.features(&value.features, 8)?;
                }
                self.common(&enumeration.common)
            }
            Type::Array(array) if array.span.is_none() => Ok(()), // of a built-in type
            Type::Array(array) => {
                let element = self.schema.name_of(array.element);
                writeln!(self.out, "array {} {element}", array.name)?;
                let common = self.schema.ty(array.element).common();
                self.condition(common.and_then(|common| common.condition.as_ref()), 4)
            }
            Type::Object(object) => self.object(object),
            Type::Alternate(alternate) => {
                writeln!(self.out, "alternate {}", alternate.common.name)?;
                writeln!(self.out, "    tag type")?;
                self.branches(&alternate.branches)?;
                self.common(&alternate.common)
            }
        }
    }

    /// Up to 7.2, the C constants of the built-in enum have a prefix that later ones do not need.
    fn prefix<'b>(&self, common: &Common, prefix: &'b Option<String>) -> Option<&'b str> {
        let is_builtin = common.module == ModuleId::BUILTIN;
        match self.dialect {
            Dialect::Qemu5_2 | Dialect::Qemu7_2 if is_builtin => Some("QTYPE"),
            _ => prefix.as_deref().filter(|prefix| !prefix.is_empty()),
        }
    }

    fn object(&mut self, object: &Object) -> fmt::Result {
        writeln!(self.out, "object {}", object.common.name)?;
        if let Some(base) = object.base {
            writeln!(self.out, "    base {}", self.schema.name_of(base))?;
        }
        for member in &object.members {
            self.member(member)?;
        }
        if let Some(branches) = &object.branches {
            writeln!(self.out, "    tag {}", branches.tag)?;
            self.branches(&branches.cases)?;
        }
        self.common(&object.common)
    }

    fn member(&mut self, member: &Member) -> fmt::Result {
        let Member { name, ty, optional, .. } = member;
        let (ty, optional) = (self.schema.name_of(*ty), Python(*optional));
        writeln!(self.out, "    member {name}: {ty} optional={optional}")?;
        self.condition(member.condition.as_ref(), 8)?;
        self.features(&member.features, 8)?;
        self.extension("capability", member.capability.as_deref(), 8)
    }

    fn branches(&mut self, branches: &[Branch]) -> fmt::Result {
        for branch in branches {
            let ty = self.schema.name_of(branch.ty);
            writeln!(self.out, "    case {}: {ty}", branch.name)?;
            self.condition(branch.condition.as_ref(), 8)?;
        }
        Ok(())
    }

    fn command(&mut self, index: usize) -> fmt::Result {
        let command = &self.schema.commands()[index];
        let arguments = self.name_or_none(command.arguments);
        let returns = self.name_or_none(command.returns);
        writeln!(self.out, "command {} {arguments} -> {returns}", command.common.name)?;
        writeln!(
            self.out,
            "    gen={} success_response={} boxed={} oob={} preconfig={}{}",
            Python(command.generated),
            Python(command.success_response),
            Python(command.boxed),
            Python(command.allow_oob),
            Python(command.allow_preconfig),
            if command.coroutine { " coroutine=True" } else { "" },
        )?;
        let envelope = command.envelope.map(|envelope| self.schema.name_of(envelope));
        self.extension("envelope", envelope, 4)?;
        self.extension("capability", command.capability.as_deref(), 4)?;
        self.common(&command.common)
    }

    fn event(&mut self, index: usize) -> fmt::Result {
        let event = &self.schema.events()[index];
        writeln!(self.out, "event {} {}", event.common.name, self.name_or_none(event.data))?;
        writeln!(self.out, "    boxed={}", Python(event.boxed))?;
        self.extension("capability", event.capability.as_deref(), 4)?;
        self.common(&event.common)
    }

    fn name_or_none(&self, id: Option<TypeId>) -> &'a str {
        id.map_or("None", |id| self.schema.name_of(id))
    }

    /// What a definition ends with.
    fn common(&mut self, common: &Common) -> fmt::Result {
        self.condition(common.condition.as_ref(), 4)?;
        self.features(&common.features, 4)
    }

    fn condition(&mut self, condition: Option<&Condition>, indent: usize) -> fmt::Result {
        match condition {
            None => Ok(()),
            Some(Condition::Defined(name)) => writeln!(self.out, "{:indent$}if {name}", ""),
            Some(condition) => writeln!(self.out, "{:indent$}if {}", "", Python(condition)),
        }
    }

    fn features(&mut self, features: &[Feature], indent: usize) -> fmt::Result {
        for feature in features {
            writeln!(self.out, "{:indent$}feature {}", "", feature.name)?;
            self.condition(feature.condition.as_ref(), indent + 4)?;
        }
        Ok(())
    }

    fn extension(&mut self, what: &str, value: Option<&str>, indent: usize) -> fmt::Result {
        match value {
            Some(value) => writeln!(self.out, "{:indent$}{what} {value}", ""),
            None => Ok(()),
        }
    }

    fn documentation(&mut self, documentation: &Documentation) -> fmt::Result {
        match documentation {
            Documentation::FreeForm(doc) => self.doc(doc, &[]),
            Documentation::Definition(entity) => match self.schema.documented(*entity) {
                Some((Common { doc: Some(doc), .. }, parts)) => self.doc(doc, &parts),
                Some(_) | None => Ok(()),
            },
        }
    }

    /// Parts without documentation come last, as QEMU's generator adds them to what it read.
    fn doc(&mut self, doc: &Doc, parts: &[Part<'_>]) -> fmt::Result {
        match &doc.symbol {
            Some(symbol) => writeln!(self.out, "doc symbol={}", symbol.value)?,
            None => writeln!(self.out, "doc freeform")?,
        }
        writeln!(self.out, "    body=\n{}", doc.body)?;
        for described in &doc.members {
            writeln!(self.out, "    arg={}\n{}", described.name.value, described.text)?;
        }
        for part in parts.iter().filter(|part| doc.member(part.name).is_none()) {
            writeln!(self.out, "    arg={}\n", part.name)?;
        }
        for described in &doc.features {
            writeln!(self.out, "    feature={}\n{}", described.name.value, described.text)?;
        }
        for section in &doc.sections {
            let kind = section_name(section.kind, self.dialect);
            writeln!(self.out, "    section={kind}\n{}", section.text)?;
        }
        Ok(())
    }
}

/// Up to 7.2 a section is called by its tag, and one without a tag by none.
fn section_name(kind: SectionKind, dialect: Dialect) -> &'static str {
    match (kind, dialect) {
        (SectionKind::Plain, Dialect::Qemu5_2 | Dialect::Qemu7_2) => "None",
        (kind, Dialect::Qemu5_2 | Dialect::Qemu7_2) => kind.tag(),
        (kind, Dialect::Qemu10_0 | Dialect::Qemu10_2 | Dialect::Extended) => kind.as_str(),
    }
}

/// A value as Python prints it.
struct Python<T>(T);

impl Display for Python<bool> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "True" } else { "False" })
    }
}

/// Python takes the quotes that need no escape.
impl Display for Python<&str> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = self.0.replace('\\', "\\\\");
        match self.0.contains('\'') {
            true => write!(f, "\"{escaped}\""),
            false => write!(f, "'{escaped}'"),
        }
    }
}

impl Display for Python<&Condition> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Condition::Defined(name) => Python(name.as_str()).fmt(f),
            Condition::All(parts) => write!(f, "{{'all': {}}}", Python(&parts[..])),
            Condition::Any(parts) => write!(f, "{{'any': {}}}", Python(&parts[..])),
            Condition::Not(part) => write!(f, "{{'not': {}}}", Python(&**part)),
            Condition::Preprocessor(Preprocessor { texts, .. }) => {
                let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
                Python(&texts[..]).fmt(f)
            }
        }
    }
}

impl<T> Display for Python<&[T]>
where
    for<'a> Python<&'a T>: Display,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (index, part) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}", Python(part))?;
        }
        f.write_str("]")
    }
}

impl Display for Python<&&str> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Python(*self.0).fmt(f)
    }
}
