//! `qapi info` and `qapi call`: one conversation with a live server.

use std::time::Duration;

use qapi_runtime::blocking::{Client, Options};
use qapi_runtime::protocol::Expect;
use qapi_runtime::{Address, ConnectError};

use crate::Ending;
use crate::args::{self, Call, Info, Protocol};
use crate::arguments;
use crate::speak::Speaker;

/// The capability that lets a command overtake others.
const OUT_OF_BAND: &str = "oob";

/// Prints what the handshake found out, one JSON object.
pub(crate) fn info(options: &Info, speaker: &Speaker) -> Ending {
    match connect(&options.server, options.server.capabilities.clone(), speaker) {
        Ok(client) => speaker.result(&format!("{}\n", client.handshake().to_json())),
        Err(why) => speaker.failure(&why),
    }
}

/// Runs one command and prints what it returns, one JSON value. A server's error is what was
/// found: `CLASS: DESC`, so that scripts need not look for it behind a prefix.
pub(crate) fn call(options: &Call, speaker: &Speaker) -> Ending {
    let arguments = match arguments::read(&options.arguments) {
        Ok(arguments) => arguments,
        Err(why) => return speaker.failure(&why),
    };
    let mut wanted = options.server.capabilities.clone();
    if options.oob && !wanted.iter().any(|name| name == OUT_OF_BAND) {
        wanted.push(OUT_OF_BAND.to_owned());
    }
    let client = match connect(&options.server, wanted, speaker) {
        Ok(client) => client,
        Err(why) => return speaker.failure(&why),
    };
    let called = match options.oob {
        true => client.out_of_band().call_raw(&options.command, &arguments),
        false => client.call_raw(&options.command, &arguments),
    };
    match called {
        Ok(value) => speaker.result(&format!("{value}\n")),
        Err(error) => match error.server() {
            Some(refusal) => {
                speaker.refusal(&refusal.to_string());
                Ending::Found
            }
            None => speaker.failure(&error.to_string()),
        },
    }
}

/// A session, with what was asked for and is not offered said on the way.
fn connect(
    server: &args::Server,
    wanted: Vec<String>,
    speaker: &Speaker,
) -> Result<Client, String> {
    let address: Address = server.address.parse().map_err(|error| format!("{error}"))?;
    let timeout = Duration::from_secs_f64(server.timeout);
    let protocol = match server.protocol {
        Protocol::Auto => Expect::Either,
        Protocol::Guest => Expect::Guest,
        Protocol::Monitor => Expect::Monitor,
    };
    let asked = wanted.clone();
    let options =
        Options { protocol, wanted, connect_timeout: timeout, timeout, ..Options::default() };
    let client = Client::connect(&address, options).map_err(|error| match error {
        ConnectError::Open(error) => error.to_string(), // names the address itself
        ConnectError::Timeout(_) => {
            format!("{address}: {error}; is another client connected to it?")
        }
        other => format!("{address}: {other}"),
    })?;
    let handshake = client.handshake();
    speaker.detail(&format!("{address}: level {}, sync {}", handshake.level, handshake.sync));
    for capability in asked.iter().filter(|name| !handshake.enabled.contains(name)) {
        speaker.progress(&format!("note: the server does not offer '{capability}'"));
    }
    Ok(client)
}
