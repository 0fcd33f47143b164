//! What no single file in the corpus can show: several files, their names, and bounds.

use std::path::PathBuf;

use qapi_codegen::diagnostic::Diagnostics;
use qapi_codegen::dialect::{Dialect, DocChecks};
use qapi_codegen::load::{
    Item, Loaded, MAX_FILE_BYTES, MAX_INCLUDE_DEPTH, MemoryFiles, Options, load,
};
use qapi_codegen::render;

/// Loads `root` and renders the first error as QEMU would.
fn loaded(root: &str, files: &MemoryFiles, options: &Options) -> (Loaded, String) {
    let mut diagnostics = Diagnostics::default();
    let loaded = load(root, files, options, &mut diagnostics);
    let text = render::qemu(&diagnostics.take(), &loaded.sources);
    (loaded, text)
}

fn options(include_dirs: &[&str]) -> Options {
    Options {
        dialect: Dialect::Extended,
        doc_checks: DocChecks::Strict,
        include_dirs: include_dirs.iter().map(PathBuf::from).collect(),
    }
}

fn module_names(loaded: &Loaded) -> Vec<&str> {
    loaded.modules.iter().map(|module| module.name.as_str()).collect()
}

#[test]
fn a_loop_is_reported_with_the_way_there() {
    let files = MemoryFiles::default()
        .with("s/a.json", "{ 'include': 'sub/b.json' }")
        .with("s/sub/b.json", "\n{ 'include': '../c.json' }")
        .with("s/c.json", "{ 'include':\n  './sub/../a.json' }");
    let (_, error) = loaded("s/a.json", &files, &options(&[]));
    let expected = "In file included from s/a.json:1:\n\
                    In file included from s/sub/b.json:2:\n\
                    s/sub/../c.json:1: inclusion loop for ./sub/../a.json\n";
    assert_eq!(error, expected);
}

#[test]
fn a_file_is_read_once_however_it_is_spelled() {
    let files = MemoryFiles::default()
        .with("a.json", "{ 'include': 'x/b.json' } { 'include': './x/../x/b.json' }")
        .with("x/b.json", "{ 'enum': 'E', 'data': [] }");
    let (loaded, error) = loaded("a.json", &files, &options(&[]));
    assert_eq!(error, "");
    assert_eq!(module_names(&loaded), ["a.json", "x/b.json"]);
    let expressions = loaded.items.iter().filter(|item| matches!(item, Item::Expression(_)));
    assert_eq!(expressions.count(), 1);
    let includes = loaded.items.iter().filter_map(|item| match item {
        Item::Include(include) => Some(include.included),
        _ => None,
    });
    assert_eq!(includes.collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn modules_are_named_from_the_folder_of_the_root() {
    let files = MemoryFiles::default()
        .with("tree/daemon/qapi/root.json", "{ 'include': '../../qapi/common.json' }")
        .with("tree/qapi/common.json", "{ 'include': 'deep/er.json' }")
        .with("tree/qapi/deep/er.json", "")
        .with("/elsewhere/x.json", "");
    let (loaded, error) = loaded("tree/daemon/qapi/root.json", &files, &options(&[]));
    assert_eq!(error, "");
    let expected = ["root.json", "../../qapi/common.json", "../../qapi/deep/er.json"];
    assert_eq!(module_names(&loaded), expected);
}

#[test]
fn an_include_is_looked_for_beside_its_file_first() {
    let files = MemoryFiles::default()
        .with("a/root.json", "{ 'include': 'near.json' } { 'include': 'far.json' }")
        .with("a/near.json", "")
        .with("b/near.json", "{")
        .with("b/far.json", "");
    let (loaded, error) = loaded("a/root.json", &files, &options(&["nowhere", "b"]));
    assert_eq!(error, "");
    assert_eq!(module_names(&loaded), ["root.json", "near.json", "../b/far.json"]);
}

#[test]
fn a_missing_include_is_a_dependency_wherever_it_may_appear() {
    let files = MemoryFiles::default().with("a/root.json", "{ 'include': 'x.json' }");
    let (loaded, error) = loaded("a/root.json", &files, &options(&["b"]));
    let expected = "a/root.json:1: can't read include file 'a/x.json': No such file or directory\n";
    assert_eq!(error, expected);
    assert_eq!(loaded.closure, ["a/root.json", "a/x.json", "b/x.json"].map(PathBuf::from));
}

#[test]
fn errors_come_in_the_order_of_the_text_across_files() {
    let files = MemoryFiles::default()
        .with("a.json", "{ 'include': 'b.json' }\n{ 'command': 1 }")
        .with("b.json", "##\n# @x:\n#bad\n##\n{ 'command': 2 }");
    let mut diagnostics = Diagnostics::default();
    load("a.json", &files, &options(&[]), &mut diagnostics);
    let found: Vec<String> = diagnostics.take().into_iter().map(|one| one.message).collect();
    assert_eq!(found, ["missing space after #", "stray '2'", "stray '1'"]);
}

#[test]
fn the_last_setting_of_a_pragma_holds() {
    let files = MemoryFiles::default()
        .with(
            "a.json",
            "{ 'pragma': { 'doc-required': true, 'command-name-exceptions': [ 'a' ] } }\n\
             { 'include': 'b.json' }",
        )
        .with(
            "b.json",
            "{ 'pragma': { 'doc-required': false, 'command-name-exceptions': [ 'b' ] } }",
        );
    let (loaded, error) = loaded("a.json", &files, &options(&[]));
    assert_eq!(error, "");
    assert!(!loaded.pragmas.doc_required);
    assert_eq!(loaded.pragmas.command_name_exceptions, ["b".to_owned()].into());
}

#[test]
fn each_dialect_has_its_pragmas() {
    let first_error = |dialect, name: &str| {
        let text = format!("{{ 'pragma': {{ '{name}': [] }} }}");
        let options = Options { dialect, ..options(&[]) };
        loaded("a.json", &MemoryFiles::default().with("a.json", text), &options).1
    };
    for (name, dialect, other) in [
        ("returns-whitelist", Dialect::Qemu5_2, Dialect::Qemu7_2),
        ("command-name-exceptions", Dialect::Qemu7_2, Dialect::Qemu5_2),
        ("documentation-exceptions", Dialect::Qemu10_0, Dialect::Qemu7_2),
    ] {
        assert_eq!(first_error(dialect, name), "");
        assert_eq!(first_error(other, name), format!("a.json:1: unknown pragma '{name}'\n"));
    }
}

#[test]
fn a_root_that_cannot_be_read_has_no_place() {
    let files = MemoryFiles::default().with("latin-1.json", b"# caf\xe9\n");
    let (_, error) = loaded("latin-1.json", &files, &options(&[]));
    assert_eq!(error, "can't read schema file 'latin-1.json': line 1 is not UTF-8\n");
    let (loaded, error) = loaded("none.json", &files, &options(&[]));
    assert_eq!(error, "can't read schema file 'none.json': No such file or directory\n");
    assert_eq!(loaded.closure, [PathBuf::from("none.json")]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let large = " ".repeat(MAX_FILE_BYTES as usize + 1);
    let files = MemoryFiles::default().with("large.json", large);
    let (_, error) = loaded("large.json", &files, &options(&[]));
    let expected =
        format!("can't read schema file 'large.json': more than {MAX_FILE_BYTES} bytes\n");
    assert_eq!(error, expected);
}

#[test]
fn a_chain_of_includes_has_an_end() {
    let link = |n: usize| format!("{{ 'include': '{}.json' }}", n + 1);
    let files =
        (0..1000).fold(MemoryFiles::default(), |files, n| files.with(format!("{n}.json"), link(n)));
    let (loaded, error) = loaded("0.json", &files, &options(&[]));
    assert!(error.ends_with("includes nested more than 200 levels deep\n"), "{error}");
    assert_eq!(loaded.modules.len(), MAX_INCLUDE_DEPTH);
}

#[test]
fn what_is_found_elsewhere_needs_no_pragmas() {
    let foreign = "{ 'include': 'more.json' }
        { 'enum': 'Speed', 'data': [ '2_5' ] }
        { 'command': 'query_speed', 'returns': 'int' }";
    let files = MemoryFiles::default()
        .with("own/a.json", "{ 'include': 'b.json' } { 'enum': 'Own', 'data': [ 'a_b' ] }")
        .with("lib/b.json", foreign)
        .with("lib/more.json", "{ 'struct': 'More', 'data': { 'a_b': 'Speed' } }");
    let outcome = qapi_codegen::compile("own/a.json", &files, &options(&["lib"]));
    let text = qapi_codegen::render::qemu(&outcome.diagnostics, &outcome.sources);
    assert!(text.starts_with("own/a.json: In enum 'Own':"), "{text}");
    assert_eq!(outcome.diagnostics.len(), 1, "{text}");
}
