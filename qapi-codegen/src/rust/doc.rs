//! Rustdoc of generated items: what the schema says of them, and what it says beside its
//! documentation: features, conditions, capabilities.

mod facts;
mod links;

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::Bindings;
use super::rest::{self, References};
use super::ty::Seat;
use super::{Docs, Role};
use crate::doc::{Described, Doc, SectionKind};
use crate::schema::types::{Branch, Command, Common, EnumValue, Event, Feature, Member};
use links::Links;

/// A type. `what` says which, for one that the schema does not describe.
pub(super) fn emit_type(bindings: &Bindings, common: &Common, what: &str) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    page.opening(common, &format!("The {what} `{}`.", common.name));
    page.facts(&common.features, facts::of_definition(common));
    page.features(common);
    page.emit()
}

/// A command's struct.
pub(super) fn emit_command(bindings: &Bindings, command: &Command) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Commands);
    let common = &command.common;
    page.opening(common, &format!("The command `{}`.", common.name));
    let mut facts = facts::of_command(command);
    if let Some(envelope) = command.envelope {
        let name = page.links.definition(bindings.schema.name_of(envelope)).unwrap_or_default();
        facts.push(format!("The answer may have the members of {name} beside `return`."));
    }
    facts.extend(facts::of_definition(common));
    page.facts(&common.features, facts);
    page.section(common, SectionKind::Returns, "Returns");
    page.section(common, SectionKind::Errors, "Errors");
    page.features(common);
    page.emit()
}

/// An event's struct.
pub(super) fn emit_event(bindings: &Bindings, event: &Event) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Events);
    let common = &event.common;
    page.opening(common, &format!("The event `{}`.", common.name));
    let mut facts: Vec<String> =
        event.capability.as_deref().map(facts::needs).into_iter().collect();
    facts.extend(facts::of_definition(common));
    page.facts(&common.features, facts);
    page.features(common);
    page.emit()
}

/// What stands for a command or an event elsewhere: the first paragraph, and where the rest is.
pub(super) fn emit_summary(
    bindings: &Bindings,
    common: &Common,
    what: &str,
    path: &str,
) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    page.summary(common.doc.as_ref(), &format!("The {what} `{}`.", common.name));
    page.sentence(format!("See [`{path}`]."));
    page.emit()
}

/// A member; `owner` is what the schema describes it with.
pub(super) fn emit_member(
    bindings: &Bindings,
    owner: &Common,
    member: &Member,
    seat: Seat,
) -> TokenStream {
    let mut page = Page::new(bindings, seat);
    let described = owner.doc.as_ref().and_then(|doc| doc.member(&member.name));
    page.described(described, &format!("The member `{}`.", member.name));
    page.facts(&member.features, facts::of_member(member));
    page.emit()
}

/// A value of an enum.
pub(super) fn emit_value(bindings: &Bindings, owner: &Common, value: &EnumValue) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    let described = owner.doc.as_ref().and_then(|doc| doc.member(&value.name));
    page.described(described, &format!("The value `{}`.", value.name));
    page.facts(&value.features, facts::of_value(value));
    page.emit()
}

/// A union's branch: what the schema says of the value of the tag that selects it.
pub(super) fn emit_case(
    bindings: &Bindings,
    tag: &Common,
    value: &EnumValue,
    case: &Branch,
) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    let described = tag.doc.as_ref().and_then(|doc| doc.member(&value.name));
    page.described(described, &format!("The branch `{}`.", case.name));
    let mut facts = facts::of_value(value);
    facts.extend(facts::of_branch(case).filter(|fact| !facts.contains(fact)));
    page.facts(&value.features, facts);
    page.emit()
}

/// A branch of an alternate.
pub(super) fn emit_branch(bindings: &Bindings, owner: &Common, branch: &Branch) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    let described = owner.doc.as_ref().and_then(|doc| doc.member(&branch.name));
    page.described(described, &format!("The branch `{}`.", branch.name));
    page.facts(&[], facts::of_branch(branch).into_iter().collect());
    page.emit()
}

/// Something that no schema describes.
pub(super) fn emit_sentence(bindings: &Bindings, sentence: &str) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    page.sentence(sentence.to_owned());
    page.emit()
}

/// `#[deprecated]` for what has that feature, where clients are to be told. `doc` is that of the
/// definition, which says what to use instead.
pub(super) fn emit_deprecated(
    bindings: &Bindings,
    features: &[Feature],
    doc: Option<&Doc>,
) -> Option<TokenStream> {
    if !is_deprecated(bindings, features) {
        return None;
    }
    let note = doc.and_then(|doc| doc.feature("deprecated"));
    Some(match note.map(|note| rest::plain(&note.text)) {
        Some(note) if !note.is_empty() => quote!(#[deprecated(note = #note)]),
        _ => quote!(#[deprecated]),
    })
}

/// Whether something is `#[deprecated]` in Rust.
pub(super) fn is_deprecated(bindings: &Bindings, features: &[Feature]) -> bool {
    bindings.options.role != Role::Server && facts::has(features, "deprecated")
}

/// For an item that must name something deprecated.
pub(super) fn emit_allow(names_deprecated: bool) -> Option<TokenStream> {
    names_deprecated.then(|| quote!(#[allow(deprecated)]))
}

/// The documentation of one item, growing.
struct Page<'a> {
    docs: Docs,
    links: Links<'a>,
    lines: Vec<String>,
}

impl<'a> Page<'a> {
    fn new(bindings: &'a Bindings<'a>, seat: Seat) -> Self {
        Page { docs: bindings.options.docs, links: Links { bindings, seat }, lines: Vec::new() }
    }

    /// The description of a definition, notes and examples with it.
    fn opening(&mut self, common: &Common, otherwise: &str) {
        let (Docs::Full, Some(doc)) = (self.docs, &common.doc) else {
            return self.summary(common.doc.as_ref(), otherwise);
        };
        self.text(&doc.body);
        if self.lines.is_empty() {
            self.sentence(otherwise.to_owned());
        }
        for section in &doc.sections {
            match section.kind {
                SectionKind::Plain => self.text(&section.text),
                SectionKind::Note | SectionKind::Notes => {
                    self.sentence(format!("**{}:**", section.kind.as_str()));
                    self.text(&section.text);
                }
                SectionKind::Example | SectionKind::Examples => {
                    self.sentence(format!("{}:", section.kind.as_str()));
                    self.paragraph(rest::example(&section.text));
                }
                SectionKind::Returns | SectionKind::Errors => {}
                SectionKind::Since | SectionKind::Todo => {}
            }
        }
    }

    /// The first paragraph of a definition.
    fn summary(&mut self, doc: Option<&Doc>, otherwise: &str) {
        let body = doc.map_or("", |doc| &doc.body);
        self.paragraph(rest::first_paragraph(body, &self.links));
        if self.lines.is_empty() {
            self.sentence(otherwise.to_owned());
        }
    }

    fn described(&mut self, described: Option<&Described>, otherwise: &str) {
        if let Some(described) = described {
            let text = rest::unindented(&described.text);
            match self.docs {
                Docs::Full => self.text(&text),
                Docs::Brief | Docs::Off => {
                    self.paragraph(rest::first_paragraph(&text, &self.links));
                }
            }
        }
        if self.lines.is_empty() {
            self.sentence(otherwise.to_owned());
        }
    }

    fn section(&mut self, common: &Common, kind: SectionKind, title: &str) {
        let section = common.doc.as_ref().and_then(|doc| doc.section(kind));
        if let (Docs::Full, Some(section)) = (self.docs, section) {
            self.sentence(format!("# {title}"));
            self.text(&rest::unindented(&section.text));
        }
    }

    /// The features of a definition, and those of its members that it describes.
    fn features(&mut self, common: &Common) {
        let described = common.doc.as_ref().map_or(&[][..], |doc| &doc.features);
        if self.docs != Docs::Full || common.features.is_empty() && described.is_empty() {
            return;
        }
        self.sentence("# Features".to_owned());
        let mut lines: Vec<String> =
            described.iter().flat_map(|described| self.feature(described)).collect();
        let is_described =
            |feature: &&Feature| described.iter().any(|named| named.name.value == feature.name);
        let others = common.features.iter().filter(|feature| !is_described(feature));
        lines.extend(others.map(|feature| format!("- `{}`", feature.name)));
        self.paragraph(lines);
    }

    /// One item of the list. What does not start with a sentence starts on a line of its own.
    fn feature(&self, Described { name, text }: &Described) -> Vec<String> {
        let text = rest::unindented(text);
        let name = format!("- `{}`:", name.value);
        let mut lines = rest::markdown(&text, &self.links);
        let starts_with_sentence = !rest::first_paragraph(&text, &self.links).is_empty();
        let first = match starts_with_sentence {
            true => vec![format!("{name} {}", lines.remove(0))],
            false => vec![name, String::new()],
        };
        let further = lines.iter().map(|line| format!("  {line}").trim_end().to_owned());
        first.into_iter().chain(further).collect()
    }

    fn text(&mut self, text: &str) {
        self.paragraph(rest::markdown(text, &self.links));
    }

    /// Where Rust does not say that something is deprecated, the text does.
    fn facts(&mut self, features: &[Feature], mut facts: Vec<String>) {
        let is_silent = self.links.bindings.options.role == Role::Server;
        if is_silent && facts::has(features, "deprecated") {
            facts.insert(0, "**Deprecated.**".to_owned());
        }
        self.paragraph(facts);
    }

    fn sentence(&mut self, sentence: String) {
        self.paragraph(vec![sentence]);
    }

    fn paragraph(&mut self, lines: Vec<String>) {
        if !lines.is_empty() && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// One attribute a line: prettyplease prints more than one line as `/** */`.
    fn emit(self) -> TokenStream {
        if self.docs == Docs::Off {
            return TokenStream::new();
        }
        let lines = self.lines.into_iter().map(|line| match line.is_empty() {
            true => line,
            false => format!(" {}", line.replace('\t', "    ")),
        });
        lines.map(|line| quote!(#[doc = #line])).collect()
    }
}
