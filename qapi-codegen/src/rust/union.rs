//! The branches of a union as an enum: of the union itself, or of the field that is its tag.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bindings::{Bindings, UNRECOGNIZED};
use super::doc;
use super::gate::emit_gate;
use super::name::{Scope, tells_value};
use super::structure::{Form, emit_derives};
use super::ty::{self, Seat};
use crate::schema::types::{Branch, Branches, Enum, Origin, Type, TypeId};

/// The enum of a union's branches.
pub(super) fn emit_branches(
    bindings: &Bindings,
    branches: &Branches,
    name: &Ident,
    docs: TokenStream,
) -> TokenStream {
    let derives = emit_derives(bindings, &quote!(Union), Form::Choice);
    let tag = &branches.tag;
    let values = bindings.schema.enumeration(branches.tag_type);
    let mut scope = Scope::without(&[UNRECOGNIZED]);
    let cases = branches.cases.iter().map(|case| {
        let variant = scope.camel(&case.name);
        emit_case(bindings, values, case, &variant)
    });
    let unrecognized_docs = format!("A `{tag}` that this code does not know, and its members.");
    let unrecognized_docs = doc::emit_sentence(bindings, &unrecognized_docs);
    quote! {
        #docs
        #derives
        #[qapi(tag = #tag)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases)*
            #unrecognized_docs
            #[qapi(unrecognized)]
            Unrecognized(::qapi_runtime::Unrecognized),
        }
    }
}

/// One branch. It is described, and deprecated, as the tag's value is.
fn emit_case(
    bindings: &Bindings,
    values: Option<&Enum>,
    case: &Branch,
    variant: &Ident,
) -> TokenStream {
    let wire = &case.name;
    let value = values.and_then(|values| Some((values, values.value(wire)?)));
    let attributes = value.map(|(values, value)| {
        let docs = doc::emit_case(bindings, &values.common, value, case);
        let doc = values.common.doc.as_ref();
        let deprecated = doc::emit_deprecated(bindings, &value.features, doc);
        quote!(#docs #deprecated)
    });
    let qapi = (!tells_value(variant, wire)).then(|| quote!(#[qapi(name = #wire)]));
    let payload = emit_payload(bindings, case.ty);
    let gate = emit_gate(bindings, case.condition.as_ref());
    quote!(#gate #attributes #qapi #variant #payload,)
}

/// What a branch adds; nothing where the tag's value is all there is.
fn emit_payload(bindings: &Bindings, id: TypeId) -> Option<TokenStream> {
    if let Type::Object(object) = bindings.schema.ty(id)
        && object.origin == Origin::Empty
    {
        return None;
    }
    let ty = ty::emit_type(bindings, id, Seat::Root);
    let ty = if bindings.is_large(id) { ty::emit_box(&ty) } else { ty };
    Some(quote!((#ty)))
}
