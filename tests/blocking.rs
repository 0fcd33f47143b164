//! The blocking client and server over socket pairs, unix sockets and in memory. The other end is
//! a script in a thread, so that it can do what no decent peer does. Time-outs are what is tested
//! here; nothing sleeps.

#[path = "conversations/service.rs"]
mod service;

mod blocking {
    pub(crate) mod client;
    pub(crate) mod loopback;
    pub(crate) mod peer;
    pub(crate) mod server;
    pub(crate) mod slow;
    pub(crate) mod socket_file;
}
