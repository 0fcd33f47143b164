//! What [`Config`] asks for, done: files in, a file out.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Cause, Config, Failure, Generated};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::load::DiskFiles;
use crate::older::{self, Spoken};
use crate::rust::{self, Conditions, Theirs};
use crate::schema::Schema;
use crate::source::SourceMap;
use crate::{Options, Outcome, compile};

/// The part of a schema that is wanted, and what was found on the way.
struct Selected {
    schema: Schema,
    diagnostics: Vec<Diagnostic>,
    sources: SourceMap,
}

impl Config {
    /// Generates, writes the file if its text is new, and prints nothing.
    ///
    /// # Errors
    /// The schema is wrong, or there is a file that cannot be read or written.
    pub fn try_generate(&self) -> Result<Generated, Failure> {
        let mut inputs = Vec::new();
        let result = self.run(&mut inputs);
        // Schemas that share types mostly share files.
        let mut seen = BTreeSet::new();
        inputs.retain(|input| seen.insert(input.clone()));
        match result {
            Ok(generated) => Ok(Generated { inputs, ..generated }),
            Err(cause) => Err(Failure { cause, inputs }),
        }
    }

    /// The same; the files that it depends on go into `inputs`.
    fn run(&self, inputs: &mut Vec<PathBuf>) -> Result<Generated, Cause> {
        let Selected { schema, mut diagnostics, sources } = self.select(inputs)?;
        let features = match self.rust.conditions {
            Conditions::Documented => BTreeSet::new(),
            Conditions::Features => rust::feature_names(&schema),
        };
        let options = self.with_shared(&schema, inputs)?;
        let (text, found) = self.emit(&schema, &options);
        diagnostics.extend(found);
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(Cause::Schema { diagnostics, sources });
        }
        let path = self.output().ok_or(Cause::NoOutDir)?;
        match write_if_new(&path, &text) {
            Ok(is_written) => {
                let inputs = Vec::new();
                Ok(Generated { path, is_written, inputs, features, diagnostics, sources })
            }
            Err(error) => Err(Cause::Output { path, error }),
        }
    }

    /// Reads the schema and those of older versions, and takes what is wanted of it.
    fn select(&self, inputs: &mut Vec<PathBuf>) -> Result<Selected, Cause> {
        let Outcome { sources, diagnostics, schema, closure } = self.compile();
        inputs.extend(closure);
        let Some(schema) = schema else { return Err(Cause::Schema { diagnostics, sources }) };
        let schema = match older::spoken(schema, &self.older, &DiskFiles, &self.include_dirs) {
            Ok(Spoken { schema, closure }) => {
                inputs.extend(closure);
                schema
            }
            Err(outcome) => {
                let Outcome { diagnostics, sources, closure, .. } = *outcome;
                inputs.extend(closure);
                return Err(Cause::Schema { diagnostics, sources });
            }
        };
        let wrong = self.rust.overrides.wrong(&schema);
        if !wrong.is_empty() {
            return Err(Cause::Unknown { names: wrong.iter().map(ToString::to_string).collect() });
        }
        match self.selection.of(&schema) {
            Ok(schema) => Ok(Selected { schema, diagnostics, sources }),
            Err(names) => {
                let told = |name| format!("{name}: the schema has nothing of that name");
                Err(Cause::Unknown { names: names.into_iter().map(told).collect() })
            }
        }
    }

    fn compile(&self) -> Outcome {
        let options = Options {
            dialect: self.dialect,
            doc_checks: self.doc_checks.unwrap_or_else(|| self.dialect.doc_checks()),
            include_dirs: self.include_dirs.clone(),
        };
        compile(&self.schema.to_string_lossy(), &DiskFiles, &options)
    }

    /// The options, with what other bindings have of the schema.
    fn with_shared(
        &self,
        schema: &Schema,
        inputs: &mut Vec<PathBuf>,
    ) -> Result<rust::Options, Cause> {
        let mut options = self.rust.clone();
        for (other, path) in &self.shared {
            let theirs = other.select(inputs)?;
            let theirs = Theirs { schema: &theirs.schema, options: &other.rust, path };
            if let Err(reason) = options.shared.add(schema, &self.rust, theirs) {
                return Err(Cause::Unknown { names: vec![format!("{path}: {reason}")] });
            }
        }
        Ok(options)
    }

    fn emit(&self, schema: &Schema, options: &rust::Options) -> (String, Vec<Diagnostic>) {
        let mut diagnostics = Diagnostics::default();
        let name = self.schema.file_name().unwrap_or_default().to_string_lossy();
        let text = rust::file(schema, options, &name, &mut diagnostics);
        (text, diagnostics.take())
    }

    fn output(&self) -> Option<PathBuf> {
        let folder = match &self.out_dir {
            Some(folder) => folder.clone(),
            None => PathBuf::from(std::env::var_os("OUT_DIR")?),
        };
        Some(match &self.file_name {
            Some(name) => folder.join(name),
            None => folder.join(Path::new(self.schema.file_name()?).with_extension("rs")),
        })
    }
}

/// Leaves a file alone that has its text already: whatever watches it need not stir.
fn write_if_new(path: &Path, text: &str) -> io::Result<bool> {
    if fs::read(path).is_ok_and(|present| present == text.as_bytes()) {
        return Ok(false);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)?;
    Ok(true)
}
