//! A server whose command takes its time: what happens meanwhile, and when the server stops.

use super::server::{PING, PONG, Running};
use crate::service::{Detailed, Ping, SCHEMA};
use qapi_runtime::blocking::Config;
use qapi_runtime::{
    Call, CommandInfo, Delivery, Emitter, Execute, Reply, Request, SchemaInfo, Service,
};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

const LONG: Duration = Duration::from_secs(20);

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
        request.answer(|Ping| Ok(()))
    }
}

#[test]
fn an_answer_does_not_wait_for_the_next_command() {
    let (held, emitters, let_go) = Held::new();
    let server = Running::start(held, Config::default());
    let mut peer = server.peer();
    peer.say(PING.repeat(2));
    for _ in 0..2 {
        let_go.send(()).expect("it waits");
        emitters.recv_timeout(LONG).expect("the command runs");
        assert_eq!(peer.line().expect("the answer"), PONG);
    }
    drop(peer);
    server.stop();
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
    client.execute(Ping).expect("an answer");
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

/// A service whose command sends events until it learns that nobody waits for it.
struct Tireless(Mutex<Sender<()>>);

impl Service for Tireless {
    fn schema(&self) -> &'static SchemaInfo {
        &HELD
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        let cancelled = self.0.lock().expect("one at a time");
        while !call.is_cancelled() {
            call.emitter().emit(&Detailed { detail: 1 });
            thread::yield_now();
        }
        cancelled.send(()).expect("the test waits");
        request.answer(|Ping| Ok(()))
    }
}

#[test]
fn a_handler_that_sends_events_learns_that_its_client_has_left() {
    let (sender, cancelled) = channel();
    let server = Running::start(Tireless(Mutex::new(sender)), Config::default());
    let mut peer = server.peer();
    peer.say(
        "{\"execute\":\"qmp_capabilities\",\"arguments\":{\"enable\":[\"events\"]}}".to_owned()
            + PING,
    );
    assert_eq!(peer.line().expect("an answer"), PONG);
    assert!(peer.line().expect("an event").starts_with(b"{\"timestamp\""));
    drop(peer);
    cancelled.recv_timeout(LONG).expect("it learns");
    server.stop();
}
