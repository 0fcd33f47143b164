//! What each stage made of a schema, as text for people and for comparing.
//!
//! In: the stage's product; of the two that nobody keeps, tokens and syntax, the sources, from which
//! they are made again. Out: text, one thing a line, with its place. The text is for looking
//! at, and for telling two schemas or two versions of this crate apart; only [`qemu`] is a format
//! that somebody else defines.

mod ast;
mod definitions;
mod lines;
mod place;
mod qemu;
mod schema;
mod tokens;

pub use ast::ast;
pub use definitions::definitions;
pub use qemu::qemu;
pub use schema::schema;
pub use tokens::tokens;
