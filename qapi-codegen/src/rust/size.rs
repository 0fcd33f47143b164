//! How large types are in Rust, about: an enum holds a large type in a `Box`, so that its other
//! values need not be as large.

use std::collections::HashMap;

use crate::schema::Schema;
use crate::schema::types::{Branch, Builtin, Member, Object, Type, TypeId};

/// From how many bytes on a type is large. Clippy's `large_enum_variant` has the same bound.
const LARGE: usize = 200;

/// Chains of types that hold each other in place deeper than this count as large; nobody writes
/// them, and looking at them recurses.
const DEEPEST: usize = 64;

const POINTER: usize = 8;
const BUFFER: usize = 3 * POINTER;

/// The size of every type, about, in bytes.
pub(super) struct Sizes {
    sizes: HashMap<TypeId, usize>,
}

impl Sizes {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut sizes = Sizes { sizes: HashMap::new() };
        for (id, _) in schema.types() {
            sizes.measure(schema, id, 0);
        }
        sizes
    }

    pub(super) fn is_large(&self, id: TypeId) -> bool {
        self.sizes.get(&id).is_some_and(|&size| size >= LARGE)
    }

    fn measure(&mut self, schema: &Schema, id: TypeId, depth: usize) -> usize {
        if let Some(&size) = self.sizes.get(&id) {
            return size;
        }
        if depth > DEEPEST {
            return LARGE;
        }
        // Whatever leads back here is behind a pointer.
        self.sizes.insert(id, POINTER);
        let size = match schema.ty(id) {
            Type::Builtin(builtin) => builtin_size(*builtin),
            Type::Enum(_) | Type::Array(_) => BUFFER,
            Type::Object(object) => self.object(schema, id, object, depth + 1),
            Type::Alternate(alternate) => self.largest(schema, &alternate.branches, depth + 1),
        };
        self.sizes.insert(id, size);
        size
    }

    fn object(&mut self, schema: &Schema, id: TypeId, object: &Object, depth: usize) -> usize {
        let members = schema.members_flattened(id);
        let size = members.iter().map(|member| self.member(schema, member, depth)).sum::<usize>();
        match &object.branches {
            // The tag is counted as a member already.
            Some(branches) => size + self.largest(schema, &branches.cases, depth),
            None => size,
        }
    }

    fn member(&mut self, schema: &Schema, member: &Member, depth: usize) -> usize {
        let size = self.measure(schema, member.ty, depth);
        match schema.ty(member.ty) {
            // A number has no value to spare for being absent.
            Type::Builtin(Builtin::Str | Builtin::Bool | Builtin::Any) => size,
            Type::Builtin(_) if member.optional => 2 * size,
            _ => size,
        }
    }

    fn largest(&mut self, schema: &Schema, branches: &[Branch], depth: usize) -> usize {
        let sizes = branches.iter().map(|branch| match self.measure(schema, branch.ty, depth) {
            LARGE.. => POINTER,
            size => size,
        });
        POINTER + sizes.max().unwrap_or(0)
    }
}

fn builtin_size(builtin: Builtin) -> usize {
    match builtin {
        Builtin::Null => 0,
        Builtin::Bool | Builtin::Int8 | Builtin::Uint8 => 1,
        Builtin::Int16 | Builtin::Uint16 => 2,
        Builtin::Int32 | Builtin::Uint32 => 4,
        Builtin::Number | Builtin::Int | Builtin::Int64 | Builtin::Uint64 | Builtin::Size => 8,
        Builtin::Str => BUFFER,
        Builtin::Any => BUFFER + POINTER,
    }
}
