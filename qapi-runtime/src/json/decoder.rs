//! Bytes in pieces of any size become frames: messages and errors, just those that QEMU would see in
//! the same bytes. Puts lexer, framing and parser together and keeps the text of the message.

use std::ops::Range;

use super::error::Problem;
use super::framing::{Count, Framing};
use super::lexer::{Found, Lexer, TokenKind};
use super::parser::{Parsed, Parser};
use super::{Document, SyntaxError, duplicate, string};

/// The limits within which a message is accepted; the default is QEMU's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all tokens of a message together, of which there must be fewer; white space does not
    /// count. At most 1 GiB.
    pub message_bytes: usize,
    /// Tokens of a message: brackets, commas and colons count. At most 16 777 216.
    pub tokens: usize,
    /// Objects and arrays inside one another. At most 65 536.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { message_bytes: 64 << 20, tokens: 2 << 20, depth: 1024 }
    }
}

impl Limits {
    /// The limits, but not above what offsets and counts of the index can hold.
    fn bounded(self) -> Self {
        Limits {
            message_bytes: self.message_bytes.min(1 << 30),
            tokens: self.tokens.min(1 << 24),
            depth: self.depth.min(1 << 16),
        }
    }
}

/// One thing that the bytes held.
#[derive(Clone, Debug)]
pub enum Frame {
    /// A complete JSON value: of any kind, not only an object.
    Message(Document),
    /// Something that is no JSON value. Further frames follow as if nothing had been. Every byte
    /// 0xFF gives one, with [`SyntaxError::is_sentinel`].
    Error(SyntaxError),
}

/// Bytes in, frames out. An iterator that may go on after `None`, when more bytes have been fed.
///
/// It holds the message that is being received, bounded by the [`Limits`], and the bytes that were
/// fed last; so take all frames out before feeding more.
///
/// ```
/// use qapi_runtime::json::{Decoder, Frame, Limits};
///
/// let mut decoder = Decoder::new(Limits::default());
/// decoder.feed(b"{\"return\": {}}\n{\"retu");
/// assert!(matches!(decoder.next(), Some(Frame::Message(_))));
/// assert!(decoder.next().is_none() && !decoder.is_idle());
/// ```
#[derive(Clone, Debug)]
pub struct Decoder {
    lexer: Lexer,
    framing: Framing,
    parser: Parser,
    /// Bytes that were fed and are not yet in `text`.
    input: Vec<u8>,
    /// From where `input` belongs behind `text`.
    run: usize,
    /// The text of the message so far, without gaps.
    text: Vec<u8>,
    /// What is wrong with the message, to be told at its end. There is no text any more then.
    failed: Option<SyntaxError>,
}

/// The input buffer is given back when it has grown beyond this, in bytes.
const KEPT: usize = 256 << 10;

impl Decoder {
    /// A decoder that has seen no bytes.
    pub fn new(limits: Limits) -> Self {
        let limits = limits.bounded();
        Decoder {
            lexer: Lexer::new(limits.message_bytes),
            framing: Framing::new(limits),
            parser: Parser::default(),
            input: Vec::new(),
            run: 0,
            text: Vec::new(),
            failed: None,
        }
    }

    /// Takes bytes that arrived.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.input.extend_from_slice(bytes);
    }

    /// Forgets everything, as at the end of a connection: half a message and bytes not looked at.
    pub fn reset(&mut self) {
        self.clear();
        self.input = Vec::new();
        self.run = 0;
        self.lexer.reset();
    }

    /// Whether no message has been begun and no bytes are left to look at.
    pub fn is_idle(&self) -> bool {
        self.framing.is_empty() && self.lexer.is_between_messages() && self.input.is_empty()
    }

    /// What to tell when no more bytes will come: half a message is an error.
    fn finish(&mut self) -> Option<Frame> {
        let found = self.lexer.finish();
        let left = self.frame(found);
        if left.is_some() || self.framing.is_empty() {
            return left;
        }
        if self.failed.is_none() {
            self.reject(Problem::PREMATURE_END.into());
        }
        Some(self.complete())
    }

    /// The frame that ends with what the lexer found, if one does.
    #[cold]
    fn frame(&mut self, found: Found) -> Option<Frame> {
        match found {
            Found::Token(kind) => match self.token(kind) {
                Count::More => None,
                count => Some(self.end(count)),
            },
            Found::Gap => {
                let gap = self.lexer.found();
                if self.framing.is_empty() {
                    self.parser.reserve(self.input.len() - gap.end);
                }
                self.cut(gap);
                None
            }
            Found::Stray => {
                let bytes = self.input[self.lexer.found()].into();
                Some(self.fail(Problem::Stray(bytes)))
            }
            Found::TooLong => Some(self.fail(Problem::TOO_LONG)),
            Found::End => None,
        }
    }

    /// The frame that ends with a token.
    fn end(&mut self, count: Count) -> Frame {
        match count {
            Count::More | Count::Complete => self.complete(),
            Count::TooLong => self.fail(Problem::TOO_LONG),
            Count::TooMany => self.fail(Problem::TOO_MANY_TOKENS),
            Count::TooDeep => self.fail(Problem::TOO_DEEP),
        }
    }

    /// Counts a token and parses it.
    #[inline(always)]
    fn token(&mut self, kind: TokenKind) -> Count {
        let token = self.lexer.found();
        let count = self.framing.count(kind, token.len());
        let parsed = match kind {
            TokenKind::String => self.string(token),
            _ => {
                let start = self.text.len() + token.start - self.run;
                self.parser.accept(kind, &self.input[token], start as u32)
            }
        };
        if let Err(error) = parsed {
            self.reject(error);
        }
        count
    }

    /// Parses simple scalars and the separators behind them, as long as nothing else comes up: most
    /// of any message. What it leaves undone, [`token`](Self::token) does.
    #[inline(always)]
    fn simple_scalars(&mut self) {
        while let Some(seat) = self.parser.seat() {
            let Some((kind, token)) = self.lexer.simple(&self.input) else { break };
            let separated = self.input.get(token.end) == Some(&seat.separator());
            if !seat.takes(kind) || !self.framing.count_separated(token.len(), separated) {
                break;
            }
            let start = self.text.len() + token.start - self.run;
            let text = &self.input[token.clone()];
            self.parser.accept_simple(seat, kind, text, start as u32, separated);
            self.lexer.go_on(token.end + usize::from(separated));
        }
    }

    /// Parses the comma that mostly follows a value, if it is one that stands here.
    #[inline(always)]
    fn comma(&mut self) {
        let at = self.lexer.found().end;
        if self.input.get(at) == Some(&b',')
            && self.parser.expects_comma()
            && self.framing.count_separator()
        {
            self.parser.accept_comma();
            self.lexer.go_on(at + 1);
        }
    }

    /// Parses a string that is not plain. U+0000 may stand in it in a form that text cannot keep.
    fn string(&mut self, token: Range<usize>) -> Result<(), SyntaxError> {
        if self.failed.is_some() {
            return Ok(());
        }
        let text = &self.input[token.clone()];
        let Some(text) = string::without_raw_nul(text) else {
            let start = self.text.len() + token.start - self.run;
            return self.parser.accept(TokenKind::String, text, start as u32);
        };
        self.cut(token);
        let start = self.text.len() as u32;
        self.text.extend_from_slice(&text);
        self.parser.accept(TokenKind::String, &text, start)
    }

    /// Leaves a range of the input out of the text.
    #[cold]
    fn cut(&mut self, range: Range<usize>) {
        match self.input.get(self.run..range.start) {
            Some(before) if self.failed.is_none() => self.text.extend_from_slice(before),
            _ => {}
        }
        self.run = range.end;
    }

    /// Keeps an error. QEMU parses when the message is complete, and what the lexer or the limits have
    /// to say by then comes first; but among errors of the parser, a repeated name before this.
    #[cold]
    fn reject(&mut self, error: SyntaxError) {
        self.cut(self.lexer.found());
        let before = self.document();
        self.failed = Some(before.err().unwrap_or(error));
        self.parser.give_up();
    }

    fn complete(&mut self) -> Frame {
        self.end_text();
        let result = match self.failed.take() {
            Some(error) => Err(error),
            None => self.document(),
        };
        self.clear();
        result.map_or_else(Frame::Error, Frame::Message)
    }

    /// Completes the text. A big message that has the input to itself takes it over.
    fn end_text(&mut self) {
        let end = self.lexer.found().end;
        if self.run == 0 && self.text.is_empty() && self.input.capacity() / 2 <= end {
            let behind = self.input.split_off(end);
            self.text = std::mem::replace(&mut self.input, behind);
            self.lexer.rebase(end);
        } else {
            self.cut(end..end);
        }
    }

    /// What has been parsed.
    ///
    /// # Errors
    /// That an object has a repeated name.
    fn document(&mut self) -> Result<Document, SyntaxError> {
        let Parsed { nodes, suspects } = self.parser.take();
        let text =
            String::from_utf8(std::mem::take(&mut self.text)).map_err(|_| Problem::INVALID_UTF8)?;
        let document = Document::new(text, nodes);
        if duplicate::exists(&document, &suspects) {
            return Err(Problem::DUPLICATE_KEY.into());
        }
        Ok(document)
    }

    /// Drops the message because of an error that needs no message.
    #[cold]
    fn fail(&mut self, problem: Problem) -> Frame {
        self.clear();
        Frame::Error(problem.into())
    }

    /// Makes ready for the next message.
    fn clear(&mut self) {
        self.framing.clear();
        self.lexer.end_message();
        self.parser.take();
        self.text.clear();
        self.run = self.lexer.found().end;
        self.failed = None;
    }

    /// Keeps of the input only what will be looked at again.
    #[cold]
    fn suspend(&mut self) {
        let used = self.lexer.found().start;
        if !self.lexer.is_skipping() {
            self.cut(used..used);
        }
        self.run = 0;
        self.lexer.rebase(used);
        self.input.drain(..used);
        if self.input.is_empty() && self.input.capacity() > KEPT {
            self.input = Vec::new();
        }
    }
}

impl Iterator for Decoder {
    type Item = Frame;

    fn next(&mut self) -> Option<Frame> {
        loop {
            self.simple_scalars();
            match self.lexer.next(&self.input) {
                Found::Token(kind) => match self.token(kind) {
                    Count::More => self.comma(),
                    count => return Some(self.end(count)),
                },
                Found::End => {
                    self.suspend();
                    return None;
                }
                other => {
                    if let Some(frame) = self.frame(other) {
                        return Some(frame);
                    }
                }
            }
        }
    }
}

/// The one value that a text holds.
pub(super) fn single(text: &[u8]) -> Result<Document, SyntaxError> {
    let mut decoder = Decoder::new(Limits::default());
    decoder.feed(text);
    let mut next = || decoder.next().or_else(|| decoder.finish());
    let document = match next() {
        None => return Err(Problem::NO_VALUE.into()),
        Some(Frame::Error(error)) => return Err(error),
        Some(Frame::Message(document)) => document,
    };
    match next() {
        None => Ok(document),
        Some(Frame::Error(error)) => Err(error),
        Some(Frame::Message(_)) => Err(Problem::SECOND_VALUE.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits() -> Limits {
        Limits { message_bytes: 4096, tokens: 100_000, depth: 8 }
    }

    #[test]
    fn white_space_in_a_message_is_not_kept() {
        let mut decoder = Decoder::new(limits());
        decoder.feed(b"[1");
        for _ in 0..1000 {
            assert!(decoder.next().is_none());
            decoder.feed(&[b' '; 4096]);
            assert!(decoder.input.len() <= 8192 && decoder.text.len() < 64);
        }
        decoder.feed(b"]");
        let Some(Frame::Message(document)) = decoder.next() else { panic!("it is complete") };
        assert_eq!(document.as_bytes(), b"[1]");
    }

    #[test]
    fn a_small_message_keeps_little_whatever_comes_behind_it() {
        let mut decoder = Decoder::new(Limits::default());
        decoder.feed(&b"{\"event\": 1}\n".repeat(10_000));
        let messages: Vec<Frame> = decoder.by_ref().collect();
        let kept = messages.iter().map(|message| match message {
            Frame::Message(document) => document.memory(),
            Frame::Error(error) => panic!("{error:?}"),
        });
        assert_eq!(messages.len(), 10_000);
        assert!(kept.max() < Some(2048));
        // A big one keeps at most twice what its index needs.
        decoder.feed(format!("[{}]", vec!["1"; 50_000].join(", ")).as_bytes());
        let Some(Frame::Message(document)) = decoder.next() else { panic!("it is complete") };
        let needed = size_of_val(document.nodes());
        assert!(document.memory() <= 2 * needed + 4096 + 2 * document.as_bytes().len());
    }

    #[test]
    fn a_wrong_message_is_not_kept() {
        let mut decoder = Decoder::new(Limits { message_bytes: 1 << 20, ..limits() });
        decoder.feed(b"[,");
        for _ in 0..100 {
            assert!(decoder.next().is_none());
            decoder.feed(br#""0123456789012345678901234567890123456789", {"a": null}, "#);
            assert!(decoder.text.is_empty() && decoder.input.len() < 128);
        }
        decoder.feed(b"]");
        assert!(matches!(decoder.next(), Some(Frame::Error(_))));
    }

    #[test]
    fn a_token_never_grows_beyond_the_limit() {
        let mut decoder = Decoder::new(limits());
        for begin in [&b"\"a"[..], b"'a", b"1", b"a"] {
            let mut errors = 0;
            decoder.feed(begin);
            for _ in 0..100 {
                decoder.feed(&begin[begin.len() - 1..].repeat(1000));
                errors += decoder.by_ref().count();
                assert!(decoder.input.len() <= 4096);
            }
            assert!(errors > 10);
            decoder.reset();
        }
    }

    #[test]
    fn idle_only_between_messages() {
        let mut decoder = Decoder::new(limits());
        let mut is_idle_after = |bytes: &[u8]| {
            decoder.feed(bytes);
            decoder.by_ref().for_each(drop);
            decoder.is_idle()
        };
        assert!(is_idle_after(b""));
        assert!(is_idle_after(b" \r\n  "));
        assert!(!is_idle_after(b"{"));
        assert!(is_idle_after(b"}\n"));
        assert!(!is_idle_after(b"12"));
        assert!(is_idle_after(b" "));
        // Behind a stray byte everything is skipped, so what comes next may be lost.
        assert!(!is_idle_after(b"@"));
        assert!(is_idle_after(b"\n"));
        assert!(!is_idle_after(b"[1, \"a"));
        decoder.reset();
        assert!(decoder.is_idle());
    }

    #[test]
    fn one_text_is_one_value() {
        for (text, error) in [
            ("", "Expecting a JSON value"),
            (" \n", "Expecting a JSON value"),
            ("{", "JSON parse error, premature EOI"),
            ("[1,", "JSON parse error, premature EOI"),
            ("{\"a\": 1, \"a\": 2, ", "JSON parse error, duplicate key"),
            ("[1 2", "JSON parse error, expected separator in list"),
            ("\"abc", "JSON parse error, stray '\"abc'"),
            ("1.", "JSON parse error, stray '1.'"),
            ("nul", "JSON parse error, invalid keyword 'nul'"),
            ("1 2", "Expecting at most one JSON value"),
            ("{} @", "JSON parse error, stray '@'"),
            ("{} [", "JSON parse error, premature EOI"),
        ] {
            let found = Document::parse(text.as_bytes()).map(|_| ()).map_err(|found| found.desc());
            assert_eq!(found, Err(error.to_owned()), "{text}");
        }
        for text in ["12", " null ", "-0.5e-3", "'a'", "{}", "[[]]"] {
            let document = Document::parse(text.as_bytes()).expect("it is one value");
            assert_eq!(document.as_bytes(), text.trim().as_bytes());
        }
    }
}
