//! Reads the `#[qapi(…)]` attributes of one site against the grammar. In: attributes and the site
//! they stand at. Out: the keys given and their values; everything that does not fit is a mistake.
//! What the keys mean is `lower`'s business.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, LitStr, Meta, Path, Token, Type};

use crate::grammar::{self, Key, Row, Site, Takes};
use crate::mistake::{Mistakes, mistake};
use crate::suggest::nearest;

/// The keys given at one site.
#[derive(Default)]
pub(crate) struct Attributes {
    entries: Vec<Entry>,
}

/// One key and its value.
struct Entry {
    row: &'static Row,
    word: Ident,
    value: Value,
}

/// What stood behind a key.
enum Value {
    Nothing,
    Text(LitStr),
    Path(Path),
    Type(Type),
}

impl Attributes {
    /// Whether a key was given.
    pub(crate) fn has(&self, key: Key) -> bool {
        self.entry(key).is_some()
    }

    /// The text of a key.
    pub(crate) fn text(&self, key: Key) -> Option<&LitStr> {
        match &self.entry(key)?.value {
            Value::Text(text) => Some(text),
            Value::Nothing | Value::Path(_) | Value::Type(_) => None,
        }
    }

    /// The path of a key.
    pub(crate) fn path(&self, key: Key) -> Option<&Path> {
        match &self.entry(key)?.value {
            Value::Path(path) => Some(path),
            Value::Nothing | Value::Text(_) | Value::Type(_) => None,
        }
    }

    /// The type of a key.
    pub(crate) fn ty(&self, key: Key) -> Option<&Type> {
        match &self.entry(key)?.value {
            Value::Type(ty) => Some(ty),
            Value::Nothing | Value::Text(_) | Value::Path(_) => None,
        }
    }

    fn entry(&self, key: Key) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.row.key == key)
    }
}

/// Reads the attributes of `owner`, which stands at `site`.
pub(crate) fn read(
    mistakes: &mut Mistakes,
    attributes: &[Attribute],
    site: Site,
    owner: &dyn ToTokens,
) -> Attributes {
    let mut read = Attributes::default();
    let before = mistakes.len();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("qapi")) {
        for entry in read_attribute(mistakes, attribute, site) {
            add(mistakes, &mut read, entry, site);
        }
    }
    // A key that could not be read is not missing as well.
    if mistakes.len() == before {
        check_required(mistakes, &read, site, owner);
    }
    read
}

/// The entries of one attribute that fit the grammar.
fn read_attribute(mistakes: &mut Mistakes, attribute: &Attribute, site: Site) -> Vec<Entry> {
    let mut entries = Vec::new();
    match &attribute.meta {
        Meta::List(list) => {
            let parser = |input: ParseStream<'_>| read_list(mistakes, input, site, &mut entries);
            if let Err(error) = parser.parse2(list.tokens.clone()) {
                mistakes.push(error);
            }
        }
        Meta::Path(_) | Meta::NameValue(_) => mistakes.at(
            attribute,
            "the keys of `qapi` stand in parentheses",
            format!("write `#[qapi(…)]`; {}", site_takes(site)),
        ),
    }
    entries
}

/// Entries between commas. A mistake costs its own entry only.
fn read_list(
    mistakes: &mut Mistakes,
    input: ParseStream<'_>,
    site: Site,
    entries: &mut Vec<Entry>,
) -> syn::Result<()> {
    while !input.is_empty() {
        match read_entry(input, site) {
            Ok(entry) => entries.push(entry),
            Err(error) => mistakes.push(error),
        }
        skip_to_comma(input)?;
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(())
}

fn read_entry(input: ParseStream<'_>, site: Site) -> syn::Result<Entry> {
    let word = input.call(Ident::parse_any).map_err(|_| input.error("expected a key"))?;
    let row = allowed_row(&word, site)?;
    let value = read_value(input, row, &word)?;
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error("expected `,`"));
    }
    Ok(Entry { row, word, value })
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// The row of a key, if it may stand at this site.
fn allowed_row(word: &Ident, site: Site) -> syn::Result<&'static Row> {
    let name = word.to_string();
    match grammar::row(&name) {
        Some(row) if row.sites.contains(&site) => Ok(row),
        Some(row) => {
            let message = format!("`{name}` does not belong on {site}");
            Err(mistake(word, message, right_place(row, site)))
        }
        None => Err(mistake(
            word,
            format!("unknown key `{name}` on {site}"),
            unknown_key_help(&name, site),
        )),
    }
}

fn right_place(row: &Row, site: Site) -> String {
    if site == Site::Payload {
        return "keys stand in front of the variant or the struct that holds the field".to_owned();
    }
    format!("it belongs on {}", alternatives(row.sites.iter().map(Site::to_string)))
}

fn unknown_key_help(name: &str, site: Site) -> String {
    let names = || grammar::rows_at(site).map(|row| row.name);
    if let Some(instead) = grammar::foreign(name) {
        return instead.to_owned();
    }
    if let Some(near) = nearest(name, names()) {
        return format!("did you mean `{near}`?");
    }
    site_takes(site)
}

/// "a member takes `name`, `branch` or `rest`"
fn site_takes(site: Site) -> String {
    let keys = alternatives(grammar::rows_at(site).map(|row| format!("`{}`", row.name)));
    format!("{site} takes {}", if keys.is_empty() { "no keys" } else { &keys })
}

/// Joins as English does: `a, b or c`.
fn alternatives(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

fn read_value(input: ParseStream<'_>, row: &Row, word: &Ident) -> syn::Result<Value> {
    let given = !input.is_empty() && !input.peek(Token![,]);
    if row.takes == Takes::Nothing {
        return if given { Err(takes_nothing(row, word)) } else { Ok(Value::Nothing) };
    }
    if input.parse::<Option<Token![=]>>()?.is_none() {
        return Err(takes_other(row, word));
    }
    let start = input.fork();
    let value = match row.takes {
        Takes::Nothing => Ok(Value::Nothing),
        Takes::Text => input.parse().map(Value::Text),
        Takes::Path => read_path(input).map(Value::Path),
        Takes::Type if input.peek(LitStr) => return Err(no_quotes(row, &input.parse()?)),
        Takes::Type => input.parse().map(Value::Type),
    };
    value.map_err(|_| takes_other(row, value_or_key(&start, word)))
}

fn takes_nothing(row: &Row, word: &Ident) -> syn::Error {
    mistake(word, format!("`{}` takes no value", row.name), "the key alone says it")
}

fn takes_other(row: &Row, place: impl ToTokens) -> syn::Error {
    let expected = match row.takes {
        Takes::Nothing => "no value",
        Takes::Text => "a text",
        Takes::Path => "a path",
        Takes::Type => "a type",
    };
    mistake(place, format!("`{}` takes {expected}", row.name), format!("write `{}`", row.example))
}

fn no_quotes(row: &Row, text: &LitStr) -> syn::Error {
    mistake(
        text,
        format!("`{}` takes a type, not a text", row.name),
        format!("write it without quotes: `{} = {}`", row.name, text.value()),
    )
}

/// The tokens up to the next comma; the key's own if there are none.
fn value_or_key(start: ParseStream<'_>, word: &Ident) -> TokenStream {
    let mut value = TokenStream::new();
    while !start.is_empty() && !start.peek(Token![,]) {
        value.extend(start.parse::<TokenTree>());
    }
    if value.is_empty() { word.to_token_stream() } else { value }
}

/// A path, or a text that holds one, as other derives take it.
fn read_path(input: ParseStream<'_>) -> syn::Result<Path> {
    if input.peek(LitStr) {
        return input.parse::<LitStr>()?.parse_with(Path::parse_mod_style);
    }
    input.call(Path::parse_mod_style)
}

/// Adds an entry, unless the key is there already. A member or a variant takes one key at most: its
/// keys are the different things that it can be.
fn add(mistakes: &mut Mistakes, read: &mut Attributes, entry: Entry, site: Site) {
    let name = entry.row.name;
    if read.has(entry.row.key) {
        mistakes.at(&entry.word, format!("`{name}` is given twice"), "keep one of them");
        return;
    }
    match (site, read.entries.first()) {
        (Site::Item(_), _) | (_, None) => read.entries.push(entry),
        (_, Some(first)) => mistakes.at(
            &entry.word,
            format!("`{}` and `{name}` exclude each other", first.row.name),
            format!("{site} is one or the other"),
        ),
    }
}

fn check_required(mistakes: &mut Mistakes, read: &Attributes, site: Site, owner: &dyn ToTokens) {
    for row in grammar::rows_at(site).filter(|row| row.required.contains(&site)) {
        if !read.has(row.key) {
            let message = format!("{site} needs the key `{}`", row.name);
            mistakes.at(owner, message, format!("add `#[qapi({})]`", row.example));
        }
    }
}
