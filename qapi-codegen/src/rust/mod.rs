//! A checked schema → Rust, as a person would write it with the derives of `qapi-runtime`.
//!
//! In: a [`Schema`] and [`Options`]. Out: items, one file's worth, or that file's text. Prints
//! paths into `::qapi_runtime` and depends on nothing of it. Shape goes into the generated file,
//! logic into the runtime. Conditions that are still in the schema are told in the documentation, or
//! are cargo features; `schema::select` decides them beforehand where they are to be decided.

mod alternate;
mod bindings;
mod client;
mod command;
mod data;
mod doc;
mod enumeration;
mod event;
mod gate;
mod layout;
mod listing;
mod metadata;
mod name;
mod object;
mod overrides;
mod rest;
mod server;
mod setters;
mod shared;
mod size;
mod structure;
mod ty;
mod union;

use proc_macro2::TokenStream;

use crate::diagnostic::Diagnostics;
use crate::schema::Schema;
use crate::schema::types::{Type, TypeId};
use bindings::Bindings;
pub use command::HANDSHAKE;
pub use gate::{feature_name, feature_names};
use layout::Piece;
pub use listing::listing;
pub(crate) use overrides::BYTES;
pub use overrides::{Overrides, WrongOverride};
pub use shared::{Shared, Theirs};

/// What to generate.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// For which side.
    pub role: Role,
    /// How much of the schema's documentation becomes rustdoc.
    pub docs: Docs,
    /// Whether types have serde's traits, too.
    pub serde: Serde,
    /// Whether members that may be absent have setters.
    pub setters: Setters,
    /// How handlers are written.
    pub server: Server,
    /// Whose handshake the session answers.
    pub protocol: Protocol,
    /// What becomes of conditions that are still in the schema.
    pub conditions: Conditions,
    /// What is to be otherwise.
    pub overrides: Overrides,
    /// What other bindings have already.
    pub shared: Shared,
}

/// Whether generated types implement `Serialize` and `Deserialize`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Serde {
    /// They do not.
    #[default]
    Without,
    /// They do, by way of the wire; needs the runtime's feature `serde`.
    With,
}

/// Whether members that may be absent have setters: `with_bus("pci.0")`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setters {
    /// They have none: fields are public, and `..` fills in what is not said.
    #[default]
    Without,
    /// They have.
    With,
}

/// How handlers are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Server {
    /// As functions that return when they are done.
    #[default]
    Blocking,
    /// As functions that return a future.
    Async,
}

/// What becomes of conditions that nobody has decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Conditions {
    /// What has one is there, and its documentation says when a server has it.
    #[default]
    Documented,
    /// They are cargo features: `CONFIG_LINUX` is `config-linux`.
    Features,
}

/// Whose handshake a session answers by itself, so that its commands are no methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// Either's.
    #[default]
    Auto,
    /// The guest agent's: `guest-sync`, `guest-sync-delimited`, `qmp_capabilities` and
    /// `request-negotiation`.
    Guest,
    /// The monitor's: `qmp_capabilities` alone.
    Monitor,
}

impl Protocol {
    fn answers(self, command: &str) -> bool {
        match self {
            Protocol::Auto | Protocol::Guest => HANDSHAKE.contains(&command),
            Protocol::Monitor => command == "qmp_capabilities",
        }
    }
}

/// Which side of the wire generated code is for. Both have all types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// `trait Client` and `enum Event`. What is deprecated in the schema is deprecated in Rust.
    Client,
    /// `trait Server` and `struct Dispatch`. A server goes on serving what is deprecated, so that
    /// is only documented.
    Server,
    /// Both.
    #[default]
    Both,
}

/// How much documentation generated code has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docs {
    /// None.
    Off,
    /// The first paragraph of each description.
    Brief,
    /// All of it.
    #[default]
    Full,
}

impl Role {
    fn has_client(self) -> bool {
        matches!(self, Role::Client | Role::Both)
    }

    fn has_server(self) -> bool {
        matches!(self, Role::Server | Role::Both)
    }
}

/// The text of a file with all items, for `include!` or for checking in. `source` is the schema's
/// name for the first line; an absolute path would make the text differ from machine to machine.
///
/// Every checked schema can be written in Rust: names are bent, never refused. So there is nothing
/// to diagnose yet.
pub fn file(
    schema: &Schema,
    options: &Options,
    source: &str,
    _diagnostics: &mut Diagnostics,
) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let header = format!("// @generated by qapi-codegen {version} from {source}. Do not edit.\n");
    let bindings = Bindings::new(schema, options);
    let pieces = emit(&bindings);
    header + &layout::text(pieces, &bindings.into_pages())
}

/// All items for a schema.
fn emit(bindings: &Bindings) -> Vec<Piece> {
    let role = bindings.options.role;
    let mut pieces: Vec<Piece> = Vec::new();
    let types = bindings.types().map(|(id, ty)| {
        shared::emit_import(bindings, id, ty).unwrap_or_else(|| emit_type(bindings, id, ty))
    });
    pieces.extend(types.map(Piece::Items));
    pieces.extend(command::emit_module(bindings));
    pieces.extend(event::emit_module(bindings));
    if role.has_client() {
        pieces.extend(event::emit_enum(bindings).map(Piece::Items));
        pieces.extend(client::emit_trait(bindings).map(Piece::Items));
    }
    if role.has_server() {
        pieces.extend(server::emit_trait_and_dispatch(bindings).map(Piece::Items));
    }
    pieces.extend(metadata::schema_info::emit_const(bindings).map(Piece::Items));
    pieces
}

fn emit_type(bindings: &Bindings, id: TypeId, ty: &Type) -> TokenStream {
    match ty {
        Type::Enum(enumeration) => enumeration::emit_enum(bindings, id, enumeration),
        Type::Object(object) => object::emit_object(bindings, id, object),
        Type::Alternate(alternate) => alternate::emit_alternate(bindings, id, alternate),
        Type::Builtin(_) | Type::Array(_) => TokenStream::new(),
    }
}
