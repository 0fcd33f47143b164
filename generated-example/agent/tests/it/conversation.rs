//! The whole agent, from the bytes of a request to those of the answer.

use crate::fixture::Guest;
use qapi_agent::power::{Mode, Recording};
use qapi_agent::schema::SCHEMA;
use qapi_agent::{Access, Agent, Config};
use qapi_runtime::Any;
use qapi_runtime::blocking::{self, Server};
use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread;

/// Sends requests, one a line, and gives what comes back.
fn converse(config: Config, requests: &str) -> String {
    let server = Server::new(Agent::new(config).into_service(), blocking::Config::default());
    let (mut client, served) = UnixStream::pair().unwrap();
    let serving = thread::spawn(move || server.serve_unix(served));
    client.write_all(requests.as_bytes()).unwrap();
    client.shutdown(Shutdown::Write).unwrap();
    let mut answers = String::new();
    client.read_to_string(&mut answers).unwrap();
    serving.join().unwrap();
    answers
}

fn config() -> Config {
    Config::new(Recording::default())
}

/// The text of an error's description; the class is GenericError.
fn refused(request: &str) -> String {
    let answer: Any = converse(config(), request).parse().unwrap();
    assert_eq!(answer["error"]["class"], "GenericError", "{answer}");
    answer["error"]["desc"].as_str().unwrap().to_owned()
}

#[test]
fn every_command_answers_or_says_why_not() {
    for command in SCHEMA.commands {
        let request = format!(r#"{{"execute": "{}"}}"#, command.name);
        let answer = converse(Config { host: Guest::with(&[]).host, ..config() }, &request);
        match command.name {
            "guest-shutdown" => assert_eq!(answer, ""),
            name => assert!(answer.starts_with('{'), "{name}: {answer}"),
        }
        assert!(!answer.contains("CommandNotFound"), "{answer}");
    }
}

#[test]
fn forbidden_commands_are_refused_and_shown() {
    let access = Access::default().block(["guest-exec"]);
    let answers = converse(
        Config { access, ..config() },
        "{\"execute\": \"guest-exec\", \"id\": 1}\n{\"execute\": \"guest-info\"}\n",
    );
    let (refused, info) = answers.split_once('\n').unwrap();
    assert_eq!(
        refused,
        "{\"id\": 1, \"error\": {\"class\": \"CommandNotFound\", \"desc\": \
         \"Command guest-exec has been disabled: the command is not allowed\"}}"
    );
    let info: Any = info.parse().unwrap();
    let commands = info["return"]["supported_commands"].as_array().unwrap();
    assert_eq!(commands.len(), SCHEMA.commands.len());
    for command in commands {
        assert_eq!(command["enabled"], command["name"] != "guest-exec");
        assert_eq!(command["success-response"], command["name"] != "guest-shutdown");
    }
}

#[test]
fn the_version_can_be_another() {
    let version = "10.2.1".parse().unwrap();
    let answer = converse(Config { version, ..config() }, r#"{"execute": "guest-info"}"#);
    assert!(answer.contains(r#""version": "10.2.1""#), "{answer}");
}

#[test]
fn shutdown_answers_nothing_when_it_succeeds() {
    let power = Arc::new(Recording::default());
    let answers = converse(
        Config::new(power.clone()),
        r#"{"execute": "guest-shutdown"}
           {"execute": "guest-shutdown", "arguments": {"mode": "reboot"}}
           {"execute": "guest-shutdown", "arguments": {"mode": "bogus"}, "id": 1}"#,
    );
    assert_eq!(power.requests(), [Mode::Powerdown, Mode::Reboot]);
    assert_eq!(answers.lines().count(), 1);
    assert!(answers.contains("mode is invalid (valid values are: halt|powerdown|reboot\""));
}

#[test]
fn a_program_that_ends_is_an_event_for_who_asked_for_events() {
    let (server, mut client) = server();
    client.send(r#"{"execute": "qmp_capabilities", "arguments": {"enable": ["events"]}}"#);
    assert_eq!(client.line()["return"], Any::Object(Default::default()));
    client
        .send(r#"{"execute": "guest-exec", "arguments": {"path": "sh", "arg": ["-c", "exit 7"]}}"#);
    // The event can come first.
    let (one, other) = (client.line(), client.line());
    let (event, answer) = if one.get("event").is_some() { (one, other) } else { (other, one) };
    assert_eq!(event["event"], "GUEST_EXEC_EXITED");
    assert_eq!(event["data"]["exitcode"], 7);
    assert_eq!(event["data"]["pid"], answer["return"]["pid"]);
    client.send(&format!(
        r#"{{"execute": "guest-exec-status", "arguments": {{"pid": {}}}}}"#,
        event["data"]["pid"]
    ));
    assert_eq!(client.line()["return"]["exitcode"], 7);
    drop(client);
    server.join().unwrap();
}

#[test]
fn refusals_have_the_words_of_qemu_ga() {
    for (request, text) in [
        (
            r#"{"execute":"guest-exec","arguments":{"path":"/nonexistent/prog"}}"#,
            "Failed to execute child process “/nonexistent/prog” (No such file or directory)",
        ),
        (
            r#"{"execute":"guest-file-open","arguments":{"path":"/nonexistent/file"}}"#,
            "failed to open file '/nonexistent/file' (mode: 'r'): No such file or directory",
        ),
        (
            r#"{"execute":"guest-file-open","arguments":{"path":"/tmp/x","mode":"zz"}}"#,
            "invalid file open mode 'zz'",
        ),
        (
            r#"{"execute":"guest-file-close","arguments":{"handle":987654321}}"#,
            "handle '987654321' has not been found",
        ),
        (
            r#"{"execute":"guest-exec","arguments":{"path":"/bin/true","input-data":"***"}}"#,
            "Base64 data contains invalid characters",
        ),
        (
            r#"{"execute":"guest-exec","arguments":{"path":"/bin/true","arg":["a",1]}}"#,
            "Invalid parameter type for 'arg[1]', expected: string",
        ),
        (
            r#"{"execute":"guest-exec","arguments":{"path":"/bin/true","capture-output":1}}"#,
            "Invalid parameter type for 'capture-output', expected: GuestExecCaptureOutput",
        ),
        (
            r#"{"execute":"guest-file-seek","arguments":{"handle":1,"offset":0,"whence":"SET"}}"#,
            "Parameter 'whence' does not accept value 'SET'",
        ),
        (
            r#"{"execute":"guest-file-seek","arguments":{"handle":1,"offset":0,"whence":null}}"#,
            "Invalid parameter type for 'whence', expected: GuestFileWhence",
        ),
        (
            r#"{"execute":"guest-file-seek","arguments":{"handle":1,"offset":0,"whence":1}}"#,
            "handle '1' has not been found",
        ),
    ] {
        assert_eq!(refused(request), text);
    }
}

/// A client that waits for each answer.
struct Client(std::io::BufReader<UnixStream>);

fn server() -> (thread::JoinHandle<()>, Client) {
    let server = Server::new(Agent::new(config()).into_service(), blocking::Config::default());
    let (client, served) = UnixStream::pair().unwrap();
    let serving = thread::spawn(move || server.serve_unix(served));
    (serving, Client(std::io::BufReader::new(client)))
}

impl Client {
    fn send(&mut self, request: &str) {
        self.0.get_mut().write_all(request.as_bytes()).unwrap();
    }

    fn line(&mut self) -> Any {
        let mut line = String::new();
        std::io::BufRead::read_line(&mut self.0, &mut line).unwrap();
        line.parse().unwrap()
    }
}
