//! Items → the text of a file, as a person would lay it out.
//!
//! Each item is formatted by itself and its documentation put in afterwards: docs/cost.md says what a
//! file in one piece, with documentation as tokens, took.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{TokenStreamExt, quote};

use super::name;

/// Something at the root of a file.
pub(super) enum Piece {
    /// Items.
    Items(TokenStream),
    /// A module: the empty module, and what is to stand in it.
    Module { head: TokenStream, items: Vec<TokenStream> },
}

/// What documentation stands for among tokens: a text that no schema's documentation begins with,
/// and the number of a page.
pub(super) const MARK: char = '\u{1}';

/// The text that stands for a page of documentation.
pub(super) fn mark(page: usize) -> String {
    format!("{MARK}{page}")
}

/// Formats what a file consists of, with a blank line between each two items. `pages` are what the
/// [`mark`]s stand for, line by line.
pub(super) fn text(pieces: Vec<Piece>, pages: &[Vec<String>]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Items(items) => text.push_str(&formatted(items)),
            Piece::Module { head, items } => add_module(&mut text, head, items),
        }
    }
    finished(&text, pages)
}

fn formatted(items: TokenStream) -> String {
    let file = syn::parse2(items).expect("what the emitters print is a list of items");
    prettyplease::unparse(&file)
}

fn add_module(text: &mut String, head: TokenStream, items: Vec<TokenStream>) {
    let empty = formatted(head);
    text.push_str(empty.trim_end().strip_suffix('}').unwrap_or(&empty));
    text.push('\n');
    for item in items {
        // In a module of its own, since its lines are the shorter for standing in one.
        let alone = formatted(in_a_module(item));
        let inside = alone.split_once('\n').map_or("", |(_, behind)| behind);
        text.push_str(inside.trim_end().strip_suffix('}').unwrap_or(inside));
    }
    text.push_str("}\n");
}

/// `mod m { … }`, without a copy of what is in it.
fn in_a_module(items: TokenStream) -> TokenStream {
    let name = name::any_module();
    let mut module = quote!(mod #name);
    module.append(Group::new(Delimiter::Brace, items));
    module
}

/// With documentation where its marks are, and with blank lines: prettyplease sets items one below
/// the other.
fn finished(text: &str, pages: &[Vec<String>]) -> String {
    let mut finished = String::with_capacity(text.len() * 2);
    let mut before = "";
    for line in text.lines() {
        if is_border(before, line) {
            finished.push('\n');
        }
        match marked(line, pages) {
            Some((margin, page)) => add_page(&mut finished, margin, page),
            None => add_line(&mut finished, &[line]),
        }
        before = line;
    }
    finished
}

/// The margin and the page of a line of documentation.
fn marked<'a>(line: &'a str, pages: &'a [Vec<String>]) -> Option<(&'a str, &'a [String])> {
    let (margin, page) = line.split_once("///")?;
    let page: usize = page.strip_prefix(MARK)?.parse().ok()?;
    Some((margin, pages.get(page)?))
}

fn add_page(text: &mut String, margin: &str, page: &[String]) {
    for line in page {
        let space = if line.is_empty() { "" } else { " " };
        add_line(text, &[margin, "///", space, line]);
    }
}

fn add_line(text: &mut String, parts: &[&str]) {
    text.extend(parts.iter().copied());
    text.push('\n');
}

/// Whether an item ends with the line `before` and the next one starts with `line`.
fn is_border(before: &str, line: &str) -> bool {
    let (last, first) = (before.trim_start(), line.trim_start());
    let same_level = before.len() - last.len() == line.len() - first.len();
    let is_text = last.starts_with("//");
    let ends = !is_text && (last == "}" || last.ends_with("{}") || last.ends_with(';'));
    let starts = ["///", "#[", "pub ", "impl", "fn "];
    // The header of a file is followed by its first item.
    let is_first = before.is_empty() && !line.is_empty();
    is_first || same_level && ends && starts.iter().any(|start| first.starts_with(start))
}
