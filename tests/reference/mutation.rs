//! A schema → the same with a few small mistakes, as a person or a tool may make them.

use qapi_tests::random::Random;

/// Words that mean something somewhere.
const WORDS: &[&str] = &[
    "'data'",
    "'base'",
    "'discriminator'",
    "'returns'",
    "'if'",
    "'features'",
    "'name'",
    "'type'",
    "'prefix'",
    "'boxed'",
    "'gen'",
    "'success-response'",
    "'allow-oob'",
    "'allow-preconfig'",
    "'coroutine'",
    "'struct'",
    "'union'",
    "'enum'",
    "'alternate'",
    "'command'",
    "'event'",
    "'include'",
    "'pragma'",
    "'documentation-exceptions'",
    "'command-returns-exceptions'",
    "'str'",
    "'int'",
    "'bool'",
    "'any'",
    "'null'",
    "'number'",
    "'size'",
    "'QType'",
    "'q_empty'",
    "'strList'",
    "'deprecated'",
    "'unstable'",
    "'all'",
    "'any'",
    "'not'",
    "'*opt'",
    "'a_b'",
    "'A'",
    "'a-b'",
    "'aB'",
    "'u'",
    "'has-x'",
    "'q_x'",
    "'__org.qemu_x-y'",
    "'x-y'",
    "'1'",
    "'on'",
    "''",
    "'doc-required'",
    "'Foo'",
    "'FooList'",
    "'FOO'",
    "'foo_bar'",
    "'CONFIG_X'",
    "'config'",
    "{ 'all': [ 'A', 'B' ] }",
    "{ 'not': 'A' }",
    "{ 'any': [] }",
    "'defined(A)'",
    "[ 'defined(A)', 'B' ]",
    "' '",
    "[]",
    "{}",
    "true",
    "false",
    "[ 'str' ]",
    "[ 'int', 'str' ]",
    "{ 'type': 'str' }",
    "{ 'a': 'str' }",
    "{ 'type': 'str', 'if': 'A' }",
    "{ 'name': 'a', 'if': 'A' }",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "'",
    "#",
    "##",
    "\"x\"",
    "null",
    "12",
    "\\",
    "\t",
    "trueish",
];

/// Lines that mean something in documentation.
const LINES: &[&str] = &[
    "##",
    "#",
    "# @a: text",
    "# @a:",
    "# @:",
    "# @a b: text",
    "# @foo:",
    "# Features:",
    "# Returns: x",
    "# Returns:",
    "# Errors: x",
    "# Since: 1.0",
    "# TODO: x",
    "# Note: x",
    "# Notes::",
    "# Example:",
    "# Example::",
    "# = Heading",
    "# == Heading",
    "#     indented",
    "#   less",
    "# text.  More.",
    "# text. More.",
    "# e.g. This",
    "#x",
    "#\ttab",
    "# .. qmp-example::",
    "## junk",
    "# ::",
    "# text ::",
    "#  @a: x",
    "# @a : x",
    "# Since 1.0",
    "# - @a: x",
    "# 1. One",
    "",
    "# a line of documentation that is a good deal longer than seventy columns allow it",
    "# https://example.org/a/line/that/is/longer/than/seventy/columns/but/has/no/blank",
];

/// The text with one to three mistakes.
pub fn mutate(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        text = match random.below(9) {
            0..=4 => token(&text, other, random),
            5..=7 => line(&text, other, random),
            _ => character(&text, random),
        };
    }
    text
}

fn token(text: &str, other: &str, random: &mut Random) -> String {
    let mut tokens = split(text);
    let places = significant(&tokens);
    if places.is_empty() {
        return text.to_owned();
    }
    let at = places[random.below(places.len())];
    match random.below(7) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, tokens[at]),
        2 => tokens.swap(at, places[random.below(places.len())]),
        3 => tokens[at] = tokens[places[random.below(places.len())]],
        4 => tokens[at] = random.pick(WORDS),
        5 => tokens.insert(at, random.pick(WORDS)),
        _ => {
            let others = split(other);
            if let [_, ..] = *significant(&others) {
                tokens[at] = others[significant(&others)[random.below(significant(&others).len())]];
            }
        }
    }
    tokens.concat()
}

/// Which tokens are neither white space nor comments.
fn significant(tokens: &[&str]) -> Vec<usize> {
    let counts = |token: &str| !token.starts_with(char::is_whitespace) && !token.starts_with('#');
    (0..tokens.len()).filter(|&at| counts(tokens[at])).collect()
}

/// Tokens and what is between them; together the whole text.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => rest[1..].find(['\'', '\n']).map_or(rest.len(), |end| end + 2),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            _ if "[]{}:,".contains(first) => 1,
            _ if first.is_whitespace() => {
                rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len())
            }
            _ => rest
                .find(|c: char| c.is_whitespace() || "[]{}:,'#".contains(c))
                .unwrap_or(rest.len()),
        };
        let (part, left) = rest.split_at(length.max(first.len_utf8()));
        parts.push(part);
        rest = left;
    }
    parts
}

fn line(text: &str, other: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let others: Vec<&str> = other.split_inclusive('\n').collect();
    if lines.is_empty() || others.is_empty() {
        return text.to_owned();
    }
    let at = random.below(lines.len());
    let new;
    match random.below(7) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at]),
        2 => lines.swap(at, random.below(text.lines().count().max(1))),
        3 => lines.insert(at, others[random.below(others.len())]),
        4 => {
            new = lines[at].replacen("# ", random.pick(&["#", "#  ", "#     ", "# @"]), 1);
            lines[at] = &new;
        }
        _ => {
            new = format!("{}\n", random.pick(LINES));
            lines.insert(at, &new);
        }
    }
    lines.concat()
}

fn character(text: &str, random: &mut Random) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if characters.is_empty() {
        return text.to_owned();
    }
    let at = random.below(characters.len());
    let odd =
        ['\'', '\\', '\t', '\r', '\u{b}', '\u{a0}', 'é', '\u{1f600}', '_', '-', 'X', '0', ' '];
    match random.below(4) {
        0 => drop(characters.remove(at)),
        1 => characters.insert(at, odd[random.below(odd.len())]),
        2 => characters[at] = odd[random.below(odd.len())],
        _ => characters.swap(at, random.below(text.chars().count())),
    }
    characters.into_iter().collect()
}
