//! The time as the services see it. Given to them, never asked of the machine behind their back, so that a test can
//! hold it in its hand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use time::macros::format_description;
use time::{Duration, OffsetDateTime};

/// Where a service reads the time.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>);

impl Clock {
    /// The time that this function tells.
    pub(crate) fn new(tell: impl Fn() -> OffsetDateTime + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The machine's clock, UTC.
    pub(crate) fn system() -> Self {
        Self(Arc::new(OffsetDateTime::now_utc))
    }

    /// This clock, ahead of itself by as much as the shift says.
    pub(crate) fn shifted_by(self, shift: &Shift) -> Self {
        let shift = shift.clone();
        Self(Arc::new(move || (self.0)().saturating_add(shift.by())))
    }

    /// Now.
    pub(crate) fn now(&self) -> OffsetDateTime {
        (self.0)()
    }
}

/// How far the clocks of some services are ahead of the one behind them. Copies move together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shift(Arc<AtomicI64>);

impl Shift {
    /// Puts the clocks forward by so many seconds more.
    pub(crate) fn advance(&self, seconds: u32) {
        self.0.fetch_add(i64::from(seconds), Ordering::SeqCst);
    }

    /// Puts the clocks right again.
    pub(crate) fn reset(&self) {
        self.0.store(0, Ordering::SeqCst);
    }

    fn by(&self) -> Duration {
        Duration::seconds(self.0.load(Ordering::SeqCst))
    }
}

/// `2019-02-23T02:05:23.2931817Z`: UTC with the seven digits that Partner Center prints. Sorts as text.
pub(crate) fn seven_digits(moment: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:7]Z");
    moment.to_offset(time::UtcOffset::UTC).format(form).unwrap_or_default()
}

/// `2018-02-17T00:05:39.5485487+00:00`: the same moment as webhooks print it, with an offset.
pub(crate) fn with_offset(moment: OffsetDateTime) -> String {
    seven_digits(moment).replace('Z', "+00:00")
}

#[cfg(test)]
pub(crate) mod test {
    //! A clock for tests.

    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use time::macros::datetime;
    use time::{Duration, OffsetDateTime};

    use super::Clock;

    /// Where every test clock starts.
    pub(crate) const START: OffsetDateTime = datetime!(2026-11-22 14:00:00 UTC);

    /// A clock that moves on by a second each time it is read, and by as much as the returned function is told.
    pub(crate) fn ticking() -> (Clock, impl Fn(Duration)) {
        let seconds = Arc::new(AtomicI64::new(0));
        let read = Arc::clone(&seconds);
        let clock = Clock(Arc::new(move || START + Duration::seconds(read.fetch_add(1, Ordering::SeqCst))));
        (clock, move |by: Duration| {
            seconds.fetch_add(by.whole_seconds(), Ordering::SeqCst);
        })
    }

    #[test]
    fn shifted_clocks_go_ahead_together_and_come_back() {
        let shift = super::Shift::default();
        let stopped = || Clock(Arc::new(|| START));
        let (one, other) = (stopped().shifted_by(&shift), stopped().shifted_by(&shift));
        shift.advance(60);
        shift.advance(30);
        assert_eq!((one.now(), other.now()), (START + Duration::seconds(90), START + Duration::seconds(90)));
        shift.reset();
        assert_eq!(one.now(), START);
    }

    #[test]
    fn a_moment_is_printed_with_seven_digits() {
        let moment = datetime!(2019-02-23 02:05:23.293_181_7 UTC);
        assert_eq!(super::seven_digits(moment), "2019-02-23T02:05:23.2931817Z");
        assert_eq!(super::seven_digits(START), "2026-11-22T14:00:00.0000000Z");
        assert_eq!(super::with_offset(START), "2026-11-22T14:00:00.0000000+00:00");
    }
}
