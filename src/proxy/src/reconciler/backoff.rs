//! How long to wait before looking again: exponential with jitter, unless the other side said how long.

use std::time::Duration;

/// The wait after `attempts` failures in a row: doubled each time up to `cap`; between half of that and all of it, as
/// `jitter` (0 to 1) says, so that opportunities that failed together do not come back together.
pub(crate) fn wait(attempts: u32, base: Duration, cap: Duration, jitter: f64) -> Duration {
    let doubled = base.saturating_mul(2_u32.saturating_pow(attempts.min(30)));
    let whole = doubled.min(cap);
    whole.div_f64(2.0) + whole.div_f64(2.0).mul_f64(jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_the_cap_and_never_falls_below_half() {
        let (base, cap) = (Duration::from_secs(5), Duration::from_hours(1));
        let cases = [(0, 5.0), (1, 10.0), (2, 20.0), (9, 2560.0), (10, 3600.0), (1000, 3600.0)];
        for (attempts, whole) in cases {
            assert_eq!(wait(attempts, base, cap, 1.0), Duration::from_secs_f64(whole), "{attempts}");
            assert_eq!(wait(attempts, base, cap, 0.0), Duration::from_secs_f64(whole / 2.0), "{attempts}");
        }
    }
}
