//! Tokens → top-level items, one at a time.
//!
//! In: the text of one file. Out: its objects and documentation blocks in order. Never fails: what
//! cannot be read is reported and skipped up to what looks like the next item. Errors come in the
//! order in which QEMU's generator would meet them, one token of look-ahead included. Knows only
//! syntax; what an object is for, `load` and `expr` find out.

mod comment;
mod value;

use crate::ast::{File, Item, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Failed};
use crate::dialect::Dialect;
use crate::lex::{self, Token, TokenKind};
use crate::source::{FileId, Span};

/// How deep objects and lists may be nested. QEMU's generator gives up at about this depth too.
pub const MAX_DEPTH: usize = 400;

/// All items of a text.
pub fn file(text: &str, file: FileId, dialect: Dialect, diagnostics: &mut Diagnostics) -> File {
    let mut parser = Parser::new(text, file, dialect);
    File { items: std::iter::from_fn(|| parser.item(diagnostics)).collect() }
}

/// Reads one file. Take items with [`Parser::item`], so that whoever follows includes reports what
/// is wrong with them in between.
#[derive(Debug)]
pub struct Parser {
    tokens: Vec<Token>,
    at: usize,
    /// Up to which token faults have been reported.
    reported: usize,
    depth: usize,
    dialect: Dialect,
}

impl Parser {
    /// Starts at the top of a text.
    pub fn new(text: &str, file: FileId, dialect: Dialect) -> Self {
        let tokens = lex::tokens(text, file, dialect);
        Parser { tokens, at: 0, reported: 0, depth: 0, dialect }
    }

    /// The next item.
    pub fn item(&mut self, diagnostics: &mut Diagnostics) -> Option<Item> {
        self.settle(diagnostics);
        match self.token().kind {
            TokenKind::End => None,
            TokenKind::DoubleComment => Some(Item::Doc(self.doc_block())),
            _ => Some(self.expression(diagnostics)),
        }
    }

    /// What is wrong with the token behind the item just read, for those who must tell it before
    /// what they find in that item.
    pub fn fault_ahead(&mut self) -> Option<Diagnostic> {
        let mut found = Diagnostics::default();
        self.settle(&mut found);
        found.take().pop()
    }

    fn expression(&mut self, diagnostics: &mut Diagnostics) -> Item {
        let (start, first) = (self.at, self.token().span);
        self.depth = 0;
        match self.top_level(diagnostics) {
            Ok(item) => item,
            Err(Failed) => {
                self.skip_expression(start);
                Item::Broken(first)
            }
        }
    }

    fn top_level(&mut self, diagnostics: &mut Diagnostics) -> Result<Item, Failed> {
        // Up to 5.2 the token was wrong, later the expression.
        if self.dialect == Dialect::Qemu5_2 && self.token().kind != TokenKind::OpenBrace {
            return Err(self.unexpected("expected '{'", diagnostics));
        }
        match self.value(diagnostics)? {
            Value::Object(object) => Ok(Item::Object(object)),
            other => {
                let message = "top-level expression must be an object";
                let error = Diagnostic::at_line(Code::TopLevelNotObject, other.span(), message);
                diagnostics.push(match other {
                    Value::List(_) => error.note(
                        "definitions stand one behind the other, without brackets around them and \
                         without commas between",
                    ),
                    _ => error,
                });
                Ok(Item::Broken(other.span()))
            }
        }
    }

    fn token(&self) -> &Token {
        &self.tokens[self.at]
    }

    /// Moves on, and reports what is wrong with the token that is now the current one.
    fn advance(&mut self, diagnostics: &mut Diagnostics) {
        self.step();
        self.settle(diagnostics);
    }

    /// Moves on by one token; stays at the end.
    fn step(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len() - 1);
    }

    /// Passes ordinary comments and reports the fault of the token behind them.
    fn settle(&mut self, diagnostics: &mut Diagnostics) {
        while self.token().kind == TokenKind::Comment {
            self.step();
        }
        if self.reported <= self.at {
            self.reported = self.at + 1;
            self.token().diagnostic().into_iter().for_each(|fault| diagnostics.push(fault));
        }
    }

    /// Reports that the current token is not what must stand here.
    fn unexpected(&self, message: &str, diagnostics: &mut Diagnostics) -> Failed {
        self.mismatch(message).into_iter().for_each(|error| diagnostics.push(error));
        Failed
    }

    /// That the current token is not what must stand here; `None` if it is known to be wrong.
    fn mismatch(&self, message: &str) -> Option<Diagnostic> {
        let token = self.token();
        if token.kind == TokenKind::Stray {
            return None;
        }
        let error = Diagnostic::at_token(Code::UnexpectedToken, token.span, message)
            .label(format!("found {}", describe(&token.kind)));
        Some(match (self.trailing_comma(), &token.kind) {
            (Some(comma), _) => error.suggest(comma, "remove the comma", ""),
            (None, TokenKind::DoubleComment) => error.note(
                "documentation stands before a definition, not in it; \
                 an ordinary comment starts with one '#'",
            ),
            (None, TokenKind::Comma) if self.depth == 0 => error
                .note("definitions are not separated by commas")
                .suggest(token.span, "remove the comma", ""),
            (None, TokenKind::CloseBrace | TokenKind::CloseBracket) if self.depth == 0 => {
                error.note("this closes nothing that is open")
            }
            (None, _) => error,
        })
    }

    /// The comma right before a closing bracket.
    fn trailing_comma(&self) -> Option<Span> {
        let closes = matches!(self.token().kind, TokenKind::CloseBrace | TokenKind::CloseBracket);
        let before = self.before()?;
        (closes && before.kind == TokenKind::Comma).then_some(before.span)
    }

    /// The token before the current one, comments aside.
    fn before(&self) -> Option<&Token> {
        self.tokens[..self.at].iter().rfind(|token| token.kind != TokenKind::Comment)
    }

    /// Skips to where the next item seems to start: an opening brace, or `##`, that leads its line
    /// and is not indented deeper than the expression that could not be read.
    fn skip_expression(&mut self, start: usize) {
        let indent = self.tokens[start].indent.unwrap_or(0);
        self.at = self.at.max(start + 1).min(self.tokens.len() - 1);
        while !self.starts_item(indent) {
            self.step();
        }
        self.reported = self.reported.max(self.at);
    }

    fn starts_item(&self, indent: u32) -> bool {
        let Token { kind, span, indent: own, .. } = self.token();
        let leads = own.is_some_and(|own| own <= indent);
        match kind {
            TokenKind::End => true,
            TokenKind::OpenBrace => leads,
            TokenKind::DoubleComment => leads && length(*span) == 2,
            _ => false,
        }
    }
}

fn length(span: Span) -> u32 {
    span.end - span.start
}

fn describe(kind: &TokenKind) -> &'static str {
    match kind {
        TokenKind::OpenBrace => "'{'",
        TokenKind::CloseBrace => "'}'",
        TokenKind::OpenBracket => "'['",
        TokenKind::CloseBracket => "']'",
        TokenKind::Colon => "':'",
        TokenKind::Comma => "','",
        TokenKind::String(_) => "a string",
        TokenKind::Bool(_) => "a boolean",
        TokenKind::Comment => "a comment",
        TokenKind::DoubleComment => "a documentation comment",
        TokenKind::Stray => "a stray character",
        TokenKind::End => "the end of the file",
    }
}
