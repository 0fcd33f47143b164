//! The guest's time zone: its abbreviation and offset at some moment.
//!
//! The zone is what the C library would take: the variable TZ if it is set, else /etc/localtime.
//! `tzif` reads the file, `posix_tz` the rules that it ends with.

use super::posix_tz::Rule;
use super::tzif;
use crate::host::Host;
use crate::schema::GuestTimezone;

const LOCALTIME: &str = "/etc/localtime";
const ZONES: &str = "/usr/share/zoneinfo";

/// What a zone says at some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LocalTime {
    /// Seconds east of UTC.
    pub(super) offset: i64,
    /// The abbreviation, such as "CET".
    pub(super) zone: String,
}

/// The zone at `now`, in seconds since the epoch; `variable` is the value of TZ. A guest without a
/// readable zone runs on UTC, as in the C library.
pub fn timezone(host: &Host, variable: Option<&str>, now: i64) -> GuestTimezone {
    let local = match variable.map(|name| name.strip_prefix(':').unwrap_or(name)) {
        None => file(host, LOCALTIME, now),
        Some(name) if name.starts_with('/') => file(host, name, now),
        Some(name) => named(host, name, now).or_else(|| Some(Rule::parse(name)?.at(now))),
    };
    let local = local.unwrap_or(LocalTime { offset: 0, zone: "UTC".to_owned() });
    GuestTimezone { zone: Some(local.zone), offset: local.offset }
}

/// A zone by a name such as `Europe/Berlin`.
fn named(host: &Host, name: &str, now: i64) -> Option<LocalTime> {
    file(host, &format!("{ZONES}/{name}"), now)
}

fn file(host: &Host, path: &str, now: i64) -> Option<LocalTime> {
    tzif::Zone::parse(&host.read(path).ok()?)?.at(now)
}
