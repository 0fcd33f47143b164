//! A client against peers that are slow, silent, rude or gone.

use super::peer::{Peer, client};
use crate::service::{Detailed, Double, Ping, Vanish};
use qapi_runtime::blocking::{Client, Options};
use qapi_runtime::protocol::Expect;
use qapi_runtime::transport::Stream;
use qapi_runtime::{
    CallFailure, ConnectError, EventError, Events, Execute, Map, ReadError, Reader, event_data,
};
use serde_json::{Value, json};
use std::os::unix::net::UnixStream;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

const SHORT: Duration = Duration::from_millis(50);
const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_late_reply_is_not_the_next_commands() {
    let (client, script) = client(Options::default(), |mut peer| {
        let late = peer.message().expect("the first command");
        // The client has given up when it syncs again.
        let sync = peer.message().expect("a sync");
        peer.answer(&late, json!(666));
        peer.say(
            [
                b"\xff",
                format!(
                    "{}\n",
                    json!({"return": sync["arguments"]["id"],
            "id": sync["id"]})
                )
                .as_bytes(),
            ]
            .concat(),
        );
        let next = peer.message().expect("the next command");
        assert_eq!(next["execute"], "double");
        peer.answer(&next, json!(4));
    });
    let error = client.within(SHORT).execute(Double { value: 1 }).expect_err("nobody answers");
    assert!(error.is_timeout(), "{error}");
    assert_eq!(client.execute(Double { value: 2 }).expect("an answer"), 4);
    script.join().expect("the script is done");
}

/// As generated code would have it.
#[derive(Debug)]
struct AnyEvent(Detailed);

impl Events for AnyEvent {
    fn read(_: &str, data: Option<Reader<'_>>) -> Result<Self, ReadError> {
        event_data(data).map(AnyEvent)
    }
}

#[test]
fn a_stream_goes_on_behind_what_is_wrong_and_ends_with_the_connection() {
    let options = Options { event_queue: 2, ..Options::default() };
    let (client, script) = client(options, |mut peer| {
        let ping = peer.message().expect("a command");
        let event = |detail: Value| {
            let timestamp = json!({"seconds": 1, "microseconds": detail});
            json!({"event": "DETAILED", "data": {"detail": detail}, "timestamp": timestamp})
        };
        // One more than the queue holds, and the second is of another type.
        for detail in [json!(1), json!("x"), json!(3)] {
            peer.say(format!("{}\n", event(detail)).into_bytes());
        }
        peer.answer(&ping, json!({}));
    });
    client.execute(Ping).expect("an answer");
    script.join().expect("the script is done");
    let mut stream = client.events::<AnyEvent>(LONG);
    assert!(matches!(stream.next(), Some(Err(EventError::Lagged(1)))));
    assert!(matches!(stream.next(), Some(Err(EventError::Decode { .. }))));
    let third = stream.next().expect("the third").expect("is right");
    assert_eq!((third.event.0.detail, third.timestamp.microseconds), (3, 3));
    assert!(matches!(stream.next(), Some(Err(EventError::Closed))));
    assert!(stream.next().is_none());
}

#[test]
fn a_peer_that_says_nothing_is_given_up() {
    let (ours, _theirs) = UnixStream::pair().expect("a pair");
    let options = Options { connect_timeout: SHORT, ..Options::default() };
    let error = Client::over(Stream::unix(ours).expect("a stream"), options).expect_err("silence");
    assert!(matches!(error, ConnectError::Timeout(_)), "{error}");
}

#[test]
fn a_peer_that_floods_is_given_up() {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    let flood = thread::spawn(move || {
        let mut peer = Peer::new(theirs);
        while peer.try_say([b"{[\"x@{{".repeat(500), vec![0xFF]].concat()).is_ok() {}
    });
    let options = Options { connect_timeout: SHORT * 4, ..Options::default() };
    let error = Client::over(Stream::unix(ours).expect("a stream"), options).expect_err("a flood");
    assert!(matches!(error, ConnectError::Timeout(_)), "{error}");
    flood.join().expect("the flood ends with the socket");
}

#[test]
fn a_peer_that_leaves_is_noticed_at_once() {
    let (client, script) = client(Options::default(), |mut peer| {
        peer.message().expect("a command");
        peer.say(b"{\"return\": {\"half");
    });
    let error = client.execute(Ping).expect_err("half an answer");
    assert!(matches!(error.failure, CallFailure::Closed), "{error}");
    assert_eq!(&*error.command, "guest-ping");
    let error = client.execute(Ping).expect_err("nobody there");
    assert!(!error.is_timeout(), "{error}");
    script.join().expect("the script is done");
}

#[test]
fn a_reply_of_the_wrong_type_is_kept() {
    let (client, _script) = client(Options::default(), |mut peer| {
        let request = peer.message().expect("a command");
        peer.answer(&request, json!({"value": 1.5}));
    });
    let error = client.execute(Double { value: 1 }).expect_err("no integer");
    assert!(error.to_string().starts_with("double: unexpected reply: "), "{error}");
    let CallFailure::Decode { reply, .. } = error.failure else { panic!("{error}") };
    assert!(reply.starts_with(b"{\"id\":"), "{}", String::from_utf8_lossy(&reply));
}

#[test]
fn a_command_of_any_name_can_be_called() {
    let (client, _script) = client(Options::default(), |mut peer| {
        let request = peer.message().expect("a command");
        assert_eq!(request["arguments"], json!({"a": [1, null]}));
        peer.answer(&request, json!([18446744073709551615_u64, 1.5, null]));
        let request = peer.message().expect("a command");
        let error = json!({"class": "Brand-new", "desc": "no"});
        peer.say(format!("{}\n", json!({"id": request["id"], "error": error})));
    });
    let arguments: Map = [("a".to_owned(), json!([1, null]))].into_iter().collect();
    let value = client.call_raw("anything", &arguments).expect("an answer");
    assert_eq!(value, json!([18446744073709551615_u64, 1.5, null]));
    let error = client.call_raw("anything", &Map::new()).expect_err("an error");
    let server = error.server().expect("the server's");
    assert_eq!((server.class.as_str(), &*server.desc), ("Brand-new", "no"));
}

#[test]
fn a_silent_command_returns_when_the_server_goes_on_leaves_or_sleeps() {
    let options = || Options { grace: SHORT, ..Options::default() };
    let quick = Options { grace: LONG, ..options() };
    let (going_on, _script) = client(quick, |mut peer| {
        peer.message().expect("the command");
        let fence = peer.message().expect("what stands behind it");
        peer.answer(&fence, json!({}));
        let failing = peer.message().expect("the command");
        let error = json!({"class": "GenericError", "desc": "it stays"});
        peer.say(format!("{}\n", json!({"id": failing["id"], "error": error})));
        peer.message();
    });
    going_on.execute(Vanish { fail: None }).expect("success");
    let error = going_on.execute(Vanish { fail: Some(true) }).expect_err("a failure");
    assert_eq!(error.server().expect("the server's").desc, "it stays");

    let (leaving, _script) = client(Options { grace: LONG, ..options() }, |mut peer| {
        peer.message().expect("the command");
    });
    leaving.execute(Vanish { fail: None }).expect("success");

    let (release, wait) = mpsc::channel::<()>();
    let (sleeping, _script) = client(options(), move |mut peer| {
        peer.message().expect("the command");
        let _ = wait.recv();
    });
    sleeping.execute(Vanish { fail: None }).expect("success");
    drop(release);
}

#[test]
fn events_that_nobody_fetches_are_counted() {
    let options = Options { event_queue: 3, ..Options::default() };
    let (client, _script) = client(options, |mut peer| {
        let request = peer.message().expect("a command");
        for number in 0..10 {
            peer.say(format!("{}\n", json!({"event": "DETAILED", "data": {"detail": number}})));
        }
        peer.answer(&request, json!({}));
    });
    client.execute(Ping).expect("an answer");
    assert!(matches!(client.next_event(LONG), Err(EventError::Lagged(7))));
    let wanted = client.wait_for(LONG, |event: &Detailed| event.detail == 8).expect("it is there");
    assert_eq!(wanted.detail, 8);
    assert_eq!(client.next_event(LONG).expect("the one before").name(), "DETAILED");
}

#[test]
fn an_event_of_the_wrong_type_is_told() {
    let (client, _script) = client(Options::default(), |mut peer| {
        peer.say("{\"event\": \"DETAILED\", \"data\": {\"detail\": \"x\"}}\n");
        peer.message();
    });
    let error = client.wait_for(LONG, |_: &Detailed| true).expect_err("no integer");
    let EventError::Decode { event, error, message } = error else { panic!("{error}") };
    assert_eq!((&*event, error.path().as_str()), ("DETAILED", "detail"));
    assert!(message.starts_with(b"{\"event\""));
}

#[test]
fn waiting_for_an_event_stops_nobody_from_calling() {
    let (client, _script) = client(Options::default(), |mut peer| {
        for number in 0..3 {
            let request = peer.message().expect("a command");
            peer.answer(&request, json!(number));
        }
        peer.say("{\"event\": \"DETAILED\", \"data\": {\"detail\": 9}}\n");
        peer.message();
    });
    thread::scope(|scope| {
        let waiting = scope.spawn(|| client.wait_for(LONG, |_: &Detailed| true));
        for number in 0..3 {
            assert_eq!(client.execute(Double { value: 0 }).expect("an answer"), number);
        }
        assert_eq!(waiting.join().expect("a thread").expect("an event").detail, 9);
    });
}

#[test]
fn threads_share_a_client() {
    let (client, _script) = client(Options::default(), |mut peer| {
        while let Some(request) = peer.message() {
            let value = request["arguments"]["value"].as_i64().expect("a number");
            peer.answer(&request, json!(value * 2));
        }
    });
    thread::scope(|scope| {
        for thread in 0..4 {
            let client = &client;
            scope.spawn(move || {
                for number in 0..100 {
                    let value = thread * 1000 + number;
                    let doubled = client.execute(Double { value }).expect("an answer");
                    assert_eq!(doubled, value * 2);
                }
            });
        }
    });
}

#[test]
fn out_of_band_has_to_be_enabled() {
    let (client, _script) = client(Options::default(), |mut peer| {
        peer.message();
    });
    let error = client.out_of_band().execute(Ping).expect_err("not enabled");
    assert!(matches!(error.failure, CallFailure::NoOutOfBand), "{error}");
}

#[test]
fn out_of_band_overtakes_what_is_running() {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    let (running, wait) = mpsc::channel();
    let script = thread::spawn(move || {
        let mut peer = Peer::new(theirs);
        peer.say(format!("{}\n", json!({"QMP": {"capabilities": ["oob"]}})));
        let negotiation = peer.message().expect("a negotiation");
        peer.answer(&negotiation, json!({}));
        let slow = peer.message().expect("the command in band");
        running.send(()).expect("the test waits");
        let quick = peer.message().expect("the command out of band");
        assert_eq!(quick["exec-oob"], "guest-ping");
        peer.answer(&quick, json!({}));
        peer.answer(&slow, json!(4));
    });
    let options =
        Options { protocol: Expect::Monitor, wanted: vec!["oob".to_owned()], ..Options::default() };
    let client = Client::over(Stream::unix(ours).expect("a stream"), options).expect("a session");
    thread::scope(|scope| {
        let slow = scope.spawn(|| client.execute(Double { value: 2 }));
        wait.recv_timeout(LONG).expect("it runs");
        client.out_of_band().execute(Ping).expect("an answer");
        assert_eq!(slow.join().expect("a thread").expect("an answer"), 4);
    });
    script.join().expect("the script is done");
}
