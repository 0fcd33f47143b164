//! Strings: whether the content between the quotes is right, and what it means.

use super::error::Problem;
use super::{NodeKind, SyntaxError, unicode};

/// Checks a string token, quotes included: escapes and encoding.
///
/// # Errors
/// The first thing that is wrong in it.
// The rules are those of parse_string() in QEMU's json-parser.c.
pub(super) fn check(token: &[u8]) -> Result<NodeKind, SyntaxError> {
    let mut kind = NodeKind::Plain;
    let mut rest = &token[1..token.len() - 1];
    while let Some(&first) = rest.first() {
        let length = match first {
            b'\\' => {
                kind = NodeKind::Escaped;
                escape(rest).ok_or_else(|| wrong_escape(token, rest))?.1
            }
            0..0x80 => 1,
            _ => match unicode::character(rest) {
                (Some(_), length) => length,
                (None, _) => return Err(Problem::INVALID_UTF8.into()),
            },
        };
        rest = &rest[length..];
    }
    Ok(kind)
}

/// The value of a checked string's content, as bytes that are UTF-8.
pub(super) fn decode_bytes(content: &[u8]) -> String {
    decode(&String::from_utf8_lossy(content))
}

/// The value of a checked string's content.
pub(super) fn decode(content: &str) -> String {
    let mut value = String::with_capacity(content.len());
    let mut rest = content;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        let (character, length) =
            escape(&rest.as_bytes()[at..]).unwrap_or((char::REPLACEMENT_CHARACTER, 1));
        value.push(character);
        rest = &rest[at + length..];
    }
    value.push_str(rest);
    value
}

/// U+0000 may stand in a string as the bytes C0 80, which UTF-8 does not have. The token with such
/// bytes replaced by an escape; `None` if there are none, or if it is wrong anyway.
pub(super) fn without_raw_nul(token: &[u8]) -> Option<Vec<u8>> {
    if !token.windows(2).any(|pair| pair == [0xC0, 0x80]) || check(token).is_err() {
        return None;
    }
    let mut replaced = Vec::with_capacity(token.len() + 4);
    let mut rest = token;
    while let Some(at) = rest.iter().position(|&byte| byte == 0xC0) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(br"\u0000");
        rest = &rest[at + 2..];
    }
    replaced.extend_from_slice(rest);
    Some(replaced)
}

/// The character that the escape at the front means, and the length of the escape.
fn escape(text: &[u8]) -> Option<(char, usize)> {
    let character = match text.get(1)? {
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        &same @ (b'"' | b'\'' | b'\\' | b'/') => same as char,
        b'u' => return unicode_escape(text),
        _ => return None,
    };
    Some((character, 2))
}

/// `\uXXXX`, or two of them that are a surrogate pair.
fn unicode_escape(text: &[u8]) -> Option<(char, usize)> {
    let first = code_unit(text)?;
    if !matches!(first, 0xD800..0xDC00) {
        return unicode::valid(first).map(|character| (character, 6));
    }
    match code_unit(text.get(6..)?)? {
        second @ 0xDC00..0xE000 => {
            let code = 0x1_0000 + ((first & 0x3FF) << 10 | second & 0x3FF);
            unicode::valid(code).map(|character| (character, 12))
        }
        _ => None,
    }
}

/// The four hexadecimal digits of `\uXXXX`.
fn code_unit(text: &[u8]) -> Option<u32> {
    let digits = text.strip_prefix(br"\u")?.get(..4)?;
    digits.iter().try_fold(0, |code, &digit| Some(code << 4 | (digit as char).to_digit(16)?))
}

/// Why there is no escape at the front of `rest`, which reaches to the end of the token's content.
// QEMU shows six bytes from the backslash, and those of the second escape where both are well
// formed but no character; but not behind the token.
fn wrong_escape(token: &[u8], rest: &[u8]) -> SyntaxError {
    if rest.get(1) != Some(&b'u') {
        return Problem::INVALID_ESCAPE.into();
    }
    let start = token.len() - 1 - rest.len();
    let shown = if is_pair(rest) { 12 } else { 6 };
    let end = token.len().min(start + shown);
    Problem::InvalidCharacter(token[start..end].into()).into()
}

/// Whether the text begins with two escapes that are a surrogate pair.
fn is_pair(text: &[u8]) -> bool {
    matches!(code_unit(text), Some(0xD800..0xDC00))
        && text.get(6..).and_then(code_unit).is_some_and(|unit| matches!(unit, 0xDC00..0xE000))
}
