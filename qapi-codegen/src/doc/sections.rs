//! Documentation as QEMU 10.0 and 10.2 read it.
//!
//! A part starts only at the first line with text behind a blank one, or where indented text ends.

use super::draft::{Draft, Part};
use super::lines::{Line, Lines};
use super::style::Style;
use super::{Doc, SectionKind};
use crate::ast::{DocBlock, DocEnd};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::DocChecks;
use crate::source::{Span, Spanned};

/// Reads a block.
pub(super) fn read(
    block: &DocBlock,
    text: &str,
    checks: DocChecks,
    behind: Option<Diagnostic>,
    diagnostics: &mut Diagnostics,
) -> Vec<Doc> {
    let mut reader = Reader {
        lines: Lines::new(block, text, diagnostics),
        style: (checks == DocChecks::Strict).then(Style::default),
        headings: checks == DocChecks::V10_0,
        draft: Draft::new(block.span, None),
        place: Place::Start,
        group: None,
        members_done: false,
        diagnostics,
    };
    let no_block = block.lines.is_empty() && block.end == DocEnd::Broken;
    match reader.next() {
        Some(line) if line.text.starts_with('@') => reader.definition(line),
        first => reader.free_form(first),
    }
    reader.end(behind, block.end);
    if no_block { Vec::new() } else { vec![reader.draft.finish(|text| text.trim_matches('\n'))] }
}

struct Reader<'a, 'd> {
    lines: Lines<'a>,
    /// Checks style, if that is to be checked.
    style: Option<Style>,
    /// Whether a line that starts with `=` is a heading.
    headings: bool,
    draft: Draft,
    place: Place,
    /// Of what descriptions follow each other.
    group: Option<Group>,
    /// Whether descriptions of members would come too late.
    members_done: bool,
    diagnostics: &'d mut Diagnostics,
}

/// What the last line leaves open.
#[derive(Clone, Copy)]
enum Place {
    /// Nothing.
    Start,
    /// A paragraph: it goes on to the next blank line.
    Paragraph,
    /// The text behind a header: it goes on if the next line with text is indented.
    Header,
    /// Indented text: it goes on while lines are indented as much.
    Indented {
        /// How much.
        indent: usize,
        /// Whether there was only one such line. QEMU reports a smaller indent only right behind
        /// the first; later ones end the text.
        first: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Members,
    Features,
}

impl<'a> Reader<'a, '_> {
    fn next(&mut self) -> Option<Line<'a>> {
        let line = self.lines.next(self.diagnostics)?.trimmed();
        if let Some(style) = &mut self.style {
            style.check(line, self.diagnostics);
        }
        Some(line)
    }

    fn free_form(&mut self, first: Option<Line<'a>>) {
        let mut line = first;
        let mut behind_first = false;
        while let Some(current) = line {
            if let Some(header) = Header::of(current) {
                let message =
                    format!("'@{}:' not allowed in free-form documentation", header.name.value);
                self.diagnostics.push(current.error(Code::DocFreeFormDescription, message));
            } else if self.headings && behind_first && current.text.starts_with('=') {
                let message = "'=' heading must come first in a comment block";
                self.diagnostics.push(current.error(Code::DocHeading, message));
            }
            self.draft.append(current.text);
            behind_first = true;
            line = self.next();
        }
    }

    fn definition(&mut self, first: Line<'a>) {
        self.draft.doc.symbol = Some(self.symbol(first));
        while let Some(line) = self.next() {
            self.line(line);
        }
    }

    /// A token that is wrong in place of a line stops QEMU's generator at once; one behind the block,
    /// before it checks texts.
    fn end(&mut self, fault: Option<Diagnostic>, end: DocEnd) {
        let (in_place, behind) = match end {
            DocEnd::Broken => (fault, None),
            DocEnd::Closed(_) | DocEnd::Missing(_) => (None, fault),
        };
        in_place.into_iter().for_each(|fault| self.diagnostics.push(fault));
        let end = Diagnostic::at_token(Code::DocFeaturesEmpty, self.lines.end(), NO_FEATURES);
        self.leave_group(end);
        behind.into_iter().for_each(|fault| self.diagnostics.push(fault));
        self.check_texts();
    }

    fn symbol(&mut self, line: Line<'a>) -> Spanned<String> {
        let symbol = line.symbol();
        if !line.text.ends_with(':') {
            self.diagnostics.push(line.symbol_without_colon(&symbol));
        } else if symbol.is_empty() {
            self.diagnostics.push(line.error(Code::DocNameLine, "name required after '@'"));
        }
        symbol
    }

    fn line(&mut self, line: Line<'a>) {
        match self.place {
            Place::Paragraph if line.is_blank() => self.place = Place::Start,
            Place::Paragraph => self.draft.append(line.text),
            Place::Header if line.is_blank() => self.draft.append(line.text),
            Place::Header if line.indent() > 0 => {
                self.draft.append(line.text);
                self.place = Place::Indented { indent: line.indent(), first: true };
            }
            Place::Indented { indent, first } if Header::of(line).is_none() => {
                self.indented(line, indent, first);
            }
            _ if line.is_blank() => {}
            _ => self.start(line),
        }
    }

    /// A line behind indented text.
    fn indented(&mut self, line: Line<'a>, indent: usize, first: bool) {
        let continues = line.is_blank() || line.indent() >= indent;
        if !continues && !first {
            return self.start(line);
        }
        if !continues {
            let message = format!("unexpected de-indent (expected at least {indent} spaces)");
            self.diagnostics.push(line.error(Code::DocIndent, message));
        }
        self.draft.append(line.text);
        self.place = Place::Indented { indent, first: false };
    }

    /// A line that starts a part.
    fn start(&mut self, line: Line<'a>) {
        let header = Header::of(line);
        if let (Some(group), Some(header)) = (self.group, &header) {
            return self.describe(group, header);
        }
        self.leave_group(line.error(Code::DocFeaturesEmpty, NO_FEATURES));
        if line.text == "Features:" {
            self.features(line);
        } else if let Some(header) = header {
            self.members(line, &header);
        } else if let Some((kind, text)) = tag(line.text) {
            self.section(line, kind, text);
        } else {
            self.paragraph(line);
        }
    }

    fn leave_group(&mut self, if_empty: Diagnostic) {
        if self.group.take() == Some(Group::Features) && self.draft.doc.features.is_empty() {
            self.diagnostics.push(if_empty);
        }
    }

    fn features(&mut self, line: Line<'a>) {
        if let Some(first) = self.draft.doc.features.first() {
            self.diagnostics.push(
                line.error(Code::DocDuplicateSection, "duplicated 'Features:' line")
                    .also(first.name.span, "features are described here already"),
            );
        }
        self.group = Some(Group::Features);
        self.members_done = true;
        self.draft.begin_nothing();
        self.place = Place::Start;
    }

    fn members(&mut self, line: Line<'a>, header: &Header<'a>) {
        if self.members_done {
            let message = format!("description of '@{}:' follows a section", header.name.value);
            self.diagnostics.push(line.error(Code::DocMisplacedDescription, message));
            self.draft.begin_nothing();
            self.place = Place::Header;
            return;
        }
        self.group = Some(Group::Members);
        self.members_done = true;
        self.describe(Group::Members, header);
    }

    fn describe(&mut self, group: Group, header: &Header<'a>) {
        let first = match group {
            Group::Members => self.draft.member(&header.name.value),
            Group::Features => self.draft.feature(&header.name.value),
        };
        if let Some(error) = name_error(&header.name, first) {
            self.diagnostics.push(error);
            self.draft.begin_nothing();
        } else if group == Group::Members {
            self.draft.begin_member(header.name.clone());
        } else {
            self.draft.begin_feature(header.name.clone());
        }
        self.header_text(header.text);
    }

    fn section(&mut self, line: Line<'a>, kind: SectionKind, text: &str) {
        if let Some(message) = obsolete(kind) {
            self.diagnostics.push(line.error(Code::DocObsoleteSection, message));
        }
        let first = self.draft.section(kind).filter(|_| is_unique(kind));
        if let Some(first) = first {
            let message = format!("duplicated '{}' section", kind.as_str());
            self.diagnostics.push(
                Diagnostic::at_line(Code::DocDuplicateSection, line.span, message)
                    .also(first, "the first one"),
            );
            self.draft.begin_nothing();
        } else {
            self.draft.begin_section(kind, line.span);
        }
        self.members_done = true;
        self.header_text(text);
    }

    fn header_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.draft.append(text);
        }
        self.place = Place::Header;
    }

    fn paragraph(&mut self, line: Line<'a>) {
        if self.headings && line.text.starts_with('=') {
            let message = "unexpected '=' markup in definition documentation";
            self.diagnostics.push(line.error(Code::DocHeading, message));
        }
        if self.in_plain_text() {
            self.draft.append("");
        } else {
            self.draft.begin_section(SectionKind::Plain, line.span);
        }
        self.draft.append(line.text);
        self.place = Place::Paragraph;
    }

    fn in_plain_text(&self) -> bool {
        match self.draft.open() {
            Part::Body => true,
            Part::Section(index) => self.draft.doc.sections[index].kind == SectionKind::Plain,
            Part::Member(_) | Part::Feature(_) | Part::Nothing => false,
        }
    }

    /// QEMU checks at the end of the block that what has a header has text.
    fn check_texts(&mut self) {
        for &part in self.draft.order() {
            let doc = &self.draft.doc;
            let (what, span) = match part {
                Part::Member(index) => ("Member", doc.members[index].name.span),
                Part::Feature(index) => ("Feature", doc.features[index].name.span),
                // Of a section that is obsolete as such there is no more to say.
                Part::Section(index) if obsolete(doc.sections[index].kind).is_some() => continue,
                Part::Section(index) => {
                    (doc.sections[index].kind.as_str(), doc.sections[index].span)
                }
                Part::Body | Part::Nothing => continue,
            };
            if self.draft.text(part).trim_matches('\n').is_empty() {
                let message = format!("text required after '{what}:'");
                self.diagnostics.push(Diagnostic::at_line(Code::DocTextRequired, span, message));
            }
        }
    }
}

const NO_FEATURES: &str = "feature descriptions expected";

/// `@name: text`
struct Header<'a> {
    name: Spanned<String>,
    text: &'a str,
}

impl<'a> Header<'a> {
    /// The header that a line is. The name may be anything, also several words.
    fn of(line: Line<'a>) -> Option<Header<'a>> {
        let (name, text) = line.text.strip_prefix('@')?.split_once(':')?;
        let span: Span = line.part(1..1 + name.len());
        Some(Header {
            name: Spanned::new(name.to_owned(), span),
            text: text.trim_start_matches(' '),
        })
    }
}

fn name_error(name: &Spanned<String>, first: Option<Span>) -> Option<Diagnostic> {
    if name.is_empty() {
        let message = "invalid parameter name";
        return Some(Diagnostic::at_line(Code::DocInvalidName, name.span, message));
    }
    let message = format!("'{}' parameter name duplicated", name.value);
    let error = Diagnostic::at_line(Code::DocDuplicateName, name.span, message);
    first.map(|first| error.also(first, "first described here"))
}

/// The tag that a line starts with, and the text behind it. With two colons it is plain rST.
fn tag(text: &str) -> Option<(SectionKind, &str)> {
    let (tag, text) = text.split_once(':')?;
    let kind = SectionKind::from_tag(tag)?;
    (!text.starts_with(':')).then(|| (kind, text.trim_start_matches(' ')))
}

fn is_unique(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Returns | SectionKind::Errors | SectionKind::Since)
}

fn obsolete(kind: SectionKind) -> Option<String> {
    let instead = match kind {
        SectionKind::Note | SectionKind::Notes => {
            "Please use rST's '.. note::' or '.. admonition:: notes' directives, or another suitable \
             admonition instead."
        }
        SectionKind::Example | SectionKind::Examples => {
            "Please use the '.. qmp-example::' directive, or other suitable markup instead."
        }
        _ => return None,
    };
    Some(format!("The '{}' section is no longer supported. {instead}", kind.tag()))
}
