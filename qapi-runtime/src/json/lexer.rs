//! Bytes become tokens. The lexer looks at each byte once and can stop between any two of them, so a
//! token may arrive in pieces; it only says where tokens are and leaves their content to `parser`.

use std::ops::Range;

use super::NodeKind;
use super::number::{Automaton, Step};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    BeginObject,
    EndObject,
    BeginArray,
    EndArray,
    Colon,
    Comma,
    /// A number without `.` and exponent.
    Integer,
    /// A number with one of them.
    Float,
    /// A word of lower-case letters.
    Keyword,
    /// A string of printable ASCII without escapes: its content needs no check.
    Plain,
    /// Any other string.
    String,
}

/// What the lexer finds; [`Lexer::found`] says where.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found {
    /// A token.
    Token(TokenKind),
    /// White space that is not worth keeping, or the place where a message may begin.
    Gap,
    /// Bytes that begin no token, the last of them being the one that does not fit.
    Stray,
    /// A token longer than the limit; its rest will be lexed as if it stood alone.
    TooLong,
    /// Nothing more in this input.
    End,
}

/// Where in the input the lexer is, and in what.
#[derive(Clone, Debug)]
pub(super) struct Lexer {
    state: State,
    /// Where that starts which is unfinished or was found last.
    start: usize,
    /// The next byte to look at.
    at: usize,
    /// The longest token that is accepted, in bytes.
    limit: usize,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Between tokens of a message.
    Start,
    /// Between messages, or in a gap: any white space is skipped.
    Gap,
    /// Behind a stray byte, looking for one that may start anew.
    Recovery,
    String(StringState),
    Number(Automaton),
    Keyword,
}

#[derive(Clone, Copy, Debug)]
struct StringState {
    quote: u8,
    /// Whether the last byte was a backslash that escapes the next one.
    escape: bool,
    /// Whether there was nothing but printable ASCII and no escape so far.
    plain: bool,
}

/// More white space than this, in bytes, is a gap: no limit of QEMU's bounds it.
const GAP: usize = 16;

impl Lexer {
    pub(super) fn new(limit: usize) -> Self {
        Lexer { state: State::Gap, start: 0, at: 0, limit }
    }

    /// Forgets the token and starts at the front of a new input.
    pub(super) fn reset(&mut self) {
        *self = Lexer::new(self.limit);
    }

    /// Says that the message is at its end, so that a gap is found before the next token.
    pub(super) fn end_message(&mut self) {
        if let State::Start = self.state {
            self.state = State::Gap;
        }
    }

    /// Whether what it is looking at belongs to nothing.
    pub(super) fn is_skipping(&self) -> bool {
        matches!(self.state, State::Gap | State::Recovery)
    }

    /// Whether it is between messages, or in a gap of one.
    pub(super) fn is_between_messages(&self) -> bool {
        matches!(self.state, State::Gap)
    }

    /// Where the last token, gap or stray bytes were found.
    #[inline]
    pub(super) fn found(&self) -> Range<usize> {
        self.start..self.at
    }

    /// Adjusts to an input from which the first `count` bytes have been removed.
    pub(super) fn rebase(&mut self, count: usize) {
        self.at -= count;
        self.start = self.start.saturating_sub(count);
    }

    /// Goes on to the end of the next token, or whatever there is. At the end of the input, what was
    /// found reaches from the first byte that will be needed again.
    #[inline]
    pub(super) fn next(&mut self, input: &[u8]) -> Found {
        if let State::Start = self.state { self.begin(input) } else { self.resume(input) }
    }

    /// A scalar that stands next, at most one space away, if it is complete and needs no second look:
    /// a plain string in double quotes, an integer, a word. Does not go on to it.
    #[inline(always)]
    pub(super) fn simple(&self, input: &[u8]) -> Option<(NodeKind, Range<usize>)> {
        let State::Start = self.state else { return None };
        let start = self.at + usize::from(input.get(self.at) == Some(&b' '));
        let (kind, end) = match input.get(start)? {
            b'"' => {
                let end = start + 1 + plain_run(&input[start + 1..], b'"');
                (input.get(end) == Some(&b'"')).then_some((NodeKind::Plain, end + 1))
            }
            b'1'..=b'9' => simple_integer(input, start),
            b't' => simple_word(input, start, NodeKind::True, b"true"),
            b'f' => simple_word(input, start, NodeKind::False, b"false"),
            b'n' => simple_word(input, start, NodeKind::Null, b"null"),
            _ => None,
        }?;
        Some((kind, start..end))
    }

    /// Goes on to a place between tokens.
    #[inline(always)]
    pub(super) fn go_on(&mut self, at: usize) {
        self.at = at;
    }

    /// What is left when no more input comes: a number or word that ends here, or half a token.
    pub(super) fn finish(&mut self) -> Found {
        let complete = match self.state {
            State::Start | State::Gap | State::Recovery => return Found::End,
            State::String(_) => None,
            State::Number(automaton) => automaton.end(),
            State::Keyword => Some(TokenKind::Keyword),
        };
        self.state = State::Start;
        complete.map_or(Found::Stray, Found::Token)
    }

    /// From between tokens into one.
    #[inline(always)]
    fn begin(&mut self, input: &[u8]) -> Found {
        // Most tokens have no white space or one space before them.
        let mut at = self.at;
        if input.get(at) == Some(&b' ') {
            at += 1;
        }
        let byte = match input.get(at) {
            Some(&byte) if byte > b' ' => byte,
            _ => match self.space(input) {
                Ok(byte) => {
                    at = self.start;
                    byte
                }
                Err(found) => return found,
            },
        };
        self.start = at;
        self.at = at + 1;
        match byte {
            b'{' => Found::Token(TokenKind::BeginObject),
            b'}' => Found::Token(TokenKind::EndObject),
            b'[' => Found::Token(TokenKind::BeginArray),
            b']' => Found::Token(TokenKind::EndArray),
            b':' => Found::Token(TokenKind::Colon),
            b',' => Found::Token(TokenKind::Comma),
            b'"' | b'\'' => self.string(input, StringState::new(byte)),
            b'-' | b'0'..=b'9' => self.number(input, Automaton::begin(byte)),
            b'a'..=b'z' => self.keyword(input),
            _ => self.stray(),
        }
    }

    /// The byte behind white space, and `start` set to it; or what else there is.
    fn space(&mut self, input: &[u8]) -> Result<u8, Found> {
        let space = input[self.at..].iter().position(|&byte| !is_space(byte));
        let at = space.map_or(input.len(), |space| self.at + space);
        if at - self.at > GAP {
            self.start = self.at;
            self.at = at;
            self.state = State::Gap;
            return Err(Found::Gap);
        }
        match input.get(at) {
            Some(&byte) => {
                self.start = at;
                Ok(byte)
            }
            // It may yet become a gap, and is looked at again.
            None => {
                self.start = self.at;
                Err(Found::End)
            }
        }
    }

    /// Goes on where the last input ended, or behind a message or an error.
    #[cold]
    fn resume(&mut self, input: &[u8]) -> Found {
        match self.state {
            State::Start => self.begin(input),
            State::Gap | State::Recovery => self.skip(input),
            State::String(string) => self.string(input, string),
            State::Number(automaton) => self.number(input, automaton),
            State::Keyword => self.keyword(input),
        }
    }

    /// Skips what belongs to nothing, up to what may begin a token.
    fn skip(&mut self, input: &[u8]) -> Found {
        self.start = self.at;
        if let State::Recovery = self.state {
            self.skip_to(input, resets, State::Gap);
        }
        if let State::Gap = self.state {
            self.skip_to(input, |byte| !is_space(byte), State::Start);
        }
        if let State::Start = self.state {
            return Found::Gap;
        }
        self.start = self.at;
        Found::End
    }

    /// Skips to a byte that ends what is skipped, and to the state behind that.
    fn skip_to(&mut self, input: &[u8], ends: fn(u8) -> bool, state: State) {
        match input[self.at..].iter().position(|&byte| ends(byte)) {
            None => self.at = input.len(),
            Some(skipped) => {
                self.at += skipped;
                self.state = state;
            }
        }
    }

    fn string(&mut self, input: &[u8], mut string: StringState) -> Found {
        let input = self.bounded(input);
        let mut at = self.at;
        loop {
            if !string.escape {
                at += plain_run(&input[at..], string.quote);
            }
            let Some(&byte) = input.get(at) else {
                self.at = at;
                return self.unfinished(State::String(string));
            };
            at += 1;
            if byte == string.quote && !string.escape {
                self.at = at;
                self.state = State::Start;
                let plain = if string.plain { TokenKind::Plain } else { TokenKind::String };
                return Found::Token(plain);
            }
            if let 0..0x20 | 0xFE.. = byte {
                self.at = at;
                return self.stray();
            }
            string.plain &= byte < 0x80 && byte != b'\\';
            string.escape = byte == b'\\' && !string.escape;
        }
    }

    fn number(&mut self, input: &[u8], mut automaton: Automaton) -> Found {
        let input = self.bounded(input);
        loop {
            let Some(&byte) = input.get(self.at) else {
                return self.unfinished(State::Number(automaton));
            };
            match automaton.step(byte) {
                Step::On(next) => automaton = next,
                Step::End(kind) => {
                    self.state = State::Start;
                    return Found::Token(kind);
                }
                Step::Stray => {
                    self.at += 1;
                    return self.stray();
                }
            }
            self.at += 1;
        }
    }

    fn keyword(&mut self, input: &[u8]) -> Found {
        let input = self.bounded(input);
        loop {
            match input.get(self.at) {
                Some(b'a'..=b'z') => self.at += 1,
                None => return self.unfinished(State::Keyword),
                Some(_) => {
                    self.state = State::Start;
                    return Found::Token(TokenKind::Keyword);
                }
            }
        }
    }

    /// The input up to the first byte that the token is too long with.
    #[inline]
    fn bounded<'a>(&self, input: &'a [u8]) -> &'a [u8] {
        &input[..input.len().min(self.start.saturating_add(self.limit) + 1)]
    }

    /// The bounded input ends in a token.
    #[cold]
    fn unfinished(&mut self, state: State) -> Found {
        if self.at - self.start > self.limit {
            self.state = State::Start;
            Found::TooLong
        } else {
            self.state = state;
            Found::End
        }
    }

    #[cold]
    fn stray(&mut self) -> Found {
        self.state = State::Recovery;
        Found::Stray
    }
}

impl StringState {
    fn new(quote: u8) -> Self {
        StringState { quote, escape: false, plain: true }
    }
}

/// White space of JSON. A form feed is none.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether lexing may start anew at this byte after a stray one.
// QEMU's json-lexer.c, IN_RECOVERY: brackets and separators, controls but the tab, 0xFE, 0xFF.
fn resets(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b':' | b',' | 0xFE..) || byte < 0x20 && byte != b'\t'
}

/// Digits behind one that is no zero, up to what cannot belong to a number.
#[inline]
fn simple_integer(input: &[u8], start: usize) -> Option<(NodeKind, usize)> {
    let digits = input[start..].iter().position(|byte| !byte.is_ascii_digit())?;
    let end = start + digits;
    (!matches!(input[end], b'.' | b'e' | b'E')).then_some((NodeKind::Integer, end))
}

/// A word that is not the beginning of a longer one.
#[inline]
fn simple_word(
    input: &[u8],
    start: usize,
    kind: NodeKind,
    word: &[u8],
) -> Option<(NodeKind, usize)> {
    let behind = input[start..].strip_prefix(word)?.first()?;
    (!behind.is_ascii_lowercase()).then_some((kind, start + word.len()))
}

/// How many bytes from the front are neither the quote nor a backslash nor outside printable ASCII;
/// but the last seven bytes of the input are left to the caller.
#[inline]
fn plain_run(bytes: &[u8], quote: u8) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let (quotes, backslashes) = (ONES * u64::from(quote), ONES * u64::from(b'\\'));
    let mut run = 0;
    for word in bytes.chunks_exact(8) {
        let word = word.try_into().map_or(0, u64::from_le_bytes);
        // A byte that underflows, or has its top bit set already, shows in that bit. A borrow only
        // reaches the bytes behind the first hit.
        let hits = (word.wrapping_sub(ONES * 0x20)
            | (word ^ quotes).wrapping_sub(ONES)
            | (word ^ backslashes).wrapping_sub(ONES)
            | word)
            & (ONES * 0x80);
        if hits != 0 {
            return run + hits.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
    run
}
