//! What a user wants otherwise than the schema alone would have it: by the path of a definition,
//! `guest-exec`, or of a member, `guest-exec.input-data`.

mod wrong;

use std::collections::BTreeMap;
use std::fmt;

use proc_macro2::TokenStream;

use super::layout::MARK;
use crate::schema::types::Common;

/// The type of a member that is bytes in Rust.
pub(crate) const BYTES: &str = "::qapi_runtime::Base64";

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
    /// What is wrong: "'Blob' has no 'dta' of its own; did you mean 'data'?".
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
