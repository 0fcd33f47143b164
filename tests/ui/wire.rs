//! Reads and writes values for the cases in `pass`. Each uses what it needs.

#![allow(dead_code)]

use qapi_runtime::json::Document;
use qapi_runtime::{Policy, ReadError, Wire, Writer};

/// A value, read as a server does.
pub fn strict<T: Wire>(text: &str) -> Result<T, ReadError> {
    T::read(document(text).root(Policy::Strict))
}

/// A value, read as a client does.
pub fn tolerant<T: Wire>(text: &str) -> Result<T, ReadError> {
    T::read(document(text).root(Policy::Tolerant))
}

/// The text of a value.
pub fn written<T: Wire>(value: &T) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer);
    String::from_utf8(writer.into_bytes()).expect("what is written is ASCII")
}

/// The value is written as the text says, and the text is read as the value.
pub fn round<T: Wire + PartialEq + std::fmt::Debug>(value: T, text: &str) {
    assert_eq!(written(&value), text);
    assert_eq!(strict::<T>(text).expect(text), value);
    assert_eq!(tolerant::<T>(text).expect(text), value);
}

/// A server refuses the text with this error.
pub fn refused<T: Wire + std::fmt::Debug>(text: &str, error: &str) {
    assert_eq!(strict::<T>(text).expect_err(text).to_string(), error);
}

fn document(text: &str) -> Document {
    Document::parse(text.as_bytes()).expect(text)
}
