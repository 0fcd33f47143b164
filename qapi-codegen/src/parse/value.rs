//! Values: objects, lists, strings and booleans.

use std::collections::HashMap;

use super::{MAX_DEPTH, Parser};
use crate::ast::{Member, Object, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Failed};
use crate::dialect::Dialect;
use crate::lex::{Token, TokenKind};
use crate::source::{Span, Spanned};

impl Parser {
    pub(super) fn value(&mut self, diagnostics: &mut Diagnostics) -> Result<Value, Failed> {
        let span = self.token().span;
        match &mut self.tokens[self.at].kind {
            TokenKind::OpenBrace => self.nested(Self::object, diagnostics),
            TokenKind::OpenBracket => self.nested(Self::list, diagnostics),
            TokenKind::String(string) => {
                let string = std::mem::take(string);
                self.advance(diagnostics);
                Ok(Value::String(Spanned::new(string, span)))
            }
            &mut TokenKind::Bool(boolean) => {
                self.advance(diagnostics);
                Ok(Value::Bool(Spanned::new(boolean, span)))
            }
            _ => Err(self.unexpected(self.value_expected(), diagnostics)),
        }
    }

    fn value_expected(&self) -> &'static str {
        match self.dialect {
            // 5.2 still names the null that it no longer takes.
            Dialect::Qemu5_2 => "expected '{', '[', string, boolean or 'null'",
            _ => "expected '{', '[', string, or boolean",
        }
    }

    fn element_expected(&self) -> &'static str {
        match self.dialect {
            Dialect::Qemu5_2 => "expected '{', '[', ']', string, boolean or 'null'",
            _ => "expected '{', '[', ']', string, or boolean",
        }
    }

    /// Reads an object or a list, unless that is one level too deep.
    fn nested(
        &mut self,
        read: fn(&mut Self, &mut Diagnostics) -> Result<Value, Failed>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Value, Failed> {
        if self.depth == MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            let span = self.token().span;
            diagnostics.push(Diagnostic::at_token(Code::LimitExceeded, span, message));
            return Err(Failed);
        }
        self.depth += 1;
        let value = read(self, diagnostics)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self, diagnostics: &mut Diagnostics) -> Result<Value, Failed> {
        let open = self.token().span;
        let mut members = Vec::new();
        let mut names = HashMap::new();
        self.advance(diagnostics);
        if let Some(close) = self.accept(&TokenKind::CloseBrace, diagnostics) {
            return Ok(Value::Object(Object { members, span: open.to(close) }));
        }
        let mut expected = "expected string or '}'";
        loop {
            let name = self.member_name(expected, diagnostics)?;
            let first = *names.entry(name.value.clone()).or_insert(name.span);
            if first != name.span {
                self.report_duplicate(&name, first, diagnostics);
            }
            let value = self.value(diagnostics)?;
            if first == name.span {
                members.push(Member { name, value });
            }
            if let Some(close) = self.accept(&TokenKind::CloseBrace, diagnostics) {
                return Ok(Value::Object(Object { members, span: open.to(close) }));
            }
            self.comma(open, "expected ',' or '}'", diagnostics)?;
            expected = "expected string";
        }
    }

    /// A member's name and the colon behind it.
    fn member_name(
        &mut self,
        expected: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<Spanned<String>, Failed> {
        let span = self.token().span;
        let TokenKind::String(name) = &mut self.tokens[self.at].kind else {
            return Err(self.unexpected(expected, diagnostics));
        };
        let name = Spanned::new(std::mem::take(name), span);
        self.advance(diagnostics);
        match self.accept(&TokenKind::Colon, diagnostics) {
            Some(_) => Ok(name),
            None => {
                let behind = Span { start: span.end, ..span };
                let error = self.mismatch("expected ':'");
                let error = error.map(|error| match self.starts_value() {
                    true => error.suggest(behind, "put a colon there", ":"),
                    false => error,
                });
                error.into_iter().for_each(|error| diagnostics.push(error));
                Err(Failed)
            }
        }
    }

    /// QEMU places it at the value, which it has not read yet.
    fn report_duplicate(&self, name: &Spanned<String>, first: Span, diagnostics: &mut Diagnostics) {
        let value = self.token().span;
        let message = format!("duplicate key '{}'", name.value);
        let error = Diagnostic::at_token(Code::DuplicateKey, value, message);
        diagnostics.push(error.also(first, "first given here"));
    }

    fn list(&mut self, diagnostics: &mut Diagnostics) -> Result<Value, Failed> {
        let open = self.token().span;
        let mut elements = Vec::new();
        self.advance(diagnostics);
        if let Some(close) = self.accept(&TokenKind::CloseBracket, diagnostics) {
            return Ok(Value::List(Spanned::new(elements, open.to(close))));
        }
        if !self.starts_value() {
            return Err(self.unexpected(self.element_expected(), diagnostics));
        }
        loop {
            elements.push(self.value(diagnostics)?);
            if let Some(close) = self.accept(&TokenKind::CloseBracket, diagnostics) {
                return Ok(Value::List(Spanned::new(elements, open.to(close))));
            }
            self.comma(open, "expected ',' or ']'", diagnostics)?;
        }
    }

    fn starts_value(&self) -> bool {
        use TokenKind::{Bool, OpenBrace, OpenBracket, String};
        matches!(self.token().kind, OpenBrace | OpenBracket | String(_) | Bool(_))
    }

    /// The comma that must stand here if what opens at `open` goes on.
    fn comma(
        &mut self,
        open: Span,
        expected: &str,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Failed> {
        if self.accept(&TokenKind::Comma, diagnostics).is_some() {
            return Ok(());
        }
        if let Some(error) = self.mismatch(expected) {
            let seems_unclosed = self.starts_item(0);
            diagnostics.push(match (&self.token().kind, self.before()) {
                _ if seems_unclosed => error
                    .also(open, "opened here")
                    .note("this looks like the next item; what was opened is not closed before it"),
                (TokenKind::String(_), Some(Token { span, .. })) => {
                    let behind = Span { start: span.end, ..*span };
                    error.suggest(behind, "put a comma there", ",")
                }
                _ => error,
            });
        }
        Err(Failed)
    }

    /// Passes the current token if it is of this kind.
    fn accept(&mut self, kind: &TokenKind, diagnostics: &mut Diagnostics) -> Option<Span> {
        let span = self.token().span;
        (self.token().kind == *kind).then(|| {
            self.advance(diagnostics);
            span
        })
    }
}
