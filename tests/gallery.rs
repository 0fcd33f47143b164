//! The gallery of errors in the manual (docs/errors.md): what a person sees of schemas in the
//! corpus. Made by this test, so that it says what the code says.

use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};

use qapi_codegen::load::{DiskFiles, Files};
use qapi_codegen::{Options, compile, render};
use qapi_tests::golden::{Report, folder, workspace};

/// A schema of the corpus and what its picture shows.
const GALLERY: [(&str, &str); 16] = [
    ("command-misspelled-key", "A key that nobody knows, and the one that was meant"),
    ("several-at-once", "Errors that have nothing to do with each other, in one run"),
    ("member-type-of-another-language", "A type by the name it has elsewhere"),
    ("object-trailing-comma", "JSON's commas"),
    ("object-missing-colon", "Something is missing between two tokens"),
    ("stray-double-quote", "JSON's quotes"),
    ("include-broken", "A file that was included, and what was left open in it"),
    ("struct-defined-twice", "Two definitions of one name"),
    ("member-clash-base", "A member that is inherited already"),
    ("branch-not-a-value", "A branch that the tag cannot select"),
    ("tag-optional", "A tag that may be absent"),
    ("alternate-string-or-number", "Branches that cannot be told apart"),
    ("event-lower-case", "A name in the wrong case"),
    ("doc-member-misspelled", "Documentation of something that is not there"),
    ("base-of-itself-through-another", "A type that contains itself"),
    ("capability-misspelled", "A capability that the schema does not offer"),
];

/// A folder as the current one, so that messages name files as a person there sees them.
struct Inside(PathBuf);

impl Files for Inside {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        DiskFiles.read(&self.0.join(path))
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        DiskFiles.canonical(&self.0.join(path))
    }
}

#[test]
fn the_manual_shows_what_a_person_sees() {
    let corpus = Inside(folder("schema/err"));
    let mut page = "# Errors as you see them\n\n\
        What `qapi check` prints, and what a build script shows when a schema is wrong.\n\
        The word in brackets is the code of the rule: `qapi explain CODE` tells the rule, a wrong \
        and a right example, and where the rule comes from.\n\
        `--message-format json`, `sarif` and `github` say the same to programs; \
        `--message-format qemu` prints what QEMU's own generator would.\n\n\
        The schemas are those of [tests/schema/err](../tests/schema/err); a test writes this page.\n"
        .to_owned();
    for (case, title) in GALLERY {
        let outcome = compile(&format!("{case}.json"), &corpus, &Options::default());
        assert!(outcome.has_errors(), "{case} shows nothing");
        let text = render::human(&outcome.diagnostics, &outcome.sources, render::Color::Never);
        write!(page, "\n## {title}\n\n```text\n{}\n```\n", text.trim_end()).expect("writes");
    }
    let mut report = Report::default();
    report.compare(&workspace().join("docs/errors.md"), &page);
    report.finish();
}
