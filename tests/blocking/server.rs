//! A server with clients that leave, flood, do not read, or wait for their turn; and its end.

use super::peer::Peer;
use crate::service::{Detailed, SCHEMA, Toy};
use qapi_runtime::blocking::{Client, Config, Connections, Options, Server, Stopper};
use qapi_runtime::{
    Address, Call, CommandInfo, Delivery, Emitter, Execute, Map, Reply, Request, SchemaInfo,
    Service,
};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

const LONG: Duration = Duration::from_secs(20);

/// A server at a unix socket, in a thread.
struct Running {
    folder: TempDir,
    stopper: Stopper,
    thread: JoinHandle<()>,
}

impl Running {
    fn start(service: impl Service + Send + Sync + 'static, config: Config) -> Running {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Server::new(service, config);
        server.listen(&address(&folder)).expect("a free place");
        let stopper = server.stopper();
        let thread = thread::spawn(move || server.run().expect("threads"));
        Running { folder, stopper, thread }
    }

    fn peer(&self) -> Peer {
        Peer::new(UnixStream::connect(self.folder.path().join("s")).expect("it listens"))
    }

    fn client(&self) -> Client {
        let options = Options { wanted: vec!["events".to_owned()], ..Options::default() };
        Client::connect(&address(&self.folder), options).expect("it answers")
    }

    fn stop(self) {
        self.stopper.stop();
        self.thread.join().expect("it ends");
        assert!(!self.folder.path().join("s").exists(), "its socket is gone");
    }
}

fn address(folder: &TempDir) -> Address {
    Address::Unix(folder.path().join("s"))
}

const PING: &str = "{\"execute\":\"guest-ping\"}\n";
const PONG: &[u8] = b"{\"return\": {}}";

#[test]
fn half_a_request_is_forgotten_with_its_client() {
    let server = Running::start(Toy, Config::default());
    let mut first = server.peer();
    first.say("{\"execute\":\"guest-ping\",\"arguments\":{\"x");
    drop(first);
    let mut second = server.peer();
    second.say(PING);
    assert_eq!(second.line().expect("an answer"), PONG);
    drop(second);
    server.stop();
}

#[test]
fn garbage_is_answered_and_survived() {
    let server = Running::start(Toy, Config::default());
    let mut peer = server.peer();
    peer.say([&b"@\x80\x00]}garbage\n"[..], b"\xff\"", b"\xff"].concat());
    peer.say("{\"execute\":\"double\",\"arguments\":{\"value\":1},\"id\":\"end\"}\n");
    while let Some(message) = peer.message() {
        if message["id"] == "end" {
            assert_eq!(message["return"], 2);
            break;
        }
        assert_eq!(message["error"]["class"], "GenericError");
    }
    drop(peer);
    server.stop();
}

#[test]
fn a_client_that_does_not_read_is_cut_off_and_stops_nobody() {
    let config = Config {
        connections: Connections::Threads(8),
        write_timeout: Duration::from_millis(200),
        ..Config::default()
    };
    let server = Running::start(Toy, config);
    let mut deaf = server.peer();
    let flood = thread::spawn(move || while deaf.try_say(PING.repeat(1000)).is_ok() {});
    let mut other = server.peer();
    for _ in 0..100 {
        other.say(PING);
        assert_eq!(other.line().expect("an answer"), PONG);
    }
    flood.join().expect("it is cut off");
    drop(other);
    server.stop();
}

#[test]
fn others_wait_while_one_is_served() {
    let server = Running::start(Toy, Config::default());
    let mut first = server.peer();
    first.say(PING);
    first.line().expect("an answer");
    let mut second = server.peer();
    second.say(PING);
    first.say(PING);
    assert_eq!(first.line().expect("an answer"), PONG);
    drop(first);
    assert_eq!(second.line().expect("its turn"), PONG);
    server.stop();
}

#[test]
fn several_places_are_served_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::new(Toy, Config::default());
    server.listen(&address(&folder)).expect("a free place");
    let tcp = server.listen(&"tcp:127.0.0.1:0".parse().expect("an address")).expect("a free port");
    assert!(!tcp.to_string().ends_with(":0"), "{tcp}");
    let stopper = server.stopper();
    let running = thread::spawn(move || server.run());
    for address in [tcp, address(&folder)] {
        let client = Client::connect(&address, Options::default()).expect("it answers");
        client.call_raw("guest-ping", &Map::new()).expect("an answer");
    }
    stopper.stop();
    running.join().expect("a thread").expect("it ends");
}

/// A service whose command waits until it is let go, and that gives its emitter away.
struct Held {
    entered: Mutex<Sender<Emitter>>,
    release: Mutex<Receiver<()>>,
}

const HELD: SchemaInfo = SchemaInfo { commands: &[CommandInfo::new("guest-ping")], ..SCHEMA };

impl Held {
    fn new() -> (Held, Receiver<Emitter>, Sender<()>) {
        let ((entered, emitters), (let_go, release)) = (channel(), channel());
        let held = Held { entered: Mutex::new(entered), release: Mutex::new(release) };
        (held, emitters, let_go)
    }
}

impl Service for Held {
    fn schema(&self) -> &'static SchemaInfo {
        &HELD
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        let entered = self.entered.lock().expect("one at a time");
        entered.send(call.emitter()).expect("the test waits");
        self.release.lock().expect("one at a time").recv_timeout(LONG).expect("it is let go");
        request.answer(|crate::service::Ping| Ok(()))
    }
}

#[test]
fn stopping_finishes_and_answers_the_running_command() {
    let (held, emitters, let_go) = Held::new();
    let server = Running::start(held, Config::default());
    let mut peer = server.peer();
    // The second is not begun any more.
    peer.say(PING.repeat(2));
    emitters.recv_timeout(LONG).expect("the command runs");
    server.stopper.stop();
    let_go.send(()).expect("it waits");
    assert_eq!(peer.line().expect("the answer"), PONG);
    assert_eq!(peer.line(), None);
    server.stop();
}

#[test]
fn stopping_waits_for_no_idle_client() {
    let server = Running::start(Toy, Config::default());
    let mut idle = server.peer();
    idle.say(PING);
    idle.line().expect("an answer");
    let _waiting = server.peer();
    server.stop();
    assert_eq!(idle.line(), None);
}

#[test]
fn a_command_that_never_ends_is_left_behind() {
    let (held, emitters, let_go) = Held::new();
    let config = Config { stop_timeout: Duration::from_millis(50), ..Config::default() };
    let server = Running::start(held, config);
    let mut peer = server.peer();
    peer.say(PING);
    emitters.recv_timeout(LONG).expect("the command runs");
    server.stop();
    drop(let_go);
}

#[test]
fn events_come_while_nobody_asks() {
    let (held, emitters, let_go) = Held::new();
    let server = Running::start(held, Config::default());
    let client = server.client();
    let_go.send(()).expect("it waits");
    client.execute(crate::service::Ping).expect("an answer");
    let emitter = emitters.recv_timeout(LONG).expect("the command has run");
    for detail in 0..3 {
        assert_eq!(emitter.emit(&Detailed { detail }), Delivery::Queued);
        let event = client.wait_for(LONG, |_: &Detailed| true).expect("an event");
        assert_eq!(event.detail, detail);
    }
    drop(client);
    // The session ends some time after its client has left.
    while emitter.emit(&Detailed { detail: 0 }) != Delivery::Gone {
        thread::yield_now();
    }
    server.stop();
}

#[test]
fn the_log_names_commands_and_nothing_of_theirs() {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let taken = notes.clone();
    let log = move |peer: &str, note: &qapi_runtime::Note<'_>| {
        let text = note.to_string();
        let text = text.split(" (").next().unwrap_or_default().to_owned();
        taken.lock().expect("a list").push((peer.contains("#1"), text));
    };
    let server = Running::start(Toy, Config { log: Some(Arc::new(log)), ..Config::default() });
    let mut peer = server.peer();
    peer.say("{\"execute\":\"double\",\"arguments\":{\"value\":7777}}{\"execute\":\"fail\"}");
    for _ in 0..2 {
        peer.line().expect("an answer");
    }
    drop(peer);
    server.stop();
    let notes = notes.lock().expect("a list");
    let texts: Vec<&str> = notes.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["connected", "double: ok", "fail: GenericError", "disconnected"]);
    assert!(notes.iter().all(|(named, _)| *named));
}
