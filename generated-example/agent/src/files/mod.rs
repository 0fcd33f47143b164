//! Files that clients have open: a bounded table of handles.
//!
//! In: the arguments of the guest-file commands. Out: what they return. Nothing here waits for ever:
//! files are opened without blocking, so that a pipe without a partner answers at once. Nothing is
//! buffered either: what was written is with the system, so flushing and closing have nothing to do
//! that could fail.

mod mode;
mod transfer;

use crate::base64;
use crate::failure::failed;
use crate::schema::{GuestFileRead, GuestFileSeek, GuestFileWhence, GuestFileWrite, QGASeek};
use qapi_runtime::{Error, Result};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The most files open at once. Each is a descriptor of the agent, of which it may have 1024.
pub const MOST_FILES: usize = 256;
/// What guest-file-read reads if not told how much.
pub const DEFAULT_READ: i64 = 4096;
/// The most that guest-file-read reads: 48 MiB, which is 64 MiB of base64.
pub const LARGEST_READ: i64 = 48 << 20;

/// All open files.
#[derive(Debug)]
pub struct Files {
    table: Mutex<Table>,
}

#[derive(Debug)]
struct Table {
    open: BTreeMap<i64, Arc<File>>,
    next: i64,
}

impl Files {
    /// No files; the first one will have the handle `first`. Give every run of the agent another
    /// number, so that a client that was there before does not meet a file that is not its own.
    pub fn starting_at(first: i64) -> Self {
        Files { table: Mutex::new(Table { open: BTreeMap::new(), next: first }) }
    }

    /// guest-file-open.
    pub fn open(&self, path: &str, mode: Option<&str>) -> Result<i64> {
        let mode = mode.unwrap_or("r");
        let options = mode::options(mode)
            .ok_or_else(|| Error::generic(format!("invalid file open mode '{mode}'")))?;
        // Looked at once and not again: opening can take a while, and others shall not wait for it.
        // So every session that opens at the same time may go one beyond the bound.
        if self.table().open.len() >= MOST_FILES {
            return Err(Error::generic(format!("{MOST_FILES} files are open already")));
        }
        let file = options.open(path).map_err(|error| {
            failed(&format!("failed to open file '{path}' (mode: '{mode}')"), &error)
        })?;
        Ok(self.table().insert(file))
    }

    /// guest-file-close.
    pub fn close(&self, handle: i64) -> Result<()> {
        self.table().open.remove(&handle).map(drop).ok_or_else(|| unknown(handle))
    }

    /// guest-file-read.
    pub fn read(&self, handle: i64, count: Option<i64>) -> Result<GuestFileRead> {
        let file = self.get(handle)?;
        let count = count.unwrap_or(DEFAULT_READ);
        let limit = in_range(count, LARGEST_READ)?;
        let piece =
            transfer::read(&file, limit).map_err(|error| failed("failed to read file", &error))?;
        Ok(GuestFileRead {
            count: piece.bytes.len() as i64,
            buf_b64: base64::encode(&piece.bytes),
            eof: piece.eof,
        })
    }

    /// guest-file-write.
    pub fn write(&self, handle: i64, buf_b64: &str, count: Option<i64>) -> Result<GuestFileWrite> {
        let file = self.get(handle)?;
        let bytes = base64::decode(buf_b64)?;
        let all = bytes.len() as i64;
        let wanted = in_range(count.unwrap_or(all), all)?;
        let written = transfer::write(&file, &bytes[..wanted])
            .map_err(|error| failed("failed to write to file", &error))?;
        Ok(GuestFileWrite { count: written as i64, eof: false })
    }

    /// guest-file-seek.
    pub fn seek(
        &self,
        handle: i64,
        offset: i64,
        whence: &GuestFileWhence,
    ) -> Result<GuestFileSeek> {
        let file = self.get(handle)?;
        let position = (&*file)
            .seek(position(offset, whence)?)
            .map_err(|error| failed("failed to seek file", &error))?;
        Ok(GuestFileSeek { position: position as i64, eof: false })
    }

    /// guest-file-flush.
    pub fn flush(&self, handle: i64) -> Result<()> {
        let file = self.get(handle)?;
        (&*file).flush().map_err(|error| failed("failed to flush file", &error))
    }

    fn get(&self, handle: i64) -> Result<Arc<File>> {
        self.table().open.get(&handle).cloned().ok_or_else(|| unknown(handle))
    }

    /// The table is whole also after a panic: every change of it is one step.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn insert(&mut self, file: File) -> i64 {
        let handle = self.next;
        self.next += 1;
        self.open.insert(handle, Arc::new(file));
        handle
    }
}

fn unknown(handle: i64) -> Error {
    Error::generic(format!("handle '{handle}' has not been found"))
}

/// A count of bytes that is neither negative nor above `most`.
fn in_range(count: i64, most: i64) -> Result<usize> {
    let allowed = (0..=most).contains(&count);
    usize::try_from(count)
        .ok()
        .filter(|_| allowed)
        .ok_or_else(|| Error::generic(format!("value '{count}' is invalid for argument count")))
}

/// Where to go. A place before the start is what the system would refuse, in its words.
fn position(offset: i64, whence: &GuestFileWhence) -> Result<SeekFrom> {
    match whence {
        GuestFileWhence::Value(0) | GuestFileWhence::Name(QGASeek::Set) => u64::try_from(offset)
            .map(SeekFrom::Start)
            .map_err(|_| failed("failed to seek file", &Errno::INVAL.into())),
        GuestFileWhence::Value(1) | GuestFileWhence::Name(QGASeek::Cur) => {
            Ok(SeekFrom::Current(offset))
        }
        GuestFileWhence::Value(2) | GuestFileWhence::Name(QGASeek::End) => {
            Ok(SeekFrom::End(offset))
        }
        GuestFileWhence::Value(code) => Err(Error::generic(format!("invalid whence code {code}"))),
        // A server reads no other names.
        _ => Err(Error::generic("invalid whence")),
    }
}
