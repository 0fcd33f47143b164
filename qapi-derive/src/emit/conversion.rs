//! `From` into what is one of several things, where the type says which.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Ident, Type};

use super::emit_impl;
use crate::model::Common;
use crate::ty::unboxed;

/// `From<T>` for each type that one variant alone holds; a box around it is made on the way.
pub(super) fn emit<'a>(
    common: &Common,
    variants: impl Iterator<Item = (&'a Ident, &'a Type)>,
) -> TokenStream {
    let variants: Vec<(&Ident, &Type, String)> = variants
        .map(|(ident, ty)| (ident, ty, unboxed(ty).to_token_stream().to_string()))
        .collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    for (_, _, spelling) in &variants {
        *times.entry(spelling).or_default() += 1;
    }
    let unique = variants.iter().filter(|(_, _, spelling)| times[spelling.as_str()] == 1);
    unique.map(|(ident, ty, _)| emit_from(common, ident, ty)).collect()
}

fn emit_from(common: &Common, ident: &Ident, ty: &Type) -> TokenStream {
    let inside = unboxed(ty);
    let is_boxed = !std::ptr::eq(inside, ty);
    let value = if is_boxed { quote!(::std::boxed::Box::new(value)) } else { quote!(value) };
    let items = quote! {
        fn from(value: #inside) -> Self {
            Self::#ident(#value)
        }
    };
    emit_impl(common, &quote!(::core::convert::From<#inside>), &items)
}
