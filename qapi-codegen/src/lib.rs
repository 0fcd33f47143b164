//! Reads QAPI schemas, checks them, and writes typed Rust.
//!
//! The pipeline, each stage a module, each arrow a type:
//!
//! ```text
//! text ─lex, parse, load─▶ items + pragmas ─expr─▶ definitions ─resolve─▶ Draft ─check─▶ Schema
//! ```
//!
//! Errors accumulate within a stage and stop what follows; those in documentation stop only the
//! checks of documentation. Nothing but [`load`] reads files, and nothing but the doors prints.

pub mod ast;
pub mod config;
pub mod diagnostic;
pub mod dialect;
pub mod doc;
pub mod dump;
pub mod expr;
pub mod introspect;
pub mod lex;
pub mod load;
mod nearest;
pub mod older;
pub mod parse;
pub mod pragma;
pub mod render;
pub mod rust;
pub mod schema;
pub mod source;

use std::path::PathBuf;

pub use config::Config;
use diagnostic::{Diagnostic, Diagnostics, Failed, Severity};
use dialect::DocChecks;
use expr::Rules;
pub use load::Options;
use load::{Files, Loaded};
use schema::Schema;
use source::SourceMap;

/// What became of a schema.
#[derive(Debug)]
pub struct Outcome {
    /// The text of all files, for those who show diagnostics.
    pub sources: SourceMap,
    /// What was found, in the order in which QEMU's generator would; it stops at the first.
    pub diagnostics: Vec<Diagnostic>,
    /// The schema, if nothing was wrong with it.
    pub schema: Option<Schema>,
    /// Every file that the result depends on, includes that are missing among them.
    pub closure: Vec<PathBuf>,
}

impl Outcome {
    /// Whether anything found is more than a warning; then there is no schema.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }
}

/// Reads the schema whose root file is `root`, and checks it.
pub fn compile(root: &str, files: &dyn Files, options: &Options) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let mut loaded = load::load(root, files, options, &mut diagnostics);
    let schema = understand(&mut loaded, options, &mut diagnostics).ok();
    let Loaded { sources, closure, .. } = loaded;
    Outcome { sources, diagnostics: diagnostics.take(), schema, closure }
}

/// Reads the schema whose root file is `root` as far as its definitions, whose names may still mean
/// nothing. For looking at what the front end understood, as `qapi dump` does.
pub fn definitions(root: &str, files: &dyn Files, options: &Options) -> Definitions {
    let mut diagnostics = Diagnostics::default();
    let mut loaded = load::load(root, files, options, &mut diagnostics);
    let items = std::mem::take(&mut loaded.items);
    let items =
        expr::definitions(items, rules(&loaded, options), &loaded.sources, &mut diagnostics);
    Definitions { sources: loaded.sources, diagnostics: diagnostics.take(), items }
}

/// What [`definitions`] found.
#[derive(Debug)]
pub struct Definitions {
    /// The text of all files.
    pub sources: SourceMap,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
    /// The definitions whose shape is right, with what stands between them.
    pub items: Vec<expr::Item>,
}

fn rules<'a>(loaded: &'a Loaded, options: &Options) -> Rules<'a> {
    let (dialect, doc_checks) = (options.dialect, options.doc_checks);
    Rules { dialect, doc_checks, pragmas: &loaded.pragmas }
}

/// Where something is wrong already, what documentation lacks may be in what was not understood.
fn rules_after<'a>(loaded: &'a Loaded, options: &Options, diagnostics: &Diagnostics) -> Rules<'a> {
    let rules = rules(loaded, options);
    if diagnostics.has_errors() { Rules { doc_checks: DocChecks::Off, ..rules } } else { rules }
}

fn understand(
    loaded: &mut Loaded,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Schema, Failed> {
    diagnostics.stop_if_errors_in_definitions()?;
    let items = std::mem::take(&mut loaded.items);
    let rules = rules_after(loaded, options, diagnostics);

    let definitions = expr::definitions(items, rules, &loaded.sources, diagnostics);
    diagnostics.stop_if_errors_in_definitions()?;
    let rules = rules_after(loaded, options, diagnostics);

    let draft = schema::resolve(definitions, &loaded.modules, &loaded.sources, diagnostics);
    diagnostics.stop_if_errors_in_definitions()?;

    schema::check(draft, rules, diagnostics)
}

/// The schema that a text says, for the tests of what comes after.
#[cfg(test)]
pub(crate) fn schema_of(text: &str) -> Schema {
    let files = load::MemoryFiles::default().with("test.json", text);
    let outcome = compile("test.json", &files, &Options::default());
    outcome.schema.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
}

/// A schema as QEMU's tests print it, for the same tests.
#[cfg(test)]
pub(crate) fn dump_of(schema: &Schema) -> String {
    dump::qemu(schema, dialect::Dialect::Extended)
}
