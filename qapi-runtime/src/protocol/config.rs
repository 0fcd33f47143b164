//! How a server converses: which protocol, what it offers, how much it insists on negotiation.

use super::version::Version;
use crate::json::Limits;
use crate::service::Capabilities;
use core::fmt;
use core::str::FromStr;

/// The configuration of a server's sessions.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whose conventions hold. Default: the guest agent's.
    pub protocol: Protocol,
    /// What a client may do that has not negotiated. [`Protocol::Monitor`] always requires it.
    /// Default: everything, with the default capabilities.
    pub negotiation: Negotiation,
    /// The version to report. Default: 0.0.0.
    pub version: Version,
    /// The capabilities on offer; `None`, the default, is all that the schema
    /// knows.
    pub capabilities: Option<Capabilities>,
    /// Those in force at the beginning of a session. `qmp_capabilities` replaces them. Default:
    /// none.
    pub defaults: Capabilities,
    /// The event that [`Negotiation::Warn`] sends once a session, before the first reply to a
    /// client that does not negotiate. `None` sends none: clients that know nothing of events can
    /// take it for the reply. Default: `None`. See `handshake::NEGOTIATION_EXPECTED`.
    pub warning_event: Option<&'static str>,
    /// Bounds on what a client can make us remember. Default: QEMU's.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            protocol: Protocol::Guest,
            negotiation: Negotiation::Optional,
            version: Version::default(),
            capabilities: None,
            defaults: Capabilities::default(),
            warning_event: None,
            limits: Limits::default(),
        }
    }
}

/// Whose conventions a session follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// QEMU's guest agent, with the extended handshake: no greeting, sync commands, LF.
    Guest,
    /// QEMU's monitor, QMP proper: greeting, negotiation exactly once, CRLF.
    Monitor,
}

impl Protocol {
    /// The protocol as on a command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Protocol::Guest => "guest",
            Protocol::Monitor => "monitor",
        }
    }
}

/// What a client may do before it has called `qmp_capabilities`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Negotiation {
    /// Everything, with the default capabilities, as with any agent of old.
    #[default]
    Optional,
    /// The same, but it is noted, so that an administrator finds the old clients.
    Warn,
    /// Nothing but the handshake.
    Require,
}

impl Negotiation {
    /// The policy as on a command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Negotiation::Optional => "optional",
            Negotiation::Warn => "warn",
            Negotiation::Require => "require",
        }
    }
}

impl fmt::Display for Negotiation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Negotiation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = [Negotiation::Optional, Negotiation::Warn, Negotiation::Require];
        let found = all.into_iter().find(|policy| policy.as_str() == text);
        found.ok_or_else(|| format!("'{text}' is none of optional, warn, require"))
    }
}
