//! QAPI names → Rust identifiers. Nothing else in this crate makes an identifier.
//!
//! In: names as the schema has them. Out: identifiers that are legal, in Rust's case and distinct
//! where Rust wants them distinct. Nothing is refused here: every legal schema has its names, and
//! the wire's own name stays in the `#[qapi(name = …)]` of whatever was renamed.
//!
//! - Types keep their names; a vendor's `__org.example_x-Thing` becomes `OrgExampleXThing`.
//! - Members, commands and events get Rust's case. `2_5` becomes `_2_5`: where a separator stands
//!   between digits it stays, so that it is not taken for `25`.
//! - A keyword becomes raw (`r#type`), or gets `_` behind it where it cannot be raw (`self_`).
//! - Of two names that become equal, the one that the schema has first stays, the later one gets
//!   `_` behind it. So a schema that grows at its end renames nothing.

use std::collections::HashSet;

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};

/// Words that are no plain identifiers in some edition; all of them can be raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot be raw either.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Names that must differ from one another: the members of a struct, the types of a module.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names are given away already.
    pub(super) fn without(reserved: &[&str]) -> Self {
        Scope { taken: reserved.iter().map(|&name| name.to_owned()).collect() }
    }

    /// The name of a type, kept as far as Rust can bear it.
    pub(super) fn ty(&mut self, name: &str) -> Ident {
        self.claim(type_name(name))
    }

    /// The name of a struct for a command or an event, or of a variant.
    pub(super) fn camel(&mut self, name: &str) -> Ident {
        self.claim(camel_case(name))
    }

    /// The name of a field or a method.
    pub(super) fn snake(&mut self, name: &str) -> Ident {
        self.claim(snake_case(name))
    }

    fn claim(&mut self, mut name: String) -> Ident {
        if NEVER_RAW.contains(&name.as_str()) {
            name.push('_');
        }
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        match KEYWORDS.contains(&name.as_str()) {
            true => Ident::new_raw(&name, Span::call_site()),
            false => Ident::new(&name, Span::call_site()),
        }
    }
}

/// The method that sets a field.
pub(super) fn setter(field: &Ident) -> Ident {
    // A raw identifier is an ordinary name behind a prefix.
    quote::format_ident!("with_{}", plain(field))
}

/// A field's name for people.
pub(super) fn plain(field: &Ident) -> String {
    let name = field.to_string();
    name.strip_prefix("r#").unwrap_or(&name).to_owned()
}

/// A module that is not in the text: what stands in it is laid out as in any.
pub(super) fn any_module() -> Ident {
    Ident::new("m", Span::call_site())
}

/// Whether a field needs no `name` attribute: `qapi-derive` finds the wire's name in its own.
pub(super) fn tells_member(field: &Ident, name: &str) -> bool {
    tells(field, name, |ident| ident.replace('_', "-"))
}

/// Whether a variant needs no `name` attribute.
pub(super) fn tells_value(variant: &Ident, name: &str) -> bool {
    tells(variant, name, |ident| ident.to_kebab_case())
}

/// Identifiers that were bent to please Rust never tell, not even where they seem to.
fn tells(ident: &Ident, name: &str, by_default: impl Fn(&str) -> String) -> bool {
    let ident = ident.to_string();
    let bent = ident.starts_with('_') || ident.ends_with('_');
    !bent && by_default(ident.strip_prefix("r#").unwrap_or(&ident)) == name
}

fn type_name(name: &str) -> String {
    let kept = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric());
    match kept {
        true => name.to_owned(),
        false => joined(name, capitalised),
    }
}

fn camel_case(name: &str) -> String {
    joined(name, |word| word.to_upper_camel_case())
}

fn snake_case(name: &str) -> String {
    let words: Vec<String> = words(name).map(|word| word.to_snake_case()).collect();
    never_digit_first(words.join("_"))
}

fn joined(name: &str, case: impl Fn(&str) -> String) -> String {
    let mut joined = String::new();
    for word in words(name) {
        let digits = [joined.chars().next_back(), word.chars().next()];
        if digits.iter().all(|end| end.is_some_and(|end| end.is_ascii_digit())) {
            joined.push('_');
        }
        joined.push_str(&case(word));
    }
    never_digit_first(joined)
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

fn capitalised(word: &str) -> String {
    let mut word = word.to_owned();
    word[..1].make_ascii_uppercase();
    word
}

/// Also sees to it that a name without a letter or digit is not empty.
fn never_digit_first(name: String) -> String {
    match name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        true => name,
        false => format!("_{name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Scope, camel_case, snake_case, tells_member, tells_value, type_name};

    #[test]
    fn names_get_their_case() {
        assert_eq!(type_name("X86CPURegister32"), "X86CPURegister32");
        assert_eq!(type_name("__org.qemu_x-Struct"), "OrgQemuXStruct");
        assert_eq!(camel_case("x86_64"), "X86_64");
        assert_eq!(camel_case("legacyESX"), "LegacyEsx");
        assert_eq!(camel_case("2_5"), "_2_5");
        assert_eq!(camel_case("BLOCK_JOB_COMPLETED"), "BlockJobCompleted");
        assert_eq!(snake_case("UUID"), "uuid");
        assert_eq!(snake_case("__org.qemu_x-member"), "org_qemu_x_member");
    }

    #[test]
    fn names_stay_apart() {
        let mut scope = Scope::without(&["execute"]);
        let names: Vec<String> = ["type", "self", "Self", "execute", "foo_x", "foo-x", "foo-x-"]
            .iter()
            .map(|name| scope.snake(name).to_string())
            .collect();
        let expected = ["r#type", "self_", "self__", "execute_", "foo_x", "foo_x_", "foo_x__"];
        assert_eq!(names, expected);
    }

    #[test]
    fn names_that_the_derive_finds_are_not_repeated() {
        let mut scope = Scope::default();
        assert!(tells_member(&scope.snake("type"), "type"));
        assert!(tells_member(&scope.snake("node-name"), "node-name"));
        assert!(!tells_member(&scope.snake("l1_update"), "l1_update"));
        assert!(!tells_member(&scope.snake("type-"), "type-"));
        assert!(tells_value(&scope.camel("host-device"), "host-device"));
        assert!(!tells_value(&scope.camel("x86_64"), "x86_64"));
    }
}
