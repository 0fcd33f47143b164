//! Commands as structs of their arguments, in `commands`: a third of QEMU's guest agent's commands
//! are called like a type in Rust's case.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bindings::{Bindings, BoundCommand};
use super::doc;
use super::name::Scope;
use super::object;
use super::structure::{self, Field, Start, Structure, emit_derives};
use super::ty::{self, Seat};
use crate::schema::types::{Command, TypeId};

/// The commands that begin a conversation. The session layer answers them, so that they are structs
/// but no methods. A copy of `qapi_runtime::protocol::HANDSHAKE`.
pub const HANDSHAKE: [&str; 4] =
    ["guest-sync", "guest-sync-delimited", "qmp_capabilities", "request-negotiation"];

/// Whether handlers and callers have a method for a command.
pub(super) fn has_method(command: &Command) -> bool {
    !HANDSHAKE.contains(&command.common.name.as_str())
}

/// `mod commands`, where there are any.
pub(super) fn emit_module(bindings: &Bindings) -> Option<TokenStream> {
    let commands: Vec<TokenStream> =
        bindings.commands().map(|bound| emit_command(bindings, bound)).collect();
    let docs = doc::emit_sentence(bindings, "The commands, each as the struct of its arguments.");
    (!commands.is_empty()).then(|| quote!(#docs pub mod commands { #(#commands)* }))
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
    quote!(#[qapi(name = #name #returns #oob #silent #capability)])
}

/// What a command with `'gen': false` takes besides the arguments that the schema knows.
fn rest_field(bindings: &Bindings) -> impl FnOnce(&mut Scope) -> Field {
    let docs = doc::emit_sentence(bindings, "All further arguments.");
    move |scope| Field {
        attributes: quote!(#docs #[qapi(rest)]),
        name: scope.snake("rest"),
        ty: quote!(::qapi_runtime::Map),
        start: Start::Empty(quote!(::qapi_runtime::Map::new())),
        is_deprecated: false,
    }
}

/// What a command's or an event's struct is adorned with.
pub(super) struct Attributes {
    /// Documentation and `#[deprecated]`.
    pub(super) before: TokenStream,
    pub(super) derive: TokenStream,
    pub(super) qapi: TokenStream,
    pub(super) is_deprecated: bool,
}

/// The struct for `data` of a command or an event: an object's members in place, a union as the
/// only field, nothing at all. Where there is a rest, a union's members are in place too.
pub(super) fn emit_data(
    bindings: &Bindings,
    name: &Ident,
    data: Option<TypeId>,
    attributes: Attributes,
    rest: Option<impl FnOnce(&mut Scope) -> Field>,
    seat: Seat,
) -> TokenStream {
    let Attributes { before, derive, qapi, is_deprecated } = attributes;
    if let Some(union) = data.filter(|&id| rest.is_none() && is_union(bindings, id)) {
        let ty = ty::emit_type(bindings, union, seat);
        let derives = emit_derives(&derive, bindings.is_exact(union));
        return quote!(#before #derives #qapi pub struct #name(pub #ty););
    }
    let is_exact = rest.is_none() && data.is_none_or(|id| bindings.is_exact(id));
    let mut scope = Scope::default();
    let fields = data.map(|id| object::fields(bindings, id, &mut scope, seat));
    let rest = rest.map(|field| field(&mut scope));
    let fields: Vec<Field> = fields.into_iter().flatten().chain(rest).collect();
    if fields.is_empty() {
        let derive = quote! {
            #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, ::qapi_runtime::#derive)]
        };
        return quote!(#before #derive #qapi pub struct #name;);
    }
    let attributes = before;
    let structure = Structure { attributes, derive, qapi, name, fields, is_exact, is_deprecated };
    structure::emit_structure(bindings, &structure)
}

fn is_union(bindings: &Bindings, id: TypeId) -> bool {
    bindings.schema.object(id).is_some_and(|object| object.branches.is_some())
}
