//! Members: read in QEMU's order, written in the order of the fields. What objects, commands and
//! events have in common: their `Wire` and `Flat`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;

use super::{Members, at, emit_object, emit_try};
use crate::model::{Body, Member, Object, Role};
use crate::ty::unboxed;

/// `Wire` and `Flat`.
pub(super) fn emit(object: &Object) -> TokenStream {
    let members = Members {
        reader: parameter(object, "members"),
        read: emit_read(object),
        writer: parameter(object, "writer"),
        write: emit_write(object),
    };
    emit_object(&object.common, &members)
}

/// The name of a parameter, marked as unused where there is no member to use it.
fn parameter(object: &Object, name: &str) -> Ident {
    let unused = match &object.body {
        Body::Members(members) => members.is_empty(),
        Body::Newtype(_) => false,
        Body::Empty => true,
    };
    if unused { format_ident!("_{name}") } else { format_ident!("{name}") }
}

fn emit_read(object: &Object) -> TokenStream {
    match &object.body {
        Body::Members(members) => emit_read_struct(members),
        Body::Empty => quote!(::core::result::Result::Ok(Self)),
        Body::Newtype(ty) => {
            let read = emit_read_flat(ty);
            quote!(::core::result::Result::Ok(Self(#read)))
        }
    }
}

fn emit_read_struct(members: &[Member]) -> TokenStream {
    if members.iter().any(|member| matches!(member.role, Role::Branch)) {
        return emit_read_with_branch(members);
    }
    let (rest, named): (Vec<_>, Vec<_>) =
        members.iter().partition(|member| matches!(member.role, Role::Rest));
    let fields = named.iter().chain(&rest).map(|member| emit_field(member));
    quote!(::core::result::Result::Ok(Self { #(#fields,)* }))
}

/// One field of the struct literal. They are read in the order in which they stand in it.
fn emit_field(member: &Member) -> TokenStream {
    let ident = &member.ident;
    let read = emit_read_member(member);
    quote!(#ident: #read)
}

/// QEMU reads the base in the schema's order, the tag among them, and then the members of the
/// branch. So the tag is checked in its own place, the branch is read behind all named members, and
/// what is left is last.
// QEMU: scripts/qapi/visit.py, gen_visit_object_members().
fn emit_read_with_branch(members: &[Member]) -> TokenStream {
    let base = members.iter().map(emit_read_base);
    let mut order: Vec<&Member> = members.iter().collect();
    order.sort_by_key(|member| matches!(member.role, Role::Rest));
    let fields = order.into_iter().map(emit_field_with_base);
    quote! {
        #(#base)*
        ::core::result::Result::Ok(Self { #(#fields,)* })
    }
}

fn emit_read_base(member: &Member) -> TokenStream {
    match &member.role {
        Role::Mandatory(_) | Role::Optional(_) => {
            let (base, read) = (base_name(member), emit_read_member(member));
            quote!(let #base = #read;)
        }
        Role::Branch => emit_check_tag(&member.ty),
        Role::Rest => TokenStream::new(),
    }
}

fn emit_field_with_base(member: &Member) -> TokenStream {
    match &member.role {
        Role::Mandatory(_) | Role::Optional(_) => {
            let (ident, base) = (&member.ident, base_name(member));
            quote!(#ident: #base)
        }
        Role::Branch | Role::Rest => emit_field(member),
    }
}

/// A local name that is none of ours, whatever the member is called.
fn base_name(member: &Member) -> Ident {
    format_ident!("base_{}", member.ident)
}

/// The tag again, for its own sake. Only a union has these constants, so that this also checks that
/// the branch is one.
fn emit_check_tag(ty: &Type) -> TokenStream {
    let ty = unboxed(ty);
    quote_spanned!(at(ty)=> members.tag(<#ty>::TAG, <#ty>::NAMES)?;)
}

fn emit_read_member(member: &Member) -> TokenStream {
    match &member.role {
        Role::Mandatory(name) => {
            emit_try(&quote_spanned!(at(&member.ty)=> members.mandatory(#name)))
        }
        Role::Optional(name) => quote_spanned!(at(&member.ty)=> members.optional(#name)),
        Role::Branch => emit_read_flat(&member.ty),
        Role::Rest => quote_spanned!(at(&member.ty)=> members.rest()),
    }
}

/// A type whose members stand beside others.
pub(super) fn emit_read_flat(ty: &Type) -> TokenStream {
    quote_spanned!(at(ty)=> members.flat()?)
}

fn emit_write(object: &Object) -> TokenStream {
    match &object.body {
        Body::Members(members) => {
            let members = members.iter().map(emit_write_member);
            quote!(#(#members)*)
        }
        Body::Empty => TokenStream::new(),
        Body::Newtype(ty) => quote_spanned!(at(ty)=> writer.flat(&self.0);),
    }
}

fn emit_write_member(member: &Member) -> TokenStream {
    let (ident, ty) = (&member.ident, &member.ty);
    match &member.role {
        Role::Mandatory(name) => quote_spanned!(at(ty)=> writer.member(#name, &self.#ident);),
        Role::Optional(name) => quote_spanned!(at(ty)=> writer.optional(#name, &self.#ident);),
        Role::Branch | Role::Rest => quote_spanned!(at(ty)=> writer.flat(&self.#ident);),
    }
}
