//! What names may look like: the rules of QEMU's generator for definitions, members, values,
//! branches and features, and the mapping under which two names clash.

use std::borrow::Cow;

use heck::{ToKebabCase, ToShoutySnakeCase, ToUpperCamelCase};

use super::context::{Context, Part};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::source::{Span, Spanned};

/// A name as C would see it: what is no letter, digit or `_` becomes `_`. Two names of one object
/// with the same mapping clash.
pub(crate) fn mapped(name: &str) -> Cow<'_, str> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.chars().all(fits) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.chars().map(|c| if fits(c) { c } else { '_' }).collect())
}

/// The name behind the downstream prefix `__RFQDN_` and the experimental prefix `x-`; `None` if
/// the whole is no valid name. The rules of case look at nothing else.
fn stem(name: &str) -> Option<&str> {
    if mapped(name).starts_with("q_") {
        return None; // q_ is the generator's own: q_empty, q_obj_*.
    }
    let rest = match name.strip_prefix("__") {
        Some(downstream) => after_domain(downstream)?,
        None => name,
    };
    let experimental = rest.strip_prefix("x-").or_else(|| rest.strip_prefix("X-"));
    experimental.filter(|stem| is_plain(stem)).or(Some(rest).filter(|stem| is_plain(stem)))
}

/// What follows `RFQDN_`. The domain name itself cannot contain `_`.
fn after_domain(downstream: &str) -> Option<&str> {
    let (domain, rest) = downstream.split_once('_')?;
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'.' || b == b'-';
    (!domain.is_empty() && domain.bytes().all(fits)).then_some(rest)
}

/// A letter, then letters, digits, `-` and `_`.
fn is_plain(stem: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    stem.starts_with(|c: char| c.is_ascii_alphabetic()) && stem.bytes().all(fits)
}

/// What a name that is written small may use all the same.
#[derive(Clone, Copy)]
pub(super) struct Permit {
    upper: bool,
    underscore: bool,
}

impl Permit {
    /// Neither upper case nor `_`.
    pub(super) const NOTHING: Permit = Permit { upper: false, underscore: false };

    /// Both, if the definition is among the exceptions (pragma `member-name-exceptions`).
    pub(super) fn exceptions(cx: &Context<'_>) -> Permit {
        let excepted = cx.excepts_member_names();
        Permit { upper: excepted, underscore: excepted }
    }
}

/// A name and its place.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) name: &'a str,
    /// Whether `*` stands before it.
    pub(super) optional: bool,
    /// Quotes and `*` included.
    pub(super) span: Span,
}

impl<'a> Named<'a> {
    /// A name that cannot be optional.
    pub(super) fn plain(name: &'a Spanned<String>) -> Named<'a> {
        Named { name, optional: false, span: name.span }
    }

    /// Proposes the name with its stem in the right case.
    fn respelt(self, error: Diagnostic, stem: &str, respelt: &str) -> Diagnostic {
        let prefix = self.name.strip_suffix(stem).unwrap_or_default();
        let marker = if self.optional { "*" } else { "" };
        let is_reserved = respelt == "u" || respelt.starts_with("has-");
        match respelt.is_empty() || respelt == stem || is_reserved {
            true => error,
            false => {
                let respelt = format!("'{marker}{prefix}{respelt}'");
                error.suggest(self.span, format!("write {respelt}"), respelt)
            }
        }
    }
}

/// Checks the name of the definition at hand.
pub(super) fn check_definition(cx: &mut Context<'_>, name: Named<'_>) {
    let part = Part::Definition(cx.meta);
    let Some(stem) = check_valid(cx, name, name.name, part) else { return };
    if cx.dialect > Dialect::Qemu5_2 {
        match cx.meta {
            "event" => check_upper(cx, name, stem, part),
            "command" => check_command(cx, name, stem, part),
            _ => check_camel(cx, name, stem, part),
        }
    }
    check_suffix(cx, name);
}

/// Checks the name of a branch or feature, or of a member or value without exceptions.
pub(super) fn check_lower(cx: &mut Context<'_>, name: Named<'_>, part: Part<'_>, permit: Permit) {
    if let Some(stem) = check_valid(cx, name, name.name, part) {
        check_case(cx, name, stem, part, permit);
    }
}

/// Checks the name of an enum value: it may start with a digit.
pub(super) fn check_value(cx: &mut Context<'_>, name: Named<'_>, part: Part<'_>) {
    let hidden = format!("d{}", name.name); // QEMU's trick: a letter before the digit.
    let digit = name.name.starts_with(|c: char| c.is_ascii_digit());
    let tested = if digit { &hidden } else { name.name };
    if let Some(stem) = check_valid(cx, name, tested, part) {
        check_case(cx, name, stem, part, Permit::exceptions(cx));
    }
}

/// Checks the name of a member: some are taken by the C code that QEMU generates.
pub(super) fn check_member(cx: &mut Context<'_>, name: Named<'_>, part: Part<'_>, permit: Permit) {
    check_lower(cx, name, part, permit);
    if cx.dialect == Dialect::Qemu5_2 && name.optional {
        return; // it looked at the name with its '*'
    }
    let mapped = mapped(name.name);
    if mapped == "u" || mapped.starts_with("has_") {
        cx.error(Code::ReservedMemberName, name.span, format!("{part} uses reserved name"));
    }
}

fn check_valid<'a>(
    cx: &mut Context<'_>,
    name: Named<'_>,
    tested: &'a str,
    part: Part<'_>,
) -> Option<&'a str> {
    let stem = stem(tested);
    if stem.is_none() {
        let error =
            cx.diagnostic(Code::InvalidName, name.span, format!("{part} has an invalid name"));
        cx.diagnostics.push(explain_invalid(error, name, part));
    }
    stem
}

/// Where the mistake is plain, how to mend it.
fn explain_invalid(error: Diagnostic, name: Named<'_>, part: Part<'_>) -> Diagnostic {
    let is_member = matches!(part, Part::Member("data" | "base", _));
    if let Some(optional) = name.name.strip_suffix('?').filter(|_| is_member) {
        let optional = format!("'*{optional}'");
        return error.note("a member is optional if its name starts with '*'").suggest(
            name.span,
            format!("write {optional}"),
            optional,
        );
    }
    match name.name.strip_prefix('*') {
        Some(_) => error.note("only members can be optional"),
        None => error,
    }
}

fn check_upper(cx: &mut Context<'_>, name: Named<'_>, stem: &str, part: Part<'_>) {
    if stem.bytes().any(|b| b.is_ascii_lowercase() || b == b'-') {
        let message = format!("name of {part} must not use lowercase or '-'");
        let error = cx.diagnostic(Code::NameNotUpper, name.span, message);
        cx.diagnostics.push(name.respelt(error, stem, &stem.to_shouty_snake_case()));
    }
}

fn check_command(cx: &mut Context<'_>, name: Named<'_>, stem: &str, part: Part<'_>) {
    let underscore = cx.pragmas.excepts_command_name(name.name, cx.module);
    check_case(cx, name, stem, part, Permit { upper: false, underscore });
}

fn check_case(cx: &mut Context<'_>, name: Named<'_>, stem: &str, part: Part<'_>, permit: Permit) {
    let upper = !permit.upper && stem.bytes().any(|b| b.is_ascii_uppercase());
    let underscore = !permit.underscore && stem.contains('_');
    let message = match cx.dialect {
        Dialect::Qemu5_2 if upper => format!("{part} uses uppercase in name"),
        Dialect::Qemu5_2 => return,
        _ if upper || underscore => format!("name of {part} must not use uppercase or '_'"),
        _ => return,
    };
    let mut error = cx.diagnostic(Code::NameNotLower, name.span, message);
    if matches!((cx.meta, part), ("enum" | "struct" | "union", Part::Member("data" | "base", _))) {
        let way_out = "if it cannot change, list its type in pragma 'member-name-exceptions'";
        error = error.note(way_out);
    }
    let respelt = match cx.dialect {
        Dialect::Qemu5_2 => stem.to_ascii_lowercase(),
        _ => stem.to_kebab_case(),
    };
    cx.diagnostics.push(name.respelt(error, stem, &respelt));
}

fn check_camel(cx: &mut Context<'_>, name: Named<'_>, stem: &str, part: Part<'_>) {
    let starts = stem.starts_with(|c: char| c.is_ascii_uppercase());
    let lower = stem.bytes().any(|b| b.is_ascii_lowercase());
    if !(starts && lower && stem.bytes().all(|b| b.is_ascii_alphanumeric())) {
        let message = format!("name of {part} must use CamelCase");
        let error = cx.diagnostic(Code::NameNotCamel, name.span, message);
        cx.diagnostics.push(name.respelt(error, stem, &stem.to_upper_camel_case()));
    }
}

/// `List` behind a type's name is that of its array. 5.2 reserves more, and for all definitions.
fn check_suffix(cx: &mut Context<'_>, name: Named<'_>) {
    let meta = cx.meta;
    let reserved: &[&str] = match (cx.dialect, meta) {
        (Dialect::Qemu5_2, _) => &["Kind", "List"],
        (_, "command" | "event") => &[],
        _ => &["List"],
    };
    if let Some(suffix) = reserved.iter().find(|suffix| name.name.ends_with(*suffix)) {
        let message = format!("{meta} name should not end in '{suffix}'");
        cx.error(Code::ReservedSuffix, name.span, message);
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn prefixes_are_not_part_of_the_stem() {
        assert_eq!(stem("__org.qemu_x-Alt"), Some("Alt"));
        assert_eq!(stem("x-1"), Some("x-1"));
        assert_eq!(stem("x-"), Some("x-"));
        assert_eq!(stem("q"), Some("q"));
        assert_eq!(stem("x-q-a"), Some("q-a"));
        for invalid in ["", "q-a", "q_", "_a", "__org", "__org_", "___a", "a.b", "1a", "-a"] {
            assert_eq!(stem(invalid), None, "{invalid}");
        }
    }
}
