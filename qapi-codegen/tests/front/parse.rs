//! What the corpus cannot show: how much is reported, how deep it goes, what other dialects say.

use qapi_codegen::ast::Item;
use qapi_codegen::diagnostic::Diagnostics;
use qapi_codegen::dialect::Dialect;
use qapi_codegen::parse::{MAX_DEPTH, file};
use qapi_codegen::source::SourceMap;

fn messages(text: &str, dialect: Dialect) -> Vec<String> {
    let id = SourceMap::default().add(String::new(), String::new(), None);
    let mut diagnostics = Diagnostics::default();
    file(text, id, dialect, &mut diagnostics);
    diagnostics.take().into_iter().map(|diagnostic| diagnostic.message).collect()
}

#[test]
fn each_wrong_expression_is_reported_once() {
    let text = "{ 'a': }\n{ 'b': 'x' 'y', 'z' }\n{ 'c': [ 1, 2, 3 }\n{ 'd': 'x' }\n] }\n{ 'e' }\n";
    let expected = [
        "expected '{', '[', string, or boolean",
        "expected ',' or '}'",
        "stray '1'",
        "expected '{', '[', string, or boolean",
        "expected ':'",
    ];
    assert_eq!(messages(text, Dialect::Extended), expected);
}

#[test]
fn a_block_after_a_wrong_expression_is_a_block() {
    let id = SourceMap::default().add(String::new(), String::new(), None);
    let mut diagnostics = Diagnostics::default();
    let text = "{ 'a': \n##\n# @b:\n##\n{ 'command': 'b' }";
    let items = file(text, id, Dialect::Extended, &mut diagnostics).items;
    assert_eq!(diagnostics.take().len(), 1);
    assert!(matches!(items[..], [Item::Broken(_), Item::Doc(_), Item::Object(_)]));
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| format!("{{ 'a': {}{} }}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(messages(&nested(MAX_DEPTH - 1), Dialect::Extended), [""; 0]);
    let expected = ["nested more than 400 levels deep"];
    assert_eq!(messages(&nested(MAX_DEPTH), Dialect::Extended), expected);
    assert_eq!(messages(&nested(100_000), Dialect::Extended), expected);
    assert_eq!(messages(&"{ 'a': ".repeat(100_000), Dialect::Extended), expected);
}

#[test]
fn qemu_5_2_wants_braces_at_once_and_names_null() {
    assert_eq!(messages("'a'", Dialect::Qemu5_2), ["expected '{'"]);
    assert_eq!(messages("'a'", Dialect::Qemu7_2), ["top-level expression must be an object"]);
    let expected = ["expected '{', '[', ']', string, boolean or 'null'"];
    assert_eq!(messages("{ 'a': [ , ] }", Dialect::Qemu5_2), expected);
}

#[test]
fn literals_are_taken_by_their_prefix() {
    assert_eq!(messages("{ 'a': trueish }", Dialect::Extended), ["stray 'ish'"]);
}

#[test]
fn white_space_is_unicodes() {
    assert_eq!(messages("{\u{a0}'a'\u{2003}:\u{b}true\u{1c}}", Dialect::Extended), [""; 0]);
    assert_eq!(messages("\u{feff}{ 'a': true }", Dialect::Extended), ["stray '\u{feff}'"]);
}

#[test]
fn a_string_is_not_longer_than_a_path_can_be() {
    let named = |length: usize| format!("{{ 'command': '{}' }}", "a".repeat(length));
    assert_eq!(messages(&named(4096), Dialect::Extended), Vec::<String>::new());
    let expected = ["string of more than 4096 bytes"];
    assert_eq!(messages(&named(4097), Dialect::Extended), expected);
}
