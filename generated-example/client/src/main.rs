//! `qapi-agent-client`: a client of the guest agent, for people.
//!
//! The types and the trait `Client` come from the schema, by build.rs. What is here opens a
//! connection, calls, and prints: results on stdout, everything else on stderr.

mod failure;
mod freeze;
mod guest;
mod options;
mod program;
mod report;
mod tasks;
mod tour;
mod transfer;

/// The schema in Rust.
#[allow(dead_code, unreachable_pub, reason = "a schema says more than one program needs")]
mod agent {
    qapi_runtime::include_schema!("agent");
}

use crate::failure::Failure;
use crate::guest::Guest;
use crate::options::{Options, Task};
use crate::report::{Paint, Report};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            tell(&options, &failure);
            ExitCode::from(failure.status())
        }
    }
}

/// Does what was asked for; the exit status is the program's for `exec`, else 0.
fn run(options: &Options) -> Result<u8, Failure> {
    let guest = Guest::open(options.connect.as_ref(), options.timeout)?;
    if options.verbose {
        let mut stderr = io::stderr();
        let paint = Paint::choose(options.color, &stderr);
        tasks::handshake(&guest, &mut Report::new(&mut stderr, paint))?;
    }
    let mut stdout = io::stdout();
    let paint = Paint::choose(options.color, &stdout);
    let report = &mut Report::new(&mut stdout, paint);
    let remark = &|text: &str| remark(options, text);
    let task = options.task.as_ref().or(options.connect.as_ref().map(|_| &Task::Info));
    match task {
        None => tour::tour(&guest, report)?,
        Some(Task::Info) => tasks::info(&guest, report)?,
        Some(Task::Ping) => tasks::ping(&guest, report)?,
        Some(Task::Exec { program }) => return tasks::exec(&guest, program, remark),
        Some(Task::Cat { path }) => tasks::cat(&guest, path)?,
        Some(Task::Put { local, path }) => tasks::put(&guest, local, path, remark)?,
        Some(Task::Osinfo) => tasks::osinfo(&guest, report)?,
        Some(Task::Interfaces) => tasks::interfaces(&guest, report)?,
    }
    Ok(0)
}

/// Says something that is no result.
fn remark(options: &Options, text: &str) {
    if !options.quiet {
        // Nobody to tell is no reason to fail.
        let _ = writeln!(io::stderr(), "{text}");
    }
}

/// Says what went wrong, and what to try.
fn tell(options: &Options, failure: &Failure) {
    if failure.is_silent() {
        return;
    }
    let paint = Paint::choose(options.color, &io::stderr());
    let _ = writeln!(io::stderr(), "{} {failure}", paint.red("error:"));
    if let Some(hint) = failure.hint() {
        remark(options, &format!("{} {hint}", paint.bold("hint:")));
    }
}
