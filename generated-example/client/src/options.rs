//! The command line: which agent, how patiently, and what to do with it.

use clap::{Parser, Subcommand, ValueEnum};
use qapi_runtime::Address;
use std::path::PathBuf;
use std::time::Duration;

/// Talks to a guest agent: this project's, or QEMU's own.
///
/// Without any argument it starts an agent in memory and shows what the two can do.
#[derive(Debug, Parser)]
#[command(name = "qapi-agent-client", version)]
pub(crate) struct Options {
    /// Where the agent is: unix:PATH, tcp:HOST:PORT, chardev:PATH or
    /// exec:COMMAND…; without it, an agent in memory answers.
    #[arg(long, value_name = "ADDR", global = true)]
    pub(crate) connect: Option<Address>,

    /// How many seconds an answer may take.
    #[arg(long, value_name = "SECONDS", global = true, default_value = "10", value_parser = seconds)]
    pub(crate) timeout: Duration,

    /// Whether to use colours.
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value = "auto")]
    pub(crate) color: Color,

    /// Print results only: no hints, no remarks.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Tell on stderr what was negotiated.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,

    /// What to do; without it, the tour or, with --connect, `info`.
    #[command(subcommand)]
    pub(crate) task: Option<Task>,
}

/// What to do with the agent.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Show what the handshake and the agent tell of it.
    Info,
    /// See whether the agent answers, and how quickly.
    Ping,
    /// Run a program in the guest, pass its output on, and exit with its status.
    Exec {
        /// The program, a path or a name to look for in the guest's PATH, and its arguments; no
        /// shell reads them.
        // One list, because clap takes what follows a list as it is, also what looks like an
        // option of ours.
        #[arg(required = true, trailing_var_arg = true, value_name = "PROGRAM [ARG]")]
        program: Vec<String>,
    },
    /// Write a file of the guest to stdout.
    Cat {
        /// The file, as an absolute path in the guest.
        path: String,
    },
    /// Copy a file into the guest, over whatever is there.
    Put {
        /// The file here; - for stdin.
        local: PathBuf,
        /// The file there, as an absolute path in the guest.
        path: String,
    },
    /// Show which operating system the guest runs.
    Osinfo,
    /// List the guest's network interfaces and their addresses.
    Interfaces,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Where a person looks on, and NO_COLOR is not set.
    Auto,
    /// Also into files.
    Always,
    /// Not at all.
    Never,
}

/// Reads a positive, possibly broken number of seconds.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "not a number".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("not a span of time".to_owned()),
    }
}
