//! A server as a client, in memory: no socket, no thread. Both ends speak the whole protocol, so
//! what works here works on a wire.
//!
//! Commands run in the calling thread, while it sends them.

use crate::blocking::{Client, Conversation, Options, Wake};
use crate::failure::ConnectError;
use crate::lock::lock;
use crate::log::Log;
use crate::protocol;
use crate::service::Service;
use crate::transport::{Sink, Source, Stream, timed_out};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Starts a server in memory and connects a client to it.
///
/// # Errors
/// That the two did not agree, which a configuration can bring about.
pub fn connect(
    service: impl Service + Send + Sync + 'static,
    config: protocol::Config,
    options: Options,
) -> Result<Client, ConnectError> {
    Client::over(stream(service, config, None), options)
}

/// The client's end of a connection to a server in memory.
pub fn stream(
    service: impl Service + Send + Sync + 'static,
    config: protocol::Config,
    log: Option<Arc<dyn Log>>,
) -> Stream {
    let conversation = Conversation::new(Arc::new(service), config, log, "loopback".into());
    let wire = Arc::new(Wire { conversation, sent: Mutex::default() });
    Stream { source: Box::new(Replies(wire.clone())), sink: Box::new(Requests(wire)) }
}

/// The server, and what it has sent so far.
struct Wire {
    conversation: Arc<Conversation>,
    sent: Mutex<VecDeque<u8>>,
}

impl Wire {
    fn collect(&self) {
        let output = self.conversation.take_output();
        lock(&self.sent).extend(output);
    }
}

/// The way to the server; commands run while it is gone.
struct Requests(Arc<Wire>);

impl Sink for Requests {
    fn send(&mut self, bytes: &[u8], _deadline: Option<Instant>) -> io::Result<()> {
        let Wire { conversation, .. } = &*self.0;
        let mut send = || {
            self.0.collect();
            Ok(())
        };
        for piece in bytes.chunks(64 * 1024) {
            conversation.serve(piece, &mut send, &|| true)?;
        }
        conversation.announce();
        Ok(())
    }
}

impl Drop for Requests {
    fn drop(&mut self) {
        self.0.conversation.end();
    }
}

/// The way back.
struct Replies(Arc<Wire>);

impl Source for Replies {
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        loop {
            self.0.collect();
            let length = lock(&self.0.sent).read(buffer)?;
            if length > 0 {
                return Ok(length);
            }
            match self.0.conversation.wait(deadline) {
                Wake::Output => {}
                Wake::Deadline => return Err(timed_out()),
                Wake::Over => return Ok(0),
            }
        }
    }
}
