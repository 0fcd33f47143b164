//! What a server remembers of a conversation: who has negotiated what. No bytes, no service.
//!
//! A session begins at a connection and, in the guest's protocol, again at every successful sync:
//! a serial port hides that somebody else has taken the other end, and an old client that syncs
//! must find the defaults.

use super::config::{Config, Negotiation, Protocol};
use super::output::Siblings;
use crate::error::Error;
use crate::service::{Capabilities, SchemaInfo};

#[derive(Debug)]
pub(super) struct Session {
    config: Config,
    known: &'static [&'static str],
    offered: Capabilities,
    enabled: Capabilities,
    phase: Phase,
}

/// How far a client has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// It has not called `qmp_capabilities`.
    Fresh,
    /// It has not, has called other commands, and that has been noted.
    Noted,
    /// It has.
    Negotiated,
}

impl Session {
    pub(super) fn new(config: Config, schema: &SchemaInfo) -> Self {
        let all = || schema.capabilities.iter().collect();
        let offered = config.capabilities.clone().unwrap_or_else(all);
        let enabled = config.defaults.clone();
        Session { config, known: schema.capabilities, offered, enabled, phase: Phase::Fresh }
    }

    pub(super) fn config(&self) -> &Config {
        &self.config
    }

    pub(super) fn offered(&self) -> &Capabilities {
        &self.offered
    }

    pub(super) fn enabled(&self) -> &Capabilities {
        &self.enabled
    }

    /// Begins anew: the defaults, nothing negotiated.
    pub(super) fn reset(&mut self) {
        self.enabled = self.config.defaults.clone();
        self.phase = Phase::Fresh;
    }

    /// What a sync reply says of this session.
    pub(super) fn siblings(&self) -> Siblings<'_> {
        Siblings {
            capabilities: &self.offered,
            version: &self.config.version,
            enabled: &self.enabled,
        }
    }

    /// Whether something exists that needs this capability, or none.
    pub(super) fn has(&self, capability: Option<&str>) -> bool {
        capability.is_none_or(|capability| self.enabled.contains(capability))
    }

    /// Whether events may be sent: never an unsolicited line to a client that did not negotiate.
    pub(super) fn negotiated(&self) -> bool {
        self.phase == Phase::Negotiated
    }

    /// Whether only the handshake may run.
    pub(super) fn insists(&self) -> bool {
        let required = self.config.protocol == Protocol::Monitor
            || self.config.negotiation == Negotiation::Require;
        required && !self.negotiated()
    }

    /// Says once a session that this client calls commands and has not negotiated.
    pub(super) fn notice_unnegotiated(&mut self) -> bool {
        let first = self.config.negotiation == Negotiation::Warn && self.phase == Phase::Fresh;
        if first {
            self.phase = Phase::Noted;
        }
        first
    }

    /// `qmp_capabilities`: exactly `wanted` is enabled from here on, or nothing changes.
    pub(super) fn negotiate(&mut self, wanted: &[String]) -> Result<(), Error> {
        if self.config.protocol == Protocol::Monitor && self.negotiated() {
            return Err(Error::command_not_found(
                "Capabilities negotiation is already complete, command ignored",
            ));
        }
        if let Some(missing) = wanted.iter().find(|name| !self.offered.contains(name)) {
            return Err(self.not_on_offer(missing));
        }
        self.enabled = wanted.iter().collect();
        self.phase = Phase::Negotiated;
        Ok(())
    }

    fn not_on_offer(&self, capability: &str) -> Error {
        let known = self.known.contains(&capability);
        Error::generic(match self.config.protocol {
            // QEMU's argument reader finds it first, and its list element has no name.
            Protocol::Monitor if !known => {
                format!("Parameter 'null' does not accept value '{capability}'")
            }
            Protocol::Monitor => format!("Capability {capability} not available"),
            Protocol::Guest => format!("Capability {capability} not available"),
        })
    }
}
