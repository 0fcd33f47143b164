//! The `qapi` command: check schemas, generate Rust, talk to servers.
//!
//! Results go to standard output, diagnostics and progress to standard error. Every command ends
//! with 0 (done, nothing found), 1 (found something) or 2 (could not do the job).

mod args;
mod arguments;
mod check;
mod conditions;
mod dump;
mod explain;
mod generate;
mod introspect;
mod schema;
mod server;
mod speak;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use speak::Speaker;

/// How a command ended; the exit status of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ending {
    /// Done, and nothing was found.
    Clean = 0,
    /// Something was found: schema errors, a server's error reply, a stale file.
    Found = 1,
    /// The job could not be done.
    Failed = 2,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let speaker = Speaker::new(cli.output);
    let ending = match cli.command {
        Command::Check(options) => check::run(&options, &speaker),
        Command::Dump(options) => dump::run(&options, &speaker),
        Command::Explain(options) => explain::run(&options, &speaker),
        Command::Generate(options) => generate::run(&options, &speaker),
        Command::Introspect(options) => introspect::run(&options, &speaker),
        Command::Info(options) => server::info(&options, &speaker),
        Command::Call(options) => server::call(&options, &speaker),
    };
    ExitCode::from(ending as u8)
}
