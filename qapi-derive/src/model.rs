//! What a derive is asked for, in schema words and without the syntax it was written in. Data only:
//! `lower` makes it from a Rust item, `emit` and `stub` turn it into impls. A model that `lower`
//! made with mistakes has gaps, and only `stub` may see it.

use syn::{Generics, Ident, Path, Type, Visibility};

/// What every item has.
pub(crate) struct Common {
    /// The item's own identifier.
    pub(crate) ident: Ident,
    /// Who sees it: what the derive adds to the item is seen by the same.
    pub(crate) visibility: Visibility,
    /// The path of the runtime crate.
    pub(crate) runtime: Path,
    /// Whether `Debug` is wanted, too.
    pub(crate) debug: bool,
    /// Whether `Serialize` and `Deserialize` are wanted, too.
    pub(crate) serde: bool,
    /// Always empty, but for `stub`: QAPI types are closed.
    pub(crate) generics: Generics,
}

/// One derive on one item.
pub(crate) enum Item {
    Object(Object),
    Enum(Enum),
    Union(Union),
    Alternate(Alternate),
    Command(Box<Command>),
    Event(Event),
}

impl Item {
    /// What every item has.
    pub(crate) fn common(&self) -> &Common {
        match self {
            Item::Object(object) => &object.common,
            Item::Enum(enumeration) => &enumeration.common,
            Item::Union(union) => &union.common,
            Item::Alternate(alternate) => &alternate.common,
            Item::Command(command) => &command.arguments.common,
            Item::Event(event) => &event.data.common,
        }
    }
}

/// An object: named members.
pub(crate) struct Object {
    pub(crate) common: Common,
    pub(crate) body: Body,
}

/// Where the members of an object, a command or an event come from.
pub(crate) enum Body {
    /// Named fields.
    Members(Vec<Member>),
    /// A unit struct: there are none.
    Empty,
    /// A newtype: those of the type inside.
    Newtype(Box<Type>),
}

/// One member.
pub(crate) struct Member {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) role: Role,
}

/// What a field is for.
pub(crate) enum Role {
    /// A member that must be there, by its name.
    Mandatory(String),
    /// A member that may be absent, by its name.
    Optional(String),
    /// A union whose tag and members stand in the same object.
    Branch,
    /// All members that have no field.
    Rest,
}

/// The variant for what this code does not know.
pub(crate) struct Unrecognized {
    pub(crate) ident: Ident,
    /// What it holds.
    pub(crate) ty: Type,
}

/// An enumeration: a set of names.
pub(crate) struct Enum {
    pub(crate) common: Common,
    pub(crate) values: Vec<EnumValue>,
    /// The variant that keeps a name this code does not know.
    pub(crate) unrecognized: Option<Unrecognized>,
}

/// One value of an enumeration.
pub(crate) struct EnumValue {
    pub(crate) ident: Ident,
    pub(crate) name: String,
}

/// A union: an object whose tag selects further members.
pub(crate) struct Union {
    pub(crate) common: Common,
    /// The name of the member that selects the branch.
    pub(crate) tag: String,
    pub(crate) branches: Vec<UnionBranch>,
    /// The variant that keeps an object whose tag this code does not know.
    pub(crate) unrecognized: Option<Unrecognized>,
}

/// One branch of a union.
pub(crate) struct UnionBranch {
    pub(crate) ident: Ident,
    /// The value of the tag.
    pub(crate) name: String,
    /// The type with the branch's members; `None` if there are no further ones.
    pub(crate) ty: Option<Type>,
}

/// An alternate: a value of one of several types, told apart by JSON kind.
pub(crate) struct Alternate {
    pub(crate) common: Common,
    /// The name that errors call it by.
    pub(crate) name: String,
    pub(crate) branches: Vec<AlternateBranch>,
    /// The variant that keeps a value of any other kind.
    pub(crate) unrecognized: Option<Unrecognized>,
}

/// One branch of an alternate.
pub(crate) struct AlternateBranch {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
}

/// A command: its arguments, and what is known of it.
pub(crate) struct Command {
    pub(crate) arguments: Object,
    pub(crate) name: String,
    /// What it returns; `None` is an empty object.
    pub(crate) returns: Option<Type>,
    pub(crate) out_of_band: bool,
    pub(crate) success_response: bool,
    /// The capability without which it does not exist.
    pub(crate) capability: Option<String>,
    pub(crate) facts: Facts,
}

/// What a schema says of a command or an event that the wire does not show.
#[derive(Default)]
pub(crate) struct Facts {
    pub(crate) features: Vec<String>,
    pub(crate) since: Option<String>,
}

/// An event: its data, and what is known of it.
pub(crate) struct Event {
    pub(crate) data: Object,
    pub(crate) name: String,
    /// The capability without which it is not sent.
    pub(crate) capability: Option<String>,
    pub(crate) facts: Facts,
}
