//! The variants of an enum, whatever it derives: those that are known by name or by kind, and the one
//! for everything that is not.

use syn::{Data, DeriveInput, Ident, Variant};

use super::{payload, wrong_item};
use crate::attribute::{self, Attributes};
use crate::grammar::{Derive, Key, Site};
use crate::mistake::Mistakes;
use crate::model::Unrecognized;

/// The variants of an enum.
pub(super) struct Variants<'a> {
    /// Each with its attributes, in order.
    pub(super) known: Vec<(&'a Variant, Attributes)>,
    /// The variant for what this code does not know.
    pub(super) unrecognized: Option<Unrecognized>,
}

/// Sorts the variants of an enum; anything but an enum is a mistake.
pub(super) fn sort<'a>(
    mistakes: &mut Mistakes,
    derive: Derive,
    input: &'a DeriveInput,
) -> Variants<'a> {
    let mut variants = Variants { known: Vec::new(), unrecognized: None };
    match &input.data {
        Data::Enum(data) => {
            for variant in &data.variants {
                variants.add(mistakes, derive, variant);
            }
            check_inhabited(mistakes, derive, &input.ident, &variants);
        }
        Data::Struct(data) => wrong_item(mistakes, derive, data.struct_token),
        Data::Union(data) => wrong_item(mistakes, derive, data.union_token),
    }
    variants
}

impl<'a> Variants<'a> {
    fn add(&mut self, mistakes: &mut Mistakes, derive: Derive, variant: &'a Variant) {
        let attributes = attribute::read(mistakes, &variant.attrs, site(derive), &variant.ident);
        check_not_ours(mistakes, derive, &variant.ident);
        if attributes.has(Key::Unrecognized) {
            self.add_unrecognized(mistakes, derive, variant);
        } else {
            self.known.push((variant, attributes));
        }
    }

    /// There is one at most, and it holds what was read.
    fn add_unrecognized(&mut self, mistakes: &mut Mistakes, derive: Derive, variant: &Variant) {
        let ident = &variant.ident;
        let Some(field) = payload(mistakes, &variant.fields) else {
            let message = "the variant for what is not recognized holds what was read";
            mistakes.at(ident, message, format!("write `{ident}({})`", held(derive)));
            return;
        };
        if let Some(first) = &self.unrecognized {
            let message = format!("`{}` and `{ident}` are both `unrecognized`", first.ident);
            mistakes.at(ident, message, "keep one of them");
        }
        self.unrecognized = Some(Unrecognized { ident: ident.clone(), ty: field.ty.clone() });
    }
}

fn site(derive: Derive) -> Site {
    match derive {
        Derive::Union => Site::UnionBranch,
        Derive::Alternate => Site::AlternateBranch,
        Derive::Enum | Derive::Object | Derive::Command | Derive::Event => Site::EnumValue,
    }
}

/// What the variant for the unknown holds.
fn held(derive: Derive) -> &'static str {
    match derive {
        Derive::Union => "qapi_runtime::Unrecognized",
        Derive::Alternate => "qapi_runtime::Any",
        Derive::Enum | Derive::Object | Derive::Command | Derive::Event => "Box<str>",
    }
}

/// `Self::NAMES` is the variant where there is one, and the derive means the constant.
fn check_not_ours(mistakes: &mut Mistakes, derive: Derive, ident: &Ident) {
    let taken = match derive {
        Derive::Enum => ident == "NAMES",
        Derive::Union => ident == "NAMES" || ident == "TAG",
        Derive::Alternate | Derive::Object | Derive::Command | Derive::Event => false,
    };
    if taken {
        mistakes.at(
            ident,
            format!("`{ident}` is a constant that the derive adds"),
            format!("call the variant otherwise, and say `#[qapi(name = \"{ident}\")]`"),
        );
    }
}

/// Without variants there is no value to read or write.
fn check_inhabited(
    mistakes: &mut Mistakes,
    derive: Derive,
    ident: &Ident,
    variants: &Variants<'_>,
) {
    let enough = match derive {
        Derive::Enum => !variants.known.is_empty() || variants.unrecognized.is_some(),
        Derive::Union | Derive::Alternate => !variants.known.is_empty(),
        Derive::Object | Derive::Command | Derive::Event => true,
    };
    if !enough {
        let (message, help) = match derive {
            Derive::Enum => (
                "an enum without values has nothing to read or write",
                "add a variant; for an enumeration that is empty as yet, the `unrecognized` one",
            ),
            _ => ("there is no branch to read or write", "add a variant for each branch"),
        };
        mistakes.at(ident, message, help);
    }
}
