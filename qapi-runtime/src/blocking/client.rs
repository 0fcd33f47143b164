//! A client that waits for each reply.
//!
//! There is no thread behind it. Whoever waits for something reads for all: threads that share a
//! client take turns at the socket, and tell the others what has come.

use super::caller::Caller;
use super::events::{Bounds, EventQueue};
use crate::address::Address;
use crate::failure::{CallError, CallFailure, ConnectError, EventError};
use crate::lock::{left, lock, wait};
use crate::protocol::{
    self, Answer, CallId, CallRefused, ClientConfig, ClientEvent, EventMessage, Expect, Handshake,
    Order, ReplyMessage, Unsynced,
};
use crate::transport::{self, Sink, Source, Stream};
use crate::wire::{Command, Event, Execute, Map, Wire};
use crate::{Any, ReadError};
use core::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::{Duration, Instant};

/// How a client connects and calls.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which protocol the server may speak.
    pub protocol: Expect,
    /// The capabilities to enable where the server offers them.
    pub wanted: Vec<String>,
    /// Whether to go on with an agent that allows no sync command.
    pub unsynced: Unsynced,
    /// How long connecting and the handshake may take together.
    pub connect_timeout: Duration,
    /// How long a call may take; [`Client::within`] sets another time for one.
    pub timeout: Duration,
    /// How long to wait for an error of a command that answers nothing when it succeeds. Where the
    /// server reads on, a request behind the command shows sooner that it has succeeded.
    pub grace: Duration,
    /// How many events wait to be fetched before the oldest are lost.
    pub event_queue: usize,
    /// Bounds on a message of the server.
    pub limits: crate::json::Limits,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            protocol: Expect::Either,
            wanted: Vec::new(),
            unsynced: Unsynced::Allowed,
            connect_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            grace: Duration::from_secs(1),
            event_queue: 1024,
            limits: crate::json::Limits::default(),
        }
    }
}

/// How many bytes of events wait to be fetched.
const EVENT_BYTES: usize = 16 << 20;

/// How much is read at a time.
const PIECE: usize = 64 * 1024;

/// A session with a server. Threads may share it.
pub struct Client {
    options: Options,
    state: Mutex<State>,
    changed: Condvar,
    source: Mutex<Input>,
    sink: Mutex<Box<dyn Sink>>,
}

struct State {
    core: protocol::Client,
    events: EventQueue,
    /// The reply to the one command that is out.
    replied: Option<(CallId, Option<ReplyMessage>)>,
    refused: Option<crate::Error>,
    broken: Option<Broken>,
    /// Somebody is at the socket.
    reading: bool,
    /// Somebody has a command out.
    calling: bool,
}

struct Input {
    source: Box<dyn Source>,
    buffer: Box<[u8]>,
}

/// The connection is of no more use.
#[derive(Clone, Copy, Debug)]
enum Broken {
    Closed,
    Io(io::ErrorKind),
}

/// Why waiting ended without what was waited for.
enum Gave {
    Up,
    Broken(Broken),
}

impl Client {
    /// Connects and does the handshake.
    ///
    /// # Errors
    /// Why there is no session.
    pub fn connect(address: &Address, options: Options) -> Result<Client, ConnectError> {
        let deadline = Instant::now() + options.connect_timeout;
        let stream = transport::connect(address, deadline)?;
        Client::begin(stream, options, deadline)
    }

    /// Does the handshake over a connection that is open already.
    ///
    /// # Errors
    /// Why there is no session.
    pub fn over(stream: Stream, options: Options) -> Result<Client, ConnectError> {
        let deadline = Instant::now() + options.connect_timeout;
        Client::begin(stream, options, deadline)
    }

    fn begin(stream: Stream, options: Options, deadline: Instant) -> Result<Client, ConnectError> {
        let core = protocol::Client::new(ClientConfig {
            protocol: options.protocol,
            wanted: options.wanted.clone(),
            unsynced: options.unsynced,
            limits: options.limits,
            // Seeded by the system for each hasher, which is what the standard library has.
            seed: RandomState::new().build_hasher().finish(),
        });
        let bounds = Bounds { events: options.event_queue.max(1), bytes: EVENT_BYTES };
        let buffer = vec![0; PIECE].into_boxed_slice();
        let client = Client {
            options,
            state: Mutex::new(State {
                core,
                events: EventQueue::new(bounds),
                replied: None,
                refused: None,
                broken: None,
                reading: false,
                calling: false,
            }),
            changed: Condvar::new(),
            source: Mutex::new(Input { source: stream.source, buffer }),
            sink: Mutex::new(stream.sink),
        };
        client.handshake_until(deadline)?;
        Ok(client)
    }

    /// What is known of the server, as of the newest handshake.
    pub fn handshake(&self) -> Handshake {
        let state = lock(&self.state);
        state.core.handshake().cloned().expect("a client exists only after a handshake")
    }

    /// The same client with another time-out for its calls.
    pub fn within(&self, timeout: Duration) -> Caller<'_> {
        self.caller().within(timeout)
    }

    /// The same client, calling out of band.
    pub fn out_of_band(&self) -> Caller<'_> {
        self.caller().out_of_band()
    }

    /// Calls a command that the program knows only by name.
    ///
    /// # Errors
    /// See [`Caller::call_raw`].
    pub fn call_raw(&self, command: &str, arguments: &Map) -> Result<Any, CallError> {
        self.caller().call_raw(command, arguments)
    }

    /// The next event, in the order of arrival.
    ///
    /// # Errors
    /// That there was none in time, that events were lost, or that the connection is.
    pub fn next_event(&self, timeout: Duration) -> Result<EventMessage, EventError> {
        self.find_event(timeout, &mut |_| true)
    }

    /// The next event of this type that is wanted. Others stay for [`Client::next_event`].
    ///
    /// # Errors
    /// As [`Client::next_event`], and that an event of this name has other data.
    pub fn wait_for<E: Event>(
        &self,
        timeout: Duration,
        mut wanted: impl FnMut(&E) -> bool,
    ) -> Result<E, EventError> {
        let mut found = None;
        let message = self.find_event(timeout, &mut |message| {
            let read = (message.name() == E::NAME).then(|| message.read::<E>());
            found = read.filter(|event| event.as_ref().map_or(true, &mut wanted));
            found.is_some()
        })?;
        let event = found.expect("the message that was found has been read");
        event.map_err(|error| undecodable(&message, error))
    }

    fn find_event(
        &self,
        timeout: Duration,
        wanted: &mut dyn FnMut(&EventMessage) -> bool,
    ) -> Result<EventMessage, EventError> {
        let mut find = |state: &mut State| match state.events.take_lost() {
            Some(lost) => Some(Err(EventError::Lagged(lost))),
            None => state.events.find(&mut *wanted).map(Ok),
        };
        self.wait_until(Instant::now() + timeout, &mut find).unwrap_or_else(|gave| {
            Err(match gave {
                Gave::Up => EventError::Timeout(timeout),
                Gave::Broken(Broken::Closed) => EventError::Closed,
                Gave::Broken(Broken::Io(kind)) => EventError::Io(kind.into()),
            })
        })
    }

    fn caller(&self) -> Caller<'_> {
        Caller::new(self, self.options.timeout)
    }

    /// Runs one command; `None` is the reply of one that succeeds in silence. Waits for the turn,
    /// begins the session again if it is out of step, all within the time.
    pub(super) fn run(
        &self,
        order: Order<'_>,
        timeout: Duration,
    ) -> Result<Option<ReplyMessage>, CallError> {
        let deadline = Instant::now() + timeout;
        let mut take_turn = |state: &mut State| (!state.calling).then(|| state.calling = true);
        let turn = self.wait_until(deadline, &mut take_turn);
        let result = turn.map_err(|gave| failure(gave, timeout)).and_then(|()| {
            let result = self.run_in_turn(order, timeout, deadline);
            lock(&self.state).calling = false;
            self.changed.notify_all();
            result
        });
        result.map_err(|failure| CallError::new(order.command, failure))
    }

    fn run_in_turn(
        &self,
        order: Order<'_>,
        timeout: Duration,
        deadline: Instant,
    ) -> Result<Option<ReplyMessage>, CallFailure> {
        if !lock(&self.state).core.is_ready() {
            self.handshake_until(deadline).map_err(CallFailure::Session)?;
        }
        let silent = order.answer == Answer::OnlyErrors;
        let deadline = match silent {
            true => deadline.min(Instant::now() + self.options.grace),
            false => deadline,
        };
        let call = self.send(order, deadline)?;
        let mut mine = |state: &mut State| {
            state.replied.take_if(|(replied, _)| *replied == call).map(|(_, reply)| reply)
        };
        match self.wait_until(deadline, &mut mine) {
            Ok(reply) => Ok(reply),
            Err(gave) => {
                lock(&self.state).core.give_up(call);
                // A machine that goes down answers no more, nor does one that sleeps.
                if silent { Ok(None) } else { Err(failure(gave, timeout)) }
            }
        }
    }

    fn send(&self, order: Order<'_>, deadline: Instant) -> Result<CallId, CallFailure> {
        let mut state = lock(&self.state);
        let call = state.core.call(order).map_err(|refused| match refused {
            CallRefused::NoOutOfBand => CallFailure::NoOutOfBand,
            CallRefused::NotReady | CallRefused::Busy => CallFailure::Closed,
        })?;
        self.flush(state, deadline).map_err(CallFailure::Io)?;
        Ok(call)
    }

    /// Does the handshake, the first or another one. Each attempt has twice the time of the one
    /// before, so that a slow server is waited for and a lost request is not.
    fn handshake_until(&self, deadline: Instant) -> Result<(), ConnectError> {
        let timeout = left(deadline);
        let mut patience = timeout / 8;
        let mut state = lock(&self.state);
        state.core.begin();
        let mut attempts = state.core.attempts();
        self.flush(state, deadline).map_err(ConnectError::Io)?;
        loop {
            let attempt = deadline.min(Instant::now() + patience);
            let settled = self.wait_until(attempt, &mut |state| state.settled(attempts));
            match settled {
                Ok(Settled::Ready) => return Ok(()),
                Ok(Settled::Refused(error)) => return Err(ConnectError::Refused(error)),
                Ok(Settled::AnotherAttempt) => {}
                Err(Gave::Broken(Broken::Closed)) => return Err(ConnectError::Closed),
                Err(Gave::Broken(Broken::Io(kind))) => return Err(ConnectError::Io(kind.into())),
                Err(Gave::Up) if left(deadline).is_zero() => {
                    return Err(ConnectError::Timeout(timeout));
                }
                Err(Gave::Up) => {
                    patience *= 2;
                    let mut state = lock(&self.state);
                    state.core.attempt_timed_out();
                    self.flush(state, deadline).map_err(ConnectError::Io)?;
                }
            }
            attempts = lock(&self.state).core.attempts();
        }
    }

    /// Waits until there is what is looked for. Whoever waits and finds nobody at the socket reads
    /// for all.
    fn wait_until<T>(
        &self,
        deadline: Instant,
        look: &mut dyn FnMut(&mut State) -> Option<T>,
    ) -> Result<T, Gave> {
        let mut state = lock(&self.state);
        loop {
            if let Some(found) = look(&mut state) {
                return Ok(found);
            }
            state = self.step(state, deadline)?;
        }
    }

    /// Lets something happen: reads a piece, or waits for somebody who does.
    fn step<'a>(
        &'a self,
        mut state: MutexGuard<'a, State>,
        deadline: Instant,
    ) -> Result<MutexGuard<'a, State>, Gave> {
        if let Some(broken) = state.broken {
            return Err(Gave::Broken(broken));
        }
        if left(deadline).is_zero() {
            return Err(Gave::Up);
        }
        if state.reading {
            return Ok(wait(&self.changed, state, Some(deadline)));
        }
        state.reading = true;
        drop(state);
        let mut input = lock(&self.source);
        let Input { source, buffer } = &mut *input;
        let read = source.read(buffer, Some(deadline));
        let mut state = lock(&self.state);
        state.reading = false;
        state.take(read.map(|length| &buffer[..length]));
        drop(input);
        self.changed.notify_all();
        if let Err(error) = self.flush(state, deadline) {
            lock(&self.state).broken.get_or_insert(Broken::Io(error.kind()));
        }
        Ok(lock(&self.state))
    }

    /// Sends what the protocol wants sent, in one write. The lock on the sink is taken before the
    /// state is let go, so that requests keep their order.
    fn flush(&self, mut state: MutexGuard<'_, State>, deadline: Instant) -> io::Result<()> {
        let output = state.core.take_output();
        if output.is_empty() {
            return Ok(());
        }
        let mut sink = lock(&self.sink);
        drop(state);
        let sent = sink.send(&output, Some(deadline));
        drop(sink);
        if let Err(error) = &sent {
            // Half a request may be out: nothing that follows could be understood.
            lock(&self.state).broken.get_or_insert(Broken::Io(error.kind()));
        }
        sent
    }
}

impl Execute for Client {
    type Reply<'a, R: Wire>
        = Result<R, CallError>
    where
        Self: 'a,
        R: 'a;

    fn execute<'a, C: Command>(&'a self, command: C) -> Result<C::Returns, CallError>
    where
        C::Returns: 'a,
    {
        self.caller().call(&command)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("options", &self.options).finish_non_exhaustive()
    }
}

enum Settled {
    Ready,
    Refused(crate::Error),
    AnotherAttempt,
}

impl State {
    /// Takes what was read and sorts it.
    fn take(&mut self, read: io::Result<&[u8]>) {
        match read {
            Ok([]) => self.broken = Some(Broken::Closed),
            Ok(bytes) => self.core.feed(bytes),
            Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
            Err(error) => self.broken = Some(Broken::Io(error.kind())),
        }
        while let Some(event) = self.core.next_event() {
            match event {
                ClientEvent::Ready => self.refused = None,
                ClientEvent::Refused(error) => self.refused = Some(error),
                ClientEvent::Reply { call, reply } => self.replied = Some((call, reply)),
                ClientEvent::Event(event) => self.events.push(event),
            }
        }
    }

    fn settled(&mut self, attempts: u32) -> Option<Settled> {
        if self.core.is_ready() {
            return Some(Settled::Ready);
        }
        if let Some(error) = self.refused.take() {
            return Some(Settled::Refused(error));
        }
        (self.core.attempts() != attempts).then_some(Settled::AnotherAttempt)
    }
}

fn failure(gave: Gave, timeout: Duration) -> CallFailure {
    match gave {
        Gave::Up => CallFailure::Timeout(timeout),
        Gave::Broken(Broken::Closed) => CallFailure::Closed,
        Gave::Broken(Broken::Io(kind)) => CallFailure::Io(kind.into()),
    }
}

fn undecodable(message: &EventMessage, error: ReadError) -> EventError {
    EventError::Decode { event: message.name().into(), error, message: message.as_bytes().to_vec() }
}
