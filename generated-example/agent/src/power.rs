//! Shutting the guest down, behind a trait, so that nothing but the program's own choice of
//! [`System`] can turn a machine off.
//!
//! The guest's shutdown program is run if there is one, because it stops services and unmounts
//! filesystems. A guest without one, such as an initramfs, is stopped by the kernel at once.

use crate::failure::failed;
use qapi_runtime::{Error, Result};
use rustix::system::RebootCommand;
use rustix::thread::CapabilitySet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// What is to become of the guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Stop and switch off.
    Powerdown,
    /// Stop, and stay.
    Halt,
    /// Stop, and start again.
    Reboot,
}

impl Mode {
    /// The mode of an argument of guest-shutdown; absent is [`Mode::Powerdown`].
    pub fn from_argument(mode: Option<&str>) -> Result<Mode> {
        match mode {
            None | Some("powerdown") => Ok(Mode::Powerdown),
            Some("halt") => Ok(Mode::Halt),
            Some("reboot") => Ok(Mode::Reboot),
            // The missing bracket is qemu-ga's.
            Some(_) => {
                Err(Error::generic("mode is invalid (valid values are: halt|powerdown|reboot"))
            }
        }
    }
}

/// What carries out guest-shutdown.
pub trait Power: Send + Sync {
    /// Starts it, and does not wait for the end.
    fn shut_down(&self, mode: Mode) -> Result<()>;
}

/// Only notes what it was asked for: for tests, demonstrations, and agents that must not.
#[derive(Debug, Default)]
pub struct Recording(Mutex<Vec<Mode>>);

impl Recording {
    /// What it was asked for, in order.
    pub fn requests(&self) -> Vec<Mode> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Power for Recording {
    fn shut_down(&self, mode: Mode) -> Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(mode);
        Ok(())
    }
}

impl<P: Power> Power for std::sync::Arc<P> {
    fn shut_down(&self, mode: Mode) -> Result<()> {
        (**self).shut_down(mode)
    }
}

/// Does it.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

const SHUTDOWN: &str = "/sbin/shutdown";

impl Power for System {
    fn shut_down(&self, mode: Mode) -> Result<()> {
        if !may_reboot() {
            return Err(Error::generic("the agent has no right to shut the guest down"));
        }
        if Path::new(SHUTDOWN).exists() { run_shutdown(mode) } else { stop(mode) }
    }
}

/// Whether the kernel would let us: root in the guest itself has the right, root in a container
/// does not.
fn may_reboot() -> bool {
    rustix::thread::capabilities(None)
        .is_ok_and(|sets| sets.effective.contains(CapabilitySet::SYS_BOOT))
}

/// As qemu-ga calls it. `-h` is for those programs to which `-P` and `-H` only say how to halt.
fn run_shutdown(mode: Mode) -> Result<()> {
    let action: &[&str] = match mode {
        Mode::Powerdown => &["-h", "-P"],
        Mode::Halt => &["-h", "-H"],
        Mode::Reboot => &["-r"],
    };
    let status = Command::new(SHUTDOWN)
        .args(action)
        .args(["+0", "hypervisor initiated shutdown"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| failed("failed to create child process", &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::generic("child process has failed to shutdown"))
    }
}

/// Everything is written to disk before the kernel stops, but nobody else is asked.
fn stop(mode: Mode) -> Result<()> {
    rustix::fs::sync();
    let command = match mode {
        Mode::Powerdown => RebootCommand::PowerOff,
        Mode::Halt => RebootCommand::Halt,
        Mode::Reboot => RebootCommand::Restart,
    };
    rustix::system::reboot(command).map_err(|error| failed("failed to shut down", &error.into()))
}
