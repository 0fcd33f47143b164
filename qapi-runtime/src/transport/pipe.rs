//! Streams that know no time-outs: pipes, character devices, standard input. A thread reads ahead
//! by one piece, so that waiting for it can end at a deadline.

use super::{Sink, Source, Stream, timed_out};
use crate::lock::left;
use std::fs::OpenOptions;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// What the end of input means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtEnd {
    /// The peer has left for good.
    Close,
    /// The other end of a serial port is closed, and may be opened again.
    Poll,
}

/// How long a port whose other end is closed is left alone.
const POLL: Duration = Duration::from_millis(100);

/// A character device, such as a virtio-serial port.
pub(crate) fn device(path: &Path, at_end: AtEnd) -> io::Result<Stream> {
    let device = OpenOptions::new().read(true).write(true).open(path)?;
    let sink = Box::new(Blocking(device.try_clone()?));
    Ok(Stream { source: Box::new(ReadAhead::start(device, at_end)?), sink })
}

/// The standard input and output of a program, which is killed when the stream is dropped.
pub(crate) fn command(words: &[String]) -> io::Result<Stream> {
    let [program, arguments @ ..] = words else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "there is no command"));
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = Running(command.spawn()?);
    let missing = || io::Error::other("the command has no pipes");
    let sink = Box::new(Blocking(child.0.stdin.take().ok_or_else(missing)?));
    let output = child.0.stdout.take().ok_or_else(missing)?;
    let source =
        Box::new(WithCommand { source: ReadAhead::start(output, AtEnd::Close)?, _child: child });
    Ok(Stream { source, sink })
}

/// Our own standard input and output.
pub(crate) fn stdio() -> Stream {
    Stream {
        source: Box::new(ReadAhead::later(io::stdin())),
        sink: Box::new(Blocking(io::stdout())),
    }
}

/// Writes that cannot be given up.
struct Blocking<W>(W);

impl<W: Write + Send> Sink for Blocking<W> {
    fn send(&mut self, bytes: &[u8], _deadline: Option<Instant>) -> io::Result<()> {
        self.0.write_all(bytes)?;
        self.0.flush()
    }
}

type Piece = io::Result<Vec<u8>>;

/// A thread's view of the input: at most one piece waits, so a peer cannot make us remember more.
struct ReadAhead {
    pieces: Receiver<Piece>,
    /// What did not fit into the caller's buffer.
    rest: Vec<u8>,
}

impl ReadAhead {
    fn start(input: impl Read + Send + 'static, at_end: AtEnd) -> io::Result<Self> {
        let (sender, pieces) = sync_channel(0);
        thread::Builder::new()
            .name("qapi-read".to_owned())
            .spawn(move || read_ahead(input, at_end, &sender))?;
        Ok(ReadAhead { pieces, rest: Vec::new() })
    }

    /// The same, where a thread that cannot be started shows as a closed stream.
    fn later(input: impl Read + Send + 'static) -> Self {
        Self::start(input, AtEnd::Close)
            .unwrap_or_else(|_| ReadAhead { pieces: sync_channel(0).1, rest: Vec::new() })
    }
}

impl Source for ReadAhead {
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = receive(&self.pieces, deadline)?;
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
    }
}

/// The next piece; empty at the end.
fn receive(pieces: &Receiver<Piece>, deadline: Option<Instant>) -> Piece {
    let piece = match deadline {
        None => pieces.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(deadline) => pieces.recv_timeout(left(deadline)),
    };
    match piece {
        Ok(piece) => piece,
        Err(RecvTimeoutError::Timeout) => Err(timed_out()),
        Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
    }
}

fn read_ahead(mut input: impl Read, at_end: AtEnd, pieces: &SyncSender<Piece>) {
    let mut buffer = vec![0; 16 * 1024];
    let mut open = true;
    loop {
        let piece = match input.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Ok(0) if at_end == AtEnd::Poll && !open => {
                thread::sleep(POLL);
                continue;
            }
            Ok(length) => {
                open = length > 0;
                Ok(buffer[..length].to_vec())
            }
            Err(error) => Err(error),
        };
        let over = piece.is_err() || (!open && at_end == AtEnd::Close);
        if pieces.send(piece).is_err() || over {
            return;
        }
    }
}

struct WithCommand {
    source: ReadAhead,
    _child: Running,
}

impl Source for WithCommand {
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        self.source.read(buffer, deadline)
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already; what counts is that none is left behind.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
