//! Everything that happens by chance in a world comes from here, and here from the seed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use cosell_proxy::chance::Chance;
use uuid::Uuid;

/// Dice that always fall the same way for the same seed.
#[derive(Debug)]
pub(crate) struct Dice(Mutex<fastrand::Rng>);

impl Dice {
    /// Dice of their own for one purpose: what is rolled for another does not change them.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        // The numbers of neighbouring seeds must not resemble each other.
        Self(Mutex::new(fastrand::Rng::with_seed(
            seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ purpose.wrapping_mul(0xD1B5_4A32_D192_ED03),
        )))
    }

    fn roll<T>(&self, with: impl FnOnce(&mut fastrand::Rng) -> T) -> T {
        with(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// True with this probability, 0 to 1.
    pub(crate) fn happens(&self, probability: f64) -> bool {
        self.roll(fastrand::Rng::f64) < probability
    }

    /// A number below this one; 0 below 0.
    pub(crate) fn below(&self, end: u64) -> u64 {
        if end == 0 { 0 } else { self.roll(|rng| rng.u64(0..end)) }
    }

    /// A time between these, in milliseconds.
    pub(crate) fn between(&self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least + self.below(most.saturating_sub(least) + 1))
    }

    /// One of these; `None` of none.
    pub(crate) fn pick<'a, T>(&self, of: &'a [T]) -> Option<&'a T> {
        of.get(usize::try_from(self.below(u64::try_from(of.len()).unwrap_or(0))).unwrap_or(0))
    }

    /// An id that was not there before.
    pub(crate) fn id(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.roll(|rng| rng.fill(&mut bytes));
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }
}

impl Chance for Dice {
    fn fraction(&self) -> f64 {
        self.roll(fastrand::Rng::f64)
    }
}
