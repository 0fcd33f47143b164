//! Names on the wire: what they are by default, what they may not be, and that no two are the same.
//! In: identifiers and `name` keys. Out: names; a name that no schema could have is a mistake.

use heck::ToKebabCase;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Ident, LitStr};

use crate::mistake::Mistakes;

/// A member's name: the one given, or the identifier with `-` for `_`.
pub(crate) fn member(mistakes: &mut Mistakes, given: Option<&LitStr>, ident: &Ident) -> String {
    match given {
        Some(text) => written(mistakes, text),
        None => by_default(mistakes, ident, ident.unraw().to_string().replace('_', "-")),
    }
}

/// A variant's name: the one given, or the identifier in kebab case.
pub(crate) fn variant(mistakes: &mut Mistakes, given: Option<&LitStr>, ident: &Ident) -> String {
    match given {
        Some(text) => written(mistakes, text),
        None => by_default(mistakes, ident, ident.unraw().to_string().to_kebab_case()),
    }
}

/// A name as written in an attribute.
pub(crate) fn written(mistakes: &mut Mistakes, text: &LitStr) -> String {
    let name = text.value();
    if name.is_empty() {
        mistakes.at(text, "a name on the wire has at least one character", "write the name");
    } else if let Some(odd) = name.chars().find(|c| !is_name_character(*c)) {
        mistakes.at(
            text,
            format!("no name on the wire has the character {odd:?}"),
            "names consist of ASCII letters, digits, `-`, `_` and `.`",
        );
    }
    name
}

/// A name made of an identifier. Where the identifier was bent to please Rust (`type_`, `_2`), the
/// name made of it is surely not the one on the wire.
fn by_default(mistakes: &mut Mistakes, ident: &Ident, name: String) -> String {
    let bent = ident.to_string().starts_with('_') || name.ends_with('-');
    if bent || !name.chars().all(is_name_character) {
        mistakes.at(
            ident,
            format!("`{ident}` makes no good name on the wire"),
            "say which one is meant: `#[qapi(name = \"the-name\")]`",
        );
    }
    name
}

// The characters of QAPI names, those of downstream (`__org.qemu_x-foo`) included; qapi-code-gen,
// "Naming rules and reserved names".
fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// The names used so far in one object, enumeration or union.
#[derive(Default)]
pub(crate) struct Names {
    used: Vec<(String, Ident)>,
}

impl Names {
    /// Takes a name; a second use of it is a mistake at `place`.
    pub(crate) fn add(
        &mut self,
        mistakes: &mut Mistakes,
        name: &str,
        ident: &Ident,
        place: Option<&LitStr>,
    ) {
        if let Some((_, first)) = self.used.iter().find(|(used, _)| used == name) {
            mistakes.at(
                place.map_or_else(|| ident.to_token_stream(), LitStr::to_token_stream),
                format!("`{first}` and `{ident}` have the same name on the wire: \"{name}\""),
                "give one of them another `name`",
            );
        }
        self.used.push((name.to_owned(), ident.clone()));
    }
}
