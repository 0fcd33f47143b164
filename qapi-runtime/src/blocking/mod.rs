//! Clients and servers that wait: threads and the standard library, nothing else. They drive
//! `protocol` and know no protocol themselves.

mod caller;
mod client;
mod connection;
mod conversation;
mod events;
mod exchange;
mod options;
mod server;
mod stop;
mod stream;

pub use caller::Caller;
pub use client::Client;
pub(crate) use conversation::{Conversation, Wake};
pub use options::Options;
pub use server::{Config, Connections, Server};
pub use stop::Stopper;
pub use stream::{EventStream, Stamped};
