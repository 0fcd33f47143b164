//! Older versions of a schema, read from their files, for those who speak them too: each in
//! whichever dialect accepts it, as nobody writes that beside them.

use std::path::PathBuf;

use crate::dialect::{Dialect, DocChecks};
use crate::load::Files;
use crate::schema::Schema;
use crate::schema::spoken::{self, Version};
use crate::{Options, Outcome, compile};

/// A schema together with older ones.
#[derive(Debug)]
pub struct Spoken {
    /// What all of them say.
    pub schema: Schema,
    /// Every file that the older ones depend on.
    pub closure: Vec<PathBuf>,
}

/// Reads older versions of a schema, each given as `PATH` or `LABEL=PATH` of its root file, and
/// makes one schema of all; see [`schema::spoken`](crate::schema::spoken). Without any it is the
/// schema itself.
///
/// # Errors
/// The outcome of the first one in which something is wrong; its closure is that of all that were
/// read.
pub fn spoken(
    newest: Schema,
    older: &[String],
    files: &dyn Files,
    include_dirs: &[PathBuf],
) -> Result<Spoken, Box<Outcome>> {
    let mut closure = Vec::new();
    let mut schemas = Vec::new();
    for given in older {
        let (label, path) = spoken::label_and_path(given);
        let mut outcome = compile_in_any_dialect(path, files, include_dirs);
        closure.append(&mut outcome.closure);
        match outcome.schema {
            Some(schema) => schemas.push((label, schema)),
            None => return Err(Box::new(Outcome { closure, ..outcome })),
        }
    }
    if schemas.is_empty() {
        return Ok(Spoken { schema: newest, closure });
    }
    let versions = schemas.iter().map(|(label, schema)| Version { label, schema });
    let newest = Version { label: spoken::NEWEST, schema: &newest };
    Ok(Spoken { schema: spoken::all(newest, &versions.collect::<Vec<_>>()), closure })
}

/// The first dialect that accepts a schema counts, the latest first, whatever the documentation
/// says; where none does, what the latest finds.
fn compile_in_any_dialect(root: &str, files: &dyn Files, include_dirs: &[PathBuf]) -> Outcome {
    let mut outcomes = Dialect::ALL.into_iter().rev().map(|dialect| {
        let include_dirs = include_dirs.to_vec();
        compile(root, files, &Options { dialect, doc_checks: DocChecks::Off, include_dirs })
    });
    let first = outcomes.next().expect("there is a dialect");
    if first.schema.is_some() {
        return first;
    }
    outcomes.find(|outcome| outcome.schema.is_some()).unwrap_or(first)
}
