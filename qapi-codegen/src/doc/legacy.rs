//! Documentation as QEMU up to 7.2 reads it.
//!
//! Text is aligned with what stands behind its header; a heading starts a new doc.

use super::draft::{Draft, Part};
use super::lines::{Line, Lines};
use super::{Described, Doc, SectionKind};
use crate::ast::{DocBlock, DocEnd};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Dialect;
use crate::source::{Span, Spanned, is_space};

/// Reads a block.
pub(super) fn read(
    block: &DocBlock,
    text: &str,
    dialect: Dialect,
    behind: Option<Diagnostic>,
    diagnostics: &mut Diagnostics,
) -> Vec<Doc> {
    let mut lines = Lines::new(block, text, diagnostics);
    let mut reader = Reader {
        block,
        dialect,
        docs: Vec::new(),
        draft: Draft::new(block.span, None),
        area: Area::Body,
        indent: 0,
        diagnostics,
    };
    while let Some(line) = lines.next(reader.diagnostics) {
        reader.line(line);
    }
    // A token that is wrong in place of a line stops QEMU's generator before the last part ends.
    let (before, after) = match block.end {
        DocEnd::Broken => (behind, None),
        DocEnd::Closed(_) | DocEnd::Missing(_) => (None, behind),
    };
    before.into_iter().for_each(|fault| reader.diagnostics.push(fault));
    reader.close_part(lines.end());
    reader.close_doc();
    after.into_iter().for_each(|fault| reader.diagnostics.push(fault));
    let no_block = block.lines.is_empty() && block.end == DocEnd::Broken;
    if no_block { Vec::new() } else { reader.docs }
}

struct Reader<'a, 'd> {
    block: &'a DocBlock,
    dialect: Dialect,
    /// The docs before the one in the making.
    docs: Vec<Doc>,
    draft: Draft,
    area: Area,
    /// Where the text of the open part starts.
    indent: usize,
    diagnostics: &'d mut Diagnostics,
}

/// Which headers may come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    Body,
    Members,
    Features,
    Sections,
}

impl Reader<'_, '_> {
    fn line(&mut self, line: Line<'_>) {
        if line.text.starts_with('=') {
            self.heading(line);
        }
        match self.area {
            Area::Body if self.draft.doc.symbol.is_none() => self.free_form(line),
            Area::Body => self.body(line),
            Area::Members | Area::Features => self.descriptions(line),
            Area::Sections => self.sections(line),
        }
    }

    /// A heading is a doc of its own, with the text that follows it.
    fn heading(&mut self, line: Line<'_>) {
        if self.draft.doc.symbol.is_some() {
            let message = "unexpected '=' markup in definition documentation";
            self.diagnostics.push(line.error(Code::DocHeading, message));
        } else if !self.draft.doc.body.is_empty() {
            self.close_doc();
        }
    }

    fn close_doc(&mut self) {
        let next = Draft::new(self.block.span, None);
        let done = std::mem::replace(&mut self.draft, next);
        self.docs.push(done.finish(|text| text.trim_matches(is_space)));
    }

    fn free_form(&mut self, line: Line<'_>) {
        if self.draft.doc.body.is_empty() && line.text.starts_with('@') {
            self.symbol(line);
        } else {
            self.text(line);
        }
    }

    fn symbol(&mut self, line: Line<'_>) {
        let symbol = line.symbol();
        if !line.text.ends_with(':') {
            self.diagnostics.push(line.symbol_without_colon(&symbol));
        } else if symbol.is_empty() {
            let message = match self.dialect {
                Dialect::Qemu5_2 => "invalid name",
                _ => "name required after '@'",
            };
            self.diagnostics.push(line.error(Code::DocNameLine, message));
        }
        self.draft.doc.symbol = Some(symbol);
    }

    fn body(&mut self, line: Line<'_>) {
        if header(line.text).is_some() {
            self.area = Area::Members;
            self.descriptions(line);
        } else if line.text == "Features:" {
            self.area = Area::Features;
        } else if tag(line.text).is_some() {
            self.area = Area::Sections;
            self.sections(line);
        } else {
            self.text(line);
        }
    }

    fn descriptions(&mut self, line: Line<'_>) {
        if let Some((word, text)) = header(line.text) {
            self.describe(line, word, text);
        } else if tag(line.text).is_some() {
            self.area = Area::Sections;
            self.sections(line);
        } else if !self.starts_paragraph(line) {
            self.text(line);
        } else if self.area == Area::Members && line.text == "Features:" {
            self.area = Area::Features;
        } else {
            self.close_part(line.span);
            self.draft.begin_section(SectionKind::Plain, line.span);
            self.indent = 0;
            self.area = Area::Sections;
            self.sections(line);
        }
    }

    /// Whether a line at the margin stands behind a blank one.
    fn starts_paragraph(&self, line: Line<'_>) -> bool {
        self.draft.text(self.draft.open()).ends_with("\n\n")
            && line.text.starts_with(|first| !is_space(first))
    }

    fn describe(&mut self, line: Line<'_>, word: &str, text: &str) {
        let name = Spanned::new(word.to_owned(), line.part(1..1 + word.len()));
        let error = self.name_error(line, &name);
        let wrong = error.is_some();
        error.into_iter().for_each(|error| self.diagnostics.push(error));
        self.close_part(line.span);
        match self.area {
            _ if wrong => self.draft.begin_nothing(),
            Area::Features => self.draft.begin_feature(name),
            _ => self.draft.begin_member(name),
        }
        self.header_text(line, text);
    }

    fn name_error(&self, line: Line<'_>, name: &Spanned<String>) -> Option<Diagnostic> {
        if name.is_empty() {
            return Some(line.error(Code::DocInvalidName, "invalid parameter name"));
        }
        let first = match self.area {
            Area::Features => self.draft.feature(&name.value),
            _ => self.draft.member(&name.value),
        }?;
        let message = format!("'{}' parameter name duplicated", name.value);
        let error = line.error(Code::DocDuplicateName, message);
        Some(error.also(first, "first described here"))
    }

    fn sections(&mut self, line: Line<'_>) {
        if let Some((word, _)) = header(line.text) {
            let first = self.draft.doc.sections.first();
            let first = first.map_or(SectionKind::Plain, |first| first.kind);
            let message = format!("'@{word}:' can't follow '{}' section", name(first));
            self.diagnostics.push(line.error(Code::DocMisplacedDescription, message));
            self.draft.begin_nothing();
        } else if let Some((kind, text)) = tag(line.text) {
            self.section(line, kind, text);
        } else {
            self.text(line);
        }
    }

    fn section(&mut self, line: Line<'_>, kind: SectionKind, text: &str) {
        let unique = matches!(kind, SectionKind::Returns | SectionKind::Since);
        let first = self.draft.section(kind).filter(|_| unique);
        if let Some(first) = first {
            let message = format!("duplicated '{}' section", kind.tag());
            let error = line.error(Code::DocDuplicateSection, message);
            self.diagnostics.push(error.also(first, "the first one"));
        }
        self.close_part(line.span);
        match first {
            Some(_) => self.draft.begin_nothing(),
            None => self.draft.begin_section(kind, line.span),
        }
        self.header_text(line, text);
    }

    /// The text on a header's line. What follows is aligned with it, if there is any.
    fn header_text(&mut self, line: Line<'_>, text: &str) {
        let before = &line.text[..line.text.len() - text.len()];
        self.indent = if text.is_empty() { 0 } else { before.chars().count() };
        self.draft.append(text.trim_end_matches(is_space));
    }

    fn text(&mut self, line: Line<'_>) {
        if let Some(word) = looks_like_header(line.text) {
            let message = format!("'{word}' not allowed in free-form documentation");
            self.diagnostics.push(line.error(Code::DocFreeFormDescription, message));
        }
        if !line.is_blank() && line.indent() < self.indent {
            let message =
                format!("unexpected de-indent (expected at least {} spaces)", self.indent);
            self.diagnostics.push(line.error(Code::DocIndent, message));
            self.indent = 0;
        }
        let aligned =
            line.text.char_indices().nth(self.indent).map_or("", |(at, _)| &line.text[at..]);
        self.draft.append(aligned.trim_end_matches(is_space));
    }

    /// Checks that the open part has text. QEMU places the error at what comes next.
    fn close_part(&mut self, next: Span) {
        let (name, header) = match self.draft.open() {
            Part::Member(index) => named(&self.draft.doc.members[index]),
            Part::Feature(index) => named(&self.draft.doc.features[index]),
            Part::Section(index) => {
                let section = &self.draft.doc.sections[index];
                (section.kind.tag(), section.span)
            }
            Part::Body | Part::Nothing => return,
        };
        if self.draft.text(self.draft.open()).trim_matches(is_space).is_empty() {
            let message = format!("empty doc section '{name}'");
            self.diagnostics
                .push(Diagnostic::at_token(Code::DocTextRequired, next, message).culprit(header));
        }
    }
}

fn named(described: &Described) -> (&str, Span) {
    (&described.name.value, described.name.span)
}

/// A section's name in messages.
fn name(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Plain => "None",
        tagged => tagged.tag(),
    }
}

/// The name and the text of a line `@name: text`; the name has no blank.
fn header(text: &str) -> Option<(&str, &str)> {
    let word = text.split(' ').next()?;
    let name = word.strip_prefix('@')?.strip_suffix(':')?;
    Some((name, text[word.len()..].trim_start_matches(is_space)))
}

/// The tag that is a line's first word, and the text behind it.
fn tag(text: &str) -> Option<(SectionKind, &str)> {
    let word = text.split(' ').next()?;
    let kind = SectionKind::from_tag(word.strip_suffix(':')?)?;
    let known = kind != SectionKind::Errors;
    known.then(|| (kind, text[word.len()..].trim_start_matches(is_space)))
}

/// What QEMU takes for a header where none may be: `@`, anything but blanks, a colon.
fn looks_like_header(text: &str) -> Option<&str> {
    let word = text.split(is_space).next()?;
    let colon = word.rfind(':')?;
    (word.starts_with('@') && colon > 1).then(|| &word[..=colon])
}
