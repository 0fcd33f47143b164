//! Reading and writing without waiting: what can be had now is had, the rest is left for next time.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};

/// What was read.
pub(super) struct Piece {
    pub(super) bytes: Vec<u8>,
    /// Whether the end of the file was met: not before a read gave nothing.
    pub(super) eof: bool,
}

/// Reads up to `limit` bytes. An error after the first byte is left for the next read to meet, so
/// that nothing is lost.
pub(super) fn read(file: &File, limit: usize) -> io::Result<Piece> {
    let mut bytes = Vec::new();
    match file.take(limit as u64).read_to_end(&mut bytes) {
        Err(error) if bytes.is_empty() => Err(error),
        Err(_) => Ok(Piece { bytes, eof: false }),
        Ok(_) => Ok(Piece { eof: bytes.len() < limit, bytes }),
    }
}

/// Writes as much as the system takes, and says how much that was. An error after the first byte is
/// left for the next write to meet, so that the client knows what is written.
pub(super) fn write(mut file: &File, bytes: &[u8]) -> io::Result<usize> {
    let mut written = 0;
    while written < bytes.len() {
        match file.write(&bytes[written..]) {
            Ok(0) => break,
            Ok(count) => written += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if written == 0 => return Err(error),
            Err(_) => break,
        }
    }
    Ok(written)
}
