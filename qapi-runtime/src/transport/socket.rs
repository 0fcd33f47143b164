//! Stream sockets of either family behind one type.

use super::{Sink, Source, Stream, timed_out};
use crate::lock::left;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

/// A connected stream socket.
#[derive(Debug)]
pub(crate) enum Socket {
    Unix(UnixStream),
    Tcp(TcpStream),
}

impl From<UnixStream> for Socket {
    fn from(socket: UnixStream) -> Self {
        Socket::Unix(socket)
    }
}

impl From<TcpStream> for Socket {
    fn from(socket: TcpStream) -> Self {
        Socket::Tcp(socket)
    }
}

impl Socket {
    /// Both halves.
    pub(crate) fn into_stream(self) -> io::Result<Stream> {
        let sink = Box::new(self.try_clone()?);
        Ok(Stream { source: Box::new(self), sink })
    }

    /// Another handle to the same socket.
    pub(crate) fn try_clone(&self) -> io::Result<Socket> {
        match self {
            Socket::Unix(socket) => socket.try_clone().map(Socket::Unix),
            Socket::Tcp(socket) => socket.try_clone().map(Socket::Tcp),
        }
    }

    /// Ends one direction or both, for every handle; whoever waits there wakes up.
    pub(crate) fn shutdown(&self, how: Shutdown) {
        // It may be closed already, which is what we want.
        let _ = match self {
            Socket::Unix(socket) => socket.shutdown(how),
            Socket::Tcp(socket) => socket.shutdown(how),
        };
    }

    fn read_some(&mut self, buffer: &mut [u8], timeout: Option<Duration>) -> io::Result<usize> {
        match self {
            Socket::Unix(socket) => {
                socket.set_read_timeout(timeout)?;
                socket.read(buffer)
            }
            Socket::Tcp(socket) => {
                socket.set_read_timeout(timeout)?;
                socket.read(buffer)
            }
        }
    }

    fn write_some(&mut self, bytes: &[u8], timeout: Option<Duration>) -> io::Result<usize> {
        match self {
            Socket::Unix(socket) => {
                socket.set_write_timeout(timeout)?;
                socket.write(bytes)
            }
            Socket::Tcp(socket) => {
                socket.set_write_timeout(timeout)?;
                socket.write(bytes)
            }
        }
    }
}

impl Source for Socket {
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize> {
        retry(|| self.read_some(buffer, time_left(deadline)?))
    }
}

impl Sink for Socket {
    fn send(&mut self, mut bytes: &[u8], deadline: Option<Instant>) -> io::Result<()> {
        while !bytes.is_empty() {
            let sent = retry(|| self.write_some(bytes, time_left(deadline)?))?;
            if sent == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            bytes = &bytes[sent..];
        }
        Ok(())
    }
}

/// A time-out for the system, which takes zero for "never".
fn time_left(deadline: Option<Instant>) -> io::Result<Option<Duration>> {
    match deadline.map(left) {
        Some(left) if left.is_zero() => Err(timed_out()),
        left => Ok(left),
    }
}

/// Again after a signal; a time-out under one name, whatever the system calls it.
fn retry(mut attempt: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match attempt() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(timed_out()),
            done => return done,
        }
    }
}
