//! What a server does, for whoever wants to know. Names and outcomes only: never arguments, never
//! returned values, because there are passwords among them.

use core::fmt;
use std::time::Duration;

/// Takes notes. Called from the server's threads; must not block for long.
pub trait Log: Send + Sync {
    /// Takes one note about a peer.
    fn note(&self, peer: &str, note: &Note<'_>);
}

impl<F: Fn(&str, &Note<'_>) + Send + Sync> Log for F {
    fn note(&self, peer: &str, note: &Note<'_>) {
        self(peer, note);
    }
}

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note<'a> {
    /// A client connected.
    Connected,
    /// It left, or was left.
    Disconnected {
        /// Why, where it was not the client's own will.
        reason: Option<&'a str>,
    },
    /// A command was run.
    Called {
        /// Its name.
        command: &'a str,
        /// The class of its error, if it failed.
        error: Option<&'a str>,
        /// How long it took.
        took: Duration,
    },
    /// A command's handler panicked. The client got an error.
    Panicked {
        /// The command's name.
        command: &'a str,
    },
    /// A client that has not negotiated calls commands; once a session.
    Unnegotiated {
        /// The first of them.
        command: &'a str,
    },
    /// An event was not sent, because the client does not read.
    EventLost {
        /// The event's name.
        event: &'a str,
    },
    /// Waiting for clients failed; it is tried again.
    NotAccepted {
        /// What the system said.
        reason: &'a str,
    },
}

impl fmt::Display for Note<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::Connected => f.write_str("connected"),
            Note::Disconnected { reason: None } => f.write_str("disconnected"),
            Note::Disconnected { reason: Some(reason) } => write!(f, "disconnected: {reason}"),
            Note::Called { command, error: None, took } => write!(f, "{command}: ok ({took:.1?})"),
            Note::Called { command, error: Some(class), took } => {
                write!(f, "{command}: {class} ({took:.1?})")
            }
            Note::Panicked { command } => write!(f, "{command}: the handler panicked"),
            Note::Unnegotiated { command } => {
                write!(f, "{command} called without negotiation of capabilities")
            }
            Note::EventLost { event } => write!(f, "{event} lost: the client does not read"),
            Note::NotAccepted { reason } => write!(f, "cannot accept clients: {reason}"),
        }
    }
}
