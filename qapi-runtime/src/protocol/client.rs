//! The client's end of a conversation: bytes in, replies and events out, bytes out. No socket, no
//! clock: a driver says when something took too long.
//!
//! [`Client::begin`] starts the handshake, `sync` finds the beginning, then capabilities are
//! enabled, and [`ClientEvent::Ready`] says that commands can be called. After a time-out a guest's
//! session is out of step until the driver has begun it again. Memory is bounded by the decoder's
//! limits and by what the driver leaves undrained.

use super::calls::{Answered, CallId, Calls, Order};
use super::client_config::{ClientConfig, Expect, Unsynced};
use super::config::Protocol;
use super::handshake::{OOB, QMP_CAPABILITIES};
use super::lane::Lane;
use super::learnt::{Handshake, Level, SyncForm};
use super::message::{EventMessage, Greeting, Id, Message, ReplyMessage, classify};
use super::outgoing::{Names, Request};
use super::sync::{Heard, Sync};
use crate::Writer;
use crate::error::Error;
use crate::json::{Decoder, Frame};

/// One session's end of the protocol.
#[derive(Debug)]
pub struct Client {
    config: ClientConfig,
    decoder: Decoder,
    output: Vec<u8>,
    names: Names,
    stage: Stage,
    learnt: Option<Handshake>,
    calls: Calls,
    attempts: u32,
}

#[derive(Debug)]
enum Stage {
    /// Nothing was begun, or a call took too long and its reply may still come.
    OutOfStep,
    /// A monitor's greeting has not come yet.
    Waiting,
    Syncing(Sync),
    /// `qmp_capabilities` is out under this id.
    Enabling {
        id: String,
        wanted: Vec<String>,
        handshake: Handshake,
    },
    Ready,
}

/// What a client has learnt.
#[derive(Debug)]
pub enum ClientEvent {
    /// The handshake is done; commands can be called.
    Ready,
    /// There will be no session.
    Refused(Error),
    /// A command was answered.
    Reply {
        /// Which command.
        call: CallId,
        /// Its reply; `None` for one that succeeded and answers nothing then.
        reply: Option<ReplyMessage>,
    },
    /// An event arrived.
    Event(EventMessage),
}

/// Why a command cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallRefused {
    /// There is no session, or it is out of step; see [`Client::begin`].
    NotReady,
    /// Too many are out already: [`IN_FLIGHT`](super::IN_FLIGHT), or one where replies carry no
    /// ids.
    Busy,
    /// Out of band is not enabled.
    NoOutOfBand,
}

impl Client {
    /// A client that has not sent anything.
    pub fn new(config: ClientConfig) -> Self {
        Client {
            decoder: Decoder::new(config.limits),
            names: Names::new(config.seed),
            config,
            output: Vec::new(),
            stage: Stage::OutOfStep,
            learnt: None,
            calls: Calls::default(),
            attempts: 0,
        }
    }

    /// Begins a session, the first or another one after a time-out. Commands that are out are
    /// forgotten. A monitor's session is never out of step: ids tell its replies apart.
    pub fn begin(&mut self) {
        self.calls.forget_all();
        if self.speaks(Protocol::Monitor) {
            self.stage = Stage::Ready;
        } else if self.config.protocol == Expect::Monitor {
            self.stage = Stage::Waiting;
        } else {
            self.stage = Stage::Syncing(Sync::new());
        }
        self.attempt();
    }

    /// The attempt has taken too long: another one.
    pub fn attempt_timed_out(&mut self) {
        let guest = !matches!(&self.stage, Stage::Enabling { handshake, .. }
            if handshake.protocol == Protocol::Monitor);
        match self.stage {
            Stage::Syncing(_) => self.attempt(),
            Stage::Enabling { .. } if guest => self.begin(),
            _ => {}
        }
    }

    /// How many attempts at a handshake there were. A driver gives each a deadline of its own.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// Whether commands can be called. After a time-out they cannot until [`Client::begin`].
    pub fn is_ready(&self) -> bool {
        matches!(self.stage, Stage::Ready)
    }

    /// What is known of the server, as of the newest handshake.
    pub fn handshake(&self) -> Option<&Handshake> {
        self.learnt.as_ref()
    }

    /// Takes bytes from the server. Feed at most 64 KiB at a time, and drain
    /// [`Client::next_event`] between.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.decoder.feed(bytes);
    }

    /// Everything that is to be sent now. Empty if there is nothing.
    pub fn take_output(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.output)
    }

    /// What came of the input so far; `None` asks for more.
    pub fn next_event(&mut self) -> Option<ClientEvent> {
        loop {
            // What is no message is noise, and the sentinel has done its work in the decoder.
            let Frame::Message(message) = self.decoder.next()? else { continue };
            let event = match classify(message) {
                Message::Greeting(greeting) => self.greeted(greeting),
                Message::Event(event) => self.learnt.is_some().then_some(ClientEvent::Event(event)),
                Message::Reply(reply) => self.replied(reply),
                Message::Unknown => None,
            };
            if event.is_some() {
                return event;
            }
        }
    }

    /// Sends a command.
    ///
    /// # Errors
    /// That it cannot be sent now, or not in this lane.
    pub fn call(&mut self, order: Order<'_>) -> Result<CallId, CallRefused> {
        let Some(handshake) = self.learnt.as_ref().filter(|_| self.is_ready()) else {
            return Err(CallRefused::NotReady);
        };
        let oob = handshake.enabled.iter().any(|name| name == OOB);
        if order.lane == Lane::OutOfBand && !oob {
            return Err(CallRefused::NoOutOfBand);
        }
        if !self.calls.has_room(handshake.id_echo) {
            return Err(CallRefused::Busy);
        }
        Ok(self.calls.send(order, handshake.id_echo, &mut self.names, &mut self.output))
    }

    /// Stops waiting for a command. Its reply may still come, so a guest's session is out of step;
    /// a monitor's is not.
    pub fn give_up(&mut self, call: CallId) {
        self.calls.forget(call);
        self.lose_step();
    }

    /// Half a request may be out, because sending took too long. False where that cannot be mended:
    /// a monitor's parser would take what follows for the rest of it.
    pub fn interrupted(&mut self) -> bool {
        self.calls.forget_all();
        self.lose_step();
        !self.speaks(Protocol::Monitor) && self.config.protocol != Expect::Monitor
    }

    fn speaks(&self, protocol: Protocol) -> bool {
        self.learnt.as_ref().is_some_and(|handshake| handshake.protocol == protocol)
    }

    fn lose_step(&mut self) {
        if self.is_ready() && self.speaks(Protocol::Guest) {
            self.stage = Stage::OutOfStep;
        }
    }

    fn attempt(&mut self) {
        self.attempts += 1;
        if let Stage::Syncing(sync) = &mut self.stage {
            sync.ask(&mut self.names, &mut self.output);
        }
    }

    fn greeted(&mut self, greeting: Greeting) -> Option<ClientEvent> {
        let beginning = matches!(self.stage, Stage::Waiting | Stage::Syncing(_));
        if beginning && self.config.protocol != Expect::Guest {
            self.enable(Handshake {
                protocol: Protocol::Monitor,
                level: Level::Monitor,
                id_echo: true,
                version: greeting.version,
                capabilities: greeting.capabilities,
                enabled: Vec::new(),
                sync: SyncForm::None,
            });
        }
        None
    }

    /// Sends `qmp_capabilities` with what we want and the server offers; also when that is
    /// nothing, because the server may require it.
    fn enable(&mut self, handshake: Handshake) {
        let offered = |name: &&String| handshake.capabilities.contains(*name);
        let wanted: Vec<String> = self.config.wanted.iter().filter(offered).cloned().collect();
        let mut arguments = Writer::new();
        arguments.begin_object();
        arguments.member("enable", &wanted);
        arguments.end_object();
        let id = self.names.id();
        Request {
            command: QMP_CAPABILITIES,
            arguments: &arguments.into_bytes(),
            lane: Lane::InBand,
            id: Some(&id),
        }
        .write(&mut self.output);
        self.stage = Stage::Enabling { id, wanted, handshake };
    }

    fn replied(&mut self, reply: ReplyMessage) -> Option<ClientEvent> {
        match &mut self.stage {
            Stage::OutOfStep | Stage::Waiting => None,
            Stage::Syncing(sync) => {
                let heard = sync.hear(&reply);
                self.heard(heard)
            }
            Stage::Enabling { id, handshake, .. } => {
                let ours = match reply.id() {
                    Id::Text(text) => text == *id,
                    Id::Absent => !handshake.id_echo,
                    Id::Foreign => false,
                };
                if ours { self.enabled(&reply) } else { None }
            }
            Stage::Ready => self.answered(reply),
        }
    }

    fn heard(&mut self, heard: Heard) -> Option<ClientEvent> {
        match heard {
            Heard::Nothing => None,
            Heard::AskAgain => {
                self.attempt();
                None
            }
            Heard::Begun(handshake) if handshake.level == Level::Extended => {
                self.enable(handshake);
                None
            }
            Heard::Unsynced(_) if self.config.unsynced == Unsynced::Refused => {
                self.stage = Stage::OutOfStep;
                let reason = "the agent allows neither guest-sync-delimited nor guest-sync";
                Some(ClientEvent::Refused(Error::command_not_found(reason)))
            }
            Heard::Begun(handshake) | Heard::Unsynced(handshake) => Some(self.ready(handshake)),
        }
    }

    /// `qmp_capabilities` was answered. An agent that refuses goes on with its defaults; a monitor
    /// that refuses stays in negotiation mode and is of no use.
    fn enabled(&mut self, reply: &ReplyMessage) -> Option<ClientEvent> {
        let stage = core::mem::replace(&mut self.stage, Stage::OutOfStep);
        let Stage::Enabling { wanted, handshake, .. } = stage else { return None };
        match reply.outcome() {
            Ok(_) => Some(self.ready(Handshake { enabled: wanted, ..handshake })),
            Err(_) if handshake.protocol == Protocol::Guest => Some(self.ready(handshake)),
            Err(error) => Some(ClientEvent::Refused(error)),
        }
    }

    fn ready(&mut self, handshake: Handshake) -> ClientEvent {
        self.learnt = Some(handshake);
        self.stage = Stage::Ready;
        ClientEvent::Ready
    }

    fn answered(&mut self, reply: ReplyMessage) -> Option<ClientEvent> {
        match self.calls.answered(reply) {
            Answered::Nobody => None,
            Answered::Call(call, reply) => Some(ClientEvent::Reply { call, reply }),
            Answered::OutOfStep(call, reply) => {
                self.lose_step();
                Some(ClientEvent::Reply { call, reply: Some(reply) })
            }
        }
    }
}
