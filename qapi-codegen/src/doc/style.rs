//! The style of a line of documentation, as QEMU 10.2 wants it: its length, and the spaces between
//! sentences. Examples are exempt.

use super::lines::Line;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The most characters of a line, `# ` included.
const MAX_WIDTH: usize = 70;

/// Checks one line after the other; remembers whether they are an example.
#[derive(Default)]
pub(super) struct Style {
    /// In an example: how deep its first line with text is indented, 0 before that line.
    example: Option<usize>,
}

impl Style {
    /// Checks the next line.
    pub(super) fn check(&mut self, line: Line<'_>, diagnostics: &mut Diagnostics) {
        if opens_example(line.text) {
            self.example = Some(0);
        } else if !line.is_blank() {
            self.example = self.example.and_then(|indent| continued(indent, line.indent()));
        }
        if self.example.is_none() {
            check_width(line, diagnostics);
            check_sentences(line, diagnostics);
        }
    }
}

/// How deep an example is indented after one more line; `None` if the line does not belong to it.
fn continued(indent: usize, line: usize) -> Option<usize> {
    match indent {
        0 => Some(line),
        _ => (line >= indent).then_some(indent),
    }
}

/// Only these two forms of rST's literal blocks count.
fn opens_example(text: &str) -> bool {
    let Some(text) = text.strip_suffix("::") else { return false };
    let behind_dots = text.strip_prefix("..").and_then(|rest| {
        let name = rest.trim_start_matches(' ');
        (name.len() < rest.len()).then_some(name).and_then(|name| name.strip_prefix("qmp-example"))
    });
    behind_dots.unwrap_or(text).chars().all(|character| character == ' ')
}

fn check_width(line: Line<'_>, diagnostics: &mut Diagnostics) {
    let width = line.text.chars().count() + "# ".len();
    if width > MAX_WIDTH && !is_url(line.text) {
        let fits = line.text.char_indices().nth(MAX_WIDTH - "# ".len());
        let rest = fits.map_or(0, |(at, _)| at)..line.text.len();
        diagnostics.push(
            line.error(Code::DocLineTooLong, "documentation line longer than 70 characters")
                .culprit(line.part(rest))
                .label(format!("the line has {width} characters")),
        );
    }
}

/// A URL cannot be broken.
fn is_url(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    ["http://", "https://", "ftp://"].iter().any(|scheme| text.starts_with(scheme))
        && !text.contains(' ')
}

fn check_sentences(line: Line<'_>, diagnostics: &mut Diagnostics) {
    if let Some(at) = single_space(line.text) {
        let blank = line.part(at..at + 1);
        diagnostics.push(
            Diagnostic::at_token(
                Code::DocSentenceSpacing,
                blank,
                "Use two spaces between sentences",
            )
            .continued("If this not the end of a sentence, please report a bug.")
            .note("if this is no end of a sentence, break the line here")
            .suggest(blank.before(), "put another space there", " "),
        );
    }
}

/// Where a sentence seems to end with a single blank behind it.
fn single_space(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let starts_sentence =
        |at: usize| matches!(bytes.get(at), Some(b'A'..=b'Z' | b'0'..=b'9' | b'('));
    let mut at = item_number(text);
    while at < bytes.len() {
        let blank_behind =
            |mark: usize| bytes.get(mark + 1) == Some(&b' ') && starts_sentence(mark + 2);
        if is_eg(text, at) && blank_behind(at + 3) {
            at += "e.g. X".len();
        } else if matches!(bytes[at], b'.' | b'!' | b'?') && blank_behind(at) {
            return Some(at + 1);
        } else {
            at += 1;
        }
    }
    None
}

/// Whether the abbreviation `e.g.` stands there, and is no end of a longer word.
fn is_eg(text: &str, at: usize) -> bool {
    text.as_bytes()[at..].starts_with(b"e.g.")
        && !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
}

/// The length of a list item's number at the start of a line, `1. `; one digit only.
fn item_number(text: &str) -> usize {
    let number = text.trim_start_matches(' ');
    let indent = text.len() - number.len();
    match number.as_bytes() {
        [b'0'..=b'9', b'.', b' ', ..] => indent + 3,
        _ => 0,
    }
}
