//! A schema as QEMU's schema tests print it: the format of their `.out` files, for goldens and for
//! `qapi dump --stage schema --format qemu`. What only dialect extended has gets lines of its own.

use std::fmt::{self, Display, Write};

use super::documented::{self, All};
use super::types::{
    Branch, Common, Condition, Entity, Feature, Member, ModuleId, Object, Type, TypeId,
};
use super::{Documentation, Schema};
use crate::doc::Doc;

/// The whole schema: modules with their entities, then all documentation.
pub fn qemu(schema: &Schema) -> String {
    let mut out = String::new();
    write_schema(&mut out, schema).expect("writing to a string does not fail");
    out
}

fn write_schema(out: &mut String, schema: &Schema) -> fmt::Result {
    let mut entities: Vec<Vec<Entity>> = vec![Vec::new(); schema.modules.len()];
    for (module, entity) in schema.order() {
        entities[module.0 as usize].push(*entity);
    }
    for (index, entities) in entities.iter().enumerate() {
        let module = ModuleId(index as u32);
        writeln!(out, "module {}", schema.module(module).name)?;
        for entity in entities {
            write_entity(out, schema, *entity)?;
        }
    }
    for doc in schema.docs() {
        write_documentation(out, schema, doc)?;
    }
    Ok(())
}

fn write_entity(out: &mut String, schema: &Schema, entity: Entity) -> fmt::Result {
    match entity {
        Entity::Type(id) => write_type(out, schema, id),
        Entity::Command(index) => write_command(out, schema, index),
        Entity::Event(index) => write_event(out, schema, index),
        Entity::Include(module) => writeln!(out, "include {}", schema.module(module).name),
    }
}

fn write_type(out: &mut String, schema: &Schema, id: TypeId) -> fmt::Result {
    match schema.ty(id) {
        Type::Builtin(_) => Ok(()),
        Type::Enum(enumeration) => {
            writeln!(out, "enum {}", enumeration.common.name)?;
            if let Some(prefix) = &enumeration.prefix {
                writeln!(out, "    prefix {prefix}")?;
            }
            for value in &enumeration.values {
                writeln!(out, "    member {}", value.name)?;
                write_condition(out, value.condition.as_ref(), 8)?;
                write_features(out, &value.features, 8)?;
            }
            write_common(out, &enumeration.common)
        }
        Type::Array(array) if array.span.is_none() => Ok(()), // of a built-in type
        Type::Array(array) => {
            writeln!(out, "array {} {}", array.name, schema.name_of(array.element))
        }
        Type::Object(object) => write_object(out, schema, object),
        Type::Alternate(alternate) => {
            writeln!(out, "alternate {}", alternate.common.name)?;
            writeln!(out, "    tag type")?;
            write_branches(out, schema, &alternate.branches)?;
            write_common(out, &alternate.common)
        }
    }
}

fn write_object(out: &mut String, schema: &Schema, object: &Object) -> fmt::Result {
    writeln!(out, "object {}", object.common.name)?;
    if let Some(base) = object.base {
        writeln!(out, "    base {}", schema.name_of(base))?;
    }
    for member in &object.members {
        write_member(out, schema, member)?;
    }
    if let Some(branches) = &object.branches {
        writeln!(out, "    tag {}", branches.tag)?;
        write_branches(out, schema, &branches.cases)?;
    }
    write_common(out, &object.common)
}

fn write_member(out: &mut String, schema: &Schema, member: &Member) -> fmt::Result {
    let Member { name, ty, optional, .. } = member;
    let optional = Python(*optional);
    writeln!(out, "    member {name}: {} optional={optional}", schema.name_of(*ty))?;
    write_condition(out, member.condition.as_ref(), 8)?;
    write_features(out, &member.features, 8)?;
    write_extension(out, "capability", member.capability.as_deref(), 8)
}

fn write_branches(out: &mut String, schema: &Schema, branches: &[Branch]) -> fmt::Result {
    for branch in branches {
        writeln!(out, "    case {}: {}", branch.name, schema.name_of(branch.ty))?;
        write_condition(out, branch.condition.as_ref(), 8)?;
    }
    Ok(())
}

fn write_command(out: &mut String, schema: &Schema, index: usize) -> fmt::Result {
    let command = &schema.commands()[index];
    let arguments = name_or_none(schema, command.arguments);
    let returns = name_or_none(schema, command.returns);
    writeln!(out, "command {} {arguments} -> {returns}", command.common.name)?;
    writeln!(
        out,
        "    gen={} success_response={} boxed={} oob={} preconfig={}{}",
        Python(command.generated),
        Python(command.success_response),
        Python(command.boxed),
        Python(command.allow_oob),
        Python(command.allow_preconfig),
        if command.coroutine { " coroutine=True" } else { "" },
    )?;
    let envelope = command.envelope.map(|envelope| schema.name_of(envelope));
    write_extension(out, "envelope", envelope, 4)?;
    write_extension(out, "capability", command.capability.as_deref(), 4)?;
    write_common(out, &command.common)
}

fn write_event(out: &mut String, schema: &Schema, index: usize) -> fmt::Result {
    let event = &schema.events()[index];
    writeln!(out, "event {} {}", event.common.name, name_or_none(schema, event.data))?;
    writeln!(out, "    boxed={}", Python(event.boxed))?;
    write_extension(out, "capability", event.capability.as_deref(), 4)?;
    write_common(out, &event.common)
}

fn name_or_none(schema: &Schema, id: Option<TypeId>) -> &str {
    id.map_or("None", |id| schema.name_of(id))
}

/// What a definition ends with.
fn write_common(out: &mut String, common: &Common) -> fmt::Result {
    write_condition(out, common.condition.as_ref(), 4)?;
    write_features(out, &common.features, 4)
}

fn write_condition(out: &mut String, condition: Option<&Condition>, indent: usize) -> fmt::Result {
    match condition {
        None => Ok(()),
        Some(Condition::Defined(name)) => writeln!(out, "{:indent$}if {name}", ""),
        Some(condition) => writeln!(out, "{:indent$}if {}", "", Python(condition)),
    }
}

fn write_features(out: &mut String, features: &[Feature], indent: usize) -> fmt::Result {
    for feature in features {
        writeln!(out, "{:indent$}feature {}", "", feature.name)?;
        write_condition(out, feature.condition.as_ref(), indent + 4)?;
    }
    Ok(())
}

fn write_extension(
    out: &mut String,
    what: &str,
    value: Option<&str>,
    indent: usize,
) -> fmt::Result {
    match value {
        Some(value) => writeln!(out, "{:indent$}{what} {value}", ""),
        None => Ok(()),
    }
}

/// A value as Python prints it.
struct Python<T>(T);

impl Display for Python<bool> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0 { "True" } else { "False" })
    }
}

impl Display for Python<&Condition> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Condition::Defined(name) => write!(f, "'{name}'"),
            Condition::All(parts) => write!(f, "{{'all': {}}}", Python(&parts[..])),
            Condition::Any(parts) => write!(f, "{{'any': {}}}", Python(&parts[..])),
            Condition::Not(part) => write!(f, "{{'not': {}}}", Python(&**part)),
        }
    }
}

impl Display for Python<&[Condition]> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (index, part) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{}", Python(part))?;
        }
        f.write_str("]")
    }
}

fn write_documentation(
    out: &mut String,
    schema: &Schema,
    documentation: &Documentation,
) -> fmt::Result {
    match documentation {
        Documentation::FreeForm(doc) => write_doc(out, doc, &[]),
        Documentation::Definition(entity) => {
            let all =
                All { types: &schema.types, commands: &schema.commands, events: &schema.events };
            match documented::entity(all, *entity) {
                Some((Common { doc: Some(doc), .. }, parts)) => write_doc(out, doc, &parts),
                Some(_) | None => Ok(()),
            }
        }
    }
}

/// Parts without documentation come last, as QEMU's generator adds them to what it read.
fn write_doc(out: &mut String, doc: &Doc, parts: &[documented::Part<'_>]) -> fmt::Result {
    match &doc.symbol {
        Some(symbol) => writeln!(out, "doc symbol={}", symbol.value)?,
        None => writeln!(out, "doc freeform")?,
    }
    writeln!(out, "    body=\n{}", doc.body)?;
    for described in &doc.members {
        writeln!(out, "    arg={}\n{}", described.name.value, described.text)?;
    }
    for part in parts.iter().filter(|part| doc.member(part.name).is_none()) {
        writeln!(out, "    arg={}\n", part.name)?;
    }
    for described in &doc.features {
        writeln!(out, "    feature={}\n{}", described.name.value, described.text)?;
    }
    for section in &doc.sections {
        writeln!(out, "    section={}\n{}", section.kind.as_str(), section.text)?;
    }
    Ok(())
}
