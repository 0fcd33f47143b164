//! Kinds of JSON value, and sets of them. Integers and other numbers are one kind, as for QEMU.

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `null`
    Null = 1,
    /// `true` or `false`
    Boolean = 2,
    /// Any number.
    Number = 4,
    /// A string.
    String = 8,
    /// `[…]`
    Array = 16,
    /// `{…}`
    Object = 32,
}

/// A set of kinds.
///
/// ```
/// use qapi_runtime::{Kinds, Wire};
///
/// const { assert!(!<String as Wire>::KINDS.overlaps(<u64 as Wire>::KINDS)) };
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub const NONE: Kinds = Kinds(0);
    /// Only `null`.
    pub const NULL: Kinds = Kinds::of(Kind::Null);
    /// Only booleans.
    pub const BOOLEAN: Kinds = Kinds::of(Kind::Boolean);
    /// Only numbers.
    pub const NUMBER: Kinds = Kinds::of(Kind::Number);
    /// Only strings; an enum is one too.
    pub const STRING: Kinds = Kinds::of(Kind::String);
    /// Only arrays.
    pub const ARRAY: Kinds = Kinds::of(Kind::Array);
    /// Only objects; a union is one too.
    pub const OBJECT: Kinds = Kinds::of(Kind::Object);
    /// Every kind.
    pub const ANY: Kinds = Kinds(63);

    /// The set of one kind.
    pub const fn of(kind: Kind) -> Kinds {
        Kinds(kind as u8)
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    /// Whether a kind is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & kind as u8 != 0
    }

    /// Whether some kind is in both sets.
    pub const fn overlaps(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }
}
