//! Documentation blocks: where they start and end. What their lines say, `doc` reads.

use super::{Parser, length};
use crate::ast::{DocBlock, DocEnd};
use crate::lex::TokenKind;

impl Parser {
    /// The block that the current `##…` opens. Reports nothing: `doc` reports what is wrong with it
    /// line by line, and the fault of a token behind it must come after that.
    pub(super) fn doc_block(&mut self) -> DocBlock {
        let opening = self.token().span;
        self.step();
        let behind_opening = self.at;
        let mut lines = Vec::new();
        while self.token().kind == TokenKind::Comment {
            lines.push(self.token().span);
            self.step();
        }
        let end = self.doc_end();
        // An opening line with junk is likely no opening line. It is one if the block has an end.
        if length(opening) > 2 && !matches!(end, DocEnd::Closed(_)) {
            self.at = behind_opening;
            return DocBlock { span: opening, opening, lines: Vec::new(), end: DocEnd::Broken };
        }
        let last = match end {
            DocEnd::Closed(closing) => closing,
            _ => lines.last().copied().unwrap_or(opening),
        };
        DocBlock { span: opening.to(last), opening, lines, end }
    }

    fn doc_end(&mut self) -> DocEnd {
        let span = self.token().span;
        match self.token().kind {
            TokenKind::DoubleComment => {
                self.step();
                DocEnd::Closed(span)
            }
            // The fault of that token is what QEMU's generator stumbles over.
            _ if self.token().fault.is_some() => DocEnd::Broken,
            _ => DocEnd::Missing(span),
        }
    }
}
