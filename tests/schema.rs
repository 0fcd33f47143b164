//! The schema corpora: what must be rejected, and what an accepted schema means.

use std::collections::BTreeSet;
use std::path::Path;

use qapi_codegen::diagnostic::Code;
use qapi_codegen::load::{DiskFiles, MemoryFiles};
use qapi_codegen::{Options, Outcome, dump, render, rust};
use qapi_tests::golden::{Report, files, folder, workspace};
use serde_json::Value;

/// Compiles a file by a path that is the same on every machine, in the dialect that its first line
/// names (`# dialect: qemu-10.0`) or the default one.
fn compile(path: &Path) -> Outcome {
    let relative = path.strip_prefix(workspace()).expect("the corpus is in the workspace");
    let root = Path::new("..").join(relative);
    qapi_codegen::compile(&root.to_string_lossy(), &DiskFiles, &options(path))
}

fn options(path: &Path) -> Options {
    let text = std::fs::read(path).expect("the corpus can be read");
    let first = String::from_utf8_lossy(text.split(|&byte| byte == b'\n').next().unwrap_or(&[]));
    match first.strip_prefix("# dialect: ") {
        Some(dialect) => Options::of(dialect.trim().parse().expect("a dialect's name")),
        None => Options::default(),
    }
}

#[test]
fn every_wrong_schema_is_rejected_as_its_golden_says() {
    let mut report = Report::default();
    for path in files(&folder("schema/err"), "json") {
        let outcome = compile(&path);
        if outcome.schema.is_some() {
            report.fault(format!("{} was accepted", path.display()));
        }
        let text = render::human(&outcome.diagnostics, &outcome.sources, render::Color::Never);
        report.compare(&path.with_extension("err"), &text);
    }
    report.finish();
}

#[test]
fn formats_for_other_programs_are_as_their_goldens_say() {
    let mut report = Report::default();
    // A suggestion, two places in one message, and a place in an included file.
    for case in ["command-misspelled-key", "struct-defined-twice", "include-broken"] {
        let Outcome { diagnostics, sources, .. } =
            compile(&folder(&format!("schema/err/{case}.json")));
        let golden = |format: &str| folder(&format!("schema/formats/{case}.{format}"));
        report.compare(&golden("jsonl"), &render::json(&diagnostics, &sources));
        report.compare(&golden("github"), &render::github(&diagnostics, &sources));
        report.compare(&golden("sarif"), &render::sarif(&diagnostics, &sources));
    }
    report.finish();
}

/// The parts of SARIF 2.1.0's schema that are in use, by its own words: what is required, what may
/// be there, what a value is.
#[test]
fn sarif_is_sarif() {
    let Outcome { diagnostics, sources, .. } =
        compile(&folder("schema/err/command-misspelled-key.json"));
    let document: Value =
        serde_json::from_str(&render::sarif(&diagnostics, &sources)).expect("is JSON");
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let driver = &run["tool"]["driver"];
    assert!(driver["name"].is_string(), "toolComponent requires a name");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = &run["results"][0];
    assert!(result["message"]["text"].is_string(), "result requires a message");
    assert!(["none", "note", "warning", "error"].iter().any(|level| result["level"] == *level));
    let index = result["ruleIndex"].as_u64().expect("an index") as usize;
    assert_eq!(driver["rules"][index]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    assert!(place["artifactLocation"]["uri"].is_string());
    let number = |name: &str| place["region"][name].as_u64().expect("a number");
    assert!(number("startLine") >= 1 && number("startColumn") >= 1, "both count from 1");
    assert!(number("endColumn") > number("startColumn"));
    let change = &result["fixes"][0]["artifactChanges"][0];
    assert!(change["artifactLocation"]["uri"].is_string(), "artifactChange requires a location");
    assert!(
        change["replacements"][0]["deletedRegion"].is_object(),
        "replacement requires a region"
    );
}

#[test]
fn every_code_has_a_file_that_shows_it() {
    let mut shown: BTreeSet<Code> = BTreeSet::new();
    for path in files(&folder("schema/err"), "json") {
        shown.extend(compile(&path).diagnostics.iter().map(|diagnostic| diagnostic.code));
    }
    let missing: Vec<&str> =
        Code::ALL.iter().filter(|code| !shown.contains(code)).map(|code| code.as_str()).collect();
    assert!(missing.is_empty(), "no file in tests/schema/err shows: {}", missing.join(", "));
}

#[test]
fn every_right_schema_means_what_its_golden_says() {
    let mut report = Report::default();
    for path in files(&folder("schema/ok"), "json") {
        match accepted(&path) {
            Ok(schema) => report
                .compare(&path.with_extension("out"), &dump::qemu(&schema, options(&path).dialect)),
            Err(text) => report.fault(text),
        }
    }
    report.finish();
}

#[test]
fn every_right_schema_becomes_the_rust_of_its_golden() {
    let mut report = Report::default();
    for path in files(&folder("schema/ok"), "json") {
        let name = path.file_name().expect("a file has a name").to_string_lossy();
        match accepted(&path).and_then(|schema| emit(&schema, &name)) {
            Ok(text) => report.compare(&path.with_extension("rs"), &text),
            Err(text) => report.fault(format!("{}: {text}", path.display())),
        }
    }
    report.finish();
}

#[test]
fn every_golden_of_rust_is_compiled() {
    let compiled = std::fs::read_to_string(folder("compiled.rs")).expect("our own file");
    for path in files(&folder("schema/ok"), "json") {
        let golden =
            format!("schema/ok/{}.rs", path.file_stem().expect("a stem").to_string_lossy());
        assert!(compiled.contains(&golden), "tests/compiled.rs does not include {golden}");
    }
}

#[test]
fn the_examples_of_the_manual_are_accepted() {
    let manual = include_str!("../docs/schema-extensions.md");
    let blocks = manual.split("```python").skip(1).filter_map(|rest| rest.split("```").next());
    let exceptions = "{ 'pragma': { 'command-returns-exceptions': [ 'guest-sync' ] } }";
    let text: String = std::iter::once(exceptions).chain(blocks).collect();
    assert!(text.contains("'envelope'") && text.contains("'capability'"), "the blocks are found");
    let files = MemoryFiles::default().with("manual.json", text);
    let outcome = qapi_codegen::compile("manual.json", &files, &Options::default());
    assert!(outcome.schema.is_some(), "{}", render::qemu(&outcome.diagnostics, &outcome.sources));
}

#[test]
fn the_same_schema_twice_is_the_same_text() {
    let path = folder("schema/ok/unions.json");
    let once = || emit(&accepted(&path).expect("is accepted"), "unions.json").expect("emits");
    assert_eq!(once(), once());
}

fn accepted(path: &Path) -> Result<qapi_codegen::schema::Schema, String> {
    let outcome = compile(path);
    let text = render::human(&outcome.diagnostics, &outcome.sources, render::Color::Never);
    match outcome.schema {
        Some(schema) if outcome.diagnostics.is_empty() => Ok(schema),
        _ => Err(format!("{} was rejected:\n{text}", path.display())),
    }
}

fn emit(schema: &qapi_codegen::schema::Schema, name: &str) -> Result<String, String> {
    let mut diagnostics = qapi_codegen::diagnostic::Diagnostics::default();
    let text = rust::file(schema, &rust::Options::default(), name, &mut diagnostics);
    let found = diagnostics.take();
    if found.is_empty() { Ok(text) } else { Err(format!("{found:?}")) }
}
