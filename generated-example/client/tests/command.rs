//! The program as a user runs it, against the agent in its memory: what is on stdout, what on
//! stderr, and the exit status.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// Runs the program to its end, with this on its stdin.
fn client_with(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_qapi-agent-client"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    stdin.write_all(input).expect("the program reads its stdin");
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn client(arguments: &[&str]) -> Output {
    client_with(arguments, b"")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text is UTF-8")
}

/// A place for a file of one test.
fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn tour_shows_what_was_negotiated_and_typed_results() {
    let tour = client(&[]);
    let shown = text(&tour.stdout);
    for part in ["extended", "oob, events", "and back: the same", "told by GUEST_EXEC_EXITED"] {
        assert!(shown.contains(part), "no '{part}' in\n{shown}");
    }
    assert_eq!((tour.status.code(), text(&tour.stderr)), (Some(0), ""));
}

#[test]
fn exec_passes_output_and_status_on() {
    let ended = client(&["exec", "--", "sh", "-c", "echo out; echo err >&2; exit 7"]);
    assert_eq!(text(&ended.stdout), "out\n");
    assert_eq!(text(&ended.stderr), "err\n");
    assert_eq!(ended.status.code(), Some(7));
}

#[test]
fn exec_reports_a_signal_as_shells_do() {
    let ended = client(&["exec", "--", "sh", "-c", "kill -9 $$"]);
    assert_eq!(text(&ended.stderr), "ended by signal 9\n");
    assert_eq!(ended.status.code(), Some(137));
}

#[test]
fn exec_leaves_the_programs_options_to_the_program() {
    let ended = client(&["exec", "echo", "--timeout", "-v", "--", "x"]);
    assert_eq!(text(&ended.stdout), "--timeout -v -- x\n");
}

#[test]
fn files_of_any_length_come_back_the_same() {
    let path = place("any-length");
    let path = path.to_str().expect("the build folder is UTF-8");
    // Around the length of a piece, and more than one.
    for length in [0, 1, 196_607, 196_608, 196_609, 500_000] {
        let sent: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        assert_eq!(client_with(&["-q", "put", "-", path], &sent).status.code(), Some(0));
        let received = client(&["cat", path]);
        assert_eq!(received.status.code(), Some(0));
        assert!(received.stdout == sent, "{length} bytes came back as other bytes");
    }
}

#[test]
fn put_without_a_source_empties_no_file() {
    let path = place("not-emptied");
    fs::write(&path, "as before").expect("the build folder can be written");
    let target = path.to_str().expect("the build folder is UTF-8");
    assert_eq!(client(&["put", "/nonexistent", target]).status.code(), Some(2));
    assert_eq!(client(&["put", "/", target]).status.code(), Some(2));
    assert_eq!(fs::read(&path).expect("the file is still there"), b"as before");
}

#[test]
fn error_of_the_agent_is_1_and_names_the_command() {
    let refused = client(&["cat", "/nonexistent"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused.stdout).is_empty());
    let shown = text(&refused.stderr);
    assert!(shown.starts_with("error: guest-file-open: GenericError: "), "{shown}");
}

#[test]
fn no_agent_is_2_and_hints() {
    let arguments = ["--connect", "unix:/nonexistent/agent.sock", "ping"];
    let failed = client(&arguments);
    assert_eq!(failed.status.code(), Some(2));
    assert!(text(&failed.stderr).contains("hint: "), "{}", text(&failed.stderr));
    let quiet = client(&[&["-q"][..], &arguments].concat());
    assert!(!text(&quiet.stderr).contains("hint: "), "{}", text(&quiet.stderr));
}

#[test]
fn wrong_usage_is_2() {
    for arguments in [&["nonsense"][..], &["--connect", "nonsense", "ping"], &["exec"]] {
        assert_eq!(client(arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn colour_is_there_only_when_asked_for() {
    assert!(!text(&client(&["ping"]).stdout).contains('\x1b'));
    assert!(text(&client(&["ping", "--color", "always"]).stdout).contains('\x1b'));
}
