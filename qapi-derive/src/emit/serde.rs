//! `#[qapi(serde)]`: thin impls of serde's traits, by way of the wire.

use proc_macro2::TokenStream;
use quote::quote;

use super::emit_impl;
use crate::model::Common;

/// `Serialize` and `Deserialize`, where they are asked for.
pub(super) fn emit(common: &Common) -> Option<TokenStream> {
    if !common.serde {
        return None;
    }
    let (runtime, ident) = (&common.runtime, &common.ident);
    let serialize = quote! {
        fn serialize<S: #runtime::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<S::Ok, S::Error> {
            #runtime::serde::serialize(self, serializer)
        }
    };
    let serialize = emit_impl(common, &quote!(#runtime::serde::Serialize), &serialize);
    Some(quote! {
        #serialize
        #[automatically_derived]
        impl<'de> #runtime::serde::Deserialize<'de> for #ident {
            fn deserialize<D: #runtime::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                #runtime::serde::deserialize(deserializer)
            }
        }
    })
}
