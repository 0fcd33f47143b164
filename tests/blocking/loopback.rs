//! A server as a client, in memory.

use crate::service::{Detailed, Double, Panic, Ping, TellAll, Toy};
use qapi_runtime::blocking::Options;
use qapi_runtime::protocol::{Config, Level, Negotiation, Protocol, Version};
use qapi_runtime::{
    Events, Execute, ReadError, Reader, Timestamp, Unrecognized, event_data, loopback,
};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(20);

fn wanting(names: &[&str]) -> Options {
    let wanted = names.iter().map(|name| (*name).to_owned()).collect();
    Options { wanted, ..Options::default() }
}

#[test]
fn both_ends_negotiate() {
    let config = Config {
        version: Version::new(1, 2, 3),
        negotiation: Negotiation::Require,
        ..Config::default()
    };
    let client = loopback::connect(Toy, config, wanting(&["events", "nope"])).expect("a session");
    let handshake = client.handshake();
    assert_eq!(handshake.level, Level::Extended);
    assert_eq!(handshake.version, Some(Version::new(1, 2, 3)));
    assert_eq!(
        (handshake.capabilities, handshake.enabled),
        (vec!["oob".to_owned(), "events".to_owned()], vec!["events".to_owned()],)
    );
    assert_eq!(client.execute(Double { value: 21 }).expect("an answer"), 42);
}

#[test]
fn events_come_before_the_reply() {
    let client =
        loopback::connect(Toy, Config::default(), wanting(&["events"])).expect("a session");
    client.execute(TellAll).expect("an answer");
    assert_eq!(client.next_event(Duration::ZERO).expect("an event").name(), "PLAIN");
    let detailed = client.wait_for(LONG, |_: &Detailed| true).expect("an event");
    assert_eq!(detailed.detail, 1);
}

/// The service's events, as generated code would have them.
#[derive(Debug, PartialEq)]
enum AnyEvent {
    Plain,
    Detailed(Detailed),
    Unrecognized(Unrecognized),
}

impl Events for AnyEvent {
    fn read(name: &str, data: Option<Reader<'_>>) -> Result<Self, ReadError> {
        match name {
            "PLAIN" => Ok(AnyEvent::Plain),
            "DETAILED" => event_data(data).map(AnyEvent::Detailed),
            _ => Unrecognized::event(name, data).map(AnyEvent::Unrecognized),
        }
    }
}

#[test]
fn events_stream_with_their_time_until_it_is_quiet() {
    let client =
        loopback::connect(Toy, Config::default(), wanting(&["events"])).expect("a session");
    client.execute(TellAll).expect("an answer");
    let mut stream = client.events::<AnyEvent>(Duration::from_millis(20));
    let plain = stream.next().expect("one").expect("is right");
    assert_eq!(plain.event, AnyEvent::Plain);
    assert_ne!(plain.timestamp, Timestamp::UNKNOWN);
    let detailed = stream.next().expect("another").expect("is right");
    assert_eq!(detailed.event, AnyEvent::Detailed(Detailed { detail: 1 }));
    assert!(stream.next().is_none());
    // It goes on where there is more to tell.
    client.execute(TellAll).expect("an answer");
    assert_eq!(stream.filter_map(Result::ok).count(), 2);
}

#[test]
fn a_panic_is_an_error_and_no_more() {
    let client = loopback::connect(Toy, Config::default(), wanting(&["oob"])).expect("a session");
    let error = client.execute(Panic).expect_err("a panic");
    assert_eq!(error.server().expect("the server's").class.as_str(), "GenericError");
    client.out_of_band().execute(Ping).expect("the session lives");
}

#[test]
fn a_monitor_is_one_too() {
    let config = Config { protocol: Protocol::Monitor, ..Config::default() };
    let client = loopback::connect(Toy, config, wanting(&["oob"])).expect("a session");
    assert_eq!(client.handshake().level, Level::Monitor);
    client.out_of_band().execute(Ping).expect("an answer");
}
