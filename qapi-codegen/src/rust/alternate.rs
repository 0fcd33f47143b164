//! Alternates as enums: one value of several types, told apart by its JSON kind.

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::{Bindings, UNRECOGNIZED};
use super::doc;
use super::gate::emit_gate;
use super::name::Scope;
use super::structure::{Form, emit_derives};
use super::ty::{self, Seat};
use crate::schema::types::{Alternate, Branch, TypeId};

/// The enum for an alternate.
pub(super) fn emit_alternate(
    bindings: &Bindings,
    id: TypeId,
    alternate: &Alternate,
) -> TokenStream {
    let common = &alternate.common;
    let docs = doc::emit_type(bindings, common, "alternate");
    let derives = emit_derives(bindings, &quote!(Alternate), Form::Choice);
    let name = bindings.type_name(id);
    let wire = &common.name;
    let qapi = (name != wire).then(|| quote!(#[qapi(name = #wire)]));
    let mut scope = Scope::without(&[UNRECOGNIZED]);
    let branches = alternate.branches.iter().map(|branch| {
        let docs = doc::emit_branch(bindings, common, branch);
        let variant = scope.camel(&branch.name);
        let ty = emit_payload(bindings, id, branch);
        let gate = emit_gate(bindings, branch.condition.as_ref());
        quote!(#gate #docs #variant(#ty),)
    });
    let unrecognized = doc::emit_sentence(bindings, "A value of a kind that is none of these.");
    quote! {
        #docs
        #derives
        #qapi
        #[non_exhaustive]
        pub enum #name {
            #(#branches)*
            #unrecognized
            #[qapi(unrecognized)]
            Unrecognized(::qapi_runtime::Any),
        }
    }
}

fn emit_payload(bindings: &Bindings, alternate: TypeId, branch: &Branch) -> TokenStream {
    let ty = ty::emit_type(bindings, branch.ty, Seat::Root);
    match bindings.is_boxed(alternate, branch.ty) || bindings.is_large(branch.ty) {
        true => ty::emit_box(&ty),
        false => ty,
    }
}
