//! Locks that outlive a panic, and deadlines. A handler's panic is caught and answered, so data
//! behind a lock that was held meanwhile must stay in use.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits for a signal; at most until the deadline, where there is one.
pub(crate) fn wait<'a, T>(
    signal: &Condvar,
    guard: MutexGuard<'a, T>,
    deadline: Option<Instant>,
) -> MutexGuard<'a, T> {
    match deadline {
        None => signal.wait(guard).unwrap_or_else(PoisonError::into_inner),
        Some(deadline) => {
            let timeout = left(deadline);
            signal.wait_timeout(guard, timeout).unwrap_or_else(PoisonError::into_inner).0
        }
    }
}

/// The time left until a deadline; nothing if it has passed.
pub(crate) fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// A time from now; "never" is a year.
pub(crate) fn deadline_after(timeout: Duration) -> Instant {
    const NEVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);
    Instant::now() + timeout.min(NEVER)
}
