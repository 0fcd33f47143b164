//! For people: the lines of the schema with the culprit underlined, why, and how to mend it.

use std::collections::HashSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet,
    normalize_untrusted_str as printable,
};

use super::window::Window;
use super::{by_place, file_and_line};
use crate::diagnostic::{Diagnostic, Place, Severity, Suggestion};
use crate::source::{SourceMap, Span};

/// Whether to use terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// Plain text.
    Never,
    /// ANSI escape sequences.
    Always,
}

/// More lines than this of one culprit are not underlined; then its first line is.
const MAX_LINES: usize = 4;

/// So many diagnostics are shown; whoever has more mends these first.
const MAX_SHOWN: usize = 200;

/// The diagnostics, an empty line behind each. A rule is explained where it is broken first.
pub fn human(diagnostics: &[Diagnostic], sources: &SourceMap, color: Color) -> String {
    let renderer = match color {
        Color::Never => Renderer::plain(),
        Color::Always => Renderer::styled(),
    };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut explained = HashSet::new();
    let mut text = String::new();
    for diagnostic in by_place(diagnostics).into_iter().take(MAX_SHOWN) {
        let why = reason(diagnostic).filter(|_| explained.insert(diagnostic.code));
        let report = report(diagnostic, why, sources);
        text.push_str(&format!("{}\n\n", renderer.render(&report)));
    }
    if diagnostics.len() > MAX_SHOWN {
        text.push_str(&format!("... and {} more\n\n", diagnostics.len() - MAX_SHOWN));
    }
    text
}

/// The rule and why it exists, where the diagnostic does not say by itself how to mend it.
fn reason(diagnostic: &Diagnostic) -> Option<String> {
    let is_guess = diagnostic.suggestion.as_ref().is_some_and(|suggestion| suggestion.is_guess);
    let says_enough = !diagnostic.notes.is_empty() || is_guess;
    (!says_enough).then(|| diagnostic.code.explanation().join("\n"))
}

fn report<'a>(
    diagnostic: &'a Diagnostic,
    why: Option<String>,
    sources: &SourceMap,
) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.as_str());
    let main = Group::with_title(title)
        .elements(snippets(diagnostic, sources))
        .elements(notes(diagnostic, why, sources));
    let help = diagnostic.suggestion.as_ref().map(|suggestion| help(suggestion, sources));
    std::iter::once(main).chain(help).collect()
}

/// The culprit with the labels near it, then the labels in other files or far away.
fn snippets<'a>(diagnostic: &'a Diagnostic, sources: &SourceMap) -> Vec<Element<'a>> {
    let Some(culprit) = diagnostic.span else { return Vec::new() };
    let culprit = shortened(culprit, sources);
    let labels: Vec<_> = labels(diagnostic, sources).collect();
    let spans: Vec<Span> = labels.iter().map(|(span, _)| *span).collect();
    let window = Window::new(culprit, &spans, sources);
    let main = mark(&window, AnnotationKind::Primary, culprit, diagnostic.label.as_deref());
    let near = labels
        .iter()
        .filter_map(|&(span, message)| mark(&window, AnnotationKind::Context, span, Some(message)));
    let mut elements = snippet(&window, culprit, main.into_iter().chain(near), sources);
    for &(span, message) in labels.iter().filter(|(span, _)| window.range(*span).is_none()) {
        let window = Window::new(span, &[], sources);
        let label = mark(&window, AnnotationKind::Context, span, Some(message));
        elements.extend(snippet(&window, span, label, sources));
    }
    elements
}

fn labels<'a>(
    diagnostic: &'a Diagnostic,
    sources: &SourceMap,
) -> impl Iterator<Item = (Span, &'a str)> {
    let labels = diagnostic.labels.iter().map(|label| (label.span, label.message.as_str()));
    let sequel = diagnostic.sequel.iter();
    labels
        .chain(sequel.filter_map(|sequel| Some((sequel.span?, sequel.message.as_str()))))
        .map(|(span, message)| (shortened(span, sources), message))
}

fn mark<'a>(
    window: &Window,
    kind: AnnotationKind,
    span: Span,
    label: Option<&str>,
) -> Option<Annotation<'a>> {
    Some(kind.span(window.range(span)?).label(label.map(printable)))
}

fn snippet<'a>(
    window: &Window,
    culprit: Span,
    marks: impl IntoIterator<Item = Annotation<'a>>,
    sources: &SourceMap,
) -> Vec<Element<'a>> {
    let file = printable(&sources.file(culprit.file).name);
    let text = window.text.clone();
    let snippet = Snippet::source(text).line_start(window.line).annotations(marks);
    if window.starts_line {
        return vec![snippet.path(file).into()];
    }
    // Columns cannot be counted in a part of a line, so the place is given by itself.
    let place = sources.line_column(culprit);
    let origin = Origin::path(file).line(place.line).char_column(place.column);
    vec![origin.into(), snippet.into()]
}

fn shortened(span: Span, sources: &SourceMap) -> Span {
    let lines = sources.text(span).lines().count();
    match sources.text(span).lines().next() {
        Some(first) if lines > MAX_LINES => span.first_bytes(first.len() as u32),
        _ => span,
    }
}

fn notes<'a>(
    diagnostic: &Diagnostic,
    why: Option<String>,
    sources: &SourceMap,
) -> Vec<Element<'a>> {
    let definition = match &diagnostic.place {
        Place::Definition { meta, name } => Some(format!("in {meta} '{name}'")),
        Place::Token | Place::Line => None,
    };
    let chain = diagnostic.span.map(|span| sources.include_chain(span.file)).unwrap_or_default();
    let chain =
        chain.into_iter().rev().map(|by| format!("included from {}", file_and_line(by, sources)));
    let said = diagnostic.notes.iter().cloned().chain(why);
    definition
        .into_iter()
        .chain(said)
        .chain(chain)
        .map(|note| Level::NOTE.message(printable(&note)).into())
        .collect()
}

fn help<'a>(suggestion: &'a Suggestion, sources: &SourceMap) -> Group<'a> {
    let Suggestion { message, span, replacement, .. } = suggestion;
    let title = Level::HELP.secondary_title(printable(message));
    let window = Window::narrow(*span, sources);
    let replacement = printable(replacement);
    let patch = window.range(*span).map(|range| Patch::new(range, replacement));
    Group::with_title(title)
        .element(Snippet::source(window.text.clone()).line_start(window.line).patches(patch))
}
