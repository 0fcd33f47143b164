//! The only place that writes to the terminal: results on stdout, the rest on stderr.

use std::io::{self, IsTerminal, Write};

use crate::Ending;
use crate::args::{Color, Output};

/// Speaks as `--color`, `-q` and `-v` ask for.
pub(crate) struct Speaker {
    output: Output,
}

impl Speaker {
    pub(crate) fn new(output: Output) -> Self {
        Speaker { output }
    }

    /// Whether diagnostics on stderr are coloured. NO_COLOR: any value that is not empty.
    pub(crate) fn is_colored(&self) -> bool {
        match self.output.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                !refused && io::stderr().is_terminal()
            }
        }
    }

    /// Writes a result. A reader that went away (`| head`) is no failure of ours.
    pub(crate) fn result(&self, text: &str) -> Ending {
        match io::stdout().lock().write_all(text.as_bytes()) {
            Ok(()) => Ending::Clean,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ending::Clean,
            Err(error) => self.failure(&format!("standard output: {error}")),
        }
    }

    /// Writes diagnostics as they are.
    pub(crate) fn diagnostics(&self, text: &str) {
        // Where stderr is closed there is nobody left to tell.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes a server's words.
    pub(crate) fn refusal(&self, text: &str) {
        self.diagnostics(&format!("{}\n", printable(text)));
    }

    /// Says what was done, unless `-q`.
    pub(crate) fn progress(&self, text: &str) {
        if !self.output.quiet {
            self.diagnostics(&format!("{text}\n"));
        }
    }

    /// Says more, where `-v` asks for it.
    pub(crate) fn detail(&self, text: &str) {
        if self.output.verbose {
            self.diagnostics(&format!("{text}\n"));
        }
    }

    /// Says why the job cannot be done.
    pub(crate) fn failure(&self, text: &str) -> Ending {
        self.diagnostics(&format!("error: {}\n", printable(text)));
        Ending::Failed
    }
}

/// A server's words may hold anything: control characters, with which a terminal can be made to do
/// things, are spelt out.
fn printable(text: &str) -> String {
    let spelt = |character: char| match character.is_control() {
        true => character.escape_default().to_string(),
        false => character.to_string(),
    };
    text.chars().map(spelt).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_server_cannot_write_to_the_terminal() {
        assert_eq!(super::printable("no\u{1b}[2J\u{9b}m ü"), "no\\u{1b}[2J\\u{9b}m ü");
    }
}
