//! Conversations recorded from a real qemu-ga, played at the sans-io server: the same bytes have to
//! come back, but for what the extended handshake adds beside `return`.

use super::server::Rig;
use qapi_runtime::protocol::Config;
use qapi_tests::data;
use serde_json::Value;

/// Commands that the toy has as the real agent has them.
const COMMANDS: [&str; 3] = ["guest-ping", "guest-sync", "guest-sync-delimited"];

/// Where we differ by decision, and why.
const DECIDED: [(&str, &str); 11] = [
    ("num-1e309-inf", "infinity is no JSON"),
    ("num-neg-inf", "infinity is no JSON"),
    ("num-400digits", "infinity is no JSON"),
    ("resync-two-clients-stale", "a visible disconnect resets the parser"),
    ("resync-two-clients-open-object", "a visible disconnect resets the parser"),
    ("resync-two-clients-ff", "a visible disconnect resets the parser"),
    ("env-qmp-capabilities", "there is such a command"),
    ("env-qmp-capabilities-id", "there is such a command"),
    ("arg-guest-sync-two-unknown", "which of several is named is a hash table's choice"),
    ("arg-guest-sync-delimited-two-unknown", "which of several is named is a hash table's choice"),
    ("ping-two-unknown-args", "which of several is named is a hash table's choice"),
];

#[test]
fn a_recorded_agent_is_not_told_apart() {
    let Some(folder) = data::folder() else { return };
    let text = std::fs::read_to_string(folder.join("transcripts/qga.jsonl")).expect("the corpus");
    let cases = text.lines().map(|line| serde_json::from_str(line).expect("JSON lines"));
    let (mut played, mut faults) = (0, Vec::new());
    for case in cases.filter(is_playable) {
        played += 1;
        faults.extend(play(&case).err());
    }
    assert!(played > 200, "only {played} cases were played");
    assert!(faults.is_empty(), "{} of {played}:\n{}", faults.len(), faults.join("\n"));
}

fn is_playable(case: &Value) -> bool {
    let needs = case["needs"].as_array().expect("what it needs");
    let able = needs.iter().all(|need| COMMANDS.contains(&need.as_str().expect("a command")));
    let name = case["name"].as_str().expect("a name");
    let decided = DECIDED.iter().any(|(decided, _)| *decided == name);
    able && !decided && case["variant"] == "default" && case["recv_hex"].is_string()
}

fn play(case: &Value) -> Result<(), String> {
    let mut rig = Rig::new(Config::default());
    let mut said = Vec::new();
    for step in case["steps"].as_array().expect("steps") {
        if step["reconnect"] == true {
            rig.disconnect();
        } else if let Some(bytes) = bytes(step) {
            let piece = piece_length(&step["mode"], bytes.len());
            bytes.chunks(piece).for_each(|piece| rig.hear(piece));
        }
        said.extend(rig.take_said());
    }
    let expected = decode(case["recv_hex"].as_str().expect("what came back"));
    let said = without_siblings(&said);
    if said == expected {
        return Ok(());
    }
    let show = |bytes: &[u8]| super::script::escape(&bytes[..bytes.len().min(400)]);
    Err(format!("{}:\n  expected {}\n  got      {}", case["name"], show(&expected), show(&said)))
}

fn bytes(step: &Value) -> Option<Vec<u8>> {
    let text = |value: &Value| decode(value.as_str().expect("bytes in hexadecimal"));
    if step["send"].is_string() {
        return Some(text(&step["send"]));
    }
    let generated = step.get("gen")?;
    let count = generated["n"].as_u64().expect("a count") as usize;
    let middle = text(&generated["rep"]).repeat(count);
    Some([text(&generated["pre"]), middle, text(&generated["post"])].concat())
}

/// `whole`, `bytes` or `chunk:N`. An agent reads 4096 bytes at a time, and so do we.
fn piece_length(mode: &Value, whole: usize) -> usize {
    match mode.as_str() {
        Some("bytes") => 1,
        Some(mode) => mode.strip_prefix("chunk:").and_then(|n| n.parse().ok()).unwrap_or(4096),
        None => whole.clamp(1, 4096),
    }
}

/// Takes away what stands beside `return`: it is always the same, and always last.
fn without_siblings(said: &[u8]) -> Vec<u8> {
    let siblings = concat!(
        r#", "capabilities": ["oob", "events"], "version": {"qemu": {"micro": 0, "minor": 0, "#,
        r#""major": 0}, "package": ""}, "enabled": []"#
    );
    let mut kept = Vec::new();
    let mut rest = said;
    while let Some(at) = rest.windows(siblings.len()).position(|it| it == siblings.as_bytes()) {
        kept.extend_from_slice(&rest[..at]);
        rest = &rest[at + siblings.len()..];
    }
    kept.extend_from_slice(rest);
    kept
}

fn decode(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2);
    digits
        .map(|pair| std::str::from_utf8(pair).expect("ASCII"))
        .map(|pair| u8::from_str_radix(pair, 16).expect("two hexadecimal digits"))
        .collect()
}
