//! A member that has one type in a newer and another in an older version → a type for both.

use super::Merge;
use crate::schema::Schema;
use crate::schema::types::{Builtin, Type, TypeId};

/// What a value of a type is in JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    /// One of several, or any.
    Several,
}

impl Kind {
    pub(super) fn of(schema: &Schema, id: TypeId) -> Kind {
        match schema.ty(id) {
            Type::Builtin(Builtin::Str) | Type::Enum(_) => Kind::String,
            Type::Builtin(Builtin::Bool) => Kind::Boolean,
            Type::Builtin(Builtin::Null) => Kind::Null,
            Type::Builtin(Builtin::Any) | Type::Alternate(_) => Kind::Several,
            Type::Builtin(_) => Kind::Number,
            Type::Array(_) => Kind::Array,
            Type::Object(_) => Kind::Object,
        }
    }
}

impl Merge<'_> {
    /// The type of what is `new` in `so_far` and `old` in the older version. Where both are known
    /// to mean the same they become a pair; where nothing narrower has both it is `any`.
    pub(super) fn joined(&mut self, new: TypeId, old: TypeId) -> TypeId {
        match (self.so_far.ty(new), self.older.ty(old)) {
            (Type::Builtin(ours), Type::Builtin(theirs)) => self.builtin(wider(*ours, *theirs)),
            (Type::Enum(_), Type::Enum(_))
            | (Type::Object(_), Type::Object(_))
            | (Type::Alternate(_), Type::Alternate(_)) => {
                self.pair(new, old);
                new
            }
            (Type::Array(ours), Type::Array(theirs)) => {
                let element = ours.element;
                let joined = self.joined(element, theirs.element);
                if joined == element { new } else { self.array_of(joined) }
            }
            // An enum keeps the values that it does not know, so it has all strings.
            (Type::Enum(_), Type::Builtin(Builtin::Str)) => new,
            (Type::Builtin(Builtin::Str), Type::Enum(_)) => new,
            (Type::Alternate(_), _) => {
                self.pair_branch(new, old);
                new
            }
            (_, Type::Alternate(_)) => {
                let alternate = self.import(old);
                self.join_branch(alternate, new)
            }
            _ => self.builtin(Builtin::Any),
        }
    }

    /// An alternate of today and one of its types in the older version.
    fn pair_branch(&mut self, alternate: TypeId, old: TypeId) {
        let kind = Kind::of(self.older, old);
        let branches = self.alternate_branches(alternate);
        let same = branches.iter().position(|branch| Kind::of(&self.so_far, branch.ty) == kind);
        match same {
            Some(index) => {
                let joined = self.joined(branches[index].ty, old);
                self.set_alternate_branch(alternate, index, joined);
            }
            None => {
                let branch = self.branch_of(old);
                self.add_alternate_branch(alternate, &branch);
            }
        }
    }

    /// One of the types of an alternate that only the older version has, and today's.
    fn join_branch(&mut self, alternate: TypeId, new: TypeId) -> TypeId {
        // It is filled by now or soon; in the first case its branches can be looked at.
        self.types_of_imports();
        let kind = Kind::of(&self.so_far, new);
        let branches = self.alternate_branches(alternate);
        match branches.iter().position(|branch| Kind::of(&self.so_far, branch.ty) == kind) {
            Some(index) => {
                self.set_alternate_branch(alternate, index, new);
                alternate
            }
            None => self.builtin(Builtin::Any),
        }
    }

    pub(super) fn builtin(&self, builtin: Builtin) -> TypeId {
        self.so_far.find_type(builtin.name()).expect("every schema has the built-in types")
    }
}

/// The built-in type that has the values of both.
fn wider(new: Builtin, old: Builtin) -> Builtin {
    if new == old {
        return new;
    }
    match (rank(new), rank(old)) {
        (Some(ours), Some(theirs)) if ours == theirs => new,
        (Some((true, ours)), Some((true, theirs))) => unsigned(ours.max(theirs)),
        (Some((ours_unsigned, ours)), Some((theirs_unsigned, theirs))) => {
            // A signed type has half the room for what an unsigned one of the same size has.
            let room =
                |unsigned: bool, bits: u8| if unsigned { bits.saturating_mul(2) } else { bits };
            signed(room(ours_unsigned, ours).max(room(theirs_unsigned, theirs)))
        }
        (Some(_), None) if old == Builtin::Number => Builtin::Number,
        (None, Some(_)) if new == Builtin::Number => Builtin::Number,
        _ => Builtin::Any,
    }
}

/// Of an integer: whether it is unsigned, and how many bits it has.
fn rank(builtin: Builtin) -> Option<(bool, u8)> {
    match builtin {
        Builtin::Int | Builtin::Int64 => Some((false, 64)),
        Builtin::Int8 => Some((false, 8)),
        Builtin::Int16 => Some((false, 16)),
        Builtin::Int32 => Some((false, 32)),
        Builtin::Uint8 => Some((true, 8)),
        Builtin::Uint16 => Some((true, 16)),
        Builtin::Uint32 => Some((true, 32)),
        Builtin::Uint64 | Builtin::Size => Some((true, 64)),
        Builtin::Str | Builtin::Number | Builtin::Bool | Builtin::Null | Builtin::Any => None,
    }
}

fn unsigned(bits: u8) -> Builtin {
    match bits {
        0..=8 => Builtin::Uint8,
        9..=16 => Builtin::Uint16,
        17..=32 => Builtin::Uint32,
        _ => Builtin::Uint64,
    }
}

/// Nothing has the values of both `int` and `uint64`; servers that say `int` mean small ones.
fn signed(bits: u8) -> Builtin {
    match bits {
        0..=8 => Builtin::Int8,
        9..=16 => Builtin::Int16,
        17..=32 => Builtin::Int32,
        33..=64 => Builtin::Int,
        _ => Builtin::Uint64,
    }
}
