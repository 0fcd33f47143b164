//! Whole files to and from the guest, piece by piece.
//!
//! The agent reads at most 48 MiB at once and a message holds at most 64 MiB, so a file of any size
//! goes in pieces; small ones, so that neither side ever holds much. Knows no command line.

use crate::agent::{Client, commands};
use crate::failure::Failure;
use crate::guest::Guest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::io::{ErrorKind, Read, Write};

/// Bytes in a piece. Divisible by 3, so that base64 needs no padding.
const PIECE: usize = 192 * 1024;

/// Copies a file of the guest to `sink`, and tells its length in bytes.
pub(crate) fn fetch(guest: &Guest, path: &str, sink: &mut dyn Write) -> Result<u64, Failure> {
    with_file(guest, path, "r", |handle| {
        let mut length = 0;
        loop {
            let piece = read_piece(guest, handle)?;
            sink.write_all(&piece.bytes).map_err(Failure::Output)?;
            length += piece.bytes.len() as u64;
            if piece.last {
                return Ok(length);
            }
        }
    })
}

/// Copies `source`, called `name`, to a file of the guest, and tells its length in bytes.
pub(crate) fn store(
    guest: &Guest,
    path: &str,
    source: &mut dyn Read,
    name: &str,
) -> Result<u64, Failure> {
    with_file(guest, path, "w", |handle| {
        let mut piece = vec![0; PIECE];
        let mut length = 0;
        loop {
            let filled =
                fill(source, &mut piece).map_err(|error| Failure::Local(name.to_owned(), error))?;
            write_piece(guest, handle, &piece[..filled])?;
            length += filled as u64;
            if filled < PIECE {
                return Ok(length);
            }
        }
    })
}

/// Opens a file, hands it to `work`, and closes it whatever happens.
fn with_file<T>(
    guest: &Guest,
    path: &str,
    mode: &str,
    work: impl FnOnce(i64) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let open = commands::GuestFileOpen {
        mode: Some(mode.to_owned()),
        ..commands::GuestFileOpen::new(path)
    };
    let handle = guest.guest_file_open(open)?;
    let done = work(handle);
    // What went wrong first is what matters; but where all was well, closing can still find that
    // the last bytes did not reach the disk.
    let closed = guest.guest_file_close(commands::GuestFileClose::new(handle));
    let done = done?;
    closed?;
    Ok(done)
}

/// A piece of a file, and whether it is the last one.
struct Piece {
    bytes: Vec<u8>,
    last: bool,
}

fn read_piece(guest: &Guest, handle: i64) -> Result<Piece, Failure> {
    let read = commands::GuestFileRead {
        count: Some(PIECE as i64),
        ..commands::GuestFileRead::new(handle)
    };
    let piece = guest.guest_file_read(read)?;
    let bytes = decode("guest-file-read", &piece.buf_b64)?;
    match bytes.is_empty() && !piece.eof {
        // Asking again would ask for ever.
        true => {
            Err(Failure::Nonsense("guest-file-read", "no bytes, and no end of the file".to_owned()))
        }
        false => Ok(Piece { bytes, last: piece.eof }),
    }
}

/// Writes all of a piece, in as many goes as the agent likes.
fn write_piece(guest: &Guest, handle: i64, mut bytes: &[u8]) -> Result<(), Failure> {
    while !bytes.is_empty() {
        let write = commands::GuestFileWrite::new(handle, STANDARD.encode(bytes));
        let count = guest.guest_file_write(write)?.count;
        bytes = match usize::try_from(count) {
            Ok(written @ 1..) if written <= bytes.len() => &bytes[written..],
            _ => {
                let sent = bytes.len();
                let what = format!("{count} bytes written of {sent} that were sent");
                return Err(Failure::Nonsense("guest-file-write", what));
            }
        };
    }
    Ok(())
}

/// The bytes behind base64 that `command` answered.
pub(crate) fn decode(command: &'static str, text: &str) -> Result<Vec<u8>, Failure> {
    STANDARD.decode(text).map_err(|error| Failure::Nonsense(command, error.to_string()))
}

/// Reads until the piece is full or the source ends, and tells how much it was.
fn fill(source: &mut dyn Read, piece: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match source.read(&mut piece[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
