//! A client's stream, shared by threads that wait for different things. There is no thread behind
//! it: whoever waits and finds nobody at the socket reads for all, and tells the others.

use super::events::{Bounds, EventQueue};
use crate::Error;
use crate::lock::{left, lock, wait};
use crate::protocol::{CallId, Client, ClientEvent, ReplyMessage};
use crate::transport::{Sink, Source, Stream};
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Instant;

/// How much is read at a time.
const PIECE: usize = 64 * 1024;

/// The protocol and the stream under it.
pub(super) struct Exchange {
    state: Mutex<State>,
    changed: Condvar,
    source: Mutex<Input>,
    sink: Mutex<Box<dyn Sink>>,
}

/// What has come so far.
pub(super) struct State {
    pub(super) core: Client,
    pub(super) events: EventQueue,
    /// Replies that nobody has taken yet: at most one for each command that is out.
    replied: Vec<(CallId, Option<ReplyMessage>)>,
    pub(super) refused: Option<Error>,
    broken: Option<Broken>,
    /// Somebody is at the socket.
    reading: bool,
    /// Somebody has a command out in band.
    calling: bool,
}

struct Input {
    source: Box<dyn Source>,
    buffer: Box<[u8]>,
}

/// Why a connection is of no more use.
#[derive(Clone, Copy, Debug)]
pub(super) enum Broken {
    Closed,
    Io(io::ErrorKind),
}

impl From<io::ErrorKind> for Broken {
    fn from(kind: io::ErrorKind) -> Self {
        match kind {
            io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => Broken::Closed,
            kind => Broken::Io(kind),
        }
    }
}

/// Why waiting ended without what was waited for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Gave {
    /// The deadline has passed.
    Up,
    /// It cannot come any more.
    Broken(Broken),
}

impl Exchange {
    pub(super) fn new(core: Client, events: Bounds, stream: Stream) -> Self {
        let state = State {
            core,
            events: EventQueue::new(events),
            replied: Vec::new(),
            refused: None,
            broken: None,
            reading: false,
            calling: false,
        };
        let buffer = vec![0; PIECE].into_boxed_slice();
        Exchange {
            state: Mutex::new(state),
            changed: Condvar::new(),
            source: Mutex::new(Input { source: stream.source, buffer }),
            sink: Mutex::new(stream.sink),
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Waits until no other thread has a command out in band. Does not read meanwhile: the end of another
    /// call could not wake up who waits at the socket.
    pub(super) fn take_turn(&self, deadline: Instant) -> Result<(), Gave> {
        let mut state = self.state();
        while state.calling {
            if left(deadline).is_zero() {
                return Err(Gave::Up);
            }
            state = wait(&self.changed, state, Some(deadline));
        }
        state.calling = true;
        Ok(())
    }

    pub(super) fn end_turn(&self) {
        self.state().calling = false;
        self.changed.notify_all();
    }

    /// Stops waiting for a command's reply.
    pub(super) fn give_up(&self, call: CallId) {
        let mut state = self.state();
        state.core.give_up(call);
        // It may have come at the last moment.
        state.replied.retain(|(replied, _)| *replied != call);
        drop(state);
        self.changed.notify_all();
    }

    /// Waits until there is what is looked for.
    pub(super) fn wait_until<T>(
        &self,
        deadline: Instant,
        look: &mut dyn FnMut(&mut State) -> Option<T>,
    ) -> Result<T, Gave> {
        let mut state = self.state();
        loop {
            if let Some(found) = look(&mut state) {
                return Ok(found);
            }
            state = self.step(state, deadline)?;
        }
    }

    /// Sends what the protocol wants sent, in one write. The lock on the sink is taken before the
    /// state is let go, so that requests keep their order.
    pub(super) fn flush(
        &self,
        mut state: MutexGuard<'_, State>,
        deadline: Instant,
    ) -> Result<(), Gave> {
        let output = state.core.take_output();
        if output.is_empty() {
            return Ok(());
        }
        let mut sink = lock(&self.sink);
        drop(state);
        let sent = sink.send(&output, Some(deadline));
        drop(sink);
        sent.map_err(|error| self.state().unsent(error.kind()))
    }

    /// Lets something happen: reads a piece, or waits for somebody who does.
    pub(super) fn step<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        deadline: Instant,
    ) -> Result<MutexGuard<'a, State>, Gave> {
        state.check()?;
        if left(deadline).is_zero() {
            return Err(Gave::Up);
        }
        if state.reading {
            return Ok(wait(&self.changed, state, Some(deadline)));
        }
        state.reading = true;
        drop(state);
        self.read(deadline);
        Ok(self.state())
    }

    fn read(&self, deadline: Instant) {
        let mut input = lock(&self.source);
        let Input { source, buffer } = &mut *input;
        let read = source.read(buffer, Some(deadline));
        let mut state = self.state();
        state.reading = false;
        state.take(read.map(|length| &buffer[..length]));
        self.changed.notify_all();
        // If it fails, the state says so.
        let _ = self.flush(state, deadline);
    }
}

impl State {
    /// Whether the connection is still of use.
    pub(super) fn check(&self) -> Result<(), Gave> {
        self.broken.map_or(Ok(()), |broken| Err(Gave::Broken(broken)))
    }

    /// Takes the reply to a command, if it is there; `None` inside is success in silence.
    pub(super) fn reply_to(&mut self, call: CallId) -> Option<Option<ReplyMessage>> {
        let place = self.replied.iter().position(|(replied, _)| *replied == call)?;
        Some(self.replied.swap_remove(place).1)
    }

    /// Half a request may be out. An agent forgets it when the session is begun again.
    fn unsent(&mut self, kind: io::ErrorKind) -> Gave {
        if kind == io::ErrorKind::TimedOut && self.core.interrupted() {
            return Gave::Up;
        }
        Gave::Broken(*self.broken.get_or_insert(kind.into()))
    }

    /// Takes what was read and sorts it.
    fn take(&mut self, read: io::Result<&[u8]>) {
        match read {
            Ok([]) => self.broken = Some(Broken::Closed),
            Ok(bytes) => self.core.feed(bytes),
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
            Err(error) => self.broken = Some(error.kind().into()),
        }
        while let Some(event) = self.core.next_event() {
            match event {
                ClientEvent::Ready => self.refused = None,
                ClientEvent::Refused(error) => self.refused = Some(error),
                ClientEvent::Reply { call, reply } => self.replied.push((call, reply)),
                ClientEvent::Event(event) => self.events.push(event),
            }
        }
    }
}
