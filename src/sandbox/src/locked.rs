//! A mutex that a panicking test or request cannot poison: the state behind it is replaced whole or not at all.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// State shared by the requests of one service. Locked for the length of a computation, never across an `await`.
#[derive(Debug, Default)]
pub(crate) struct Locked<T>(Mutex<T>);

impl<T> Locked<T> {
    /// Wraps a state.
    pub(crate) fn new(state: T) -> Self {
        Self(Mutex::new(state))
    }

    /// Waits for the lock.
    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
