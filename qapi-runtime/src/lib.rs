//! What QAPI commands share, generated or written by hand: the wire, the protocol, clients and
//! servers.
//!
//! [`json`] turns bytes into complete messages, [`wire`] turns messages into typed values.

pub mod address;
pub mod blocking;
mod debug;
mod derives;
mod error;
mod events;
mod failure;
mod include;
pub mod json;
mod lock;
mod log;
pub mod loopback;
pub mod protocol;
#[cfg(feature = "serde")]
pub mod serde;
mod service;
mod timestamp;
pub mod transport;
pub mod wire;

pub use address::Address;
pub use debug::debug;
pub use error::{Error, ErrorClass, Result};
pub use events::{Events, event_data};
pub use failure::{CallError, CallFailure, ConnectError, EventError};
pub use log::{Log, Note};
pub use protocol::EventMessage;
pub use service::{
    Also, AsyncService, Availability, Call, Capabilities, CommandInfo, Delivery, Emitter,
    EventInfo, EventRecord, Gate, Outlet, Reply, Request, SchemaInfo, Service, Waiting,
};
pub use timestamp::Timestamp;

pub use derives::{Alternate, Command, Enum, Event, Object, Union};

#[cfg(feature = "base64")]
pub use wire::Base64;
pub use wire::{
    Any, Command, Event, Execute, Flat, Kind, Kinds, Map, Members, Null, Policy, ReadError, Reader,
    Tag, Unrecognized, Wire, Writer,
};
