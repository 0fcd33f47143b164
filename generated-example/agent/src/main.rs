//! `qapi-agent`: the guest agent as a program.
//!
//! Reads the command line, opens the addresses, serves until SIGTERM or SIGINT, or until the last
//! client of an agent without listeners has left. Exit status: 0 served and stopped, 2 could not.

mod descriptor;
mod options;
mod report;

use crate::options::Options;
use crate::report::Report;
use clap::Parser;
use qapi_agent::power::System;
use qapi_agent::{Agent, Config};
use qapi_runtime::Address;
use qapi_runtime::blocking::{self, Connections, Server, Stopper};
use qapi_runtime::protocol::{self, handshake};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::{io, thread};

/// Clients at the same time. Each can make the agent hold a request of up to 64 MiB.
const MOST_CLIENTS: usize = 8;

fn main() -> ExitCode {
    descriptor::keep_from_children();
    let options = Options::parse();
    let report = Report::new(&options);
    match serve(&options, &report) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            report.error(&*error);
            ExitCode::from(2)
        }
    }
}

/// Serves until it is told to stop.
fn serve(options: &Options, report: &Arc<Report>) -> Result<(), Box<dyn Error>> {
    let config =
        Config { access: options.access(), version: options.version(), ..Config::new(System) };
    let mut server = Server::new(Agent::new(config).into_service(), server_config(options, report));
    // Before anything is listened at: from then on there are sockets to remove.
    stop_on_signals(server.stopper())?;
    let addresses: Vec<Address> = options
        .listen
        .iter()
        .map(|address| open(&mut server, address))
        .collect::<Result<_, _>>()?;
    for address in addresses {
        report.listening(&address);
    }
    Ok(server.run()?)
}

fn server_config(options: &Options, report: &Arc<Report>) -> blocking::Config {
    let session = protocol::Config {
        negotiation: options.negotiation,
        version: options.version(),
        warning_event: options.warn_event.then_some(handshake::NEGOTIATION_EXPECTED),
        ..protocol::Config::default()
    };
    blocking::Config {
        session,
        connections: Connections::Threads(MOST_CLIENTS),
        log: Some(report.clone()),
        ..blocking::Config::default()
    }
}

fn open(server: &mut Server, address: &Address) -> Result<Address, Box<dyn Error>> {
    if let Address::Fd(number) = *address {
        let listener = descriptor::listener(number)
            .map_err(|error| format!("cannot listen at {address}: {error}"))?;
        server.add_listener(listener);
        return Ok(address.clone());
    }
    server.listen(address).map_err(|error| format!("cannot listen at {error}").into())
}

/// The first signal lets running commands finish; the second one does not.
fn stop_on_signals(stopper: Stopper) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let wait = move || {
        let mut signals = signals.forever();
        if signals.next().is_some() {
            stopper.stop();
        }
        if let Some(signal) = signals.next() {
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(wait).map(drop)
}
