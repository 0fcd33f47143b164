//! How a blocking client connects and calls.

use crate::json::Limits;
use crate::protocol::{Expect, Unsynced};
use std::time::Duration;

/// How a client connects and calls.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which protocol the server may speak.
    pub protocol: Expect,
    /// The capabilities to enable where the server offers them.
    pub wanted: Vec<String>,
    /// Whether to go on with an agent that allows no sync command.
    pub unsynced: Unsynced,
    /// How long connecting and the handshake may take together.
    pub connect_timeout: Duration,
    /// How long a call may take; `Client::within` sets another time for one.
    pub timeout: Duration,
    /// How long to wait for an error of a command that answers nothing when it succeeds. Where the
    /// server reads on, the answer to a request behind it shows sooner that it has succeeded.
    pub grace: Duration,
    /// How many events wait to be fetched before the oldest are lost.
    pub event_queue: usize,
    /// Bounds on a message of the server.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            protocol: Expect::Either,
            wanted: Vec::new(),
            unsynced: Unsynced::Allowed,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            grace: Duration::from_secs(1),
            event_queue: 1024,
            limits: Limits::default(),
        }
    }
}
