//! The documentation of one item, put together from descriptions and facts, as attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::bindings::Bindings;
use super::super::rest::{self, References};
use super::super::ty::Seat;
use super::super::{Docs, Role};
use super::facts;
use super::links::Links;
use crate::doc::{Described, Doc, SectionKind};
use crate::schema::types::{Common, Feature};

/// The documentation of one item, growing.
pub(super) struct Page<'a> {
    docs: Docs,
    links: Links<'a>,
    lines: Vec<String>,
}

impl<'a> Page<'a> {
    pub(super) fn new(bindings: &'a Bindings<'a>, seat: Seat) -> Self {
        Page { docs: bindings.options.docs, links: Links { bindings, seat }, lines: Vec::new() }
    }

    /// The description of a definition, notes and examples with it.
    pub(super) fn opening(&mut self, common: &Common, otherwise: &str) {
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
    pub(super) fn summary(&mut self, doc: Option<&Doc>, otherwise: &str) {
        let body = doc.map_or("", |doc| &doc.body);
        self.paragraph(rest::first_paragraph(body, &self.links));
        if self.lines.is_empty() {
            self.sentence(otherwise.to_owned());
        }
    }

    pub(super) fn described(&mut self, described: Option<&Described>, otherwise: &str) {
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

    pub(super) fn section(&mut self, common: &Common, kind: SectionKind, title: &str) {
        let section = common.doc.as_ref().and_then(|doc| doc.section(kind));
        if let (Docs::Full, Some(section)) = (self.docs, section) {
            self.sentence(format!("# {title}"));
            self.text(&rest::unindented(&section.text));
        }
    }

    /// The features of a definition, and those of its members that it describes.
    pub(super) fn features(&mut self, common: &Common) {
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

    /// The name of a definition, as a link where there is something to link to.
    pub(super) fn link(&self, name: &str) -> String {
        self.links.definition(name).unwrap_or_else(|| format!("`{name}`"))
    }

    fn text(&mut self, text: &str) {
        self.paragraph(rest::markdown(text, &self.links));
    }

    /// What the schema says of any definition, and since when there is one.
    pub(super) fn facts_of(&self, common: &Common) -> Vec<String> {
        let mut facts = facts::of_definition(common);
        let since = common.doc.as_ref().and_then(|doc| doc.section(SectionKind::Since));
        let since = since.map(|since| rest::first_paragraph(&since.text, &self.links).join(" "));
        let since = since.filter(|since| !since.is_empty());
        facts.extend(since.map(|since| format!("Since {}.", since.trim_end_matches('.'))));
        facts
    }

    /// Where Rust does not say that something is deprecated, the text does.
    pub(super) fn facts(&mut self, features: &[Feature], mut facts: Vec<String>) {
        let is_silent = self.links.bindings.options.role == Role::Server;
        if is_silent && facts::has(features, "deprecated") {
            facts.insert(0, "**Deprecated.**".to_owned());
        }
        self.paragraph(facts);
    }

    pub(super) fn sentence(&mut self, sentence: String) {
        self.paragraph(vec![sentence]);
    }

    fn paragraph(&mut self, lines: Vec<String>) {
        if !lines.is_empty() && !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// One attribute that stands for all of it until the file is laid out.
    pub(super) fn emit(self) -> TokenStream {
        if self.docs == Docs::Off {
            return TokenStream::new();
        }
        let lines = self.lines.into_iter().map(|line| match line.contains('\t') {
            true => line.replace('\t', "    "),
            false => line,
        });
        let mark = self.links.bindings.keep_page(lines.collect());
        quote!(#[doc = #mark])
    }
}
