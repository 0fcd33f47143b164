//! What a client knows of its server once a session has begun.

use super::config::Protocol;
use super::version::Version;
use crate::Writer;
use core::fmt;

/// The result of a client's handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// Whose conventions the server follows.
    pub protocol: Protocol,
    /// How old or able it is.
    pub level: Level,
    /// Whether replies carry the request's id. Where they do not, order tells whose they are.
    pub id_echo: bool,
    /// What it says of itself; old agents say nothing.
    pub version: Option<Version>,
    /// What it offers.
    pub capabilities: Vec<String>,
    /// What is in force.
    pub enabled: Vec<String>,
    /// How the beginning of the session was found.
    pub sync: SyncForm,
}

impl Handshake {
    /// One JSON object with the names that `qapi info` prints.
    pub fn to_json(&self) -> String {
        let mut writer = Writer::new();
        writer.begin_object();
        member(&mut writer, "protocol", |writer| writer.string(self.protocol.as_str()));
        member(&mut writer, "level", |writer| writer.string(self.level.as_str()));
        writer.member("id_echo", &self.id_echo);
        match &self.version {
            Some(version) => writer.member("version", version),
            None => member(&mut writer, "version", Writer::null),
        }
        writer.member("capabilities", &self.capabilities);
        writer.member("enabled", &self.enabled);
        member(&mut writer, "sync", |writer| writer.string(self.sync.as_str()));
        writer.end_object();
        String::from_utf8(writer.into_bytes()).expect("the writer writes ASCII")
    }
}

fn member(writer: &mut Writer, name: &str, write: impl FnOnce(&mut Writer)) {
    writer.key(name);
    write(writer);
}

/// How able a server is, told by its behaviour and not by a version that it may not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// An agent that refuses ids: QEMU 2.11 and before.
    UpTo2_11,
    /// An agent that takes ids and does not echo them: QEMU 2.12 to 3.1.
    From2_12To3_1,
    /// An agent that echoes ids: QEMU 4.0 and later.
    From4_0,
    /// An agent that negotiates capabilities.
    Extended,
    /// A QMP monitor.
    Monitor,
}

impl Level {
    /// The level as `qapi info` prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::UpTo2_11 => "<=2.11",
            Level::From2_12To3_1 => "2.12-3.1",
            Level::From4_0 => ">=4.0",
            Level::Extended => "extended",
            Level::Monitor => "monitor",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How the beginning of a session was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyncForm {
    /// By `guest-sync-delimited`.
    Delimited,
    /// By `guest-sync`, where the server does not allow the other.
    Plain,
    /// Not at all: a monitor begins with its greeting, and some agents allow neither command.
    None,
}

impl SyncForm {
    /// The command's name, or "none".
    pub fn as_str(self) -> &'static str {
        match self {
            SyncForm::Delimited => super::handshake::GUEST_SYNC_DELIMITED,
            SyncForm::Plain => super::handshake::GUEST_SYNC,
            SyncForm::None => "none",
        }
    }
}

impl fmt::Display for SyncForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
