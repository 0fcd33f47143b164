//! Structs with named fields: what objects, commands and events have in common.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Serde;
use super::bindings::Bindings;
use super::doc;
use super::gate::emit_gate;
use super::name::tells_member;
use super::setters;
use super::ty::{self, Seat};
use crate::schema::Schema;
use crate::schema::types::{Builtin, Common, Member, Type, TypeId};

/// A struct to be written.
pub(super) struct Structure<'a> {
    /// Documentation and `#[deprecated]`.
    pub(super) attributes: TokenStream,
    /// Which of the runtime's derives, and its `#[qapi(…)]`.
    pub(super) derive: TokenStream,
    pub(super) qapi: TokenStream,
    pub(super) name: &'a Ident,
    /// When it is there; its attributes say so already.
    pub(super) gate: Option<TokenStream>,
    pub(super) fields: Vec<Field>,
    /// Whether its values may be shown as they are written.
    pub(super) may_be_shown: bool,
    /// Whether the struct itself is `#[deprecated]`.
    pub(super) is_deprecated: bool,
}

/// One field.
pub(super) struct Field {
    /// Documentation, `#[deprecated]` and `#[qapi(…)]`.
    pub(super) attributes: TokenStream,
    pub(super) name: Ident,
    /// When it is there.
    pub(super) gate: Option<TokenStream>,
    pub(super) ty: TokenStream,
    pub(super) start: Start,
    /// `#[deprecated]`; its attributes have it already.
    pub(super) deprecated: Option<TokenStream>,
}

/// What `new` puts into a field.
pub(super) enum Start {
    /// What the caller gives.
    Given(Given),
    /// `None`; a setter is given what is there.
    Absent(Given),
    /// An empty value.
    Empty(TokenStream),
}

/// What a caller gives for a field.
pub(super) struct Given {
    /// The parameter's type.
    pub(super) parameter: TokenStream,
    /// What is made of the parameter, if it is not the value itself.
    pub(super) value: Option<TokenStream>,
}

/// The struct, and its constructor where something must be given.
pub(super) fn emit_structure(bindings: &Bindings, structure: &Structure) -> TokenStream {
    let Structure { attributes, derive, qapi, name, fields, .. } = structure;
    let needs_nothing = !fields.iter().any(|field| matches!(field.start, Start::Given(_)));
    let form = Form::Members { has_default: needs_nothing, may_be_shown: structure.may_be_shown };
    let derives = emit_derives(bindings, derive, form);
    let constructor = (!needs_nothing).then(|| emit_new(bindings, structure));
    let setters = setters::emit(bindings, structure);
    let fields = fields
        .iter()
        .map(|Field { attributes, name, gate, ty, .. }| quote!(#gate #attributes pub #name: #ty,));
    quote! {
        #attributes
        #derives
        #qapi
        pub struct #name { #(#fields)* }
        #constructor
        #setters
    }
}

/// What a type is made of, which says what it has of Rust's own traits.
#[derive(Clone, Copy)]
pub(super) enum Form {
    /// Names alone: a key for maps.
    Names,
    /// One of several things.
    Choice,
    /// Members, none of which must be given where there is a default. It shows itself as it is
    /// written if it may: most members are absent most of the time.
    Members { has_default: bool, may_be_shown: bool },
    /// Nothing.
    Nothing,
}

/// The derives of a type, one of the runtime's among them.
pub(super) fn emit_derives(bindings: &Bindings, derive: &TokenStream, form: Form) -> TokenStream {
    let traits = match form {
        Form::Names => quote!(Clone, Debug, PartialEq, Eq, Hash),
        Form::Choice => quote!(Clone, Debug, PartialEq),
        Form::Members { has_default: true, may_be_shown: true } => {
            quote!(Clone, Default, PartialEq)
        }
        Form::Members { has_default: false, may_be_shown: true } => quote!(Clone, PartialEq),
        Form::Members { has_default: false, may_be_shown: false } => {
            quote!(Clone, Debug, PartialEq)
        }
        Form::Members { has_default: true, may_be_shown: false } | Form::Nothing => {
            quote!(Clone, Debug, Default, PartialEq)
        }
    };
    let debug = matches!(form, Form::Members { may_be_shown: true, .. }).then(|| quote!(debug));
    let serde = (bindings.options.serde == Serde::With).then(|| quote!(serde));
    let more: Vec<_> = debug.into_iter().chain(serde).collect();
    let qapi = (!more.is_empty()).then(|| quote!(#[qapi(#(#more),*)]));
    quote! {
        #[derive(#traits, ::qapi_runtime::#derive)]
        #qapi
    }
}

/// Clippy's bound for the number of parameters.
const MANY: usize = 7;

fn emit_new(bindings: &Bindings, structure: &Structure) -> TokenStream {
    let name = structure.name;
    let doc = doc::emit_sentence(bindings, sentence_for_new(&structure.fields));
    let has_deprecated = structure.fields.iter().any(|field| field.deprecated.is_some());
    let allow = doc::emit_allow(structure.is_deprecated || has_deprecated);
    let parameters: Vec<TokenStream> = structure.fields.iter().filter_map(emit_parameter).collect();
    let many = (parameters.len() > MANY).then(|| quote!(#[allow(clippy::too_many_arguments)]));
    let values = structure.fields.iter().map(emit_start);
    let gate = &structure.gate;
    quote! {
        #gate
        #allow
        impl #name {
            #doc
            #many
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values),* }
            }
        }
    }
}

fn sentence_for_new(fields: &[Field]) -> &'static str {
    match fields.iter().all(|field| matches!(field.start, Start::Given(_))) {
        true => "With all its members.",
        false => "With what is mandatory; all that is optional is absent.",
    }
}

fn emit_parameter(field: &Field) -> Option<TokenStream> {
    let Field { name, gate, .. } = field;
    match &field.start {
        Start::Given(Given { parameter, .. }) => Some(quote!(#gate #name: #parameter)),
        Start::Absent(_) | Start::Empty(_) => None,
    }
}

fn emit_start(field: &Field) -> TokenStream {
    let Field { name, gate, .. } = field;
    match &field.start {
        Start::Given(Given { value: None, .. }) => quote!(#gate #name),
        Start::Given(Given { value: Some(value), .. }) | Start::Empty(value) => {
            quote!(#gate #name: #value)
        }
        Start::Absent(_) => quote!(#gate #name: ::core::option::Option::None),
    }
}

/// A member and the object that has it: the struct's own or a base.
#[derive(Clone, Copy)]
pub(super) struct Inlined<'a> {
    pub(super) owner: TypeId,
    pub(super) common: &'a Common,
    pub(super) member: &'a Member,
}

/// All members that an object always has, inherited first.
pub(super) fn inlined<'a>(schema: &'a Schema, object: TypeId) -> Vec<Inlined<'a>> {
    let base = |&id: &TypeId| schema.object(id).and_then(|object| object.base);
    let mut lineage: Vec<TypeId> = std::iter::successors(Some(object), base).collect();
    lineage.reverse();
    let objects = lineage.into_iter().filter_map(|id| Some((id, schema.object(id)?)));
    objects
        .flat_map(|(owner, object)| {
            let common = &object.common;
            object.members.iter().map(move |member| Inlined { owner, common, member })
        })
        .collect()
}

/// The field for a member.
pub(super) fn field(bindings: &Bindings, inlined: Inlined, name: Ident, seat: Seat) -> Field {
    let Inlined { owner, common, member } = inlined;
    let docs = doc::emit_member(bindings, common, member, seat);
    let deprecated = doc::emit_deprecated(bindings, &member.features, common.doc.as_ref());
    let wire = &member.name;
    let qapi = (!tells_member(&name, wire)).then(|| quote!(#[qapi(name = #wire)]));
    let overrides = &bindings.options.overrides;
    let attributes = overrides.attributes_of_part(common, wire);
    let (present, given) = match overrides.type_of(common, wire) {
        Some(ty) => {
            let given = into(&ty, &name);
            (ty, given)
        }
        None => {
            let present = ty::emit_present(bindings, owner, member, seat);
            (present, given(bindings, inlined, &name, seat))
        }
    };
    let (ty, start) = match member.optional {
        true => (quote!(::core::option::Option<#present>), Start::Absent(given)),
        false => (present, Start::Given(given)),
    };
    Field {
        attributes: quote!(#docs #deprecated #attributes #qapi),
        gate: emit_gate(bindings, member.condition.as_ref()),
        name,
        ty,
        start,
        deprecated,
    }
}

/// Whatever makes a value of this type.
fn into(ty: &TokenStream, name: &Ident) -> Given {
    let parameter = quote!(impl ::core::convert::Into<#ty>);
    Given { parameter, value: Some(quote!(#name.into())) }
}

/// Strings are given as whatever makes one, boxed values without their box.
fn given(bindings: &Bindings, inlined: Inlined, name: &Ident, seat: Seat) -> Given {
    let Inlined { owner, member, .. } = inlined;
    if let Type::Builtin(Builtin::Str) = bindings.schema.ty(member.ty) {
        return into(&quote!(::std::string::String), name);
    }
    let parameter = ty::emit_type(bindings, member.ty, seat);
    let value = bindings.is_boxed(owner, member.ty).then(|| quote!(::std::boxed::Box::new(#name)));
    Given { parameter, value }
}
