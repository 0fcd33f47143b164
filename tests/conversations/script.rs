//! A conversation as text: who says what, line by line.
//!
//! `C:` is what the client sends, `S:` what the server sends, with the escapes `\n \r \t \\ \xHH`.
//! Any other line is a directive: a word and its argument. `#` begins a comment.

use std::path::Path;

/// One line of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub number: usize,
    pub step: Step,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Client(Vec<u8>),
    Server(Vec<u8>),
    Directive(String, String),
}

/// Reads a script.
pub fn read(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).expect("our own scripts can be read");
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_end()));
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(number, line)| Line { number, step: step(line) })
        .collect()
}

fn step(line: &str) -> Step {
    if let Some(bytes) = line.strip_prefix("C: ") {
        return Step::Client(unescape(bytes));
    }
    if let Some(bytes) = line.strip_prefix("S: ") {
        return Step::Server(unescape(bytes));
    }
    let (word, argument) = line.split_once(' ').unwrap_or((line, ""));
    Step::Directive(word.to_owned(), argument.to_owned())
}

/// The bytes that a text with escapes stands for. A backslash before anything else is itself, so
/// that JSON's own escapes need no doubling.
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        let (value, length) = match (byte, tail) {
            (b'\\', [b'n', ..]) => (b'\n', 2),
            (b'\\', [b'r', ..]) => (b'\r', 2),
            (b'\\', [b't', ..]) => (b'\t', 2),
            (b'\\', [b'\\', ..]) => (b'\\', 2),
            (b'\\', [b'x', high, low, ..]) => (hex(*high) * 16 + hex(*low), 4),
            _ => (*byte, 1),
        };
        bytes.push(value);
        rest = &rest[length..];
    }
    bytes
}

/// The text that stands for bytes, for messages of failed tests.
pub fn escape(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        match byte {
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\t' => text.push_str("\\t"),
            b' '..=b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("\\x{byte:02x}")),
        }
    }
    text
}

fn hex(digit: u8) -> u8 {
    char::from(digit).to_digit(16).expect("two hexadecimal digits") as u8
}
