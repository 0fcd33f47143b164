//! Events as structs of their data, in `events`, and one enum of all of them for clients.

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::{Bindings, BoundEvent};
use super::command::emit_facts;
use super::data::{Attributes, emit_data};
use super::doc;
use super::gate::emit_gate;
use super::layout::Piece;
use super::name::Scope;
use super::structure::Field;
use super::ty::{self, Seat};

/// `mod events`, where there are any.
pub(super) fn emit_module(bindings: &Bindings) -> Option<Piece> {
    let items: Vec<TokenStream> =
        bindings.events().map(|bound| emit_event(bindings, bound)).collect();
    let docs = doc::emit_sentence(bindings, "The events, each as the struct of its data.");
    let head = quote!(#docs pub mod events {});
    (!items.is_empty()).then_some(Piece::Module { head, items })
}

fn emit_event(bindings: &Bindings, bound: BoundEvent) -> TokenStream {
    let BoundEvent { event, structure: name } = bound;
    let docs = doc::emit_event(bindings, event);
    let common = &event.common;
    let deprecated = doc::emit_deprecated(bindings, &common.features, common.doc.as_ref());
    let wire = &common.name;
    let capability = event.capability.as_ref().map(|name| quote!(, capability = #name));
    let facts = emit_facts(common);
    let attributes = Attributes {
        is_deprecated: deprecated.is_some(),
        before: quote!(#docs #deprecated),
        derive: quote!(Event),
        qapi: quote!(#[qapi(name = #wire #capability #facts)]),
        gate: emit_gate(bindings, common.condition.as_ref()),
    };
    let rest: Option<fn(&mut Scope) -> Field> = None;
    emit_data(bindings, name, event.data, attributes, rest, Seat::Events)
}

/// `enum Event`, where there are any events.
pub(super) fn emit_enum(bindings: &Bindings) -> Option<TokenStream> {
    let variants: Vec<TokenStream> =
        bindings.events().map(|bound| emit_variant(bindings, bound)).collect();
    if variants.is_empty() {
        return None;
    }
    let docs = doc::emit_sentence(bindings, "Any event.");
    let unrecognized = doc::emit_sentence(bindings, "An event that this code does not know.");
    let read = emit_read(bindings);
    Some(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#variants)*
            #unrecognized
            Unrecognized(::qapi_runtime::Unrecognized),
        }
        #read
    })
}

fn emit_variant(bindings: &Bindings, bound: BoundEvent) -> TokenStream {
    let BoundEvent { event, structure: name } = bound;
    let common = &event.common;
    let docs = doc::emit_summary(bindings, common, "event", &format!("events::{name}"));
    let deprecated = doc::emit_deprecated(bindings, &common.features, common.doc.as_ref());
    let allow = doc::emit_allow(deprecated.is_some());
    let ty = quote!(events::#name);
    let ty = if is_large(bindings, bound) { ty::emit_box(&ty) } else { ty };
    let gate = emit_gate(bindings, common.condition.as_ref());
    quote!(#gate #docs #deprecated #allow #name(#ty),)
}

fn is_large(bindings: &Bindings, bound: BoundEvent) -> bool {
    bound.event.data.is_some_and(|data| bindings.is_large(data))
}

fn emit_read(bindings: &Bindings) -> TokenStream {
    let arms = bindings.events().map(|bound| {
        let BoundEvent { event, structure: name } = bound;
        let wire = &event.common.name;
        let boxed = is_large(bindings, bound).then(|| quote!(.map(::std::boxed::Box::new)));
        let gate = emit_gate(bindings, event.common.condition.as_ref());
        quote!(#gate #wire => ::qapi_runtime::event_data(data)#boxed.map(Self::#name),)
    });
    let features = bindings.events().map(|bound| &bound.event.common.features);
    let allow = doc::emit_allow(features.into_iter().any(|f| doc::is_deprecated(bindings, f)));
    quote! {
        #allow
        impl ::qapi_runtime::Events for Event {
            fn read(
                name: &str,
                data: ::core::option::Option<::qapi_runtime::Reader<'_>>,
            ) -> ::core::result::Result<Self, ::qapi_runtime::ReadError> {
                match name {
                    #(#arms)*
                    _ => ::qapi_runtime::Unrecognized::event(name, data).map(Self::Unrecognized),
                }
            }
        }
    }
}
