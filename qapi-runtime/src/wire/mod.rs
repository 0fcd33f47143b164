//! How values go over the wire: the traits that the derives implement, what they read from and the
//! errors they give. In: a [`Reader`] at a place in a complete message. Out: a typed value, or the
//! error that QEMU would give; and back into a [`Writer`]. Knows no envelope and no socket.

#[cfg(feature = "base64")]
mod base64;
mod container;
mod error;
mod kinds;
mod members;
mod object;
mod order;
mod policy;
mod primitive;
mod reader;
mod unrecognized;
mod value;

#[cfg(feature = "base64")]
pub use base64::Base64;
pub use error::ReadError;
pub use kinds::{Kind, Kinds};
pub use members::{Members, Tag};
pub use policy::Policy;
pub use primitive::Null;
pub use reader::{Elements, Entries, Reader};
pub use unrecognized::Unrecognized;

pub use crate::json::Writer;

/// A value of QAPI's type `any`: whatever JSON says. Keeps `i64`, `u64` and `f64` apart.
pub type Any = serde_json::Value;

/// The members of an object whose type does not say which members it has.
pub type Map = serde_json::Map<String, Any>;

/// A type that has a form on the wire. Derived for everything that a schema defines.
///
/// What is an object says what its members are, [`read_members`](Wire::read_members) and
/// [`write_members`](Wire::write_members), and leaves the rest as provided; anything else says what
/// it is as a whole, [`read`](Wire::read) and [`write`](Wire::write).
// One trait, where two would say it better: bindings of QEMU's monitor have eight hundred objects,
// and a second impl for each, to say that its members stand in braces, took a tenth of their check.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no form on the wire",
    label = "no QAPI type",
    note = "derive Object, Enum, Union, Alternate, Command or Event of qapi_runtime for it"
)]
pub trait Wire: Sized {
    /// The kinds of JSON value that a value of this type can be. An alternate tells its branches
    /// apart by them.
    const KINDS: Kinds;

    /// Reads a value.
    ///
    /// # Errors
    /// The first thing that does not fit, in QEMU's order and QEMU's words.
    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        let mut members = reader.members()?;
        let value = Self::read_members(&mut members)?;
        members.finish()?;
        Ok(value)
    }

    /// Writes the value.
    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        self.write_members(writer);
        writer.end_object();
    }

    /// Takes the type's own members out of an object and leaves the others.
    ///
    /// # Errors
    /// The first member that is missing or does not fit. What is no object cannot be read so.
    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        let _ = members;
        Err(ReadError::wrong_type("object"))
    }

    /// Writes the members into an object that has been begun; what is no object has none.
    fn write_members(&self, writer: &mut Writer) {
        let _ = writer;
    }
}

/// An object or a union: what has members, which can also stand inside a bigger object. A promise
/// that [`Wire::read_members`] and [`Wire::write_members`] are its own.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no members that could stand in an object",
    label = "no object and no union",
    note = "derive Object or Union of qapi_runtime for it"
)]
pub trait Flat: Wire {}

/// A command: the type of its arguments.
pub trait Command: Wire {
    /// Its name on the wire.
    const NAME: &'static str;
    /// Whether it may run out of band (`allow-oob`).
    const OUT_OF_BAND: bool = false;
    /// Whether success is answered (`success-response`).
    const SUCCESS_RESPONSE: bool = true;
    /// The capability without which it does not exist in a session.
    const CAPABILITY: Option<&'static str> = None;
    /// The schema's features: `deprecated` and `unstable` mean something to everyone.
    const FEATURES: &'static [&'static str] = &[];
    /// Since which version it is there, in the schema's words.
    const SINCE: Option<&'static str> = None;
    /// What it returns; `()` where the schema says nothing.
    type Returns: Wire;
}

/// An event: the type of its data.
pub trait Event: Wire {
    /// Its name on the wire.
    const NAME: &'static str;
    /// The capability without which it does not exist in a session.
    const CAPABILITY: Option<&'static str> = None;
    /// The schema's features: `deprecated` and `unstable` mean something to everyone.
    const FEATURES: &'static [&'static str] = &[];
    /// Since which version it is there, in the schema's words.
    const SINCE: Option<&'static str> = None;
}

/// Whatever can run a command: a blocking client answers with a result, an async one with a future.
pub trait Execute {
    /// What running a command gives.
    type Reply<'a, R: Wire>
    where
        Self: 'a,
        R: 'a;

    /// Runs a command.
    fn execute<'a, C: Command>(&'a self, command: C) -> Self::Reply<'a, C::Returns>
    where
        C::Returns: 'a;
}
