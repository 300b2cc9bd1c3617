//! The test events that a partner asks for: no more than two a minute, and remembered for seven days (Microsoft Learn,
//! "Partner Center webhooks"). What became of one is in the queue.

use time::{Duration, OffsetDateTime};

/// So many may be asked for within [`WINDOW`].
const MOST: usize = 2;
const WINDOW: Duration = Duration::MINUTE;
/// How long the status of one can be read.
const KEPT: Duration = Duration::days(7);

struct Trial {
    correlation: String,
    callback: String,
    started: OffsetDateTime,
}

/// All that were asked for, oldest first.
#[derive(Default)]
pub(super) struct Trials(Vec<Trial>);

impl Trials {
    /// Notes a new one. Fails with the number of seconds to wait when there were too many.
    pub(super) fn start(&mut self, correlation: &str, callback: String, now: OffsetDateTime) -> Result<(), i64> {
        let free = self.0.iter().rev().nth(MOST - 1).map(|trial| trial.started.saturating_add(WINDOW));
        match free {
            Some(free) if now < free => Err((free - now).whole_seconds().max(1)),
            _ => {
                self.0.push(Trial { correlation: correlation.to_owned(), callback, started: now });
                Ok(())
            }
        }
    }

    /// The address that one was sent to, while it is remembered.
    pub(super) fn callback(&self, correlation: &str, now: OffsetDateTime) -> Option<&str> {
        let trial = self.0.iter().find(|trial| trial.correlation.eq_ignore_ascii_case(correlation))?;
        (now < trial.started.saturating_add(KEPT)).then_some(trial.callback.as_str())
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::Trials;
    use crate::clock::test::START;

    #[test]
    fn a_third_within_a_minute_is_told_how_long_to_wait() {
        let mut trials = Trials::default();
        let cases = [(0, Ok(())), (20, Ok(())), (21, Err(39)), (59, Err(1)), (60, Ok(())), (61, Err(19)), (80, Ok(()))];
        for (second, expected) in cases {
            let now = START + Duration::seconds(second);
            assert_eq!(trials.start("id", String::new(), now), expected, "after {second} s");
        }
    }

    #[test]
    fn its_status_is_kept_for_seven_days() {
        let mut trials = Trials::default();
        assert_eq!(trials.start("04AF", "https://proxy.example/".to_owned(), START), Ok(()));
        let later = START + Duration::days(7);
        assert_eq!(trials.callback("04af", later - Duration::SECOND), Some("https://proxy.example/"));
        assert_eq!(trials.callback("04af", later), None);
        assert_eq!(trials.callback("other", START), None);
    }
}
