//! Deadlines for what the system knows none for, pipes and devices: a thread reads, another one
//! writes, and who waits for them can stop waiting.
//!
//! Both hold at most one piece, so a peer cannot make us remember more. A thread ends when its half
//! of the stream is dropped and the read or the write that it is in comes back; a system that lets
//! that last for ever keeps the thread.

use super::{Sink, Source, timed_out};
use crate::lock::left;
use std::io::{self, Read, Write};
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

type Piece = io::Result<Vec<u8>>;

/// Reads ahead by one piece.
pub(super) struct ReadAhead {
    pieces: Receiver<Piece>,
    /// What did not fit into the caller's buffer.
    rest: Vec<u8>,
}

impl ReadAhead {
    pub(super) fn start(input: impl Read + Send + 'static, at_end: AtEnd) -> io::Result<Self> {
        let (sender, pieces) = sync_channel(0);
        thread::Builder::new()
            .name("qapi-read".to_owned())
            .spawn(move || read_ahead(input, at_end, &sender))?;
        Ok(ReadAhead { pieces, rest: Vec::new() })
    }
}

impl Source for ReadAhead {
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        if self.rest.is_empty() {
            self.rest = receive(&self.pieces, deadline)?.unwrap_or_else(|| Ok(Vec::new()))?;
        }
        let length = self.rest.len().min(buffer.len());
        buffer[..length].copy_from_slice(&self.rest[..length]);
        self.rest.drain(..length);
        Ok(length)
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

/// Writes one message at a time. One that took too long for its sender is still written to its end,
/// before the next: its bytes are with the thread.
pub(super) struct WriteBehind {
    messages: SyncSender<Vec<u8>>,
    done: Receiver<io::Result<()>>,
    /// A message is with the thread.
    writing: bool,
}

impl WriteBehind {
    pub(super) fn start(output: impl Write + Send + 'static) -> io::Result<Self> {
        let (messages, next) = sync_channel(1);
        let (report, done) = sync_channel(1);
        thread::Builder::new()
            .name("qapi-write".to_owned())
            .spawn(move || write_behind(output, &next, &report))?;
        Ok(WriteBehind { messages, done, writing: false })
    }

    fn wait(&mut self, deadline: Option<Instant>) -> io::Result<()> {
        let written = receive(&self.done, deadline)?;
        self.writing = false;
        written.unwrap_or_else(|| Err(io::ErrorKind::BrokenPipe.into()))
    }
}

impl Sink for WriteBehind {
    fn send(&mut self, bytes: &[u8], deadline: Option<Instant>) -> io::Result<()> {
        if self.writing {
            self.wait(deadline)?;
        }
        self.messages.send(bytes.to_vec()).map_err(|_| io::ErrorKind::BrokenPipe)?;
        self.writing = true;
        self.wait(deadline)
    }
}

fn write_behind(
    mut output: impl Write,
    messages: &Receiver<Vec<u8>>,
    report: &SyncSender<io::Result<()>>,
) {
    for message in messages {
        let written = output.write_all(&message).and_then(|()| output.flush());
        if report.send(written).is_err() {
            return;
        }
    }
}

/// What a thread has to say; `None` when it has ended.
///
/// # Errors
/// [`io::ErrorKind::TimedOut`] at the deadline.
fn receive<T>(thread: &Receiver<T>, deadline: Option<Instant>) -> io::Result<Option<T>> {
    let received = match deadline {
        None => thread.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(deadline) => thread.recv_timeout(left(deadline)),
    };
    match received {
        Ok(received) => Ok(Some(received)),
        Err(RecvTimeoutError::Disconnected) => Ok(None),
        Err(RecvTimeoutError::Timeout) => Err(timed_out()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lock::deadline_after;
    use std::os::unix::net::UnixStream;

    #[test]
    fn a_peer_that_does_not_read_is_not_waited_for() {
        let (output, mut peer) = UnixStream::pair().expect("a pair");
        let mut sink = WriteBehind::start(output).expect("a thread");
        let long = vec![b'x'; 4 << 20];
        for message in [&long[..], b"short"] {
            let soon = deadline_after(Duration::from_millis(20));
            let error = sink.send(message, Some(soon)).expect_err("nobody reads");
            assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        }
        let mut read = vec![0; long.len()];
        peer.read_exact(&mut read).expect("what was begun comes whole");
        assert_eq!(read, long);
        sink.send(b"next", Some(deadline_after(Duration::from_secs(20)))).expect("there is room");
        drop(sink);
        read.clear();
        peer.read_to_end(&mut read).expect("the end, for the thread has ended");
        assert_eq!(read, b"next");
    }

    #[test]
    fn a_peer_that_has_left_is_noticed() {
        let (output, peer) = UnixStream::pair().expect("a pair");
        drop(peer);
        let mut sink = WriteBehind::start(output).expect("a thread");
        let error = sink.send(b"hello", None).expect_err("nobody there");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    }
}
