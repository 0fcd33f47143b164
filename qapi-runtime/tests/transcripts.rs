//! What real servers answered, held against what the decoder finds in the same bytes: every error in
//! number and text, and every `id` as it was echoed.
//!
//! The recordings stand outside the repository, in the folder that `QAPI_TEST_DATA` names or in
//! `../../shared/data`; without them the tests say so and pass, but under `QAPI_PEERS=required` (the
//! gate) they fail.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]

use std::path::{Path, PathBuf};

use qapi_runtime::json::{Decoder, Document, Frame, Limits};
use qapi_runtime::{Kind, Policy, Writer};
use serde_json::Value;

/// A recorded conversation.
struct Case {
    name: String,
    category: String,
    /// Everything the client sent.
    sent: Vec<u8>,
    /// Everything the server sent; `None` where only a checksum was kept.
    received: Option<Vec<u8>>,
    reconnects: bool,
}

#[test]
fn guest_agent() {
    let mut compared = 0;
    for case in cases("qga.jsonl") {
        // qemu-ga does not answer a command that succeeds without a response.
        if !case.reconnects && case.category != "disabled" {
            compared += usize::from(compare(&case, 0));
        }
    }
    eprintln!("{compared} conversations with qemu-ga compared");
}

#[test]
fn monitor() {
    let mut compared = 0;
    for case in cases("qmp.jsonl") {
        // Other categories have events between the replies, or replies out of order.
        if matches!(&*case.category, "malformed" | "framing" | "id" | "command") {
            compared += usize::from(compare(&case, 1));
        }
    }
    eprintln!("{compared} conversations with QEMU compared");
}

#[test]
fn every_split_gives_the_same_frames() {
    let mut random = 0x9E37_79B9_7F4A_7C15;
    for case in cases("qga.jsonl").chain(cases("qmp.jsonl")) {
        if case.sent.len() > 1 << 17 {
            continue;
        }
        let whole = shown(&decode(&case.sent, &mut || usize::MAX));
        let bytes = shown(&decode(&case.sent, &mut || 1));
        assert!(whole == bytes, "{}: byte by byte\n{whole:#?}\n{bytes:#?}", case.name);
        for _ in 0..8 {
            let pieces = decode(&case.sent, &mut || 1 + next(&mut random) as usize % 23);
            assert!(whole == shown(&pieces), "{}: in pieces", case.name);
        }
    }
}

#[test]
fn mutated_conversations_do_no_harm() {
    let mut random = 0x1234_5678_9ABC_DEF1;
    for case in cases("qga.jsonl").chain(cases("qmp.jsonl")) {
        if case.sent.is_empty() || case.sent.len() > 1 << 14 {
            continue;
        }
        for _ in 0..32 {
            let mut bytes = case.sent.clone();
            for _ in 0..1 + next(&mut random) % 4 {
                mutate(&mut bytes, &mut random);
            }
            let whole = decode(&bytes, &mut || usize::MAX);
            let pieces = decode(&bytes, &mut || 1 + next(&mut random) as usize % 9);
            assert!(shown(&whole) == shown(&pieces), "{}: {bytes:?}", case.name);
            let sentinels = whole.iter().filter(|frame| is_sentinel(frame)).count();
            assert_eq!(sentinels, bytes.iter().filter(|&&byte| byte == 0xFF).count());
            whole.iter().for_each(look_through);
        }
    }
}

#[test]
fn reference_documents_are_copied_value_by_value() {
    let Some(folder) = data_folder() else { return };
    for entry in std::fs::read_dir(folder.join("introspection")).unwrap() {
        let text = std::fs::read(entry.unwrap().path()).unwrap();
        let Ok(document) = Document::parse(&text) else { panic!("a reference document is JSON") };
        let root = document.root(Policy::Strict);
        let expected: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(root.value(), expected);
        let mut writer = Writer::new();
        writer.copy(root);
        assert_eq!(serde_json::from_slice::<Value>(writer.as_bytes()).unwrap(), expected);
        let mut same = Writer::new();
        same.value(&expected);
        assert_eq!(serde_json::from_slice::<Value>(same.as_bytes()).unwrap(), expected);
    }
}

/// Holds a conversation against the frames; whether that was possible. `skipped` lines come before
/// the first answer.
fn compare(case: &Case, skipped: usize) -> bool {
    let Some(received) = &case.received else { return false };
    let frames = decode(&case.sent, &mut || usize::MAX);
    let lines: Vec<&[u8]> = lines(received).skip(skipped).collect();
    let found = shown(&frames);
    assert_eq!(frames.len(), lines.len(), "{}: {found:#?}", case.name);
    for (frame, line) in frames.iter().zip(lines) {
        // A number too big for a double is echoed as `inf`, which is no JSON.
        if let Ok(reply) = serde_json::from_slice::<Value>(line) {
            compare_reply(&case.name, frame, &reply);
        }
    }
    true
}

fn compare_reply(name: &str, frame: &Frame, reply: &Value) {
    let desc = reply["error"]["desc"].as_str().unwrap_or_default();
    match frame {
        Frame::Error(error) => {
            assert_eq!(error.to_string(), desc, "{name}");
            assert_eq!(error.desc(), desc, "{name}");
            assert_eq!(reply.get("id"), None, "{name}");
        }
        Frame::Message(document) => {
            assert!(!desc.starts_with("JSON "), "{name}: {desc}");
            let root = document.root(Policy::Strict);
            let is_object = root.kind() == Kind::Object;
            assert_eq!(!is_object, desc == "QMP input must be a JSON object", "{name}: {desc}");
            let mut echo = Writer::new();
            echo.begin_object();
            if let Some(id) = root.get("id") {
                echo.key("id");
                echo.copy(id);
            }
            echo.end_object();
            let echo: Value = serde_json::from_slice(echo.as_bytes()).unwrap();
            assert_eq!(echo.get("id"), reply.get("id"), "{name}");
        }
    }
}

/// Reads all that can be read.
fn look_through(frame: &Frame) {
    match frame {
        Frame::Error(error) => drop(error.desc()),
        Frame::Message(document) => {
            let root = document.root(Policy::Strict);
            // The first copy turns 1.0 into 1, the second -0 into 0.
            let second = copied(&copied(document.as_bytes()));
            assert_eq!(second, copied(&second));
            let _ = (root.integer(), root.unsigned(), root.number(), root.boolean(), root.null());
            let _ = (root.string(), root.elements().is_ok(), root.members().is_ok());
        }
    }
}

/// The text in output format.
fn copied(text: &[u8]) -> Vec<u8> {
    let document = Document::parse(text).unwrap();
    let mut writer = Writer::new();
    writer.copy(document.root(Policy::Strict));
    writer.into_bytes()
}

fn is_sentinel(frame: &Frame) -> bool {
    matches!(frame, Frame::Error(error) if error.is_sentinel())
}

/// All frames of some bytes, fed in pieces of the sizes that `size` gives.
fn decode(bytes: &[u8], size: &mut dyn FnMut() -> usize) -> Vec<Frame> {
    let mut decoder = Decoder::new(Limits::default());
    let mut frames = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at(size().min(rest.len()));
        decoder.feed(piece);
        frames.extend(&mut decoder);
        rest = behind;
    }
    frames
}

fn shown(frames: &[Frame]) -> Vec<String> {
    let show = |frame: &Frame| match frame {
        Frame::Message(document) => String::from_utf8_lossy(document.as_bytes()).into_owned(),
        Frame::Error(error) => error.desc(),
    };
    frames.iter().map(show).collect()
}

fn mutate(bytes: &mut Vec<u8>, random: &mut u64) {
    const TELLING: &[u8] = b"\"'\\{}[]:,0-9.eu\xFF\xC0\x80\x01\n \xED\xBF";
    let at = next(random) as usize % bytes.len().max(1);
    let byte = TELLING[next(random) as usize % TELLING.len()];
    match next(random) % 3 {
        _ if bytes.is_empty() => bytes.push(byte),
        0 => bytes[at] = byte,
        1 => bytes.insert(at, byte),
        _ => drop(bytes.remove(at)),
    }
}

/// A small generator (xorshift64), so that a failure can be repeated.
fn next(random: &mut u64) -> u64 {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    *random >> 16
}

fn lines(received: &[u8]) -> impl Iterator<Item = &[u8]> {
    received
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_prefix(b"\xFF").unwrap_or(line))
        .filter(|line| !line.is_empty())
}

fn cases(file: &str) -> impl Iterator<Item = Case> + use<> {
    let text = data_folder()
        .map(|folder| std::fs::read_to_string(folder.join("transcripts").join(file)).unwrap())
        .unwrap_or_default();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.into_iter().map(|line| case(&serde_json::from_str(&line).unwrap()))
}

fn case(recorded: &Value) -> Case {
    let steps = recorded["steps"].as_array().unwrap();
    Case {
        name: recorded["name"].as_str().unwrap().to_owned(),
        category: recorded["category"].as_str().unwrap().to_owned(),
        sent: steps.iter().flat_map(sent).collect(),
        received: recorded["recv_hex"].as_str().map(bytes),
        reconnects: steps.iter().any(|step| step.get("reconnect").is_some()),
    }
}

/// The bytes that a step sends.
fn sent(step: &Value) -> Vec<u8> {
    if let Some(text) = step["send"].as_str() {
        return bytes(text);
    }
    let Some(made) = step.get("gen") else { return Vec::new() };
    let part = |name: &str| bytes(made[name].as_str().unwrap());
    let count = made["n"].as_u64().unwrap() as usize;
    [part("pre"), part("rep").repeat(count), part("post")].concat()
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn data_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("QAPI_TEST_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    if !folder.is_dir() {
        let required = std::env::var_os("QAPI_PEERS").is_some_and(|value| value == "required");
        assert!(!required, "no recordings at {}", folder.display());
        eprintln!("skipped: no recordings at {}; set QAPI_TEST_DATA", folder.display());
        return None;
    }
    Some(folder)
}
