//! How a blocking client connects and calls.

use crate::json::Limits;
use crate::protocol::{Expect, Unsynced};
use std::time::Duration;

/// How a client connects and calls.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which protocol the server may speak. Default: either.
    pub protocol: Expect,
    /// The capabilities to enable where the server offers them. Default: none.
    pub wanted: Vec<String>,
    /// Whether to go on with an agent that allows no sync command. Default: yes.
    pub unsynced: Unsynced,
    /// How long connecting and the handshake may take together. Default: 10 s.
    pub connect_timeout: Duration,
    /// How long a call may take; `Client::within` sets another time for one. Default:
    /// 30 s.
    pub timeout: Duration,
    /// How long to wait for an error of a command that answers nothing when it succeeds. Where the
    /// server reads on, the answer to a request behind it shows sooner that it has succeeded. Default:
    /// 1 s.
    pub grace: Duration,
    /// How many events wait to be fetched before the oldest are lost. Default: 1024.
    pub event_queue: usize,
    /// Bounds on a message of the server. Default: QEMU's.
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
