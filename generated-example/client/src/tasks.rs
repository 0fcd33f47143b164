//! What the program does for one subcommand: calls, and a few lines of output.

use crate::agent::{Client, GuestNetworkInterface, GuestOSInfo, commands};
use crate::failure::Failure;
use crate::freeze::{FreezeStatus, GuestFsfreezeStatus};
use crate::guest::Guest;
use crate::program::{self, Ending};
use crate::report::{Count, Report, Shown, Span, list};
use crate::transfer;
use qapi_runtime::Execute;
use qapi_runtime::protocol::Level;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::Instant;

/// `info`: the handshake and what the agent says of itself.
pub(crate) fn info(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    handshake(guest, report)?;
    let info = guest.guest_info(commands::GuestInfo)?;
    let enabled = info.supported_commands.iter().filter(|command| command.enabled).count();
    let blocked = info.supported_commands.len() - enabled;
    report.line("agent", format_args!("release {}", Shown(&info.version)))?;
    match blocked {
        0 => report.line("commands", enabled)?,
        _ => report.line("commands", format_args!("{enabled}, and {blocked} blocked"))?,
    }
    report.line("filesystems", freeze_status(guest)?)
}

/// What the two have agreed on.
pub(crate) fn handshake(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    let handshake = guest.handshake();
    report.line("level", format_args!("{} ({})", handshake.level, meaning(handshake.level)))?;
    report.line("synced by", handshake.sync)?;
    if let Some(version) = handshake.version {
        report.line("version", Shown(&version.to_string()))?;
    }
    report.line("offers", Shown(&list(&handshake.capabilities)))?;
    report.line("enabled", Shown(&list(&handshake.enabled)))
}

/// A level in words.
fn meaning(level: Level) -> &'static str {
    match level {
        Level::UpTo2_11 => "a stock agent that refuses ids",
        Level::From2_12To3_1 => "a stock agent that drops ids",
        Level::From4_0 => "a stock agent",
        Level::Extended => "negotiates capabilities",
        Level::Monitor => "no agent, but a machine's monitor",
    }
}

/// Whether filesystems are frozen, in words; by the command that no schema here has.
pub(crate) fn freeze_status(guest: &Guest) -> Result<String, Failure> {
    match guest.execute(GuestFsfreezeStatus) {
        Ok(FreezeStatus::Thawed) => Ok("thawed".to_owned()),
        Ok(FreezeStatus::Frozen) => Ok("frozen: whoever writes to them waits".to_owned()),
        Ok(FreezeStatus::Unrecognized(state)) => Ok(format!("{} (new to us)", Shown(&state))),
        Err(failure) if failure.is_unknown_command() => {
            Ok("no guest-fsfreeze-status in this agent".to_owned())
        }
        Err(failure) => Err(failure),
    }
}

/// `ping`: whether the agent answers, and how quickly.
pub(crate) fn ping(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    let start = Instant::now();
    guest.guest_ping(commands::GuestPing)?;
    report.line("answer", Span(start.elapsed()))
}

/// `osinfo`: which system the guest runs.
pub(crate) fn osinfo(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    let GuestOSInfo {
        kernel_release,
        kernel_version,
        machine,
        id,
        name,
        pretty_name,
        version,
        version_id,
        variant,
        variant_id,
    } = guest.guest_get_osinfo(commands::GuestGetOsinfo)?;
    report.known("system", pretty_name.or(name).as_deref())?;
    report.known("id", id.as_deref())?;
    report.known("version", version.as_deref())?;
    report.known("version id", version_id.as_deref())?;
    report.known("variant", variant.as_deref())?;
    report.known("variant id", variant_id.as_deref())?;
    report.known("kernel", kernel_release.as_deref())?;
    report.known("built", kernel_version.as_deref())?;
    report.known("machine", machine.as_deref())
}

/// `interfaces`: a line for each, with its addresses.
pub(crate) fn interfaces(guest: &Guest, report: &mut Report<'_>) -> Result<(), Failure> {
    for interface in guest.guest_network_get_interfaces(commands::GuestNetworkGetInterfaces)? {
        report.line(&interface.name, Shown(&addresses(&interface)))?;
    }
    Ok(())
}

/// The addresses of an interface, the hardware's first.
pub(crate) fn addresses(interface: &GuestNetworkInterface) -> String {
    let hardware = interface.hardware_address.clone();
    let others = interface.ip_addresses.iter().flatten();
    let others = others.map(|address| format!("{}/{}", address.ip_address, address.prefix));
    let all: Vec<String> = hardware.into_iter().chain(others).collect();
    list(&all)
}

/// `exec`: the program's output to ours, its status as ours.
pub(crate) fn exec(
    guest: &Guest,
    program: &[String],
    remark: &dyn Fn(&str),
) -> Result<u8, Failure> {
    let (path, arguments) = program.split_first().expect("clap requires a program");
    let ended = program::run(guest, path, arguments)?;
    write_out(&mut io::stdout(), &ended.output)?;
    write_out(&mut io::stderr(), &ended.errors)?;
    if ended.truncated {
        remark("the program wrote more than the agent keeps; the end is missing");
    }
    if let Ending::Signal(signal) = ended.ending {
        remark(&format!("ended by signal {signal}"));
    }
    Ok(ended.ending.status())
}

/// `cat`: a file of the guest to stdout.
pub(crate) fn cat(guest: &Guest, path: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    transfer::fetch(guest, path, &mut stdout)?;
    stdout.flush().map_err(Failure::Output)
}

/// `put`: a file from here into the guest.
pub(crate) fn put(
    guest: &Guest,
    local: &Path,
    path: &str,
    remark: &dyn Fn(&str),
) -> Result<(), Failure> {
    let name = local.display().to_string();
    // Opened before anything happens in the guest: a wrong name here must empty no file there.
    let mut source: Box<dyn Read> = match name.as_str() {
        "-" => Box::new(io::stdin().lock()),
        _ => Box::new(open(local).map_err(|error| Failure::Local(name.clone(), error))?),
    };
    let length = transfer::store(guest, path, &mut source, &name)?;
    remark(&format!("{} written", Count(length, "byte")));
    Ok(())
}

/// Opens a file; a folder opens on Linux, too, and fails only when it is read.
fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    match file.metadata()?.is_dir() {
        true => Err(io::ErrorKind::IsADirectory.into()),
        false => Ok(file),
    }
}

/// Passes a program's output on. Where nobody wants it any more, its status still counts.
fn write_out(stream: &mut dyn Write, bytes: &[u8]) -> Result<(), Failure> {
    match stream.write_all(bytes).and_then(|()| stream.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}
