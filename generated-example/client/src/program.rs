//! Running a program in the guest until it ends, and getting what it wrote.
//!
//! With the capability `events` the agent tells when the program has ended; without, it is asked
//! again and again, less and less often.

use crate::agent::{Client, GuestExecCaptureOutput, GuestExecStatus, commands};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::transfer::decode;
use std::time::Duration;

/// The first pause before asking how a program is doing.
const FIRST_PAUSE: Duration = Duration::from_millis(5);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
/// How long to trust that an event will come. Then ask all the same: an event can be lost with the
/// connection's buffer, a status cannot.
const TRUST: Duration = Duration::from_secs(5);

/// What became of a program.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ended {
    /// How it ended.
    pub(crate) ending: Ending,
    /// What it wrote to standard output.
    pub(crate) output: Vec<u8>,
    /// What it wrote to standard error.
    pub(crate) errors: Vec<u8>,
    /// Whether the agent kept less than it wrote.
    pub(crate) truncated: bool,
    /// Whether an event told of the end.
    pub(crate) announced: bool,
}

/// How a program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By itself, with this exit code.
    Code(i64),
    /// By this signal.
    Signal(i64),
}

impl Ending {
    /// The exit status that a shell would give it: a signal is 128 and its number.
    pub(crate) fn status(self) -> u8 {
        match self {
            Ending::Code(code) => u8::try_from(code).unwrap_or(u8::MAX),
            Ending::Signal(signal) => u8::try_from(signal.saturating_add(128)).unwrap_or(u8::MAX),
        }
    }
}

/// Runs a program to its end.
pub(crate) fn run(guest: &Guest, path: &str, arguments: &[String]) -> Result<Ended, Failure> {
    let start = commands::GuestExec {
        arg: Some(arguments.to_vec()),
        // A flag and not a mode: agents before QEMU 8.0 know no modes, and true means the same.
        capture_output: Some(GuestExecCaptureOutput::Flag(true)),
        ..commands::GuestExec::new(path)
    };
    let pid = guest.guest_exec(start)?.pid;
    wait(guest, pid)
}

fn wait(guest: &Guest, pid: i64) -> Result<Ended, Failure> {
    let mut pause = FIRST_PAUSE;
    loop {
        let announced = if guest.announces_exits() {
            guest.wait_for_exit(pid, TRUST)?
        } else {
            std::thread::sleep(pause);
            false
        };
        let status = guest.guest_exec_status(commands::GuestExecStatus::new(pid))?;
        if status.exited {
            return ended(status, announced);
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn ended(status: GuestExecStatus, announced: bool) -> Result<Ended, Failure> {
    let ending = match (status.exitcode, status.signal) {
        (_, Some(signal)) => Ending::Signal(signal),
        (Some(code), None) => Ending::Code(code),
        (None, None) => {
            let what = "an end with neither an exit code nor a signal".to_owned();
            return Err(Failure::Nonsense("guest-exec-status", what));
        }
    };
    let bytes = |data: Option<String>| match data {
        Some(data) => decode("guest-exec-status", &data),
        None => Ok(Vec::new()),
    };
    Ok(Ended {
        ending,
        output: bytes(status.out_data)?,
        errors: bytes(status.err_data)?,
        truncated: status.out_truncated == Some(true) || status.err_truncated == Some(true),
        announced,
    })
}
