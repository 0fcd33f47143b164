//! The other end of a socket, line by line.

use qapi_runtime::blocking::{Client, Options};
use qapi_runtime::transport::Stream;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A socket that is read and written by hand.
pub struct Peer {
    socket: UnixStream,
}

impl Peer {
    /// Whatever goes wrong, a test ends.
    pub fn new(socket: UnixStream) -> Peer {
        let patience = Some(Duration::from_secs(20));
        socket.set_read_timeout(patience).expect("a time-out");
        socket.set_write_timeout(patience).expect("a time-out");
        Peer { socket }
    }

    pub fn say(&mut self, bytes: impl AsRef<[u8]>) {
        self.socket.write_all(bytes.as_ref()).expect("the other end listens");
    }

    pub fn try_say(&mut self, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
        self.socket.write_all(bytes.as_ref())
    }

    /// The next line; `None` when the other end has left.
    pub fn line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            match self.socket.read(&mut byte) {
                Ok(0) | Err(_) => return None,
                Ok(_) if byte[0] == b'\n' => return Some(line),
                Ok(_) => line.push(byte[0]),
            }
        }
    }

    /// The next line as a value, without a byte 0xFF before it.
    pub fn message(&mut self) -> Option<Value> {
        let line = self.line()?;
        let text = line.strip_prefix(b"\xff").unwrap_or(&line);
        Some(serde_json::from_slice(text).expect("lines are JSON"))
    }

    /// Answers a client's sync, as an agent since 4.0 does.
    pub fn answer_sync(&mut self) {
        let request = self.message().expect("a sync");
        let reply = json!({"return": request["arguments"]["id"], "id": request["id"]});
        self.say(b"{\"error\": {\"class\": \"GenericError\", \"desc\": \"stray\"}}\n");
        self.say([b"\xff", format!("{reply}\n").as_bytes()].concat());
    }

    /// Answers a request.
    pub fn answer(&mut self, request: &Value, value: Value) {
        self.say(format!("{}\n", json!({"return": value, "id": request["id"]})));
    }
}

/// A client, with this script behind the server's end.
pub fn client(
    options: Options,
    script: impl FnOnce(Peer) + Send + 'static,
) -> (Client, JoinHandle<()>) {
    let (ours, theirs) = UnixStream::pair().expect("a pair");
    let script = thread::spawn(move || {
        let mut peer = Peer::new(theirs);
        peer.answer_sync();
        script(peer);
    });
    let client = Client::over(Stream::unix(ours).expect("a stream"), options);
    (client.expect("the script answers the sync"), script)
}
