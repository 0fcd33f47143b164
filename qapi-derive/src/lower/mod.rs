//! From a Rust item to what it stands for: the attributes read, the shape checked, the names found.
//! In: the syntax of one item. Out: an [`Item`], always; it has gaps where mistakes were reported.

mod alternate;
mod enumeration;
mod members;
mod union;
mod variants;

use quote::ToTokens;
use syn::{DeriveInput, Field, Fields, GenericParam, LitStr};

use crate::attribute::{self, Attributes};
use crate::grammar::{Derive, Key, Site};
use crate::mistake::Mistakes;
use crate::model::{Command, Common, Event, Facts, Item, Object};
use crate::name;

/// Reads an item as its derive wants it.
pub(crate) fn item(mistakes: &mut Mistakes, derive: Derive, input: &DeriveInput) -> Item {
    let attributes = attribute::read(mistakes, &input.attrs, Site::Item(derive), &input.ident);
    check_closed(mistakes, input);
    let common = common(&attributes, input);
    match derive {
        Derive::Object => Item::Object(members::lower(mistakes, derive, common, input)),
        Derive::Enum => Item::Enum(enumeration::lower(mistakes, common, input)),
        Derive::Union => Item::Union(union::lower(mistakes, common, &attributes, input)),
        Derive::Alternate => {
            Item::Alternate(alternate::lower(mistakes, common, &attributes, input))
        }
        Derive::Command => {
            let arguments = members::lower(mistakes, derive, common, input);
            Item::Command(Box::new(command(mistakes, &attributes, arguments)))
        }
        Derive::Event => {
            let data = members::lower(mistakes, derive, common, input);
            Item::Event(event(mistakes, &attributes, data))
        }
    }
}

fn command(mistakes: &mut Mistakes, attributes: &Attributes, arguments: Object) -> Command {
    Command {
        arguments,
        name: text(mistakes, attributes, Key::Name).unwrap_or_default(),
        returns: attributes.ty(Key::Returns).cloned(),
        out_of_band: attributes.has(Key::Oob),
        success_response: !attributes.has(Key::NoSuccessResponse),
        capability: text(mistakes, attributes, Key::Capability),
        facts: facts(attributes),
    }
}

fn event(mistakes: &mut Mistakes, attributes: &Attributes, data: Object) -> Event {
    Event {
        data,
        name: text(mistakes, attributes, Key::Name).unwrap_or_default(),
        capability: text(mistakes, attributes, Key::Capability),
        facts: facts(attributes),
    }
}

fn facts(attributes: &Attributes) -> Facts {
    let features = attributes.text(Key::Features).map(LitStr::value).unwrap_or_default();
    let features = features.split(',').map(str::trim).filter(|feature| !feature.is_empty());
    Facts {
        features: features.map(str::to_owned).collect(),
        since: attributes.text(Key::Since).map(LitStr::value),
    }
}

/// The name that a key gives.
fn text(mistakes: &mut Mistakes, attributes: &Attributes, key: Key) -> Option<String> {
    attributes.text(key).map(|text| name::written(mistakes, text))
}

fn common(attributes: &Attributes, input: &DeriveInput) -> Common {
    let runtime = attributes.path(Key::Crate).cloned();
    Common {
        ident: input.ident.clone(),
        visibility: input.vis.clone(),
        runtime: runtime.unwrap_or_else(|| syn::parse_quote!(::qapi_runtime)),
        debug: attributes.has(Key::Debug),
        serde: attributes.has(Key::Serde),
        generics: input.generics.clone(),
    }
}

/// A type on the wire has one shape, and a value outlives the message it was read from.
fn check_closed(mistakes: &mut Mistakes, input: &DeriveInput) {
    for parameter in &input.generics.params {
        match parameter {
            GenericParam::Lifetime(lifetime) => mistakes.at(
                lifetime,
                "a QAPI type borrows nothing: a value outlives the message it was read from",
                "own the data, as `String` and `Vec` do",
            ),
            GenericParam::Type(_) | GenericParam::Const(_) => mistakes.at(
                parameter,
                "a QAPI type has no parameters: it has one shape on the wire",
                "write one type for each shape; a value of any shape is `qapi_runtime::Any`",
            ),
        }
    }
}

/// Reports a derive on the wrong kind of item, at the item's keyword.
fn wrong_item(mistakes: &mut Mistakes, derive: Derive, keyword: impl ToTokens) {
    let wanted = match derive {
        Derive::Enum | Derive::Union | Derive::Alternate => "an enum",
        Derive::Object | Derive::Command | Derive::Event => "a struct",
    };
    let found = keyword.to_token_stream();
    mistakes.at(
        keyword,
        format!("`{derive}` is derived for {wanted}, and this is a Rust `{found}`"),
        "a struct derives `Object`, `Command` or `Event`; an enum derives `Enum` (names), `Union` \
         (objects told apart by a tag) or `Alternate` (values told apart by their JSON kind)",
    );
}

/// The one field of a variant or a newtype, without a name and without keys.
fn payload<'a>(mistakes: &mut Mistakes, fields: &'a Fields) -> Option<&'a Field> {
    for field in fields.iter().filter(|field| field.ident.is_none()) {
        attribute::read(mistakes, &field.attrs, Site::Payload, field);
    }
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
        Fields::Named(_) | Fields::Unnamed(_) | Fields::Unit => None,
    }
}
