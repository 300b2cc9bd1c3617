//! The pause that Partner Center asks for: it is meant for the whole account, so nothing is called before it is over.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

use super::PartnerCenterError;

/// No pause is believed beyond this.
const LONGEST: Duration = Duration::from_hours(1);

#[derive(Debug, Default)]
pub(super) struct Gate(Mutex<Option<Pause>>);

#[derive(Clone, Copy, Debug)]
struct Pause {
    until: OffsetDateTime,
    throttled: bool,
}

impl Gate {
    /// Remembers the pause that an error asks for, if it does.
    pub(super) fn note(&self, error: &PartnerCenterError, now: OffsetDateTime) {
        let (after, throttled) = match error {
            PartnerCenterError::Throttled { after: Some(after) } => (*after, true),
            PartnerCenterError::Unavailable { after: Some(after), .. }
            | PartnerCenterError::Unclear { after: Some(after), .. } => (*after, false),
            _ => return,
        };
        let pause = Pause { until: now + after.min(LONGEST), throttled };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A shorter pause does not end a longer one.
        if known.is_none_or(|known| known.until < pause.until) {
            *known = Some(pause);
        }
    }

    /// The error that a call would meet, while the pause lasts.
    pub(super) fn check(&self, now: OffsetDateTime) -> Result<(), PartnerCenterError> {
        let pause = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(Pause { until, throttled }) = pause else { return Ok(()) };
        match Duration::try_from(until - now) {
            Ok(rest) if !rest.is_zero() && throttled => Err(PartnerCenterError::Throttled { after: Some(rest) }),
            Ok(rest) if !rest.is_zero() => {
                Err(PartnerCenterError::Unavailable { after: Some(rest), detail: "it asked us to come back later".to_owned() })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn nothing_is_called_before_the_pause_is_over() {
        let (gate, now) = (Gate::default(), datetime!(2026-11-22 14:00 UTC));
        assert!(gate.check(now).is_ok());
        gate.note(&PartnerCenterError::Unclear { after: None, detail: String::new() }, now);
        gate.note(&PartnerCenterError::Throttled { after: None }, now);
        assert!(gate.check(now).is_ok());
        gate.note(&PartnerCenterError::Throttled { after: Some(Duration::from_secs(30)) }, now);
        let early = gate.check(now + Duration::from_secs(10));
        assert!(
            matches!(early, Err(PartnerCenterError::Throttled { after: Some(rest) }) if rest == Duration::from_secs(20)),
            "{early:?}"
        );
        gate.note(&PartnerCenterError::Throttled { after: Some(Duration::from_secs(5)) }, now);
        assert!(gate.check(now + Duration::from_secs(10)).is_err(), "a shorter pause does not end a longer one");
        assert!(gate.check(now + Duration::from_secs(30)).is_ok());
        gate.note(&PartnerCenterError::Unavailable { after: Some(Duration::from_hours(24)), detail: String::new() }, now);
        assert!(gate.check(now + LONGEST).is_ok(), "no pause is believed beyond the longest");
    }
}
