//! A client with other conditions for one call: a time-out of its own, or out of band.

use super::client::Client;
use crate::failure::{CallError, CallFailure};
use crate::json::Document;
use crate::protocol::handshake::SILENT;
use crate::protocol::{Answer, Lane, Order, ReplyMessage};
use crate::service::empty_object;
use crate::{Any, Command, Execute, Kind, Map, Policy, Wire, Writer};
use std::time::Duration;

/// A client as seen by one call. It has all the methods that generated traits give to a client.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    client: &'a Client,
    timeout: Duration,
    lane: Lane,
}

impl<'a> Caller<'a> {
    pub(super) fn new(client: &'a Client, timeout: Duration) -> Self {
        Caller { client, timeout, lane: Lane::InBand }
    }

    /// The call may take this long.
    #[must_use]
    pub fn within(self, timeout: Duration) -> Self {
        Caller { timeout, ..self }
    }

    /// The call overtakes those that wait, and the one that runs.
    #[must_use]
    pub fn out_of_band(self) -> Self {
        Caller { lane: Lane::OutOfBand, ..self }
    }

    /// Calls a command that the program knows only by name. Commands of QEMU's agent that are
    /// silent when they succeed are known as such; the value is then an empty object.
    ///
    /// # Errors
    /// What the server says, or what happened to the call.
    pub fn call_raw(self, command: &str, arguments: &Map) -> Result<Any, CallError> {
        let mut writer = Writer::new();
        arguments.write(&mut writer);
        self.raw(command, &writer.into_bytes())
    }

    /// The same with arguments as JSON text.
    ///
    /// # Errors
    /// What the server says, what happened to the call, or that the text is no JSON object.
    pub fn call_text(self, command: &str, arguments: &str) -> Result<Any, CallError> {
        let refuse = |error| CallError::new(command, CallFailure::Arguments(error));
        let document =
            Document::parse(arguments.as_bytes()).map_err(|error| refuse(Some(error)))?;
        let root = document.root(Policy::Strict);
        if root.kind() != Kind::Object {
            return Err(refuse(None));
        }
        let mut writer = Writer::new();
        writer.copy(root);
        self.raw(command, &writer.into_bytes())
    }

    fn raw(self, command: &str, arguments: &[u8]) -> Result<Any, CallError> {
        let silent = SILENT.contains(&command);
        let answer = if silent { Answer::OnlyErrors } else { Answer::Always };
        let reply = self.run(command, arguments, answer)?;
        decode(command, reply.as_ref())
    }

    pub(super) fn call<C: Command>(self, command: &C) -> Result<C::Returns, CallError> {
        let mut writer = Writer::new();
        command.write(&mut writer);
        let answer = if C::SUCCESS_RESPONSE { Answer::Always } else { Answer::OnlyErrors };
        let reply = self.run(C::NAME, &writer.into_bytes(), answer)?;
        decode(C::NAME, reply.as_ref())
    }

    fn run(
        self,
        command: &str,
        arguments: &[u8],
        answer: Answer,
    ) -> Result<Option<ReplyMessage>, CallError> {
        let order = Order { command, arguments, lane: self.lane, answer };
        self.client.run(order, self.timeout)
    }
}

impl Execute for Caller<'_> {
    type Reply<'a, R: Wire>
        = Result<R, CallError>
    where
        Self: 'a,
        R: 'a;

    fn execute<'a, C: Command>(&'a self, command: C) -> Result<C::Returns, CallError>
    where
        C::Returns: 'a,
    {
        self.call(&command)
    }
}

/// Reads the returned value. Silence is an empty object, as success without a value is.
fn decode<R: Wire>(command: &str, reply: Option<&ReplyMessage>) -> Result<R, CallError> {
    let value = match reply.map(ReplyMessage::outcome) {
        None => empty_object(Policy::Tolerant),
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(CallError::new(command, CallFailure::Server(error))),
    };
    R::read(value).map_err(|error| {
        let reply = reply.map(|reply| reply.as_bytes().to_vec()).unwrap_or_default();
        CallError::new(command, CallFailure::Decode { error, reply })
    })
}
