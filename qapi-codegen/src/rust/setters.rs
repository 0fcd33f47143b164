//! Setters for members that may be absent, to be called one behind the other.

use proc_macro2::TokenStream;
use quote::quote;

use super::Setters;
use super::bindings::Bindings;
use super::doc;
use super::name;
use super::structure::{Field, Given, Start, Structure};

/// The setters of a struct, where they are asked for and there is something to set.
pub(super) fn emit(bindings: &Bindings, structure: &Structure) -> Option<TokenStream> {
    if bindings.options.setters == Setters::Without {
        return None;
    }
    let setters: Vec<TokenStream> =
        structure.fields.iter().filter_map(|field| emit_setter(bindings, field)).collect();
    if setters.is_empty() {
        return None;
    }
    let Structure { name, gate, fields, is_deprecated, .. } = structure;
    let has_deprecated = fields.iter().any(|field| field.deprecated.is_some());
    let allow = doc::emit_allow(*is_deprecated || has_deprecated);
    Some(quote! {
        #gate
        #allow
        impl #name {
            #(#setters)*
        }
    })
}

fn emit_setter(bindings: &Bindings, field: &Field) -> Option<TokenStream> {
    let Start::Absent(Given { parameter, value }) = &field.start else { return None };
    let Field { name, gate, deprecated, .. } = field;
    let setter = name::setter(name);
    let value = value.clone().unwrap_or_else(|| quote!(#name));
    let doc = doc::emit_sentence(bindings, &format!("The same with `{}`.", name::plain(name)));
    Some(quote! {
        #gate
        #doc
        #deprecated
        #[must_use]
        pub fn #setter(mut self, #name: #parameter) -> Self {
            self.#name = ::core::option::Option::Some(#value);
            self
        }
    })
}
