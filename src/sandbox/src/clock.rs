//! The time as the services see it. Given to them, never asked of the machine behind their back, so that a test can
//! hold it in its hand.

use std::sync::Arc;

use time::OffsetDateTime;
use time::macros::format_description;

/// Where a service reads the time.
#[derive(Clone)]
pub(crate) struct Clock(Arc<dyn Fn() -> OffsetDateTime + Send + Sync>);

impl Clock {
    /// The machine's clock, UTC.
    pub(crate) fn system() -> Self {
        Self(Arc::new(OffsetDateTime::now_utc))
    }

    /// Now.
    pub(crate) fn now(&self) -> OffsetDateTime {
        (self.0)()
    }
}

/// `2019-02-23T02:05:23.2931817Z`: UTC with the seven digits that Partner Center prints. Sorts as text.
pub(crate) fn seven_digits(moment: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:7]Z");
    moment.to_offset(time::UtcOffset::UTC).format(form).unwrap_or_default()
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
    fn a_moment_is_printed_with_seven_digits() {
        let moment = datetime!(2019-02-23 02:05:23.293_181_7 UTC);
        assert_eq!(super::seven_digits(moment), "2019-02-23T02:05:23.2931817Z");
        assert_eq!(super::seven_digits(START), "2026-11-22T14:00:00.0000000Z");
    }
}
