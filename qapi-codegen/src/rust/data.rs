//! What a command takes and what an event tells, as a struct of its own name.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bindings::Bindings;
use super::name::Scope;
use super::object;
use super::structure::{self, Field, Form, Structure, emit_derives};
use super::ty::{self, Seat};
use crate::schema::types::TypeId;

/// What a command's or an event's struct is adorned with.
pub(super) struct Attributes {
    /// Documentation and `#[deprecated]`.
    pub(super) before: TokenStream,
    pub(super) derive: TokenStream,
    pub(super) qapi: TokenStream,
    pub(super) is_deprecated: bool,
    /// When it is there; what is before says so already.
    pub(super) gate: Option<TokenStream>,
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
    let Attributes { before, derive, qapi, is_deprecated, gate } = attributes;
    if let Some(union) = data.filter(|&id| rest.is_none() && is_union(bindings, id)) {
        let ty = ty::emit_type(bindings, union, seat);
        let derives = emit_derives(bindings, &derive, Form::Choice);
        return quote!(#before #derives #qapi pub struct #name(pub #ty););
    }
    let mut scope = Scope::default();
    let fields = data.map(|id| object::fields(bindings, id, &mut scope, seat));
    let rest = rest.map(|field| field(&mut scope));
    let fields: Vec<Field> = fields.into_iter().flatten().chain(rest).collect();
    if fields.is_empty() {
        let derives = emit_derives(bindings, &derive, Form::Nothing);
        return quote!(#before #derives #qapi pub struct #name;);
    }
    let attributes = before;
    let may_be_shown = data.is_none_or(|id| bindings.may_be_shown(id));
    let structure =
        Structure { attributes, derive, qapi, name, gate, fields, may_be_shown, is_deprecated };
    structure::emit_structure(bindings, &structure)
}

fn is_union(bindings: &Bindings, id: TypeId) -> bool {
    bindings.schema.object(id).is_some_and(|object| object.branches.is_some())
}
