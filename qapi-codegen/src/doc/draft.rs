//! A [`Doc`] in the making: whatever is open takes the next line of text.

use std::collections::HashMap;

use super::{Described, Doc, Section, SectionKind};
use crate::source::{Span, Spanned};

/// The doc so far.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) doc: Doc,
    open: Part,
    /// Everything with a header, in the order of the text.
    order: Vec<Part>,
    /// Where each member, feature and kind of section is described first. A block can have very
    /// many, so that looking through the doc each time would not do.
    members: HashMap<String, Span>,
    features: HashMap<String, Span>,
    sections: HashMap<SectionKind, Span>,
}

/// A part of a doc that has text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The body.
    Body,
    /// The description of the member with this index.
    Member(usize),
    /// The description of the feature with this index.
    Feature(usize),
    /// The section with this index.
    Section(usize),
    /// Something that was reported and is left out.
    Nothing,
}

impl Draft {
    /// A doc with nothing in it.
    pub(super) fn new(span: Span, symbol: Option<Spanned<String>>) -> Self {
        let (members, features, sections) = (Vec::new(), Vec::new(), Vec::new());
        let doc = Doc { symbol, body: String::new(), members, features, sections, span };
        Draft {
            doc,
            open: Part::Body,
            order: Vec::new(),
            members: HashMap::new(),
            features: HashMap::new(),
            sections: HashMap::new(),
        }
    }

    /// What takes the next line.
    pub(super) fn open(&self) -> Part {
        self.open
    }

    /// The parts behind the body, in the order of the text.
    pub(super) fn order(&self) -> &[Part] {
        &self.order
    }

    /// Where a member of that name is described already.
    pub(super) fn member(&self, name: &str) -> Option<Span> {
        self.members.get(name).copied()
    }

    /// Where a feature of that name is described already.
    pub(super) fn feature(&self, name: &str) -> Option<Span> {
        self.features.get(name).copied()
    }

    /// Where the first section of that kind opens.
    pub(super) fn section(&self, kind: SectionKind) -> Option<Span> {
        self.sections.get(&kind).copied()
    }

    /// Adds a line to the open part.
    pub(super) fn append(&mut self, line: &str) {
        if let Some(text) = self.text_mut(self.open) {
            text.push_str(line);
            text.push('\n');
        }
    }

    /// Opens the description of a member.
    pub(super) fn begin_member(&mut self, name: Spanned<String>) {
        self.begin(Part::Member(self.doc.members.len()));
        self.members.entry(name.value.clone()).or_insert(name.span);
        self.doc.members.push(Described { name, text: String::new() });
    }

    /// Opens the description of a feature.
    pub(super) fn begin_feature(&mut self, name: Spanned<String>) {
        self.begin(Part::Feature(self.doc.features.len()));
        self.features.entry(name.value.clone()).or_insert(name.span);
        self.doc.features.push(Described { name, text: String::new() });
    }

    /// Opens a section.
    pub(super) fn begin_section(&mut self, kind: SectionKind, span: Span) {
        self.begin(Part::Section(self.doc.sections.len()));
        self.sections.entry(kind).or_insert(span);
        self.doc.sections.push(Section { kind, text: String::new(), span });
    }

    /// Drops text until the next part is opened.
    pub(super) fn begin_nothing(&mut self) {
        self.open = Part::Nothing;
    }

    fn begin(&mut self, part: Part) {
        self.open = part;
        self.order.push(part);
    }

    /// The text of a part so far.
    pub(super) fn text(&self, part: Part) -> &str {
        match part {
            Part::Body => &self.doc.body,
            Part::Member(index) => &self.doc.members[index].text,
            Part::Feature(index) => &self.doc.features[index].text,
            Part::Section(index) => &self.doc.sections[index].text,
            Part::Nothing => "",
        }
    }

    /// The text of a part, unless it is dropped.
    pub(super) fn text_mut(&mut self, part: Part) -> Option<&mut String> {
        match part {
            Part::Body => Some(&mut self.doc.body),
            Part::Member(index) => Some(&mut self.doc.members[index].text),
            Part::Feature(index) => Some(&mut self.doc.features[index].text),
            Part::Section(index) => Some(&mut self.doc.sections[index].text),
            Part::Nothing => None,
        }
    }

    /// The doc, each text without what `trim` takes from both of its ends.
    pub(super) fn finish(mut self, trim: fn(&str) -> &str) -> Doc {
        for part in std::iter::once(Part::Body).chain(std::mem::take(&mut self.order)) {
            if let Some(text) = self.text_mut(part) {
                *text = trim(text).to_owned();
            }
        }
        self.doc
    }
}
