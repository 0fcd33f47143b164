//! A session with an agent, as the rest of the program sees it.
//!
//! It opens the connection, to an address or to an agent in this process, and turns what the
//! runtime reports into failures for people. Through [`Execute`] it has a method for each command.

use crate::agent::{GuestCapability, events};
use crate::failure::Failure;
use qapi_agent::power;
use qapi_runtime::blocking::{Client, Options};
use qapi_runtime::protocol::{self, Expect, Handshake};
use qapi_runtime::{Address, Command, EventError, Execute, Wire, loopback};
use std::time::Duration;

/// An agent that answers.
pub(crate) struct Guest {
    session: Client,
}

impl Guest {
    /// Connects to an address, or starts an agent in memory, and negotiates.
    pub(crate) fn open(address: Option<&Address>, timeout: Duration) -> Result<Guest, Failure> {
        let options = Options {
            protocol: Expect::Guest,
            // So that it tells when a program has ended. An agent that does not offer it is asked.
            wanted: vec![GuestCapability::Events.to_string()],
            connect_timeout: timeout,
            timeout,
            ..Options::default()
        };
        let session = match address {
            Some(address) => Client::connect(address, options),
            None => embedded(options),
        };
        let session = session.map_err(|error| Failure::Unreachable(address.cloned(), error))?;
        Ok(Guest { session })
    }

    /// What the handshake has shown.
    pub(crate) fn handshake(&self) -> Handshake {
        self.session.handshake()
    }

    /// Whether the agent tells when a program has ended.
    pub(crate) fn announces_exits(&self) -> bool {
        self.handshake().enabled.iter().any(|name| name == GuestCapability::Events.as_str())
    }

    /// Waits until the agent tells that this program has ended; false if it did not in this time.
    pub(crate) fn wait_for_exit(&self, pid: i64, timeout: Duration) -> Result<bool, Failure> {
        match self.session.wait_for(timeout, |exit: &events::GuestExecExited| exit.pid == pid) {
            Ok(_) => Ok(true),
            // It may have been among those that were lost.
            Err(EventError::Timeout(_) | EventError::Lagged(_)) => Ok(false),
            Err(error) => Err(Failure::Event(error)),
        }
    }
}

impl Execute for Guest {
    type Reply<'a, R: Wire>
        = Result<R, Failure>
    where
        R: 'a;

    fn execute<'a, C: Command>(&'a self, command: C) -> Result<C::Returns, Failure>
    where
        C::Returns: 'a,
    {
        self.session.execute(command).map_err(Failure::Call)
    }
}

/// An agent in this process: the real one, except that it cannot shut the machine down.
fn embedded(options: Options) -> Result<Client, qapi_runtime::ConnectError> {
    let config = qapi_agent::Config::new(power::Recording::default());
    let service = qapi_agent::Agent::new(config).into_service();
    let version = qapi_agent::version();
    loopback::connect(service, protocol::Config { version, ..Default::default() }, options)
}
