//! The guest's clock, for guest-get-time.

use std::time::{SystemTime, UNIX_EPOCH};

/// Nanoseconds from the epoch to `now`, negative before it. What does not fit, from the year 2262
/// on, is cut off at the largest number.
pub fn time(now: SystemTime) -> i64 {
    let nanoseconds =
        |duration: std::time::Duration| i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX);
    match now.duration_since(UNIX_EPOCH) {
        Ok(after) => nanoseconds(after),
        Err(before) => -nanoseconds(before.duration()),
    }
}
