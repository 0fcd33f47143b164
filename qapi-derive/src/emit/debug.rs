//! `#[qapi(debug)]`: what is on the wire, for people.

use proc_macro2::TokenStream;
use quote::quote;

use super::emit_impl;
use crate::model::Common;

/// `Debug`, where it is asked for.
pub(crate) fn emit(common: &Common) -> Option<TokenStream> {
    if !common.debug {
        return None;
    }
    let runtime = &common.runtime;
    let name = common.ident.to_string();
    let fmt = quote! {
        fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            #runtime::debug(self, #name, formatter)
        }
    };
    Some(emit_impl(common, &quote!(::core::fmt::Debug), &fmt))
}
