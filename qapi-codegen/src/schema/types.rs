//! A checked schema as data: types, commands and events whose references are ids.
//!
//! Everything is kept that any output needs: order, places, documentation, conditions, features.
//! Nothing here knows a programming language.

use crate::doc::Doc;
pub use crate::expr::definition::{Condition, Preprocessor};
use crate::source::Span;

/// A type of a [`Schema`](super::Schema).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

/// A type.
#[derive(Clone, Debug)]
pub enum Type {
    /// Comes with the language: `str`, `int`, `any`, ….
    Builtin(Builtin),
    /// A set of names.
    Enum(Enum),
    /// Any number of values of one type.
    Array(Array),
    /// A struct, a union, or members written in place.
    Object(Object),
    /// A value of one of several types, told apart by its JSON kind.
    Alternate(Alternate),
}

/// The built-in types. `QType` is an [`Enum`] and the empty object an [`Object`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named as the language names them")]
pub enum Builtin {
    Str,
    Number,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Size,
    Bool,
    Null,
    Any,
}

impl Builtin {
    /// All of them, in the order of QEMU's generator.
    pub const ALL: [Builtin; 15] = [
        Builtin::Str,
        Builtin::Number,
        Builtin::Int,
        Builtin::Int8,
        Builtin::Int16,
        Builtin::Int32,
        Builtin::Int64,
        Builtin::Uint8,
        Builtin::Uint16,
        Builtin::Uint32,
        Builtin::Uint64,
        Builtin::Size,
        Builtin::Bool,
        Builtin::Any,
        Builtin::Null,
    ];

    /// What values of the type are in JSON, in the words of introspection; `value` is anything.
    /// All integers are `int`: on the wire they differ in range only.
    pub fn json_type(self) -> &'static str {
        match self {
            Builtin::Str => "string",
            Builtin::Number => "number",
            Builtin::Int
            | Builtin::Int8
            | Builtin::Int16
            | Builtin::Int32
            | Builtin::Int64
            | Builtin::Uint8
            | Builtin::Uint16
            | Builtin::Uint32
            | Builtin::Uint64
            | Builtin::Size => "int",
            Builtin::Bool => "boolean",
            Builtin::Null => "null",
            Builtin::Any => "value",
        }
    }

    /// The name in a schema.
    pub fn name(self) -> &'static str {
        match self {
            Builtin::Str => "str",
            Builtin::Number => "number",
            Builtin::Int => "int",
            Builtin::Int8 => "int8",
            Builtin::Int16 => "int16",
            Builtin::Int32 => "int32",
            Builtin::Int64 => "int64",
            Builtin::Uint8 => "uint8",
            Builtin::Uint16 => "uint16",
            Builtin::Uint32 => "uint32",
            Builtin::Uint64 => "uint64",
            Builtin::Size => "size",
            Builtin::Bool => "bool",
            Builtin::Null => "null",
            Builtin::Any => "any",
        }
    }
}

/// What every named thing of a schema has.
#[derive(Clone, Debug)]
pub struct Common {
    /// Its name.
    pub name: String,
    /// Where it is defined; `None` for what comes with the language.
    pub span: Option<Span>,
    /// The module (schema file) it belongs to.
    pub module: ModuleId,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// When it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
    /// Of the versions that are spoken, those that do not have it; see
    /// [`spoken`](super::spoken).
    pub missing_in: Vec<String>,
}

/// A feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Its name; `deprecated` and `unstable` mean something to everyone.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// When it exists.
    pub condition: Option<Condition>,
}

/// A set of names.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Name, place, documentation.
    pub common: Common,
    /// The values, in order. May be empty.
    pub values: Vec<EnumValue>,
    /// The prefix of the C constants.
    pub prefix: Option<String>,
}

/// One value of an enum.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// Its name on the wire.
    pub name: String,
    /// Where it is written; `None` for `QType`'s.
    pub span: Option<Span>,
    /// When it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
    /// Of the versions that are spoken, those that do not have it; see
    /// [`spoken`](super::spoken).
    pub missing_in: Vec<String>,
}

/// An array type. There is one per element type in use.
#[derive(Clone, Debug)]
pub struct Array {
    /// `<Element>List`.
    pub name: String,
    /// The element's type.
    pub element: TypeId,
    /// The first use that made it exist; `None` for those that come with the language.
    pub span: Option<Span>,
}

/// What made an object type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `{ 'struct': … }`
    Struct,
    /// `{ 'union': … }`
    Union,
    /// Members written in place: a command's `data` (`q_obj_NAME-arg`).
    Arguments,
    /// An event's `data` written in place (`q_obj_NAME-arg`).
    EventData,
    /// A union's `base` written in place (`q_obj_NAME-base`).
    Base,
    /// The one member `data` that a simple union (5.2) wraps around a branch's type
    /// (`q_obj_TYPE-wrapper`).
    Wrapper,
    /// The empty object `q_empty`.
    Empty,
}

impl Origin {
    /// Whether no definition has the type's name.
    pub fn is_implicit(self) -> bool {
        match self {
            Origin::Struct | Origin::Union => false,
            Origin::Arguments
            | Origin::EventData
            | Origin::Base
            | Origin::Wrapper
            | Origin::Empty => true,
        }
    }
}

/// An object: members, inherited ones, and, for a union, branches.
#[derive(Clone, Debug)]
pub struct Object {
    /// Name, place, documentation. An implicit object has its owner's.
    pub common: Common,
    /// What made it.
    pub origin: Origin,
    /// The type whose members come first.
    pub base: Option<TypeId>,
    /// Its own members, in order.
    pub members: Vec<Member>,
    /// A union's branches.
    pub branches: Option<Branches>,
}

/// One member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: String,
    /// Where the name is written.
    pub span: Span,
    /// Its type.
    pub ty: TypeId,
    /// Whether it may be absent.
    pub optional: bool,
    /// When it exists.
    pub condition: Option<Condition>,
    /// Its features.
    pub features: Vec<Feature>,
    /// The capability without which it is not on the wire.
    pub capability: Option<String>,
    /// Of the versions that are spoken, those that do not have it; see
    /// [`spoken`](super::spoken).
    pub missing_in: Vec<String>,
}

/// The branches of a union.
#[derive(Clone, Debug)]
pub struct Branches {
    /// The name of the member that selects the branch; own or inherited.
    pub tag: String,
    /// The tag's type: an [`Enum`].
    pub tag_type: TypeId,
    /// One branch for every value of the tag: those written, in order, then the rest, empty.
    pub cases: Vec<Branch>,
}

/// One branch of a union or an alternate.
#[derive(Clone, Debug)]
pub struct Branch {
    /// The tag value, or the alternate branch's name.
    pub name: String,
    /// Where it is written; `None` for the empty branch of a tag value that was not.
    pub span: Option<Span>,
    /// Its type.
    pub ty: TypeId,
    /// When it exists.
    pub condition: Option<Condition>,
    /// Of the versions that are spoken, those that do not have it; see
    /// [`spoken`](super::spoken).
    pub missing_in: Vec<String>,
}

/// An alternate.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// Name, place, documentation.
    pub common: Common,
    /// The branches, each of another JSON kind.
    pub branches: Vec<Branch>,
}

/// A command.
#[derive(Clone, Debug)]
pub struct Command {
    /// Name, place, documentation.
    pub common: Common,
    /// Its arguments: an [`Object`]; `None` where it has none.
    pub arguments: Option<TypeId>,
    /// What it returns; `None` means an empty object.
    pub returns: Option<TypeId>,
    /// Whether `data` was a named type taken as one.
    pub boxed: bool,
    /// Whether handlers get typed arguments.
    pub generated: bool,
    /// Whether success is answered.
    pub success_response: bool,
    /// May run out of band.
    pub allow_oob: bool,
    /// May run before the machine is built.
    pub allow_preconfig: bool,
    /// Of the C handler only.
    pub coroutine: bool,
    /// Members that may stand beside `return`: a struct all of whose members are optional.
    pub envelope: Option<TypeId>,
    /// The capability without which it does not exist.
    pub capability: Option<String>,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// Name, place, documentation.
    pub common: Common,
    /// Its data: an [`Object`]; `None` where it has none.
    pub data: Option<TypeId>,
    /// Whether `data` was a named type taken as one.
    pub boxed: bool,
    /// The capability without which it is not sent.
    pub capability: Option<String>,
}

/// A module: one schema file, or the built-in one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModuleId(pub(crate) u32);

impl ModuleId {
    /// The module of what comes with the language.
    pub const BUILTIN: ModuleId = ModuleId(0);
    /// The module of the root schema.
    pub const ROOT: ModuleId = ModuleId(1);

    /// Its place in [`Schema::modules`](super::Schema::modules).
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Path relative to the root schema's folder; `./builtin` for what comes with the language.
    pub name: String,
    /// The modules that its file includes, in order.
    pub includes: Vec<ModuleId>,
}

/// A definition's place in the order of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entity {
    /// A type.
    Type(TypeId),
    /// The command at this index.
    Command(usize),
    /// The event at this index.
    Event(usize),
    /// An include directive of a module, for the schema dump.
    Include(ModuleId),
}
