//! Which types two schemas have in common: of one name and alike in all that is on the wire and in
//! generated code, down to the last type that they refer to. QEMU's storage daemon includes half of
//! the monitor's schema.

use std::collections::HashMap;

use super::types::{Branch, Branches, Common, EnumValue, Feature, Member, Type, TypeId};
use super::{Schema, inside};

/// The types of `ours` that `theirs` has as well, in the order of `ours`, each with its id in
/// `theirs`. A type whose name is not wanted is not among them, nor what refers to it.
pub fn types(
    ours: &Schema,
    theirs: &Schema,
    is_wanted: &dyn Fn(&str) -> bool,
) -> Vec<(TypeId, TypeId)> {
    let names: HashMap<&str, TypeId> = theirs.types().map(|(id, ty)| (ty.name(), id)).collect();
    let both = Both { ours, theirs };
    let is_different = |_, ty: &Type| {
        let other = names.get(ty.name()).filter(|_| is_wanted(ty.name()));
        other.is_none_or(|other| !both.are_alike(ty, theirs.ty(*other)))
    };
    let different = inside::having(ours, is_different);
    let alike = ours.types().filter(|(id, _)| !different.contains(id));
    alike.map(|(id, ty)| (id, names[ty.name()])).collect()
}

/// Two schemas, whose types are compared one by one; what they refer to, by its name.
struct Both<'a> {
    ours: &'a Schema,
    theirs: &'a Schema,
}

impl Both<'_> {
    fn are_alike(&self, one: &Type, other: &Type) -> bool {
        match (one, other) {
            (Type::Builtin(one), Type::Builtin(other)) => one == other,
            (Type::Array(one), Type::Array(other)) => self.refer(one.element, other.element),
            (Type::Enum(one), Type::Enum(other)) => {
                commons(&one.common, &other.common) && each(&one.values, &other.values, values)
            }
            (Type::Object(one), Type::Object(other)) => {
                commons(&one.common, &other.common)
                    && one.origin == other.origin
                    && optional(one.base, other.base, |one, other| self.refer(one, other))
                    && each(&one.members, &other.members, |one, other| self.members(one, other))
                    && optional(one.branches.as_ref(), other.branches.as_ref(), |one, other| {
                        self.branches(one, other)
                    })
            }
            (Type::Alternate(one), Type::Alternate(other)) => {
                commons(&one.common, &other.common)
                    && each(&one.branches, &other.branches, |one, other| self.cases(one, other))
            }
            _ => false,
        }
    }

    fn refer(&self, one: TypeId, other: TypeId) -> bool {
        self.ours.name_of(one) == self.theirs.name_of(other)
    }

    fn members(&self, one: &Member, other: &Member) -> bool {
        one.name == other.name
            && one.optional == other.optional
            && one.condition == other.condition
            && one.capability == other.capability
            && one.missing_in == other.missing_in
            && each(&one.features, &other.features, features)
            && self.refer(one.ty, other.ty)
    }

    fn branches(&self, one: &Branches, other: &Branches) -> bool {
        one.tag == other.tag
            && self.refer(one.tag_type, other.tag_type)
            && each(&one.cases, &other.cases, |one, other| self.cases(one, other))
    }

    fn cases(&self, one: &Branch, other: &Branch) -> bool {
        one.name == other.name
            && one.condition == other.condition
            && one.missing_in == other.missing_in
            && self.refer(one.ty, other.ty)
    }
}

fn commons(one: &Common, other: &Common) -> bool {
    one.condition == other.condition
        && one.missing_in == other.missing_in
        && each(&one.features, &other.features, features)
}

fn values(one: &EnumValue, other: &EnumValue) -> bool {
    one.name == other.name
        && one.condition == other.condition
        && one.missing_in == other.missing_in
        && each(&one.features, &other.features, features)
}

fn features(one: &Feature, other: &Feature) -> bool {
    one.name == other.name && one.condition == other.condition
}

fn each<T>(ours: &[T], theirs: &[T], are_alike: impl Fn(&T, &T) -> bool) -> bool {
    ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(one, other)| are_alike(one, other))
}

fn optional<T>(one: Option<T>, other: Option<T>, are_alike: impl Fn(T, T) -> bool) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => are_alike(one, other),
        (None, None) => true,
        _ => false,
    }
}
