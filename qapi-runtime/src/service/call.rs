//! A handler's view of the session that it works for.
//!
//! A driver makes one [`Call`] a connection and lends it to each command. Nothing in it can block:
//! events go into the session's bounded output and are sent by the driver.

use crate::{Event, Writer};
use core::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

/// The session that a command belongs to.
#[derive(Clone)]
pub struct Call {
    peer: Arc<str>,
    enabled: Capabilities,
    emitter: Emitter,
    cancelled: Arc<AtomicBool>,
}

impl Call {
    /// A call for one command; drivers make it.
    pub fn new(peer: impl Into<Arc<str>>, enabled: Capabilities, emitter: Emitter) -> Self {
        Call { peer: peer.into(), enabled, emitter, cancelled: Arc::default() }
    }

    /// Who calls, for logs: the listener's address and a number.
    pub fn peer(&self) -> &str {
        &self.peer
    }

    /// The capabilities that are in force while this command runs.
    pub fn enabled(&self) -> &Capabilities {
        &self.enabled
    }

    /// Sends events to this session, also after the command has been answered.
    pub fn emitter(&self) -> Emitter {
        self.emitter.clone()
    }

    /// Whether it is known that nobody will read the answer. Long commands look at it now and then.
    ///
    /// It is known when an event could not be sent to the client, and when a stopping server has
    /// waited long enough for this command (`blocking::Config::stop_timeout`). It is not known just
    /// because a client has left: the server does not read while a command runs, and one that has
    /// closed its sending half may still wait for the answer.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// The same call, which is cancelled when the flag is set.
    #[must_use]
    pub(crate) fn cancelled_by(self, cancelled: Arc<AtomicBool>) -> Self {
        Call { cancelled, ..self }
    }

    /// A call that belongs to no connection: nothing enabled, events go nowhere. For tests of
    /// handlers.
    pub fn detached() -> Self {
        Call::new("nobody", Capabilities::default(), Emitter::detached())
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("peer", &self.peer).field("enabled", &self.enabled).finish()
    }
}

/// A set of capability names, in the order in which they were given. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Capabilities(Arc<[Box<str>]>);

impl Capabilities {
    /// Whether the capability is among them.
    pub fn contains(&self, capability: &str) -> bool {
        self.0.iter().any(|name| **name == *capability)
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|name| &**name)
    }

    /// Writes a JSON array of the names.
    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.begin_array();
        self.iter().for_each(|name| writer.string(name));
        writer.end_array();
    }
}

impl<S: AsRef<str>> FromIterator<S> for Capabilities {
    /// Keeps the first of equal names.
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        let mut set: Vec<Box<str>> = Vec::new();
        for name in names {
            if !set.iter().any(|known| **known == *name.as_ref()) {
                set.push(name.as_ref().into());
            }
        }
        Capabilities(set.into())
    }
}

/// Sends events to one session from any thread, as long as the session lives.
#[derive(Clone)]
pub struct Emitter(Weak<dyn Outlet>);

impl Emitter {
    /// An emitter into a driver's outlet. It does not keep the outlet alive.
    pub fn new(outlet: Weak<dyn Outlet>) -> Self {
        Emitter(outlet)
    }

    /// An emitter whose events go nowhere.
    pub fn detached() -> Self {
        Emitter(Weak::<Nowhere>::new())
    }

    /// Sends an event, if the session is to have it. Does not wait for the peer.
    pub fn emit<E: Event>(&self, event: &E) -> Delivery {
        let mut writer = Writer::new();
        event.write(&mut writer);
        self.deliver(EventRecord {
            name: E::NAME,
            capability: E::CAPABILITY,
            data: writer.into_bytes(),
        })
    }

    fn deliver(&self, event: EventRecord) -> Delivery {
        self.0.upgrade().map_or(Delivery::Gone, |outlet| outlet.deliver(&event))
    }
}

impl fmt::Debug for Emitter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Emitter")
    }
}

/// An event on its way to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventRecord {
    /// Its name on the wire.
    pub name: &'static str,
    /// What the session must have enabled.
    pub capability: Option<&'static str>,
    /// The text of its data, an object.
    pub data: Vec<u8>,
}

/// Where an [`Emitter`] puts its events; drivers implement it.
pub trait Outlet: Send + Sync {
    /// Queues the event if the session is to have it. Must not block.
    fn deliver(&self, event: &EventRecord) -> Delivery;
}

struct Nowhere;

impl Outlet for Nowhere {
    fn deliver(&self, _event: &EventRecord) -> Delivery {
        Delivery::Gone
    }
}

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It is in the session's output.
    Queued,
    /// The session has not negotiated, or not enabled what the event needs.
    Unwanted,
    /// The peer does not read, and the output that waits for it has reached its bound.
    Full,
    /// The session is over.
    Gone,
}
