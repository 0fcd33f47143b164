//! Documentation: the lines of a `##` block → [`Doc`].
//!
//! Two readers, because QEMU changed the format between 7.2 and 10.0: `sections` and `legacy`. They
//! report what is wrong with a block by itself and go on; whether what it describes exists, only
//! `schema` can tell. The text stays as written: it is rST, and whoever prints it reads that.

mod draft;
mod legacy;
mod lines;
mod sections;
mod style;

use crate::ast::DocBlock;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::dialect::{Dialect, DocChecks};
use crate::source::{Span, Spanned};

/// One documentation block, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// The definition it documents; `None` for a free-form block.
    pub symbol: Option<Spanned<String>>,
    /// The text before the first description or section; all of a free-form block.
    pub body: String,
    /// `@name:` descriptions of members, arguments, values and branches, in order.
    pub members: Vec<Described>,
    /// `@name:` descriptions under `Features:`, in order.
    pub features: Vec<Described>,
    /// What follows, in order.
    pub sections: Vec<Section>,
    /// From the first `##` to the last; QEMU names the line of the first.
    pub span: Span,
}

/// One `@name: text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// The name, at its own place; QEMU names its line.
    pub name: Spanned<String>,
    /// The text, without leading and trailing blank lines.
    pub text: String,
}

/// One section behind the descriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// The text, without leading and trailing blank lines.
    pub text: String,
    /// The line that opens it: the tag of a tagged section, the first text of a plain one.
    pub span: Span,
}

/// The kinds of section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// Without a tag.
    Plain,
    /// `Returns:`
    Returns,
    /// `Errors:`, since 9.0.
    Errors,
    /// `Since:`
    Since,
    /// `TODO:`
    Todo,
    /// `Note:`, up to 9.0.
    Note,
    /// `Notes:`, up to 9.0.
    Notes,
    /// `Example:`, up to 9.0.
    Example,
    /// `Examples:`, up to 9.0.
    Examples,
}

impl SectionKind {
    const ALL: [SectionKind; 9] = [
        SectionKind::Plain,
        SectionKind::Returns,
        SectionKind::Errors,
        SectionKind::Since,
        SectionKind::Todo,
        SectionKind::Note,
        SectionKind::Notes,
        SectionKind::Example,
        SectionKind::Examples,
    ];

    /// The kind as QEMU's schema dump prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            SectionKind::Plain => "Plain",
            SectionKind::Todo => "Todo",
            tagged => tagged.tag(),
        }
    }

    /// The word before the colon; empty for a plain section.
    pub fn tag(self) -> &'static str {
        match self {
            SectionKind::Plain => "",
            SectionKind::Returns => "Returns",
            SectionKind::Errors => "Errors",
            SectionKind::Since => "Since",
            SectionKind::Todo => "TODO",
            SectionKind::Note => "Note",
            SectionKind::Notes => "Notes",
            SectionKind::Example => "Example",
            SectionKind::Examples => "Examples",
        }
    }

    fn from_tag(tag: &str) -> Option<SectionKind> {
        Self::ALL.into_iter().find(|kind| !tag.is_empty() && kind.tag() == tag)
    }
}

impl Doc {
    /// The first section of a kind.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.kind == kind)
    }

    /// The description of a member.
    pub fn member(&self, name: &str) -> Option<&Described> {
        find(&self.members, name)
    }

    /// The description of a feature.
    pub fn feature(&self, name: &str) -> Option<&Described> {
        find(&self.features, name)
    }
}

fn find<'a>(descriptions: &'a [Described], name: &str) -> Option<&'a Described> {
    descriptions.iter().find(|described| described.name.value == name)
}

/// How to read documentation.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// Which language.
    pub dialect: Dialect,
    /// How strictly.
    pub checks: DocChecks,
}

/// Reads a block of the file with this text. There may be several docs in one up to QEMU 7.2, where
/// a heading starts a new one; none if the block is only a comment with too many `#`.
///
/// `behind` is what is wrong with the token behind the block, which QEMU's generator may look at
/// before it asks whether what the block opened has text.
pub fn read(
    block: &DocBlock,
    text: &str,
    rules: Rules,
    behind: Option<Diagnostic>,
    diagnostics: &mut Diagnostics,
) -> Vec<Doc> {
    match rules.checks {
        DocChecks::Off => {
            let mut unwanted = Diagnostics::default();
            let docs = match rules.dialect {
                Dialect::Qemu5_2 | Dialect::Qemu7_2 => {
                    legacy::read(block, text, rules.dialect, None, &mut unwanted)
                }
                _ => sections::read(block, text, rules.checks, None, &mut unwanted),
            };
            unwanted.take();
            behind.into_iter().for_each(|fault| diagnostics.push(fault));
            docs
        }
        DocChecks::Legacy => legacy::read(block, text, rules.dialect, behind, diagnostics),
        DocChecks::V10_0 | DocChecks::Strict => {
            sections::read(block, text, rules.checks, behind, diagnostics)
        }
    }
}
