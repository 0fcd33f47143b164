//! How QEMU's messages call a definition: `struct 'Name'`.
//!
//! Its generator notes the definition at hand once a line. So where several start on one line, all
//! messages after parsing name the last of them.

use std::collections::HashMap;

use crate::expr::Item;
use crate::expr::definition::Definition;
use crate::source::{FileId, SourceMap, Span};

/// The last heading of every line on which several definitions start or could.
#[derive(Debug, Default)]
pub(super) struct Headings {
    by_line: HashMap<(FileId, usize), Heading>,
    lines: HashMap<Span, usize>,
}

/// A meta key and a name.
type Heading = (&'static str, String);

impl Headings {
    /// Finds the headings of all lines.
    pub(super) fn of(items: &[Item], sources: &SourceMap) -> Headings {
        let mut headings = Headings::default();
        for definition in items.iter().filter_map(definition) {
            let (span, name) = (definition.span, definition.name.value.clone());
            let line = sources.line(span);
            headings.by_line.insert((span.file, line), (definition.meta(), name));
            headings.lines.insert(span, line);
            if let Some(doc) = &definition.doc {
                headings.lines.insert(doc.span, sources.line(doc.span));
            }
        }
        headings
    }

    /// The heading that a definition goes by, where that is another's.
    pub(super) fn borrowed(&self, definition: &Definition) -> Option<Heading> {
        let heading = self.at(definition.span)?;
        (heading.1 != definition.name.value).then(|| heading.clone())
    }

    /// What a definition is called: its meta key and its name.
    pub(super) fn heading<'a>(&'a self, definition: &'a Definition) -> (&'static str, &'a str) {
        match self.at(definition.span) {
            Some((meta, name)) => (meta, name),
            None => (definition.meta(), &definition.name),
        }
    }

    /// The heading of the line on which a definition or its documentation starts.
    pub(super) fn at(&self, span: Span) -> Option<&Heading> {
        self.by_line.get(&(span.file, *self.lines.get(&span)?))
    }
}

fn definition(item: &Item) -> Option<&Definition> {
    match item {
        Item::Definition(definition) => Some(definition),
        Item::Include(_) | Item::FreeForm(_) => None,
    }
}
