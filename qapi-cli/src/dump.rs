//! `qapi dump`: what a stage of the pipeline makes of a schema.
//!
//! The early stages print what they understood of a schema that is wrong, too.

use qapi_codegen::diagnostic::{Diagnostic, Severity};
use qapi_codegen::schema::Schema;
use qapi_codegen::source::SourceMap;
use qapi_codegen::{dump, rust};

use crate::Ending;
use crate::args::{Dump, DumpFormat, Stage};
use crate::schema;
use crate::speak::Speaker;

pub(crate) fn run(options: &Dump, speaker: &Speaker) -> Ending {
    if options.format == DumpFormat::Qemu && options.stage != Stage::Schema {
        return speaker.failure("--format qemu is the form of a checked schema: --stage schema");
    }
    let dumped = match options.stage {
        Stage::Definitions => definitions(options, speaker),
        Stage::Tokens | Stage::Ast | Stage::Schema | Stage::RustNames => whole(options, speaker),
    };
    match dumped {
        Err(error) => speaker.failure(&format!("standard input: {error}")),
        Ok((text, ending)) => speaker.result(&text).max(ending),
    }
}

fn definitions(options: &Dump, speaker: &Speaker) -> std::io::Result<(String, Ending)> {
    let found = schema::definitions(&options.schema, speaker)?;
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let is_wrong = found.diagnostics.iter().any(is_error);
    let ending = if is_wrong { Ending::Found } else { Ending::Clean };
    Ok((dump::definitions(&found.items, &found.sources), ending))
}

fn whole(options: &Dump, speaker: &Speaker) -> std::io::Result<(String, Ending)> {
    let outcome = schema::compile(&options.schema, speaker)?;
    let (sources, dialect) = (&outcome.sources, options.schema.dialect);
    let ending = schema::verdict(&outcome);
    let of_schema = |print: &dyn Fn(&Schema, &SourceMap) -> String| {
        outcome.schema.as_ref().map(|schema| print(schema, sources)).unwrap_or_default()
    };
    let text = match (options.stage, options.format) {
        (Stage::Tokens, _) => dump::tokens(sources, dialect),
        (Stage::Ast, _) => dump::ast(sources, dialect),
        (Stage::RustNames, _) => of_schema(&|schema, _| rust::listing(schema)),
        (_, DumpFormat::Text) => of_schema(&dump::schema),
        (_, DumpFormat::Qemu) => of_schema(&|schema, _| dump::qemu(schema, dialect)),
    };
    Ok((text, ending))
}
