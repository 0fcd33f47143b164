//! QAPI types as Rust types, written in full: QEMU has a struct called `String`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bindings::Bindings;
use crate::schema::types::{Builtin, Member, Origin, Type, TypeId};

/// Where the text stands that names a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seat {
    /// Beside the types.
    Root,
    /// In `commands`.
    Commands,
    /// In `events`.
    Events,
}

/// A type.
pub(super) fn emit_type(bindings: &Bindings, id: TypeId, seat: Seat) -> TokenStream {
    match bindings.schema.ty(id) {
        Type::Builtin(builtin) => emit_builtin(*builtin),
        Type::Array(array) => {
            let element = emit_type(bindings, array.element, seat);
            quote!(::std::vec::Vec<#element>)
        }
        Type::Object(object) if object.origin == Origin::Empty => quote!(()),
        Type::Enum(_) | Type::Object(_) | Type::Alternate(_) => {
            emit_path(bindings.type_name(id), seat)
        }
    }
}

/// A type of this schema.
pub(super) fn emit_path(name: &Ident, seat: Seat) -> TokenStream {
    match seat {
        Seat::Root => quote!(#name),
        Seat::Commands | Seat::Events => quote!(super::#name),
    }
}

/// What a command returns.
pub(super) fn emit_returns(
    bindings: &Bindings,
    returns: Option<TypeId>,
    seat: Seat,
) -> TokenStream {
    match returns {
        Some(id) => emit_type(bindings, id, seat),
        None => quote!(()),
    }
}

/// The type of a member that is there; `owner` is the object that has it.
pub(super) fn emit_present(
    bindings: &Bindings,
    owner: TypeId,
    member: &Member,
    seat: Seat,
) -> TokenStream {
    let ty = emit_type(bindings, member.ty, seat);
    match bindings.is_boxed(owner, member.ty) {
        true => emit_box(&ty),
        false => ty,
    }
}

/// A type behind a pointer.
pub(super) fn emit_box(ty: &TokenStream) -> TokenStream {
    quote!(::std::boxed::Box<#ty>)
}

fn emit_builtin(builtin: Builtin) -> TokenStream {
    match builtin {
        Builtin::Str => quote!(::std::string::String),
        Builtin::Number => quote!(f64),
        Builtin::Int | Builtin::Int64 => quote!(i64),
        Builtin::Int8 => quote!(i8),
        Builtin::Int16 => quote!(i16),
        Builtin::Int32 => quote!(i32),
        Builtin::Uint8 => quote!(u8),
        Builtin::Uint16 => quote!(u16),
        Builtin::Uint32 => quote!(u32),
        Builtin::Uint64 | Builtin::Size => quote!(u64),
        Builtin::Bool => quote!(bool),
        Builtin::Null => quote!(::qapi_runtime::Null),
        Builtin::Any => quote!(::qapi_runtime::Any),
    }
}
