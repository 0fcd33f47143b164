//! A script against the sans-io client: it has to say the `C:` lines and gets the `S:` lines.
//!
//! Sync numbers start at 1000; `{id}` in an `S:` line stands for the id of the newest request, and
//! any string id in a `C:` line compares equal to `{id}`.
//!
//! Directives at the beginning configure it: `wants NAME…`, `protocol auto|guest|monitor`,
//! `unsynced allowed|refused`. Those that follow act: `begin` starts a handshake, `timeout` is that
//! of an attempt, `call NAME [ARGUMENTS]`, `call-silent …` for a command that answers only errors,
//! `call-oob …`, `give-up` is the newest call's time-out. What came of it: `ready JSON`,
//! `refused TEXT`, `reply TEXT`, `event NAME DATA`, `out-of-step`, `silence`.

use super::script::{Line, Step, escape};
use qapi_runtime::Reader;
use qapi_runtime::protocol::{
    Answer, CallId, Client, ClientConfig, ClientEvent, Lane, Order, ReplyMessage, Unsynced,
};
use std::collections::VecDeque;

/// A client, what it has said and what it has learnt.
pub struct Rig {
    client: Client,
    said: Vec<u8>,
    /// The id of the newest request in what it has said.
    id: String,
    learnt: VecDeque<String>,
    call: Option<CallId>,
}

impl Rig {
    pub fn new(config: ClientConfig) -> Rig {
        let client = Client::new(config);
        let (said, learnt) = (Vec::new(), VecDeque::new());
        Rig { client, said, id: String::new(), learnt, call: None }
    }

    pub fn client(&mut self) -> &mut Client {
        &mut self.client
    }

    /// Takes bytes from the server and sorts what came of them.
    pub fn hear(&mut self, bytes: &[u8]) {
        self.client.feed(bytes);
        while let Some(event) = self.client.next_event() {
            let text = self.describe(event);
            self.learnt.push_back(text);
        }
    }

    /// The next line that the client says, with its id, if any, as `{id}`.
    pub fn next_line(&mut self) -> Option<Vec<u8>> {
        self.said.extend(self.client.take_output());
        let end = self.said.iter().position(|&byte| byte == b'\n')?;
        let line: Vec<u8> = self.said.drain(..=end).collect();
        Some(self.anonymous(line))
    }

    /// The id of the newest request.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What was learnt next.
    pub fn next_learnt(&mut self) -> Option<String> {
        self.learnt.pop_front()
    }

    /// Requests end with `, "id": "…"}` where they have an id.
    fn anonymous(&mut self, line: Vec<u8>) -> Vec<u8> {
        const KEY: &[u8] = b", \"id\": \"";
        let Some(at) = line.windows(KEY.len()).rposition(|window| window == KEY) else {
            return line;
        };
        let (before, rest) = line.split_at(at + KEY.len());
        let end = rest.iter().position(|&byte| byte == b'"').expect("a closing quote");
        self.id = String::from_utf8(rest[..end].to_vec()).expect("ids are ASCII");
        [before, b"{id}", &rest[end..]].concat()
    }

    fn describe(&self, event: ClientEvent) -> String {
        match event {
            ClientEvent::Ready => {
                let handshake = self.client.handshake().expect("it is ready");
                format!("ready {}", handshake.to_json())
            }
            ClientEvent::Refused(error) => format!("refused {error}"),
            ClientEvent::Reply { reply: None, .. } => "reply silence".to_owned(),
            ClientEvent::Reply { reply: Some(reply), .. } => format!("reply {}", outcome(&reply)),
            ClientEvent::Event(event) => {
                let data = event.data().map(|data| format!(" {}", text(data)));
                format!("event {}{}", event.name(), data.unwrap_or_default())
            }
        }
    }
}

fn outcome(reply: &ReplyMessage) -> String {
    reply.outcome().map_or_else(|error| error.to_string(), text)
}

fn text(reader: Reader<'_>) -> String {
    String::from_utf8_lossy(reader.raw()).into_owned()
}

/// Plays a script. Fails with the line that went wrong.
pub fn play(script: &[Line]) -> Result<(), String> {
    let mut config = ClientConfig { seed: 1000, ..ClientConfig::default() };
    let begin = script.iter().position(|line| !configure(&mut config, &line.step));
    let mut rig = Rig::new(config);
    for line in &script[begin.unwrap_or(script.len())..] {
        act(&mut rig, &line.step).map_err(|fault| format!("line {}: {fault}", line.number))?;
    }
    silence(&mut rig).map_err(|fault| format!("at the end: {fault}"))
}

fn configure(config: &mut ClientConfig, step: &Step) -> bool {
    let Step::Directive(word, argument) = step else { return false };
    match word.as_str() {
        "wants" => config.wanted = argument.split_whitespace().map(str::to_owned).collect(),
        "protocol" => config.protocol = argument.parse().expect("a protocol"),
        "unsynced" if argument == "refused" => config.unsynced = Unsynced::Refused,
        _ => return false,
    }
    true
}

fn act(rig: &mut Rig, step: &Step) -> Result<(), String> {
    match step {
        Step::Client(expected) => return expect_line(rig, expected),
        Step::Server(bytes) => {
            let text = replace(bytes, b"{id}", rig.id.as_bytes());
            rig.hear(&text);
        }
        Step::Directive(word, argument) => match word.as_str() {
            "begin" => rig.client.begin(),
            "timeout" => rig.client.attempt_timed_out(),
            "call" => return call(rig, argument, Lane::InBand, Answer::Always),
            "call-silent" => return call(rig, argument, Lane::InBand, Answer::OnlyErrors),
            "call-oob" => return call(rig, argument, Lane::OutOfBand, Answer::Always),
            "give-up" => rig.client.give_up(rig.call.expect("something was called")),
            "silence" => return silence(rig),
            "out-of-step" if rig.client.is_ready() => return Err("it is in step".to_owned()),
            "out-of-step" => {}
            "ready" | "refused" | "reply" | "event" => {
                return expect_learnt(rig, &format!("{word} {argument}"));
            }
            _ => return Err(format!("unknown directive {word}")),
        },
    }
    Ok(())
}

fn call(rig: &mut Rig, argument: &str, lane: Lane, answer: Answer) -> Result<(), String> {
    let (command, arguments) = argument.split_once(' ').unwrap_or((argument, "{}"));
    let order = Order { command, arguments: arguments.as_bytes(), lane, answer };
    let call = rig.client.call(order).map_err(|refused| format!("{refused:?}"))?;
    rig.call = Some(call);
    Ok(())
}

fn expect_line(rig: &mut Rig, expected: &[u8]) -> Result<(), String> {
    match rig.next_line() {
        Some(line) if line == expected => Ok(()),
        Some(line) => Err(format!("the client says {}", escape(&line))),
        None => Err("the client says nothing".to_owned()),
    }
}

fn expect_learnt(rig: &mut Rig, expected: &str) -> Result<(), String> {
    match rig.next_learnt() {
        Some(learnt) if learnt == expected => Ok(()),
        Some(learnt) => Err(format!("the client learns: {learnt}")),
        None => Err("the client learns nothing".to_owned()),
    }
}

fn silence(rig: &mut Rig) -> Result<(), String> {
    if let Some(line) = rig.next_line() {
        return Err(format!("the client also says {}", escape(&line)));
    }
    rig.next_learnt().map_or(Ok(()), |learnt| Err(format!("the client also learns: {learnt}")))
}

fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        replaced.extend_from_slice(&rest[..at]);
        replaced.extend_from_slice(to);
        rest = &rest[at + from.len()..];
    }
    replaced.extend_from_slice(rest);
    replaced
}
