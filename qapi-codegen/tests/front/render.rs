//! Places that are hard to print, and spans that no stage should make.

use qapi_codegen::diagnostic::{Code, Diagnostic};
use qapi_codegen::render::{Color, human, json, qemu};
use qapi_codegen::source::{FileId, SourceMap, Span};

fn file(text: &str) -> (SourceMap, FileId) {
    let mut sources = SourceMap::default();
    let id = sources.add("a.json".to_owned(), text.to_owned(), None);
    (sources, id)
}

fn at(file: FileId, start: u32, end: u32) -> Diagnostic {
    Diagnostic::at_token(Code::StrayCharacter, Span { file, start, end }, "stray 'x'")
}

#[test]
fn qemu_does_not_count_a_tab_at_the_start_of_a_group_of_eight() {
    for (text, column) in [("\t\tx", 1), ("ab\tx", 3), ("12345678\tx", 1), ("äöx", 3)] {
        let (sources, id) = file(text);
        let start = text.find('x').expect("the culprit is there") as u32;
        let expected = format!("a.json:1:{column}: stray 'x'\n");
        assert_eq!(qemu(&[at(id, start, start + 1)], &sources), expected, "{text:?}");
    }
}

#[test]
fn every_kind_of_line_end_counts() {
    let (sources, id) = file("a\r\nb\rc\nx");
    assert_eq!(qemu(&[at(id, 7, 8)], &sources), "a.json:4:1: stray 'x'\n");
    assert!(human(&[at(id, 7, 8)], &sources, Color::Never).contains("\n4 | x\n"));
}

#[test]
fn qemu_prints_the_first_error_and_no_warning() {
    let (sources, id) = file("x\nx");
    let warning = at(id, 0, 1).warning();
    assert_eq!(
        qemu(&[warning.clone(), at(id, 2, 3), at(id, 0, 1)], &sources),
        "a.json:2:1: stray 'x'\n"
    );
    assert_eq!(qemu(&[warning], &sources), "");
}

#[test]
fn no_span_is_too_strange() {
    let (sources, id) = file("ä\n{ 'a': 'ö' }\n");
    for start in 0..20 {
        for end in [0, start, start + 1, 9, 17, u32::MAX] {
            let strange = Span { file: id, start, end };
            let diagnostic = at(id, start, end).also(strange, "here").suggest(strange, "so", "x");
            for found in
                [diagnostic.clone(), diagnostic.culprit(Span { start: 5, end: 6, ..strange })]
            {
                assert!(!human(std::slice::from_ref(&found), &sources, Color::Always).is_empty());
                assert!(!json(std::slice::from_ref(&found), &sources).is_empty());
                assert!(!qemu(&[found], &sources).is_empty());
            }
        }
    }
}

#[test]
fn a_line_of_a_megabyte_is_shown_in_part() {
    let (sources, id) = file(&"x ".repeat(1 << 19));
    let text = human(&[at(id, 600_000, 600_001)], &sources, Color::Never);
    assert!(text.contains("a.json:1:600001"), "{text}");
    assert!(text.len() < 1000);
}

#[test]
fn a_sequel_has_a_place_of_its_own() {
    let (sources, id) = file("{ }\n{ }");
    let place = |start| Span { file: id, start, end: start + 1 };
    let sequel = Diagnostic::in_definition(
        Code::StrayCharacter,
        ("command", "foo", place(0)),
        place(0),
        "previous definition",
    );
    let first = Diagnostic::in_definition(
        Code::StrayCharacter,
        ("command", "foo", place(4)),
        place(4),
        "'foo' is already defined",
    );
    let expected = "a.json: In command 'foo':\n\
                    a.json:2: 'foo' is already defined\n\
                    a.json: In command 'foo':\n\
                    a.json:1: previous definition\n";
    assert_eq!(qemu(&[first.followed_by(sequel)], &sources), expected);
}

#[test]
fn nothing_in_a_message_reaches_the_terminal_as_a_command() {
    let (sources, id) = file("\x1b[31m");
    let message = at(id, 0, 5).label("\x1b[31m").note("\x1b[31m").suggest(
        Span { file: id, start: 0, end: 0 },
        "\x1b[31m",
        "\x1b[31m",
    );
    assert!(!human(&[message], &sources, Color::Never).contains('\x1b'));
}
