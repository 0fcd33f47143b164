//! Input that was made to hurt: what the fuzz targets do (fuzz/bodies.rs), done with the corpora,
//! and schemas that are too deep, too long, too many or no text. Each is an error or a schema, in
//! linear time; none is a panic or a hang.

#[path = "../fuzz/bodies.rs"]
mod bodies;

use std::fmt::Write;

use qapi_codegen::diagnostic::Code;
use qapi_codegen::load::{DiskFiles, MemoryFiles};
use qapi_codegen::{Options, Outcome, compile, render};
use qapi_tests::golden::{files, folder};

#[test]
fn the_fuzz_targets_find_nothing_in_the_corpora() {
    let mut all = files(&folder("schema/err"), "json");
    all.extend(files(&folder("schema/ok"), "json"));
    for path in all {
        let text = std::fs::read(&path).expect("the corpus can be read");
        bodies::lexer(&text);
        bodies::parser(&text);
        // Each dialect with its own checks of documentation, and ours without any.
        for choice in [5, 6, 12, 18, 19, 4] {
            let data = [&[choice], &text[..]].concat();
            bodies::front_end(&data);
            bodies::emitters(&data);
        }
    }
}

/// The schema of one file, in memory.
fn schema(text: impl Into<Vec<u8>>) -> Outcome {
    let files = MemoryFiles::default().with("schema.json", text);
    let outcome = compile("schema.json", &files, &Options::default());
    // A message about it can be shown, and is not as long as what it is about.
    let text = render::human(&outcome.diagnostics, &outcome.sources, render::Color::Never);
    assert!(text.len() < 1 << 20, "{} bytes of messages", text.len());
    outcome
}

fn first_code(outcome: &Outcome) -> Option<Code> {
    outcome.diagnostics.first().map(|first| first.code)
}

#[test]
fn nesting_has_an_end() {
    for (open, close) in [("[", "]"), ("{ 'a': ", "}"), ("[ { 'a': ", "} ]")] {
        for depth in [1_000, 1_000_000] {
            let whole = format!("{}'x'{}", open.repeat(depth), close.repeat(depth));
            assert_eq!(first_code(&schema(whole)), Some(Code::LimitExceeded), "{open}");
            assert_eq!(first_code(&schema(open.repeat(depth))), Some(Code::LimitExceeded));
        }
    }
    let not = "{ 'not': ".repeat(390) + "'A'" + &"}".repeat(390);
    let deep = format!("{{ 'struct': 'Foo', 'data': {{}}, 'if': {not} }}");
    assert!(schema(deep).schema.is_some());
}

#[test]
fn a_line_may_be_long() {
    let mut text = "{ 'struct': 'Foo', 'data': { ".to_owned();
    for index in 0..100_000 {
        let separator = if index == 0 { "" } else { ", " };
        write!(text, "{separator}'m{index}': 'str'").expect("writes");
    }
    let end = " } }";
    assert!(schema(text.clone() + end).schema.is_some());
    // Every member wrong, all on one line of two megabytes.
    let wrong = schema(text.replace("'str'", "'Missing'") + end);
    assert_eq!(first_code(&wrong), Some(Code::UnknownType));
    let long_name = format!("{{ 'struct': '{}', 'data': {{}} }}", "N".repeat(2 << 20));
    assert_eq!(first_code(&schema(long_name)), Some(Code::LimitExceeded));
    // Nor is a run that is no token repeated as a whole.
    let stray = "x".repeat(4 << 20);
    assert_eq!(first_code(&schema(stray)), Some(Code::StrayCharacter));
}

#[test]
fn one_line_may_have_many_mistakes() {
    let nameless = "{ 'struct': 'Foo', 'data': {} } ".to_owned() + &"{ } ".repeat(100_000);
    assert_eq!(first_code(&schema(nameless)), Some(Code::MetaKey));
    let mut branches = String::new();
    for index in 0..50_000 {
        let separator = if index == 0 { "" } else { ", " };
        write!(branches, "{separator}'b{index}': 'Missing{index}'").expect("writes");
    }
    let union = format!("{{ 'union': 'Many', 'data': {{ {branches} }} }}");
    let files = MemoryFiles::default().with("schema.json", union);
    let options = Options::of(qapi_codegen::dialect::Dialect::Qemu5_2);
    let outcome = compile("schema.json", &files, &options);
    assert_eq!(first_code(&outcome), Some(Code::UnknownType));
}

#[test]
fn documentation_may_be_long() {
    let mut text = "##\n# @Foo:\n#\n".to_owned();
    for index in 0..50_000 {
        writeln!(text, "# @m{index}: text").expect("writes");
    }
    text += "##\n{ 'struct': 'Foo', 'data': {} }\n";
    assert_eq!(first_code(&schema(text)), Some(Code::DocumentedMemberMissing));
    let banners = "#".repeat(4 << 20);
    assert!(schema(banners).has_errors());
    let blocks = "##\n# = Heading\n##\n".repeat(100_000);
    assert!(schema(blocks).schema.is_some());
}

#[test]
fn files_may_be_many_but_not_without_end() {
    let chain = |count: usize| {
        let mut files = MemoryFiles::default();
        for index in 0..count {
            let text = format!("{{ 'include': '{}.json' }}", index + 1);
            files = files.with(format!("{index}.json"), text);
        }
        files = files.with(format!("{count}.json"), "");
        compile("0.json", &files, &Options::default())
    };
    assert!(chain(150).schema.is_some());
    assert_eq!(first_code(&chain(5_000)), Some(Code::LimitExceeded), "too deep");

    let fan = |count: usize| {
        let root: String = (0..count).map(|i| format!("{{ 'include': 'f/{i}.json' }}\n")).collect();
        let mut files = MemoryFiles::default().with("root.json", root);
        for index in 0..count {
            let text = format!("{{ 'struct': 'Foo{index}a', 'data': {{}} }}\n");
            files = files.with(format!("f/{index}.json"), text);
        }
        compile("root.json", &files, &Options::default())
    };
    assert!(fan(3_000).schema.is_some());
    assert_eq!(first_code(&fan(6_000)), Some(Code::LimitExceeded), "too many");
}

#[test]
fn one_file_included_over_and_over_is_read_once() {
    let root = "{ 'include': 'part.json' }\n".repeat(50_000);
    let part = "{ 'struct': 'Foo', 'data': {} }\n";
    let files = MemoryFiles::default().with("root.json", root).with("part.json", part);
    let outcome = compile("root.json", &files, &Options::default());
    assert!(outcome.schema.is_some());
    assert_eq!(outcome.sources.files().count(), 2);
}

#[test]
fn what_is_no_text_is_an_error() {
    assert_eq!(first_code(&schema(b"{ 'struct': '\xff' }".to_vec())), Some(Code::InvalidUtf8));
    assert_eq!(first_code(&schema(b"\xff\xfe{\0}\0".to_vec())), Some(Code::InvalidUtf8), "UTF-16");
    assert_eq!(first_code(&schema("\u{feff}{ }")), Some(Code::StrayCharacter), "byte order mark");
    assert_eq!(first_code(&schema("\0")), Some(Code::StrayCharacter));
}

#[test]
fn lines_may_end_as_on_any_system() {
    let text = "##\n# @Foo:\n#\n# Text.\n#\n# @a: more\n##\n{ 'struct': 'Foo',\n  'data': { 'a': 'str' } }\n";
    for end in ["\n", "\r\n", "\r"] {
        let outcome = schema(text.replace('\n', end));
        assert!(outcome.schema.is_some() && outcome.diagnostics.is_empty(), "{end:?}");
    }
}

/// Files on a real file system, where a name can be a link, a folder or unreadable.
mod on_disk {
    use super::{Code, DiskFiles, Options, compile, first_code};

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).expect("writes");
        }
        folder
    }

    fn code(folder: &tempfile::TempDir) -> Option<Code> {
        let root = folder.path().join("root.json");
        first_code(&compile(&root.to_string_lossy(), &DiskFiles, &Options::default()))
    }

    #[test]
    #[cfg(unix)]
    fn a_loop_through_links_is_a_loop() {
        let folder = folder(&[("root.json", "{ 'include': 'link.json' }\n")]);
        std::os::unix::fs::symlink("root.json", folder.path().join("link.json")).expect("links");
        assert_eq!(code(&folder), Some(Code::InclusionLoop));
    }

    #[test]
    #[cfg(unix)]
    fn a_link_to_itself_is_unreadable() {
        let folder = folder(&[("root.json", "{ 'include': 'link.json' }\n")]);
        std::os::unix::fs::symlink("link.json", folder.path().join("link.json")).expect("links");
        assert_eq!(code(&folder), Some(Code::UnreadableFile));
    }

    #[test]
    fn a_folder_is_no_schema() {
        let folder = folder(&[("root.json", "{ 'include': 'sub' }\n")]);
        std::fs::create_dir(folder.path().join("sub")).expect("creates");
        assert_eq!(code(&folder), Some(Code::UnreadableFile));
    }

    #[test]
    #[cfg(unix)]
    fn an_endless_file_has_an_end() {
        let folder = folder(&[("root.json", "{ 'include': '/dev/zero' }\n")]);
        assert_eq!(code(&folder), Some(Code::LimitExceeded));
    }

    #[test]
    fn a_name_that_no_system_bears_is_unreadable() {
        let name = "n".repeat(4_000);
        let folder = folder(&[("root.json", &format!("{{ 'include': '{name}' }}\n"))]);
        assert_eq!(code(&folder), Some(Code::UnreadableFile));
    }
}
