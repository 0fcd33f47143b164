//! Reads QAPI schemas, checks them, and writes typed Rust.
//!
//! The pipeline, each stage a module, each arrow a type:
//!
//! ```text
//! text ─lex, parse, load─▶ items + pragmas ─expr─▶ definitions ─resolve─▶ Draft ─check─▶ Schema
//! ```
//!
//! Errors accumulate within a stage and stop what follows. Nothing but [`load`] and the doors
//! reads files, and nothing but the doors prints.

pub mod ast;
pub mod config;
pub mod diagnostic;
pub mod dialect;
pub mod doc;
pub mod expr;
pub mod introspect;
pub mod lex;
pub mod load;
mod nearest;
pub mod parse;
pub mod pragma;
pub mod render;
pub mod rust;
pub mod schema;
pub mod source;

use std::path::PathBuf;

pub use config::Config;
use diagnostic::{Diagnostic, Diagnostics, Failed};
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

/// Reads the schema whose root file is `root`, and checks it.
pub fn compile(root: &str, files: &dyn Files, options: &Options) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let mut loaded = load::load(root, files, options, &mut diagnostics);
    let schema = understand(&mut loaded, options, &mut diagnostics).ok();
    let Loaded { sources, closure, .. } = loaded;
    Outcome { sources, diagnostics: diagnostics.take(), schema, closure }
}

fn understand(
    loaded: &mut Loaded,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Result<Schema, Failed> {
    diagnostics.stop_if_errors()?;
    let (dialect, doc_checks) = (options.dialect, options.doc_checks);
    let rules = Rules { dialect, doc_checks, pragmas: &loaded.pragmas };
    let items = std::mem::take(&mut loaded.items);

    let definitions = expr::definitions(items, rules, diagnostics);
    diagnostics.stop_if_errors()?;

    let draft = schema::resolve(definitions, &loaded.modules, &loaded.sources, diagnostics);
    diagnostics.stop_if_errors()?;

    schema::check(draft, rules, diagnostics)
}

/// The schema that a text says, for the tests of what comes after.
#[cfg(test)]
pub(crate) fn schema_of(text: &str) -> Schema {
    let files = load::MemoryFiles::default().with("test.json", text);
    let outcome = compile("test.json", &files, &Options::default());
    outcome.schema.unwrap_or_else(|| panic!("{:#?}", outcome.diagnostics))
}
