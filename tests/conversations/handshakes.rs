//! The full set of handshakes that was designed on a model: every line of a new server, and every
//! turn of a new client against servers of old.

use super::client::Rig as ClientRig;
use super::script::unescape;
use super::server::Rig as ServerRig;
use qapi_runtime::Capabilities;
use qapi_runtime::protocol::{ClientConfig, Config, Negotiation, Version};
use qapi_tests::data;
use serde_json::Value;

/// One conversation of the file.
struct Conversation {
    title: String,
    /// Who speaks, and what.
    turns: Vec<(Speaker, Vec<u8>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speaker {
    Client,
    Server,
}

#[test]
fn a_new_server_answers_as_designed() {
    let Some(conversations) = read() else { return };
    let designed = |it: &&Conversation| it.title.contains("server: new");
    // The model did without `request-negotiation`; we have it.
    let decided = |it: &&Conversation| it.title.contains("request-negotiation");
    let mut played = 0;
    for conversation in conversations.iter().filter(designed).filter(|it| !decided(it)) {
        played += 1;
        let mut rig = ServerRig::new(server_config(&conversation.title));
        for (speaker, bytes) in &conversation.turns {
            match speaker {
                Speaker::Client => rig.hear(bytes),
                Speaker::Server => {
                    let said = rig.take_said();
                    assert_eq!(messages(&said), messages(bytes), "{}", conversation.title);
                }
            }
        }
    }
    assert!(played >= 14, "only {played}");
}

pub(crate) fn server_config(title: &str) -> Config {
    let require = title.contains("new-require");
    Config {
        negotiation: if require { Negotiation::Require } else { Negotiation::Optional },
        version: Version::new(11, 0, 0),
        capabilities: Some(["oob"].into_iter().collect::<Capabilities>()),
        ..Config::default()
    }
}

#[test]
fn a_new_client_copes_with_every_server() {
    let Some(conversations) = read() else { return };
    let ours = |it: &&Conversation| it.title.starts_with("### client: new");
    let mut played = 0;
    for conversation in conversations.iter().filter(ours) {
        played += 1;
        let wanted =
            if conversation.title.contains("nothing") { vec![] } else { vec!["oob".into()] };
        let mut rig =
            ClientRig::new(ClientConfig { wanted, seed: 1000, ..ClientConfig::default() });
        rig.client().begin();
        converse(&mut rig, conversation);
        assert!(rig.client().is_ready(), "{}", conversation.title);
    }
    assert!(played >= 12, "only {played}");
}

/// Lets the client meet the written server. Numbers and ids are the client's own choice, so the
/// server's lines are changed to fit.
fn converse(rig: &mut ClientRig, conversation: &Conversation) {
    let mut number = None;
    for (speaker, bytes) in &conversation.turns {
        // What comes after the handshake is no concern of it.
        if *speaker == Speaker::Client && !rig.client().is_ready() {
            let line = rig.next_line().unwrap_or_default();
            let (expected, said) = (&messages(bytes)[0], &messages(&line)[0]);
            assert_eq!(shape(said), shape(expected), "{}", conversation.title);
            number = said.1["arguments"]["id"].as_i64().or(number);
        } else if *speaker == Speaker::Server {
            let text = String::from_utf8_lossy(bytes).replace('\u{FFFD}', "\u{1}");
            let number = number.expect("the client has begun").to_string();
            let text = text.replace("hs0", rig.id()).replace("\"neg\"", &format!("{:?}", rig.id()));
            let text = text.replace("1000", &number).replace("1001", &number);
            let bytes = text.bytes().map(|byte| if byte == 1 { 0xFF } else { byte });
            rig.hear(&bytes.collect::<Vec<u8>>());
        }
    }
}

/// What of a request is not the client's own choice: the byte before it, the command, the
/// capabilities, and whether there is an id.
fn shape(message: &(bool, Value)) -> (bool, Value, Value, bool) {
    let (sentinel, request) = message;
    let enable = request["arguments"]["enable"].clone();
    (*sentinel, request["execute"].clone(), enable, request.get("id").is_some())
}

/// Lines as values, each with whether a byte 0xFF stands before it.
fn messages(bytes: &[u8]) -> Vec<(bool, Value)> {
    let lines = bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let text = line.strip_prefix(b"\xff").unwrap_or(line);
            let value = serde_json::from_slice(text).expect("every line is JSON");
            (text.len() < line.len(), value)
        })
        .collect()
}

fn read() -> Option<Vec<Conversation>> {
    let path = data::folder()?.join("transcripts/handshakes.txt");
    let text = std::fs::read_to_string(path).expect("the handshakes");
    let mut conversations: Vec<Conversation> = Vec::new();
    for line in text.lines() {
        let turn = |bytes: &str| unescape(&bytes.replace("\\'", "'"));
        if line.starts_with("###") {
            conversations.push(Conversation { title: line.to_owned(), turns: Vec::new() });
            continue;
        }
        let turns = &mut conversations.last_mut().expect("a title comes first").turns;
        if let Some(bytes) = line.strip_prefix("C: ") {
            turns.push((Speaker::Client, turn(bytes)));
        } else if let Some(bytes) = line.strip_prefix("S: ") {
            turns.push((Speaker::Server, turn(bytes)));
        }
    }
    Some(conversations)
}
