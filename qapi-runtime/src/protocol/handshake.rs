//! The commands that begin a conversation, by name, with the arguments that they take.
//!
//! The session layer answers them: no handler is called, no generated trait has a method for them.
//! `qapi-codegen` keeps its own copy of [`HANDSHAKE`]; a test compares the two.

use crate::{ReadError, Reader};

/// Begins a session: answers a number that the client chose.
pub const GUEST_SYNC: &str = "guest-sync";
/// The same, with a byte 0xFF before the answer.
pub const GUEST_SYNC_DELIMITED: &str = "guest-sync-delimited";
/// Says which capabilities the client uses.
pub const QMP_CAPABILITIES: &str = "qmp_capabilities";
/// Asks for the greeting that QMP sends unasked.
pub const REQUEST_NEGOTIATION: &str = "request-negotiation";

/// All of them.
pub const HANDSHAKE: [&str; 4] =
    [GUEST_SYNC, GUEST_SYNC_DELIMITED, QMP_CAPABILITIES, REQUEST_NEGOTIATION];

/// The capability that allows "exec-oob" in requests. Its name is QMP's.
pub const OOB: &str = "oob";

/// The event that tells a client to negotiate, where an administrator asks for it.
pub const NEGOTIATION_EXPECTED: &str = "GUEST_NEGOTIATION_EXPECTED";

/// The byte before a successful answer to [`GUEST_SYNC_DELIMITED`], and the byte that makes a
/// server forget half a request. No JSON text contains it.
pub const SENTINEL: u8 = 0xFF;

/// Commands of QEMU's agent that answer nothing when they succeed, for callers without a schema.
pub const SILENT: [&str; 4] =
    ["guest-shutdown", "guest-suspend-disk", "guest-suspend-ram", "guest-suspend-hybrid"];

/// `{"id": N}`, what both sync commands take.
pub(super) fn sync_arguments(arguments: Reader<'_>) -> Result<i64, ReadError> {
    let mut members = arguments.members()?;
    let id = members.mandatory("id")?;
    members.finish()?;
    Ok(id)
}

/// `{"enable": [NAME…]}`, what `qmp_capabilities` takes; absent is none.
pub(super) fn capabilities_arguments(arguments: Reader<'_>) -> Result<Vec<String>, ReadError> {
    let mut members = arguments.members()?;
    let enable: Option<Vec<String>> = members.optional("enable");
    members.finish()?;
    Ok(enable.unwrap_or_default())
}

/// `{}`, what `request-negotiation` takes.
pub(super) fn no_arguments(arguments: Reader<'_>) -> Result<(), ReadError> {
    arguments.members()?.finish()
}
