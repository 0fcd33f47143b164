//! The tour: what a client and an agent can do, shown on an agent that runs in this process.
//!
//! Every line is an answer of the agent, read into the type that the schema gives it. The agent is
//! the real one, so what it tells is about this machine.

use crate::agent::{Client, commands};
use crate::failure::Failure;
use crate::guest::Guest;
use crate::program::{self, Ending};
use crate::report::{Count, Report, Shown, Span};
use crate::tasks::{addresses, freeze_status, handshake};
use crate::transfer;
use std::path::PathBuf;
use std::time::Instant;

/// Where to go from here.
const NEXT: &str = "
Over a real socket:
  cargo run -p qapi-agent -- --listen unix:/tmp/agent.sock
  cargo run -p qapi-agent-client -- --connect unix:/tmp/agent.sock exec -- uname -a";

/// Shows everything.
pub(crate) fn tour(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    report.text("A guest agent and its client, in one process, over an in-memory wire.\n")?;
    handshake(guest, report)?;
    report.text("")?;
    system(guest, report)?;
    report.text("")?;
    network(guest, report)?;
    report.text("")?;
    file(guest, report)?;
    program(guest, report)?;
    let status = freeze_status(guest)?;
    report.line("by hand", format_args!("a command of our own, beside the schema: {status}"))?;
    report.text(report.paint().faint(NEXT))
}

fn system(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    let name = guest.guest_get_host_name(commands::GuestGetHostName)?.host_name;
    report.line("host name", Shown(&name))?;
    let system = guest.guest_get_osinfo(commands::GuestGetOsinfo)?;
    report.known("system", system.pretty_name.as_deref())?;
    report.known("kernel", system.kernel_release.as_deref())?;
    let processors = guest.guest_get_vcpus(commands::GuestGetVcpus)?;
    let online = processors.iter().filter(|processor| processor.online).count();
    let load = guest.guest_get_load(commands::GuestGetLoad)?;
    report.line(
        "load",
        format_args!(
            "{:.2} {:.2} {:.2} on {}",
            load.load1m,
            load.load5m,
            load.load15m,
            Count(online as u64, "processor"),
        ),
    )
}

/// The interfaces that have an address to be reached by.
fn network(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    for interface in guest.guest_network_get_interfaces(commands::GuestNetworkGetInterfaces)? {
        if interface.ip_addresses.is_some() {
            report.line(&interface.name, Shown(&addresses(&interface)))?;
        }
    }
    Ok(())
}

/// A file there and back, large enough for several pieces.
fn file(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    let folder = Folder::new()?;
    let path = folder.0.join("tour.bin").display().to_string();
    let sent: Vec<u8> = (0..1_000_000_u32).map(|at| (at % 251) as u8).collect();
    let start = Instant::now();
    transfer::store(guest, &path, &mut sent.as_slice(), "the tour's file")?;
    let mut received = Vec::with_capacity(sent.len());
    let length = transfer::fetch(guest, &path, &mut received)?;
    let verdict = if received == sent { "the same" } else { "NOT the same" };
    let (length, time) = (Count(length, "byte"), Span(start.elapsed()));
    report.line("file", format_args!("{length} to {path} and back: {verdict}, {time}"))
}

fn program(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    let start = Instant::now();
    let ended = program::run(guest, "echo", &["hello from the guest".to_owned()])?;
    let output = String::from_utf8_lossy(&ended.output);
    let how = match ended.ending {
        Ending::Code(code) => format!("exit code {code}"),
        Ending::Signal(signal) => format!("signal {signal}"),
    };
    let found = match ended.announced {
        true => "told by GUEST_EXEC_EXITED",
        false => "asked by guest-exec-status",
    };
    let time = Span(start.elapsed());
    report.line("program", format_args!("echo: {:?}, {how}, {found}, {time}", output.trim_end()))
}

/// A folder of our own that goes when the tour is over, whatever happens in it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Folder, Failure> {
        let path = std::env::temp_dir().join(format!("qapi-tour-{}", std::process::id()));
        // Not create_dir_all: where somebody else made that folder, it is not ours to use.
        match std::fs::create_dir(&path) {
            Ok(()) => Ok(Folder(path)),
            Err(error) => Err(Failure::Local(path.display().to_string(), error)),
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind at worst: a temporary folder is for that.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
