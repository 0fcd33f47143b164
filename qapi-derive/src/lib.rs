//! Derive macros that make a hand-written QAPI type equal to a generated one: [`Object`],
//! [`Enum`], [`Union`], [`Alternate`], [`Command`] and [`Event`]. They are the only writers of wire
//! impls; `qapi-codegen` prints items with these derives and no impl of its own.
//!
//! Use them by way of `qapi_runtime`, which has a complete example beside each.
//!
//! A derive is a small compiler. `grammar` is the table of attributes, `attribute` reads by it,
//! `lower` makes of the Rust item a `model` in schema words, and `emit` prints one file's worth of
//! impls for each kind of model. Every mistake is collected on the way and reported at its own
//! place; `stub` then prints impls that do nothing, so that one mistake stays one error.
//!
//! # Attributes
//!
//! | Key | On | Meaning |
//! | --- | --- | --- |
//! | `crate = path` | every item | where the runtime is; `::qapi_runtime` if not given |
//! | `debug` | every item | `Debug` as well, with what is written on the wire: absent members take no room |
//! | `serde` | every item | `Serialize` and `Deserialize` as well, by way of the wire; the runtime's feature `serde` |
//! | `name = "…"` | `Command`, `Event` (needed) | the name on the wire |
//! | `name = "…"` | `Alternate` | the name in error texts; the identifier if not given |
//! | `name = "…"` | a member | the name on the wire; the identifier with `-` for `_` if not given |
//! | `name = "…"` | a variant of `Enum`, `Union` | the name on the wire; the identifier in kebab case if not given |
//! | `tag = "…"` | `Union` (needed) | the member that selects the branch |
//! | `returns = Type` | `Command` | what success returns; an empty object if not given |
//! | `oob` | `Command` | may run out of band |
//! | `no_success_response` | `Command` | success is not answered |
//! | `capability = "…"` | `Command`, `Event` | exists only while that capability is enabled |
//! | `features = "…, …"` | `Command`, `Event` | the schema's features, such as `deprecated` |
//! | `since = "…"` | `Command`, `Event` | since which version it is there |
//! | `branch` | a member | a union whose tag and members stand in this same object |
//! | `rest` | a member | a `Map` of all members that have no field |
//! | `unrecognized` | a variant | keeps what this code does not know |

mod attribute;
mod docs;
mod emit;
mod grammar;
mod lower;
mod mistake;
mod model;
mod name;
mod stub;
mod suggest;
mod ty;

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

use grammar::Derive;
use mistake::Mistakes;

/// Makes a struct with named fields an object on the wire: `Wire` and `Flat`.
///
/// A field is a member. `Option<T>` is a member that may be absent; the derive knows it by its
/// spelling. Members are read and written in the order of the fields.
///
/// On a field: `name = "…"`, or `branch`, or `rest`; on the struct: `crate`. See the table at
/// [`qapi_derive`](crate).
#[proc_macro_derive(Object, attributes(qapi))]
pub fn derive_object(input: TokenStream) -> TokenStream {
    expand(Derive::Object, input)
}

/// Makes an enum of unit variants a set of names: `Wire`, `Display`, `FromStr`, constants `NAMES` and
/// `ALL`, and a method `as_str`.
///
/// One variant may be `#[qapi(unrecognized)] Unrecognized(Box<str>)`. A tolerant reader puts a name
/// there that this code does not know, and so does `FromStr`, which then cannot fail.
///
/// On a variant: `name = "…"`, or `unrecognized`; on the enum: `crate`. See the table at
/// [`qapi_derive`](crate).
#[proc_macro_derive(Enum, attributes(qapi))]
pub fn derive_enum(input: TokenStream) -> TokenStream {
    expand(Derive::Enum, input)
}

/// Makes an enum an object whose tag selects further members: `Wire`, `Flat`, constants `TAG` and
/// `NAMES`, a method `tag`, and `From` each type that only one branch holds.
///
/// A variant is a branch: it holds the type that has the members, or nothing if there are none. One
/// variant may be `#[qapi(unrecognized)] Unrecognized(qapi_runtime::Unrecognized)`; a tolerant
/// reader puts an object there whose tag this code does not know, and nothing of it is lost.
///
/// On the enum: `tag = "…"`, which is needed, and `crate`; on a variant: `name = "…"`, or
/// `unrecognized`. See the table at [`qapi_derive`](crate).
#[proc_macro_derive(Union, attributes(qapi))]
pub fn derive_union(input: TokenStream) -> TokenStream {
    expand(Derive::Union, input)
}

/// Makes an enum a value of one of several types, told apart by their JSON kind: `Wire`, and `From`
/// each of the types.
///
/// A variant is a branch and holds the value. Two branches that can be of the same kind are an
/// error when the program is compiled. One variant may be
/// `#[qapi(unrecognized)] Unrecognized(qapi_runtime::Any)`; a tolerant reader puts a value of any
/// other kind there.
///
/// On the enum: `name = "…"`, what error texts call it, and `crate`; on a variant: `unrecognized`.
/// See the table at [`qapi_derive`](crate).
#[proc_macro_derive(Alternate, attributes(qapi))]
pub fn derive_alternate(input: TokenStream) -> TokenStream {
    expand(Derive::Alternate, input)
}

/// Makes a struct a command, its fields the arguments: `Wire`, `Flat` and `Command`.
///
/// Fields are as for [`Object`]. A unit struct is a command without arguments; a newtype takes the
/// members of the object or union inside.
///
/// On the struct: `name = "…"`, which is needed, `returns = Type`, `oob`, `no_success_response`,
/// `capability = "…"` and `crate`. See the table at [`qapi_derive`](crate).
#[proc_macro_derive(Command, attributes(qapi))]
pub fn derive_command(input: TokenStream) -> TokenStream {
    expand(Derive::Command, input)
}

/// Makes a struct an event, its fields the data: `Wire`, `Flat` and `Event`.
///
/// Fields are as for [`Object`]. A unit struct is an event without data; a newtype carries the
/// members of the object or union inside.
///
/// On the struct: `name = "…"`, which is needed, `capability = "…"` and `crate`. See the table at
/// [`qapi_derive`](crate).
#[proc_macro_derive(Event, attributes(qapi))]
pub fn derive_event(input: TokenStream) -> TokenStream {
    expand(Derive::Event, input)
}

/// The whole pipeline.
fn expand(derive: Derive, input: TokenStream) -> TokenStream {
    let input = docs::without(input);
    let input = parse_macro_input!(input as DeriveInput);
    let mut mistakes = Mistakes::default();
    let item = lower::item(&mut mistakes, derive, &input);
    let output = match mistakes.check() {
        Ok(()) => emit::item(&item),
        Err(errors) => {
            let stub = stub::item(&item);
            quote!(#errors #stub)
        }
    };
    output.into()
}
