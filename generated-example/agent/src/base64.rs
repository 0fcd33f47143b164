//! Bytes on the wire: base64 as the guest agent's protocol has it.
//!
//! What is read may contain line ends and may lack the padding, as qemu-ga allows. Unlike there,
//! text that ends in the middle of a byte or has padding before its end is an error and is not
//! shortened in silence.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use qapi_runtime::{Error, Result};

const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The text of some bytes, padded, on one line.
pub(crate) fn encode(bytes: &[u8]) -> String {
    ENGINE.encode(bytes)
}

/// The bytes of a text.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>> {
    let decoded = if text.contains('\n') {
        ENGINE.decode(text.replace('\n', ""))
    } else {
        ENGINE.decode(text)
    };
    decoded.map_err(|_| Error::generic("Base64 data contains invalid characters"))
}
