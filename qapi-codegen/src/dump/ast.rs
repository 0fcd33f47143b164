//! What the files of a schema say before anyone asks what it means.

use super::lines::Lines;
use super::place::in_file;
use crate::ast::{DocEnd, Item, Object, Value};
use crate::diagnostic::Diagnostics;
use crate::dialect::Dialect;
use crate::parse;
use crate::source::SourceMap;

/// The items of every file, a line per value, members below their object.
///
/// What is wrong with the text is not repeated here: whoever loaded the sources has reported it.
pub fn ast(sources: &SourceMap, dialect: Dialect) -> String {
    let mut printer = Printer { sources, out: Lines::default() };
    for (id, file) in sources.files() {
        printer.out.line(0, format!("file {}", file.name));
        let mut known = Diagnostics::default();
        let items = parse::file(&file.text, id, dialect, &mut known).items;
        known.take();
        for item in &items {
            printer.item(item);
        }
    }
    printer.out.finish()
}

struct Printer<'a> {
    sources: &'a SourceMap,
    out: Lines,
}

impl Printer<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Object(object) => {
                let place = in_file(object.span, self.sources);
                self.object(1, &format!("{place} "), object);
            }
            Item::Doc(block) => {
                let place = in_file(block.span, self.sources);
                let end = match block.end {
                    DocEnd::Closed(_) => "",
                    DocEnd::Missing(_) => ", not closed",
                    DocEnd::Broken => ", broken",
                };
                let lines = block.lines.len();
                self.out.line(1, format!("{place} documentation, {lines} lines{end}"));
            }
            Item::Broken(span) => {
                let place = in_file(*span, self.sources);
                self.out.line(1, format!("{place} broken"));
            }
        }
    }

    /// The parser bounds how deep values nest, so recursion is safe here.
    fn object(&mut self, depth: usize, before: &str, object: &Object) {
        self.out.line(depth, format!("{before}object"));
        for member in &object.members {
            let place = in_file(member.name.span, self.sources);
            let before = format!("{place} '{}': ", member.name.value);
            self.value(depth + 1, &before, &member.value);
        }
    }

    fn value(&mut self, depth: usize, before: &str, value: &Value) {
        match value {
            Value::Object(object) => self.object(depth, before, object),
            Value::List(list) => {
                self.out.line(depth, format!("{before}list"));
                for element in &list.value {
                    let place = in_file(element.span(), self.sources);
                    self.value(depth + 1, &format!("{place} "), element);
                }
            }
            Value::String(text) => {
                self.out.line(depth, format!("{before}'{}'", text.replace('\\', "\\\\")));
            }
            Value::Bool(value) => self.out.line(depth, format!("{before}{}", value.value)),
        }
    }
}
