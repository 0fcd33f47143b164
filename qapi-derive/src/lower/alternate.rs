//! The variants of an enum as the branches of an alternate.

use syn::ext::IdentExt;
use syn::{DeriveInput, Type, Variant};

use super::{payload, variants};
use crate::attribute::Attributes;
use crate::grammar::{Derive, Key};
use crate::mistake::Mistakes;
use crate::model::{Alternate, AlternateBranch, Common};
use crate::name;
use crate::ty::check_present;

/// An enum that derives `Alternate`.
pub(super) fn lower(
    mistakes: &mut Mistakes,
    common: Common,
    attributes: &Attributes,
    input: &DeriveInput,
) -> Alternate {
    let given = attributes.text(Key::Name).map(|text| name::written(mistakes, text));
    let name = given.unwrap_or_else(|| input.ident.unraw().to_string());
    let variants = variants::sort(mistakes, Derive::Alternate, input);
    let mut branches = Vec::new();
    for (variant, _) in &variants.known {
        if let Some(ty) = branch_type(mistakes, variant) {
            branches.push(AlternateBranch { ident: variant.ident.clone(), ty });
        }
    }
    Alternate { common, name, branches, unrecognized: variants.unrecognized }
}

/// The type of a branch: every one holds a value.
fn branch_type(mistakes: &mut Mistakes, variant: &Variant) -> Option<Type> {
    let Some(field) = payload(mistakes, &variant.fields) else {
        let help = format!("write `{}(Type)`; null is `qapi_runtime::Null`", variant.ident);
        mistakes.at(variant, "a branch of an alternate is one value", help);
        return None;
    };
    let help = "a branch that is null is one of its own: `Null(qapi_runtime::Null)`";
    check_present(mistakes, &field.ty, "the value of a branch", help);
    Some(field.ty.clone())
}
