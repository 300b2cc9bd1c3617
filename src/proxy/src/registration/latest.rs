//! What was found last. Two looks may end in another order than they began in: one that began before a registration was made must not
//! have the last word after it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Status;

/// What the look found that began last, of those that ended.
#[derive(Debug, Default)]
pub(super) struct Latest {
    begun: AtomicU64,
    kept: Mutex<Option<(Look, Status)>>,
}

/// A look that has begun: a later one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look(u64);

impl Latest {
    /// A look begins.
    pub(super) fn begin(&self) -> Look {
        Look(self.begun.fetch_add(1, Ordering::Relaxed))
    }

    /// It has found this. Gives what was found last, which may be another look's.
    pub(super) fn keep(&self, look: Look, found: Status) -> Status {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((latest, newer)) if *latest > look => newer.clone(),
            _ => kept.insert((look, found)).1.clone(),
        }
    }

    /// What was found last.
    pub(super) fn get(&self) -> Option<Status> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map(|(_, found)| found.clone())
    }
}
