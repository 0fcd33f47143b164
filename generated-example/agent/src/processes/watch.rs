//! Staying with a process until its end: feeding its input, keeping its output, collecting it.
//!
//! In: a running process and our ends of its pipes. Out: how it ended and what it wrote. It has not
//! ended before its output has: a program that it left behind may still be writing.

use super::LARGEST_OUTPUT;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, ioctl_fionbio};
use std::fs::File;
use std::io::{self, ErrorKind, PipeReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::ExitStatusExt;
use std::process::Child;

/// How often to look whether a process has ended that has not read all its input, while another one
/// keeps that pipe open.
const LOOK: Timespec = Timespec { tv_sec: 1, tv_nsec: 0 };

/// Bytes read or written at once: what a pipe holds.
const CHUNK: usize = 64 << 10;

/// A process and our ends of its pipes.
pub(super) struct Running {
    pub(super) child: Child,
    pub(super) input: Option<Input>,
    pub(super) out: Output,
    pub(super) err: Output,
}

/// A process that has ended and been collected. Neither code nor signal is known if somebody else
/// collected it.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) exitcode: Option<i64>,
    pub(super) signal: Option<i64>,
    pub(super) out: Captured,
    pub(super) err: Captured,
}

/// The start of what a program wrote.
#[derive(Debug, Default)]
pub(super) struct Captured {
    pub(super) bytes: Vec<u8>,
    /// Whether there was more.
    pub(super) truncated: bool,
}

/// Serves the pipes until they are closed, then waits for the process.
pub(super) fn watch(mut running: Running) -> Ended {
    while running.has_pipes() {
        // Without pipes a process cannot keep us busy; it is waited for all the same.
        if running.serve().is_err() || running.ended_with_input_left() {
            break;
        }
    }
    let Running { mut child, input, out, err } = running;
    drop((input, out.pipe, err.pipe));
    let status = child.wait().ok();
    Ended {
        exitcode: status.and_then(|status| status.code()).map(i64::from),
        signal: status.and_then(|status| status.signal()).map(i64::from),
        out: out.captured,
        err: err.captured,
    }
}

impl Running {
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    fn has_pipes(&self) -> bool {
        self.input.is_some() || self.has_output()
    }

    fn has_output(&self) -> bool {
        self.out.pipe.is_some() || self.err.pipe.is_some()
    }

    fn ended_with_input_left(&mut self) -> bool {
        !self.has_output() && matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Waits until a pipe has something to do, and does it.
    fn serve(&mut self) -> io::Result<()> {
        let (input, out, err) = self.wait()?;
        if input && self.input.as_mut().is_some_and(Input::is_done_after_writing) {
            self.input = None;
        }
        if out {
            self.out.read();
        }
        if err {
            self.err.read();
        }
        Ok(())
    }

    /// Which of input, output and error output are ready.
    fn wait(&self) -> io::Result<(bool, bool, bool)> {
        let input = self.input.as_ref().map(|input| PollFd::new(&input.pipe, PollFlags::OUT));
        let [out, err] = [&self.out, &self.err]
            .map(|output| output.pipe.as_ref().map(|pipe| PollFd::new(pipe, PollFlags::IN)));
        let present = [input.is_some(), out.is_some(), err.is_some()];
        let mut pipes: Vec<PollFd<'_>> = [input, out, err].into_iter().flatten().collect();
        let timeout = (!self.has_output()).then_some(&LOOK);
        match poll(&mut pipes, timeout) {
            Ok(_) | Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
        let mut ready = pipes.iter().map(|pipe| !pipe.revents().is_empty());
        let [input, out, err] = present.map(|present| present && ready.next().unwrap_or(false));
        Ok((input, out, err))
    }
}

/// What is still to be written to a process.
pub(super) struct Input {
    pipe: File,
    bytes: Vec<u8>,
    written: usize,
}

impl Input {
    pub(super) fn new(pipe: OwnedFd, bytes: Vec<u8>) -> Self {
        Input { pipe: without_blocking(pipe), bytes, written: 0 }
    }

    /// Writes what fits. Done is also who reads no more.
    fn is_done_after_writing(&mut self) -> bool {
        let rest = &self.bytes[self.written..];
        match self.pipe.write(&rest[..rest.len().min(CHUNK)]) {
            Ok(count) => self.written += count,
            Err(error) => return !is_for_now(&error),
        }
        self.written == self.bytes.len()
    }
}

/// One of a process's outputs; without a pipe, if it is not kept or closed.
pub(super) struct Output {
    pipe: Option<File>,
    captured: Captured,
}

impl Output {
    pub(super) fn new(pipe: Option<PipeReader>) -> Self {
        let pipe = pipe.map(|pipe| without_blocking(pipe.into()));
        Output { pipe, captured: Captured::default() }
    }

    /// Reads what is there. What is beyond the limit is read, too, and thrown away, so that the
    /// program does not stop.
    fn read(&mut self) {
        let mut chunk = vec![0; CHUNK];
        let Some(pipe) = &mut self.pipe else { return };
        let count = match pipe.read(&mut chunk) {
            Err(error) if is_for_now(&error) => return,
            read => read.unwrap_or(0),
        };
        if count == 0 {
            self.pipe = None;
        }
        let room = LARGEST_OUTPUT - self.captured.bytes.len();
        self.captured.bytes.extend_from_slice(&chunk[..count.min(room)]);
        self.captured.truncated |= count > room;
    }
}

/// One process must not stop the thread while another pipe of it has something to do.
fn without_blocking(pipe: OwnedFd) -> File {
    // It cannot fail for a pipe; if it did, the thread would wait in the wrong place, no more.
    let _ = ioctl_fionbio(&pipe, true);
    File::from(pipe)
}

fn is_for_now(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
