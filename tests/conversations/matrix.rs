//! Every client with every server: the compatibility matrix, by the results that were designed.
//!
//! Clients of old are what they send; servers of old are models of a few lines. The new client and
//! the new server are the real ones.

use super::client::Rig as ClientRig;
use super::handshakes::server_config;
use super::server::Rig as ServerRig;
use qapi_runtime::protocol::{ClientConfig, Level, SyncForm};
use qapi_tests::data;
use serde_json::{Value, json};

/// A server of old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Old {
    /// Up to 2.11: an id is an unexpected member.
    Pre212,
    /// 2.12 to 3.1: an id is not echoed.
    Pre40,
    /// 4.0 and later.
    Since40,
    /// The same, where an administrator allows neither sync command.
    Allow,
}

/// Any server.
enum Server {
    Old(Old),
    New(Box<ServerRig>),
}

/// What a client does with a server, and what comes of it in the matrix's words.
type Meet = fn(&mut Server) -> Value;

const SERVERS: [&str; 6] = ["pre212", "pre40", "old", "allow", "new", "new-require"];

impl Server {
    fn named(name: &str) -> Server {
        match name {
            "pre212" => Server::Old(Old::Pre212),
            "pre40" => Server::Old(Old::Pre40),
            "old" => Server::Old(Old::Since40),
            "allow" => Server::Old(Old::Allow),
            _ => Server::New(Box::new(ServerRig::new(server_config(&format!("server: {name}"))))),
        }
    }

    /// What it says to these bytes.
    fn answer(&mut self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Server::Old(old) => old.answer(bytes),
            Server::New(rig) => {
                rig.hear(bytes);
                rig.take_said()
            }
        }
    }
}

impl Server {
    fn disconnect(&mut self) {
        if let Server::New(rig) = self {
            rig.disconnect();
        }
    }
}

impl Old {
    fn answer(self, bytes: &[u8]) -> Vec<u8> {
        let mut said = Vec::new();
        for line in bytes.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
            let text = line.strip_prefix(b"\xff").unwrap_or(line);
            if text.len() < line.len() {
                said.extend(line_of(&error("GenericError", "JSON parse error, stray")));
            }
            let request: Value = serde_json::from_slice(text).expect("clients send JSON");
            said.extend(self.answer_request(&request));
        }
        said
    }

    fn answer_request(self, request: &Value) -> Vec<u8> {
        let id = request.get("id");
        if self == Old::Pre212 && id.is_some() {
            let desc = "QMP input member 'id' is unexpected";
            return line_of(&error("GenericError", desc));
        }
        let command = request["execute"].as_str().expect("a command");
        let arguments = request.get("arguments").cloned().unwrap_or_else(|| json!({}));
        let sync = command.starts_with("guest-sync");
        let mut reply = match command {
            _ if sync && self == Old::Allow => error("CommandNotFound", "it has been disabled"),
            _ if sync && arguments.get("capabilities").is_some() => {
                error("GenericError", "Parameter 'capabilities' is unexpected")
            }
            _ if sync => json!({"return": arguments["id"]}),
            "guest-ping" => json!({"return": {}}),
            _ => error("CommandNotFound", "it has not been found"),
        };
        let success = reply.get("return").is_some();
        if let Some(id) = id.filter(|_| matches!(self, Old::Since40 | Old::Allow)) {
            reply["id"] = id.clone();
        }
        let sentinel: &[u8] =
            if success && command == "guest-sync-delimited" { b"\xff" } else { b"" };
        [sentinel, &line_of(&reply)].concat()
    }
}

fn error(class: &str, desc: &str) -> Value {
    json!({"error": {"class": class, "desc": desc}})
}

fn line_of(value: &Value) -> Vec<u8> {
    format!("{value}\n").into_bytes()
}

fn matrix() -> Option<Value> {
    let path = data::folder()?.join("transcripts/matrix.json");
    let text = std::fs::read_to_string(path).expect("the matrix");
    Some(serde_json::from_str(&text).expect("JSON"))
}

#[test]
fn every_client_meets_every_server() {
    let Some(matrix) = matrix() else { return };
    let clients: [(&str, Meet); 7] = [
        ("old-plain (no sync)", plain),
        ("old guest-sync (libvirt, qemu_ga_client)", |server| old(server, "guest-sync")),
        ("old guest-sync-delimited (proxmox)", |server| old(server, "guest-sync-delimited")),
        ("new", |server| new(server, &["oob"])),
        ("new, wants nothing", |server| new(server, &[])),
        ("john request-negotiation probe", probe),
        ("opt-in argument client", opt_in),
    ];
    for (client, run) in clients {
        for name in SERVERS {
            let cell = format!("{client} | {name}");
            let expected = if is_decided(&cell) {
                // The model did without this command; we have it, also before negotiation.
                json!({"probe": "ok", "id_echo": true})
            } else {
                matrix[&cell].clone()
            };
            assert_eq!(run(&mut Server::named(name)), expected, "{cell}");
        }
    }
}

#[test]
fn one_client_follows_another() {
    let Some(matrix) = matrix() else { return };
    let sequences: [(&str, Meet); 5] = [
        ("seq new then old guest-sync", |server| {
            let (a, b) = (new(server, &["oob"]), old(server, "guest-sync"));
            json!({"a": a, "b": b, "enabled_after": enabled(server)})
        }),
        ("seq new then old plain, no disconnect", |server| {
            new(server, &["oob"]);
            json!({"command": ping(server), "enabled": enabled(server)})
        }),
        ("seq new then old plain, disconnect seen", |server| {
            new(server, &["oob"]);
            server.disconnect();
            json!({"command": ping(server), "enabled": enabled(server)})
        }),
        ("stale bytes then new", |server| {
            server.answer(b"{\"execute\": \"guest-exec\", \"arguments\": {\"path\": \"/bin/");
            new(server, &["oob"])
        }),
        ("renegotiate", |server| {
            new(server, &["oob"]);
            let second = last(&server.answer(&enable(&[])));
            let bad = last(&server.answer(&enable(&["nope"])));
            json!({"second": second, "bad": bad, "enabled": enabled(server)})
        }),
    ];
    for (sequence, run) in sequences {
        for name in ["new", "new-require"] {
            let cell = format!("{sequence} | {name}");
            assert_eq!(run(&mut Server::named(name)), matrix[&cell], "{cell}");
        }
    }
}

fn enable(names: &[&str]) -> Vec<u8> {
    line_of(&json!({"execute": "qmp_capabilities", "arguments": {"enable": names}}))
}

/// What is in force, by trying it.
fn enabled(server: &mut Server) -> Value {
    let out_of_band = result(&server.answer(b"{\"exec-oob\": \"guest-ping\"}\n"));
    if out_of_band == "ok" { json!(["oob"]) } else { json!([]) }
}

fn is_decided(cell: &str) -> bool {
    cell.starts_with("john request-negotiation probe | new")
}

/// Pings without any sync.
fn plain(server: &mut Server) -> Value {
    json!({"command": ping(server)})
}

/// Syncs as libvirt or Proxmox do, then pings.
fn old(server: &mut Server, command: &str) -> Value {
    let request = json!({"execute": command, "arguments": {"id": 42}});
    let sync = result(&server.answer(&line_of(&request)));
    if sync == "ok" {
        json!({"sync": sync, "command": ping(server)})
    } else {
        json!({"sync": sync})
    }
}

/// The real client, and a ping after its handshake.
fn new(server: &mut Server, wanted: &[&str]) -> Value {
    let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
    let mut rig = ClientRig::new(ClientConfig { wanted, seed: 1000, ..ClientConfig::default() });
    rig.client().begin();
    let mut negotiated = false;
    loop {
        let request = rig.client().take_output();
        if request.is_empty() {
            break;
        }
        negotiated |= String::from_utf8_lossy(&request).contains("qmp_capabilities");
        rig.hear(&server.answer(&request));
    }
    let handshake = rig.client().handshake().cloned().expect("every server is met");
    if handshake.sync == SyncForm::None {
        return json!({"result": "no-sync", "level": "unknown"});
    }
    let mut result = json!({
        "result": "ok",
        "id_echo": handshake.id_echo,
        "level": level(handshake.level),
        "enabled": handshake.enabled,
        "command": ping(server),
    });
    if negotiated {
        result["negotiate"] = json!("ok");
    }
    result
}

/// The model's names.
fn level(level: Level) -> &'static str {
    match level {
        Level::UpTo2_11 | Level::From2_12To3_1 => "<4.0",
        Level::From4_0 => ">=4.0",
        Level::Extended => "ext",
        Level::Monitor => "monitor",
    }
}

/// A client that asks before it syncs.
fn probe(server: &mut Server) -> Value {
    let said = server.answer(b"{\"execute\": \"request-negotiation\", \"id\": \"p\"}\n");
    let reply = last(&said);
    json!({"probe": result(&said), "id_echo": reply.get("id").is_some()})
}

/// A client of the design that was rejected: it asks for the new members by an argument.
fn opt_in(server: &mut Server) -> Value {
    let arguments = json!({"id": 7, "capabilities": true});
    let request = json!({"execute": "guest-sync-delimited", "arguments": arguments, "id": "o"});
    let said = server.answer(&[b"\xff", &line_of(&request)[..]].concat());
    json!({"sentinel_seen": said.contains(&0xFF), "last": result(&said)})
}

fn ping(server: &mut Server) -> String {
    result(&server.answer(b"{\"execute\": \"guest-ping\"}\n"))
}

/// "ok", or the class of the error, of the last line.
fn result(said: &[u8]) -> String {
    let reply = last(said);
    reply["error"]["class"].as_str().unwrap_or("ok").to_owned()
}

fn last(said: &[u8]) -> Value {
    let mut lines = said.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
    let line = lines.next_back().expect("there is an answer");
    serde_json::from_slice(line.strip_prefix(b"\xff").unwrap_or(line)).expect("answers are JSON")
}
