//! Byte streams with deadlines: unix and TCP sockets, character devices, pipes to a command, our
//! own standard input and output. Knows no protocol.
//!
//! Every wait is bounded where the system allows it. What it does not allow: giving up on the
//! resolution of a host's name.

mod device;
mod listener;
mod pipe;
mod socket;
mod threaded;
mod unix;

pub use listener::Listener;
pub(crate) use socket::Socket;
pub(crate) use threaded::AtEnd;

use crate::address::Address;
use crate::lock::left;
use core::fmt;
use std::io;
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// The half of a stream that bytes come from.
pub trait Source: Send {
    /// Waits for bytes, at most until the deadline. 0 says that the peer has left.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] at the deadline, and whatever the system reports.
    fn read(&mut self, buffer: &mut [u8], deadline: Option<Instant>) -> io::Result<usize>;
}

/// The half of a stream that bytes go to.
pub trait Sink: Send {
    /// Sends all the bytes, waiting at most until the deadline for a slow peer.
    ///
    /// # Errors
    /// [`io::ErrorKind::TimedOut`] at the deadline, and whatever the system reports.
    fn send(&mut self, bytes: &[u8], deadline: Option<Instant>) -> io::Result<()>;
}

/// A connection.
pub struct Stream {
    /// Where bytes come from.
    pub source: Box<dyn Source>,
    /// Where bytes go to.
    pub sink: Box<dyn Sink>,
}

impl Stream {
    /// A stream over a connected unix socket, such as one of a pair.
    ///
    /// # Errors
    /// That the system gives no second handle to it.
    pub fn unix(socket: UnixStream) -> io::Result<Stream> {
        Socket::from(socket).into_stream()
    }

    /// A stream over a connected TCP socket.
    ///
    /// # Errors
    /// That the system gives no second handle to it.
    pub fn tcp(socket: TcpStream) -> io::Result<Stream> {
        Socket::from(socket).into_stream()
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

/// Why an address could not be opened.
#[derive(Debug)]
pub struct OpenError {
    /// The address.
    pub address: Address,
    /// What the system said, or that this kind of address cannot be used so.
    pub error: io::Error,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.address, self.error)
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// Opens a connection to a server.
///
/// # Errors
/// Why it cannot be opened, with the address.
pub fn connect(address: &Address, deadline: Instant) -> Result<Stream, OpenError> {
    let opened = match address {
        Address::Unix(path) => connect_unix(path, deadline).and_then(Stream::unix),
        Address::Tcp { host, port } => connect_tcp(host, *port, deadline).and_then(Stream::tcp),
        Address::Chardev(path) => device::connect(path),
        Address::Exec(command) => pipe::command(command),
        Address::Vsock { .. } => Err(unsupported("vsock is not supported yet")),
        Address::Stdio => pipe::stdio(),
        Address::Fd(_) => Err(unsupported("only a server can be started with a descriptor")),
    };
    opened.map_err(|error| OpenError { address: address.clone(), error })
}

/// Opens what is one connection by itself, for a server.
pub(crate) fn open_single(address: &Address) -> Result<(Stream, AtEnd), OpenError> {
    let opened = match address {
        // A port whose other end is closed is a client that has left; the next one comes there.
        Address::Chardev(path) => device::serve(path).map(|port| (port, AtEnd::Poll)),
        Address::Stdio => pipe::stdio().map(|stream| (stream, AtEnd::Close)),
        _ => Err(unsupported("it is no single connection")),
    };
    opened.map_err(|error| OpenError { address: address.clone(), error })
}

pub(crate) fn unsupported(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, reason)
}

pub(crate) fn timed_out() -> io::Error {
    io::ErrorKind::TimedOut.into()
}

/// Connecting to a unix socket blocks while its backlog is full, and the system knows no time-out
/// for that. So a thread waits, and is left behind where it takes too long.
fn connect_unix(path: &Path, deadline: Instant) -> io::Result<UnixStream> {
    let path = path.to_owned();
    let (sender, receiver) = mpsc::sync_channel(1);
    std::thread::Builder::new()
        .name("qapi-connect".to_owned())
        .spawn(move || sender.send(UnixStream::connect(path)))?;
    receiver.recv_timeout(left(deadline)).unwrap_or_else(|_| Err(timed_out()))
}

/// Whether somebody listens at a unix socket. One that is too busy to answer is somebody.
fn unix_probe(path: &Path) -> bool {
    let deadline = Instant::now() + Duration::from_secs(1);
    let gone = [io::ErrorKind::ConnectionRefused, io::ErrorKind::NotFound];
    connect_unix(path, deadline).map_or_else(|error| !gone.contains(&error.kind()), |_| true)
}

fn connect_tcp(host: &str, port: u16, deadline: Instant) -> io::Result<TcpStream> {
    let mut failure = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
    for address in (host, port).to_socket_addrs()? {
        let timeout = left(deadline);
        if timeout.is_zero() {
            return Err(timed_out());
        }
        match TcpStream::connect_timeout(&address, timeout) {
            Ok(socket) => return socket.set_nodelay(true).map(|()| socket),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}
