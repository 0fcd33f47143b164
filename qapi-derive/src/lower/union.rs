//! The variants of an enum as the branches of a union.

use syn::{DeriveInput, Fields, Type, Variant};

use super::{payload, variants};
use crate::attribute::Attributes;
use crate::grammar::{Derive, Key};
use crate::mistake::Mistakes;
use crate::model::{Common, Union, UnionBranch};
use crate::name::{self, Names};
use crate::ty::check_present;

/// An enum that derives `Union`.
pub(super) fn lower(
    mistakes: &mut Mistakes,
    common: Common,
    attributes: &Attributes,
    input: &DeriveInput,
) -> Union {
    let tag = attributes.text(Key::Tag).map(|text| name::written(mistakes, text));
    let variants = variants::sort(mistakes, Derive::Union, input);
    let mut branches = Vec::new();
    let mut names = Names::default();
    for (variant, attributes) in &variants.known {
        let given = attributes.text(Key::Name);
        let name = name::variant(mistakes, given, &variant.ident);
        names.add(mistakes, &name, &variant.ident, given);
        let ty = branch_type(mistakes, variant);
        branches.push(UnionBranch { ident: variant.ident.clone(), name, ty });
    }
    Union { common, tag: tag.unwrap_or_default(), branches, unrecognized: variants.unrecognized }
}

/// The type that has a branch's members.
fn branch_type(mistakes: &mut Mistakes, variant: &Variant) -> Option<Type> {
    let field = payload(mistakes, &variant.fields);
    if field.is_none() && !matches!(variant.fields, Fields::Unit) {
        let ident = &variant.ident;
        let help = format!("make the members a struct and name it: `{ident}(TheStruct)`");
        mistakes.at(&variant.fields, "a branch of a union is one object", help);
    }
    let ty = &field?.ty;
    let help = "a branch without members is a variant that holds nothing";
    check_present(mistakes, ty, "the object of a branch", help);
    Some(ty.clone())
}
