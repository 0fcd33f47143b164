//! How QEMU's messages call a definition: `struct 'Name'`.
//!
//! Its generator notes the definition at hand once a line. So where several start on one line, all
//! messages after parsing name the last of them.

use std::collections::HashMap;

use crate::expr::Item;
use crate::expr::definition::Definition;
use crate::source::{SourceMap, Span};

/// The headings of definitions that do not have their own.
#[derive(Debug, Default)]
pub(super) struct Headings {
    borrowed: HashMap<Span, (&'static str, String)>,
}

impl Headings {
    /// Finds the definitions that share a line.
    pub(super) fn of(items: &[Item], sources: &SourceMap) -> Headings {
        let mut headings = Headings::default();
        // From the end: the definition behind this one, and the last one on its line.
        let mut behind: Option<(Span, &Definition)> = None;
        for definition in items.iter().rev().filter_map(definition) {
            let last = match behind {
                Some((next, last)) if sources.share_line(definition.span, next) => {
                    let heading = (last.meta(), last.name.value.clone());
                    headings.borrowed.insert(definition.span, heading);
                    last
                }
                _ => definition,
            };
            behind = Some((definition.span, last));
        }
        headings
    }

    /// The heading of a definition that goes by another's.
    pub(super) fn borrowed(&self, definition: &Definition) -> Option<(&'static str, String)> {
        self.borrowed.get(&definition.span).cloned()
    }

    /// What a definition is called: its meta key and its name.
    pub(super) fn heading<'a>(&'a self, definition: &'a Definition) -> (&'static str, &'a str) {
        match self.borrowed.get(&definition.span) {
            Some((meta, name)) => (meta, name),
            None => (definition.meta(), &definition.name),
        }
    }
}

fn definition(item: &Item) -> Option<&Definition> {
    match item {
        Item::Definition(definition) => Some(definition),
        Item::Include(_) | Item::FreeForm(_) => None,
    }
}
