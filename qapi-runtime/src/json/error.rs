//! What is wrong with a message before anybody asks what it means, in QEMU's words.

use std::fmt;

use super::unicode;

/// A lexical error, a syntax error, or a limit exceeded. Displays as the text that QEMU answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError(Box<Problem>);

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// Bytes that begin no token, the last of them being the one that does not fit.
    Stray(Box<[u8]>),
    /// A word that is none of the three.
    InvalidKeyword(Box<[u8]>),
    /// `\u…` that is no character: the six bytes of the escape, fewer where the string ends.
    InvalidCharacter(Box<[u8]>),
    /// One of the rest, by its whole text.
    Text(&'static str),
}

impl Problem {
    pub(super) const INVALID_ESCAPE: Self =
        Problem::Text("JSON parse error, invalid escape sequence in string");
    pub(super) const INVALID_UTF8: Self =
        Problem::Text("JSON parse error, invalid UTF-8 sequence in string");
    pub(super) const EXPECTING_VALUE: Self = Problem::Text("JSON parse error, expecting value");
    pub(super) const KEY_NOT_STRING: Self =
        Problem::Text("JSON parse error, key is not a string in object");
    pub(super) const MISSING_COLON: Self =
        Problem::Text("JSON parse error, missing : in object pair");
    pub(super) const OBJECT_SEPARATOR: Self =
        Problem::Text("JSON parse error, expected separator in dict");
    pub(super) const ARRAY_SEPARATOR: Self =
        Problem::Text("JSON parse error, expected separator in list");
    pub(super) const DUPLICATE_KEY: Self = Problem::Text("JSON parse error, duplicate key");
    pub(super) const PREMATURE_END: Self = Problem::Text("JSON parse error, premature EOI");
    pub(super) const TOO_LONG: Self = Problem::Text("JSON token size limit exceeded");
    pub(super) const TOO_MANY_TOKENS: Self = Problem::Text("JSON token count limit exceeded");
    pub(super) const TOO_DEEP: Self = Problem::Text("JSON nesting depth limit exceeded");
    pub(super) const NO_VALUE: Self = Problem::Text("Expecting a JSON value");
    pub(super) const SECOND_VALUE: Self = Problem::Text("Expecting at most one JSON value");
}

impl From<Problem> for SyntaxError {
    #[cold]
    fn from(problem: Problem) -> Self {
        SyntaxError(Box::new(problem))
    }
}

impl SyntaxError {
    /// The text for an error reply's `desc`; the same as [`Display`](fmt::Display) gives.
    pub fn desc(&self) -> String {
        self.to_string()
    }

    /// Whether the byte 0xFF caused it. A server answers it as any other error; a client takes it as
    /// the mark that a guest agent puts before the reply to `guest-sync-delimited`.
    pub fn is_sentinel(&self) -> bool {
        matches!(&*self.0, Problem::Stray(bytes) if bytes.last() == Some(&0xFF))
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Problem::Stray(token) => {
                // QEMU prints the token as a C string, so it ends at the first NUL.
                let shown = token.split(|&byte| byte == 0).next().unwrap_or_default();
                write!(f, "JSON parse error, stray '{}'", unicode::Lossy(shown))
            }
            Problem::InvalidKeyword(word) => write_cut(f, "invalid keyword '", word, "'"),
            Problem::InvalidCharacter(escape) => {
                write_cut(f, "", escape, " is not a valid Unicode character")
            }
            Problem::Text(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for SyntaxError {}

/// QEMU's parser formats its messages into 1024 bytes and so cuts them at 1023.
fn write_cut(f: &mut fmt::Formatter<'_>, before: &str, token: &[u8], after: &str) -> fmt::Result {
    let mut message = [before.as_bytes(), token, after.as_bytes()].concat();
    message.truncate(1023);
    write!(f, "JSON parse error, {}", unicode::Lossy(&message))
}
