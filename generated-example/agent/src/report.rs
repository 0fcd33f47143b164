//! What the program tells on stderr: where it listens, what happens, why it failed.
//!
//! Names and outcomes only: no arguments, no answers. That nobody reads stderr is no reason to fail.

use crate::options::Options;
use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory};
use qapi_runtime::{Address, Log, Note};
use std::error::Error;
use std::io::{self, Write};
use std::sync::Arc;

/// Writes to stderr what the options let through.
#[derive(Debug)]
pub(crate) struct Report {
    level: Level,
    color: ColorChoice,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Errors,
    Warnings,
    Everything,
}

impl Report {
    /// A report as verbose and colourful as the options ask for.
    pub(crate) fn new(options: &Options) -> Arc<Self> {
        let level = match (options.quiet, options.verbose) {
            (true, _) => Level::Errors,
            (_, true) => Level::Everything,
            _ => Level::Warnings,
        };
        Arc::new(Report { level, color: options.color })
    }

    /// The line that says that clients can connect.
    pub(crate) fn listening(&self, address: &Address) {
        self.line(Level::Warnings, format_args!("listening on {address}"));
    }

    /// Why the program ends.
    pub(crate) fn error(&self, error: &dyn Error) {
        let command = Options::command().color(self.color);
        let message = clap::Error::raw(ErrorKind::Io, format_args!("{error}\n"));
        let _ = message.with_cmd(&command).print();
    }

    fn line(&self, level: Level, line: std::fmt::Arguments<'_>) {
        if self.level >= level {
            let _ = writeln!(io::stderr(), "{line}");
        }
    }
}

impl Log for Report {
    fn note(&self, peer: &str, note: &Note<'_>) {
        let level = match note {
            Note::Connected | Note::Disconnected { .. } | Note::Called { .. } => Level::Everything,
            _ => Level::Warnings,
        };
        self.line(level, format_args!("{peer}: {note}"));
    }
}
