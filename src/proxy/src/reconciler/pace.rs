//! How often the org is asked for changes, so that its calls last the day. Pure.

use std::time::Duration;

use crate::salesforce::Usage;

/// Salesforce counts the calls of the last 24 hours.
const WINDOW: Duration = Duration::from_hours(24);

/// The wait before the next call: `usual` until half of the org's calls are used; then such that half of what remains would last
/// for 24 hours, which leaves the other half to the work itself and to whoever else uses the API. Never longer than `longest`,
/// unless the usual one is.
pub(super) fn wait(usage: Option<Usage>, usual: Duration, longest: Duration) -> Duration {
    let Some(Usage { used, allowed }) = usage else { return usual };
    if used.saturating_mul(2) < allowed {
        return usual;
    }
    let share = u32::try_from(allowed.saturating_sub(used) / 2).unwrap_or(u32::MAX);
    let stretched = WINDOW.checked_div(share).unwrap_or(Duration::MAX);
    stretched.min(longest).max(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_when_the_days_calls_run_out() {
        // Used, allowed, seconds to wait.
        let cases = [
            (Some((0, 15_000)), 5.0),
            (Some((7_499, 15_000)), 5.0),
            (Some((7_500, 15_000)), 23.04),
            (Some((12_000, 15_000)), 57.6),
            (Some((14_712, 15_000)), 300.0),
            (Some((14_999, 15_000)), 300.0),
            (Some((15_000, 15_000)), 300.0),
            (Some((16_000, 15_000)), 300.0),
            // A large org need not slow down before its calls are nearly used up.
            (Some((60_000, 100_000)), 5.0),
            (Some((95_000, 100_000)), 34.56),
            (Some((u64::MAX, u64::MAX)), 300.0),
            (Some((0, 0)), 300.0),
            (None, 5.0),
        ];
        let (usual, longest) = (Duration::from_secs(5), Duration::from_mins(5));
        for (usage, seconds) in cases {
            let usage = usage.map(|(used, allowed)| Usage { used, allowed });
            assert_eq!(wait(usage, usual, longest), Duration::from_secs_f64(seconds), "{usage:?}");
        }
        let patient = Duration::from_mins(10);
        assert_eq!(wait(Some(Usage { used: 1, allowed: 1 }), patient, longest), patient, "never sooner than usual");
    }
}
