//! A server's conversation with one client: the protocol, the service, and the locks between the
//! thread that serves and the threads that send events. Knows neither sockets nor listeners.

use crate::error::Error;
use crate::lock::{lock, wait};
use crate::log::{Log, Note};
use crate::protocol::{self, Finished, ServerEvent, Task};
use crate::service::{Call, Capabilities, Delivery, Emitter, EventRecord, Outlet, Reply, Service};
use crate::timestamp::Timestamp;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, Weak};
use std::time::Instant;

/// A service that several threads can use.
pub(crate) type SharedService = Arc<dyn Service + Send + Sync>;

/// One client, as long as its connection lasts.
pub(crate) struct Conversation {
    core: Mutex<Core>,
    /// An event is in the output, or the conversation is over.
    output: Condvar,
    service: SharedService,
    log: Option<Arc<dyn Log>>,
    peer: Arc<str>,
    cancelled: Arc<AtomicBool>,
    itself: Weak<Conversation>,
}

struct Core {
    protocol: protocol::Server,
    /// Whether there is output that nobody may be about to send.
    output_waits: bool,
    over: bool,
}

/// Why [`Conversation::wait`] came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wake {
    Output,
    Deadline,
    Over,
}

impl Conversation {
    pub(crate) fn new(
        service: SharedService,
        config: protocol::Config,
        log: Option<Arc<dyn Log>>,
        peer: Arc<str>,
    ) -> Arc<Conversation> {
        let protocol = protocol::Server::new(config, service.schema());
        let core = Mutex::new(Core { protocol, output_waits: false, over: false });
        Arc::new_cyclic(|itself| Conversation {
            core,
            output: Condvar::new(),
            service,
            log,
            peer,
            cancelled: Arc::default(),
            itself: itself.clone(),
        })
    }

    /// Takes input and runs what it asks for, one command after the other. `send` is called
    /// whenever there is output, with no lock held; `go_on` between commands.
    pub(crate) fn serve(
        &self,
        input: &[u8],
        send: &mut dyn FnMut() -> io::Result<()>,
        go_on: &dyn Fn() -> bool,
    ) -> io::Result<()> {
        lock(&self.core).protocol.feed(input);
        while go_on() {
            let event = lock(&self.core).protocol.next_event(&*self.service);
            match event {
                None => break,
                Some(ServerEvent::Flush) => send()?,
                Some(ServerEvent::Unnegotiated { command }) => {
                    self.note(&Note::Unnegotiated { command });
                    lock(&self.core).protocol.warn(command, Timestamp::now());
                }
                Some(ServerEvent::Run(task)) => {
                    // What is answered already does not wait for a command that may take long.
                    send()?;
                    let finished = self.run(task);
                    lock(&self.core).protocol.finish(finished);
                }
            }
        }
        send()
    }

    /// Everything that is to be sent now.
    pub(crate) fn take_output(&self) -> Vec<u8> {
        let mut core = lock(&self.core);
        core.output_waits = false;
        core.protocol.take_output()
    }

    /// Wakes up who waits for output.
    pub(crate) fn announce(&self) {
        lock(&self.core).output_waits = true;
        self.output.notify_all();
    }

    /// Waits for output that was announced, such as an event.
    pub(crate) fn wait(&self, deadline: Option<Instant>) -> Wake {
        let mut core = lock(&self.core);
        loop {
            if core.over {
                return Wake::Over;
            }
            if core.output_waits {
                return Wake::Output;
            }
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Wake::Deadline;
            }
            core = wait(&self.output, core, deadline);
        }
    }

    /// Whether events may come, so that somebody has to send them.
    pub(crate) fn takes_events(&self) -> bool {
        !self.service.schema().events.is_empty() && lock(&self.core).protocol.takes_events()
    }

    /// The client has left, visibly, but the same stream may bring another.
    pub(crate) fn disconnected(&self) {
        lock(&self.core).protocol.disconnected();
    }

    /// The conversation is over; whoever waits for it wakes up.
    pub(crate) fn end(&self) {
        self.cancel();
        lock(&self.core).over = true;
        self.output.notify_all();
    }

    /// Tells handlers that nobody waits for them any more. There is no way back.
    pub(crate) fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub(crate) fn note(&self, note: &Note<'_>) {
        if let Some(log) = &self.log {
            log.note(&self.peer, note);
        }
    }

    fn run(&self, task: Task) -> Finished {
        let command = task.name();
        let call = self.call(task.enabled().clone());
        let start = Instant::now();
        // The service is shared, so it has to cope with other threads' panics anyway.
        let outcome = catch_unwind(AssertUnwindSafe(|| task.run(&*self.service, &call)));
        let reply = outcome.unwrap_or_else(|_| {
            self.note(&Note::Panicked { command });
            Reply::error(Error::generic(format!("The command {command} failed internally")))
        });
        let finished = task.finish(reply);
        let (error, took) = (finished.error_class(), start.elapsed());
        self.note(&Note::Called { command, error, took });
        finished
    }

    fn call(&self, enabled: Capabilities) -> Call {
        let outlet: Weak<dyn Outlet> = self.itself.clone();
        Call::new(self.peer.clone(), enabled, Emitter::new(outlet))
            .cancelled_by(self.cancelled.clone())
    }
}

impl Outlet for Conversation {
    fn deliver(&self, event: &EventRecord) -> Delivery {
        let mut core = lock(&self.core);
        if core.over {
            return Delivery::Gone;
        }
        let delivery = core.protocol.emit(event, Timestamp::now());
        core.output_waits |= delivery == Delivery::Queued;
        drop(core);
        match delivery {
            Delivery::Queued => self.output.notify_all(),
            Delivery::Full => self.note(&Note::EventLost { event: event.name }),
            Delivery::Unwanted | Delivery::Gone => {}
        }
        delivery
    }
}
