//! What the check of one definition needs: who the definition is, what the schema permits, where
//! complaints go; and how messages call the parts of a definition.

use std::fmt;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::{Dialect, DocChecks};
use crate::pragma::Pragmas;
use crate::source::Span;

/// The definition at hand and everything that judges it.
pub(super) struct Context<'a> {
    pub(super) dialect: Dialect,
    pub(super) doc_checks: DocChecks,
    pub(super) pragmas: &'a Pragmas,
    /// Its meta key: `struct`, `union`, ….
    pub(super) meta: &'static str,
    /// Its name, right or wrong.
    pub(super) name: String,
    /// The whole expression.
    pub(super) span: Span,
    /// The module it stands in.
    pub(super) module: usize,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// What QEMU's generator stumbles over only when it has looked at all definitions.
    pub(super) deferred: &'a mut Vec<Diagnostic>,
}

impl Context<'_> {
    /// Reports that the definition breaks a rule at `culprit`.
    pub(super) fn error(&mut self, code: Code, culprit: Span, message: impl Into<String>) {
        let diagnostic = self.diagnostic(code, culprit, message);
        self.diagnostics.push(diagnostic);
    }

    /// An error of this definition, for those who have more to say than a message.
    pub(super) fn diagnostic(
        &self,
        code: Code,
        culprit: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        Diagnostic::in_definition(code, (self.meta, &self.name, self.span), culprit, message)
    }

    /// Whether members and values may use upper case and `_`.
    pub(super) fn excepts_member_names(&self) -> bool {
        self.pragmas.excepts_members(&self.name, self.module)
    }
}

/// A part of a definition, as messages call it.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    /// The definition itself: `struct`.
    Definition(&'static str),
    /// The value of a key: `'data'`.
    Key(&'static str),
    /// An element of a list whose name is not known: `'features' member`.
    Element(&'static str),
    /// A member of the value of a key: `'data' member 'path'`.
    Member(&'static str, &'a str),
    /// Its `if`: `'if' condition of struct`.
    Condition(&'a Part<'a>),
}

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Definition(meta) => f.write_str(meta),
            Part::Key(key) => write!(f, "'{key}'"),
            Part::Element(key) => write!(f, "'{key}' member"),
            Part::Member(key, name) => write!(f, "'{key}' member '{name}'"),
            Part::Condition(owner) => write!(f, "'if' condition of {owner}"),
        }
    }
}
