//! What came of a command, ready for the wire: a value, an error, or silence.

use crate::error::Error;
use crate::{Wire, Writer};

/// The outcome of a command. Not generic: the value is bytes already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply(Outcome);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The text of the value behind `return`.
    Value(Vec<u8>),
    Error(Error),
    Nothing,
}

impl Reply {
    /// Success with a value.
    pub fn value<T: Wire>(value: &T) -> Self {
        let mut writer = Writer::new();
        value.write(&mut writer);
        Reply(Outcome::Value(writer.into_bytes()))
    }

    /// Failure.
    pub fn error(error: Error) -> Self {
        Reply(Outcome::Error(error))
    }

    /// Success of a command that does not answer then (`'success-response': false`).
    pub fn nothing() -> Self {
        Reply(Outcome::Nothing)
    }

    pub(crate) fn into_outcome(self) -> Outcome {
        self.0
    }
}

impl From<Error> for Reply {
    fn from(error: Error) -> Self {
        Reply::error(error)
    }
}
