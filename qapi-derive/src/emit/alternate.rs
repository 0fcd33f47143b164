//! `derive(Alternate)`: the JSON kind of a value selects its type.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{at, conversion, emit_impl};
use crate::model::{Alternate, AlternateBranch, Unrecognized};

/// `Wire`, a check that the branches can be told apart, and `From` what each holds.
pub(super) fn emit(alternate: &Alternate) -> TokenStream {
    let wire = emit_wire(alternate);
    let distinct = emit_distinct(alternate);
    let branches = alternate.branches.iter().map(|branch| (&branch.ident, &branch.ty));
    let from = conversion::emit(&alternate.common, branches);
    quote!(#wire #distinct #from)
}

fn emit_wire(alternate: &Alternate) -> TokenStream {
    let runtime = &alternate.common.runtime;
    let (kinds, read, write) = (emit_kinds(alternate), emit_read(alternate), emit_write(alternate));
    let items = quote! {
        const KINDS: #runtime::Kinds = #kinds;

        fn read(
            reader: #runtime::Reader<'_>,
        ) -> ::core::result::Result<Self, #runtime::ReadError> {
            #read
        }

        fn write(&self, writer: &mut #runtime::Writer) {
            match self { #write }
        }
    };
    emit_impl(&alternate.common, &quote!(#runtime::Wire), &items)
}

/// All kinds that a branch has.
fn emit_kinds(alternate: &Alternate) -> TokenStream {
    let runtime = &alternate.common.runtime;
    let kinds = alternate.branches.iter().map(|branch| emit_kinds_of(alternate, branch));
    quote!(#runtime::Kinds::NONE #(.union(#kinds))*)
}

fn emit_kinds_of(alternate: &Alternate, branch: &AlternateBranch) -> TokenStream {
    let (runtime, ty) = (&alternate.common.runtime, &branch.ty);
    quote!(<#ty as #runtime::Wire>::KINDS)
}

fn emit_read(alternate: &Alternate) -> TokenStream {
    let branches = alternate.branches.iter().map(|branch| emit_read_branch(alternate, branch));
    let unrecognized = emit_read_unrecognized(alternate);
    let (runtime, name) = (&alternate.common.runtime, &alternate.name);
    quote! {
        let kind = reader.kind();
        #(#branches)*
        #unrecognized
        ::core::result::Result::Err(#runtime::ReadError::wrong_alternate(#name))
    }
}

fn emit_read_branch(alternate: &Alternate, branch: &AlternateBranch) -> TokenStream {
    let runtime = &alternate.common.runtime;
    let AlternateBranch { ident, ty } = branch;
    let kinds = emit_kinds_of(alternate, branch);
    quote! {
        if #kinds.contains(kind) {
            return ::core::result::Result::Ok(Self::#ident(<#ty as #runtime::Wire>::read(reader)?));
        }
    }
}

/// A value of another kind, where the reader is tolerant and there is a place for it.
fn emit_read_unrecognized(alternate: &Alternate) -> Option<TokenStream> {
    let runtime = &alternate.common.runtime;
    let Unrecognized { ident, ty } = alternate.unrecognized.as_ref()?;
    Some(quote_spanned! {at(ty)=>
        if let #runtime::Policy::Tolerant = reader.policy() {
            return ::core::result::Result::Ok(Self::#ident(reader.value()));
        }
    })
}

fn emit_write(alternate: &Alternate) -> TokenStream {
    let runtime = &alternate.common.runtime;
    let branches = alternate.branches.iter().map(|branch| (&branch.ident, &branch.ty));
    let unrecognized = alternate.unrecognized.iter().map(|variant| (&variant.ident, &variant.ty));
    let arms = branches.chain(unrecognized).map(
        |(ident, ty)| quote!(Self::#ident(value) => <#ty as #runtime::Wire>::write(value, writer)),
    );
    quote!(#(#arms,)*)
}

/// Checks, when the program is compiled, that no two branches can be of the same kind. The derive
/// sees how a type is spelt; only the compiler knows what it is.
fn emit_distinct(alternate: &Alternate) -> TokenStream {
    let branches = &alternate.branches;
    let pairs = branches.iter().enumerate().flat_map(|(index, second)| {
        branches[..index].iter().map(move |first| emit_distinct_pair(alternate, first, second))
    });
    quote! {
        #[allow(deprecated)]
        const _: () = { #(#pairs)* };
    }
}

fn emit_distinct_pair(
    alternate: &Alternate,
    first: &AlternateBranch,
    second: &AlternateBranch,
) -> TokenStream {
    let message = format!(
        "`{}` and `{}` of alternate `{}` can be of the same JSON kind, and nothing else tells them \
         apart",
        first.ident, second.ident, alternate.name
    );
    let (one, other) = (emit_kinds_of(alternate, first), emit_kinds_of(alternate, second));
    quote_spanned!(at(&second.ty)=> ::core::assert!(!#one.overlaps(#other), #message);)
}
