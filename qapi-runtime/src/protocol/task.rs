//! A command that a session has admitted: taken out of it, run anywhere, its outcome brought back.

use super::envelope;
use super::gate;
use crate::json::Document;
use crate::service::{Call, Capabilities, CommandInfo, Outcome, Reply, Request, Service};

/// A command to run. It owns its message, so it can go to another thread.
#[derive(Debug)]
pub struct Task {
    pub(super) message: Document,
    pub(super) info: CommandInfo,
    pub(super) ticket: Ticket,
    pub(super) enabled: Capabilities,
}

/// Whom an outcome is for.
#[derive(Debug)]
pub(super) struct Ticket {
    pub(super) connection: u64,
    pub(super) id: Option<Vec<u8>>,
}

/// What came of a [`Task`]; goes back to the session with `Server::finish`.
#[derive(Debug)]
pub struct Finished {
    pub(super) ticket: Ticket,
    pub(super) outcome: Outcome,
}

impl Task {
    /// The command's name.
    pub fn name(&self) -> &'static str {
        self.info.name
    }

    /// The capabilities that are in force for it; a driver puts them into its [`Call`].
    pub fn enabled(&self) -> &Capabilities {
        &self.enabled
    }

    /// Runs it. Panics when the handler does; a driver that wants to live on catches that, and
    /// finishes with an error.
    pub fn run(&self, service: &dyn Service, call: &Call) -> Reply {
        let request = Request::new(self.info.name, envelope::arguments(&self.message));
        service.call(call, request)
    }

    /// The outcome, to be brought back.
    pub fn finish(self, reply: Reply) -> Finished {
        let outcome = match reply.into_outcome() {
            Outcome::Value(value) => {
                let visible = gate::visible(value, self.info.gated_returns, &self.enabled);
                visible.map_or_else(Outcome::Error, Outcome::Value)
            }
            other => other,
        };
        Finished { ticket: self.ticket, outcome }
    }
}

impl Finished {
    /// The class of the error that the command ended with, if it did; for logs.
    pub fn error_class(&self) -> Option<&str> {
        match &self.outcome {
            Outcome::Error(error) => Some(error.class.as_str()),
            Outcome::Value(_) | Outcome::Nothing => None,
        }
    }
}
