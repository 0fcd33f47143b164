//! What the fuzz targets do with bytes. A stable test does the same with the corpora
//! (tests/hazards.rs), so that what was found once stays found.

use qapi_codegen::diagnostic::Diagnostics;
use qapi_codegen::dialect::{Dialect, DocChecks};
use qapi_codegen::lex::{TokenKind, tokens};
use qapi_codegen::load::MemoryFiles;
use qapi_codegen::source::{SourceMap, is_space};
use qapi_codegen::{Options, Outcome, compile, dump, introspect, parse, render, rust};

/// The tokens of a text stand in its order and leave out nothing but white space.
pub fn lexer(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for dialect in [Dialect::Qemu7_2, Dialect::Extended] {
        let mut sources = SourceMap::default();
        let file = sources.add("fuzz.json".to_owned(), text.to_owned(), None);
        let mut at = 0;
        let tokens = tokens(text, file, dialect);
        let (last, others) = tokens.split_last().expect("there is always an end");
        for token in others {
            let [start, end] = [token.span.start as usize, token.span.end as usize];
            assert!(text[at..start].chars().all(is_space), "left out: {:?}", &text[at..start]);
            assert!(start < end && token.kind != TokenKind::End, "no token: {token:?}");
            at = end;
        }
        assert!(text[at..].chars().all(is_space));
        assert_eq!(last.kind, TokenKind::End);
    }
}

/// The parser takes any text, and says of every text that is no schema why.
pub fn parser(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for dialect in [Dialect::Qemu5_2, Dialect::Extended] {
        let mut sources = SourceMap::default();
        let file = sources.add("fuzz.json".to_owned(), text.to_owned(), None);
        let mut diagnostics = Diagnostics::default();
        parse::file(text, file, dialect, &mut diagnostics);
        show(&Outcome { sources, diagnostics: diagnostics.take(), schema: None, closure: vec![] });
    }
}

/// A schema is accepted, or there is an error; either can be shown in every form.
pub fn front_end(data: &[u8]) {
    let Some((outcome, dialect)) = compiled(data) else { return };
    assert_eq!(outcome.schema.is_none(), outcome.has_errors());
    show(&outcome);
    dump::tokens(&outcome.sources, dialect);
    dump::ast(&outcome.sources, dialect);
    if let Some(schema) = &outcome.schema {
        dump::schema(schema, &outcome.sources);
        dump::qemu(schema, dialect);
        introspect::document(schema, &introspect::Options::default());
    }
}

/// What is accepted can be written in Rust.
pub fn emitters(data: &[u8]) {
    let Some((outcome, _)) = compiled(data) else { return };
    if let Some(schema) = &outcome.schema {
        let mut diagnostics = Diagnostics::default();
        rust::file(schema, &rust::Options::default(), "fuzz.json", &mut diagnostics);
        diagnostics.take();
        rust::listing(schema);
    }
}

/// The first byte chooses the rules, a NUL byte ends a file: `fuzz.json`, `1.json`, `2.json`, ….
fn compiled(data: &[u8]) -> Option<(Outcome, Dialect)> {
    let (&choice, text) = data.split_first()?;
    let choice = usize::from(choice);
    let dialect = Dialect::ALL[choice % Dialect::ALL.len()];
    let doc_checks = DocChecks::ALL[choice / Dialect::ALL.len() % DocChecks::ALL.len()];
    let mut files = MemoryFiles::default();
    for (index, text) in text.split(|&byte| byte == 0).enumerate().take(8) {
        let name = if index == 0 { "fuzz.json".to_owned() } else { format!("{index}.json") };
        files = files.with(name, text);
    }
    let options = Options { doc_checks, ..Options::of(dialect) };
    Some((compile("fuzz.json", &files, &options), dialect))
}

/// Every form of the diagnostics; those for programs are JSON.
fn show(outcome: &Outcome) {
    let Outcome { diagnostics, sources, .. } = outcome;
    let text = render::human(diagnostics, sources, render::Color::Always);
    assert_eq!(text.is_empty(), diagnostics.is_empty());
    render::qemu(diagnostics, sources);
    render::github(diagnostics, sources);
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("is JSON");
    render::json(diagnostics, sources).lines().for_each(|line| drop(json(line)));
    json(&render::sarif(diagnostics, sources));
}
