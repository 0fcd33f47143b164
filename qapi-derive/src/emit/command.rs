//! `derive(Command)`: arguments, and what a client and a server must know of the command.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;

use super::{at, emit_capability, emit_facts, emit_impl, members};
use crate::model::Command;

/// `Wire`, `Flat` and `Command`.
pub(super) fn emit(command: &Command) -> TokenStream {
    let arguments = members::emit(&command.arguments);
    let command = emit_command(command);
    quote!(#arguments #command)
}

/// `Command`; what is as usual is left to the trait.
pub(crate) fn emit_command(command: &Command) -> TokenStream {
    let runtime = &command.arguments.common.runtime;
    let name = &command.name;
    let out_of_band = command.out_of_band.then(|| {
        quote!(
            const OUT_OF_BAND: ::core::primitive::bool = true;
        )
    });
    let success_response = (!command.success_response).then(|| {
        quote!(
            const SUCCESS_RESPONSE: ::core::primitive::bool = false;
        )
    });
    let capability = emit_capability(command.capability.as_deref());
    let facts = emit_facts(&command.facts);
    let returns = emit_returns(command.returns.as_ref());
    let items = quote! {
        const NAME: &'static ::core::primitive::str = #name;
        #out_of_band
        #success_response
        #capability
        #facts
        #returns
    };
    emit_impl(&command.arguments.common, &quote!(#runtime::Command), &items)
}

fn emit_returns(returns: Option<&Type>) -> TokenStream {
    match returns {
        Some(ty) => quote_spanned!(at(ty)=> type Returns = #ty;),
        None => quote!(
            type Returns = ();
        ),
    }
}
