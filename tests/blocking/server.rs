//! A server with clients that leave, flood, do not read, or wait for their turn.

use super::peer::Peer;
use crate::service::Toy;
use qapi_runtime::blocking::{Client, Config, Connections, Options, Server, Stopper};
use qapi_runtime::{
    Address, Availability, Call, Log, Map, Note, Reply, Request, SchemaInfo, Service,
};
use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tempfile::TempDir;

/// A server at a unix socket, in a thread.
pub struct Running {
    folder: TempDir,
    pub stopper: Stopper,
    thread: JoinHandle<()>,
}

impl Running {
    pub fn start(service: impl Service + Send + Sync + 'static, config: Config) -> Running {
        let folder = tempfile::tempdir().expect("a folder");
        let mut server = Server::new(service, config);
        server.listen(&address(&folder)).expect("a free place");
        let stopper = server.stopper();
        let thread = thread::spawn(move || server.run().expect("threads"));
        Running { folder, stopper, thread }
    }

    pub fn peer(&self) -> Peer {
        Peer::new(UnixStream::connect(self.folder.path().join("s")).expect("it listens"))
    }

    pub fn client(&self) -> Client {
        let options = Options { wanted: vec!["events".to_owned()], ..Options::default() };
        Client::connect(&address(&self.folder), options).expect("it answers")
    }

    pub fn stop(self) {
        self.stopper.stop();
        self.thread.join().expect("it ends");
        assert!(!self.folder.path().join("s").exists(), "its socket is gone");
    }
}

fn address(folder: &TempDir) -> Address {
    Address::Unix(folder.path().join("s"))
}

pub const PING: &str = "{\"execute\":\"guest-ping\"}\n";
pub const PONG: &[u8] = b"{\"return\": {}}";

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
fn no_more_are_served_than_may_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["one", "two"].map(|name| folder.path().join(name));
    let (log, notes) = notes();
    let config = Config { connections: Connections::Threads(1), log, ..Config::default() };
    let mut server = Server::new(Toy, config);
    for path in &paths {
        server.listen(&Address::Unix(path.clone())).expect("a free place");
    }
    let stopper = server.stopper();
    let running = thread::spawn(move || server.run());
    let connect = |path| Peer::new(UnixStream::connect(path).expect("it listens"));
    let [one, two] = paths;
    let mut first = connect(one);
    first.say(PING);
    // Each address has its own accepting thread: only an answer says whose turn it is.
    assert_eq!(first.line().expect("an answer"), PONG);
    let mut second = connect(two);
    second.say(PING);
    for _ in 0..100 {
        first.say(PING);
        assert_eq!(first.line().expect("an answer"), PONG);
    }
    drop(first);
    assert_eq!(second.line().expect("its turn"), PONG);
    stopper.stop();
    running.join().expect("a thread").expect("it ends");
    let notes = notes.lock().expect("a list");
    let comings: Vec<&str> = notes.iter().map(|(_, text)| text.as_str()).collect();
    let ends: Vec<&&str> = comings.iter().filter(|text| text.ends_with("connected")).collect();
    assert_eq!(ends, [&"connected", &"disconnected", &"connected", &"disconnected"]);
}

/// A service that has a fault outside its commands.
struct Faulty;

impl Service for Faulty {
    fn schema(&self) -> &'static SchemaInfo {
        Toy.schema()
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        Toy.call(call, request)
    }

    fn availability(&self, command: &str) -> Availability {
        assert_ne!(command, "double", "the fault");
        Availability::Enabled
    }
}

#[test]
fn a_fault_that_one_client_meets_ends_that_one_only() {
    let server = Running::start(Faulty, Config::default());
    let mut unlucky = server.peer();
    unlucky.say("{\"execute\":\"double\",\"arguments\":{\"value\":1}}");
    assert_eq!(unlucky.line(), None);
    let mut next = server.peer();
    next.say(PING);
    assert_eq!(next.line().expect("an answer"), PONG);
    drop(next);
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

/// A log, and what is noted in it: whether by the first client, and what, without its time.
#[allow(clippy::type_complexity, reason = "it is taken apart at once")]
fn notes() -> (Option<Arc<dyn Log>>, Arc<Mutex<Vec<(bool, String)>>>) {
    let notes = Arc::new(Mutex::new(Vec::new()));
    let taken = notes.clone();
    let log = move |peer: &str, note: &Note<'_>| {
        let text = note.to_string();
        let text = text.split(" (").next().unwrap_or_default().to_owned();
        taken.lock().expect("a list").push((peer.contains("#1"), text));
    };
    (Some(Arc::new(log)), notes)
}

#[test]
fn the_log_names_commands_and_nothing_of_theirs() {
    let (log, notes) = notes();
    let server = Running::start(Toy, Config { log, ..Config::default() });
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
