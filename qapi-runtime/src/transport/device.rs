//! Character devices, such as a virtio-serial port.
//!
//! A client's is opened once. A server's stays its place whatever happens at the other end: it is
//! opened again when it breaks, as a serial port does that is unplugged.

use super::Stream;
use super::threaded::{AtEnd, ReadAhead, WriteBehind};
use crate::lock::lock;
use std::fs::{File, OpenOptions};
use std::io::{self, IsTerminal, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// A client's device.
pub(super) fn connect(path: &Path) -> io::Result<Stream> {
    let device = open(path)?;
    let sink = Box::new(WriteBehind::start(device.try_clone()?)?);
    Ok(Stream { source: Box::new(ReadAhead::start(device, AtEnd::Close)?), sink })
}

/// A server's device; it must be there at the beginning.
pub(super) fn serve(path: &Path) -> io::Result<Stream> {
    let port = Port(Arc::new(Reopened { path: path.to_owned(), device: Mutex::default() }));
    port.0.device()?;
    let sink = Box::new(WriteBehind::start(port.clone())?);
    Ok(Stream { source: Box::new(ReadAhead::start(port, AtEnd::Poll)?), sink })
}

/// open(2)'s O_NOCTTY: a serial port must not become the terminal that sends us signals. Nothing on
/// architectures where Linux gives it another number.
const NO_TERMINAL_OF_OURS: i32 = if cfg!(all(
    target_os = "linux",
    not(any(target_arch = "mips", target_arch = "mips64", target_arch = "sparc64"))
)) {
    0o400
} else {
    0
};

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).custom_flags(NO_TERMINAL_OF_OURS).open(path)
}

/// A device for its reader and its writer.
#[derive(Clone)]
struct Port(Arc<Reopened>);

struct Reopened {
    path: PathBuf,
    /// Absent until it is opened again.
    device: Mutex<Option<Arc<Device>>>,
}

struct Device {
    file: File,
    /// A terminal that has hung up gives nothing but ends of input for ever.
    terminal: bool,
}

impl Reopened {
    fn device(&self) -> io::Result<Arc<Device>> {
        let mut device = lock(&self.device);
        if let Some(device) = &*device {
            return Ok(device.clone());
        }
        let file = open(&self.path)?;
        let terminal = file.is_terminal();
        Ok(device.insert(Arc::new(Device { file, terminal })).clone())
    }
}

impl Read for Port {
    /// A broken device is an end of input; the reader comes again after a while.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Ok(device) = self.0.device() else { return Ok(0) };
        match (&device.file).read(buffer) {
            Ok(0) if !device.terminal => Ok(0),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Ok(0) | Err(_) => {
                *lock(&self.0.device) = None;
                Ok(0)
            }
            read => read,
        }
    }
}

impl Write for Port {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        (&self.0.device()?.file).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
