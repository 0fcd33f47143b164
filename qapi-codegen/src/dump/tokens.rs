//! The tokens of every file of a schema.

use super::lines::Lines;
use super::place::in_file;
use crate::dialect::Dialect;
use crate::lex::{self, Token, TokenKind};
use crate::source::SourceMap;

/// A line per token: place, kind, text. Of a token that is wrong the line says what is wrong, and
/// of comments only that they are there, as the text is the source's.
pub fn tokens(sources: &SourceMap, dialect: Dialect) -> String {
    let mut out = Lines::default();
    for (id, file) in sources.files() {
        out.line(0, format!("file {}", file.name));
        for token in lex::tokens(&file.text, id, dialect) {
            let place = in_file(token.span, sources);
            out.line(1, format!("{place} {}", described(&token)));
        }
    }
    out.finish()
}

fn described(token: &Token) -> String {
    let kind = match &token.kind {
        TokenKind::OpenBrace => "{".to_owned(),
        TokenKind::CloseBrace => "}".to_owned(),
        TokenKind::OpenBracket => "[".to_owned(),
        TokenKind::CloseBracket => "]".to_owned(),
        TokenKind::Colon => ":".to_owned(),
        TokenKind::Comma => ",".to_owned(),
        TokenKind::String(text) => format!("string '{}'", text.replace('\\', "\\\\")),
        TokenKind::Bool(value) => value.to_string(),
        TokenKind::Comment => "comment".to_owned(),
        TokenKind::DoubleComment => "documentation border".to_owned(),
        TokenKind::Stray => "stray".to_owned(),
        TokenKind::End => "end".to_owned(),
    };
    match &token.fault {
        Some(fault) => format!("{kind} [{}: {}]", fault.code.as_str(), fault.message),
        None => kind,
    }
}
