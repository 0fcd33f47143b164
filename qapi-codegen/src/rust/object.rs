//! Structs and unions of the schema. A union whose base is its tag alone is an enum; any other is a
//! struct in which the tag's field holds the branch.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::bindings::Bindings;
use super::doc;
use super::gate::emit_gate;
use super::name::Scope;
use super::structure::{self, Field, Given, Inlined, Start, Structure};
use super::ty::{self, Seat};
use super::union;
use crate::schema::Schema;
use crate::schema::types::{Branches, Object, TypeId};

/// A struct or a union.
pub(super) fn emit_object(bindings: &Bindings, id: TypeId, object: &Object) -> TokenStream {
    match (&object.branches, bindings.branches_name(id)) {
        (None, _) => emit_struct(bindings, id, object, "struct"),
        (Some(branches), None) => {
            let docs = doc::emit_type(bindings, &object.common, "union");
            union::emit_branches(bindings, branches, bindings.type_name(id), docs)
        }
        (Some(branches), Some(name)) => {
            let structure = emit_struct(bindings, id, object, "union");
            let gate = emit_gate(bindings, object.common.condition.as_ref());
            let branches = emit_branches(bindings, id, branches, name);
            quote!(#structure #gate #branches)
        }
    }
}

/// Whether a type is a union with members besides its tag: a struct with an enum of its branches.
/// Another union is the enum itself.
pub(super) fn has_enum_of_branches(schema: &Schema, id: TypeId) -> bool {
    let is_union = schema.object(id).is_some_and(|object| object.branches.is_some());
    is_union && schema.members_flattened(id).len() > 1
}

/// All members in place; that which is a union's tag holds the branch.
fn emit_struct(bindings: &Bindings, id: TypeId, object: &Object, what: &str) -> TokenStream {
    let structure = Structure {
        attributes: doc::emit_type(bindings, &object.common, what),
        derive: quote!(Object),
        qapi: TokenStream::new(),
        name: bindings.type_name(id),
        may_be_shown: bindings.may_be_shown(id),
        gate: emit_gate(bindings, object.common.condition.as_ref()),
        fields: fields(bindings, id, &mut Scope::default(), Seat::Root),
        is_deprecated: false,
    };
    structure::emit_structure(bindings, &structure)
}

/// The fields for everything that an object has.
pub(super) fn fields(bindings: &Bindings, id: TypeId, scope: &mut Scope, seat: Seat) -> Vec<Field> {
    let branches = bindings.schema.object(id).and_then(|object| object.branches.as_ref());
    let tag = branches.map(|branches| &branches.tag);
    let members = structure::inlined(bindings.schema, id).into_iter();
    let fields = members.map(|inlined| {
        let name = scope.snake(&inlined.member.name);
        match tag == Some(&inlined.member.name) {
            true => branch_field(bindings, id, inlined, name, seat),
            false => structure::field(bindings, inlined, name, seat),
        }
    });
    fields.collect()
}

/// The enum for the field that is the tag.
fn emit_branches(
    bindings: &Bindings,
    id: TypeId,
    branches: &Branches,
    name: &Ident,
) -> TokenStream {
    let union = bindings.type_name(id);
    let sentence = format!("What `{}` selects in [`{union}`].", branches.tag);
    let docs = doc::emit_sentence(bindings, &sentence);
    union::emit_branches(bindings, branches, name, docs)
}

/// The field that is the tag and holds what it selects.
fn branch_field(
    bindings: &Bindings,
    id: TypeId,
    inlined: Inlined,
    name: Ident,
    seat: Seat,
) -> Field {
    let Inlined { common, member, .. } = inlined;
    let docs = doc::emit_member(bindings, common, member, seat);
    let deprecated = doc::emit_deprecated(bindings, &member.features, common.doc.as_ref());
    let branches = bindings.branches_name(id).unwrap_or_else(|| bindings.type_name(id));
    let ty = ty::emit_path(branches, seat);
    Field {
        attributes: quote!(#docs #deprecated #[qapi(branch)]),
        name,
        gate: None, // a tag is always there
        start: Start::Given(Given { parameter: ty.clone(), value: None }),
        ty,
        deprecated,
    }
}
