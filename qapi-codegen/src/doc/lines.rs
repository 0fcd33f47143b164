//! The lines of a documentation block, one by one, without their `# `.

use std::ops::Range;

use crate::ast::{DocBlock, DocEnd};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Span, Spanned, is_space};

/// One line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// The text behind `# `.
    pub(super) text: &'a str,
    /// Where the text starts.
    start: u32,
    /// The whole comment; QEMU places errors at its `#`.
    pub(super) span: Span,
}

impl<'a> Line<'a> {
    /// Part of the text.
    pub(super) fn part(&self, range: Range<usize>) -> Span {
        let [start, end] = [range.start, range.end].map(|at| self.start + at as u32);
        Span { start, end, ..self.span }
    }

    /// An error that QEMU places at the `#`.
    pub(super) fn error(&self, code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at_token(code, self.span, message).culprit(self.part(0..self.text.len()))
    }

    /// The definition that a line `@name:` names. Without the colon: the first word.
    pub(super) fn symbol(&self) -> Spanned<String> {
        let text = &self.text[1..];
        let first_word = || text.split(|at| at == ':' || is_space(at)).next().unwrap_or_default();
        let name = text.strip_suffix(':').unwrap_or_else(first_word);
        Spanned::new(name.to_owned(), self.part(1..1 + name.len()))
    }

    /// An error in a line that names a definition.
    pub(super) fn symbol_without_colon(&self, symbol: &Spanned<String>) -> Diagnostic {
        let error = self.error(Code::DocNameLine, "line should end with ':'");
        let behind = Span { start: symbol.span.end, ..symbol.span };
        let alone = symbol.value.len() + 1 == self.text.len();
        if alone { error.suggest(behind, "put a colon there", ":") } else { error }
    }

    /// Whether the line has no text. One of blanks only has: the older language minds.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// How many characters of white space the text starts with.
    pub(super) fn indent(&self) -> usize {
        self.text.chars().take_while(|&character| is_space(character)).count()
    }

    /// The line without the white space at its end.
    pub(super) fn trimmed(self) -> Line<'a> {
        Line { text: self.text.trim_end_matches(is_space), ..self }
    }
}

/// Reads the lines of a block and reports what is wrong with their form. That of a line comes when
/// the line is read, so before what is wrong with its meaning.
pub(super) struct Lines<'a> {
    /// The text of the file.
    text: &'a str,
    block: &'a DocBlock,
    next: usize,
}

impl<'a> Lines<'a> {
    /// Starts behind the line that opens the block.
    pub(super) fn new(block: &'a DocBlock, text: &'a str, diagnostics: &mut Diagnostics) -> Self {
        let lines = Lines { text, block, next: 0 };
        lines.check_marker(block.opening, "start", diagnostics);
        lines
    }

    /// The next line, `None` behind the last.
    pub(super) fn next(&mut self, diagnostics: &mut Diagnostics) -> Option<Line<'a>> {
        let Some(&span) = self.block.lines.get(self.next) else {
            self.check_end(diagnostics);
            return None;
        };
        self.next += 1;
        let comment = self.comment(span);
        let Some(text) = comment.strip_prefix("# ") else {
            return Some(self.bare(&comment[1..], span, diagnostics));
        };
        Some(Line { text, start: span.start + 2, span })
    }

    /// Where the block ends, or should.
    pub(super) fn end(&self) -> Span {
        match self.block.end {
            DocEnd::Closed(span) | DocEnd::Missing(span) => span,
            DocEnd::Broken => self.block.span,
        }
    }

    fn comment(&self, span: Span) -> &'a str {
        &self.text[span.start as usize..span.end as usize]
    }

    /// A line without a blank behind the `#`: right only if nothing else is there either.
    fn bare(&self, text: &'a str, span: Span, diagnostics: &mut Diagnostics) -> Line<'a> {
        if !text.is_empty() {
            let behind = Span { start: span.start + 1, end: span.start + 1, ..span };
            diagnostics.push(
                Diagnostic::at_token(Code::DocMissingSpace, span, "missing space after #").suggest(
                    behind,
                    "put a space there",
                    " ",
                ),
            );
        }
        Line { text, start: span.start + 1, span }
    }

    fn check_end(&self, diagnostics: &mut Diagnostics) {
        match self.block.end {
            DocEnd::Closed(span) => self.check_marker(span, "end", diagnostics),
            DocEnd::Missing(span) => diagnostics.push(
                Diagnostic::at_token(
                    Code::DocUnterminated,
                    span,
                    "documentation comment must end with '##'",
                )
                .also(self.block.opening, "the block starts here"),
            ),
            DocEnd::Broken => {}
        }
    }

    fn check_marker(&self, span: Span, which: &str, diagnostics: &mut Diagnostics) {
        if self.comment(span) == "##" {
            return;
        }
        let message = format!("junk after '##' at {which} of documentation comment");
        let junk = Span { start: span.start + 2, ..span };
        diagnostics.push(
            Diagnostic::at_token(Code::DocMarker, span, message)
                .culprit(junk)
                .note("'##' opens and closes documentation; other comments start with one '#'"),
        );
    }
}
