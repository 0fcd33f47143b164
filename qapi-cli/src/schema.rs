//! A schema from the command line → checked, its diagnostics printed in the format asked for.

use std::io::Read;
use std::path::{Path, PathBuf};

use qapi_codegen::load::{DiskFiles, Files, MAX_FILE_BYTES};
use qapi_codegen::{Options, Outcome, render};

use crate::args::{self, MessageFormat};
use crate::speak::Speaker;

/// What stands for standard input on the command line.
pub(crate) const STDIN_PATH: &str = "-";

/// The name under which standard input stands in messages.
const STDIN: &str = "<stdin>";

/// Reads and checks the schema, and prints what is wrong with it.
pub(crate) fn compile(schema: &args::Schema, speaker: &Speaker) -> std::io::Result<Outcome> {
    let options = Options {
        dialect: schema.dialect,
        doc_checks: schema.doc_checks.unwrap_or_else(|| schema.dialect.doc_checks()),
        include_dirs: schema.include_dirs.clone(),
    };
    let outcome = if schema.path == STDIN_PATH {
        qapi_codegen::compile(STDIN, &StdinFiles::read()?, &options)
    } else {
        qapi_codegen::compile(&schema.path, &DiskFiles, &options)
    };
    speaker.diagnostics(&rendered(&outcome, schema.message_format, speaker));
    Ok(outcome)
}

/// The diagnostics as text, in the format asked for.
pub(crate) fn rendered(outcome: &Outcome, format: MessageFormat, speaker: &Speaker) -> String {
    let (diagnostics, sources) = (&outcome.diagnostics, &outcome.sources);
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
