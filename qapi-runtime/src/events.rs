//! All events of a schema as one type: an event's name and data come in, a value goes out.

use crate::protocol::EventMessage;
use crate::service::empty_object;
use crate::{Event, Policy, ReadError, Reader, Unrecognized};

/// The events of a schema, one variant each. Generated as `Event`.
pub trait Events: Sized {
    /// Reads an event of any name; `data` is `None` where the event has none.
    ///
    /// # Errors
    /// Where in the data something is missing or of another type.
    fn read(name: &str, data: Option<Reader<'_>>) -> Result<Self, ReadError>;
}

/// Reads the data of one event. No data is an empty object, as QMP leaves that out.
///
/// # Errors
/// Where in the data something is missing or of another type.
pub fn event_data<E: Event>(data: Option<Reader<'_>>) -> Result<E, ReadError> {
    E::read(data.unwrap_or_else(|| empty_object(Policy::Tolerant)))
}

impl EventMessage {
    /// Reads it as whichever event of a schema it is.
    ///
    /// # Errors
    /// Where in the data something is missing or of another type.
    pub fn read_any<E: Events>(&self) -> Result<E, ReadError> {
        E::read(self.name(), self.data())
    }
}

impl Unrecognized {
    /// Keeps an event that this code does not know.
    ///
    /// # Errors
    /// That its data is no object.
    pub fn event(name: &str, data: Option<Reader<'_>>) -> Result<Self, ReadError> {
        let mut members = data.unwrap_or_else(|| empty_object(Policy::Tolerant)).members()?;
        Ok(Unrecognized::read(name, &mut members))
    }
}
