//! Where a message ends, and how big it may be. QEMU finds the end by two counters and not by a
//! stack: `{"a":[1}` goes on until the bracket is closed, and `{]` is complete at once.

use super::Limits;
use super::lexer::TokenKind;

/// The tokens of one message, counted.
#[derive(Clone, Debug)]
pub(super) struct Framing {
    limits: Limits,
    braces: i32,
    brackets: i32,
    /// What the limits leave: of tokens, and of the bytes in them.
    tokens: usize,
    bytes: usize,
}

/// What a token does to its message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// The message goes on.
    More,
    /// The message ends with it.
    Complete,
    /// The message has too many bytes.
    TooLong,
    /// The message has too many tokens.
    TooMany,
    /// The message is nested too deep.
    TooDeep,
}

impl Framing {
    pub(super) fn new(limits: Limits) -> Self {
        let (tokens, bytes) = (limits.tokens, limits.message_bytes.saturating_sub(1));
        Framing { limits, braces: 0, brackets: 0, tokens, bytes }
    }

    /// Whether no token of a message has been seen.
    pub(super) fn is_empty(&self) -> bool {
        self.tokens == self.limits.tokens
    }

    /// Forgets the message.
    pub(super) fn clear(&mut self) {
        *self = Framing::new(self.limits);
    }

    /// Counts a token of so many bytes.
    // The order and the boundaries are those of json_message_process_token().
    #[inline(always)]
    pub(super) fn count(&mut self, kind: TokenKind, length: usize) -> Count {
        let Some(bytes) = self.bytes.checked_sub(length) else { return Count::TooLong };
        let Some(tokens) = self.tokens.checked_sub(1) else { return Count::TooMany };
        (self.bytes, self.tokens) = (bytes, tokens);
        match kind {
            TokenKind::BeginObject => self.braces += 1,
            TokenKind::BeginArray => self.brackets += 1,
            TokenKind::EndObject => self.braces -= 1,
            TokenKind::EndArray => self.brackets -= 1,
            _ if self.braces + self.brackets > 0 => return Count::More,
            _ => return Count::Complete,
        }
        self.bracket()
    }

    /// Counts a separator, provided that the limits leave room for it.
    #[inline(always)]
    pub(super) fn count_separator(&mut self) -> bool {
        let fits = self.bytes >= 1 && self.tokens >= 1;
        if fits {
            self.bytes -= 1;
            self.tokens -= 1;
        }
        fits
    }

    /// Counts a token of so many bytes, and a separator if there is one behind it, provided that the
    /// limits leave room for both.
    #[inline(always)]
    pub(super) fn count_separated(&mut self, length: usize, separated: bool) -> bool {
        let fits = self.bytes > length && self.tokens >= 2;
        if fits {
            self.bytes -= length + usize::from(separated);
            self.tokens -= 1 + usize::from(separated);
        }
        fits
    }

    /// What a bracket does.
    fn bracket(&self) -> Count {
        let depth = self.braces + self.brackets;
        if depth > self.limits.depth as i32 {
            Count::TooDeep
        } else if depth == 0 || self.braces < 0 || self.brackets < 0 {
            Count::Complete
        } else {
            Count::More
        }
    }
}
