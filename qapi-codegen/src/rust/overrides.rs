//! What a user wants otherwise than the schema alone would have it: by the path of a definition,
//! `guest-exec`, or of a member, `guest-exec.input-data`.

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::TokenStream;

use super::layout::MARK;
use crate::schema::Schema;
use crate::schema::types::{Common, Entity, Object, Type};

/// All wishes.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// The type of a member, as Rust, by the member's path.
    types: BTreeMap<String, String>,
    /// Attributes, as Rust, by path.
    attributes: BTreeMap<String, Vec<String>>,
}

/// A wish that cannot be fulfilled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongOverride {
    /// The path that it is about.
    pub path: String,
    /// What is wrong: "the schema has no such member".
    pub reason: String,
}

impl fmt::Display for WrongOverride {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl Overrides {
    /// The member at `path` gets this type: a Rust type that implements `Wire`.
    pub fn ty(&mut self, path: impl Into<String>, ty: impl Into<String>) {
        self.types.insert(path.into(), ty.into());
    }

    /// What is at `path` gets this attribute as well.
    pub fn attribute(&mut self, path: impl Into<String>, attribute: impl Into<String>) {
        self.attributes.entry(path.into()).or_default().push(attribute.into());
    }

    /// What is wished of a definition and its members.
    pub(super) fn of_definition(&self, name: &str) -> Vec<(&str, &str)> {
        let is_of = |path: &str| path.split('.').next() == Some(name);
        let types = self.types.iter().map(|(path, ty)| (path.as_str(), ty.as_str()));
        let attributes = self.attributes.iter().flat_map(|(path, attributes)| {
            attributes.iter().map(move |attribute| (path.as_str(), attribute.as_str()))
        });
        types.chain(attributes).filter(|(path, _)| is_of(path)).collect()
    }

    /// What of them cannot be fulfilled for a schema.
    pub fn wrong(&self, schema: &Schema) -> Vec<WrongOverride> {
        let wrong = |path: &str, reason: &str| {
            Some(WrongOverride { path: path.to_owned(), reason: reason.to_owned() })
        };
        let types = self.types.iter().filter_map(|(path, ty)| match path.split_once('.') {
            _ if syn::parse_str::<syn::Type>(ty).is_err() => wrong(path, "this is no Rust type"),
            Some((owner, member)) if is_tag(schema, owner, member) => {
                wrong(path, "a union's tag is the field that holds its branch")
            }
            Some((owner, member)) if has_member(schema, owner, member) => None,
            _ => wrong(path, "the schema has no such member"),
        });
        let attributes = self.attributes.iter().flat_map(|(path, attributes)| {
            let is_known = match path.split_once('.') {
                Some((owner, part)) => has_member(schema, owner, part),
                None => schema.find(path).is_some(),
            };
            let unknown = match is_known {
                true => None,
                false => wrong(path, "the schema has nothing of that name"),
            };
            let unread = attributes.iter().find(|attribute| parsed(attribute).is_none());
            unknown.into_iter().chain(unread.and_then(|_| wrong(path, "this is no attribute")))
        });
        types.chain(attributes).collect()
    }

    /// The type that a member of a definition is to have.
    pub(super) fn type_of(&self, owner: &Common, member: &str) -> Option<TokenStream> {
        if self.types.is_empty() {
            return None;
        }
        self.types.get(&path(owner, member))?.parse().ok()
    }

    /// The attributes of a definition.
    pub(super) fn attributes_of(&self, owner: &Common) -> TokenStream {
        self.attributes_at(definition_name(owner))
    }

    /// The attributes of a member or a value of a definition.
    pub(super) fn attributes_of_part(&self, owner: &Common, part: &str) -> TokenStream {
        match self.attributes.is_empty() {
            true => TokenStream::new(),
            false => self.attributes_at(&path(owner, part)),
        }
    }

    fn attributes_at(&self, path: &str) -> TokenStream {
        let attributes = self.attributes.get(path).into_iter().flatten();
        attributes.filter_map(|attribute| parsed(attribute)).collect()
    }
}

fn parsed(attribute: &str) -> Option<TokenStream> {
    // Documentation that begins so would be taken for a page of the schema's.
    if attribute.contains(MARK) || attribute.contains("\\u{1}") || attribute.contains("\\x01") {
        return None;
    }
    let tokens: TokenStream = attribute.parse().ok()?;
    let parse = |input: syn::parse::ParseStream<'_>| syn::Attribute::parse_outer(input);
    let is_one =
        syn::parse::Parser::parse2(parse, tokens.clone()).is_ok_and(|found| !found.is_empty());
    is_one.then_some(tokens)
}

fn path(owner: &Common, part: &str) -> String {
    format!("{}.{part}", definition_name(owner))
}

/// Members that are written in place are their definition's.
fn definition_name(owner: &Common) -> &str {
    let name = owner.name.as_str();
    let inside = name.strip_prefix("q_obj_").unwrap_or(name);
    inside.strip_suffix("-arg").or_else(|| inside.strip_suffix("-base")).unwrap_or(inside)
}

fn is_tag(schema: &Schema, owner: &str, member: &str) -> bool {
    let object = schema.find_type(owner).and_then(|id| schema.object(id));
    let branches = object.and_then(|object| object.branches.as_ref());
    branches.is_some_and(|branches| branches.tag == member)
}

fn has_member(schema: &Schema, owner: &str, part: &str) -> bool {
    let has = |id| {
        schema.members_flattened(id).iter().any(|member| member.name == part)
            || schema.enumeration(id).is_some_and(|owner| owner.value(part).is_some())
    };
    let data = match schema.find(owner) {
        Some(Entity::Type(id)) => Some(id),
        Some(Entity::Command(index)) => schema.commands()[index].arguments,
        Some(Entity::Event(index)) => schema.events()[index].data,
        Some(Entity::Include(_)) | None => None,
    };
    // An inherited member is its base's; its path says so.
    data.is_some_and(|id| match schema.ty(id) {
        Type::Object(Object { common, .. }) if common.name.starts_with("q_obj_") => has(id),
        Type::Object(object) => {
            let base =
                object.base.filter(|base| schema.object(*base).is_some_and(Object::is_implicit));
            object.members.iter().any(|member| member.name == part) || base.is_some_and(has)
        }
        Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Alternate(_) => has(id),
    })
}
