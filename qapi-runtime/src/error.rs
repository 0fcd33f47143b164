//! An error reply as data: a class, which programs look at, and a text, which people read.
//!
//! Handlers return it, servers send it, clients get it back inside `CallError`. What can go wrong
//! on the client's side without any reply is in `failure.rs`.

use crate::ReadError;
use core::fmt;

/// What a command's handler returns.
pub type Result<T> = core::result::Result<T, Error>;

/// What `error` holds in a reply: `{"class": …, "desc": …}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What kind of failure it is. New code sends [`ErrorClass::GenericError`]; see there.
    pub class: ErrorClass,
    /// For people. Not for parsing: servers change their texts from release to release.
    pub desc: String,
}

impl Error {
    /// An error of any class.
    pub fn new(class: ErrorClass, desc: impl Into<String>) -> Self {
        Error { class, desc: desc.into() }
    }

    /// The usual error.
    pub fn generic(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::GenericError, desc)
    }

    /// There is no such command, or not now.
    pub fn command_not_found(desc: impl Into<String>) -> Self {
        Self::new(ErrorClass::CommandNotFound, desc)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.class, self.desc)
    }
}

impl std::error::Error for Error {}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Error::generic(error.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::generic(error.to_string())
    }
}

/// The class of an [`Error`]. QEMU closed the set years ago: of the four classes that are not
/// `GenericError` only `CommandNotFound` is still given to new errors. A client must all the same
/// live with a class that it does not know.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorClass {
    /// Everything without a class of its own.
    GenericError,
    /// No such command, a disabled one, or one that needs negotiation first.
    CommandNotFound,
    /// A device is there, but not active.
    DeviceNotActive,
    /// No such device.
    DeviceNotFound,
    /// The host's KVM lacks something.
    KVMMissingCap,
    /// A class that this code does not know.
    Unrecognized(Box<str>),
}

impl ErrorClass {
    /// The class as on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            ErrorClass::GenericError => "GenericError",
            ErrorClass::CommandNotFound => "CommandNotFound",
            ErrorClass::DeviceNotActive => "DeviceNotActive",
            ErrorClass::DeviceNotFound => "DeviceNotFound",
            ErrorClass::KVMMissingCap => "KVMMissingCap",
            ErrorClass::Unrecognized(class) => class,
        }
    }
}

impl From<&str> for ErrorClass {
    fn from(class: &str) -> Self {
        match class {
            "GenericError" => ErrorClass::GenericError,
            "CommandNotFound" => ErrorClass::CommandNotFound,
            "DeviceNotActive" => ErrorClass::DeviceNotActive,
            "DeviceNotFound" => ErrorClass::DeviceNotFound,
            "KVMMissingCap" => ErrorClass::KVMMissingCap,
            other => ErrorClass::Unrecognized(other.into()),
        }
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
