//! What every check has at hand: the draft, the rules, and where complaints go.

use std::collections::{HashMap, HashSet};

use super::foreign;
use super::lineage::Lineage;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::expr::Rules;
use crate::expr::definition::Definition;
use crate::nearest::nearest;
use crate::schema::resolve::Draft;
use crate::schema::types::{Entity, Type, TypeId};
use crate::source::{Span, Spanned};

/// At most that many unknown names get a suggestion: each costs a look at all known ones.
const MAX_SUGGESTIONS: usize = 20;

/// A draft under examination.
pub(super) struct Context<'a> {
    pub(super) draft: &'a Draft,
    pub(super) rules: Rules<'a>,
    pub(super) lineage: Lineage,
    pub(super) diagnostics: &'a mut Diagnostics,
    suggestions: usize,
    /// The names of the values of enums that were asked for.
    values: HashMap<TypeId, HashSet<&'a str>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        draft: &'a Draft,
        rules: Rules<'a>,
        diagnostics: &'a mut Diagnostics,
    ) -> Context<'a> {
        let (lineage, values) = (Lineage::of(draft), HashMap::new());
        Context { draft, rules, lineage, diagnostics, suggestions: 0, values }
    }

    /// Whether an enum has a value of that name.
    pub(super) fn has_value(&mut self, id: TypeId, name: &str) -> bool {
        let draft = self.draft;
        let values = self.values.entry(id).or_insert_with(|| value_names(draft, id).collect());
        values.contains(name)
    }

    /// An error of a definition, for those who have more to say than a message.
    pub(super) fn diagnostic(
        &self,
        code: Code,
        definition: &Definition,
        culprit: Span,
        message: impl Into<String>,
    ) -> Diagnostic {
        let place = (definition.meta(), definition.name.as_str(), definition.span);
        let heading = self.draft.headings.borrowed(definition);
        Diagnostic { heading, ..Diagnostic::in_definition(code, place, culprit, message) }
    }

    /// Reports that a definition breaks a rule at `culprit`.
    pub(super) fn error(
        &mut self,
        code: Code,
        definition: &Definition,
        culprit: Span,
        message: impl Into<String>,
    ) {
        let diagnostic = self.diagnostic(code, definition, culprit, message);
        self.diagnostics.push(diagnostic);
    }

    /// Reports that a definition uses an existing type where it cannot; points at both.
    pub(super) fn wrong_type(
        &mut self,
        code: Code,
        definition: &Definition,
        (culprit, id): (Span, TypeId),
        message: String,
    ) {
        let mut diagnostic = self.diagnostic(code, definition, culprit, message);
        let is_defined = self.draft.ty(id).is_some_and(|ty| ty.common().is_some());
        if let Some(maker) = self.draft.maker(id).filter(|_| is_defined) {
            diagnostic = diagnostic.also(maker.name.span, "defined here");
        }
        self.diagnostics.push(diagnostic);
    }

    /// Reports that `what` refers to a type that does not exist.
    pub(super) fn unknown_type(
        &mut self,
        definition: &Definition,
        name: &Spanned<String>,
        what: &str,
    ) {
        let message = format!("{what} uses unknown type '{}'", name.value);
        let draft = self.draft;
        let error = self.diagnostic(Code::UnknownType, definition, name.span, message);
        if let Some(meant) = foreign::meant(name) {
            return self.diagnostics.push(meant.explain(error, name.span));
        }
        let known = || {
            let types = draft.names.iter().filter(|(_, named)| matches!(named, Entity::Type(_)));
            let mut names: Vec<&str> = types.map(|(name, _)| name.as_str()).collect();
            names.sort_unstable();
            names
        };
        self.push_suggesting(error, (name, name.span), &known);
    }

    /// Reports that a name is none of those that are known, and the one that may have been meant.
    pub(super) fn misspelled(
        &mut self,
        code: Code,
        definition: &Definition,
        (name, culprit): (&str, Span),
        message: String,
        known: &dyn Fn() -> Vec<&'a str>,
    ) {
        let error = self.diagnostic(code, definition, culprit, message);
        self.push_suggesting(error, (name, culprit), known);
    }

    /// Reports an error about a name that is none of those that are known.
    pub(super) fn push_suggesting(
        &mut self,
        error: Diagnostic,
        (name, culprit): (&str, Span),
        known: &dyn Fn() -> Vec<&'a str>,
    ) {
        let error = match self.nearest(name, known) {
            Some(near) => error.did_you_mean(culprit, near),
            None => error,
        };
        self.diagnostics.push(error);
    }

    /// The known name that may have been meant, as long as suggestions are not too many.
    pub(super) fn nearest(
        &mut self,
        name: &str,
        known: &dyn Fn() -> Vec<&'a str>,
    ) -> Option<&'a str> {
        self.suggestions += 1;
        if self.suggestions <= MAX_SUGGESTIONS { nearest(name, known()) } else { None }
    }
}

/// The names of an enum's values, in order.
pub(super) fn value_names(draft: &Draft, id: TypeId) -> impl Iterator<Item = &str> {
    let enumeration = draft.ty(id).and_then(Type::as_enum);
    let values = enumeration.into_iter().flat_map(|enumeration| &enumeration.values);
    values.map(|value| value.name.as_str())
}

/// A type, as messages call it: `enum type 'QType'`.
pub(super) fn describe(draft: &Draft, id: TypeId) -> String {
    match draft.ty(id) {
        Some(Type::Builtin(builtin)) => format!("built-in type '{}'", builtin.name()),
        Some(Type::Enum(enumeration)) => format!("enum type '{}'", enumeration.common.name),
        Some(Type::Array(array)) => {
            let element = draft.ty(array.element).map_or("", Type::name);
            format!("array type ['{element}']")
        }
        Some(Type::Object(object)) if object.branches.is_some() => {
            format!("union type '{}'", object.common.name)
        }
        Some(Type::Object(object)) => format!("struct type '{}'", object.common.name),
        Some(Type::Alternate(alternate)) => format!("alternate type '{}'", alternate.common.name),
        None => String::new(),
    }
}
