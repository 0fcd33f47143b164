//! What derived code calls to read and write the members of an object one by one.

use super::{Flat, Members, ReadError, Wire, Writer};

impl Members<'_> {
    /// Takes the members of a type that stands inside this object.
    ///
    /// # Errors
    /// The first member that is missing or does not fit.
    pub fn flat<T: Flat>(&mut self) -> Result<T, ReadError> {
        T::read_members(self)
    }
}

// Not inlined: each is compiled for each type already, and would be once more for each member.
impl Writer {
    /// Writes a member that is always there.
    #[inline(never)]
    pub fn member<T: Wire>(&mut self, name: &str, value: &T) {
        self.key(name);
        value.write(self);
    }

    /// Writes a member unless it is absent.
    #[inline(never)]
    pub fn optional<T: Wire>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    /// Writes the members of a type that stands inside this object; reading it says that it has some.
    pub fn flat<T: Wire>(&mut self, value: &T) {
        value.write_members(self);
    }
}
