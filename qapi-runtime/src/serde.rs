//! QAPI types in other formats: `Serialize` and `Deserialize` by way of the wire layer.
//!
//! A type that is derived with `#[qapi(serde)]` (generated code: `Config::serde`) can be stored as
//! TOML, logged as YAML, or be part of a struct with a derive of serde's. Its form is that on the
//! wire, so there is one truth about names, tags and numbers. It is read as a client reads: what is
//! unknown is kept or ignored.
//!
//! ```
//! # #[derive(Clone, Debug, PartialEq, qapi_runtime::Object)]
//! # #[qapi(serde)]
//! # struct Mount { path: String, read_only: Option<bool> }
//! let mount = Mount { path: "/srv".to_owned(), read_only: None };
//! let text = serde_json::to_string(&mount)?;
//! assert_eq!(text, r#"{"path":"/srv"}"#);
//! assert_eq!(serde_json::from_str::<Mount>(&text)?, mount);
//! # Ok::<(), serde_json::Error>(())
//! ```

pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use ::serde::{de, ser};

use crate::Timestamp;
use crate::json::Document;
use crate::wire::{Any, Kind, Policy, ReadError, Reader, Wire, Writer};

/// What `Serialize` does for a QAPI type.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    match Document::parse(&writer.into_bytes()) {
        Ok(document) => Written(document.root(Policy::Tolerant)).serialize(serializer),
        Err(error) => Err(ser::Error::custom(error)),
    }
}

/// What `Deserialize` does for a QAPI type.
///
/// # Errors
/// Those of the deserializer, and what does not fit the type, in QEMU's words.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let any = Any::deserialize(deserializer)?;
    read(&any, T::read).map_err(de::Error::custom)
}

/// A value as it was written, its members in that order.
struct Written<'a>(Reader<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Written(place) = *self;
        match place.kind() {
            Kind::Object => {
                let members = place.entries().map(|(name, value)| (name, Written(value)));
                serializer.collect_map(members)
            }
            Kind::Array => serializer.collect_seq(place.items().map(Written)),
            _ => place.value().serialize(serializer),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer)
    }
}

fn read<T>(any: &Any, read: fn(Reader<'_>) -> Result<T, ReadError>) -> Result<T, ReadError> {
    let mut writer = Writer::new();
    writer.value(any);
    match Document::parse(&writer.into_bytes()) {
        Ok(document) => read(document.root(Policy::Tolerant)),
        Err(error) => Err(ReadError::other(error.to_string())),
    }
}
