//! A client that waits for each reply.

use super::caller::Caller;
use super::events::Bounds;
use super::exchange::{Broken, Exchange, Gave, State};
use super::options::Options;
use crate::address::Address;
use crate::failure::{CallError, CallFailure, ConnectError, EventError};
use crate::lock::{deadline_after, left};
use crate::protocol::{
    self, Answer, CallId, CallRefused, ClientConfig, EventMessage, Handshake, Lane, Order,
    ReplyMessage,
};
use crate::transport::{self, Stream};
use crate::wire::{Command, Event, Execute, Map, Wire};
use crate::{Any, Error, ReadError};
use core::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

/// How many bytes of events wait to be fetched.
const EVENT_BYTES: usize = 16 << 20;

/// A session with a server. Threads may share it.
pub struct Client {
    options: Options,
    exchange: Exchange,
}

impl Client {
    /// Connects and does the handshake.
    ///
    /// # Errors
    /// Why there is no session.
    pub fn connect(address: &Address, options: Options) -> Result<Client, ConnectError> {
        let deadline = deadline_after(options.connect_timeout);
        let stream = transport::connect(address, deadline)?;
        Client::begin(stream, options, deadline)
    }

    /// Does the handshake over a connection that is open already.
    ///
    /// # Errors
    /// Why there is no session.
    pub fn over(stream: Stream, options: Options) -> Result<Client, ConnectError> {
        let deadline = deadline_after(options.connect_timeout);
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
        let client = Client { options, exchange: Exchange::new(core, bounds, stream) };
        client.handshake_until(deadline, client.options.connect_timeout)?;
        Ok(client)
    }

    /// What is known of the server, as of the newest handshake.
    pub fn handshake(&self) -> Handshake {
        let state = self.exchange.state();
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

    /// The next event of this type that is wanted, one that has arrived already if there is any: what
    /// is waited for may have happened before a reply was read. Others stay for
    /// [`Client::next_event`].
    /// `wanted` looks at events and must not use the client.
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
        self.exchange.wait_until(deadline_after(timeout), &mut find).unwrap_or_else(|gave| {
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

    /// Runs one command; `None` is the reply of one that succeeds in silence. In band it waits for
    /// its turn; out of band it overtakes, but for a session that has to be begun again.
    pub(super) fn run(
        &self,
        order: Order<'_>,
        timeout: Duration,
    ) -> Result<Option<ReplyMessage>, CallError> {
        let deadline = deadline_after(timeout);
        let overtakes = order.lane == Lane::OutOfBand && self.exchange.state().core.is_ready();
        let result = match overtakes {
            true => self.call(order, timeout, deadline),
            false => self.run_in_turn(order, timeout, deadline),
        };
        result.map_err(|failure| CallError::new(order.command, failure))
    }

    /// Waits for the turn, begins the session again if it is out of step, and calls, all within the
    /// time.
    fn run_in_turn(
        &self,
        order: Order<'_>,
        timeout: Duration,
        deadline: Instant,
    ) -> Result<Option<ReplyMessage>, CallFailure> {
        self.exchange.take_turn(deadline).map_err(|gave| failure(gave, timeout))?;
        let result =
            self.resume(deadline, timeout).and_then(|()| self.call(order, timeout, deadline));
        self.exchange.end_turn();
        result
    }

    /// Begins the session again where an earlier time-out has left it out of step.
    fn resume(&self, deadline: Instant, timeout: Duration) -> Result<(), CallFailure> {
        let ready = self.exchange.state().core.is_ready();
        if ready {
            return Ok(());
        }
        self.handshake_until(deadline, timeout).map_err(CallFailure::Session)
    }

    fn call(
        &self,
        order: Order<'_>,
        timeout: Duration,
        deadline: Instant,
    ) -> Result<Option<ReplyMessage>, CallFailure> {
        let silent = order.answer == Answer::OnlyErrors;
        let call = self.send(order, deadline, timeout)?;
        // The grace begins when the request is out: before, silence says nothing.
        let deadline = match silent {
            true => deadline.min(deadline_after(self.options.grace)),
            false => deadline,
        };
        match self.exchange.wait_until(deadline, &mut |state| state.reply_to(call)) {
            Ok(reply) => Ok(reply),
            Err(gave) => {
                self.exchange.give_up(call);
                // A machine that goes down answers no more, nor does one that sleeps.
                if silent { Ok(None) } else { Err(failure(gave, timeout)) }
            }
        }
    }

    /// Sends a command as soon as there is room for it.
    fn send(
        &self,
        order: Order<'_>,
        deadline: Instant,
        timeout: Duration,
    ) -> Result<CallId, CallFailure> {
        let given_up = |gave| failure(gave, timeout);
        let mut state = self.exchange.state();
        loop {
            state.check().map_err(given_up)?;
            match state.core.call(order) {
                Ok(call) => {
                    self.exchange.flush(state, deadline).map_err(given_up)?;
                    return Ok(call);
                }
                Err(CallRefused::NoOutOfBand) => return Err(CallFailure::NoOutOfBand),
                // Calls out of band take no turn: several of them can fill the room, and one that
                // is given up can end the session.
                Err(CallRefused::NotReady | CallRefused::Busy) => {
                    state = self.exchange.step(state, deadline).map_err(given_up)?;
                }
            }
        }
    }

    /// Does the handshake, the first or another one. Each attempt has twice the time of the one
    /// before, so that a slow server is waited for and a lost request is not.
    fn handshake_until(&self, deadline: Instant, timeout: Duration) -> Result<(), ConnectError> {
        let mut patience = left(deadline) / 8;
        let mut state = self.exchange.state();
        state.core.begin();
        let mut attempts = state.core.attempts();
        let unsent = |gave| lost(gave, timeout);
        self.exchange.flush(state, deadline).map_err(unsent)?;
        loop {
            let attempt = deadline.min(deadline_after(patience));
            let settled = self.exchange.wait_until(attempt, &mut |state| settled(state, attempts));
            match settled {
                Ok(Settled::Ready) => return Ok(()),
                Ok(Settled::Refused(error)) => return Err(ConnectError::Refused(error)),
                Ok(Settled::AnotherAttempt) => {}
                Err(Gave::Up) if !left(deadline).is_zero() => {
                    patience *= 2;
                    let mut state = self.exchange.state();
                    state.core.attempt_timed_out();
                    self.exchange.flush(state, deadline).map_err(unsent)?;
                }
                Err(gave) => return Err(lost(gave, timeout)),
            }
            attempts = self.exchange.state().core.attempts();
        }
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
    Refused(Error),
    AnotherAttempt,
}

/// What a handshake has come to. Asked with the number of attempts that were known.
fn settled(state: &mut State, attempts: u32) -> Option<Settled> {
    if state.core.is_ready() {
        return Some(Settled::Ready);
    }
    if let Some(error) = state.refused.take() {
        return Some(Settled::Refused(error));
    }
    (state.core.attempts() != attempts).then_some(Settled::AnotherAttempt)
}

fn failure(gave: Gave, timeout: Duration) -> CallFailure {
    match gave {
        Gave::Up => CallFailure::Timeout(timeout),
        Gave::Broken(Broken::Closed) => CallFailure::Closed,
        Gave::Broken(Broken::Io(kind)) => CallFailure::Io(kind.into()),
    }
}

fn lost(gave: Gave, timeout: Duration) -> ConnectError {
    match gave {
        Gave::Up => ConnectError::Timeout(timeout),
        Gave::Broken(Broken::Closed) => ConnectError::Closed,
        Gave::Broken(Broken::Io(kind)) => ConnectError::Io(kind.into()),
    }
}

pub(super) fn undecodable(message: &EventMessage, error: ReadError) -> EventError {
    EventError::Decode { event: message.name().into(), error, message: message.as_bytes().to_vec() }
}
