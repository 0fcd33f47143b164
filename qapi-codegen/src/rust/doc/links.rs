//! Names in descriptions → links to what is generated for them.

use super::super::bindings::Bindings;
use super::super::rest::References;
use super::super::ty::Seat;

/// Derives that every program sees: a type of that name must say that the type is meant.
const DERIVES: &[&str] =
    &["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Links from one place.
pub(super) struct Links<'a> {
    pub(super) bindings: &'a Bindings<'a>,
    pub(super) seat: Seat,
}

impl References for Links<'_> {
    fn definition(&self, name: &str) -> Option<String> {
        let (module, ident) = self.bindings.path_of(name)?;
        let ident = ident.to_string();
        let path = match (self.seat, module) {
            (Seat::Root, None) => ident,
            (Seat::Root, Some(module)) => format!("{module}::{ident}"),
            (Seat::Commands, Some("commands")) | (Seat::Events, Some("events")) => ident,
            (Seat::Commands | Seat::Events, None) => format!("super::{ident}"),
            (Seat::Commands | Seat::Events, Some(module)) => format!("super::{module}::{ident}"),
        };
        Some(match () {
            () if DERIVES.contains(&path.as_str()) => format!("[`{name}`](type@{path})"),
            () if path == name => format!("[`{name}`]"),
            () => format!("[`{name}`]({path})"),
        })
    }

    /// Members have no capital letters but for a few; what does is meant to be a type.
    fn member(&self, name: &str) -> Option<String> {
        self.bindings.schema.find_type(name).and_then(|_| self.definition(name))
    }
}
