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
        self.diagnostics(&format!("error: {text}\n"));
        Ending::Failed
    }
}
