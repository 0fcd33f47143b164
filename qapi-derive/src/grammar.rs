//! The attribute grammar as a table: which keys `#[qapi(…)]` has, what each takes, where it may and
//! where it must stand. The only place that says so; reading and messages follow it.

use std::fmt;

/// The six derives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Derive {
    Object,
    Enum,
    Union,
    Alternate,
    Command,
    Event,
}

/// Something that can carry a `#[qapi(…)]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Site {
    /// The item itself.
    Item(Derive),
    /// A named field.
    Member,
    /// A variant of an enum that derives `Enum`.
    EnumValue,
    /// A variant of an enum that derives `Union`.
    UnionBranch,
    /// A variant of an enum that derives `Alternate`.
    AlternateBranch,
    /// The field of a newtype or of a variant: it has no name, and no keys.
    Payload,
}

/// The keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    Crate,
    Name,
    Tag,
    Returns,
    Oob,
    NoSuccessResponse,
    Capability,
    Features,
    Since,
    Branch,
    Rest,
    Unrecognized,
    Debug,
    Serde,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing: the key alone says it.
    Nothing,
    /// `= "text"`
    Text,
    /// `= path` or `= "path"`
    Path,
    /// `= Type`
    Type,
}

/// One row of the table.
pub(crate) struct Row {
    pub(crate) key: Key,
    /// The key as written.
    pub(crate) name: &'static str,
    pub(crate) takes: Takes,
    /// The key in use, for messages.
    pub(crate) example: &'static str,
    /// Where it may stand.
    pub(crate) sites: &'static [Site],
    /// Where it must stand.
    pub(crate) required: &'static [Site],
}

const ITEMS: &[Site] = &[
    Site::Item(Derive::Object),
    Site::Item(Derive::Enum),
    Site::Item(Derive::Union),
    Site::Item(Derive::Alternate),
    COMMAND,
    EVENT,
];
const UNION: Site = Site::Item(Derive::Union);
const COMMAND: Site = Site::Item(Derive::Command);
const EVENT: Site = Site::Item(Derive::Event);

/// The grammar.
#[rustfmt::skip]
const TABLE: &[Row] = &[
    Row { key: Key::Crate, name: "crate", takes: Takes::Path, example: "crate = path::to::runtime",
          sites: ITEMS, required: &[] },
    Row { key: Key::Name, name: "name", takes: Takes::Text, example: "name = \"the-name\"",
          sites: &[COMMAND, EVENT, Site::Item(Derive::Alternate), Site::Member, Site::EnumValue, Site::UnionBranch],
          required: &[COMMAND, EVENT] },
    Row { key: Key::Tag, name: "tag", takes: Takes::Text, example: "tag = \"type\"",
          sites: &[UNION], required: &[UNION] },
    Row { key: Key::Returns, name: "returns", takes: Takes::Type, example: "returns = Type",
          sites: &[COMMAND], required: &[] },
    Row { key: Key::Oob, name: "oob", takes: Takes::Nothing, example: "oob",
          sites: &[COMMAND], required: &[] },
    Row { key: Key::NoSuccessResponse, name: "no_success_response", takes: Takes::Nothing, example: "no_success_response",
          sites: &[COMMAND], required: &[] },
    Row { key: Key::Capability, name: "capability", takes: Takes::Text, example: "capability = \"the-name\"",
          sites: &[COMMAND, EVENT], required: &[] },
    Row { key: Key::Features, name: "features", takes: Takes::Text, example: "features = \"unstable, fdset\"",
          sites: &[COMMAND, EVENT], required: &[] },
    Row { key: Key::Since, name: "since", takes: Takes::Text, example: "since = \"1.2\"",
          sites: &[COMMAND, EVENT], required: &[] },
    Row { key: Key::Branch, name: "branch", takes: Takes::Nothing, example: "branch",
          sites: &[Site::Member], required: &[] },
    Row { key: Key::Rest, name: "rest", takes: Takes::Nothing, example: "rest",
          sites: &[Site::Member], required: &[] },
    Row { key: Key::Debug, name: "debug", takes: Takes::Nothing, example: "debug",
          sites: ITEMS, required: &[] },
    Row { key: Key::Serde, name: "serde", takes: Takes::Nothing, example: "serde",
          sites: ITEMS, required: &[] },
    Row { key: Key::Unrecognized, name: "unrecognized", takes: Takes::Nothing, example: "unrecognized",
          sites: &[Site::EnumValue, Site::UnionBranch, Site::AlternateBranch], required: &[] },
];

/// Words that other derives and the schema language use for what is said otherwise here.
const FOREIGN: &[(&str, &str)] = &[
    ("rename", "the name on the wire is `name = \"the-name\"`"),
    ("rename_all", "names follow QAPI's habits by themselves; `name` mends the exceptions"),
    ("flatten", "`branch` joins a union's members, `rest` keeps all members that have no field"),
    ("other", "the variant for what this code does not know is `unrecognized`"),
    ("discriminator", "the member that selects the branch is `tag = \"type\"`"),
    ("untagged", "values told apart by their JSON kind derive `Alternate`"),
    ("default", "a member that may be absent has the type `Option<T>`"),
    ("optional", "a member that may be absent has the type `Option<T>`"),
    ("skip_serializing_if", "a member that may be absent has the type `Option<T>`"),
    ("deny_unknown_fields", "whether unknown members are errors is up to the reader's `Policy`"),
    ("allow_oob", "a command that may run out of band says `oob`"),
    ("success_response", "a command without a reply on success says `no_success_response`"),
];

/// The row of a key as written.
pub(crate) fn row(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

/// The keys that may stand at a site.
pub(crate) fn rows_at(site: Site) -> impl Iterator<Item = &'static Row> {
    TABLE.iter().filter(move |row| row.sites.contains(&site))
}

/// What to say instead of a word from elsewhere.
pub(crate) fn foreign(word: &str) -> Option<&'static str> {
    FOREIGN.iter().find(|(foreign, _)| *foreign == word).map(|(_, instead)| *instead)
}

impl fmt::Display for Derive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Site::Item(derive @ (Derive::Enum | Derive::Union | Derive::Alternate)) => {
                write!(f, "an enum that derives `{derive}`")
            }
            Site::Item(derive) => write!(f, "a struct that derives `{derive}`"),
            Site::Member => f.write_str("a member"),
            Site::EnumValue => f.write_str("a value of an enum"),
            Site::UnionBranch => f.write_str("a branch of a union"),
            Site::AlternateBranch => f.write_str("a branch of an alternate"),
            Site::Payload => f.write_str("a field without a name"),
        }
    }
}
