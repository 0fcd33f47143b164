//! Who is logged in, from the login records in /run/utmp.
//!
//! The file is an array of C structures, each with fixed places for its members; utmp(5). A record
//! that is cut short is left out.

use crate::host::Host;
use crate::schema::GuestUser;
use std::collections::BTreeMap;

const UTMP: &str = "/run/utmp";

/// Where the members of a record are, in bytes. They depend on whether the C library keeps the
/// structure of 32-bit systems on 64-bit ones, which it does nearly everywhere.
struct Layout {
    size: usize,
    seconds: usize,
    wide: bool,
}

const COMPATIBLE: Layout = Layout { size: 384, seconds: 340, wide: false };
const NATIVE: Layout = Layout { size: 400, seconds: 344, wide: true };
const LAYOUT: Layout = if cfg!(target_arch = "aarch64") { NATIVE } else { COMPATIBLE };

/// `ut_type` of somebody who is logged in.
const USER_PROCESS: i16 = 7;
const USER: std::ops::Range<usize> = 44..76;

/// Each account that is logged in, with its first login. Nobody, if there are no records: systems
/// without them are common.
pub fn users(host: &Host) -> Vec<GuestUser> {
    let records = host.read(UTMP).unwrap_or_default();
    let mut first = BTreeMap::new();
    for (user, login) in records.chunks_exact(LAYOUT.size).filter_map(login) {
        let earliest = first.entry(user).or_insert(login);
        *earliest = login.min(*earliest);
    }
    first
        .into_iter()
        .map(|(user, login)| GuestUser { user, login_time: login, domain: None })
        .collect()
}

/// Account and login time of a record; `None` if it is of another kind.
fn login(record: &[u8]) -> Option<(String, f64)> {
    let kind = i16::from_ne_bytes(record.first_chunk().copied()?);
    if kind != USER_PROCESS {
        return None;
    }
    let user = record.get(USER)?.split(|&byte| byte == 0).next()?;
    let (seconds, microseconds) = time(record.get(LAYOUT.seconds..)?)?;
    let login = seconds as f64 + microseconds as f64 / 1e6;
    Some((String::from_utf8_lossy(user).into_owned(), login))
}

/// A `timeval`.
fn time(bytes: &[u8]) -> Option<(i64, i64)> {
    if LAYOUT.wide {
        let (seconds, rest) = bytes.split_first_chunk()?;
        Some((i64::from_ne_bytes(*seconds), i64::from_ne_bytes(*rest.first_chunk()?)))
    } else {
        let (seconds, rest) = bytes.split_first_chunk()?;
        // Unsigned, which is how the C library means to get past 2038.
        let seconds = u32::from_ne_bytes(*seconds);
        Some((seconds.into(), i32::from_ne_bytes(*rest.first_chunk()?).into()))
    }
}
