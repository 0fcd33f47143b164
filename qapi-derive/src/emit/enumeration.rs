//! `derive(Enum)`: a table of names; variants and names meet in two matches over it.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{at, emit_arms_by_number, emit_impl, emit_inherent, emit_names};
use crate::model::{Enum, Unrecognized};

/// `NAMES`, `ALL` and `as_str`, `Wire`, `Display` and `FromStr`.
pub(super) fn emit(enumeration: &Enum) -> TokenStream {
    let common = &enumeration.common;
    let names = emit_names(common, enumeration.values.iter().map(|value| &value.name));
    let all = emit_all(enumeration);
    let (as_str, from_tag) = (emit_as_str(enumeration), emit_from_tag(enumeration));
    let inherent = emit_inherent(common, &quote!(#names #all #as_str #from_tag));
    let wire = emit_wire(enumeration);
    let display = emit_display(enumeration);
    let from_str = emit_from_str(enumeration);
    quote!(#inherent #wire #display #from_str)
}

fn emit_all(enumeration: &Enum) -> TokenStream {
    let visibility = &enumeration.common.visibility;
    let values = enumeration.values.iter().map(|value| &value.ident);
    quote! {
        /// All values that this code knows, in the order of their names.
        #visibility const ALL: &'static [Self] = &[#(Self::#values),*];
    }
}

fn emit_as_str(enumeration: &Enum) -> TokenStream {
    let visibility = &enumeration.common.visibility;
    let known = enumeration.values.iter().map(|value| {
        let (ident, name) = (&value.ident, &value.name);
        quote!(Self::#ident => #name)
    });
    let unrecognized = enumeration
        .unrecognized
        .iter()
        .map(|Unrecognized { ident, ty }| quote_spanned!(at(ty)=> Self::#ident(name) => name));
    quote! {
        /// The name on the wire.
        #visibility fn as_str(&self) -> &::core::primitive::str {
            match self {
                #(#known,)*
                #(#unrecognized,)*
            }
        }
    }
}

/// From a name that was looked up in the table to the value.
fn emit_from_tag(enumeration: &Enum) -> TokenStream {
    let runtime = &enumeration.common.runtime;
    let arms = emit_known_arms(enumeration);
    let unrecognized = emit_unrecognized_arm(enumeration);
    quote! {
        fn __from_tag(
            tag: #runtime::Tag,
        ) -> ::core::result::Result<Self, #runtime::ReadError> {
            match tag {
                #arms
                #unrecognized
            }
        }
    }
}

fn emit_known_arms(enumeration: &Enum) -> TokenStream {
    let mut values: Vec<TokenStream> = enumeration
        .values
        .iter()
        .map(|value| &value.ident)
        .map(|ident| quote!(Self::#ident))
        .collect();
    // Without values there is a variant for unknown ones, and no number that anything has.
    if let (true, Some(Unrecognized { ident, .. })) = (values.is_empty(), &enumeration.unrecognized)
    {
        values.push(quote!(Self::#ident(::core::default::Default::default())));
    }
    emit_arms_by_number(&enumeration.common, values)
}

fn emit_unrecognized_arm(enumeration: &Enum) -> TokenStream {
    let runtime = &enumeration.common.runtime;
    let result = match &enumeration.unrecognized {
        Some(Unrecognized { ident, ty }) => {
            quote_spanned!(at(ty)=> ::core::result::Result::Ok(Self::#ident(name)))
        }
        None => quote!(::core::result::Result::Err(#runtime::ReadError::not_accepted(name))),
    };
    quote!(#runtime::Tag::Unrecognized(name) => #result,)
}

fn emit_wire(enumeration: &Enum) -> TokenStream {
    let runtime = &enumeration.common.runtime;
    let items = quote! {
        const KINDS: #runtime::Kinds = #runtime::Kinds::STRING;

        fn read(
            reader: #runtime::Reader<'_>,
        ) -> ::core::result::Result<Self, #runtime::ReadError> {
            Self::__from_tag(reader.enumeration(Self::NAMES)?)
        }

        fn write(&self, writer: &mut #runtime::Writer) {
            writer.string(self.as_str());
        }
    };
    emit_impl(&enumeration.common, &quote!(#runtime::Wire), &items)
}

fn emit_display(enumeration: &Enum) -> TokenStream {
    let items = quote! {
        fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            formatter.pad(self.as_str())
        }
    };
    emit_impl(&enumeration.common, &quote!(::core::fmt::Display), &items)
}

fn emit_from_str(enumeration: &Enum) -> TokenStream {
    let runtime = &enumeration.common.runtime;
    let items = quote! {
        type Err = #runtime::ReadError;

        fn from_str(
            text: &::core::primitive::str,
        ) -> ::core::result::Result<Self, #runtime::ReadError> {
            Self::__from_tag(#runtime::Tag::of(text, Self::NAMES))
        }
    };
    emit_impl(&enumeration.common, &quote!(::core::str::FromStr), &items)
}
