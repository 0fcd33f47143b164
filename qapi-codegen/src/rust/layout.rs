//! Tokens → the text of a file, as a person would lay it out.

use proc_macro2::TokenStream;

/// Formats items, with a blank line between each two.
pub(super) fn text(items: TokenStream) -> String {
    let file = syn::parse2(items).expect("what the emitters print is a list of items");
    spaced(&prettyplease::unparse(&file))
}

/// prettyplease sets items one below the other without a blank line.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 16);
    let mut before = "";
    for line in text.lines() {
        if is_border(before, line) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        before = line;
    }
    spaced
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
