//! Enums of the schema as enums that also hold what they do not know.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bindings::{Bindings, UNRECOGNIZED};
use super::doc;
use super::gate::emit_gate;
use super::name::{Scope, tells_value};
use super::structure::{Form, emit_derives};
use crate::schema::types::{Enum, EnumValue, TypeId};

/// The enum for an enum.
pub(super) fn emit_enum(bindings: &Bindings, id: TypeId, enumeration: &Enum) -> TokenStream {
    let docs = doc::emit_type(bindings, &enumeration.common, "enum");
    let derives = emit_derives(bindings, &quote!(Enum), Form::Names);
    let name = bindings.type_name(id);
    let mut scope = Scope::without(&[UNRECOGNIZED]);
    let values = enumeration.values.iter().map(|value| {
        let variant = scope.camel(&value.name);
        emit_value(bindings, enumeration, value, &variant)
    });
    let unrecognized = doc::emit_sentence(bindings, "A value that this code does not know.");
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#values)*
            #unrecognized
            #[qapi(unrecognized)]
            Unrecognized(::std::boxed::Box<str>),
        }
    }
}

fn emit_value(
    bindings: &Bindings,
    enumeration: &Enum,
    value: &EnumValue,
    variant: &Ident,
) -> TokenStream {
    let common = &enumeration.common;
    let wire = &value.name;
    let docs = doc::emit_value(bindings, common, value);
    let deprecated = doc::emit_deprecated(bindings, &value.features, common.doc.as_ref());
    let qapi = (!tells_value(variant, wire)).then(|| quote!(#[qapi(name = #wire)]));
    let gate = emit_gate(bindings, value.condition.as_ref());
    quote!(#gate #docs #deprecated #qapi #variant,)
}
