//! Our front end against QEMU's own generator, release by release: its suite as it is, and the same
//! with random mistakes. Same verdicts, same texts, same checked schemas.
//!
//! Runs where `QAPI_REFERENCE` names a folder that holds QEMU's source trees (CONTRIBUTING.md says
//! how to get them); `QAPI_REFERENCE_SEED` and `QAPI_REFERENCE_ROUNDS` choose other mistakes.

#[path = "reference/mutation.rs"]
mod mutation;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::{Options, compile, dump, render};
use qapi_tests::random::Random;
use qapi_tests::{data, golden};

use mutation::mutate;

/// The releases, each with the start of its tree's name.
const RELEASES: [(&str, Dialect); 4] = [
    ("qemu-5.2.", Dialect::Qemu5_2),
    ("qemu-7.2.", Dialect::Qemu7_2),
    ("qemu-10.0.", Dialect::Qemu10_0),
    ("qemu-10.2.", Dialect::Qemu10_2),
];

fn number(variable: &str, default: u64) -> u64 {
    match std::env::var(variable) {
        Ok(value) => value.parse().unwrap_or_else(|_| panic!("{variable}={value} is no number")),
        Err(_) => default,
    }
}

#[test]
fn verdicts_texts_and_dumps_are_those_of_qemu_s_generator() {
    let Some(folder) = std::env::var_os("QAPI_REFERENCE").map(PathBuf::from) else {
        assert!(!data::required(), "QAPI_REFERENCE names no folder of QEMU's source trees");
        eprintln!("skipped: QAPI_REFERENCE names no folder of QEMU's source trees");
        return;
    };
    let trees: Vec<(PathBuf, Dialect)> = RELEASES
        .iter()
        .filter_map(|(prefix, dialect)| Some((tree(&folder, prefix)?, *dialect)))
        .collect();
    assert!(!trees.is_empty(), "no source tree of QEMU in {}", folder.display());
    let mut faults = Vec::new();
    for (tree, dialect) in trees {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let work = temporary.path().to_owned();
        let cases = write_cases(&tree, &work);
        record(&tree, &cases);
        let different: Vec<String> =
            cases.iter().filter_map(|case| difference(case, &work, dialect)).collect();
        if !different.is_empty() {
            let _kept = temporary.keep(); // for a look at what differs
        }
        eprintln!(
            "{dialect}: {} cases, {} differ; {}",
            cases.len(),
            different.len(),
            work.display()
        );
        faults.extend(different);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn tree(folder: &Path, prefix: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("QAPI_REFERENCE is a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_tree = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))
            && path.join("scripts/qapi").is_dir()
    };
    let mut trees: Vec<PathBuf> = paths.filter(is_tree).collect();
    trees.sort_by_key(|path| patch_level(path));
    trees.pop()
}

/// The number behind the last point of a tree's name: the highest is the latest.
fn patch_level(path: &Path) -> u32 {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    name.and_then(|name| name.rsplit('.').next()?.parse().ok()).unwrap_or_default()
}

/// Writes all cases into the folder: the suite, then its mutants.
fn write_cases(tree: &Path, work: &Path) -> Vec<PathBuf> {
    copy_folder(&tree.join("tests/qapi-schema"), work);
    let mut cases: Vec<PathBuf> = golden::files(work, "json");
    let ours = work.join("ours");
    std::fs::create_dir_all(&ours).expect("creates");
    copy_folder(&golden::folder("schema/err"), &ours);
    let deep = ours.join("nesting-too-deep.json"); // our bound is not where Python's stack ends
    std::fs::remove_file(deep).expect("our own corpus has it");
    cases.extend(golden::files(&ours, "json"));
    let texts: Vec<String> =
        cases.iter().filter_map(|case| std::fs::read_to_string(case).ok()).collect();
    cases.extend(real_schemas(tree, work));
    let mut random = Random::new(number("QAPI_REFERENCE_SEED", 1));
    let pieces = pieces(work);
    let short: Vec<&str> = texts
        .iter()
        .chain(&pieces)
        .map(String::as_str)
        .filter(|text| text.len() < 20_000)
        .collect();
    for index in 0..number("QAPI_REFERENCE_ROUNDS", 2_000) {
        let path = work.join(format!("mutant-{index:06}.json"));
        let (text, other) = (random.pick(&short), random.pick(&short));
        let text = mutate(text, other, &mut random);
        std::fs::write(&path, text).expect("writes");
        cases.push(path);
    }
    cases
}

/// QEMU's own schemas, beside the cases, and pieces of them for the mutants.
fn real_schemas(tree: &Path, work: &Path) -> Vec<PathBuf> {
    let folders = ["qapi", "qga", "storage-daemon/qapi", "docs/interop"];
    for folder in folders {
        std::fs::create_dir_all(work.join("real").join(folder)).expect("creates");
        copy_folder(&tree.join(folder), &work.join("real").join(folder));
    }
    let roots = ["qapi/qapi-schema", "qga/qapi-schema", "storage-daemon/qapi/qapi-schema"];
    let others = ["docs/interop/firmware", "docs/interop/vhost-user"];
    let path = |root: &&str| work.join("real").join(root).with_extension("json");
    roots.iter().chain(&others).map(path).collect()
}

/// Definitions of QEMU's own schemas, a few at a time.
fn pieces(work: &Path) -> Vec<String> {
    let files = golden::files(&work.join("real/qapi"), "json");
    let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("reads"));
    let mut pieces = Vec::new();
    for text in texts {
        let blocks: Vec<&str> = text.split_inclusive("\n\n").collect();
        pieces.extend(blocks.chunks(6).map(|chunk| chunk.concat()));
    }
    pieces
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder of cases") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            std::fs::create_dir_all(&target).expect("creates");
            copy_folder(&path, &target);
        } else if path.extension().is_some_and(|extension| extension == "json") {
            std::fs::copy(&path, target).expect("copies");
        }
    }
}

fn record(tree: &Path, cases: &[PathBuf]) {
    let mut child = Command::new("python3")
        .arg(golden::folder("reference/record.py"))
        .arg(tree)
        .stdin(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    let mut input = child.stdin.take().expect("stdin is piped");
    for case in cases {
        writeln!(input, "{}", case.display()).expect("the recorder reads its list");
    }
    drop(input);
    assert!(child.wait().expect("can be waited for").success(), "the recorder failed");
}

/// Where QEMU's generator breaks on a schema that nothing is wrong with: two members that are not
/// documented need not be; and in 5.2, two unions that wrap a type defined between them.
fn is_known_crash(crash: &str) -> bool {
    crash.starts_with("IndexError") || crash == "AssertionError: \n"
}

/// What is different for one case, or nothing.
fn difference(case: &Path, work: &Path, dialect: Dialect) -> Option<String> {
    let expected = |suffix: &str| std::fs::read_to_string(case.with_extension(suffix));
    let outcome = compile(&case.to_string_lossy(), &DiskFiles, &Options::of(dialect));
    let error = render::qemu(&outcome.diagnostics, &outcome.sources);
    let name = case.strip_prefix(work).unwrap_or(case).display();
    if let Ok(crash) = expected("crash") {
        let accepted = outcome.schema.is_some() && !is_known_crash(&crash);
        return accepted.then(|| format!("{dialect} {name}: accepted; the reference: {crash}"));
    }
    let [wanted_error, wanted_dump] =
        ["err", "out"].map(|suffix| expected(suffix).expect("was recorded"));
    if error != wanted_error {
        let prefix = format!("{}/", work.display());
        let [wanted, got] = [&wanted_error, &error].map(|text| text.replace(&prefix, ""));
        return Some(format!("{dialect} {name}\n  expected: {wanted}  got:      {got}"));
    }
    let dump =
        outcome.schema.as_ref().map(|schema| dump::qemu(schema, dialect)).unwrap_or_default();
    let first = wanted_dump.lines().zip(dump.lines()).find(|(wanted, got)| wanted != got);
    (dump != wanted_dump).then(|| format!("{dialect} {name}: dumps differ: {first:?}"))
}
