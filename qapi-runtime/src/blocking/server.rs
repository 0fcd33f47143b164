//! A server that waits: a thread for each place where clients come in, and one for each client
//! where several are served at a time.

use super::connection::{Connection, Pump, Sender};
use super::conversation::{Conversation, SharedService};
use super::stop::{Quiet, Register, Stopper};
use crate::address::Address;
use crate::lock::deadline_after;
use crate::log::{Log, Note};
use crate::protocol;
use crate::service::Service;
use crate::transport::{self, AtEnd, Listener, OpenError, Socket, Stream};
use core::fmt;
use std::io;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How a server serves.
#[derive(Clone)]
pub struct Config {
    /// What sessions offer and require.
    pub session: protocol::Config,
    /// How many clients are served at a time. Default: one of each listener.
    pub connections: Connections,
    /// How long a client may take to fetch a reply, or a mebibyte of a longer one, before it is cut
    /// off. Default: 30 s.
    pub write_timeout: Duration,
    /// How long a stopping server waits for running commands before it leaves them behind.
    /// Default: 60 s.
    pub stop_timeout: Duration,
    /// The permission bits of the files of unix sockets. Default: 0600, for the owner only.
    pub socket_mode: u32,
    /// Who is told what happens. Default: nobody.
    pub log: Option<Arc<dyn Log>>,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            session: protocol::Config::default(),
            connections: Connections::OneAtATime,
            write_timeout: Duration::from_secs(30),
            stop_timeout: Duration::from_secs(60),
            socket_mode: 0o600,
            log: None,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("session", &self.session)
            .field("connections", &self.connections)
            .finish_non_exhaustive()
    }
}

/// How many clients are served at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Connections {
    /// One of each listener, as QEMU's agent does; others wait in the backlog.
    #[default]
    OneAtATime,
    /// Each in a thread of its own, up to this many in the whole server.
    Threads(usize),
}

/// A server: a service at one or more addresses.
pub struct Server {
    shared: Arc<Shared>,
    places: Vec<Port>,
}

/// Where clients come in.
enum Port {
    Listener(Arc<Listener>, Address),
    /// One connection that is there from the beginning.
    Stream(Stream, AtEnd, Address),
}

struct Shared {
    service: SharedService,
    config: Config,
    register: Arc<Register>,
    clients: AtomicU64,
}

impl Server {
    /// A server that listens nowhere yet.
    pub fn new(service: impl Service + Send + Sync + 'static, config: Config) -> Server {
        let service: SharedService = Arc::new(service);
        let register = Arc::default();
        let shared = Shared { service, config, register, clients: AtomicU64::new(0) };
        Server { shared: Arc::new(shared), places: Vec::new() }
    }

    /// Opens one more address: listens there, or takes a device or standard input and output as
    /// the one connection that they are. Gives the address back, with the port that the system
    /// chose. Clients can connect from now on; [`Server::run`] serves them.
    ///
    /// # Errors
    /// Why it cannot be opened, with the address.
    pub fn listen(&mut self, address: &Address) -> Result<Address, OpenError> {
        if let Address::Chardev(_) | Address::Stdio = address {
            let (stream, at_end) = transport::open_single(address)?;
            self.places.push(Port::Stream(stream, at_end, address.clone()));
            return Ok(address.clone());
        }
        let listener = Listener::bind(address, self.shared.config.socket_mode)?;
        Ok(self.add_listener(listener))
    }

    /// Serves at a socket that somebody else has bound, such as systemd.
    pub fn add_listener(&mut self, listener: Listener) -> Address {
        let address = listener.address();
        self.places.push(Port::Listener(Arc::new(listener), address.clone()));
        address
    }

    /// Stops the server from another thread.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.shared.register.clone())
    }

    /// Serves until it is stopped, or until all its streams have ended and it listens nowhere.
    /// Then the files of its unix sockets are gone.
    ///
    /// # Errors
    /// That the system gives no thread.
    pub fn run(self) -> io::Result<()> {
        let Server { shared, places } = self;
        let register = shared.register.clone();
        for place in places {
            register.enter_serving(match &place {
                Port::Listener(listener, _) => Some(listener),
                Port::Stream(..) => None,
            });
            let shared = shared.clone();
            let serve = move || {
                shared.serve(place);
                shared.register.leave_serving();
            };
            let thread = thread::Builder::new().name("qapi-serve".to_owned()).spawn(serve);
            if let Err(error) = thread {
                register.leave_serving();
                register.stop();
                return Err(error);
            }
        }
        register.wait_for_stop();
        shared.wait_for_quiet();
        Ok(())
    }

    /// Serves one client over a connected socket, such as one of a pair, until it leaves or the
    /// server is stopped.
    pub fn serve_unix(&self, socket: UnixStream) {
        let nameless = Address::Unix(PathBuf::new());
        if let Some(connection) = self.shared.open_socket(socket.into(), &nameless) {
            connection.serve();
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("config", &self.shared.config).finish_non_exhaustive()
    }
}

impl Shared {
    fn serve(&self, place: Port) {
        match place {
            Port::Listener(listener, address) => self.accept_from(&listener, &address),
            Port::Stream(stream, at_end, address) => {
                if let Some(connection) = self.open(stream, None, at_end, &address) {
                    connection.serve();
                }
            }
        }
    }

    /// Accepts clients until the server stops.
    fn accept_from(&self, listener: &Listener, address: &Address) {
        while !self.register.is_stopping() {
            match listener.accept() {
                Ok(socket) => self.take(socket, address),
                Err(_) if self.register.is_stopping() => return,
                Err(error) => {
                    let reason = error.to_string();
                    self.note(&address.to_string(), &Note::NotAccepted { reason: &reason });
                    // Out of descriptors, for example: not at once again.
                    self.register.pause(Instant::now() + Duration::from_millis(100));
                }
            }
        }
    }

    fn take(&self, socket: Socket, address: &Address) {
        let Some(connection) = self.open_socket(socket, address) else { return };
        match self.config.connections {
            Connections::OneAtATime => connection.serve(),
            Connections::Threads(_) => {
                // Without a thread the client is turned away: its socket is dropped.
                let client = thread::Builder::new().name("qapi-client".to_owned());
                let _ = client.spawn(move || connection.serve());
            }
        }
    }

    fn open_socket(&self, socket: Socket, address: &Address) -> Option<Connection> {
        let handle = socket.try_clone().ok()?;
        let stream = socket.into_stream().ok()?;
        self.open(stream, Some(handle), AtEnd::Close, address)
    }

    fn most_clients(&self) -> usize {
        match self.config.connections {
            // Each listener's own thread serves, so there cannot be more.
            Connections::OneAtATime => usize::MAX,
            Connections::Threads(most) => most.max(1),
        }
    }

    /// Begins a conversation, when there is room for it; `None` if the server is stopping.
    fn open(
        &self,
        stream: Stream,
        socket: Option<Socket>,
        at_end: AtEnd,
        address: &Address,
    ) -> Option<Connection> {
        let number = self.clients.fetch_add(1, Ordering::Relaxed) + 1;
        let peer: Arc<str> = format!("{address} #{number}").into();
        let (session, log) = (self.config.session.clone(), self.config.log.clone());
        let conversation = Conversation::new(self.service.clone(), session, log, peer);
        let cut = socket.as_ref().and_then(|socket| socket.try_clone().ok());
        let place = self.register.enter(&conversation, socket, self.most_clients())?;
        let sender = Sender::new(conversation, stream.sink, cut, self.config.write_timeout);
        Some(Connection { source: stream.source, at_end, sender, place, pump: Pump::default() })
    }

    fn note(&self, peer: &str, note: &Note<'_>) {
        if let Some(log) = &self.config.log {
            log.note(peer, note);
        }
    }

    fn wait_for_quiet(&self) {
        let deadline = deadline_after(self.config.stop_timeout);
        if self.register.wait_for_quiet(deadline) == Quiet::No {
            // What was cut off needs a moment to notice.
            self.register.wait_for_quiet(Instant::now() + Duration::from_secs(1));
        }
    }
}
