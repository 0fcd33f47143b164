//! Impls in place of those that mistakes prevented. They are never run, since the errors stop the
//! compiler; they keep every use of the type from being a further error.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{debug, emit_command, emit_event, emit_impl, emit_inherent, emit_names};
use crate::model::{Common, Item};

/// What the derive would have implemented.
pub(crate) fn item(item: &Item) -> TokenStream {
    let (wire, debug) = (stub_item(item), debug::emit(item.common()));
    quote!(#wire #debug)
}

fn stub_item(item: &Item) -> TokenStream {
    match item {
        Item::Object(object) => stub_object(&object.common),
        Item::Enum(enumeration) => stub_enum(&enumeration.common),
        Item::Union(union) => {
            let (object, union) = (stub_object(&union.common), stub_union(&union.common));
            quote!(#object #union)
        }
        Item::Alternate(alternate) => stub_wire(&alternate.common),
        Item::Command(command) => {
            let (object, command) = (stub_object(&command.arguments.common), emit_command(command));
            quote!(#object #command)
        }
        Item::Event(event) => {
            let (object, event) = (stub_object(&event.data.common), emit_event(event));
            quote!(#object #event)
        }
    }
}

fn stub_object(common: &Common) -> TokenStream {
    let runtime = &common.runtime;
    let wire = stub_wire(common);
    let flat = emit_impl(common, &quote!(#runtime::Flat), &TokenStream::new());
    quote!(#wire #flat)
}

/// Without kinds it overlaps with no other branch of an alternate.
fn stub_wire(common: &Common) -> TokenStream {
    let runtime = &common.runtime;
    let items = quote! {
        const KINDS: #runtime::Kinds = #runtime::Kinds::NONE;

        fn read(_: #runtime::Reader<'_>) -> ::core::result::Result<Self, #runtime::ReadError> {
            loop {}
        }

        fn write(&self, _: &mut #runtime::Writer) {}
    };
    emit_impl(common, &quote!(#runtime::Wire), &items)
}

fn stub_enum(common: &Common) -> TokenStream {
    let (runtime, wire) = (&common.runtime, stub_wire(common));
    let names = emit_names(common, std::iter::empty());
    let as_str = stub_text(common, "as_str");
    let inherent = emit_inherent(common, &quote!(#names #as_str));
    let fmt = quote! {
        fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { loop {} }
    };
    let display = emit_impl(common, &quote!(::core::fmt::Display), &fmt);
    let parse = quote! {
        type Err = #runtime::ReadError;

        fn from_str(_: &::core::primitive::str) -> ::core::result::Result<Self, Self::Err> {
            loop {}
        }
    };
    let from_str = emit_impl(common, &quote!(::core::str::FromStr), &parse);
    quote!(#inherent #wire #display #from_str)
}

fn stub_union(common: &Common) -> TokenStream {
    let visibility = &common.visibility;
    let names = emit_names(common, std::iter::empty());
    let tag = stub_text(common, "tag");
    emit_inherent(
        common,
        &quote! {
            #[allow(missing_docs)]
            #visibility const TAG: &'static ::core::primitive::str = "";
            #names
            #tag
        },
    )
}

fn stub_text(common: &Common, method: &str) -> TokenStream {
    let visibility = &common.visibility;
    let method = quote::format_ident!("{method}");
    quote! {
        #[allow(missing_docs)]
        #visibility fn #method(&self) -> &::core::primitive::str { loop {} }
    }
}
