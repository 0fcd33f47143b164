//! Stopping a server: no new commands, the running ones are finished and answered, then it ends.
//!
//! A register of what is going on: who listens, which connections there are, which of them work.

use super::conversation::Conversation;
use crate::lock::{lock, wait};
use crate::transport::{Listener, Socket};
use std::collections::HashMap;
use std::net::Shutdown;
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::time::Instant;

/// Stops a server, from any thread; a signal handler's thread, for example.
#[derive(Clone)]
pub struct Stopper(pub(super) Arc<Register>);

impl Stopper {
    /// Asks the server to stop, and returns at once. `Server::run` returns when the running
    /// commands have been answered.
    pub fn stop(&self) {
        self.0.stop();
    }
}

impl std::fmt::Debug for Stopper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stopper")
    }
}

#[derive(Default)]
pub(super) struct Register {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    stopping: bool,
    /// Threads that serve, each one place where clients come in.
    serving: usize,
    /// Those of them that stopping wakes up.
    listeners: Vec<Weak<Listener>>,
    next: u64,
    connections: HashMap<u64, Entry>,
}

struct Entry {
    conversation: Weak<Conversation>,
    /// To wake up who reads; there is none for pipes and devices.
    socket: Option<Socket>,
    working: bool,
}

/// A connection's place in the register, until it is dropped.
pub(super) struct Place {
    register: Arc<Register>,
    number: u64,
}

impl Register {
    pub(super) fn is_stopping(&self) -> bool {
        lock(&self.state).stopping
    }

    pub(super) fn stop(&self) {
        let mut state = lock(&self.state);
        state.stopping = true;
        state.listeners().for_each(|listener| listener.close());
        state.shut(Shutdown::Read);
        drop(state);
        self.changed.notify_all();
    }

    /// Enters a thread that serves a place where clients come in.
    pub(super) fn enter_serving(&self, listener: Option<&Arc<Listener>>) {
        let mut state = lock(&self.state);
        state.serving += 1;
        if let Some(listener) = listener {
            if state.stopping {
                listener.close();
            }
            state.listeners.push(Arc::downgrade(listener));
        }
    }

    pub(super) fn leave_serving(&self) {
        lock(&self.state).serving -= 1;
        self.changed.notify_all();
    }

    /// Enters a connection; `None` if the server is stopping. A client's waits until fewer than
    /// `most` are there; a stream that is there from the beginning does not.
    pub(super) fn enter(
        self: &Arc<Self>,
        conversation: &Arc<Conversation>,
        socket: Option<Socket>,
        most: usize,
    ) -> Option<Place> {
        let mut state = lock(&self.state);
        while !state.stopping && socket.is_some() && state.connections.len() >= most {
            state = wait(&self.changed, state, None);
        }
        if state.stopping {
            return None;
        }
        state.next += 1;
        let number = state.next;
        let conversation = Arc::downgrade(conversation);
        state.connections.insert(number, Entry { conversation, socket, working: false });
        Some(Place { register: self.clone(), number })
    }

    /// Waits a while, or less if the server stops.
    pub(super) fn pause(&self, until: Instant) {
        let mut state = lock(&self.state);
        while !state.stopping && Instant::now() < until {
            state = wait(&self.changed, state, Some(until));
        }
    }

    /// Waits until everybody has left, or until the server is asked to stop.
    pub(super) fn wait_for_stop(&self) {
        let mut state = lock(&self.state);
        while !state.stopping && (state.serving > 0 || !state.connections.is_empty()) {
            state = wait(&self.changed, state, None);
        }
    }

    /// Waits until nothing works any more; then it gives up, cuts the connections and tells the
    /// handlers. Connections that cannot be woken up count only while they work.
    pub(super) fn wait_for_quiet(&self, deadline: Instant) -> Quiet {
        let mut state = lock(&self.state);
        while state.is_busy() {
            if Instant::now() >= deadline {
                state.shut(Shutdown::Both);
                state.cancel();
                return Quiet::No;
            }
            state = wait(&self.changed, state, Some(deadline));
        }
        Quiet::Yes
    }
}

/// Whether a server has come to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quiet {
    Yes,
    No,
}

impl State {
    fn listeners(&self) -> impl Iterator<Item = Arc<Listener>> {
        self.listeners.iter().filter_map(Weak::upgrade)
    }

    fn shut(&self, how: Shutdown) {
        let sockets = self.connections.values().filter_map(|entry| entry.socket.as_ref());
        sockets.for_each(|socket| socket.shutdown(how));
    }

    fn cancel(&self) {
        let conversations = self.connections.values().filter_map(|it| it.conversation.upgrade());
        conversations.for_each(|conversation| conversation.cancel());
    }

    fn is_busy(&self) -> bool {
        self.listeners().next().is_some()
            || self.connections.values().any(|entry| entry.working || entry.socket.is_some())
    }
}

impl Place {
    /// Whether the server is stopping.
    pub(super) fn is_stopping(&self) -> bool {
        self.register.is_stopping()
    }

    /// Begins to work on input; false if the server is stopping, and the input is to be dropped.
    pub(super) fn begin_work(&self) -> bool {
        let mut state = lock(&self.register.state);
        if state.stopping {
            return false;
        }
        if let Some(entry) = state.connections.get_mut(&self.number) {
            entry.working = true;
        }
        true
    }

    pub(super) fn end_work(&self) {
        let mut state = lock(&self.register.state);
        if let Some(entry) = state.connections.get_mut(&self.number) {
            entry.working = false;
        }
        if state.stopping {
            self.register.changed.notify_all();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.register.state).connections.remove(&self.number);
        self.register.changed.notify_all();
    }
}
