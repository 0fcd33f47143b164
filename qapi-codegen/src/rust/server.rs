//! `trait Server`: one handler for each command; and `Dispatch`, which makes a service of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::{Bindings, BoundCommand};
use super::command::has_method;
use super::doc;
use super::ty::{self, Seat};

/// Both, where there are commands.
pub(super) fn emit_trait_and_dispatch(bindings: &Bindings) -> Option<TokenStream> {
    let commands: Vec<BoundCommand> =
        bindings.commands().filter(|bound| has_method(bound.command)).collect();
    if commands.is_empty() {
        return None;
    }
    let handlers = commands.iter().map(|&bound| emit_handler(bindings, bound));
    let docs = doc::emit_sentence(bindings, "The handlers of all commands.");
    let dispatch = emit_dispatch(bindings, &commands);
    Some(quote! {
        #docs
        pub trait Server { #(#handlers)* }
        #dispatch
    })
}

/// No default body: a handler that is missing is found by the compiler.
fn emit_handler(bindings: &Bindings, bound: BoundCommand) -> TokenStream {
    let BoundCommand { command, structure, method } = bound;
    let common = &command.common;
    let docs = doc::emit_summary(bindings, common, "command", &format!("commands::{structure}"));
    let allow = doc::emit_allow(doc::is_deprecated(bindings, &common.features));
    let returns = ty::emit_returns(bindings, command.returns, Seat::Root);
    quote! {
        #docs
        #allow
        fn #method(
            &self,
            call: &::qapi_runtime::Call,
            command: commands::#structure,
        ) -> ::qapi_runtime::Result<#returns>;
    }
}

fn emit_dispatch(bindings: &Bindings, commands: &[BoundCommand]) -> TokenStream {
    let docs =
        doc::emit_sentence(bindings, "A [`Server`] as a service: commands go to its handlers.");
    let arms = commands.iter().map(|BoundCommand { command, method, .. }| {
        let name = &command.common.name;
        quote!(#name => request.answer(|command| self.0.#method(call, command)),)
    });
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Dispatch<S>(pub S);
        impl<S: Server> ::qapi_runtime::Service for Dispatch<S> {
            fn schema(&self) -> &'static ::qapi_runtime::SchemaInfo {
                &SCHEMA
            }
            fn call(
                &self,
                call: &::qapi_runtime::Call,
                request: ::qapi_runtime::Request<'_>,
            ) -> ::qapi_runtime::Reply {
                match request.name() {
                    #(#arms)*
                    _ => request.unknown(),
                }
            }
        }
    }
}
