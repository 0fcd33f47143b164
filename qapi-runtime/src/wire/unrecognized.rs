//! The branch of a union that this code does not know: nothing lost, written back as it came.

use super::{Map, Members, Wire, Writer};

/// A union's branch that this code does not know.
#[derive(Clone, Debug, PartialEq)]
pub struct Unrecognized {
    /// The tag's value.
    pub tag: String,
    /// All members that neither the base nor the tag took.
    pub members: Map,
}

impl Unrecognized {
    /// Takes what is left of an object whose tag has the value `tag`.
    pub fn read(tag: impl Into<String>, members: &mut Members<'_>) -> Self {
        Unrecognized { tag: tag.into(), members: members.rest() }
    }

    /// Writes tag and members into an object that has been begun. `name` is the tag's name.
    pub fn write_members(&self, name: &str, writer: &mut Writer) {
        writer.key(name);
        writer.string(&self.tag);
        self.members.write_members(writer);
    }
}
