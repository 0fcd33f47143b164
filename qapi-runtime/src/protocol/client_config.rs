//! What a client wants of a session.

use crate::json::Limits;
use core::fmt;
use core::str::FromStr;

/// The configuration of a client's sessions.
#[derive(Clone, Debug)]
pub struct ClientConfig {
    /// Which protocol the server may speak.
    pub protocol: Expect,
    /// The capabilities to enable where the server offers them.
    pub wanted: Vec<String>,
    /// Whether to go on with an agent that allows no sync command.
    pub unsynced: Unsynced,
    /// Bounds on what a server can make us remember.
    pub limits: Limits,
    /// Where sync numbers and ids come from. To be random, so that no other client's are equal.
    pub seed: u64,
}

impl Default for ClientConfig {
    fn default() -> Self {
        ClientConfig {
            protocol: Expect::Either,
            wanted: Vec::new(),
            unsynced: Unsynced::Allowed,
            limits: Limits::default(),
            seed: 1,
        }
    }
}

/// Which protocol a client is ready to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expect {
    /// A monitor if there is a greeting, else a guest agent.
    #[default]
    Either,
    /// A guest agent; a greeting is noise.
    Guest,
    /// A monitor; nothing is sent before its greeting.
    Monitor,
}

impl Expect {
    /// As on a command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Expect::Either => "auto",
            Expect::Guest => "guest",
            Expect::Monitor => "monitor",
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Expect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Expect::Either, Expect::Guest, Expect::Monitor];
        let found = all.into_iter().find(|expect| expect.as_str() == text);
        found.ok_or_else(|| format!("'{text}' is none of auto, guest, monitor"))
    }
}

/// What to do with an agent whose administrator allows no sync command.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unsynced {
    /// Call commands all the same.
    #[default]
    Allowed,
    /// Give up.
    Refused,
}
