//! The documentation of an item, left out. No derive reads it, and it is most of what generated code
//! consists of: docs/cost.md says what it takes to parse it.

use proc_macro::{Delimiter, Group, TokenStream, TokenTree};

/// The item without the documentation of itself, its fields and its variants.
pub(crate) fn without(item: TokenStream) -> TokenStream {
    let mut rest: Vec<TokenTree> = Vec::new();
    for token in item {
        match token {
            TokenTree::Group(group) if is_doc(&rest, &group) => {
                rest.pop();
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                rest.push(TokenTree::Group(inside(&group)));
            }
            token => rest.push(token),
        }
    }
    rest.into_iter().collect()
}

fn inside(group: &Group) -> Group {
    let mut inside = Group::new(group.delimiter(), without(group.stream()));
    inside.set_span(group.span());
    inside
}

/// Whether a group completes `#[doc …]`.
fn is_doc(before: &[TokenTree], group: &Group) -> bool {
    let is_attribute = group.delimiter() == Delimiter::Bracket
        && matches!(before.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
    is_attribute
        && matches!(
            group.stream().into_iter().next(),
            Some(TokenTree::Ident(name)) if name.to_string() == "doc"
        )
}
