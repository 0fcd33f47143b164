//! What is wrong, as data: code, message, place, the other places, why, and how to mend it.
//!
//! Stages put [`Diagnostic`]s into a [`Diagnostics`] sink and go on; the doors ask the sink whether
//! to stop. `render` turns one value into every output format, so nothing here knows a terminal.

mod code;
mod explain;

pub use code::Code;
pub use explain::UnknownCode;

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The schema is accepted all the same.
    Warning,
    /// The schema is rejected.
    Error,
}

/// Where QEMU's generator says the message belongs; the qemu format prints each form its own way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At a token: file, line and column (QEMU's QAPIParseError).
    Token,
    /// At a line: file and line (QEMU's QAPISemError outside a definition).
    Line,
    /// In a definition: an `In struct 'Name':` line, then file and line of the definition.
    Definition {
        /// `struct`, `union`, … as QEMU prints it.
        meta: &'static str,
        /// The definition's name.
        name: String,
    },
}

/// Another place that the reader must see to understand the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is there: "first defined here".
    pub message: String,
}

/// A mechanical mend: replace the text at `span`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What it does: "did you mean 'returns'?".
    pub message: String,
    /// The text to replace; may be empty, to insert.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
    /// Whether it is a known name that may have been meant: then the rule is no news to anyone.
    pub is_guess: bool,
}

/// One thing that is wrong with a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// The message, in the words of QEMU's generator where it has the rule; lower case, no full stop.
    pub message: String,
    /// Further lines that QEMU's generator prints behind the message ("Valid keys are …"); for it
    /// alone. What people should know of them is among the notes.
    pub continuation: Vec<String>,
    /// The culprit's own place; `None` only where there is no file at all.
    pub span: Option<Span>,
    /// The culprit as QEMU places it.
    pub place: Place,
    /// Short text under the culprit: "expected a string".
    pub label: Option<String>,
    /// Other places.
    pub labels: Vec<Label>,
    /// The rule's reason, what was expected, where the rule comes from.
    pub notes: Vec<String>,
    /// How to mend it, where that is mechanical.
    pub suggestion: Option<Suggestion>,
    /// Where QEMU places it, if that is not the culprit itself but the definition, the directive or
    /// the line that the culprit is part of.
    pub anchor: Option<Span>,
    /// Meta key and name of another definition, by which QEMU's generator calls this one: it notes
    /// them once a line, which several may share.
    pub heading: Option<(&'static str, String)>,
    /// A second message, which QEMU's generator prints in full behind the first.
    pub sequel: Option<Box<Diagnostic>>,
}

impl Diagnostic {
    /// An error at a token.
    pub fn at_token(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Some(span), Place::Token, message.into())
    }

    /// An error at a line.
    pub fn at_line(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self::new(code, Some(span), Place::Line, message.into())
    }

    /// An error in the definition `meta 'name'` that opens at `definition`; `span` is the culprit.
    pub fn in_definition(
        code: Code,
        (meta, name, definition): (&'static str, &str, Span),
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        let place = Place::Definition { meta, name: name.to_owned() };
        let error = Self::new(code, Some(span), place, message.into());
        Diagnostic { anchor: Some(definition), ..error }
    }

    /// An error at the line where `whole` opens; `span` is the culprit inside it.
    pub fn within(code: Code, whole: Span, span: Span, message: impl Into<String>) -> Self {
        Self::at_line(code, whole, message).culprit(span)
    }

    /// An error that has no place in any file.
    pub fn nowhere(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, None, Place::Line, message.into())
    }

    fn new(code: Code, span: Option<Span>, place: Place, message: String) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            message,
            continuation: Vec::new(),
            span,
            place,
            label: None,
            labels: Vec::new(),
            notes: Vec::new(),
            suggestion: None,
            anchor: None,
            heading: None,
            sequel: None,
        }
    }

    /// Narrows the place down for people; QEMU keeps naming the one it had.
    #[must_use]
    pub fn culprit(mut self, span: Span) -> Self {
        self.anchor = self.anchor.or(self.span);
        self.span = Some(span);
        self
    }

    /// Adds the short text under the culprit.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.label = Some(message.into());
        self
    }

    /// Names another place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// Adds a note.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a line that QEMU's generator prints behind the message.
    #[must_use]
    pub fn continued(mut self, line: impl Into<String>) -> Self {
        self.continuation.push(line.into());
        self
    }

    /// Adds a second message, with a place of its own.
    #[must_use]
    pub fn followed_by(mut self, sequel: Diagnostic) -> Self {
        self.sequel = Some(Box::new(sequel));
        self
    }

    /// Adds a mechanical mend.
    #[must_use]
    pub fn suggest(
        mut self,
        span: Span,
        message: impl Into<String>,
        replacement: impl Into<String>,
    ) -> Self {
        let (message, replacement) = (message.into(), replacement.into());
        self.suggestion = Some(Suggestion { message, span, replacement, is_guess: false });
        self
    }

    /// Suggests the string that may have been meant in place of the one at `span`.
    #[must_use]
    pub fn did_you_mean(self, span: Span, name: &str) -> Self {
        self.guess(span, name, &format!("'{name}'"))
    }

    /// Suggests that `name` may have been meant, which is written so.
    #[must_use]
    pub fn guess(mut self, span: Span, name: &str, replacement: &str) -> Self {
        let (message, replacement) = (format!("did you mean '{name}'?"), replacement.to_owned());
        self.suggestion = Some(Suggestion { message, span, replacement, is_guess: true });
        self
    }

    /// Makes it a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

/// Says that some diagnostics were errors. Carries nothing: the sink has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed;

/// The most diagnostics that are kept: nobody reads more, and each takes memory.
pub const MAX_KEPT: usize = 5_000;

/// Collects diagnostics. Forgetting to look at them is a bug, so a sink that is dropped with
/// unread diagnostics panics in debug builds.
#[derive(Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Takes one more, unless there are [`MAX_KEPT`] already.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        match self.found.len() {
            length if length < MAX_KEPT => self.found.push(diagnostic),
            MAX_KEPT => {
                let message = format!("more than {MAX_KEPT} errors; what follows is not told");
                self.found.push(Diagnostic::nowhere(Code::LimitExceeded, message));
            }
            _ => {}
        }
    }

    /// Whether an error is among them.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// A stage border: fails if there were errors so far.
    pub fn stop_if_errors(&self) -> Result<(), Failed> {
        if self.has_errors() { Err(Failed) } else { Ok(()) }
    }

    /// A stage border that errors in documentation do not close.
    pub fn stop_if_errors_in_definitions(&self) -> Result<(), Failed> {
        let is_one = |found: &Diagnostic| {
            found.severity == Severity::Error && !found.code.is_about_documentation()
        };
        if self.found.iter().any(is_one) { Err(Failed) } else { Ok(()) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Hands all of them over, in the order found.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.found)
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        debug_assert!(
            self.found.is_empty() || std::thread::panicking(),
            "diagnostics were collected and never read: {:?}",
            self.found
        );
    }
}
