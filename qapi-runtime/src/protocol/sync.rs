//! Finding the beginning of a session on a stream that may hold anything: answers to a client
//! before, half a line, the noise of a boot.
//!
//! An attempt is one sync command with a number of its own. Only the newest attempt's answer
//! counts, so nothing that was asked before can follow it; answers to earlier ones still show how
//! the server treats ids.

use super::config::Protocol;
use super::lane::Lane;
use super::learnt::{Handshake, Level, SyncForm};
use super::message::{Id, ReplyMessage, names};
use super::outgoing::{Names, Request};
use super::version::Version;
use crate::error::ErrorClass;
use crate::{Kind, Wire};
use std::collections::VecDeque;

/// The search for the beginning.
#[derive(Debug)]
pub(super) struct Sync {
    form: SyncForm,
    /// Whether the next attempt has an id.
    with_id: bool,
    /// The newest last.
    attempts: VecDeque<Attempt>,
    asked: u32,
    /// Errors without an id since the newest attempt. One is the price of the byte 0xFF.
    complaints: u32,
    ids: Ids,
}

#[derive(Debug)]
struct Attempt {
    number: i64,
    id: Option<String>,
}

/// What has been seen of the server's treatment of ids.
#[derive(Debug, Default)]
struct Ids {
    echoed: bool,
    swallowed: bool,
    refused: bool,
}

/// What a reply means for the search.
#[derive(Debug)]
pub(super) enum Heard {
    /// It goes on.
    Nothing,
    /// It goes on with one more attempt; see [`Sync::ask`].
    AskAgain,
    /// The session has begun, and this is what the server is.
    Begun(Handshake),
    /// The server allows no sync command; this is what can be known all the same.
    Unsynced(Handshake),
}

/// How many attempts are remembered: where a server was slow, several are out.
const REMEMBERED: usize = 4;

/// How many attempts may be spent on learning how the server treats ids.
const CURIOSITY: u32 = 4;

impl Sync {
    pub(super) fn new() -> Self {
        Sync {
            form: SyncForm::Delimited,
            with_id: true,
            attempts: VecDeque::new(),
            asked: 0,
            complaints: 0,
            ids: Ids::default(),
        }
    }

    /// Sends one more attempt, behind the byte that makes a server forget half a request.
    pub(super) fn ask(&mut self, names: &mut Names, output: &mut Vec<u8>) {
        let number = names.sync();
        let id = self.with_id.then(|| names.id());
        let arguments = format!("{{\"id\": {number}}}");
        Request {
            command: self.form.as_str(),
            arguments: arguments.as_bytes(),
            lane: Lane::InBand,
            id: id.as_deref(),
        }
        .write_delimited(output);
        if self.attempts.len() == REMEMBERED {
            self.attempts.pop_front();
        }
        self.attempts.push_back(Attempt { number, id });
        self.asked += 1;
        self.complaints = 0;
        // Agents up to 2.11 refuse ids, and an attempt may be lost; so they alternate.
        self.with_id = !self.with_id;
    }

    /// Takes a reply, of whomever it may be.
    pub(super) fn hear(&mut self, reply: &ReplyMessage) -> Heard {
        match reply.id() {
            Id::Foreign => Heard::Nothing,
            Id::Text(id) => self.hear_with_id(&id, reply),
            Id::Absent => self.hear_without_id(reply),
        }
    }

    fn hear_with_id(&mut self, id: &str, reply: &ReplyMessage) -> Heard {
        let ours = |attempt: &Attempt| attempt.id.as_deref() == Some(id);
        let Some(place) = self.attempts.iter().position(ours) else { return Heard::Nothing };
        self.ids.echoed = true;
        if place + 1 < self.attempts.len() {
            return Heard::Nothing;
        }
        match reply.outcome() {
            Err(_) => self.not_allowed(),
            Ok(_) if reply.returned_integer() == Some(self.attempts[place].number) => {
                Heard::Begun(self.learnt(reply))
            }
            Ok(_) => Heard::Nothing,
        }
    }

    fn hear_without_id(&mut self, reply: &ReplyMessage) -> Heard {
        match reply.outcome() {
            // With ids echoed it would have one, so it is an earlier client's.
            Err(_) if self.ids.echoed => Heard::Nothing,
            Err(error) if error.class == ErrorClass::CommandNotFound => {
                self.ids.swallowed |= self.newest_has_id();
                self.not_allowed()
            }
            Err(_) => self.complained(),
            Ok(_) => self.answered_without_id(reply),
        }
    }

    fn answered_without_id(&mut self, reply: &ReplyMessage) -> Heard {
        let number = reply.returned_integer();
        let ours = |attempt: &Attempt| Some(attempt.number) == number;
        let Some(place) = self.attempts.iter().position(ours) else { return Heard::Nothing };
        self.ids.swallowed |= self.attempts[place].id.is_some();
        if place + 1 < self.attempts.len() {
            return Heard::Nothing;
        }
        let handshake = self.learnt(reply);
        // No attempt with an id was ever answered: the server may not have been there yet.
        let unsure = handshake.level == Level::UpTo2_11 && !self.ids.refused;
        if unsure && self.asked < CURIOSITY { Heard::AskAgain } else { Heard::Begun(handshake) }
    }

    /// An error without id. The first answers the byte 0xFF, a second one may mean that the id is
    /// not welcome; where it was about an earlier client's bytes, asking again does no harm.
    fn complained(&mut self) -> Heard {
        self.complaints += 1;
        if self.complaints == 2 && self.newest_has_id() {
            self.ids.refused = true;
            return Heard::AskAgain;
        }
        Heard::Nothing
    }

    /// The newest attempt failed: the other command, or none.
    fn not_allowed(&mut self) -> Heard {
        if self.form == SyncForm::Delimited {
            self.form = SyncForm::Plain;
            self.with_id = self.newest_has_id();
            return Heard::AskAgain;
        }
        self.form = SyncForm::None;
        Heard::Unsynced(self.old(SyncForm::None))
    }

    fn newest_has_id(&self) -> bool {
        self.attempts.back().is_some_and(|attempt| attempt.id.is_some())
    }

    /// An extended server shows `capabilities` and `version` beside `return`, of these very kinds.
    fn learnt(&self, reply: &ReplyMessage) -> Handshake {
        let old = self.old(self.form);
        let capabilities = reply.beside("capabilities").filter(|it| it.kind() == Kind::Array);
        let version = reply.beside("version").filter(|it| it.kind() == Kind::Object);
        let (Some(capabilities), Some(version)) = (capabilities, version) else { return old };
        Handshake {
            level: Level::Extended,
            version: Version::read(version).ok(),
            capabilities: names(Some(capabilities)),
            enabled: names(reply.beside("enabled")),
            // Where the answer is to an attempt without an id: such servers echo.
            id_echo: !self.ids.swallowed,
            ..old
        }
    }

    fn old(&self, sync: SyncForm) -> Handshake {
        let level = match self.ids {
            Ids { echoed: true, .. } => Level::From4_0,
            Ids { swallowed: true, .. } => Level::From2_12To3_1,
            _ => Level::UpTo2_11,
        };
        Handshake {
            protocol: Protocol::Guest,
            level,
            id_echo: self.ids.echoed,
            version: None,
            capabilities: Vec::new(),
            enabled: Vec::new(),
            sync,
        }
    }
}
