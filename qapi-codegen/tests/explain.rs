//! What `qapi explain` shows is true: the wrong examples are wrong in the way they claim, the right
//! ones are right.

use qapi_codegen::diagnostic::Code;
use qapi_codegen::load::MemoryFiles;
use qapi_codegen::{Options, Outcome, compile};

const ROOT: &str = "example.json";

/// Compiles an example in the dialect that its first line names, with the files that it brings.
fn outcome(example: &str) -> Outcome {
    let options = match example.lines().next().and_then(|line| line.strip_prefix("# dialect: ")) {
        Some(dialect) => Options::of(dialect.parse().expect("a dialect's name")),
        None => Options::default(),
    };
    let mut parts = example.split("\n# file: ");
    let root = format!("{}\n", parts.next().unwrap_or_default());
    let files = parts.filter_map(|part| part.split_once('\n'));
    let files = files.fold(MemoryFiles::default().with(ROOT, root), |files, (name, text)| {
        files.with(name, text)
    });
    compile(ROOT, &files, &options)
}

#[test]
fn every_wrong_example_breaks_the_rule() {
    for code in Code::ALL {
        let Some(example) = code.wrong() else { continue };
        let outcome = outcome(example);
        let found: Vec<Code> = outcome.diagnostics.iter().map(|found| found.code).collect();
        assert!(outcome.schema.is_none() && found.contains(code), "{}: {found:?}", code.as_str());
        assert!(found.iter().all(|other| other == code), "{}: {found:?}", code.as_str());
    }
}

#[test]
fn every_right_example_is_accepted() {
    for code in Code::ALL {
        let Some(example) = code.right() else { continue };
        let found = outcome(example).diagnostics;
        assert!(found.is_empty(), "{}: {found:#?}", code.as_str());
    }
}

#[test]
fn every_code_has_both_examples_or_says_how_it_comes_about() {
    for code in Code::ALL {
        let shown = code.wrong().is_some();
        assert_eq!(code.right().is_some(), shown, "{}", code.as_str());
        assert_eq!(code.occasion().is_none(), shown, "{}", code.as_str());
        assert!(!code.summary().is_empty() && !code.origin().is_empty(), "{}", code.as_str());
    }
}

#[test]
fn every_example_is_shown() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/diagnostic/example");
    let files = std::fs::read_dir(folder).expect("our own folder").count();
    let shown = Code::ALL.iter().filter(|code| code.wrong().is_some()).count();
    assert_eq!(files, 2 * shown);
}

#[test]
fn codes_are_read_as_they_are_printed() {
    for code in Code::ALL {
        assert_eq!(code.as_str().parse(), Ok(*code));
    }
    let said = |name: &str| name.parse::<Code>().map_err(|unknown| unknown.to_string());
    let meant = "unknown code 'union-emtpy'; did you mean 'union-empty'?";
    assert_eq!(said("union-emtpy"), Err(meant.to_owned()));
    assert_eq!(said("frobnicate-me"), Err("unknown code 'frobnicate-me'".to_owned()));
}
