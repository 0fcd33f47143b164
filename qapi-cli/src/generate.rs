//! `qapi generate`: a schema → a file of Rust, written only where it changed.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use qapi_codegen::diagnostic::Diagnostics;
use qapi_codegen::rust;
use qapi_codegen::schema::types::{Object, Type};
use qapi_codegen::schema::{Schema, select};
use serde_json::json;

use crate::Ending;
use crate::args::{Conditions, Docs, Generate, Protocol, Role};
use crate::conditions;
use crate::schema;
use crate::speak::Speaker;

pub(crate) fn run(options: &Generate, speaker: &Speaker) -> Ending {
    let start = Instant::now();
    let outcome = match schema::compile(&options.schema, speaker) {
        Ok(outcome) => outcome,
        Err(error) => return speaker.failure(&format!("standard input: {error}")),
    };
    let Some(newest) = outcome.schema else { return Ending::Found };
    let checked = start.elapsed();
    let spoken = match schema::spoken(newest, &options.also_speaks, &options.schema, speaker) {
        Ok(spoken) => spoken,
        Err(ending) => return ending,
    };
    let conditions = match conditions::of((&options.define, &options.undefine), &spoken, speaker) {
        Ok(conditions) => conditions,
        Err(ending) => return ending,
    };
    let selection = select::Selection { conditions, only: options.only.clone() };
    let selected = match selection.of(&spoken) {
        Ok(selected) => selected,
        Err(unknown) => {
            let why = format!("--only: the schema does not have {}", unknown.join(", "));
            return speaker.failure(&why);
        }
    };
    let text = match emitted(&selected, options) {
        Ok(text) => text,
        Err(why) => return speaker.failure(&why),
    };
    let stages = Stages { check: checked, emit: start.elapsed() - checked };
    let ending = deliver(&text, options, speaker);
    if options.print_stats && ending != Ending::Failed {
        return speaker.result(&stats(&selected, &text, &stages)).max(ending);
    }
    ending
}

fn emitted(schema: &Schema, options: &Generate) -> Result<String, String> {
    let rust_options = rust::Options {
        role: match options.role {
            Role::Client => rust::Role::Client,
            Role::Server => rust::Role::Server,
            Role::Both => rust::Role::Both,
        },
        docs: match options.docs {
            Docs::Off => rust::Docs::Off,
            Docs::Brief => rust::Docs::Brief,
            Docs::Full => rust::Docs::Full,
        },
        serde: if options.serde { rust::Serde::With } else { rust::Serde::Without },
        setters: if options.setters { rust::Setters::With } else { rust::Setters::Without },
        server: if options.async_server { rust::Server::Async } else { rust::Server::Blocking },
        conditions: match options.conditions {
            Conditions::Documented => rust::Conditions::Documented,
            Conditions::Features => rust::Conditions::Features,
        },
        overrides: rust::Overrides::default(),
        shared: rust::Shared::default(),
        protocol: match options.protocol {
            Protocol::Auto => rust::Protocol::Auto,
            Protocol::Guest => rust::Protocol::Guest,
            Protocol::Monitor => rust::Protocol::Monitor,
        },
    };
    let mut diagnostics = Diagnostics::default();
    let name = source_name(&options.schema.path);
    let text = rust::file(schema, &rust_options, name, &mut diagnostics);
    match diagnostics.take().first() {
        None => Ok(text),
        Some(first) => Err(first.message.clone()),
    }
}

/// The schema's name for the first line: without its folder, which differs between machines.
fn source_name(path: &str) -> &str {
    let name = Path::new(path).file_name().and_then(|name| name.to_str());
    name.filter(|_| path != schema::STDIN_PATH).unwrap_or("standard input")
}

fn deliver(text: &str, options: &Generate, speaker: &Speaker) -> Ending {
    let path = &options.output;
    if path == Path::new("-") {
        return if options.check {
            speaker.failure("--check needs a file to compare with: -o FILE")
        } else {
            speaker.result(text)
        };
    }
    let present = match present(path) {
        Ok(present) => present,
        Err(error) => return speaker.failure(&format!("{}: {error}", path.display())),
    };
    if present.as_deref() == Some(text) {
        speaker.detail(&format!("{} is up to date", path.display()));
        return Ending::Clean;
    }
    if options.check {
        return stale(path, present.as_deref().unwrap_or_default(), text, speaker);
    }
    match std::fs::write(path, text) {
        Ok(()) => {
            speaker.detail(&format!("wrote {}", path.display()));
            Ending::Clean
        }
        Err(error) => speaker.failure(&format!("{}: {error}", path.display())),
    }
}

/// What is in the file now, as far as it is text. A device or a pipe has no content to compare
/// with, and reading one may never end.
fn present(path: &Path) -> io::Result<Option<String>> {
    let is_other = std::fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir());
    if is_other {
        return Ok(None);
    }
    match std::fs::read_to_string(path) {
        Ok(present) => Ok(Some(present)),
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::InvalidData => Ok(None),
            _ => Err(error),
        },
    }
}

fn stale(path: &Path, present: &str, text: &str, speaker: &Speaker) -> Ending {
    let name = path.display().to_string();
    let diff = similar::TextDiff::from_lines(present, text);
    let diff = diff.unified_diff().header(&name, &format!("{name} (generated now)")).to_string();
    let ending = speaker.result(&diff);
    speaker.progress(&format!("{name} is stale; run the same command without --check"));
    ending.max(Ending::Found)
}

/// Whether the schema defines the type by a name of its own.
fn is_defined(ty: &Type) -> bool {
    let implicit = ty.as_object().is_some_and(Object::is_implicit);
    !implicit && ty.common().is_some_and(|common| common.span.is_some())
}

/// What the stages took.
struct Stages {
    check: Duration,
    emit: Duration,
}

fn stats(schema: &Schema, text: &str, stages: &Stages) -> String {
    let milliseconds = |time: Duration| (time.as_secs_f64() * 1e5).round() / 100.0;
    let stats = json!({
        "commands": schema.commands().len(),
        "events": schema.events().len(),
        "types": schema.types().filter(|(_, ty)| is_defined(ty)).count(),
        "lines": text.lines().count(),
        "milliseconds": {"check": milliseconds(stages.check), "emit": milliseconds(stages.emit)},
    });
    format!("{stats}\n")
}
