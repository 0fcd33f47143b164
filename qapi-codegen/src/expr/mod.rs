//! Shape: "has these keys, of these kinds". Objects become [`Definition`]s, short forms become
//! long ones, everything has its place.
//!
//! Each definition is judged alone; what its names mean is for `schema`.

mod branch;
mod command;
mod condition;
mod context;
pub mod definition;
mod docs;
mod features;
mod keys;
mod member;
pub(crate) mod name;
mod preprocessor;
mod reference;
mod types;

use std::collections::HashMap;

use context::{Context, Part};
use definition::{Definition, Kind};

use crate::ast::{Object, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{Dialect, DocChecks};
use crate::doc::Doc;
use crate::load;
use crate::nearest::nearest;
use crate::pragma::Pragmas;
use crate::source::{FileId, SourceMap, Span, Spanned};

/// One item of a schema whose definitions have the right shape.
#[derive(Debug)]
pub enum Item {
    /// A definition.
    Definition(Box<Definition>),
    /// An include directive.
    Include(load::Include),
    /// A documentation block that belongs to no definition.
    FreeForm(Doc),
}

/// The rules that definitions are judged by.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Which language.
    pub dialect: Dialect,
    /// How strictly to read documentation.
    pub doc_checks: DocChecks,
    /// What the schema excepts from rules.
    pub pragmas: &'a Pragmas,
}

/// Reads the definitions of a schema. Those that are wrong are reported and left out, or taken as
/// far as they can be understood.
pub fn definitions(
    items: Vec<load::Item>,
    rules: Rules<'_>,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Vec<Item> {
    let headings = HashMap::new();
    let mut reader = Reader { rules, sources, headings, diagnostics, deferred: Vec::new() };
    let items = items.into_iter().filter_map(|item| reader.item(item)).collect();
    reader.deferred.into_iter().for_each(|error| reader.diagnostics.push(error));
    items
}

struct Reader<'a> {
    rules: Rules<'a>,
    sources: &'a SourceMap,
    /// What is defined last on a line, so far.
    headings: HashMap<(FileId, usize), Heading>,
    diagnostics: &'a mut Diagnostics,
    deferred: Vec<Diagnostic>,
}

/// What messages call a definition: its meta key and its name.
type Heading = (&'static str, String);

impl Reader<'_> {
    fn item(&mut self, item: load::Item) -> Option<Item> {
        match item {
            load::Item::Expression(expression) => {
                self.definition(expression).map(Box::new).map(Item::Definition)
            }
            load::Item::Include(include) => Some(Item::Include(include)),
            load::Item::FreeForm(doc) => Some(Item::FreeForm(doc)),
        }
    }

    fn definition(&mut self, expression: load::Expression) -> Option<Definition> {
        let span = expression.object.span;
        match heading(&expression.object, self.rules.dialect) {
            Ok((meta, name)) => {
                let line = (span.file, self.sources.line(span));
                self.headings.insert(line, (meta, name.value.clone()));
                definition(
                    expression,
                    meta,
                    name,
                    self.rules,
                    (self.diagnostics, &mut self.deferred),
                )
            }
            Err(error) => {
                let error = self.under_last_heading(*error, span);
                self.diagnostics.push(error);
                None
            }
        }
    }

    /// QEMU's generator notes the definition at hand once a line, so what has no name goes by that
    /// of the definition before it on the line.
    fn under_last_heading(&self, error: Diagnostic, span: Span) -> Diagnostic {
        let heading = self.headings.get(&(span.file, self.sources.line(span))).cloned();
        Diagnostic { heading, ..error }
    }
}

/// The keys that say what is defined, in the order in which 5.2 looks for them.
const METAS: [&str; 6] = ["enum", "union", "alternate", "struct", "command", "event"];

/// What is defined, and its name.
fn heading(
    object: &Object,
    dialect: Dialect,
) -> Result<(&'static str, Spanned<String>), Box<Diagnostic>> {
    let meta = meta(object, dialect)?;
    Ok((meta, name(object, meta)?))
}

fn definition(
    expression: load::Expression,
    meta: &'static str,
    name: Spanned<String>,
    rules: Rules<'_>,
    (diagnostics, deferred): (&mut Diagnostics, &mut Vec<Diagnostic>),
) -> Option<Definition> {
    let load::Expression { doc, object, module } = expression;
    let mut cx = Context {
        dialect: rules.dialect,
        doc_checks: rules.doc_checks,
        pragmas: rules.pragmas,
        meta,
        name: name.value.clone(),
        span: object.span,
        module,
        diagnostics,
        deferred,
    };
    let cx = &mut cx;
    name::check_definition(cx, name::Named::plain(&name));
    docs::check(cx, doc.as_ref(), &object);
    let kind = kind(cx, &object);
    let condition = condition::of(cx, &object, Part::Definition(meta));
    let features = features::of(cx, &object);
    command::check_flags(cx, &object);
    Some(Definition { name, span: object.span, module, doc, condition, features, kind: kind? })
}

/// What is defined. 5.2 takes the first key it finds and calls the others unknown.
fn meta(object: &Object, dialect: Dialect) -> Result<&'static str, Box<Diagnostic>> {
    let mut found = METAS.into_iter().filter(|meta| object.get(meta).is_some());
    let message = match (found.next(), found.next(), dialect) {
        (Some(meta), None, _) | (Some(meta), _, Dialect::Qemu5_2) => return Ok(meta),
        (None, _, Dialect::Qemu5_2) => "expression is missing metatype",
        _ => {
            "expression must have exactly one key \
             'enum', 'struct', 'union', 'alternate', 'command', 'event'"
        }
    };
    let error = Diagnostic::at_line(Code::MetaKey, object.span, message);
    Err(Box::new(explain_metas(object, error)))
}

/// Points at the keys that cannot stand together, or at the one that is misspelled.
fn explain_metas(object: &Object, error: Diagnostic) -> Diagnostic {
    let names = || object.members.iter().map(|member| &member.name);
    let mut metas = names().filter(|name| METAS.contains(&name.as_str()));
    if let (Some(first), Some(second)) = (metas.next(), metas.next()) {
        return error.culprit(second.span).also(first.span, "the first one");
    }
    let known = || METAS.into_iter().chain(["include", "pragma"]);
    match names().find_map(|name| nearest(name, known()).map(|near| (name, near))) {
        Some((name, near)) => error.culprit(name.span).did_you_mean(name.span, near),
        None => error,
    }
}

fn name(object: &Object, meta: &'static str) -> Result<Spanned<String>, Box<Diagnostic>> {
    let value = object.get(meta).expect("it was found by this key");
    match value {
        Value::String(name) => Ok(name.clone()),
        value => {
            let message = format!("'{meta}' requires a string name");
            let (whole, culprit) = (object.span, value.span());
            Err(Box::new(Diagnostic::within(Code::NameNotString, whole, culprit, message)))
        }
    }
}

fn kind(cx: &mut Context<'_>, object: &Object) -> Option<Kind> {
    match cx.meta {
        "enum" => types::enumeration(cx, object),
        "struct" => types::structure(cx, object),
        "union" => types::union(cx, object),
        "alternate" => types::alternate(cx, object),
        "command" => command::command(cx, object),
        _ => command::event(cx, object),
    }
}
