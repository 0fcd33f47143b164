//! The rules of the language: a [`Draft`] that breaks none of them is a [`Schema`].
//!
//! Entities are checked in order, each with its documentation, then (up to 7.2: with each) what
//! documentation has besides, then what concerns all of them, as QEMU's generator does: the first
//! error found is the one that it reports.

mod alternate;
mod capability;
mod clash;
mod command;
mod context;
mod docs;
mod features;
mod foreign;
mod lineage;
mod object;
mod union;

use clash::{Part, Scope};
use context::Context;
use object::Progress;

use super::Schema;
use super::finish;
use super::resolve::Draft;
use super::types::{Array, Entity, Enum, Type};
use crate::diagnostic::{Code, Diagnostics, Failed};
use crate::dialect::{Dialect, DocChecks};
use crate::expr::Rules;
use crate::expr::definition::Definition;
use crate::source::Spanned;

/// Checks a draft. It becomes a schema if no rule is broken.
pub fn check(
    draft: Draft,
    rules: Rules<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Schema, Failed> {
    let mut cx = Context::new(&draft, rules, diagnostics);
    let mut progress = Progress::new(draft.types.len());
    for placed in &draft.order {
        if let Some(definition) = placed.definition.map(|index| &draft.definitions[index]) {
            check_entity(&mut cx, &mut progress, definition, placed.entity);
            docs::check_complete(&mut cx, definition, placed.entity);
            if rules.doc_checks == DocChecks::Legacy {
                docs::check_nothing_else(&mut cx, definition, placed.entity);
            }
        }
    }
    if rules.doc_checks > DocChecks::Legacy {
        docs::check_nothing_else_anywhere(&mut cx);
    }
    if rules.dialect >= Dialect::Qemu10_0 {
        features::check_count(&mut cx);
    }
    let capabilities = capability::check(&mut cx);
    let tags = cx.lineage.into_tag_types(&draft);
    diagnostics.stop_if_errors()?;
    Ok(finish::schema(draft, &tags, capabilities))
}

fn check_entity(
    cx: &mut Context<'_>,
    progress: &mut Progress,
    definition: &Definition,
    entity: Entity,
) {
    let draft = cx.draft;
    match entity {
        Entity::Type(id) => match draft.ty(id) {
            Some(Type::Enum(enumeration)) => check_enum(cx, definition, enumeration),
            Some(Type::Array(array)) => check_array(cx, definition, array),
            Some(Type::Object(_)) => object::check(cx, progress, id),
            Some(Type::Alternate(alternate)) => alternate::check(cx, definition, alternate),
            Some(Type::Builtin(_)) | None => {}
        },
        Entity::Command(index) => {
            command::check_command(cx, progress, definition, &draft.commands[index]);
        }
        Entity::Event(index) => {
            command::check_event(cx, progress, definition, &draft.events[index]);
        }
        Entity::Include(_) => {}
    }
}

/// Duplicate features of a value are not found by QEMU's generator, so they are no error here.
fn check_enum(cx: &mut Context<'_>, definition: &Definition, enumeration: &Enum) {
    features::check_of_type(cx, definition, &enumeration.common);
    // The values of a simple union's tag are its branches.
    let is_tag = enumeration.common.name != definition.name.value;
    let role = if is_tag { "branch" } else { "value" };
    let mut scope = Scope::default();
    for value in &enumeration.values {
        let part = Part::new(role, &value.name, &definition.name, value.span);
        scope.admit(cx, definition, part);
    }
}

fn check_array(cx: &mut Context<'_>, definition: &Definition, array: &Array) {
    let Some(span) = array.span else { return };
    let name = array.name.strip_suffix("List").unwrap_or(&array.name);
    match cx.draft.ty(array.element) {
        None => {
            let name = Spanned::new(name.to_owned(), span);
            let (meta, _) = cx.draft.headings.heading(definition);
            cx.unknown_type(definition, &name, meta);
        }
        Some(Type::Array(_)) => {
            // QEMU's generator fails an assertion here.
            let message = format!("{} uses array of array type '{name}'", definition.meta());
            cx.error(Code::NestedArray, definition, span, message);
        }
        Some(Type::Builtin(_) | Type::Enum(_) | Type::Object(_) | Type::Alternate(_)) => {}
    }
}
