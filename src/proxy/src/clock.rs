//! The time, passed in, so that a test can say what time it is.

use std::fmt;

use time::OffsetDateTime;

/// Tells the time.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Now, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// A clock for tests that stands still until it is set.
#[cfg(test)]
#[derive(Debug)]
pub(crate) struct StillClock(std::sync::Mutex<OffsetDateTime>);

#[cfg(test)]
impl StillClock {
    pub(crate) fn at(now: OffsetDateTime) -> Self {
        Self(std::sync::Mutex::new(now))
    }

    pub(crate) fn set(&self, now: OffsetDateTime) {
        *self.0.lock().unwrap() = now;
    }
}

#[cfg(test)]
impl Clock for StillClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap()
    }
}
