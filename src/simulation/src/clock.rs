//! The one clock of a world. It stands still while anything happens and jumps to what is to happen next.

use cosell_proxy::clock::Clock;
use time::OffsetDateTime;
use time::macros::datetime;
use tokio::time::Instant;

/// When every world begins: a Monday morning.
const BEGINNING: OffsetDateTime = datetime!(2026-11-23 08:00 UTC);

/// Tells the time of the runtime whose clock is paused, from a beginning that is always the same.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WorldClock(Instant);

impl WorldClock {
    /// Begins now.
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    /// How long the world has been going on, in milliseconds.
    pub(crate) fn millis(self) -> u64 {
        u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Now.
    pub(crate) fn time(self) -> OffsetDateTime {
        BEGINNING + self.0.elapsed()
    }
}

impl Clock for WorldClock {
    fn now(&self) -> OffsetDateTime {
        self.time()
    }
}
