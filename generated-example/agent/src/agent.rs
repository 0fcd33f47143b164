//! The agent: the schema's commands, each handed to the module that knows how.
//!
//! [`Agent`] has one method a command. [`Agent::into_service`] makes it what a server serves.

use crate::access::Access;
use crate::files::Files;
use crate::host::Host;
use crate::network;
use crate::power::{Mode, Power};
use crate::processes::{Exit, Processes};
use crate::schema::{self, commands, events};
use crate::{filesystems, system};
use qapi_runtime::protocol::Version;
use qapi_runtime::{Call, Result};
use std::time::{SystemTime, UNIX_EPOCH};

/// What an agent is made of.
pub struct Config {
    /// The guest that it describes.
    pub host: Host,
    /// What carries out guest-shutdown.
    pub power: Box<dyn Power>,
    /// Which commands may be called.
    pub access: Access,
    /// What guest-info says.
    pub version: Version,
}

impl Config {
    /// An agent for this system that does everything but shut it down: that needs a [`Power`].
    pub fn new(power: impl Power + 'static) -> Self {
        Config {
            host: Host::this(),
            power: Box::new(power),
            access: Access::default(),
            version: crate::version(),
        }
    }
}

/// The state behind the commands.
pub struct Agent {
    config: Config,
    files: Files,
    processes: Processes,
}

impl Agent {
    /// An agent without open files and programs.
    pub fn new(config: Config) -> Self {
        let files = Files::starting_at(first_handle(SystemTime::now()));
        Agent { config, files, processes: Processes::default() }
    }

    /// Which commands may be called.
    pub(crate) fn access(&self) -> &Access {
        &self.config.access
    }
}

/// A thousand handles for every second that passes between two starts of the agent; again from the
/// beginning every 24 days, so that they fit into 31 bits, which is all that some clients have.
fn first_handle(now: SystemTime) -> i64 {
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    1000 + 1000 * i64::try_from(seconds % (1 << 21)).unwrap_or(0)
}

impl schema::Server for Agent {
    fn guest_ping(&self, _: &Call, _: commands::GuestPing) -> Result<()> {
        Ok(())
    }

    fn guest_info(&self, _: &Call, _: commands::GuestInfo) -> Result<schema::GuestAgentInfo> {
        let info = schema::SCHEMA.commands.iter().map(|command| schema::GuestAgentCommandInfo {
            name: command.name.to_owned(),
            enabled: self.config.access.allows(command.name),
            success_response: command.success_response,
        });
        let version = self.config.version.to_string();
        Ok(schema::GuestAgentInfo { version, supported_commands: info.collect() })
    }

    fn guest_get_time(&self, _: &Call, _: commands::GuestGetTime) -> Result<i64> {
        Ok(system::time(SystemTime::now()))
    }

    fn guest_get_host_name(
        &self,
        _: &Call,
        _: commands::GuestGetHostName,
    ) -> Result<schema::GuestHostName> {
        Ok(system::host_name())
    }

    fn guest_get_osinfo(
        &self,
        _: &Call,
        _: commands::GuestGetOsinfo,
    ) -> Result<schema::GuestOSInfo> {
        Ok(system::osinfo(&self.config.host))
    }

    fn guest_get_users(
        &self,
        _: &Call,
        _: commands::GuestGetUsers,
    ) -> Result<Vec<schema::GuestUser>> {
        Ok(system::users(&self.config.host))
    }

    fn guest_get_timezone(
        &self,
        _: &Call,
        _: commands::GuestGetTimezone,
    ) -> Result<schema::GuestTimezone> {
        let variable = std::env::var("TZ").ok();
        let seconds = system::time(SystemTime::now()).div_euclid(1_000_000_000);
        Ok(system::timezone(&self.config.host, variable.as_deref(), seconds))
    }

    fn guest_get_vcpus(
        &self,
        _: &Call,
        _: commands::GuestGetVcpus,
    ) -> Result<Vec<schema::GuestLogicalProcessor>> {
        system::vcpus(&self.config.host)
    }

    fn guest_get_load(
        &self,
        _: &Call,
        _: commands::GuestGetLoad,
    ) -> Result<schema::GuestLoadAverage> {
        system::load(&self.config.host)
    }

    fn guest_get_memory_block_info(
        &self,
        _: &Call,
        _: commands::GuestGetMemoryBlockInfo,
    ) -> Result<schema::GuestMemoryBlockInfo> {
        system::memory_block_info(&self.config.host)
    }

    fn guest_file_open(&self, _: &Call, open: commands::GuestFileOpen) -> Result<i64> {
        self.files.open(&open.path, open.mode.as_deref())
    }

    fn guest_file_close(&self, _: &Call, close: commands::GuestFileClose) -> Result<()> {
        self.files.close(close.handle)
    }

    fn guest_file_read(
        &self,
        _: &Call,
        read: commands::GuestFileRead,
    ) -> Result<schema::GuestFileRead> {
        self.files.read(read.handle, read.count)
    }

    fn guest_file_write(
        &self,
        _: &Call,
        write: commands::GuestFileWrite,
    ) -> Result<schema::GuestFileWrite> {
        self.files.write(write.handle, &write.buf_b64, write.count)
    }

    fn guest_file_seek(
        &self,
        _: &Call,
        seek: commands::GuestFileSeek,
    ) -> Result<schema::GuestFileSeek> {
        self.files.seek(seek.handle, seek.offset, &seek.whence)
    }

    fn guest_file_flush(&self, _: &Call, flush: commands::GuestFileFlush) -> Result<()> {
        self.files.flush(flush.handle)
    }

    fn guest_exec(&self, call: &Call, exec: commands::GuestExec) -> Result<schema::GuestExec> {
        let emitter = call.emitter();
        self.processes.exec(&exec, move |Exit { pid, exitcode, signal }| {
            // A session that did not ask for events, or is over, does not get one.
            emitter.emit(&events::GuestExecExited { pid, exitcode, signal });
        })
    }

    fn guest_exec_status(
        &self,
        _: &Call,
        status: commands::GuestExecStatus,
    ) -> Result<schema::GuestExecStatus> {
        self.processes.status(status.pid)
    }

    fn guest_network_get_interfaces(
        &self,
        _: &Call,
        _: commands::GuestNetworkGetInterfaces,
    ) -> Result<Vec<schema::GuestNetworkInterface>> {
        network::interfaces()
    }

    fn guest_network_get_route(
        &self,
        _: &Call,
        _: commands::GuestNetworkGetRoute,
    ) -> Result<Vec<schema::GuestNetworkRoute>> {
        network::routes(&self.config.host)
    }

    fn guest_get_fsinfo(
        &self,
        _: &Call,
        _: commands::GuestGetFsinfo,
    ) -> Result<Vec<schema::GuestFilesystemInfo>> {
        filesystems::filesystems(&self.config.host)
    }

    fn guest_shutdown(&self, _: &Call, shutdown: commands::GuestShutdown) -> Result<()> {
        let mode = Mode::from_argument(shutdown.mode.as_deref())?;
        self.config.power.shut_down(mode)
    }
}
