//! QMP and the guest agent's protocol without a socket and without a clock.
//!
//! [`Server`] and [`Client`] take bytes and give bytes, and say what is to be done: run a command,
//! look at a reply. Everything here can be tried with byte slices. `blocking` drives them with
//! sockets, `loopback` without. What the two ends say to each other is told in ARCHITECTURE.md,
//! "Capability negotiation", and shown by tests/conversations; `handshake` has the names.

mod calls;
mod client;
mod client_config;
mod config;
mod envelope;
mod gate;
pub mod handshake;
mod lane;
mod learnt;
mod message;
mod outgoing;
mod output;
mod server;
mod session;
mod sync;
mod task;
mod version;

pub use calls::{Answer, CallId, IN_FLIGHT, Order};
pub use client::{CallRefused, Client, ClientEvent};
pub use client_config::{ClientConfig, Expect, Unsynced};
pub use config::{Config, Negotiation, Protocol};
pub use handshake::HANDSHAKE;
pub use lane::Lane;
pub use learnt::{Handshake, Level, SyncForm};
pub use message::{EventMessage, ReplyMessage};
pub use server::{OUTPUT_BOUND, Server, ServerEvent};
pub use task::{Finished, Task};
pub use version::{Version, VersionError};
