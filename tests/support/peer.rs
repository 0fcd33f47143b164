//! Real servers and tools: found, started, and stopped when the test ends however it ends.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Where a program is, or `None`, said on stderr. Under `QAPI_PEERS=required` absence fails.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    if found.is_none() {
        assert!(!crate::data::required(), "{name} is not installed");
        eprintln!("skipped: {name} is not installed");
    }
    found
}

/// A server on a unix socket in a folder of its own; killed and swept away on drop.
pub struct Peer {
    child: Child,
    folder: tempfile::TempDir,
}

impl Peer {
    /// Starts Debian's guest agent.
    pub fn qemu_ga() -> Option<Peer> {
        let program = program("qemu-ga")?;
        Some(Peer::start(|folder, socket| {
            let mut command = Command::new(program);
            command.args(["-m", "unix-listen", "-p"]).arg(socket).arg("-t").arg(folder);
            command
        }))
    }

    /// Starts a QEMU of Debian's with a small machine that does not run, and some of everything that
    /// commands ask about.
    pub fn qemu() -> Option<Peer> {
        let program = program("qemu-system-x86_64")?;
        Some(Peer::start(|folder, socket| {
            let mut command = Command::new(program);
            let disk = "driver=null-co,node-name=disk,size=1048576";
            let filter = "driver=throttle,node-name=slow,file=disk,throttle-group=limit";
            let chardev = format!("file,id=log,path={}", folder.join("log").display());
            command.args(["-machine", "q35,accel=tcg", "-nodefaults", "-display", "none", "-S"]);
            command.args(["-smp", "2,maxcpus=4", "-m", "64,slots=2,maxmem=256M"]);
            command.args(["-object", "throttle-group,id=limit", "-blockdev", disk]);
            command.args(["-blockdev", filter, "-device", "virtio-blk-pci,drive=slow,id=vd"]);
            command.args([
                "-object",
                "iothread,id=io",
                "-object",
                "memory-backend-ram,id=ram,size=64M",
            ]);
            command.args(["-numa", "node,memdev=ram", "-device", "virtio-balloon-pci"]);
            command.args(["-device", "virtio-serial-pci", "-chardev", &chardev]);
            command.args(["-device", "virtconsole,chardev=log", "-device", "virtio-rng-pci"]);
            command.args(["-device", "pcie-root-port,id=root1,chassis=1", "-device", "usb-ehci"]);
            command.args(["-audiodev", "none,id=sound", "-vnc", "none", "-device", "VGA"]);
            command.args(["-device", "virtio-net-pci,id=net", "-netdev", "user,id=slirp"]);
            command.arg("-qmp").arg(format!("unix:{},server=on,wait=off", socket.display()));
            command
        }))
    }

    /// Starts our agent, the program at `program`, with further options.
    pub fn agent(program: &Path, options: &[&str]) -> Peer {
        Peer::start(|_, socket| {
            let mut command = Command::new(program);
            command.arg("--listen").arg(format!("unix:{}", socket.display())).args(options);
            command
        })
    }

    fn start(command: impl FnOnce(&Path, &Path) -> Command) -> Peer {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let socket = folder.path().join("socket");
        let child = command(folder.path(), &socket)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a program that was found can be started");
        let peer = Peer { child, folder };
        peer.wait_for_socket();
        peer
    }

    fn wait_for_socket(&self) {
        // A real process on a real file system: there is no event to wait for, so look, with an end.
        let end = Instant::now() + Duration::from_secs(10);
        while !self.socket().exists() {
            assert!(Instant::now() < end, "the server made no socket within ten seconds");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The socket's path.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// The socket as an ADDR of the command line.
    pub fn address(&self) -> String {
        format!("unix:{}", self.socket().display())
    }

    /// A folder that goes with the server.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The server's process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until the server has ended by itself.
    pub fn wait(&mut self) -> std::process::ExitStatus {
        self.child.wait().expect("a child can be waited for")
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // SIGKILL: a frozen qemu-ga ignores SIGTERM.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
