//! `derive(Event)`: data, and what a client and a server must know of the event.

use proc_macro2::TokenStream;
use quote::quote;

use super::{emit_capability, emit_facts, emit_impl, members};
use crate::model::Event;

/// `Wire`, `Flat` and `Event`.
pub(super) fn emit(event: &Event) -> TokenStream {
    let data = members::emit(&event.data);
    let event = emit_event(event);
    quote!(#data #event)
}

/// `Event`; what is as usual is left to the trait.
pub(crate) fn emit_event(event: &Event) -> TokenStream {
    let runtime = &event.data.common.runtime;
    let name = &event.name;
    let capability = emit_capability(event.capability.as_deref());
    let facts = emit_facts(&event.facts);
    let items = quote! {
        const NAME: &'static ::core::primitive::str = #name;
        #capability
        #facts
    };
    emit_impl(&event.data.common, &quote!(#runtime::Event), &items)
}
