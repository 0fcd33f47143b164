//! A schema from the command line → checked, its diagnostics printed in the format asked for.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use qapi_codegen::diagnostic::Diagnostic;
use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::{DiskFiles, Files, MAX_FILE_BYTES};
use qapi_codegen::schema::Schema;
use qapi_codegen::source::SourceMap;
use qapi_codegen::{Definitions, Options, Outcome, render};

use crate::Ending;
use crate::args::{self, MessageFormat};
use crate::speak::Speaker;

/// What stands for standard input on the command line.
pub(crate) const STDIN_PATH: &str = "-";

/// The name under which standard input stands in messages.
const STDIN: &str = "<stdin>";

/// Reads and checks the schema, and prints what is wrong with it.
pub(crate) fn compile(schema: &args::Schema, speaker: &Speaker) -> io::Result<Outcome> {
    let outcome = read(schema, qapi_codegen::compile)?;
    report(schema, (&outcome.diagnostics, &outcome.sources), speaker);
    Ok(outcome)
}

/// Reads the schema as far as its definitions, and prints what is wrong with them.
pub(crate) fn definitions(schema: &args::Schema, speaker: &Speaker) -> io::Result<Definitions> {
    let definitions = read(schema, qapi_codegen::definitions)?;
    report(schema, (&definitions.diagnostics, &definitions.sources), speaker);
    Ok(definitions)
}

/// A dialect of QEMU's in which nothing is wrong with a schema that is wrong in the one asked for.
pub(crate) fn accepting_dialect(schema: &args::Schema) -> Option<Dialect> {
    if schema.path == STDIN_PATH {
        return None; // it has been read
    }
    let others = Dialect::ALL.into_iter().rev().filter(|dialect| *dialect != schema.dialect);
    others.into_iter().find(|dialect| {
        let include_dirs = schema.include_dirs.clone();
        let options = Options { include_dirs, ..Options::of(*dialect) };
        qapi_codegen::compile(&schema.path, &DiskFiles, &options).schema.is_some()
    })
}

/// The schema together with older ones, and prints what is wrong with the first of those that has
/// something wrong.
pub(crate) fn spoken(
    newest: Schema,
    older: &[String],
    schema: &args::Schema,
    speaker: &Speaker,
) -> Result<Schema, Ending> {
    match qapi_codegen::older::spoken(newest, older, &DiskFiles, &schema.include_dirs) {
        Ok(spoken) => Ok(spoken.schema),
        Err(outcome) => {
            report(schema, (&outcome.diagnostics, &outcome.sources), speaker);
            Err(verdict(&outcome))
        }
    }
}

fn read<T>(schema: &args::Schema, reader: fn(&str, &dyn Files, &Options) -> T) -> io::Result<T> {
    let options = Options {
        dialect: schema.dialect,
        doc_checks: schema.doc_checks.unwrap_or_else(|| schema.dialect.doc_checks()),
        include_dirs: schema.include_dirs.clone(),
    };
    Ok(match schema.path == STDIN_PATH {
        true => reader(STDIN, &StdinFiles::read()?, &options),
        false => reader(&schema.path, &DiskFiles, &options),
    })
}

/// How a command ends that needs the schema. One that is not there is an error as any other: QEMU's
/// own suite has it among its cases.
pub(crate) fn verdict(outcome: &Outcome) -> Ending {
    if outcome.schema.is_some() { Ending::Clean } else { Ending::Found }
}

fn report(schema: &args::Schema, found: (&[Diagnostic], &SourceMap), speaker: &Speaker) {
    speaker.diagnostics(&rendered(found, schema.message_format, speaker));
}

/// The diagnostics as text, in the format asked for.
fn rendered(
    (diagnostics, sources): (&[Diagnostic], &SourceMap),
    format: MessageFormat,
    speaker: &Speaker,
) -> String {
    let color = if speaker.is_colored() { render::Color::Always } else { render::Color::Never };
    match format {
        MessageFormat::Human => render::human(diagnostics, sources, color),
        MessageFormat::Qemu => render::qemu(diagnostics, sources),
        MessageFormat::Json => render::json(diagnostics, sources),
        MessageFormat::Sarif => render::sarif(diagnostics, sources),
        MessageFormat::Github => render::github(diagnostics, sources),
    }
}

/// Standard input as the root schema; its includes are looked for in the current folder.
struct StdinFiles {
    root: Vec<u8>,
}

impl StdinFiles {
    fn read() -> std::io::Result<Self> {
        let mut root = Vec::new();
        // One byte more than may be, so that the limit is seen and nothing is cut off unsaid.
        std::io::stdin().lock().take(MAX_FILE_BYTES + 1).read_to_end(&mut root)?;
        Ok(StdinFiles { root })
    }
}

impl Files for StdinFiles {
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        if path == Path::new(STDIN) { Ok(self.root.clone()) } else { DiskFiles.read(path) }
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        if path == Path::new(STDIN) { path.into() } else { DiskFiles.canonical(path) }
    }
}
