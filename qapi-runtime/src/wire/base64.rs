//! Strings that are bytes: base64 on the wire, a `Vec<u8>` in Rust.

use super::{Kinds, ReadError, Reader, Wire, Writer};
use ::base64::Engine;
use ::base64::alphabet::STANDARD;
use ::base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// RFC 4648, section 4. Reads what GLib's decoder, which QEMU uses, reads: also without padding.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Bytes whose form on the wire is base64, written with padding and on one line. What is read may
/// be broken into lines and may lack the padding, as QEMU's `qbase64_decode()` (util/base64.c) lets
/// it; text that ends in the middle of a byte is an error.
///
/// Generated code has it for members that `Config::field("guest-exec.input-data").as_bytes()` names.
///
/// ```
/// use qapi_runtime::json::Document;
/// use qapi_runtime::{Base64, Policy, Wire, Writer};
///
/// let mut writer = Writer::new();
/// Base64::from(b"hello").write(&mut writer);
/// assert_eq!(writer.as_bytes(), br#""aGVsbG8=""#);
///
/// let document = Document::parse(writer.as_bytes())?;
/// assert_eq!(*Base64::read(document.root(Policy::Strict))?, b"hello");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Base64(pub Vec<u8>);

impl Wire for Base64 {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        let text = reader.string()?;
        let decoded = match text.contains('\n') {
            true => ENGINE.decode(text.replace('\n', "")),
            false => ENGINE.decode(text.as_bytes()),
        };
        decoded.map(Base64).map_err(|error| ReadError::other(format!("no base64: {error}")))
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(&ENGINE.encode(&self.0));
    }
}

/// How many there are. What they are may be a secret.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl<T: Into<Vec<u8>>> From<T> for Base64 {
    fn from(bytes: T) -> Self {
        Base64(bytes.into())
    }
}

impl Deref for Base64 {
    type Target = Vec<u8>;

    fn deref(&self) -> &Vec<u8> {
        &self.0
    }
}

impl DerefMut for Base64 {
    fn deref_mut(&mut self) -> &mut Vec<u8> {
        &mut self.0
    }
}
