//! `derive(Union)`: the tag selects the type whose members stand beside it.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};

use super::members::emit_read_flat;
use super::{Members, at, conversion, emit_arms_by_number, emit_inherent, emit_names, emit_object};
use crate::model::{Union, UnionBranch, Unrecognized};

/// `TAG`, `NAMES` and `tag`, `Wire` and `Flat`, and `From` what only one branch holds.
pub(super) fn emit(union: &Union) -> TokenStream {
    let common = &union.common;
    let tag_name = emit_tag_name(union);
    let names = emit_names(common, union.branches.iter().map(|branch| &branch.name));
    let tag = emit_tag(union);
    let inherent = emit_inherent(common, &quote!(#tag_name #names #tag));
    let object = emit_object(common, &emit_members(union));
    let typed = union.branches.iter();
    let typed = typed.filter_map(|branch| Some((&branch.ident, branch.ty.as_ref()?)));
    let from = conversion::emit(common, typed);
    quote!(#inherent #object #from)
}

fn emit_tag_name(union: &Union) -> TokenStream {
    let (visibility, tag) = (&union.common.visibility, &union.tag);
    quote! {
        /// The name of the member that selects the branch.
        #visibility const TAG: &'static ::core::primitive::str = #tag;
    }
}

fn emit_tag(union: &Union) -> TokenStream {
    let visibility = &union.common.visibility;
    let known = union.branches.iter().map(|branch| {
        let (ident, name) = (&branch.ident, &branch.name);
        match branch.ty {
            Some(_) => quote!(Self::#ident(_) => #name),
            None => quote!(Self::#ident => #name),
        }
    });
    let unrecognized = union.unrecognized.iter().map(
        |Unrecognized { ident, ty }| quote_spanned!(at(ty)=> Self::#ident(branch) => &branch.tag),
    );
    quote! {
        /// The value of the member that selects the branch.
        #visibility fn tag(&self) -> &::core::primitive::str {
            match self {
                #(#known,)*
                #(#unrecognized,)*
            }
        }
    }
}

fn emit_members(union: &Union) -> Members {
    let (known, unrecognized) = (emit_known_arms(union), emit_unrecognized_arm(union));
    let write = emit_write(union);
    Members {
        reader: format_ident!("members"),
        read: quote! {
            match members.tag(Self::TAG, Self::NAMES)? {
                #known
                #unrecognized
            }
        },
        writer: format_ident!("writer"),
        write: quote! {
            writer.key(Self::TAG);
            writer.string(self.tag());
            match self { #write }
        },
    }
}

fn emit_known_arms(union: &Union) -> TokenStream {
    let branches = union.branches.iter().map(emit_read_branch).collect();
    emit_arms_by_number(&union.common, branches)
}

fn emit_read_branch(branch: &UnionBranch) -> TokenStream {
    let ident = &branch.ident;
    match &branch.ty {
        None => quote!(Self::#ident),
        Some(ty) => {
            let read = emit_read_flat(ty);
            quote!(Self::#ident(#read))
        }
    }
}

fn emit_unrecognized_arm(union: &Union) -> TokenStream {
    let runtime = &union.common.runtime;
    let result = match &union.unrecognized {
        Some(Unrecognized { ident, ty }) => {
            let keep = quote_spanned!(at(ty)=> Self::#ident(branch));
            quote! {{
                let branch = #runtime::Unrecognized::read(tag, members);
                ::core::result::Result::Ok(#keep)
            }}
        }
        None => quote! {
            ::core::result::Result::Err(
                #runtime::ReadError::not_accepted(tag).in_member(Self::TAG),
            )
        },
    };
    quote!(#runtime::Tag::Unrecognized(tag) => #result,)
}

fn emit_write(union: &Union) -> TokenStream {
    let known = union.branches.iter().map(emit_write_branch);
    let unrecognized = union.unrecognized.iter().map(|Unrecognized { ident, ty }| {
        quote_spanned! {at(ty)=>
            Self::#ident(branch) => writer.flat(&branch.members),
        }
    });
    quote!(#(#known)* #(#unrecognized)*)
}

fn emit_write_branch(branch: &UnionBranch) -> TokenStream {
    let ident = &branch.ident;
    match &branch.ty {
        None => quote!(Self::#ident => {}),
        Some(ty) => quote_spanned!(at(ty)=> Self::#ident(branch) => writer.flat(branch),),
    }
}
