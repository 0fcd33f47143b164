//! Sockets that wait for clients.

use super::unix::SocketFile;
use super::{OpenError, Socket, unsupported};
use crate::address::Address;
use std::io;
use std::net::{Shutdown, TcpListener};
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};

/// A listening socket. A unix socket's file goes when it is dropped.
#[derive(Debug)]
pub struct Listener(Kind);

#[derive(Debug)]
enum Kind {
    File(SocketFile),
    /// A unix socket whose file, if it has one, is somebody else's.
    Unix(UnixListener),
    Tcp(TcpListener),
}

impl Listener {
    /// Listens at an address. `mode` holds the permission bits of a unix socket's file, such as
    /// `0o600`.
    ///
    /// # Errors
    /// Why that is not possible, with the address.
    pub fn bind(address: &Address, mode: u32) -> Result<Listener, OpenError> {
        let bound = match address {
            Address::Unix(path) => SocketFile::bind(path, mode).map(Kind::File),
            Address::Tcp { host, port } => TcpListener::bind((host.as_str(), *port)).map(Kind::Tcp),
            Address::Vsock { .. } => Err(unsupported("vsock is not supported yet")),
            Address::Fd(_) => Err(unsupported("descriptors have to be handed over by the program")),
            Address::Chardev(_) | Address::Exec(_) | Address::Stdio => {
                Err(unsupported("it is one connection, not a place to listen at"))
            }
        };
        let named = |error| OpenError { address: address.clone(), error };
        bound.map(Listener).map_err(named)
    }

    /// Takes over a listening socket that somebody else has bound, such as systemd.
    ///
    /// # Errors
    /// That the descriptor is no socket of a family that we know.
    pub fn adopt(descriptor: OwnedFd) -> io::Result<Listener> {
        let unix = UnixListener::from(descriptor.try_clone()?);
        if unix.local_addr().is_ok() {
            return Ok(Listener(Kind::Unix(unix)));
        }
        let tcp = TcpListener::from(descriptor);
        tcp.local_addr()?;
        Ok(Listener(Kind::Tcp(tcp)))
    }

    /// Where it listens; with the port that the system chose.
    pub fn address(&self) -> Address {
        match &self.0 {
            Kind::File(file) => Address::Unix(file.path.clone()),
            Kind::Unix(listener) => {
                let address = listener.local_addr().ok();
                let path = address.as_ref().and_then(|address| address.as_pathname());
                Address::Unix(path.map(Into::into).unwrap_or_default())
            }
            Kind::Tcp(listener) => match listener.local_addr() {
                Ok(address) => {
                    Address::Tcp { host: address.ip().to_string(), port: address.port() }
                }
                Err(_) => Address::Tcp { host: String::new(), port: 0 },
            },
        }
    }

    /// Waits for a client.
    pub(crate) fn accept(&self) -> io::Result<Socket> {
        match &self.0 {
            Kind::File(SocketFile { listener, .. }) | Kind::Unix(listener) => {
                listener.accept().map(|(socket, _)| socket.into())
            }
            Kind::Tcp(listener) => {
                let (socket, _) = listener.accept()?;
                socket.set_nodelay(true)?;
                Ok(socket.into())
            }
        }
    }

    /// Ends the waiting of whoever accepts, for good, and removes the socket's file.
    pub(crate) fn close(&self) {
        if let Kind::File(file) = &self.0 {
            file.remove();
        }
        let descriptor = match &self.0 {
            Kind::File(SocketFile { listener, .. }) | Kind::Unix(listener) => {
                listener.try_clone().map(OwnedFd::from)
            }
            Kind::Tcp(listener) => listener.try_clone().map(OwnedFd::from),
        };
        // Only streams have a method for it, and the system call does not care.
        if let Ok(descriptor) = descriptor {
            let _ = UnixStream::from(descriptor).shutdown(Shutdown::Both);
        }
    }
}
