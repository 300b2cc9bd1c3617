//! Randomness that decides something, passed in, so that a test can repeat what happened. What only has to be unlike anything
//! else (names, nonces) is made where it is needed.

use std::fmt;

/// Rolls dice.
pub trait Chance: Send + Sync + fmt::Debug {
    /// A number from 0 to 1.
    fn fraction(&self) -> f64;
}

/// The randomness of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemChance;

impl Chance for SystemChance {
    /// Without randomness it is 1: the longest wait, which is harmless.
    fn fraction(&self) -> f64 {
        getrandom::u32().map_or(1.0, |random| f64::from(random) / f64::from(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::{Chance, SystemChance};

    #[test]
    fn a_fraction_is_between_0_and_1_and_not_always_the_same() {
        let rolled: Vec<f64> = std::iter::repeat_with(|| SystemChance.fraction()).take(8).collect();
        assert!(rolled.iter().all(|fraction| (0.0..=1.0).contains(fraction)), "{rolled:?}");
        assert!(rolled.windows(2).any(|pair| pair[0].to_bits() != pair[1].to_bits()), "{rolled:?}");
    }
}
