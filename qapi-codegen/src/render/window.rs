//! The part of a file that a message shows: whole lines around all that it points at, or, where
//! that is too much, the surroundings of the culprit alone.

use std::ops::Range;

use crate::source::{SourceMap, Span};

/// A window is not larger than this. Most of its lines are left out when it is printed.
const MAX_BYTES: u32 = 1 << 20;

/// A longer line is not shown as a whole; a schema can be one line of a megabyte.
const MAX_LINE_BYTES: u32 = 4 << 10;

/// A longer line does not fit a screen.
const MAX_SCREEN_BYTES: u32 = 160;

/// How much to show to either side of a culprit in a line that is too long.
const MARGIN: u32 = 60;

/// A part of one file. Its text is what a printer of snippets can count lines in.
pub(super) struct Window {
    span: Span,
    /// The text, with every line end a line feed or a carriage return and a line feed.
    pub(super) text: String,
    /// The number of the first line, from 1.
    pub(super) line: usize,
    /// Whether it starts where a line does.
    pub(super) starts_line: bool,
}

impl Window {
    /// The window for a mend: of a line that is wider than a screen, what is near the culprit.
    pub(super) fn narrow(culprit: Span, sources: &SourceMap) -> Window {
        let own = sources.lines(culprit);
        let span = if size(own) > MAX_SCREEN_BYTES { near(culprit, own) } else { own };
        Window::of(span, sources)
    }

    /// The window that shows the culprit, and if possible the others in its file.
    pub(super) fn new(culprit: Span, others: &[Span], sources: &SourceMap) -> Window {
        let others = others.iter().filter(|other| other.file == culprit.file);
        let all = others.fold(culprit, |all, other| Span {
            start: all.start.min(other.start),
            end: all.end.max(other.end),
            ..all
        });
        let (lines, own) = (sources.lines(all), sources.lines(culprit));
        let mut span = if size(lines) > MAX_BYTES { own } else { lines };
        if size(own) > MAX_LINE_BYTES {
            span = near(culprit, own);
        }
        Window::of(span, sources)
    }

    fn of(span: Span, sources: &SourceMap) -> Window {
        let place = sources.line_column(span);
        let text = with_line_feeds(sources.text(span));
        Window { span, text, line: place.line, starts_line: place.column == 1 }
    }

    /// A span's place in the window's text; `None` if it starts outside.
    pub(super) fn range(&self, span: Span) -> Option<Range<usize>> {
        if span.file != self.span.file {
            return None;
        }
        let start = span.start.checked_sub(self.span.start)? as usize;
        let end = span.end.max(span.start) - self.span.start;
        (start <= self.text.len()).then(|| {
            let [start, end] = [start, end as usize].map(|at| boundary(&self.text, at));
            start..end
        })
    }
}

/// What is near a culprit in its line.
fn near(culprit: Span, line: Span) -> Span {
    let start = line.start.max(culprit.start.saturating_sub(MARGIN));
    let end = culprit.end.min(culprit.start.saturating_add(4 * MARGIN));
    Span { start, end: line.end.min(end.saturating_add(MARGIN)), ..line }
}

fn size(span: Span) -> u32 {
    span.end - span.start
}

/// The last place up to `at` where a character starts or the text ends.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Lone carriage returns end lines in a schema, but not in a snippet.
fn with_line_feeds(text: &str) -> String {
    let mut characters = text.chars().peekable();
    let mut result = String::with_capacity(text.len());
    while let Some(character) = characters.next() {
        let lone = character == '\r' && characters.peek() != Some(&'\n');
        result.push(if lone { '\n' } else { character });
    }
    result
}
