//! `trait Server`: one handler for each command; and `Dispatch`, which makes a service of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::Server;
use super::bindings::{Bindings, BoundCommand};
use super::command::has_method;
use super::doc;
use super::gate::emit_gate;
use super::ty::{self, Seat};

/// Both, where there are commands.
pub(super) fn emit_trait_and_dispatch(bindings: &Bindings) -> Option<TokenStream> {
    let commands: Vec<BoundCommand> =
        bindings.commands().filter(|bound| has_method(bindings, bound.command)).collect();
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
    let result = quote!(::qapi_runtime::Result<#returns>);
    let result = match bindings.options.server {
        Server::Blocking => result,
        Server::Async => quote! {
            impl ::core::future::Future<Output = #result> + ::core::marker::Send
        },
    };
    let gate = emit_gate(bindings, common.condition.as_ref());
    quote! {
        #gate
        #docs
        #allow
        fn #method(
            &self,
            call: &::qapi_runtime::Call,
            command: commands::#structure,
        ) -> #result;
    }
}

fn emit_dispatch(bindings: &Bindings, commands: &[BoundCommand]) -> TokenStream {
    let docs =
        doc::emit_sentence(bindings, "A [`Server`] as a service: commands go to its handlers.");
    let service = emit_service(bindings, commands);
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct Dispatch<S>(pub S);
        #service
    }
}

/// The service's one `call`. Where it is asynchronous, one future serves all commands: as large as
/// the largest, compiled once.
fn emit_service(bindings: &Bindings, commands: &[BoundCommand]) -> TokenStream {
    let is_async = bindings.options.server == Server::Async;
    let arms = commands.iter().map(|BoundCommand { command, method, .. }| {
        let name = &command.common.name;
        let gate = emit_gate(bindings, command.common.condition.as_ref());
        let handler = quote!(|command| self.0.#method(call, command));
        let answer = match is_async {
            false => quote!(request.answer(#handler)),
            true => quote!(request.answer_async(#handler).await),
        };
        quote!(#gate #name => #answer,)
    });
    let (service, bound, asyncness) = match is_async {
        false => (quote!(Service), None, None),
        true => (quote!(AsyncService), Some(quote!(+ ::core::marker::Sync)), Some(quote!(async))),
    };
    quote! {
        impl<S: Server #bound> ::qapi_runtime::#service for Dispatch<S> {
            fn schema(&self) -> &'static ::qapi_runtime::SchemaInfo {
                &SCHEMA
            }
            #asyncness fn call(
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
