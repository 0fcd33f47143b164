//! Which types have `Eq` and `Hash`: all but those that can hold a number with a fraction, JSON of
//! any form, or a union's branch that this code does not know, which is JSON of any form too.

use std::collections::HashSet;

use super::inside;
use crate::schema::Schema;
use crate::schema::types::{Builtin, Type, TypeId};

/// The types that have neither.
pub(super) fn inexact(schema: &Schema) -> HashSet<TypeId> {
    inside::having(schema, |ty| match ty {
        Type::Builtin(builtin) => matches!(builtin, Builtin::Number | Builtin::Any),
        Type::Object(object) => object.branches.is_some(),
        Type::Alternate(_) => true,
        Type::Enum(_) | Type::Array(_) => false,
    })
}
