//! Our programs and the real ones: the same client at QEMU's agent and at ours, and other people's
//! tools at ours.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use qapi_runtime::blocking;
use qapi_tests::peer::{Peer, program};
use qapi_tests::program;
use serde_json::{Value, json};

use agent::{Client, commands};

/// The agent's schema, the client's side.
#[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
mod agent {
    qapi_runtime::include_schema!("agent");
}

#[test]
fn the_typed_client_gets_the_same_from_qemu_ga_and_from_our_agent() {
    let Some(theirs) = Peer::qemu_ga() else { return };
    let ours = Peer::agent(&program::agent(), &[]);
    let (theirs, ours) = (Facts::of(&theirs), Facts::of(&ours));
    assert_eq!(theirs.osinfo, ours.osinfo);
    assert_eq!(theirs.interfaces, ours.interfaces);
    assert_eq!(theirs.file, ours.file);
    assert_eq!(theirs.exec, ours.exec);
}

/// What one agent says, without what changes from one second to the next.
struct Facts {
    osinfo: agent::GuestOSInfo,
    interfaces: Vec<agent::GuestNetworkInterface>,
    file: String,
    exec: agent::GuestExecStatus,
}

impl Facts {
    fn of(peer: &Peer) -> Facts {
        let client = connect(peer);
        let mut interfaces = client
            .guest_network_get_interfaces(commands::GuestNetworkGetInterfaces)
            .expect("interfaces");
        for interface in &mut interfaces {
            // Counters count on. qemu-ga has none for an interface without an address, ours does.
            let counted = interface.statistics.take().is_some();
            assert!(counted || interface.ip_addresses.is_none(), "{}", interface.name);
        }
        interfaces.sort_by(|one, other| one.name.cmp(&other.name));
        Facts {
            osinfo: client.guest_get_osinfo(commands::GuestGetOsinfo).expect("osinfo"),
            interfaces,
            file: round_trip(&client, &peer.folder().join("file")),
            exec: run(&client, "/bin/sh", &["-c", "echo out; echo err >&2; exit 3"]),
        }
    }
}

fn connect(peer: &Peer) -> blocking::Client {
    let address = peer.address().parse().expect("an address");
    blocking::Client::connect(&address, blocking::Options::default()).expect("the agent is there")
}

/// Writes a file, closes it, opens it, seeks, reads to the end; base64 as on the wire.
fn round_trip(client: &blocking::Client, path: &Path) -> String {
    let path = path.display().to_string();
    let open = |mode: &str| {
        let command = commands::GuestFileOpen {
            mode: Some(mode.into()),
            ..commands::GuestFileOpen::new(&*path)
        };
        client.guest_file_open(command).expect("opens")
    };
    let handle = open("w");
    let content = "aGVsbG8gZ3Vlc3Q=";
    let written = client.guest_file_write(commands::GuestFileWrite::new(handle, content));
    assert_eq!(written.expect("writes").count, 11);
    client.guest_file_flush(commands::GuestFileFlush::new(handle)).expect("flushes");
    client.guest_file_close(commands::GuestFileClose::new(handle)).expect("closes");
    let handle = open("r");
    let read = client.guest_file_read(commands::GuestFileRead::new(handle)).expect("reads");
    assert!(read.eof);
    client.guest_file_close(commands::GuestFileClose::new(handle)).expect("closes");
    read.buf_b64
}

/// Runs a program to its end.
fn run(client: &blocking::Client, path: &str, arguments: &[&str]) -> agent::GuestExecStatus {
    let start = commands::GuestExec {
        arg: Some(arguments.iter().map(|&argument| argument.to_owned()).collect()),
        capture_output: Some(agent::GuestExecCaptureOutput::Flag(true)),
        ..commands::GuestExec::new(path)
    };
    let pid = client.guest_exec(start).expect("starts").pid;
    for _ in 0..1000 {
        let status =
            client.guest_exec_status(commands::GuestExecStatus::new(pid)).expect("is known");
        if status.exited {
            return status;
        }
        // A real process in a real agent: asking is the only way that both agents have.
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("the program did not end");
}

#[test]
fn qapi_tells_what_qemu_ga_is_and_calls_it() {
    let Some(peer) = Peer::qemu_ga() else { return };
    let info = qapi(&["info", &peer.address()]);
    assert_eq!(info["level"], ">=4.0");
    assert_eq!(info["protocol"], "guest");
    assert_eq!(info["id_echo"], true);
    assert_eq!(info["version"], Value::Null);
    assert_eq!(info["sync"], "guest-sync-delimited");
    let listed = qapi(&["call", &peer.address(), "guest-info"]);
    let commands = listed["supported_commands"].as_array().expect("a list");
    let names: Vec<&str> = commands.iter().filter_map(|one| one["name"].as_str()).collect();
    assert!(names.len() >= 42, "{names:?}");
    for name in ["guest-ping", "guest-exec", "guest-fsfreeze-thaw", "guest-ssh-get-authorized-keys"]
    {
        assert!(names.contains(&name), "{name}");
    }
}

#[test]
fn qapi_tells_what_our_agent_is_and_calls_it() {
    let peer = Peer::agent(&program::agent(), &["--report-version", "11.0.0"]);
    let info = qapi(&["info", &peer.address(), "--enable", "events"]);
    assert_eq!(info["level"], "extended");
    assert_eq!(info["capabilities"], json!(["oob", "events"]));
    assert_eq!(info["enabled"], json!(["events"]));
    assert_eq!(info["version"]["qemu"], json!({"major": 11, "minor": 0, "micro": 0}));
    assert_eq!(qapi(&["call", &peer.address(), "guest-sync", "id=7"]), json!(7));
    let refused = Command::new(program::qapi())
        .args(["call", &peer.address(), "guest-file-close", "handle=99"])
        .output()
        .expect("runs");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("GenericError: "));
}

/// Runs `qapi`, which must succeed, and reads what it prints.
fn qapi(arguments: &[&str]) -> Value {
    let output = Command::new(program::qapi()).args(arguments).output().expect("runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "qapi {arguments:?}: {errors}");
    serde_json::from_slice(&output.stdout).expect("prints JSON")
}

#[test]
fn an_agent_that_ends_takes_its_socket_along() {
    let mut peer = Peer::agent(&program::agent(), &[]);
    let killed = shell_kill(&peer);
    assert!(killed.success());
    assert!(peer.wait().success(), "SIGTERM ends the agent with status 0");
    assert!(!peer.socket().exists());
}

/// Sends SIGTERM. By the shell's own `kill`: a program of that name is not on every machine.
fn shell_kill(peer: &Peer) -> std::process::ExitStatus {
    let command = format!("kill {}", peer.id());
    Command::new("sh").args(["-c", &command]).status().expect("every unix has a shell")
}

#[test]
fn socat_by_hand_gets_siblings_single_quotes_and_a_way_back() {
    let Some(socat) = program("socat") else { return };
    let peer = Peer::agent(&program::agent(), &["--report-version", "11.0.0"]);
    let say = |text: &[u8]| converse(&socat, &peer, text);

    let sync = say(b"{\"execute\":\"guest-sync\",\"arguments\":{\"id\":1}}\n");
    let reply: Value = serde_json::from_slice(&sync).expect("one reply");
    assert_eq!(
        reply,
        json!({"return": 1, "capabilities": ["oob", "events"], "enabled": [],
               "version": {"qemu": {"major": 11, "minor": 0, "micro": 0}, "package": ""}})
    );
    assert!(sync.starts_with(b"{\"return\": 1, "), "return stands first");

    assert_eq!(
        say(b"{'execute':'guest-ping','id':'it\\'s'}\n"),
        b"{\"return\": {}, \"id\": \"it's\"}\n"
    );

    let recovered = say(b"{\"execute\":\"guest-pi\xff{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":5}}\n");
    let after: Vec<&[u8]> = recovered.splitn(2, |&byte| byte == 0xff).collect();
    let error: Value = serde_json::from_slice(after[0]).expect("the sentinel costs one error");
    assert_eq!(error["error"]["class"], "GenericError");
    assert!(after[1].starts_with(b"{\"return\": 5, "));
}

/// Sends text through socat and returns what comes back within half a second of silence.
fn converse(socat: &Path, peer: &Peer, text: &[u8]) -> Vec<u8> {
    let mut child = Command::new(socat)
        .args(["-t", "0.5", "-"])
        .arg(format!("UNIX-CONNECT:{}", peer.socket().display()))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("socat runs");
    child.stdin.take().expect("piped").write_all(text).expect("socat reads");
    child.wait_with_output().expect("socat ends").stdout
}
