//! The server's end of a conversation: bytes in, commands to run, bytes out. No socket, no clock.
//!
//! A driver feeds what it reads, runs each [`Task`] that [`Server::next_event`] hands out, brings
//! back what came of it, and sends what [`Server::take_output`] gives. Memory is bounded by the
//! decoder's limits, by one reply, and by [`OUTPUT_BOUND`].

use super::config::{Config, Protocol};
use super::envelope::{self, Envelope, Refusal};
use super::gate;
use super::handshake as names;
use super::lane::Lane;
use super::output::{LineEnd, Output, greeting};
use super::session::Session;
use super::task::{Finished, Task, Ticket};
use crate::error::Error;
use crate::json::{Decoder, Document, Frame};
use crate::service::{
    Availability, CommandInfo, Delivery, EventRecord, Outcome, Request, SchemaInfo, Service,
};
use crate::timestamp::Timestamp;
use crate::{Reader, Writer};

/// The output that may wait for a slow peer, in bytes, before the session stops making more. One
/// reply may go over it.
pub const OUTPUT_BOUND: usize = 64 * 1024;

/// One session's end of the protocol.
#[derive(Debug)]
pub struct Server {
    decoder: Decoder,
    session: Session,
    output: Output,
    work: Work,
    /// Counts connections, so that an outcome for a client that has left is not told to the next.
    connection: u64,
}

/// What the session waits for.
#[derive(Debug)]
enum Work {
    Input,
    /// A task is on its way to the driver, behind a note.
    Announced(Task),
    /// A task is out; in-band requests wait for it.
    Running,
}

/// What a driver has to do.
#[derive(Debug)]
pub enum ServerEvent {
    /// Run this and bring it back with [`Server::finish`].
    Run(Task),
    /// Send the output before asking again: it has reached [`OUTPUT_BOUND`].
    Flush,
    /// A client that has not negotiated calls this command
    /// ([`Negotiation::Warn`](super::Negotiation::Warn)); once a session. Log it, and call
    /// [`Server::warn`].
    Unnegotiated {
        /// The command's name.
        command: &'static str,
    },
}

impl Server {
    /// A session with a client that has just connected.
    pub fn new(config: Config, schema: &SchemaInfo) -> Self {
        let line_end = match config.protocol {
            Protocol::Guest => LineEnd::Lf,
            Protocol::Monitor => LineEnd::CrLf,
        };
        let mut server = Server {
            decoder: Decoder::new(config.limits),
            session: Session::new(config, schema),
            output: Output::new(line_end),
            work: Work::Input,
            connection: 0,
        };
        server.greet();
        server
    }

    /// Takes bytes from the client. Feed at most 64 KiB at a time, and drain
    /// [`Server::next_event`] between.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.decoder.feed(bytes);
    }

    /// The next thing to do; `None` asks for more input, or for the running task's outcome.
    pub fn next_event(&mut self, service: &dyn Service) -> Option<ServerEvent> {
        match core::mem::replace(&mut self.work, Work::Running) {
            Work::Running => return None,
            Work::Announced(task) => return Some(ServerEvent::Run(task)),
            Work::Input => self.work = Work::Input,
        }
        while self.output.len() < OUTPUT_BOUND {
            let admitted = match self.decoder.next()? {
                Frame::Message(message) => self.message(message, service),
                Frame::Error(error) => {
                    self.output.error(None, &Error::generic(error.desc()));
                    None
                }
            };
            if let Some(task) = admitted {
                return Some(self.hand_out(task));
            }
        }
        Some(ServerEvent::Flush)
    }

    /// Takes back what came of a task and writes the reply.
    pub fn finish(&mut self, finished: Finished) {
        let Finished { ticket: Ticket { connection, id }, outcome } = finished;
        if connection != self.connection {
            return;
        }
        self.work = Work::Input;
        match outcome {
            Outcome::Value(value) => self.output.success(id.as_deref(), &value),
            Outcome::Error(error) => self.output.error(id.as_deref(), &error),
            Outcome::Nothing => {}
        }
    }

    /// Sends an event, if this session is to have it and its output has room. `at` comes from the
    /// driver, which has a clock.
    pub fn emit(&mut self, event: &EventRecord, at: Timestamp) -> Delivery {
        if !self.session.negotiated() || !self.session.has(event.capability) {
            return Delivery::Unwanted;
        }
        if self.output.len() >= OUTPUT_BOUND {
            return Delivery::Full;
        }
        self.output.event(event, at);
        Delivery::Queued
    }

    /// Whether this session may get events.
    pub fn takes_events(&self) -> bool {
        self.session.negotiated()
    }

    /// Sends the warning event, where the configuration names one, to a client that has just been
    /// found not to negotiate. It goes out although nobody enabled events: the operator asked for
    /// it. It stands before the reply, as any event that a command causes.
    pub fn warn(&mut self, command: &str, at: Timestamp) {
        let Some(name) = self.session.config().warning_event else { return };
        let mut data = Writer::new();
        data.begin_object();
        data.key("command");
        data.string(command);
        data.end_object();
        let event = EventRecord { name, capability: None, data: data.into_bytes() };
        self.output.event(&event, at);
    }

    /// Everything that is to be sent now. Empty if there is nothing.
    pub fn take_output(&mut self) -> Vec<u8> {
        self.output.take()
    }

    /// The client has left, visibly: forgets half a request, the negotiation, the output, and
    /// drops the outcome of a task that is still out. The next byte is another client's.
    pub fn disconnected(&mut self) {
        self.decoder.reset();
        self.session.reset();
        self.output.clear();
        self.work = Work::Input;
        self.connection += 1;
        self.greet();
    }

    fn greet(&mut self) {
        let config = self.session.config();
        if config.protocol == Protocol::Monitor {
            self.output.greeting(&config.version, self.session.offered());
        }
    }

    /// Gives the task to the driver, after the warning where one is due.
    fn hand_out(&mut self, task: Task) -> ServerEvent {
        self.work = Work::Running;
        if !self.session.notice_unnegotiated() {
            return ServerEvent::Run(task);
        }
        let command = task.name();
        self.work = Work::Announced(task);
        ServerEvent::Unnegotiated { command }
    }

    /// Checks in the order of QEMU's qapi/qmp-dispatch.c: the envelope, whether the command exists, whether
    /// it is disabled, out of band; arguments are the command's own.
    fn message(&mut self, message: Document, service: &dyn Service) -> Option<Task> {
        let widest = match self.session.has(Some(names::OOB)) {
            true => Lane::OutOfBand,
            false => Lane::InBand,
        };
        let envelope = match envelope::read(&message, widest) {
            Ok(envelope) => envelope,
            Err(Refusal { id, error }) => {
                self.output.error(id.as_deref(), &error);
                return None;
            }
        };
        if self.is_handshake(&envelope.command) {
            self.handshake(&envelope, &message, service);
            return None;
        }
        match self.admit(&envelope, &message, service) {
            Ok(info) => {
                let ticket = Ticket { connection: self.connection, id: envelope.id };
                Some(Task { message, info, ticket, enabled: self.session.enabled().clone() })
            }
            Err(error) => {
                self.output.error(envelope.id.as_deref(), &error);
                None
            }
        }
    }

    fn is_handshake(&self, command: &str) -> bool {
        match self.session.config().protocol {
            Protocol::Guest => names::HANDSHAKE.contains(&command),
            Protocol::Monitor => command == names::QMP_CAPABILITIES,
        }
    }

    fn admit(
        &self,
        envelope: &Envelope,
        message: &Document,
        service: &dyn Service,
    ) -> Result<CommandInfo, Error> {
        if self.session.insists() {
            return Err(Error::command_not_found(
                "Expecting capabilities negotiation with 'qmp_capabilities'",
            ));
        }
        let known = service.command(&envelope.command);
        let info = known.filter(|info| self.session.has(info.capability)).ok_or_else(|| {
            Error::command_not_found(format!("The command {} has not been found", envelope.command))
        })?;
        check_runnable(envelope, info.out_of_band, service)?;
        let arguments = envelope::arguments(message);
        let closed = arguments.and_then(|arguments| {
            gate::closed(arguments, info.gated_arguments, self.session.enabled())
        });
        closed.map_or(Ok(info), |name| {
            Err(Error::generic(format!("Parameter '{name}' is unexpected")))
        })
    }

    /// Answers a command of the handshake at once.
    fn handshake(&mut self, envelope: &Envelope, message: &Document, service: &dyn Service) {
        let id = envelope.id.as_deref();
        let arguments = Request::new(&envelope.command, envelope::arguments(message)).arguments();
        let checked = check_runnable(envelope, false, service);
        if let Err(error) = checked.and_then(|()| self.answer(&envelope.command, id, arguments)) {
            self.output.error(id, &error);
        }
    }

    fn answer(
        &mut self,
        command: &str,
        id: Option<&[u8]>,
        arguments: Reader<'_>,
    ) -> Result<(), Error> {
        match command {
            names::QMP_CAPABILITIES => {
                self.session.negotiate(&names::capabilities_arguments(arguments)?)?;
                self.output.success(id, b"{}");
            }
            names::REQUEST_NEGOTIATION => {
                names::no_arguments(arguments)?;
                let version = &self.session.config().version;
                self.output.success(id, &greeting(version, self.session.offered()));
            }
            _ => self.sync(command, id, names::sync_arguments(arguments)?),
        }
        Ok(())
    }

    fn sync(&mut self, command: &str, id: Option<&[u8]>, number: i64) {
        self.session.reset();
        if command == names::GUEST_SYNC_DELIMITED {
            self.output.byte(names::SENTINEL);
        }
        self.output.extended(id, number.to_string().as_bytes(), &self.session.siblings());
    }
}

/// Whether the command is enabled, and allowed in the channel that was asked for.
fn check_runnable(
    envelope: &Envelope,
    out_of_band: bool,
    service: &dyn Service,
) -> Result<(), Error> {
    let command = &envelope.command;
    if let Availability::Disabled(reason) = service.availability(command) {
        let colon = if reason.is_empty() { "" } else { ": " };
        return Err(Error::command_not_found(format!(
            "Command {command} has been disabled{colon}{reason}"
        )));
    }
    if envelope.lane == Lane::OutOfBand && !out_of_band {
        return Err(Error::generic(format!("The command {command} does not support OOB")));
    }
    Ok(())
}
