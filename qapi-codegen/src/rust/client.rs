//! `trait Client`: one method for each command, for whatever can execute commands.

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::{Bindings, BoundCommand};
use super::command::has_method;
use super::doc;
use super::gate::emit_gate;
use super::ty::{self, Seat};

/// The trait, where there are commands.
pub(super) fn emit_trait(bindings: &Bindings) -> Option<TokenStream> {
    let methods: Vec<TokenStream> = bindings
        .commands()
        .filter(|bound| has_method(bindings, bound.command))
        .map(|bound| emit_method(bindings, bound))
        .collect();
    if methods.is_empty() {
        return None;
    }
    let docs =
        doc::emit_sentence(bindings, "The commands as methods of any client, blocking or not.");
    Some(quote! {
        #docs
        pub trait Client: ::qapi_runtime::Execute { #(#methods)* }
        impl<T: ::qapi_runtime::Execute> Client for T {}
    })
}

fn emit_method(bindings: &Bindings, bound: BoundCommand) -> TokenStream {
    let BoundCommand { command, structure, method } = bound;
    let common = &command.common;
    let docs = doc::emit_summary(bindings, common, "command", &format!("commands::{structure}"));
    let deprecated = doc::emit_deprecated(bindings, &common.features, common.doc.as_ref());
    let allow = doc::emit_allow(deprecated.is_some());
    let returns = ty::emit_returns(bindings, command.returns, Seat::Root);
    let gate = emit_gate(bindings, common.condition.as_ref());
    quote! {
        #gate
        #docs
        #deprecated
        #allow
        fn #method(&self, command: commands::#structure) -> Self::Reply<'_, #returns> {
            self.execute(command)
        }
    }
}
