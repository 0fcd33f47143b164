//! What a value looks like to who debugs: what is on the wire, in Rust's manner.
//!
//! Most types of a schema have many members that may be absent, and mostly are. A value that is
//! derived with `#[qapi(debug)]`, as generated ones are, shows those that it has, under the names
//! that the schema and its documentation know.
//!
//! ```
//! # #[derive(Clone, PartialEq, qapi_runtime::Object)]
//! # #[qapi(debug)]
//! # struct Mount { path: String, read_only: Option<bool>, options: Option<Vec<String>> }
//! let mount = Mount { path: "/srv".to_owned(), read_only: Some(true), options: None };
//! assert_eq!(format!("{mount:?}"), r#"Mount { path: "/srv", read-only: true }"#);
//! ```

use std::fmt;

use crate::json::Document;
use crate::wire::{Kind, Policy, Reader, Wire, Writer};

/// What `Debug` does for a QAPI type of this name.
///
/// # Errors
/// Those of the formatter.
pub fn debug<T: Wire>(value: &T, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut writer = Writer::new();
    value.write(&mut writer);
    show(&writer.into_bytes(), name, f)
}

fn show(text: &[u8], name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // Longer than any message may be, or deeper: shown as it is written.
    let Ok(document) = Document::parse(text) else {
        return write!(f, "{name} {}", String::from_utf8_lossy(text));
    };
    let place = document.root(Policy::Tolerant);
    if place.kind() != Kind::Object {
        return f.debug_tuple(name).field(&Shown(place)).finish();
    }
    let mut members = f.debug_struct(name);
    for (name, value) in place.entries() {
        members.field(&name, &Shown(value));
    }
    members.finish()
}

/// A value inside of what is shown.
struct Shown<'a>(Reader<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shown(place) = *self;
        match place.kind() {
            Kind::Object => {
                let members = place.entries().map(|(name, value)| (name, Shown(value)));
                f.debug_map().entries(members).finish()
            }
            Kind::Array => f.debug_list().entries(place.items().map(Shown)).finish(),
            Kind::String => match place.string() {
                Ok(string) => fmt::Debug::fmt(&string, f),
                Err(error) => write!(f, "{error}"),
            },
            _ => f.write_str(&String::from_utf8_lossy(place.raw())),
        }
    }
}
