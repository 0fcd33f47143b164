//! One stub trait for every kind of client: replies are what the client makes of them, values or
//! futures.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use qapi_agent::{Agent, Config, power};
use qapi_runtime::blocking::{self, Options};
use qapi_runtime::{CallError, Command, Execute, Wire, loopback, protocol};

use agent::{Client, commands};

/// The agent's schema, the client's side.
#[expect(unreachable_pub, dead_code, reason = "a schema has more than one program needs")]
mod agent {
    qapi_runtime::include_schema!("agent");
}

/// A client whose calls are futures. What is behind it blocks; the stub cannot tell.
struct Async(blocking::Client);

impl Execute for Async {
    type Reply<'a, R: Wire>
        = Pin<Box<dyn Future<Output = Result<R, CallError>> + 'a>>
    where
        R: 'a;

    fn execute<'a, C: Command>(&'a self, command: C) -> Self::Reply<'a, C::Returns>
    where
        C::Returns: 'a,
    {
        let reply = self.0.execute(command);
        Box::pin(async move { reply })
    }
}

fn embedded() -> blocking::Client {
    let service = Agent::new(Config::new(power::Recording::default())).into_service();
    loopback::connect(service, protocol::Config::default(), Options::default())
        .expect("an agent in this process answers")
}

#[test]
fn the_same_trait_serves_blocking_and_async_callers() {
    let client = embedded();
    let blocking = client.guest_get_host_name(commands::GuestGetHostName).expect("a name");
    let client = Async(client);
    let conversation = async {
        client.guest_ping(commands::GuestPing).await?;
        client.guest_get_host_name(commands::GuestGetHostName).await
    };
    assert_eq!(wait(conversation).expect("a name"), blocking);
}

/// Runs a future that never waits for anything.
fn wait<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing in it waits"),
    }
}
