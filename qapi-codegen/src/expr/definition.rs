//! A definition whose shape is right and whose sugar is gone, names still strings: what `expr`
//! makes of an object and `schema` gives a meaning. Data only.

use std::fmt;

use crate::doc::Doc;
use crate::source::{Span, Spanned};

/// One definition.
#[derive(Debug)]
pub struct Definition {
    /// Its name, at the name's own place.
    pub name: Spanned<String>,
    /// The whole expression; QEMU names the line of its first token.
    pub span: Span,
    /// The module it stands in, an index into `load`'s modules.
    pub module: usize,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// `if`: when it exists.
    pub condition: Option<Condition>,
    /// `features`.
    pub features: Vec<Feature>,
    /// What it defines.
    pub kind: Kind,
}

impl Definition {
    /// The meta key: `struct`, `union`, ….
    pub fn meta(&self) -> &'static str {
        match self.kind {
            Kind::Enum(_) => "enum",
            Kind::Struct(_) => "struct",
            Kind::Union(_) | Kind::SimpleUnion(_) => "union",
            Kind::Alternate(_) => "alternate",
            Kind::Command(_) => "command",
            Kind::Event(_) => "event",
        }
    }
}

/// The six kinds of definition.
#[derive(Debug)]
pub enum Kind {
    /// `{ 'enum': … }`
    Enum(Enum),
    /// `{ 'struct': … }`
    Struct(Struct),
    /// `{ 'union': … }`
    Union(Union),
    /// `{ 'union': … }` without base and tag: dialect qemu-5.2 only.
    SimpleUnion(SimpleUnion),
    /// `{ 'alternate': … }`
    Alternate(Alternate),
    /// `{ 'command': … }`
    Command(Command),
    /// `{ 'event': … }`
    Event(Event),
}

impl Kind {
    /// The branches of a union or an alternate, in order; nothing else has any.
    pub fn branches(&self) -> &[Branch] {
        match self {
            Kind::Union(union) => &union.branches,
            Kind::SimpleUnion(union) => &union.branches,
            Kind::Alternate(alternate) => &alternate.branches,
            Kind::Enum(_) | Kind::Struct(_) | Kind::Command(_) | Kind::Event(_) => &[],
        }
    }
}

/// An enumeration.
#[derive(Debug)]
pub struct Enum {
    /// The values, in order.
    pub values: Vec<EnumValue>,
    /// `prefix`: of the C constants only.
    pub prefix: Option<String>,
}

/// One value of an enumeration.
#[derive(Debug)]
pub struct EnumValue {
    /// Its name.
    pub name: Spanned<String>,
    /// When it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
}

/// A struct.
#[derive(Debug)]
pub struct Struct {
    /// The name of the base type.
    pub base: Option<Spanned<String>>,
    /// Its own members.
    pub members: Vec<Member>,
}

/// A union: a base with a tag, and a branch per tag value.
#[derive(Debug)]
pub struct Union {
    /// The base: a type's name or members written in place.
    pub base: Data,
    /// The name of the tag member (`discriminator`).
    pub tag: Spanned<String>,
    /// The branches written, in order.
    pub branches: Vec<Branch>,
    /// The place of `data`.
    pub data: Span,
}

/// A union of the old kind: on the wire `{ 'type': BRANCH, 'data': … }`.
#[derive(Debug)]
pub struct SimpleUnion {
    /// The branches, in order; their types may be arrays.
    pub branches: Vec<Branch>,
    /// The place of `data`.
    pub data: Span,
}

/// An alternate: a value of one of several types, told apart by JSON kind.
#[derive(Debug)]
pub struct Alternate {
    /// The branches, in order; never empty.
    pub branches: Vec<Branch>,
}

/// A command.
#[derive(Debug)]
pub struct Command {
    /// Its arguments.
    pub data: Option<Data>,
    /// What it returns.
    pub returns: Option<TypeRef>,
    /// `boxed`: arguments are one named type; on the wire the same.
    pub boxed: bool,
    /// `gen`: false for a command whose handler takes the arguments as a raw object.
    pub generated: bool,
    /// `success-response`: false for a command that answers nothing on success.
    pub success_response: bool,
    /// `allow-oob`: may run out of band.
    pub allow_oob: bool,
    /// `allow-preconfig`: may run before the machine is built.
    pub allow_preconfig: bool,
    /// `coroutine`: of the C handler only.
    pub coroutine: bool,
    /// `envelope` (dialect extended): members that may stand beside `return`.
    pub envelope: Option<Spanned<String>>,
    /// `capability` (dialect extended): exists only while that capability is enabled.
    pub capability: Option<Spanned<String>>,
}

/// An event.
#[derive(Debug)]
pub struct Event {
    /// Its data.
    pub data: Option<Data>,
    /// `boxed`; on the wire the same.
    pub boxed: bool,
    /// `capability` (dialect extended).
    pub capability: Option<Spanned<String>>,
}

/// Arguments, event data or a union's base: a type's name, or members written in place.
#[derive(Debug)]
pub enum Data {
    /// The name of a type.
    Named(Spanned<String>),
    /// Members, from `{` to `}`.
    Inline(Vec<Member>, Span),
}

/// One member of a struct, of a union's inline base, or of inline data.
#[derive(Debug)]
pub struct Member {
    /// Its name without the `*` that marks it optional.
    pub name: Spanned<String>,
    /// Whether it was written with `*`.
    pub optional: bool,
    /// Its type.
    pub ty: TypeRef,
    /// When it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
    /// `capability` (dialect extended).
    pub capability: Option<Spanned<String>>,
}

/// One branch of a union or an alternate.
#[derive(Debug)]
pub struct Branch {
    /// The tag value, or the alternate branch's name.
    pub name: Spanned<String>,
    /// Its type.
    pub ty: TypeRef,
    /// When it exists.
    pub condition: Option<Condition>,
}

/// A type as it is written: `'Name'` or `['Name']`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypeRef {
    /// `'Name'`
    Name(Spanned<String>),
    /// `['Name']`, the span that of the name inside.
    Array(Spanned<String>),
}

/// A feature: a label that clients may look for.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its name.
    pub name: Spanned<String>,
    /// When it exists.
    pub condition: Option<Condition>,
}

/// An `if`: when something exists.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Condition {
    /// An identifier that the build defines or not.
    Defined(String),
    /// `{ 'all': […] }`; never empty.
    All(Vec<Condition>),
    /// `{ 'any': […] }`; never empty.
    Any(Vec<Condition>),
    /// `{ 'not': … }`
    Not(Box<Condition>),
    /// Text for the C preprocessor, dialect qemu-5.2.
    Preprocessor(Preprocessor),
}

/// What stands behind `#if` in C.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Preprocessor {
    /// The texts as written; all of them must hold.
    pub texts: Vec<String>,
    /// What they mean.
    pub meaning: Box<Condition>,
}

impl Condition {
    /// Whether it holds, given which identifiers are defined.
    pub fn holds(&self, defined: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Condition::Defined(name) => defined(name),
            Condition::All(parts) => parts.iter().all(|part| part.holds(defined)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(defined)),
            Condition::Not(part) => !part.holds(defined),
            Condition::Preprocessor(Preprocessor { meaning, .. }) => meaning.holds(defined),
        }
    }

    fn is_operation_of_several(&self) -> bool {
        match self {
            // What nobody understood of 5.2's conditions may be anything.
            Condition::Defined(text) => {
                !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            }
            Condition::Not(_) => false,
            Condition::All(parts) | Condition::Any(parts) => parts.len() > 1,
            Condition::Preprocessor(Preprocessor { meaning, .. }) => {
                meaning.is_operation_of_several()
            }
        }
    }
}

/// As C would say it: `A && (B || !C)`.
impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Defined(name) => f.write_str(name),
            Condition::All(parts) => write_joined(f, parts, " && "),
            Condition::Any(parts) => write_joined(f, parts, " || "),
            Condition::Not(part) => {
                f.write_str("!")?;
                write_part(f, part)
            }
            Condition::Preprocessor(Preprocessor { meaning, .. }) => write!(f, "{meaning}"),
        }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, parts: &[Condition], with: &str) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        f.write_str(if index == 0 { "" } else { with })?;
        write_part(f, part)?;
    }
    Ok(())
}

fn write_part(f: &mut fmt::Formatter<'_>, part: &Condition) -> fmt::Result {
    match part.is_operation_of_several() {
        true => write!(f, "({part})"),
        false => write!(f, "{part}"),
    }
}
