//! A compiled time zone, RFC 8536: which offset holds from when on.
//!
//! In: the bytes of a file such as /etc/localtime. Out: the local time at a moment. A file that
//! does not add up is refused as a whole; half a table would give wrong answers.

use super::posix_tz::Rule;
use super::timezone::LocalTime;

/// A zone: the changes that the file lists, and the rule that holds after them.
pub(super) struct Zone {
    /// From which second on which local time holds, in order.
    changes: Vec<(i64, usize)>,
    times: Vec<LocalTime>,
    rule: Option<Rule>,
}

impl Zone {
    /// Reads a whole file; `None` if it is no zone.
    pub(super) fn parse(file: &[u8]) -> Option<Zone> {
        let (header, rest) = Header::read(file)?;
        if header.version == 0 {
            return header.zone::<4>(rest);
        }
        // The first table is for programs from before version 2; the second one has 64 bits.
        let (header, rest) = Header::read(rest.get(header.length::<4>()..)?)?;
        let rule = footer(rest.get(header.length::<8>()..)?);
        Some(Zone { rule, ..header.zone::<8>(rest)? })
    }

    /// The local time at some second since the epoch.
    pub(super) fn at(&self, now: i64) -> Option<LocalTime> {
        let passed = self.changes.partition_point(|&(from, _)| from <= now);
        if let (Some(rule), true) = (&self.rule, passed == self.changes.len()) {
            return Some(rule.at(now));
        }
        // RFC 8536, 3.2: before the first change the first local time holds.
        let index = passed.checked_sub(1).map_or(0, |last| self.changes[last].1);
        self.times.get(index).cloned()
    }
}

/// Between two line ends behind the tables; empty if nothing is known of later times.
fn footer(bytes: &[u8]) -> Option<Rule> {
    let text = bytes.strip_prefix(b"\n")?.split(|&byte| byte == b'\n').next()?;
    Rule::parse(std::str::from_utf8(text).ok()?)
}

/// The sizes of the tables that follow it.
struct Header {
    version: u8,
    flags: usize,
    leaps: usize,
    changes: usize,
    times: usize,
    letters: usize,
}

impl Header {
    /// A header and what follows it.
    fn read(bytes: &[u8]) -> Option<(Header, &[u8])> {
        let (head, rest) = bytes.split_at_checked(44)?;
        if !head.starts_with(b"TZif") {
            return None;
        }
        let count = |index: usize| {
            let bytes = head.get(20 + 4 * index..)?.first_chunk()?;
            usize::try_from(u32::from_be_bytes(*bytes)).ok()
        };
        let header = Header {
            version: head[4],
            flags: count(0)?.checked_add(count(1)?)?,
            leaps: count(2)?,
            changes: count(3)?,
            times: count(4)?,
            letters: count(5)?,
        };
        Some((header, rest))
    }

    /// Bytes of the tables, with times of WIDTH bytes.
    fn length<const WIDTH: usize>(&self) -> usize {
        let parts = [
            self.changes.saturating_mul(WIDTH + 1),
            self.times.saturating_mul(6),
            self.letters,
            self.leaps.saturating_mul(WIDTH + 4),
            self.flags,
        ];
        parts.into_iter().fold(0, usize::saturating_add)
    }

    /// Reads the tables, with times of WIDTH bytes.
    fn zone<const WIDTH: usize>(&self, bytes: &[u8]) -> Option<Zone> {
        let (from, rest) = bytes.split_at_checked(self.changes.checked_mul(WIDTH)?)?;
        let (which, rest) = rest.split_at_checked(self.changes)?;
        let (times, rest) = rest.split_at_checked(self.times.checked_mul(6)?)?;
        let letters = rest.get(..self.letters)?;
        let changes = from.chunks_exact(WIDTH).map(signed).zip(which.iter().map(|&i| i.into()));
        let times = times.chunks_exact(6).map(|time| local_time(time, letters));
        Some(Zone { changes: changes.collect(), times: times.collect::<Option<_>>()?, rule: None })
    }
}

/// Four bytes of offset, one whether it is summer time, one where the abbreviation starts.
fn local_time(bytes: &[u8], letters: &[u8]) -> Option<LocalTime> {
    let (offset, rest) = bytes.split_at_checked(4)?;
    let zone = letters.get(usize::from(*rest.get(1)?)..)?.split(|&byte| byte == 0).next()?;
    Some(LocalTime { offset: signed(offset), zone: String::from_utf8_lossy(zone).into_owned() })
}

/// A signed number of up to eight bytes, the highest first.
fn signed(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
    bytes.iter().fold(sign, |number, &byte| number << 8 | i64::from(byte))
}
