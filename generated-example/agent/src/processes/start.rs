//! Starting a program: arguments of guest-exec to a running process and the pipes to it.
//!
//! No shell is involved. The process has a group of its own, so that signals meant for the agent do
//! not reach it, no descriptors of the agent's, and no signals blocked or ignored but what the agent
//! was started with.

use super::watch::{Input, Output, Running};
use crate::base64;
use crate::failure::{failed, reason};
use crate::schema::commands::GuestExec;
use crate::schema::{GuestExecCaptureOutput, GuestExecCaptureOutputMode as Mode};
use qapi_runtime::{Error, Result};
use std::io::{self, PipeReader, PipeWriter};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

/// What systemd tells the agent, and nobody else.
const OUR_OWN: [&str; 4] = ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET"];

/// A program that can be started: the arguments are in order.
pub(super) struct Plan<'a> {
    path: &'a str,
    command: Command,
    input: Option<Vec<u8>>,
    capture: Mode,
}

/// Checks the arguments.
pub(super) fn plan(exec: &GuestExec) -> Result<Plan<'_>> {
    let input = exec.input_data.as_deref().map(base64::decode).transpose()?;
    let mut command = Command::new(&exec.path);
    command.args(exec.arg.iter().flatten()).process_group(0);
    match &exec.env {
        Some(entries) => replace_environment(&mut command, entries)?,
        None => hide_our_own(&mut command),
    }
    Ok(Plan { path: &exec.path, command, input, capture: mode(exec.capture_output.as_ref()) })
}

/// The error does not show the entry: it may be a secret.
fn replace_environment(command: &mut Command, entries: &[String]) -> Result<()> {
    command.env_clear();
    for (index, entry) in entries.iter().enumerate() {
        let (name, value) = entry.split_once('=').ok_or_else(|| {
            Error::generic(format!("Parameter 'env[{index}]' is not of the form NAME=value"))
        })?;
        command.env(name, value);
    }
    Ok(())
}

fn hide_our_own(command: &mut Command) {
    for name in OUR_OWN {
        command.env_remove(name);
    }
}

fn mode(capture: Option<&GuestExecCaptureOutput>) -> Mode {
    match capture {
        Some(GuestExecCaptureOutput::Mode(mode)) => mode.clone(),
        Some(GuestExecCaptureOutput::Flag(true)) => Mode::Separated,
        _ => Mode::None,
    }
}

impl Plan<'_> {
    /// Starts the program.
    pub(super) fn start(mut self) -> Result<Running> {
        let (out, err) = self.connect().map_err(|error| failed("failed to create pipe", &error))?;
        let mut child = self.command.spawn().map_err(|error| {
            let reason = reason(&error);
            Error::generic(format!("Failed to execute child process “{}” ({reason})", self.path))
        })?;
        // With the command go our copies of the pipes' far ends; as long as one is open, the output
        // does not end.
        drop(self.command);
        let input = child.stdin.take().zip(self.input);
        Ok(Running {
            input: input.map(|(pipe, bytes)| Input::new(pipe.into(), bytes)),
            out: Output::new(out),
            err: Output::new(err),
            child,
        })
    }

    /// Gives the program its three streams, and keeps the ends to read its output from.
    fn connect(&mut self) -> io::Result<(Option<PipeReader>, Option<PipeReader>)> {
        let stdin = if self.input.is_some() { Stdio::piped() } else { Stdio::null() };
        let (stdout, stderr) = match self.capture {
            Mode::Stdout => (Some(io::pipe()?), None),
            Mode::Stderr => (None, Some(io::pipe()?)),
            Mode::Separated => (Some(io::pipe()?), Some(io::pipe()?)),
            Mode::Merged => return self.connect_merged(stdin),
            _ => (None, None),
        };
        let (out, stdout) = stdout.unzip();
        let (err, stderr) = stderr.unzip();
        self.command.stdin(stdin).stdout(stream(stdout)).stderr(stream(stderr));
        Ok((out, err))
    }

    /// One pipe for both.
    fn connect_merged(
        &mut self,
        stdin: Stdio,
    ) -> io::Result<(Option<PipeReader>, Option<PipeReader>)> {
        let (both, stdout) = io::pipe()?;
        let stderr = stdout.try_clone()?;
        self.command.stdin(stdin).stdout(stdout).stderr(stderr);
        Ok((Some(both), None))
    }
}

/// Output that is not kept goes to /dev/null.
fn stream(writer: Option<PipeWriter>) -> Stdio {
    writer.map_or_else(Stdio::null, Stdio::from)
}
