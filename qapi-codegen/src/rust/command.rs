//! Commands as structs of their arguments, in `commands`: a third of QEMU's guest agent's commands
//! are called like a type in Rust's case.

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::{Bindings, BoundCommand};
use super::data::{Attributes, emit_data};
use super::doc;
use super::gate::emit_gate;
use super::layout::Piece;
use super::name::Scope;
use super::structure::{Field, Start};
use super::ty::{self, Seat};
use crate::doc::SectionKind;
use crate::schema::types::{Command, Common};

/// The commands that begin a conversation. The session layer answers them, so that they are structs
/// but no methods. A copy of `qapi_runtime::protocol::HANDSHAKE`.
pub const HANDSHAKE: [&str; 4] =
    ["guest-sync", "guest-sync-delimited", "qmp_capabilities", "request-negotiation"];

/// Whether handlers and callers have a method for a command.
pub(super) fn has_method(bindings: &Bindings, command: &Command) -> bool {
    !bindings.options.protocol.answers(&command.common.name)
}

/// `mod commands`, where there are any.
pub(super) fn emit_module(bindings: &Bindings) -> Option<Piece> {
    let items: Vec<TokenStream> =
        bindings.commands().map(|bound| emit_command(bindings, bound)).collect();
    let docs = doc::emit_sentence(bindings, "The commands, each as the struct of its arguments.");
    let head = quote!(#docs pub mod commands {});
    (!items.is_empty()).then_some(Piece::Module { head, items })
}

fn emit_command(bindings: &Bindings, bound: BoundCommand) -> TokenStream {
    let BoundCommand { command, structure: name, .. } = bound;
    let docs = doc::emit_command(bindings, command);
    let common = &command.common;
    let deprecated = doc::emit_deprecated(bindings, &common.features, common.doc.as_ref());
    let attributes = Attributes {
        is_deprecated: deprecated.is_some(),
        before: quote!(#docs #deprecated),
        derive: quote!(Command),
        qapi: emit_qapi(bindings, command),
        gate: emit_gate(bindings, common.condition.as_ref()),
    };
    let rest = (!command.generated).then(|| rest_field(bindings));
    emit_data(bindings, name, command.arguments, attributes, rest, Seat::Commands)
}

fn emit_qapi(bindings: &Bindings, command: &Command) -> TokenStream {
    let name = &command.common.name;
    let returns = command.returns.map(|_| {
        let ty = ty::emit_returns(bindings, command.returns, Seat::Commands);
        quote!(, returns = #ty)
    });
    let oob = command.allow_oob.then(|| quote!(, oob));
    let silent = (!command.success_response).then(|| quote!(, no_success_response));
    let capability = command.capability.as_ref().map(|name| quote!(, capability = #name));
    let facts = emit_facts(&command.common);
    quote!(#[qapi(name = #name #returns #oob #silent #capability #facts)])
}

/// What the schema says of a command or an event that the wire does not show.
pub(super) fn emit_facts(common: &Common) -> TokenStream {
    let features: Vec<&str> = common.features.iter().map(|feature| feature.name.as_str()).collect();
    let features = (!features.is_empty()).then(|| {
        let features = features.join(", ");
        quote!(, features = #features)
    });
    let since = common.doc.as_ref().and_then(|doc| doc.section(SectionKind::Since));
    let since = since.map(|since| since.text.trim()).filter(|since| is_version(since));
    let since = since.map(|since| quote!(, since = #since));
    quote!(#features #since)
}

/// Whether a text is a version and nothing else: the section may hold a sentence.
fn is_version(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// What a command with `'gen': false` takes besides the arguments that the schema knows.
fn rest_field(bindings: &Bindings) -> impl FnOnce(&mut Scope) -> Field {
    let docs = doc::emit_sentence(bindings, "All further arguments.");
    move |scope| Field {
        attributes: quote!(#docs #[qapi(rest)]),
        name: scope.snake("rest"),
        gate: None,
        ty: quote!(::qapi_runtime::Map),
        start: Start::Empty(quote!(::qapi_runtime::Map::new())),
        deprecated: None,
    }
}
