//! The decoder held against a second one that is as plain as can be: QEMU's algorithm byte by byte,
//! with a list of tokens and a recursive parser. On random bytes both must find the same frames.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::HashSet;

use qapi_runtime::json::{Decoder, Frame, Limits};

/// A frame: the tokens of a message, or the text of an error.
type Found = Result<Vec<Vec<u8>>, String>;

/// Tells what a token is, by its first byte.
type Token = Vec<u8>;

struct Model {
    limits: Limits,
    /// The token being lexed.
    token: Token,
    recovering: bool,
    tokens: Vec<Token>,
    found: Vec<Found>,
}

/// What a run of bytes can be.
#[derive(PartialEq)]
enum Lexed {
    /// The beginning of a token.
    Part,
    /// A token, whatever comes next.
    Whole,
    /// A token, if nothing comes that could prolong it.
    Maybe,
    Stray,
}

impl Model {
    fn new(limits: Limits) -> Self {
        Model {
            limits,
            token: Vec::new(),
            recovering: false,
            tokens: Vec::new(),
            found: Vec::new(),
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.recovering {
            let reset = byte < 0x20 && byte != b'\t' || byte >= 0xFE || b"{}[]:,".contains(&byte);
            self.recovering = !reset;
            if self.recovering {
                return;
            }
        }
        if self.token.is_empty() && b" \t\r\n".contains(&byte) {
            return;
        }
        let before = lexed(&self.token);
        self.token.push(byte);
        match lexed(&self.token) {
            Lexed::Part | Lexed::Maybe => {}
            Lexed::Whole => self.end_token(),
            // A bare zero does not end before a digit.
            Lexed::Stray if before == Lexed::Maybe && !zero_and_digit(&self.token) => {
                self.token.pop();
                self.end_token();
                return self.byte(byte);
            }
            Lexed::Stray => {
                let shown = self.token.split(|&byte| byte == 0).next().unwrap().to_vec();
                self.fail(format!("JSON parse error, stray '{}'", lossy(&shown)));
                self.recovering = true;
            }
        }
        if self.token.len() > self.limits.message_bytes {
            self.fail("JSON token size limit exceeded".to_owned());
        }
    }

    fn end_token(&mut self) {
        let token = std::mem::take(&mut self.token);
        let bytes: usize = self.tokens.iter().map(Vec::len).sum();
        let too_many = self.tokens.len() + 1 > self.limits.tokens;
        let too_long = bytes + token.len() + 1 > self.limits.message_bytes;
        self.tokens.push(token);
        let (braces, brackets) = (self.balance(b"{", b"}"), self.balance(b"[", b"]"));
        if too_long {
            self.fail("JSON token size limit exceeded".to_owned());
        } else if too_many {
            self.fail("JSON token count limit exceeded".to_owned());
        } else if braces + brackets > self.limits.depth as i32 {
            self.fail("JSON nesting depth limit exceeded".to_owned());
        } else if braces <= 0 && brackets <= 0 || braces < 0 || brackets < 0 {
            let tokens = std::mem::take(&mut self.tokens);
            let result = value(&mut tokens.iter().map(Vec::as_slice));
            self.found.push(match result {
                Ok(_) => Ok(tokens),
                Err(error) => Err(format!("JSON parse error, {error}")),
            });
        }
    }

    fn balance(&self, open: &[u8], close: &[u8]) -> i32 {
        let count = |bracket| self.tokens.iter().filter(|token| *token == bracket).count() as i32;
        count(open) - count(close)
    }

    fn fail(&mut self, error: String) {
        self.token.clear();
        self.tokens.clear();
        self.found.push(Err(error));
    }
}

fn zero_and_digit(token: &[u8]) -> bool {
    let digits = token.strip_prefix(b"-").unwrap_or(token);
    matches!(digits, [b'0', b'0'..=b'9'])
}

fn lexed(token: &[u8]) -> Lexed {
    match token.first() {
        None => Lexed::Part,
        Some(b'{' | b'}' | b'[' | b']' | b':' | b',') => Lexed::Whole,
        Some(&quote @ (b'"' | b'\'')) => lexed_string(&token[1..], quote),
        Some(b'a'..=b'z') if token.iter().all(u8::is_ascii_lowercase) => Lexed::Maybe,
        Some(b'-' | b'0'..=b'9') => lexed_number(token),
        _ => Lexed::Stray,
    }
}

fn lexed_string(content: &[u8], quote: u8) -> Lexed {
    let mut escape = false;
    for (at, &byte) in content.iter().enumerate() {
        match byte {
            0..0x20 | 0xFE.. => return Lexed::Stray,
            _ if escape => escape = false,
            b'\\' => escape = true,
            _ if byte == quote && at + 1 == content.len() => return Lexed::Whole,
            _ => {}
        }
    }
    Lexed::Part
}

fn lexed_number(token: &[u8]) -> Lexed {
    let text = std::str::from_utf8(token).unwrap_or("x");
    let text = text.strip_prefix('-').unwrap_or(text);
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_digits = exponent.map(|text| text.strip_prefix(['+', '-']).unwrap_or(text));
    let leading_zero = whole.starts_with('0') && whole.len() > 1;
    let zero_exponent = whole == "0" && fraction.is_none() && exponent.is_some();
    let no_fraction = exponent.is_some() && fraction == Some("");
    if !digits(whole)
        || !digits(fraction.unwrap_or(""))
        || !digits(exponent_digits.unwrap_or(""))
        || leading_zero
        || zero_exponent
        || no_fraction
        || whole.is_empty() && (fraction.is_some() || exponent.is_some())
    {
        Lexed::Stray
    } else if whole.is_empty() || fraction == Some("") || exponent_digits == Some("") {
        Lexed::Part
    } else {
        Lexed::Maybe
    }
}

/// A value: `Some` with its decoded text if it is a string.
fn value(tokens: &mut dyn Iterator<Item = &[u8]>) -> Result<Option<String>, String> {
    let token = tokens.next().ok_or("premature EOI")?;
    value_from(token, tokens)
}

fn value_from(
    token: &[u8],
    tokens: &mut dyn Iterator<Item = &[u8]>,
) -> Result<Option<String>, String> {
    match token[0] {
        b'{' => object(tokens).map(|()| None),
        b'[' => array(tokens).map(|()| None),
        b'"' | b'\'' => string(token).map(Some),
        b'a'..=b'z' if [&b"true"[..], b"false", b"null"].contains(&token) => Ok(None),
        b'a'..=b'z' => {
            let mut text = format!("invalid keyword '{}'", String::from_utf8_lossy(token));
            text.truncate(1023);
            Err(text)
        }
        b'-' | b'0'..=b'9' => Ok(None),
        _ => Err("expecting value".to_owned()),
    }
}

fn object(tokens: &mut dyn Iterator<Item = &[u8]>) -> Result<(), String> {
    let mut names = HashSet::new();
    let mut token = tokens.next().ok_or("premature EOI")?;
    if token == b"}" {
        return Ok(());
    }
    loop {
        let name = value_from(token, tokens)?.ok_or("key is not a string in object")?;
        if tokens.next().ok_or("premature EOI")? != b":" {
            return Err("missing : in object pair".to_owned());
        }
        value(tokens)?;
        if !names.insert(name) {
            return Err("duplicate key".to_owned());
        }
        match tokens.next().ok_or("premature EOI")? {
            b"}" => return Ok(()),
            b"," => token = tokens.next().ok_or("premature EOI")?,
            _ => return Err("expected separator in dict".to_owned()),
        }
    }
}

fn array(tokens: &mut dyn Iterator<Item = &[u8]>) -> Result<(), String> {
    let mut token = tokens.next().ok_or("premature EOI")?;
    if token == b"]" {
        return Ok(());
    }
    loop {
        value_from(token, tokens)?;
        match tokens.next().ok_or("premature EOI")? {
            b"]" => return Ok(()),
            b"," => token = tokens.next().ok_or("premature EOI")?,
            _ => return Err("expected separator in list".to_owned()),
        }
    }
}

fn string(token: &[u8]) -> Result<String, String> {
    let mut value = String::new();
    let mut rest = &token[1..];
    while rest.len() > 1 {
        let (character, length) = match (rest[0], rest[1]) {
            (b'\\', b'u') => escape(rest)?,
            (b'\\', escaped) => {
                let at = br#"bfnrt"'\/"#.iter().position(|&known| known == escaped);
                let at = at.ok_or("invalid escape sequence in string")?;
                ("\u{8}\u{C}\n\r\t\"'\\/".chars().nth(at).unwrap(), 2)
            }
            _ => character(rest).ok_or("invalid UTF-8 sequence in string")?,
        };
        value.push(character);
        rest = &rest[length..];
    }
    Ok(value)
}

fn escape(text: &[u8]) -> Result<(char, usize), String> {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix(br"\u")?;
        let hex = digits.iter().all(u8::is_ascii_hexdigit);
        hex.then(|| u32::from_str_radix(std::str::from_utf8(digits).unwrap(), 16).unwrap())
    };
    let (code, length) = match (unit(0), unit(6)) {
        (Some(high @ 0xD800..0xDC00), Some(low @ 0xDC00..0xE000)) => {
            (Some(0x1_0000 + ((high & 0x3FF) << 10 | low & 0x3FF)), 12)
        }
        (code, _) => (code, 6),
    };
    code.and_then(valid).map(|character| (character, length)).ok_or_else(|| {
        let shown = &text[..length.min(text.len())];
        format!("{} is not a valid Unicode character", lossy(shown))
    })
}

fn valid(code: u32) -> Option<char> {
    let reserved = (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE;
    if reserved { None } else { char::from_u32(code) }
}

/// The character at the front of modified UTF-8.
fn character(text: &[u8]) -> Option<(char, usize)> {
    if text.starts_with(&[0xC0, 0x80]) {
        return Some(('\0', 2));
    }
    let text = match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&text[..error.valid_up_to()]).unwrap(),
    };
    let character = text.chars().next()?;
    valid(character.into()).map(|character| (character, character.len_utf8()))
}

/// With U+FFFD for every sequence that is none, cut where the next one begins.
fn lossy(text: &[u8]) -> String {
    let mut shown = String::new();
    let mut rest = text;
    while let Some(&first) = rest.first() {
        let length = match character(rest) {
            Some((character, length)) => {
                shown.push(character);
                length
            }
            None => {
                shown.push('\u{FFFD}');
                let wanted = match first {
                    0xC0..0xE0 => 1,
                    0xE0..0xF0 => 2,
                    0xF0..0xF8 => 3,
                    0xF8..0xFC => 4,
                    0xFC..0xFE => 5,
                    _ => 0,
                };
                let follow = rest[1..].iter().take_while(|&&byte| byte & 0xC0 == 0x80).count();
                1 + follow.min(wanted)
            }
        };
        rest = &rest[length..];
    }
    shown
}

/// A small generator (xorshift64), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % bound
    }
}

/// Pieces from which inputs are put together: mostly right, so that errors come late.
const PIECES: &[&[u8]] = &[
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b" ",
    b"\n",
    b"                  ",
    b"                    \t  ",
    b"\"a\":",
    b"\"b\":",
    b"'a':",
    b"'\\u0061':",
    b"\"a\": \"plain text, rather long\",",
    b"\"name\": \"x\", ",
    b"\"b\": 1, ",
    b"\"c\":[1,2],",
    b"{\"a\":1,\"b\":{}}",
    b"{\"execute\": \"guest-ping\"}",
    b"[]",
    b"{}",
    b"null",
    b"true",
    b"false",
    b"nil",
    b"0",
    b"12",
    b"-1",
    b"1.5",
    b"1e5",
    b"1e+",
    b"01",
    b"0e1",
    b"-",
    b"1.",
    b"\"",
    b"'",
    b"\\",
    b"\"\\u00e9\"",
    b"\"\\ud83d\\ude00\"",
    b"\"\\ud83d\"",
    b"\"\\n\\'\"",
    b"\"\\x\"",
    b"\"\\u12\"",
    b"\"\xC3\xA9\"",
    b"\"\xC0\x80\"",
    b"\"\\\xC0\x80\"",
    b"\"\xE2\x82\"",
    b"\"\xEF\xBF\xBE\"",
    b"\"\xC0\x80\":",
    b"\"\\u0000\":",
    b"\xFF",
    b"\xFE",
    b"\x00",
    b"\x01",
    b"@",
    b"%",
    b"\x0C",
    b"\x7F",
    b"\xC3\xA9",
    b"\"\xFF",
    b"\"abc\n",
];

fn input(random: &mut Random) -> Vec<u8> {
    let count = 1 + random.below(40);
    (0..count).flat_map(|_| PIECES[random.below(PIECES.len())].iter().copied()).collect()
}

fn modelled(bytes: &[u8], limits: Limits) -> Vec<Found> {
    let mut model = Model::new(limits);
    bytes.iter().for_each(|&byte| model.byte(byte));
    model.found
}

fn decoded(bytes: &[u8], limits: Limits, random: &mut Random, longest: usize) -> Vec<Frame> {
    let mut decoder = Decoder::new(limits);
    let mut frames = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at((1 + random.below(longest)).min(rest.len()));
        decoder.feed(piece);
        frames.extend(&mut decoder);
        rest = behind;
    }
    frames
}

/// The tokens of a text that is right.
fn tokens(text: &[u8]) -> Vec<Token> {
    let mut model = Model::new(Limits::default());
    text.iter().chain(b" ").for_each(|&byte| model.byte(byte));
    match model.found.pop() {
        Some(Ok(tokens)) if model.found.is_empty() => tokens,
        _ => panic!("no message: {}", String::from_utf8_lossy(text)),
    }
}

fn assert_same(bytes: &[u8], limits: Limits, random: &mut Random, longest: usize) {
    let shown = String::from_utf8_lossy(bytes);
    let (model, frames) = (modelled(bytes, limits), decoded(bytes, limits, random, longest));
    assert_eq!(model.len(), frames.len(), "{shown}\n{model:?}\n{frames:?}");
    for (model, frame) in model.iter().zip(&frames) {
        match (model, frame) {
            (Err(error), Frame::Error(found)) => assert_eq!(*error, found.desc(), "{shown}"),
            (Ok(expected), Frame::Message(document)) => {
                let mut expected = expected.clone();
                // Bytes that text cannot hold are kept as an escape.
                for token in &mut expected {
                    while let Some(at) = token.windows(2).position(|pair| pair == [0xC0, 0x80]) {
                        token.splice(at..at + 2, br"\u0000".iter().copied());
                    }
                }
                assert_eq!(expected, tokens(document.as_bytes()), "{shown}");
            }
            _ => panic!("{shown}\n{model:?}\n{frame:?}"),
        }
    }
}

#[test]
fn random_bytes_give_the_same_frames() {
    let mut random = Random(0x0DDB_1A5E_5BAD_5EED);
    for _ in 0..30_000 {
        let bytes = input(&mut random);
        let longest = [1, 3, 20, 1000][random.below(4)];
        assert_same(&bytes, Limits::default(), &mut random, longest);
    }
}

#[test]
fn small_limits_give_the_same_frames() {
    let mut random = Random(0xFEED_FACE_CAFE_BEEF);
    for _ in 0..30_000 {
        let bytes = input(&mut random);
        let limits = Limits {
            message_bytes: 1 + random.below(40),
            tokens: 1 + random.below(12),
            depth: random.below(4),
        };
        let longest = [1, 3, 20, 1000][random.below(4)];
        assert_same(&bytes, limits, &mut random, longest);
    }
}
