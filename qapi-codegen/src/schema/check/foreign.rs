//! Types as other languages write them: what somebody who wrote one may have meant.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// What other languages call built-in types.
const NAMES: [(&str, &str); 28] = [
    ("string", "str"),
    ("char*", "str"),
    ("text", "str"),
    ("integer", "int"),
    ("long", "int"),
    ("boolean", "bool"),
    ("float", "number"),
    ("double", "number"),
    ("num", "number"),
    ("f32", "number"),
    ("f64", "number"),
    ("uint", "uint64"),
    ("byte", "uint8"),
    ("i8", "int8"),
    ("i16", "int16"),
    ("i32", "int32"),
    ("i64", "int64"),
    ("u8", "uint8"),
    ("u16", "uint16"),
    ("u32", "uint32"),
    ("u64", "uint64"),
    ("usize", "size"),
    ("size_t", "size"),
    ("object", "any"),
    ("dict", "any"),
    ("value", "any"),
    ("none", "null"),
    ("nil", "null"),
];

/// What somebody who wrote the name of a type that nobody defines may have had in mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant<'a> {
    /// A built-in type.
    Builtin(&'static str),
    /// An array of this.
    Array(&'a str),
    /// This, in a member that may be absent.
    Optional(&'a str),
}

impl Meant<'_> {
    /// Explains it to whoever wrote it at `span`.
    pub(super) fn explain(self, error: Diagnostic, span: Span) -> Diagnostic {
        match self {
            Meant::Builtin(name) => error.did_you_mean(span, name),
            Meant::Array(element) => {
                let array = format!("[ '{element}' ]");
                let error = error.note("an array is written as a list of one type");
                error.suggest(span, format!("write {array}"), array)
            }
            Meant::Optional(ty) => error
                .note("the name of a member says that it is optional, not its type: '*name'")
                .suggest(span, format!("write '{ty}'"), format!("'{ty}'")),
        }
    }
}

/// What a name is known as elsewhere.
pub(super) fn meant(name: &str) -> Option<Meant<'_>> {
    let fixed = name.strip_suffix("_t").unwrap_or(name); // int64_t
    let sized = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"];
    let sized = sized.into_iter().find(|sized| fixed != name && *sized == fixed);
    let known = NAMES.iter().find(|(foreign, _)| name.eq_ignore_ascii_case(foreign));
    let builtin = known.map(|(_, builtin)| *builtin).or(sized);
    let array = element(name).map(Meant::Array);
    array.or(optional(name).map(Meant::Optional)).or(builtin.map(Meant::Builtin))
}

/// The element of what is written as an array: `int[]`, `[int]`, `list<int>`.
fn element(name: &str) -> Option<&str> {
    let suffixed = name.strip_suffix("[]");
    let bracketed = || name.strip_prefix('[')?.strip_suffix(']');
    suffixed.or_else(bracketed).or_else(|| generic(name, &["list", "vec", "array"])).map(str::trim)
}

/// The type of what is written as optional: `*int`, `int?`, `Option<int>`.
fn optional(name: &str) -> Option<&str> {
    let prefixed = name.strip_prefix('*').or_else(|| name.strip_suffix('?'));
    prefixed.or_else(|| generic(name, &["option", "optional"])).map(str::trim)
}

fn generic<'a>(name: &'a str, of: &[&str]) -> Option<&'a str> {
    let (outer, inner) = name.split_once('<')?;
    let inner = inner.strip_suffix('>')?;
    of.iter().any(|known| outer.eq_ignore_ascii_case(known)).then_some(inner)
}
