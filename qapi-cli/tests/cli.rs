//! The contract of the command: exit status, what goes to stdout, what to stderr.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const GOOD: &str = "{ 'enum': 'Mode', 'data': [ 'fast', 'slow' ] }
{ 'command': 'set-mode', 'data': { 'mode': 'Mode' } }
{ 'event': 'MODE_CHANGED', 'data': { 'mode': 'Mode' } }
";
const BAD: &str = "{ 'struct': 'One', 'data': { 'b': 'Missing' } }
{ 'struct': 'Two', 'data': { 'd': 'AlsoMissing' } }
";

fn qapi(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qapi"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command.stdin(Stdio::null()).output().expect("qapi runs")
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("writes");
    }
    folder
}

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn check_is_silent_about_a_right_schema() {
    let folder = folder(&[("good.json", GOOD)]);
    let output = qapi(folder.path(), &["check", "good.json"]);
    assert_eq!((status(&output), stderr(&output).as_str()), (Some(0), ""));
    assert!(output.stdout.is_empty());
}

#[test]
fn check_reports_every_independent_error_with_its_place() {
    let folder = folder(&[("bad.json", BAD)]);
    let output = qapi(folder.path(), &["check", "bad.json"]);
    assert_eq!(status(&output), Some(1));
    assert!(output.stdout.is_empty());
    let text = stderr(&output);
    for part in ["bad.json:1:", "Missing", "bad.json:2:", "AlsoMissing", "error["] {
        assert!(text.contains(part), "{part} in:\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "no colour where nobody sees it");
}

#[test]
fn dump_shows_each_stage() {
    let folder = folder(&[("good.json", GOOD)]);
    let stages = [
        ("tokens", "    1:11 string 'Mode'\n"),
        ("ast", "        1:19 'data': list\n"),
        ("definitions", "enum Mode [good.json:1]\n    value fast\n"),
        ("schema", "command set-mode [good.json:2]\n    argument mode: Mode\n"),
        ("rust-names", "command set-mode commands::SetMode set_mode()\n"),
    ];
    for (stage, part) in stages {
        let output = qapi(folder.path(), &["dump", "good.json", "--stage", stage]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!((status(&output), stderr(&output).as_str()), (Some(0), ""), "{stage}");
        assert!(text.contains(part), "{part} in:\n{text}");
    }
    let arguments = ["dump", "good.json", "--stage", "schema", "--format", "qemu"];
    let output = qapi(folder.path(), &arguments);
    assert!(output.stdout.starts_with(b"module ./builtin\nobject q_empty\n"));
    let output = qapi(folder.path(), &["dump", "good.json", "--stage", "ast", "--format", "qemu"]);
    assert_eq!(status(&output), Some(2));
}

#[test]
fn dump_shows_what_was_understood_of_a_wrong_schema() {
    let folder = folder(&[("bad.json", BAD), ("worse.json", "{ 'struct': 'One', 'data': 7 }\n")]);
    let definitions = qapi(folder.path(), &["dump", "bad.json", "--stage", "definitions"]);
    assert_eq!(status(&definitions), Some(0), "the shape is right");
    assert!(definitions.stdout.starts_with(b"struct One [bad.json:1]\n    member b: Missing\n"));
    let schema = qapi(folder.path(), &["dump", "bad.json", "--stage", "schema"]);
    assert_eq!((status(&schema), schema.stdout.len()), (Some(1), 0));
    let tokens = qapi(folder.path(), &["dump", "worse.json", "--stage", "tokens"]);
    assert_eq!(status(&tokens), Some(1));
    let text = String::from_utf8_lossy(&tokens.stdout).into_owned();
    assert!(text.contains("    1:28 stray [stray-character: stray '7']\n"), "{text}");
}

#[test]
fn check_says_once_where_more_is_said_to_people_only() {
    let folder = folder(&[("bad.json", BAD)]);
    let hints = |arguments: &[&str]| {
        let output = qapi(folder.path(), &[&["check", "bad.json"], arguments].concat());
        stderr(&output).matches("qapi explain CODE").count()
    };
    assert_eq!((hints(&[]), hints(&["-q"]), hints(&["--message-format", "qemu"])), (1, 0, 0));
}

#[test]
fn explain_shows_one_code_or_lists_all() {
    let folder = folder(&[]);
    let one = qapi(folder.path(), &["explain", "union-empty"]);
    let text = String::from_utf8_lossy(&one.stdout).into_owned();
    assert_eq!((status(&one), stderr(&one).as_str()), (Some(0), ""));
    for part in ["union-empty\n", "Wrong", "    { 'union'", "Right", "QEMU, scripts/qapi/"] {
        assert!(text.contains(part), "{part} in:\n{text}");
    }
    let unshown = qapi(folder.path(), &["explain", "invalid-utf8"]);
    assert!(String::from_utf8_lossy(&unshown.stdout).contains("Latin-1"));
    let all = qapi(folder.path(), &["explain"]);
    let list = String::from_utf8_lossy(&all.stdout).into_owned();
    assert_eq!(status(&all), Some(0));
    assert!(list.lines().any(|line| line.starts_with("union-empty ")), "{list}");
}

#[test]
fn explain_suggests_the_code_that_was_meant() {
    let output = qapi(folder(&[]).path(), &["explain", "union-emtpy"]);
    assert_eq!(status(&output), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(stderr(&output), "error: unknown code 'union-emtpy'; did you mean 'union-empty'?\n");
}

#[test]
fn message_formats_are_of_one_value() {
    let folder = folder(&[("bad.json", BAD)]);
    let qemu = qapi(folder.path(), &["check", "bad.json", "--message-format", "qemu"]);
    assert_eq!(
        stderr(&qemu),
        "bad.json: In struct 'One':\nbad.json:1: member 'b' uses unknown type 'Missing'\n"
    );
    let json = qapi(folder.path(), &["check", "bad.json", "--message-format", "json"]);
    assert_eq!(stderr(&json).lines().count(), 2);
    assert!(stderr(&json).lines().all(|line| line.starts_with('{') && line.ends_with('}')));
    let colored = qapi(folder.path(), &["check", "bad.json", "--color", "always"]);
    assert!(stderr(&colored).contains('\u{1b}'));
}

#[test]
fn a_schema_is_read_from_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qapi"))
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("qapi runs");
    child.stdin.take().expect("piped").write_all(BAD.as_bytes()).expect("qapi reads");
    let output = child.wait_with_output().expect("qapi ends");
    assert_eq!(status(&output), Some(1));
    assert!(stderr(&output).contains("<stdin>:1:"), "{}", stderr(&output));
}

#[test]
fn standard_input_has_the_limit_of_a_file() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qapi"))
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("qapi runs");
    let too_much = vec![b' '; qapi_codegen::load::MAX_FILE_BYTES as usize + 1];
    child.stdin.take().expect("piped").write_all(&too_much).expect("qapi reads");
    let output = child.wait_with_output().expect("qapi ends");
    assert_eq!(status(&output), Some(1));
    assert!(stderr(&output).contains("limit-exceeded"), "{}", stderr(&output));
}

#[test]
fn what_cannot_be_done_ends_with_two() {
    let folder = folder(&[("good.json", GOOD)]);
    for arguments in [
        &["check"] as &[&str],
        &["check", "good.json", "--dialect", "qemu-1.0"],
        &["generate", "good.json"],
        &["generate", "good.json", "-o", "no/such/folder/out.rs"],
        &["generate", "good.json", "-o", "out.rs", "--only", "no-such-command"],
        &["info", "unix:no-such-socket"],
        &["info", "nowhere"],
        &["call", "unix:no-such-socket", "guest-ping", "a=1", "b"],
    ] {
        let output = qapi(folder.path(), arguments);
        assert_eq!(status(&output), Some(2), "{arguments:?}: {}", stderr(&output));
        assert!(!stderr(&output).is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_missing_schema_is_a_schema_error() {
    let folder = folder(&[]);
    let output = qapi(folder.path(), &["check", "missing.json"]);
    assert_eq!(status(&output), Some(1));
    assert!(stderr(&output).contains("missing.json"));
}

#[test]
fn generate_writes_only_what_changed_and_nothing_for_a_wrong_schema() {
    let folder = folder(&[("good.json", GOOD), ("bad.json", BAD)]);
    let out = folder.path().join("out.rs");
    assert_eq!(status(&qapi(folder.path(), &["generate", "good.json", "-o", "out.rs"])), Some(0));
    let first = std::fs::read_to_string(&out).expect("is there");
    assert!(first.starts_with("// @generated by qapi-codegen "), "{first}");
    assert!(first.contains("pub struct SetMode"));
    let written = std::fs::metadata(&out).expect("is there").modified().expect("a time");

    assert_eq!(status(&qapi(folder.path(), &["generate", "good.json", "-o", "out.rs"])), Some(0));
    assert_eq!(std::fs::metadata(&out).expect("is there").modified().expect("a time"), written);

    assert_eq!(status(&qapi(folder.path(), &["generate", "bad.json", "-o", "out.rs"])), Some(1));
    assert_eq!(std::fs::read_to_string(&out).expect("is there"), first);
}

#[test]
fn generate_check_shows_what_is_stale_and_writes_nothing() {
    let folder = folder(&[("good.json", GOOD)]);
    let arguments = ["generate", "good.json", "-o", "out.rs", "--check"];
    let absent = qapi(folder.path(), &arguments);
    assert_eq!(status(&absent), Some(1));
    assert!(!folder.path().join("out.rs").exists());

    assert_eq!(status(&qapi(folder.path(), &arguments[..4])), Some(0));
    assert_eq!(status(&qapi(folder.path(), &arguments)), Some(0));
    std::fs::write(folder.path().join("good.json"), GOOD.replace("slow", "calm")).expect("writes");
    let stale = qapi(folder.path(), &arguments);
    assert_eq!(status(&stale), Some(1));
    let diff = String::from_utf8_lossy(&stale.stdout).into_owned();
    assert!(diff.contains("--- out.rs") && diff.contains("+    Calm,"), "{diff}");
}

#[test]
fn generate_names_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qapi"))
        .args(["generate", "-", "-o", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("qapi runs");
    child.stdin.take().expect("piped").write_all(GOOD.as_bytes()).expect("qapi reads");
    let output = child.wait_with_output().expect("qapi ends");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.lines().next().is_some_and(|line| line.contains("from standard input")), "{text}");
}

#[test]
fn generate_does_not_read_what_has_no_end() {
    let folder = folder(&[("good.json", GOOD)]);
    let output = qapi(folder.path(), &["generate", "good.json", "-o", "/dev/full"]);
    assert_eq!(status(&output), Some(2), "{}", stderr(&output));
    let output = qapi(folder.path(), &["generate", "good.json", "-o", "/dev/null"]);
    assert_eq!(status(&output), Some(0), "{}", stderr(&output));
}

#[test]
fn every_command_tells_the_version() {
    let folder = folder(&[]);
    for command in ["check", "generate", "info", "call"] {
        let output = qapi(folder.path(), &[command, "--version"]);
        assert_eq!(status(&output), Some(0), "{command}");
        assert!(String::from_utf8_lossy(&output.stdout).contains(env!("CARGO_PKG_VERSION")));
    }
}

#[test]
fn generate_counts() {
    let folder = folder(&[("good.json", GOOD)]);
    let output = qapi(folder.path(), &["generate", "good.json", "-o", "out.rs", "--print-stats"]);
    let stats: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one JSON line");
    assert_eq!(
        (&stats["commands"], &stats["events"], &stats["types"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert!(stats["lines"].as_u64() > Some(10));
}
