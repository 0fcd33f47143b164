//! A command that the schema does not have, written by hand.
//!
//! QEMU's agent tells whether the guest's filesystems are frozen, for a backup for example; the one
//! here does not. The derive makes these two types equal to generated ones, so the same client
//! calls the command, and an agent without it answers with class `CommandNotFound`.

use qapi_runtime::{Command, Enum};

/// `guest-fsfreeze-status`: asks whether filesystems are frozen. Stock agents: since QEMU 0.15.
#[derive(Clone, Debug, PartialEq, Command)]
#[qapi(name = "guest-fsfreeze-status", returns = FreezeStatus)]
pub(crate) struct GuestFsfreezeStatus;

/// Whether the guest's filesystems are frozen.
#[derive(Clone, Debug, PartialEq, Eq, Enum)]
pub(crate) enum FreezeStatus {
    /// They can be written to.
    Thawed,
    /// Whoever writes to them waits.
    Frozen,
    /// A state that agents later than this program know.
    #[qapi(unrecognized)]
    Unrecognized(Box<str>),
}
