//! Output for people: labelled lines, with or without colour.
//!
//! What a guest says is shown with its control characters spelt out. A guest can be hostile, and a
//! terminal obeys escape sequences.

use crate::failure::Failure;
use crate::options::Color;
use std::fmt::{self, Display, Write as _};
use std::io::{IsTerminal, Write};
use std::time::Duration;

/// How wide the column of labels is. A longer one, such as an interface's name, moves its line.
const LABELS: usize = 11;

/// Whether to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Text only.
    Plain,
    /// With ANSI escape sequences.
    Coloured,
}

impl Paint {
    /// Decides for one stream. Of NO_COLOR any value but the empty one counts (<https://no-color.org>).
    pub(crate) fn choose(color: Color, stream: &impl IsTerminal) -> Paint {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        match color {
            Color::Always => Paint::Coloured,
            Color::Auto if stream.is_terminal() && !unwanted => Paint::Coloured,
            Color::Auto | Color::Never => Paint::Plain,
        }
    }

    /// Something to find quickly.
    pub(crate) fn bold(self, text: impl Display) -> String {
        self.wrap("1", text)
    }

    /// Something that went wrong.
    pub(crate) fn red(self, text: impl Display) -> String {
        self.wrap("1;31", text)
    }

    /// Something to pass over.
    pub(crate) fn faint(self, text: impl Display) -> String {
        self.wrap("2", text)
    }

    fn wrap(self, code: &str, text: impl Display) -> String {
        match self {
            Paint::Plain => text.to_string(),
            Paint::Coloured => format!("\x1b[{code}m{text}\x1b[0m"),
        }
    }
}

/// A page of labelled lines.
pub(crate) struct Report<'a> {
    out: &'a mut dyn Write,
    paint: Paint,
}

impl<'a> Report<'a> {
    /// A page that goes to `out`.
    pub(crate) fn new(out: &'a mut dyn Write, paint: Paint) -> Self {
        Report { out, paint }
    }

    /// How this page is painted.
    pub(crate) fn paint(&self) -> Paint {
        self.paint
    }

    /// A line without label.
    pub(crate) fn text(&mut self, text: impl Display) -> Result<(), Failure> {
        writeln!(self.out, "{text}").map_err(Failure::Output)
    }

    /// A label and what belongs to it.
    pub(crate) fn line(&mut self, label: &str, text: impl Display) -> Result<(), Failure> {
        // Padded before painting: escape sequences have no width.
        let label = self.paint.bold(format_args!("{:<LABELS$}", Shown(label)));
        self.text(format_args!("{label} {text}"))
    }

    /// A label and what belongs to it, where the guest told it.
    pub(crate) fn known(&mut self, label: &str, text: Option<&str>) -> Result<(), Failure> {
        match text {
            Some(text) => self.line(label, Shown(text)),
            None => Ok(()),
        }
    }
}

/// Text of a guest as it may be shown: control characters are spelt out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a>(pub(crate) &'a str);

impl Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = String::with_capacity(self.0.len());
        for character in self.0.chars() {
            match character.is_control() {
                true => write!(shown, "{}", character.escape_default())?,
                false => shown.push(character),
            }
        }
        f.pad(&shown)
    }
}

/// A number of things, in words: `1 processor`, `2 processors`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Count(pub(crate) u64, pub(crate) &'static str);

impl Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}{}", self.0, self.1, if self.0 == 1 { "" } else { "s" })
    }
}

/// Names with commas between, or a dash.
pub(crate) fn list(names: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    if names.is_empty() { "-".to_owned() } else { names.join(", ") }
}

/// A span of time in the unit that suits it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span(pub(crate) Duration);

impl Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            short if short < Duration::from_millis(1) => write!(f, "{} µs", short.as_micros()),
            long => write!(f, "{:.1} ms", long.as_secs_f64() * 1000.0),
        }
    }
}
