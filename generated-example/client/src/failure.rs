//! What can go wrong, told to a person: which command, what the agent said, what to try.
//!
//! `main` prints a failure and turns it into an exit status: 1 where the agent refused, 2 where the
//! job could not be done at all.

use crate::report::Shown;
use qapi_runtime::{Address, CallError, ConnectError, ErrorClass, EventError};
use std::fmt;
use std::io;

/// Why a task failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no way to the agent, or no common language with it; no address is the agent in
    /// memory.
    Unreachable(Option<Address>, ConnectError),
    /// A command was not answered, or was answered with an error.
    Call(CallError),
    /// An event that was waited for cannot come any more, or cannot be read.
    Event(EventError),
    /// A command, named first, was answered with something that makes no sense.
    Nonsense(&'static str, String),
    /// Something here, named first, cannot be read or made.
    Local(String, io::Error),
    /// Stdout does not take what we write.
    Output(io::Error),
}

impl Failure {
    /// The exit status for it.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Failure::Call(error) if error.server().is_some() => 1,
            _ if self.is_silent() => 0,
            _ => 2,
        }
    }

    /// Whether nobody is there to be told: the reader of our output has what it wants and left.
    pub(crate) fn is_silent(&self) -> bool {
        matches!(self, Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether the agent does not have the command, or not for us.
    pub(crate) fn is_unknown_command(&self) -> bool {
        let Failure::Call(error) = self else { return false };
        error.server().is_some_and(|error| error.class == ErrorClass::CommandNotFound)
    }

    /// What to try.
    pub(crate) fn hint(&self) -> Option<&'static str> {
        match self {
            Failure::Unreachable(_, error) => unreachable_hint(error),
            Failure::Call(_) if self.is_unknown_command() => {
                Some("this agent lacks the command, or its administrator blocks it")
            }
            Failure::Call(error) if error.is_timeout() => {
                Some("the agent is busy, or its filesystems are frozen; --timeout waits longer")
            }
            _ => None,
        }
    }
}

fn unreachable_hint(error: &ConnectError) -> Option<&'static str> {
    match error {
        ConnectError::Open(open) => match open.error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => {
                Some("no agent listens there; `qapi-agent --listen ADDR` starts one")
            }
            io::ErrorKind::PermissionDenied => Some("it belongs to another user"),
            _ => None,
        },
        ConnectError::Timeout(_) => {
            Some("is it an agent, and is no other client connected? It may serve one at a time")
        }
        _ => None,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Has the address in its text.
            Failure::Unreachable(_, error @ ConnectError::Open(_)) => error.fmt(f),
            Failure::Unreachable(Some(address), error) => write!(f, "{address}: {}", shown(error)),
            Failure::Unreachable(None, error) => write!(f, "the agent in memory: {}", shown(error)),
            Failure::Call(error) => f.write_str(&shown(error)),
            Failure::Event(error) => write!(f, "waiting for the program's end: {}", shown(error)),
            Failure::Nonsense(command, what) => {
                write!(f, "{command}: the agent's answer makes no sense: {}", Shown(what))
            }
            Failure::Local(what, error) => write!(f, "{what}: {error}"),
            Failure::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

/// An error with text of the agent in it, fit for a terminal.
fn shown(error: &dyn fmt::Display) -> String {
    Shown(&error.to_string()).to_string()
}
