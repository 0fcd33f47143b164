//! What only some levels and dialects say, and what text is kept.

use qapi_codegen::ast::{DocBlock, Item};
use qapi_codegen::diagnostic::Diagnostics;
use qapi_codegen::dialect::{Dialect, DocChecks};
use qapi_codegen::doc::{Doc, Rules, SectionKind, read};
use qapi_codegen::parse;
use qapi_codegen::render;
use qapi_codegen::source::SourceMap;

/// Reads the block in a text; the errors as `LINE[:COLUMN]: MESSAGE`.
fn docs(text: &str, dialect: Dialect, checks: DocChecks) -> (Vec<Doc>, Vec<String>) {
    let mut sources = SourceMap::default();
    let id = sources.add("f".to_owned(), text.to_owned(), None);
    let mut diagnostics = Diagnostics::default();
    let items = parse::file(text, id, dialect, &mut diagnostics).items;
    let mut blocks = items.iter().filter_map(|item| match item {
        Item::Doc(block) => Some(block),
        _ => None,
    });
    let block: &DocBlock = blocks.next().expect("the text has a block");
    let docs = read(block, text, Rules { dialect, checks }, None, &mut diagnostics);
    let errors = diagnostics.take();
    let errors = errors.iter().map(|error| render::qemu(std::slice::from_ref(error), &sources));
    (docs, errors.map(|error| error.trim_start_matches("f:").trim_end().to_owned()).collect())
}

fn doc(text: &str, checks: DocChecks) -> Doc {
    let dialect = if checks == DocChecks::Legacy { Dialect::Qemu7_2 } else { Dialect::Qemu10_2 };
    let (mut docs, errors) = docs(text, dialect, checks);
    assert_eq!(errors, [""; 0]);
    docs.pop().expect("the block is a doc")
}

fn errors(text: &str, checks: DocChecks) -> Vec<String> {
    let dialect = if checks == DocChecks::Legacy { Dialect::Qemu7_2 } else { Dialect::Qemu10_0 };
    docs(text, dialect, checks).1
}

#[test]
fn text_stays_as_it_is_written() {
    let text = "##\n# @f:\n#\n# One.\n#\n#\n# Two.\n#\n# @a:  first,\n#     more\n#\n#      and more\n\
                # @b:\n#   late\n#\n# Left.\n#\n# TODO: all\n#\n# Behind.\n##\n";
    let doc = doc(text, DocChecks::Strict);
    assert_eq!(doc.body, "One.\n\nTwo.");
    let members: Vec<_> =
        doc.members.iter().map(|member| (member.name.value.as_str(), &*member.text)).collect();
    assert_eq!(members, [("a", "first,\n    more\n\n     and more"), ("b", "  late")]);
    let sections: Vec<_> =
        doc.sections.iter().map(|section| (section.kind, section.text.as_str())).collect();
    let expected = [
        (SectionKind::Plain, "Left."),
        (SectionKind::Todo, "all"),
        (SectionKind::Plain, "Behind."),
    ];
    assert_eq!(sections, expected);
}

#[test]
fn only_the_line_behind_the_first_is_checked_for_its_indent() {
    let text = "##\n# @f:\n#\n# @a: x\n#     more\n#     more\n#  less\n##\n";
    let doc = doc(text, DocChecks::V10_0);
    assert_eq!(doc.members[0].text, "x\n    more\n    more");
    assert_eq!(doc.sections[0].text, " less");
}

#[test]
fn headings_were_special_up_to_10_0() {
    let in_definition = "##\n# @f:\n#\n# = Title\n##\n";
    let message = "4:1: unexpected '=' markup in definition documentation";
    assert_eq!(errors(in_definition, DocChecks::V10_0), [message]);
    assert_eq!(errors(in_definition, DocChecks::Legacy), [message]);
    assert_eq!(errors(in_definition, DocChecks::Strict), [""; 0]);
    let late = "##\n# Text\n# = Title\n##\n";
    let message = "3:1: '=' heading must come first in a comment block";
    assert_eq!(errors(late, DocChecks::V10_0), [message]);
    let (docs, errors) = docs(late, Dialect::Qemu7_2, DocChecks::Legacy);
    assert_eq!(errors, [""; 0]);
    let bodies: Vec<&str> = docs.iter().map(|doc| doc.body.as_str()).collect();
    assert_eq!(bodies, ["Text", "= Title"]);
}

#[test]
fn legacy_text_is_aligned() {
    let doc = doc("##\n# @f:\n# @a: x\n#     y\n#      z\n# @b:\n#  z\n##\n", DocChecks::Legacy);
    assert_eq!(doc.members[0].text, "x\ny\n z");
    assert_eq!(doc.members[1].text, "z");
    let outdented = "##\n# @f:\n# @a: x\n#   y\n##\n";
    let message = "4:1: unexpected de-indent (expected at least 4 spaces)";
    assert_eq!(errors(outdented, DocChecks::Legacy), [message]);
}

#[test]
fn legacy_sections_start_anywhere() {
    let text = "##\n# @f:\n# Text\n# @a: x\n#\n# Features:\n# @b: y\n#\n# Plain\n# Note: n\n# m\n\
                # Returns: r\n##\n";
    let wrong = "11:1: unexpected de-indent (expected at least 6 spaces)";
    assert_eq!(errors(text, DocChecks::Legacy), [wrong]);
    let doc = doc(&text.replace("# m\n", "#       m\n"), DocChecks::Legacy);
    assert_eq!((doc.body.as_str(), doc.features[0].text.as_str()), ("Text", "y"));
    let kinds: Vec<SectionKind> = doc.sections.iter().map(|section| section.kind).collect();
    assert_eq!(kinds, [SectionKind::Plain, SectionKind::Note, SectionKind::Returns]);
    assert_eq!(doc.sections[1].text, "n\nm");
}

#[test]
fn legacy_errors_have_their_own_words() {
    for (text, message) in [
        ("# @f:\n# Note:\n", "4:1: empty doc section 'Note'"),
        ("# @f:\n# @a:\n# Since: 1\n", "4:1: empty doc section 'a'"),
        ("# @f:\n# Note: x\n# @a: y\n", "4:1: '@a:' can't follow 'Note' section"),
        ("# @f:\n# Since: 1\n# Since: 2\n", "4:1: duplicated 'Since' section"),
        ("# @f:\n# @: x\n", "3:1: invalid parameter name"),
        ("# @f:\n# @a: x\n# @a: y\n", "4:1: 'a' parameter name duplicated"),
        ("# Free\n# @a:b\n", "3:1: '@a:' not allowed in free-form documentation"),
    ] {
        assert_eq!(errors(&format!("##\n{text}##\n"), DocChecks::Legacy), [message], "{text}");
    }
    let nameless = "##\n# @:\n##\n";
    let said = |dialect| docs(nameless, dialect, DocChecks::Legacy).1;
    assert_eq!(said(Dialect::Qemu5_2), ["2:1: invalid name"]);
    assert_eq!(said(Dialect::Qemu7_2), ["2:1: name required after '@'"]);
}

#[test]
fn off_reports_nothing_and_keeps_the_text() {
    let text = "##\n# @f:\n#\n# Note: one\n#two. Three\n##x\n";
    let (docs, errors) = docs(text, Dialect::Qemu10_2, DocChecks::Off);
    assert_eq!(errors, [""; 0]);
    assert_eq!(docs[0].section(SectionKind::Note).map(|note| note.text.as_str()), Some("one"));
}

#[test]
fn style_knows_its_exceptions() {
    let clean = [
        "See https://example.org/a/very/long/path/that/nobody/would/ever/type/by/hand",
        "   https://example.org/a/very/long/path/that/nobody/would/ever/type/by/hand",
        "1. First",
        "e.g. This",
        "(e.g. This) and so on",
        "Quoted.\" Next",
        "v1.2 x",
        "One.  Two.   Three",
        "ok. lower",
    ];
    let style = |line: &str| errors(&format!("##\n# {line}\n##\n"), DocChecks::Strict);
    let sentence = "Use two spaces between sentences\n\
                    If this not the end of a sentence, please report a bug.";
    for line in &clean[1..] {
        assert_eq!(style(line), [""; 0], "{line}");
    }
    assert_eq!(style(clean[0]), ["2:1: documentation line longer than 70 characters"]);
    for (line, column) in [
        ("10. Tenth", 6),
        ("Or, i.e. This", 11),
        ("foo... Bar", 9),
        ("why? (Because)", 7),
        ("é. É. X", 8),
    ] {
        assert_eq!(style(line), [format!("2:{column}: {sentence}")], "{line}");
    }
}

#[test]
fn examples_have_no_style() {
    let long = "x".repeat(80);
    let text = |opening: &str, indent: &str| format!("##\n# {opening}\n#\n# {indent}{long}\n##\n");
    for opening in ["::", "  ::", ".. qmp-example::"] {
        assert_eq!(errors(&text(opening, "   "), DocChecks::Strict), [""; 0], "{opening}");
    }
    for opening in ["text::", ".. code-block::", "  .. qmp-example::"] {
        assert_eq!(errors(&text(opening, "   "), DocChecks::Strict).len(), 1, "{opening}");
    }
    let ends = format!("##\n# ::\n#\n#    in\n#\n#  {long}\n##\n");
    assert_eq!(errors(&ends, DocChecks::Strict).len(), 1);
}
