//! From a model to impls: one file for each kind of item, one `quote!` for each construct. Names
//! are written in full, because a QAPI type may be called `String`, `Option` or `Ok`. Nothing is
//! generic and nothing is a closure: what is printed here is compiled in the user's crate, once for
//! each of several hundred types, so all logic is behind plain calls into the runtime.

mod alternate;
mod command;
mod conversion;
pub(crate) mod debug;
mod enumeration;
mod event;
mod members;
mod object;
mod serde;
mod union;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use syn::Type;
use syn::spanned::Spanned;

use crate::model::{Common, Facts, Item};

pub(crate) use command::emit_command;
pub(crate) use event::emit_event;

/// The impls of an item.
pub(crate) fn item(item: &Item) -> TokenStream {
    let wire = match item {
        Item::Object(object) => object::emit(object),
        Item::Enum(enumeration) => enumeration::emit(enumeration),
        Item::Union(union) => union::emit(union),
        Item::Alternate(alternate) => alternate::emit(alternate),
        Item::Command(command) => command::emit(command),
        Item::Event(event) => event::emit(event),
    };
    let debug = debug::emit(item.common());
    let serde = serde::emit(item.common());
    quote!(#wire #debug #serde)
}

/// An impl of one of the runtime's traits. A deprecated member is still on the wire, so that using
/// it here is no reason to warn.
pub(crate) fn emit_impl(
    common: &Common,
    interface: &TokenStream,
    items: &TokenStream,
) -> TokenStream {
    let ident = &common.ident;
    let (parameters, arguments, bounds) = common.generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #parameters #interface for #ident #arguments #bounds {
            #items
        }
    }
}

/// Methods and constants of the item itself.
pub(crate) fn emit_inherent(common: &Common, items: &TokenStream) -> TokenStream {
    let ident = &common.ident;
    let (parameters, arguments, bounds) = common.generics.split_for_impl();
    quote! {
        #[allow(deprecated)]
        impl #parameters #ident #arguments #bounds {
            #items
        }
    }
}

/// `Wire` and `Flat` of an object or a union: how its members are read and written. That they stand
/// in braces is provided by the trait.
fn emit_object(common: &Common, members: &Members) -> TokenStream {
    let runtime = &common.runtime;
    let Members { reader, read, writer, write } = members;
    let items = quote! {
        const KINDS: #runtime::Kinds = #runtime::Kinds::OBJECT;

        fn read_members(
            #reader: &mut #runtime::Members<'_>,
        ) -> ::core::result::Result<Self, #runtime::ReadError> {
            #read
        }

        fn write_members(&self, #writer: &mut #runtime::Writer) {
            #write
        }
    };
    let wire = emit_impl(common, &quote!(#runtime::Wire), &items);
    let flat = emit_impl(common, &quote!(#runtime::Flat), &TokenStream::new());
    quote!(#wire #flat)
}

/// The bodies of two methods, and what they call their parameters.
struct Members {
    reader: Ident,
    read: TokenStream,
    writer: Ident,
    write: TokenStream,
}

/// The table of names that a union's tag or an enumeration has.
pub(crate) fn emit_names<'a>(
    common: &Common,
    names: impl Iterator<Item = &'a String>,
) -> TokenStream {
    let visibility = &common.visibility;
    quote! {
        /// The names on the wire that this code knows.
        #visibility const NAMES: &'static [&'static ::core::primitive::str] = &[#(#names),*];
    }
}

/// The capability that a command or an event needs; there is none by default.
fn emit_capability(capability: Option<&str>) -> Option<TokenStream> {
    let capability = capability?;
    Some(quote! {
        const CAPABILITY: ::core::option::Option<&'static ::core::primitive::str> =
            ::core::option::Option::Some(#capability);
    })
}

/// What a schema says of a command or an event; by default nothing.
fn emit_facts(Facts { features, since }: &Facts) -> TokenStream {
    let features = (!features.is_empty()).then(|| {
        quote! {
            const FEATURES: &'static [&'static ::core::primitive::str] = &[#(#features),*];
        }
    });
    let since = since.as_ref().map(|since| {
        quote! {
            const SINCE: ::core::option::Option<&'static ::core::primitive::str> =
                ::core::option::Option::Some(#since);
        }
    });
    quote!(#features #since)
}

/// Arms that select a value by its number in the table of names. The last one takes all numbers
/// that are left: there are no others.
fn emit_arms_by_number(common: &Common, mut values: Vec<TokenStream>) -> TokenStream {
    let runtime = &common.runtime;
    let last = values.pop();
    let numbers = (0..values.len()).map(Literal::usize_unsuffixed);
    quote! {
        #(#runtime::Tag::Known(#numbers) => ::core::result::Result::Ok(#values),)*
        #runtime::Tag::Known(_) => ::core::result::Result::Ok(#last),
    }
}

/// What `?` does, spelt out. Without its two calls and its conversion, several hundred structs are
/// checked and built faster.
fn emit_try(result: &TokenStream) -> TokenStream {
    quote! {
        match #result {
            ::core::result::Result::Ok(value) => value,
            ::core::result::Result::Err(error) => return ::core::result::Result::Err(error),
        }
    }
}

/// The place of a type, for code whose errors are about that type. Names in it are those of the
/// derive.
fn at(ty: &Type) -> Span {
    Span::call_site().located_at(ty.span())
}
