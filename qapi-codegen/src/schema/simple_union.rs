//! Unions of dialect qemu-5.2 that have no tag of their own: on the wire `{ "type": BRANCH, "data":
//! … }`. They become what later releases write out: an object with a tag `type` of an enum that
//! lists the branches, each branch an object around the type it names.

use super::declare::{implicit_name, reference_name, tag_enum_name};
use super::fill::{Ids, common, plain_member};
use super::types::{
    Branch, Branches, Common, Condition, Enum, EnumValue, Object, Origin, Type, TypeId,
};
use crate::expr::definition::{self as written, Definition};
use crate::source::Spanned;

/// The union itself.
pub(super) fn union(
    ids: Ids<'_>,
    definition: &Definition,
    common: Common,
    union: &written::SimpleUnion,
) -> Object {
    let tag_type = ids.named(&tag_enum_name(&definition.name));
    let tag = plain_member("type", tag_type, definition.name.span);
    let case = |branch: &written::Branch| Branch {
        name: branch.name.value.clone(),
        span: Some(branch.name.span),
        ty: ids.named(&implicit_name(&reference_name(&branch.ty), Origin::Wrapper)),
        condition: branch.condition.clone(),
        missing_in: Vec::new(),
    };
    let cases = union.branches.iter().map(case).collect();
    let branches = Some(Branches { tag: tag.name.clone(), tag_type, cases });
    Object { common, origin: Origin::Union, base: None, members: vec![tag], branches }
}

/// The tag's type.
pub(super) fn tag_enum(definition: &Definition) -> Enum {
    let value = |branch: &written::Branch| EnumValue {
        name: branch.name.value.clone(),
        span: Some(branch.name.span),
        condition: branch.condition.clone(),
        features: Vec::new(),
        missing_in: Vec::new(),
    };
    let common = Common {
        name: tag_enum_name(&definition.name),
        features: Vec::new(),
        ..common(definition, None)
    };
    Enum { common, values: definition.kind.branches().iter().map(value).collect(), prefix: None }
}

/// The object around the type of that name, which unions share.
pub(super) fn wrapper(ids: Ids<'_>, definition: &Definition, inside: &Spanned<String>) -> Object {
    let common = Common {
        name: implicit_name(inside, Origin::Wrapper),
        features: Vec::new(),
        condition: None,
        ..common(definition, None)
    };
    let members = vec![plain_member("data", ids.named(inside), inside.span)];
    Object { common, origin: Origin::Wrapper, base: None, members, branches: None }
}

/// A wrapper exists where what it wraps does. QEMU's generator knows that only of types that are
/// there before the first union that wraps them.
pub(super) fn set_conditions(types: &mut [Type]) {
    let condition = |id: TypeId| types.get(id.0 as usize)?.common()?.condition.clone();
    let wrapped = |(index, ty): (usize, &Type)| -> Option<(usize, Condition)> {
        let object = ty.as_object().filter(|object| object.origin == Origin::Wrapper)?;
        let inside = object.members.first()?.ty;
        let condition = match types.get(inside.0 as usize)? {
            _ if inside.0 as usize > index => None,
            Type::Array(array) => condition(array.element),
            _ => condition(inside),
        };
        Some((index, condition?))
    };
    let conditions: Vec<_> = types.iter().enumerate().filter_map(wrapped).collect();
    for (index, condition) in conditions {
        if let Type::Object(object) = &mut types[index] {
            object.common.condition = Some(condition);
        }
    }
}
