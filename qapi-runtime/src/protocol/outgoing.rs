//! What a client sends: requests, with ids that no other client's replies carry.

use super::handshake::SENTINEL;
use super::lane::Lane;
use crate::Writer;

/// A request on its way.
pub(super) struct Request<'a> {
    pub(super) command: &'a str,
    /// The text of the arguments, an object.
    pub(super) arguments: &'a [u8],
    pub(super) lane: Lane,
    pub(super) id: Option<&'a str>,
}

impl Request<'_> {
    /// Appends the request as one line.
    pub(super) fn write(&self, output: &mut Vec<u8>) {
        let mut writer = Writer::new();
        writer.begin_object();
        writer.key(self.lane.verb());
        writer.string(self.command);
        if self.arguments != b"{}" {
            writer.key("arguments");
            writer.raw(self.arguments);
        }
        if let Some(id) = self.id {
            writer.key("id");
            writer.string(id);
        }
        writer.end_object();
        output.extend_from_slice(&writer.into_bytes());
        output.push(b'\n');
    }

    /// The same behind the byte that makes a server forget half a request.
    pub(super) fn write_delimited(&self, output: &mut Vec<u8>) {
        output.push(SENTINEL);
        self.write(output);
    }
}

/// Numbers and ids that a client has not used before, and that other clients are unlikely to have
/// used on the same serial port. All follow from a seed, so tests know them.
#[derive(Clone, Debug)]
pub(super) struct Names {
    prefix: String,
    requests: u64,
    next_sync: i64,
}

/// Sync numbers lie between 1 and 2^53 - 1: some peers read them as unsigned, some as doubles, and
/// for some zero is no answer.
const LARGEST_SYNC: u64 = (1 << 53) - 1;

impl Names {
    pub(super) fn new(seed: u64) -> Self {
        // Below 2^53, so the conversion keeps the number.
        let next_sync = (seed % LARGEST_SYNC).max(1) as i64;
        Names { prefix: format!("{seed:x}"), requests: 0, next_sync }
    }

    pub(super) fn id(&mut self) -> String {
        self.requests += 1;
        format!("{}-{}", self.prefix, self.requests)
    }

    pub(super) fn sync(&mut self) -> i64 {
        let number = self.next_sync;
        self.next_sync = if number as u64 == LARGEST_SYNC { 1 } else { number + 1 };
        number
    }
}
