//! `const SCHEMA`: what the session layer must know of commands, events and capabilities.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::super::bindings::{Bindings, element};
use super::super::doc;
use super::super::gate::emit_gate;
use crate::schema::types::{Command, Event, Type, TypeId};
use crate::schema::{Schema, inside};

/// The constant, where a session could need it.
pub(in super::super) fn emit_const(bindings: &Bindings) -> Option<TokenStream> {
    let schema = bindings.schema;
    let gates = Gates::of(schema);
    let commands: Vec<TokenStream> =
        bindings.commands().map(|bound| emit_command(bindings, &gates, bound.command)).collect();
    let events: Vec<TokenStream> =
        bindings.events().map(|bound| emit_event(bindings, bound.event)).collect();
    let values = schema.capabilities().map_or(&[][..], |capabilities| &capabilities.values);
    let capabilities: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
    if commands.is_empty() && events.is_empty() && capabilities.is_empty() {
        return None;
    }
    let docs = doc::emit_sentence(bindings, "What the runtime knows of this schema.");
    Some(quote! {
        #docs
        pub const SCHEMA: ::qapi_runtime::SchemaInfo = ::qapi_runtime::SchemaInfo {
            commands: &[#(#commands),*],
            events: &[#(#events),*],
            capabilities: &[#(#capabilities),*],
        };
    })
}

fn emit_command(bindings: &Bindings, gates: &Gates, command: &Command) -> TokenStream {
    let gate = emit_gate(bindings, command.common.condition.as_ref());
    let name = &command.common.name;
    let silent = (!command.success_response).then(|| quote!(.silent()));
    let oob = command.allow_oob.then(|| quote!(.out_of_band()));
    let capability = emit_capability(command.capability.as_deref());
    let features: Vec<&str> =
        command.common.features.iter().map(|feature| feature.name.as_str()).collect();
    let features = (!features.is_empty()).then(|| quote!(.features(&[#(#features),*])));
    let arguments = command.arguments.and_then(|id| gates.emit(&quote!(gated_arguments), id));
    let returns = command.returns.and_then(|id| gates.emit(&quote!(gated_returns), id));
    quote! {
        #gate
        ::qapi_runtime::CommandInfo::new(#name)
            #silent #oob #capability #features #arguments #returns
    }
}

fn emit_event(bindings: &Bindings, event: &Event) -> TokenStream {
    let gate = emit_gate(bindings, event.common.condition.as_ref());
    let name = &event.common.name;
    let capability = emit_capability(event.capability.as_deref());
    quote!(#gate ::qapi_runtime::EventInfo::new(#name) #capability)
}

fn emit_capability(capability: Option<&str>) -> Option<TokenStream> {
    capability.map(|capability| quote!(.capability(#capability)))
}

/// The way to a member that needs a capability, and which one.
struct Gate<'a> {
    path: Vec<&'a str>,
    capability: &'a str,
}

/// Where in a value there are members that need a capability.
struct Gates<'a> {
    schema: &'a Schema,
    /// The types with such a member inside: the only ones to walk into.
    gated: HashSet<TypeId>,
}

impl<'a> Gates<'a> {
    fn of(schema: &'a Schema) -> Self {
        let has_gate = |_, ty: &Type| match ty {
            Type::Object(object) => object.members.iter().any(|m| m.capability.is_some()),
            Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Alternate(_) => false,
        };
        Gates { schema, gated: inside::having(schema, has_gate) }
    }

    fn emit(&self, method: &TokenStream, id: TypeId) -> Option<TokenStream> {
        let mut gates = Vec::new();
        self.find(id, &mut Vec::new(), &mut Vec::new(), &mut gates);
        let gates = gates.iter().map(|Gate { path, capability }| {
            quote!(::qapi_runtime::Gate { path: &[#(#path),*], capability: #capability })
        });
        let gates: Vec<TokenStream> = gates.collect();
        (!gates.is_empty()).then(|| quote!(.#method(&[#(#gates),*])))
    }

    /// Walks into a type. A type inside itself is not walked again: its gates could be at any
    /// depth, which no path says.
    fn find(
        &self,
        id: TypeId,
        path: &mut Vec<&'a str>,
        open: &mut Vec<TypeId>,
        gates: &mut Vec<Gate<'a>>,
    ) {
        let id = element(self.schema, id);
        if !self.gated.contains(&id) || open.contains(&id) {
            return;
        }
        open.push(id);
        match self.schema.ty(id) {
            Type::Object(object) => {
                for member in self.schema.members_flattened(id) {
                    path.push(&member.name);
                    if let Some(capability) = &member.capability {
                        gates.push(Gate { path: path.clone(), capability });
                    }
                    self.find(member.ty, path, open, gates);
                    path.pop();
                }
                for branch in object.branches.iter().flat_map(|branches| &branches.cases) {
                    self.find(branch.ty, path, open, gates);
                }
            }
            Type::Alternate(alternate) => {
                for branch in &alternate.branches {
                    self.find(branch.ty, path, open, gates);
                }
            }
            Type::Builtin(_) | Type::Enum(_) | Type::Array(_) => {}
        }
        open.pop();
    }
}
