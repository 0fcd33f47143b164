//! JSON as QEMU speaks it: bytes become complete messages, and values become bytes.
//!
//! In: bytes in pieces of any size. Out: one [`Frame`] for every message or error that QEMU would
//! see in them, with QEMU's error texts, limits and recovery ([`Decoder`]); and QEMU's output format
//! ([`Writer`]). A message is lexed once, into a flat index over its text ([`Document`]); typed
//! values are read from that by `wire`. Knows no command, no schema and no socket.

mod decoder;
mod document;
mod duplicate;
mod error;
mod framing;
mod lexer;
mod node;
mod number;
mod parser;
mod string;
mod unicode;
mod walk;
mod writer;

pub use decoder::{Decoder, Frame, Limits};
pub use document::Document;
pub use error::SyntaxError;
pub use writer::Writer;

pub(crate) use duplicate::bit;
pub(crate) use node::{Node, NodeKind, mark};
pub(crate) use number::AnyNumber;
pub(crate) use walk::{Event, Walk};
