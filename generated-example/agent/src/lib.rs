//! A guest agent for Linux: what a host asks of the guests that it runs, answered.
//!
//! The commands and their types come from `schema/agent.json`, by build.rs; they are in [`schema`].
//! [`Agent`] has one method for each command and hands it to the module that knows how: [`system`],
//! [`network`] and [`filesystems`] read what the guest says of itself below a [`Host`], [`files`] and
//! [`processes`] keep what clients opened and started, [`power`] shuts down. Framing, sessions and
//! negotiation are `qapi_runtime`'s. The program `qapi-agent` adds a command line.
//!
//! An agent inside another program, which cannot turn the machine off:
//!
//! ```no_run
//! use qapi_agent::power::Recording;
//! use qapi_agent::{Agent, Config};
//! use qapi_runtime::blocking::{self, Server};
//!
//! let agent = Agent::new(Config::new(Recording::default()));
//! let mut server = Server::new(agent.into_service(), blocking::Config::default());
//! server.listen(&"unix:/tmp/agent.sock".parse()?)?;
//! server.run()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod access;
mod agent;
mod base64;
mod failure;
pub mod files;
pub mod filesystems;
mod host;
pub mod network;
pub mod power;
pub mod processes;
mod service;
pub mod system;

/// The schema in Rust: types, [`schema::commands`], [`schema::events`].
pub mod schema {
    qapi_runtime::include_schema!("agent");
}

pub use access::Access;
pub use agent::{Agent, Config};
pub use host::Host;
pub use service::AgentService;

use qapi_runtime::protocol::Version;

/// The version of this crate, which agents report unless told otherwise.
pub fn version() -> Version {
    env!("CARGO_PKG_VERSION").parse().unwrap_or_default()
}
