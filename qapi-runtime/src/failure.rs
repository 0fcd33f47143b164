//! What goes wrong on a client's side: at connecting, at calling, at waiting for an event.

use crate::ReadError;
use crate::error::Error;
use crate::json::SyntaxError;
use crate::transport::OpenError;
use core::fmt;
use std::io;
use std::time::Duration;

/// Why there is no session with a server.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConnectError {
    /// The address could not be opened.
    Open(OpenError),
    /// The server gave no answer to the handshake in this time.
    Timeout(Duration),
    /// The server left before the handshake was done.
    Closed,
    /// The connection broke before the handshake was done.
    Io(io::Error),
    /// The server refused, in its own words, or the client did by its configuration.
    Refused(Error),
}

impl fmt::Display for ConnectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ConnectError::Open(error) => error.fmt(f),
            ConnectError::Timeout(time) => write!(f, "no answer within {time:?}"),
            ConnectError::Closed => f.write_str("the server closed the connection"),
            ConnectError::Io(error) => error.fmt(f),
            ConnectError::Refused(error) => write!(f, "the server refused: {}", error.desc),
        }
    }
}

impl std::error::Error for ConnectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            ConnectError::Open(error) => Some(error),
            ConnectError::Io(error) => Some(error),
            ConnectError::Refused(error) => Some(error),
            ConnectError::Timeout(_) | ConnectError::Closed => None,
        }
    }
}

impl From<OpenError> for ConnectError {
    fn from(error: OpenError) -> Self {
        ConnectError::Open(error)
    }
}

/// Why a command gave no result, and which command it was.
#[derive(Debug)]
pub struct CallError {
    /// The command's name.
    pub command: Box<str>,
    /// What happened.
    pub failure: CallFailure,
}

/// What can happen to a command.
#[derive(Debug)]
#[non_exhaustive]
pub enum CallFailure {
    /// The server's error.
    Server(Error),
    /// The server's reply is not of the type that the schema promises.
    Decode {
        /// What is wrong, and where in `return`.
        error: ReadError,
        /// The whole reply as it came.
        reply: Vec<u8>,
    },
    /// No reply within this time. It is dropped if it comes later.
    Timeout(Duration),
    /// The server closed the connection.
    Closed,
    /// The connection broke.
    Io(io::Error),
    /// The session had to be begun again after an earlier time-out, and that failed.
    Session(ConnectError),
    /// The arguments of a raw call are no JSON object.
    Arguments(Option<SyntaxError>),
    /// Out of band was asked for, and is not enabled.
    NoOutOfBand,
}

impl CallError {
    pub(crate) fn new(command: &str, failure: CallFailure) -> Self {
        CallError { command: command.into(), failure }
    }

    /// The server's error, if that is what happened.
    pub fn server(&self) -> Option<&Error> {
        match &self.failure {
            CallFailure::Server(error) => Some(error),
            _ => None,
        }
    }

    /// Whether no reply came in time, to the command or to the handshake that was due before it.
    pub fn is_timeout(&self) -> bool {
        use CallFailure::{Session, Timeout};
        matches!(self.failure, Timeout(_) | Session(ConnectError::Timeout(_)))
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.command, self.failure)
    }
}

impl fmt::Display for CallFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CallFailure::Server(error) => error.fmt(f),
            CallFailure::Decode { error, .. } => write!(f, "unexpected reply: {error}"),
            CallFailure::Timeout(time) => write!(f, "no reply within {time:?}"),
            CallFailure::Closed => f.write_str("the server closed the connection"),
            CallFailure::Io(error) => error.fmt(f),
            CallFailure::Session(error) => write!(f, "the session could not be resumed: {error}"),
            CallFailure::Arguments(Some(error)) => write!(f, "the arguments are no JSON: {error}"),
            CallFailure::Arguments(None) => f.write_str("the arguments are no object"),
            CallFailure::NoOutOfBand => f.write_str(
                "out of band is not enabled: the server must offer 'oob' and the client ask for it",
            ),
        }
    }
}

impl std::error::Error for CallError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.failure {
            CallFailure::Server(error) => Some(error),
            CallFailure::Decode { error, .. } => Some(error),
            CallFailure::Io(error) => Some(error),
            CallFailure::Session(error) => Some(error),
            CallFailure::Arguments(Some(error)) => Some(error),
            _ => None,
        }
    }
}

/// Why there is no event.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventError {
    /// So many events were lost before the next one, because nobody fetched them.
    Lagged(u64),
    /// None came within this time.
    Timeout(Duration),
    /// The server closed the connection.
    Closed,
    /// The connection broke.
    Io(io::Error),
    /// An event's data is not of the type that the schema promises.
    Decode {
        /// The event's name.
        event: Box<str>,
        /// What is wrong, and where in `data`.
        error: ReadError,
        /// The whole message as it came.
        message: Vec<u8>,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EventError::Lagged(count) => write!(f, "{count} events were lost"),
            EventError::Timeout(time) => write!(f, "no event within {time:?}"),
            EventError::Closed => f.write_str("the server closed the connection"),
            EventError::Io(error) => error.fmt(f),
            EventError::Decode { event, error, .. } => write!(f, "event {event}: {error}"),
        }
    }
}

impl std::error::Error for EventError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            EventError::Io(error) => Some(error),
            EventError::Decode { error, .. } => Some(error),
            _ => None,
        }
    }
}
