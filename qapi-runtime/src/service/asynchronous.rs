//! Services whose handlers return futures, and how a server that has threads serves them.

use super::{Availability, Call, CommandInfo, Reply, Request, SchemaInfo, Service};
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::Thread;

/// A [`Service`] whose commands take their time. Generated code implements it as `Dispatch` where
/// the server is asynchronous.
pub trait AsyncService {
    /// The commands, events and capabilities of the schema.
    fn schema(&self) -> &'static SchemaInfo;

    /// What there is to know of a command; `None` where there is no such command.
    fn command(&self, name: &str) -> Option<CommandInfo> {
        self.schema().command(name).copied()
    }

    /// Runs one command.
    fn call(&self, call: &Call, request: Request<'_>) -> impl Future<Output = Reply> + Send;

    /// Whether a command may be called now; as [`Service::availability`].
    fn availability(&self, _command: &str) -> Availability {
        Availability::Enabled
    }
}

/// An [`AsyncService`] as a [`Service`]: the thread of the session waits for each future. Futures
/// that need a runtime to make progress, such as tokio's timers, need one that runs elsewhere and is
/// entered by the handlers.
#[derive(Clone, Debug)]
pub struct Waiting<S>(pub S);

impl<S: AsyncService> Service for Waiting<S> {
    fn schema(&self) -> &'static SchemaInfo {
        self.0.schema()
    }

    fn command(&self, name: &str) -> Option<CommandInfo> {
        self.0.command(name)
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        wait_for(self.0.call(call, request))
    }

    fn availability(&self, command: &str) -> Availability {
        self.0.availability(command)
    }
}

/// Polls a future on this thread until it is done; sleeps while it has nothing to do.
fn wait_for<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}

/// Wakes the thread that waits. One that wakes for another reason polls once for nothing.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}
