//! Lines, indented by four blanks a level.

use std::fmt::Write;

/// A text in the making.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a line at a level; the outermost is 0.
    pub(super) fn line(&mut self, level: usize, text: impl std::fmt::Display) {
        let indent = 4 * level;
        writeln!(self.0, "{:indent$}{text}", "").expect("writing to a string does not fail");
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.0
    }
}
