//! Load averages, from /proc/loadavg.

use crate::failure::failed;
use crate::host::Host;
use crate::schema::GuestLoadAverage;
use qapi_runtime::{Error, Result};

const LOADAVG: &str = "/proc/loadavg";

/// The kernel's averages over one, five and fifteen minutes.
pub fn load(host: &Host) -> Result<GuestLoadAverage> {
    let text = host
        .text(LOADAVG)
        .map_err(|error| failed(&format!("failed to read file '{LOADAVG}'"), &error))?;
    parse(&text).ok_or_else(|| Error::generic(format!("failed to parse file '{LOADAVG}'")))
}

/// `0.31 0.18 0.12 2/245 10217`.
fn parse(text: &str) -> Option<GuestLoadAverage> {
    let mut numbers = text.split_whitespace().map(str::parse);
    let mut next = || numbers.next()?.ok().filter(|load: &f64| load.is_finite());
    Some(GuestLoadAverage { load1m: next()?, load5m: next()?, load15m: next()? })
}
