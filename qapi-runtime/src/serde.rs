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

use crate::json::Document;
use crate::wire::{Any, Policy, ReadError, Wire, Writer};

/// What `Serialize` does for a QAPI type.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    match any(&writer.into_bytes()) {
        Some(any) => any.serialize(serializer),
        None => Err(ser::Error::custom("the value was not written as one value")),
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

fn any(text: &[u8]) -> Option<Any> {
    let document = Document::parse(text).ok()?;
    Some(document.root(Policy::Tolerant).value())
}

fn read<T>(
    any: &Any,
    read: fn(crate::wire::Reader<'_>) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let mut writer = Writer::new();
    writer.value(any);
    match Document::parse(&writer.into_bytes()) {
        Ok(document) => read(document.root(Policy::Tolerant)),
        Err(error) => Err(ReadError::other(error.to_string())),
    }
}
