//! Who says what on the wire, as files: each holds one hazard and is named for it. The sans-io
//! server or client plays one part, the file the other; nothing here has a clock or a socket.

mod conversations {
    pub(crate) mod client;
    pub(crate) mod corpus;
    pub(crate) mod handshakes;
    pub(crate) mod matrix;
    pub(crate) mod noise;
    pub(crate) mod script;
    pub(crate) mod server;
    pub(crate) mod service;
}

use conversations::{client, script, server};
use qapi_tests::golden;
use script::Step;

#[test]
fn every_conversation_goes_as_written() {
    let mut faults = Vec::new();
    for path in golden::files(&golden::folder("conversations"), "txt") {
        let script = script::read(&path);
        let (head, rest) = script.split_first().expect("a script is not empty");
        let played = match &head.step {
            Step::Directive(word, end) if word == "end" && end == "server" => server::play(rest),
            Step::Directive(word, end) if word == "end" && end == "client" => client::play(rest),
            _ => Err("begins with neither 'end server' nor 'end client'".to_owned()),
        };
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        faults.extend(played.err().map(|fault| format!("{name}: {fault}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn generator_and_runtime_leave_the_same_commands_to_the_session() {
    assert_eq!(qapi_codegen::rust::HANDSHAKE, qapi_runtime::protocol::HANDSHAKE);
}
