//! A script against the sans-io server: it gets the `C:` lines and has to say the `S:` lines, each
//! byte of them and nothing else.
//!
//! Directives at the beginning configure it: `policy optional|warn|require`,
//! `protocol guest|monitor`, `capabilities NAME…`, `defaults NAME…`, `warning-event`. Those that
//! follow act: `silence` expects that nothing more has been said, `disconnect` is a visible one,
//! `emit` sends an event from outside any command, `note TEXT` expects a note for the log.

use super::script::{Line, Step, escape};
use super::service::{Detailed, SCHEMA, Toy};
use qapi_runtime::protocol::{Config, Protocol, Server, ServerEvent, handshake};
use qapi_runtime::{Call, Capabilities, Delivery, Emitter, EventRecord, Outlet, Timestamp};
use std::sync::{Arc, Mutex};

/// A server, the toy behind it, and what it has said.
pub struct Rig {
    session: Arc<Session>,
    said: Vec<u8>,
    notes: Vec<String>,
}

/// The server as a place where handlers put their events.
struct Session(Mutex<Server>);

/// When all events happen.
const NOW: Timestamp = Timestamp { seconds: 1, microseconds: 2 };

impl Outlet for Session {
    fn deliver(&self, event: &EventRecord) -> Delivery {
        self.0.lock().expect("nobody panics with it").emit(event, NOW)
    }
}

impl Rig {
    pub fn new(config: Config) -> Rig {
        let session = Arc::new(Session(Mutex::new(Server::new(config, &SCHEMA))));
        Rig { session, said: Vec::new(), notes: Vec::new() }
    }

    /// Takes bytes and runs what they ask for.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.with(|server| server.feed(bytes));
        while let Some(event) = self.with(|server| server.next_event(&Toy)) {
            match event {
                ServerEvent::Flush => self.collect(),
                ServerEvent::Unnegotiated { command } => {
                    self.notes.push(format!("unnegotiated {command}"));
                    self.with(|server| server.warn(command, NOW));
                }
                ServerEvent::Run(task) => {
                    let call = Call::new("test", task.enabled().clone(), self.emitter());
                    let reply = task.run(&Toy, &call);
                    self.with(|server| server.finish(task.finish(reply)));
                }
            }
        }
        self.collect();
    }

    /// What it has said since the last time.
    pub fn take_said(&mut self) -> Vec<u8> {
        self.collect();
        std::mem::take(&mut self.said)
    }

    /// The client leaves, visibly; what it has not read is lost.
    pub fn disconnect(&mut self) {
        self.with(Server::disconnected);
        self.said.clear();
    }

    fn expect(&mut self, expected: &[u8]) -> Result<(), String> {
        self.collect();
        if !self.said.starts_with(expected) {
            return Err(format!("the server says {}", escape(&self.said)));
        }
        self.said.drain(..expected.len());
        Ok(())
    }

    fn silence(&mut self) -> Result<(), String> {
        self.collect();
        match (&self.said[..], &self.notes[..]) {
            ([], []) => Ok(()),
            (said, notes) => Err(format!("also: {} {notes:?}", escape(said))),
        }
    }

    fn expect_note(&mut self, expected: &str) -> Result<(), String> {
        if self.notes.first().is_none_or(|note| note != expected) {
            return Err(format!("the notes are {:?}", self.notes));
        }
        self.notes.remove(0);
        Ok(())
    }

    fn emit(&mut self) {
        self.emitter().emit(&Detailed { detail: 2 });
    }

    fn emitter(&self) -> Emitter {
        let session = Arc::downgrade(&self.session);
        Emitter::new(session)
    }

    fn collect(&mut self) {
        let output = self.with(Server::take_output);
        self.said.extend(output);
    }

    fn with<T>(&self, act: impl FnOnce(&mut Server) -> T) -> T {
        act(&mut self.session.0.lock().expect("nobody panics with it"))
    }
}

/// Plays a script. Fails with the line that went wrong.
pub fn play(script: &[Line]) -> Result<(), String> {
    let begin = script.iter().position(|line| !configures(&line.step)).unwrap_or(script.len());
    let (head, body) = script.split_at(begin);
    let mut config = Config::default();
    head.iter().for_each(|line| configure(&mut config, &line.step));
    let mut rig = Rig::new(config);
    for line in body {
        act(&mut rig, &line.step).map_err(|fault| format!("line {}: {fault}", line.number))?;
    }
    rig.silence().map_err(|fault| format!("at the end: {fault}"))
}

fn configures(step: &Step) -> bool {
    let words = ["policy", "protocol", "capabilities", "defaults", "warning-event"];
    matches!(step, Step::Directive(word, _) if words.contains(&word.as_str()))
}

fn configure(config: &mut Config, step: &Step) {
    let Step::Directive(word, argument) = step else { return };
    let names = || argument.split_whitespace().collect::<Capabilities>();
    match word.as_str() {
        "policy" => config.negotiation = argument.parse().expect("a policy"),
        "protocol" if argument == "monitor" => config.protocol = Protocol::Monitor,
        "capabilities" => config.capabilities = Some(names()),
        "defaults" => config.defaults = names(),
        "warning-event" => config.warning_event = Some(handshake::NEGOTIATION_EXPECTED),
        _ => {}
    }
}

fn act(rig: &mut Rig, step: &Step) -> Result<(), String> {
    match step {
        Step::Client(bytes) => rig.hear(bytes),
        Step::Server(expected) => return rig.expect(expected),
        Step::Directive(word, argument) => match word.as_str() {
            "silence" => return rig.silence(),
            "disconnect" => rig.disconnect(),
            "emit" => rig.emit(),
            "note" => return rig.expect_note(argument),
            _ => return Err(format!("unknown directive {word}")),
        },
    }
    Ok(())
}
