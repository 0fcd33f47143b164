//! Text → tokens.
//!
//! In: the text of one file. Out: all its tokens, comments included, the last one [`TokenKind::End`].
//! Never fails: what is no token becomes one with a [`Fault`], which `parse` reports when it gets
//! there, so that errors come in the order of the text. Knows nothing of what may follow what.

use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Dialect;
use crate::source::{FileId, Span, is_space};

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its place.
    pub span: Span,
    /// For the first token of a line: how many bytes of white space stand before it.
    pub indent: Option<u32>,
    /// What is wrong with it.
    pub fault: Option<Box<Fault>>,
}

/// The kinds of token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `:`
    Colon,
    /// `,`
    Comma,
    /// `'…'`, escapes resolved.
    String(String),
    /// `true` or `false`.
    Bool(bool),
    /// `# …` to the end of the line.
    Comment,
    /// `##…` to the end of the line: it opens or closes a documentation block.
    DoubleComment,
    /// A run of characters that is no token; has a [`Fault`].
    Stray,
    /// The end of the file, at its last line end.
    End,
}

/// What is wrong with a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The rule.
    pub code: Code,
    /// The message.
    pub message: String,
    /// The very characters, inside the token.
    pub culprit: Span,
    /// What a writer of JSON may have missed.
    pub hint: Option<&'static str>,
    /// What to put in place of the culprit, where that is plain.
    pub mend: Option<String>,
}

impl Token {
    /// The fault as a diagnostic; QEMU places it at the start of the token.
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let fault = self.fault.as_ref()?;
        let error = Diagnostic::at_token(fault.code, self.span, &fault.message);
        let error = fault.hint.into_iter().fold(error.culprit(fault.culprit), Diagnostic::note);
        Some(match &fault.mend {
            Some(mend) => error.suggest(fault.culprit, format!("write {mend}"), mend),
            None => error,
        })
    }
}

/// The most bytes between the quotes of a string. Messages repeat names, so a name of a megabyte
/// with many mistakes behind it would fill the memory. QEMU's longest has 288.
pub const MAX_STRING_BYTES: usize = 4096;

/// All tokens of a text of less than 4 GiB, in linear time.
pub fn tokens(text: &str, file: FileId, dialect: Dialect) -> Vec<Token> {
    let mut lexer = Lexer { text, file, dialect, at: 0, line_start: 0, fresh: true };
    let mut tokens = Vec::with_capacity(text.len() / 8);
    while lexer.skip_space() {
        tokens.push(lexer.token());
    }
    tokens.push(lexer.end());
    tokens
}

struct Lexer<'a> {
    text: &'a str,
    file: FileId,
    dialect: Dialect,
    at: usize,
    line_start: usize,
    /// Whether the line has had no token yet.
    fresh: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    /// Moves to the next token; false at the end of the text.
    fn skip_space(&mut self) -> bool {
        while let Some(character) = self.rest().chars().next() {
            if !is_space(character) {
                return true;
            }
            self.at += character.len_utf8();
            if is_line_end(character) {
                self.line_start = self.at;
                self.fresh = true;
            }
        }
        false
    }

    fn token(&mut self) -> Token {
        let start = self.at;
        let (kind, fault) = match self.text.as_bytes()[start] {
            b'{' => (self.literal(1, TokenKind::OpenBrace), None),
            b'}' => (self.literal(1, TokenKind::CloseBrace), None),
            b'[' => (self.literal(1, TokenKind::OpenBracket), None),
            b']' => (self.literal(1, TokenKind::CloseBracket), None),
            b':' => (self.literal(1, TokenKind::Colon), None),
            b',' => (self.literal(1, TokenKind::Comma), None),
            b'#' => (self.comment(), None),
            b'\'' => self.string(),
            // The reference takes a prefix: `trueish` is `true` and a stray `ish`.
            b't' if self.rest().starts_with("true") => {
                (self.literal(4, TokenKind::Bool(true)), None)
            }
            b'f' if self.rest().starts_with("false") => {
                (self.literal(5, TokenKind::Bool(false)), None)
            }
            _ => self.stray(),
        };
        self.finish(start, kind, fault)
    }

    fn finish(&mut self, start: usize, kind: TokenKind, fault: Option<Box<Fault>>) -> Token {
        let indent = self.fresh.then(|| (start - self.line_start) as u32);
        self.fresh = false;
        Token { kind, span: self.span(start, self.at), indent, fault }
    }

    fn literal(&mut self, length: usize, kind: TokenKind) -> TokenKind {
        self.at += length;
        kind
    }

    fn comment(&mut self) -> TokenKind {
        let ends_line = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let rest = self.rest().as_bytes();
        let length = rest.iter().position(ends_line).unwrap_or(rest.len());
        let doubled = rest.starts_with(b"##");
        self.at += length;
        if doubled { TokenKind::DoubleComment } else { TokenKind::Comment }
    }

    fn stray(&mut self) -> (TokenKind, Option<Box<Fault>>) {
        let start = self.at;
        let json_string = json_string(self.rest());
        let ends = if self.dialect <= Dialect::Qemu7_2 { "[]{}:,'\"" } else { "[]{}:,'" };
        let ends_run = |character| is_space(character) || ends.contains(character);
        // Up to 7.2 a double quote ends a run; QEMU's generator breaks where it starts one.
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        self.at += self.rest().find(ends_run).unwrap_or(self.rest().len());
        let run = &self.text[start..self.at];
        let message = match run.char_indices().find(|(at, _)| *at >= MAX_STRING_BYTES) {
            Some((end, _)) => format!("stray '{}…'", &run[..end]),
            None => format!("stray '{run}'"),
        };
        let fault = self.fault(Code::StrayCharacter, start, &message);
        let Some(inside) = json_string else {
            let fault = Fault { hint: hint(run), mend: mend(run), ..fault };
            return (TokenKind::Stray, Some(Box::new(fault)));
        };
        // It is wrong, and what it says is plain, so that what follows can be read.
        self.at = start + inside.len() + 2;
        let (culprit, mend) = (self.span(start, self.at), Some(format!("'{inside}'")));
        let inside = inside.to_owned();
        (
            TokenKind::String(inside),
            Some(Box::new(Fault { hint: hint(run), culprit, mend, ..fault })),
        )
    }

    /// A string. The first thing wrong with it is its fault; it is read to its end all the same.
    /// One without an end is no string: what follows it on the line is anyone's guess.
    fn string(&mut self) -> (TokenKind, Option<Box<Fault>>) {
        let start = self.at;
        if let Some(plain) = self.plain_string() {
            return (TokenKind::String(plain), None);
        }
        let mut value = String::new();
        let mut first_fault = None;
        self.at += 1;
        loop {
            match self.character() {
                Ok(Some(character)) => value.push(character),
                Ok(None) => {
                    let fault = || self.string_too_long(start);
                    let too_long = self.at - start - 2 > MAX_STRING_BYTES;
                    let fault = first_fault.or_else(|| too_long.then(fault).map(Box::new));
                    return (TokenKind::String(value), fault);
                }
                Err(fault) => {
                    let open = fault.code == Code::UnterminatedString;
                    let culprit = if open { self.span(start, self.at) } else { fault.culprit };
                    first_fault.get_or_insert(Box::new(Fault { culprit, ..fault }));
                    if open {
                        return (TokenKind::Stray, first_fault);
                    }
                }
            }
        }
    }

    /// A string with nothing wrong or special in it, as nearly all are.
    fn plain_string(&mut self) -> Option<String> {
        let inside = &self.rest()[1..];
        let special = |byte: &u8| !matches!(byte, b' '..=b'~') || matches!(byte, b'\'' | b'\\');
        let length = inside.as_bytes().iter().position(special)?;
        let ends = inside.as_bytes()[length] == b'\'' && length <= MAX_STRING_BYTES;
        let plain = ends.then(|| inside[..length].to_owned())?;
        self.at += length + 2;
        Some(plain)
    }

    /// The next character of a string, `None` at its end.
    fn character(&mut self) -> Result<Option<char>, Fault> {
        let start = self.at;
        match self.next_on_line() {
            Some('\'') => Ok(None),
            Some('\\') => self.escaped(start).map(Some),
            Some(character @ ' '..='~') => Ok(Some(character)),
            Some(_) => Err(self.fault(Code::FunnyCharacter, start, "funny character in string")),
            None => Err(self.open_string()),
        }
    }

    /// The character behind the backslash at `start`.
    fn escaped(&mut self, start: usize) -> Result<char, Fault> {
        match self.next_on_line() {
            Some('\\') => Ok('\\'),
            Some(other) => {
                Err(self.fault(Code::UnknownEscape, start, &format!("unknown escape \\{other}")))
            }
            None => Err(self.open_string()),
        }
    }

    fn string_too_long(&self, start: usize) -> Fault {
        let message = format!("string of more than {MAX_STRING_BYTES} bytes");
        self.fault(Code::LimitExceeded, start, &message)
    }

    fn open_string(&self) -> Fault {
        self.fault(Code::UnterminatedString, self.at, "missing terminating \"'\"")
    }

    fn fault(&self, code: Code, start: usize, message: &str) -> Fault {
        let hint = match code {
            Code::UnterminatedString => Some("a string ends on the line on which it starts"),
            Code::UnknownEscape => Some("the only escape is '\\\\', which stands for one '\\'"),
            Code::FunnyCharacter => Some("a string holds printable ASCII only"),
            _ => None,
        };
        let (message, culprit) = (message.to_owned(), self.span(start, self.at));
        Fault { code, message, culprit, hint, mend: None }
    }

    /// Takes the next character, unless it ends the line.
    fn next_on_line(&mut self) -> Option<char> {
        let next = self.rest().chars().next().filter(|&character| !is_line_end(character))?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// QEMU's generator reads a text that ends in a line end, and has the end of the file there.
    fn end(&mut self) -> Token {
        let ends = ["\r\n", "\n", "\r"];
        let line = ends.iter().find_map(|end| self.text.strip_suffix(end)).unwrap_or(self.text);
        let place = self.span(line.len(), line.len());
        Token { kind: TokenKind::End, span: place, indent: None, fault: None }
    }
}

fn hint(stray: &str) -> Option<&'static str> {
    match stray.as_bytes()[0] {
        b'"' => Some("strings stand in single quotes"),
        b'0'..=b'9' | b'-' => Some("a schema has no numbers"),
        b'/' => Some("comments start with '#'"),
        _ if stray.contains(['\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}']) => {
            Some("these quotes are typographic; strings stand in straight single quotes")
        }
        _ if stray == "null" => Some("a schema has no null; leave out what has no value"),
        _ if stray.starts_with('\u{feff}') => {
            Some("this is a byte order mark; save the file without it")
        }
        _ => None,
    }
}

/// What stands between double quotes at the start of a text, if it may be a name or a path.
fn json_string(text: &str) -> Option<String> {
    let (inside, _) = text.strip_prefix('"')?.split_once('"')?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.*/ ".contains(&byte);
    (inside.len() <= MAX_STRING_BYTES && inside.bytes().all(fits)).then(|| inside.to_owned())
}

/// A longer word is no name that lost its quotes.
const MAX_WORD_BYTES: usize = 100;

/// A word without its quotes, or Python's.
fn mend(stray: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.*".contains(&byte);
    let starts =
        stray.starts_with(|first: char| first.is_ascii_alphabetic() || "_*".contains(first));
    match stray {
        "True" | "TRUE" => Some("true".to_owned()),
        "False" | "FALSE" => Some("false".to_owned()),
        "null" | "NULL" | "None" => None,
        _ if stray.len() > MAX_WORD_BYTES => None,
        _ => (starts && stray.bytes().all(fits)).then(|| format!("'{stray}'")),
    }
}

fn is_line_end(character: char) -> bool {
    character == '\n' || character == '\r'
}
