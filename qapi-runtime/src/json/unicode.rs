//! Characters as QEMU sees them: *modified* UTF-8, in which U+0000 is C0 80, without noncharacters.

use std::fmt;

/// Reads one character from the front of non-empty `bytes`: the character, unless the sequence is
/// invalid, and how many bytes it took.
pub(super) fn character(bytes: &[u8]) -> (Option<char>, usize) {
    let first = bytes[0];
    let length = match first {
        0..0x80 => return (Some(first as char), 1),
        0x80..0xC0 | 0xFE.. => return (None, 1),
        _ => first.leading_ones() as usize,
    };
    let mut code = u32::from(first) & (0x7F >> length);
    for at in 1..length {
        match bytes.get(at) {
            Some(&byte) if byte & 0xC0 == 0x80 => code = code << 6 | u32::from(byte & 0x3F),
            _ => return (None, at),
        }
    }
    let shortest = [0x80, 0x800, 0x1_0000, 0x20_0000, 0x400_0000][length - 2];
    let overlong = code < shortest && !(code == 0 && length == 2);
    (valid(code).filter(|_| !overlong), length)
}

/// The character of a code point, unless it is none or is set aside as a noncharacter.
pub(super) fn valid(code: u32) -> Option<char> {
    let noncharacter = matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE;
    char::from_u32(code).filter(|_| !noncharacter)
}

/// Bytes that should be modified UTF-8; what is not shows as U+FFFD.
pub(super) struct Lossy<'a>(pub(super) &'a [u8]);

impl fmt::Display for Lossy<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        let mut bytes = self.0;
        while !bytes.is_empty() {
            let (character, length) = character(bytes);
            f.write_char(character.unwrap_or(char::REPLACEMENT_CHARACTER))?;
            bytes = &bytes[length..];
        }
        Ok(())
    }
}

/// Whether a string stands between quotes as it is: printable ASCII, no quote and no backslash.
#[inline]
pub(super) fn is_plain(value: &str) -> bool {
    let bytes = value.as_bytes();
    // The last word overlaps the one before, so that no bytes are left over.
    match bytes.last_chunk() {
        Some(&last) => {
            let mut words = bytes.chunks_exact(8);
            is_plain_word(u64::from_le_bytes(last))
                && words.all(|word| is_plain_word(word.try_into().map_or(0, u64::from_le_bytes)))
        }
        None => is_plain_word(short_word(bytes)),
    }
}

/// Fewer than eight bytes, each of them at least once, filled up with plain ones.
#[inline]
fn short_word(bytes: &[u8]) -> u64 {
    const PLAIN: u64 = u64::MAX / 255 * 0x20;
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(&first), Some(&last)) => {
            u64::from(u32::from_le_bytes(first)) << 32 | u64::from(u32::from_le_bytes(last))
        }
        _ => bytes.iter().fold(PLAIN, |word, &byte| word << 8 | u64::from(byte)),
    }
}

/// The same for eight bytes at once.
#[inline]
fn is_plain_word(word: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let (quotes, backslashes) = (ONES * 0x22, ONES * 0x5C);
    // A byte that underflows, or has its top bit set already, shows in that bit; 0x7F does when one
    // is added.
    let hits = word.wrapping_sub(ONES * 0x20)
        | (word ^ quotes).wrapping_sub(ONES)
        | (word ^ backslashes).wrapping_sub(ONES)
        | word.wrapping_add(ONES)
        | word;
    hits & (ONES * 0x80) == 0
}

/// Appends a string's characters as they stand between quotes in QEMU's output.
pub(super) fn escape(out: &mut Vec<u8>, value: &str) {
    let mut rest = value;
    while let Some(at) = rest.bytes().position(needs_escape) {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let character = rest[at..].chars().next().unwrap_or_default();
        escape_character(out, character);
        rest = &rest[at + character.len_utf8()..];
    }
    out.extend_from_slice(rest.as_bytes());
}

fn needs_escape(byte: u8) -> bool {
    !matches!(byte, 0x20..0x7F) || byte == b'"' || byte == b'\\'
}

fn escape_character(out: &mut Vec<u8>, character: char) {
    match character {
        '"' => out.extend_from_slice(br#"\""#),
        '\\' => out.extend_from_slice(br"\\"),
        '\u{8}' => out.extend_from_slice(br"\b"),
        '\u{C}' => out.extend_from_slice(br"\f"),
        '\n' => out.extend_from_slice(br"\n"),
        '\r' => out.extend_from_slice(br"\r"),
        '\t' => out.extend_from_slice(br"\t"),
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04X}").as_bytes());
            }
        }
    }
}
