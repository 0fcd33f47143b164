//! The variants of an enum as the values of an enumeration.

use syn::{DeriveInput, Fields, Variant};

use super::{payload, variants};
use crate::grammar::{Derive, Key};
use crate::mistake::Mistakes;
use crate::model::{Common, Enum, EnumValue};
use crate::name::{self, Names};

/// An enum that derives `Enum`.
pub(super) fn lower(mistakes: &mut Mistakes, common: Common, input: &DeriveInput) -> Enum {
    let variants = variants::sort(mistakes, Derive::Enum, input);
    let mut values = Vec::new();
    let mut names = Names::default();
    for (variant, attributes) in &variants.known {
        check_unit(mistakes, variant);
        let given = attributes.text(Key::Name);
        let name = name::variant(mistakes, given, &variant.ident);
        names.add(mistakes, &name, &variant.ident, given);
        values.push(EnumValue { ident: variant.ident.clone(), name });
    }
    Enum { common, values, unrecognized: variants.unrecognized }
}

fn check_unit(mistakes: &mut Mistakes, variant: &Variant) {
    if matches!(variant.fields, Fields::Unit) {
        return;
    }
    payload(mistakes, &variant.fields);
    mistakes.at(
        &variant.fields,
        "a value of an enum is a name and nothing else",
        "variants that hold something derive `Union` or `Alternate`; the one for names that this \
         code does not know is `#[qapi(unrecognized)] Unrecognized(Box<str>)`",
    );
}
