//! One client of a server on its byte stream: what it sends is read and served, what it is to get
//! is sent, each under its own lock.

use super::conversation::{Conversation, Wake};
use super::stop::Place;
use crate::lock::{deadline_after, lock};
use crate::log::Note;
use crate::transport::{AtEnd, Sink, Socket, Source};
use std::io;
use std::net::Shutdown;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A client that is being served.
pub(super) struct Connection {
    pub(super) source: Box<dyn Source>,
    pub(super) at_end: AtEnd,
    pub(super) sender: Arc<Sender>,
    pub(super) place: Place,
    pub(super) pump: Pump,
}

impl Connection {
    /// Serves until the client leaves or the server stops.
    pub(super) fn serve(mut self) {
        let conversation = self.sender.conversation.clone();
        conversation.note(&Note::Connected);
        // Handlers' panics are answered; this is for our own and the service's others. What one
        // client's bytes bring about must not end the service of the next.
        let ended = catch_unwind(AssertUnwindSafe(|| self.converse()))
            .unwrap_or_else(|_| Err(io::Error::other("the server panicked")));
        conversation.end();
        let reason = ended.err().map(|error| error.to_string());
        conversation.note(&Note::Disconnected { reason: reason.as_deref() });
    }

    fn converse(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; 64 * 1024];
        self.sender.flush()?;
        loop {
            let length = self.source.read(&mut buffer, None)?;
            let left = length == 0;
            if left && self.at_end == AtEnd::Close || !self.place.begin_work() {
                return Ok(());
            }
            let served = self.serve_piece(&buffer[..length]);
            self.place.end_work();
            match served {
                // On a port the next client may do better.
                Err(_) if self.at_end == AtEnd::Poll => self.sender.conversation.disconnected(),
                served => served?,
            }
        }
    }

    fn serve_piece(&mut self, input: &[u8]) -> io::Result<()> {
        let Connection { sender, place, pump, .. } = self;
        if input.is_empty() {
            sender.conversation.disconnected();
            return Ok(());
        }
        let mut send = || {
            pump.start_where_needed(sender);
            sender.flush()
        };
        sender.conversation.serve(input, &mut send, &|| !place.is_stopping())
    }
}

/// How many bytes a client must take within the time that it has for them. Long replies have that
/// time for each such piece, so that it is slowness that is cut off, and not length.
const PIECE: usize = 1 << 20;

/// The way to a client. The lock on the sink is taken before the output is, so that lines keep
/// their order whoever sends them.
pub(super) struct Sender {
    conversation: Arc<Conversation>,
    sink: Mutex<Box<dyn Sink>>,
    /// To cut off a client that does not read.
    socket: Option<Socket>,
    timeout: Duration,
}

impl Sender {
    pub(super) fn new(
        conversation: Arc<Conversation>,
        sink: Box<dyn Sink>,
        socket: Option<Socket>,
        timeout: Duration,
    ) -> Arc<Sender> {
        Arc::new(Sender { conversation, sink: Mutex::new(sink), socket, timeout })
    }

    fn flush(&self) -> io::Result<()> {
        let mut sink = lock(&self.sink);
        let output = self.conversation.take_output();
        let mut pieces = output.chunks(PIECE);
        let sent = pieces.try_for_each(|it| sink.send(it, Some(deadline_after(self.timeout))));
        if sent.is_err() {
            self.cut_off();
        }
        sent
    }

    /// Gives up a client that does not read or has left. A port stays: the next client comes there.
    fn cut_off(&self) {
        if let Some(socket) = &self.socket {
            socket.shutdown(Shutdown::Both);
            self.conversation.cancel();
        }
    }

    /// Sends the next event; false when there will be no more.
    fn pump(&self) -> bool {
        match self.conversation.wait(None) {
            Wake::Over => false,
            Wake::Deadline => true,
            Wake::Output => self.flush().is_ok() || self.socket.is_none(),
        }
    }
}

/// A thread that sends events while the serving thread waits for input. Only sessions that can get
/// events have one.
#[derive(Default)]
pub(super) enum Pump {
    #[default]
    NotNeeded,
    Started,
}

impl Pump {
    fn start_where_needed(&mut self, sender: &Arc<Sender>) {
        if matches!(self, Pump::NotNeeded) && sender.conversation.takes_events() {
            let sender = sender.clone();
            let pump = thread::Builder::new().name("qapi-events".to_owned());
            // Without a thread events go out with the next reply.
            let _ = pump.spawn(move || while sender.pump() {});
            *self = Pump::Started;
        }
    }
}
