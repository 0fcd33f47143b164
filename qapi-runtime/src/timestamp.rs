//! When an event happened, as the sender's clock says.

use crate::{Kinds, Members, ReadError, Wire, Writer};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// `{"seconds": …, "microseconds": …}` since 1970 (UTC). Both are -1 where the sender's clock
/// failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Whole seconds.
    pub seconds: i64,
    /// The rest, below a million.
    pub microseconds: i64,
}

impl Timestamp {
    /// What QEMU sends when its clock fails.
    pub const UNKNOWN: Timestamp = Timestamp { seconds: -1, microseconds: -1 };

    /// The time, for the system's own; `None` where it is unknown or none.
    pub fn system_time(self) -> Option<SystemTime> {
        let seconds = u64::try_from(self.seconds).ok()?;
        let microseconds =
            u32::try_from(self.microseconds).ok().filter(|&micros| micros < 1_000_000)?;
        UNIX_EPOCH.checked_add(Duration::new(seconds, microseconds * 1000))
    }

    /// The system's clock.
    pub fn now() -> Self {
        SystemTime::now().into()
    }
}

/// Seconds since 1970 (UTC), or that they are unknown.
///
/// ```
/// use qapi_runtime::Timestamp;
///
/// let timestamp = Timestamp { seconds: 1_713_771_323, microseconds: 212 };
/// assert_eq!(timestamp.to_string(), "1713771323.000212");
/// assert_eq!(Timestamp::UNKNOWN.to_string(), "unknown");
/// ```
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Timestamp::UNKNOWN => f.write_str("unknown"),
            Timestamp { seconds, microseconds } => write!(f, "{seconds}.{microseconds:06}"),
        }
    }
}

impl From<SystemTime> for Timestamp {
    /// A time before 1970 is unknown.
    fn from(time: SystemTime) -> Self {
        let Ok(since) = time.duration_since(UNIX_EPOCH) else { return Timestamp::UNKNOWN };
        let microseconds = i64::from(since.subsec_micros());
        i64::try_from(since.as_secs())
            .map_or(Timestamp::UNKNOWN, |seconds| Timestamp { seconds, microseconds })
    }
}

impl Wire for Timestamp {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        Ok(Timestamp {
            seconds: members.mandatory("seconds")?,
            microseconds: members.mandatory("microseconds")?,
        })
    }

    fn write_members(&self, writer: &mut Writer) {
        writer.member("seconds", &self.seconds);
        writer.member("microseconds", &self.microseconds);
    }
}
