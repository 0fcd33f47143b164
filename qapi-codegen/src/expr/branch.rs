//! Branches of unions and alternates: a name and a type.

use super::condition;
use super::context::{Context, Part};
use super::definition::{Branch, TypeRef};
use super::keys::{Keys, check_keys};
use super::name::{self, Named, Permit};
use super::reference;
use crate::ast::{self, Object, Value};
use crate::dialect::Dialect;

const KEYS: Keys = Keys { required: &["type"], optional: &["if"] };

/// What the branches belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A union: names are values of the tag's enum, types are objects.
    Union,
    /// A union whose base has no member that could be the tag; up to 7.2, QEMU's generator finds
    /// that out before it minds an array.
    UnionWithoutBase,
    /// A union without a tag (5.2): names are the branches' own, types are anything.
    SimpleUnion,
    /// An alternate: the same.
    Alternate,
}

/// The branches that `data` lists; those that are wrong are left out.
pub(super) fn branches(cx: &mut Context<'_>, data: &Object, owner: Owner) -> Vec<Branch> {
    data.members.iter().filter_map(|written| branch(cx, written, owner)).collect()
}

fn branch(cx: &mut Context<'_>, written: &ast::Member, owner: Owner) -> Option<Branch> {
    let name = written.name.clone();
    let part = Part::Member("data", &written.name);
    // Since 6.0 the names of a union's branches are left to the check that the tag has them.
    let is_union = matches!(owner, Owner::Union | Owner::UnionWithoutBase);
    if !is_union || cx.dialect == Dialect::Qemu5_2 {
        let named = Named::plain(&name);
        name::check_lower(cx, named, part, Permit::NOTHING);
    }
    let Value::Object(object) = &written.value else {
        let ty = branch_type(cx, &written.value, part, owner)?;
        return Some(Branch { name, ty, condition: None });
    };
    check_keys(cx, object, part, &KEYS);
    let condition = condition::of(cx, object, part);
    let ty = branch_type(cx, object.get("type")?, part, owner)?;
    Some(Branch { name, ty, condition })
}

fn branch_type(
    cx: &mut Context<'_>,
    value: &Value,
    part: Part<'_>,
    owner: Owner,
) -> Option<TypeRef> {
    match owner {
        Owner::Alternate if cx.dialect > Dialect::Qemu5_2 => {
            reference::name_or_array(cx, value, part)
        }
        Owner::UnionWithoutBase if cx.dialect == Dialect::Qemu7_2 => {
            reference::name_or_array(cx, value, part)
        }
        Owner::SimpleUnion => reference::name_or_array(cx, value, part),
        Owner::Union | Owner::UnionWithoutBase | Owner::Alternate => {
            reference::name(cx, value, part).map(TypeRef::Name)
        }
    }
}
