//! What happened, line by line: two runs of one seed are the same if and only if these are.

use std::hash::{DefaultHasher, Hasher};
use std::sync::{Mutex, PoisonError};

use crate::clock::WorldClock;

/// How many lines are shown of a world that went wrong.
const TAIL: usize = 150;

/// The longest line.
const LENGTH: usize = 600;

/// The lines so far.
#[derive(Debug)]
pub(crate) struct Trace {
    clock: WorldClock,
    lines: Mutex<Vec<String>>,
}

impl Trace {
    /// An empty one.
    pub(crate) fn new(clock: WorldClock) -> Self {
        Self { clock, lines: Mutex::default() }
    }

    /// Notes what happens now.
    pub(crate) fn note(&self, line: impl AsRef<str>) {
        let millis = self.clock.millis();
        let (minutes, seconds, rest) = (millis / 60_000, millis / 1_000 % 60, millis % 1_000);
        let line = format!("{minutes:>4}:{seconds:02}.{rest:03} {}", line.as_ref());
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line.chars().take(LENGTH).collect());
    }

    /// A number that stands for all lines.
    pub(crate) fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for line in self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            hasher.write(line.as_bytes());
        }
        hasher.finish()
    }

    /// The last lines.
    pub(crate) fn tail(&self) -> Vec<String> {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().skip(lines.len().saturating_sub(TAIL)).cloned().collect()
    }
}
