//! The program `qapi-agent`: its command line, its addresses, its end.

use qapi_runtime::Any;
use rustix::process::{Pid, Signal, kill_process};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};

fn agent(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qapi-agent"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it to its end; gives exit status and what it said.
fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = agent(arguments).output().unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

/// An agent that runs. It is killed when a test fails.
struct Running {
    child: Child,
    stderr: BufReader<ChildStderr>,
}

impl Running {
    /// Starts it and waits until it listens.
    fn start(command: &mut Command) -> Self {
        let mut child = command.spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let mut running = Running { child, stderr };
        assert!(running.line().starts_with("listening on "));
        running
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        line
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// The exit status.
    fn end(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

/// Sends a request and reads one line.
fn ask(socket: &Path, request: &str) -> Any {
    let mut stream = UnixStream::connect(socket).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    line.parse().unwrap()
}

const PING: &str = r#"{"execute": "guest-ping"}"#;

#[test]
fn the_command_line_is_checked() {
    for (arguments, culprit) in [
        (&[][..], "--listen <ADDR>"),
        (&["--listen", "nowhere"], "'nowhere' is no address"),
        (&["--listen", "stdio", "--block", "guest-pign"], "'guest-ping'"),
        (&["--listen", "stdio", "--allow", "guest-ping,guest-inof"], "'guest-info'"),
        (&["--listen", "stdio", "--negotiation", "perhaps"], "'perhaps'"),
        (&["--listen", "stdio", "--report-version", "1.2"], "X.Y.Z"),
        (&["--listen", "stdio", "-q", "-v"], "cannot be used with"),
    ] {
        let (status, text) = run(arguments);
        assert_eq!(status, Some(2), "{arguments:?}: {text}");
        assert!(text.contains(culprit), "{arguments:?}: {text}");
    }
}

#[test]
fn places_where_nobody_can_listen() {
    for address in ["unix:/nonexistent/socket", "fd:1000", "fd:0"] {
        let (status, text) = run(&["--listen", address]);
        assert_eq!(status, Some(2), "{text}");
        assert!(text.starts_with(&format!("error: cannot listen at {address}: ")), "{text}");
    }
}

#[test]
fn standard_input_is_served_to_its_end() {
    let mut child = agent(&["--listen", "stdio"]).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(PING.as_bytes()).unwrap();
    let Output { status, stdout, .. } = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(stdout).unwrap(), "{\"return\": {}}\n");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn several_sockets_are_served_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    let addresses = [&one, &two].map(|path| format!("unix:{}", path.display()));
    let mut running =
        Running::start(&mut agent(&["--listen", &addresses[0], "--listen", &addresses[1]]));
    assert_eq!(running.line(), format!("listening on {}\n", addresses[1]));
    for socket in [&one, &two] {
        assert_eq!(ask(socket, PING)["return"], Any::Object(Default::default()));
    }
    running.signal(Signal::TERM);
    assert_eq!(running.end(), Some(0));
    assert!(!one.exists() && !two.exists());
}

#[test]
fn a_socket_can_be_handed_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let listener = OwnedFd::from(UnixListener::bind(&path).unwrap());
    let running = Running::start(agent(&["--listen", "fd:0"]).stdin(listener));
    assert_eq!(ask(&path, PING)["return"], Any::Object(Default::default()));
    running.signal(Signal::INT);
    assert_eq!(running.end(), Some(0));
    assert!(path.exists(), "the socket is not ours to remove");
}

#[test]
fn an_answer_on_its_way_arrives_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let running = Running::start(&mut agent(&["--listen", &format!("unix:{}", path.display())]));
    let open = r#"{"execute": "guest-file-open", "arguments": {"path": "/dev/zero"}}"#;
    let handle = &ask(&path, open)["return"];
    let read = format!(
        r#"{{"execute": "guest-file-read", "arguments": {{"handle": {handle}, "count": 50331648}}}}"#
    );
    let mut stream = UnixStream::connect(&path).unwrap();
    stream.write_all(read.as_bytes()).unwrap();
    // The rest of it fits into no buffer: it has yet to be sent.
    let mut answer = vec![0; 1];
    stream.read_exact(&mut answer).unwrap();
    running.signal(Signal::TERM);
    stream.read_to_end(&mut answer).unwrap();
    assert!(answer.len() > 64 << 20 && answer.ends_with(b"}\n"), "{} bytes", answer.len());
    assert_eq!(running.end(), Some(0));
}

#[test]
fn arguments_are_not_logged() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let address = format!("unix:{}", path.display());
    let mut running = Running::start(&mut agent(&["--listen", &address, "-v"]));
    ask(&path, r#"{"execute": "guest-exec", "arguments": {"path": "secret", "arg": ["secret"]}}"#);
    running.signal(Signal::TERM);
    let mut log = String::new();
    running.stderr.read_to_string(&mut log).unwrap();
    assert!(log.contains("guest-exec: GenericError"), "{log}");
    assert!(!log.contains("secret"), "{log}");
}
