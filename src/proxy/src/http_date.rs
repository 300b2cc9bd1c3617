//! The two ways in which HTTP writes a time: `IMF-fixdate` (RFC 9110 §5.6.7) and the seconds of `Retry-After` (§10.2.3).

use std::time::Duration;

use time::format_description::StaticFormatDescription;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

const FIXDATE: StaticFormatDescription =
    format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");

/// Writes a time for a header; a fraction of a second is rounded up, so that the date is never before the time.
#[must_use]
pub(crate) fn format(time: OffsetDateTime) -> Option<String> {
    let time = time.to_offset(time::UtcOffset::UTC);
    let whole = if time.nanosecond() == 0 { time } else { time.replace_nanosecond(0).ok()? + Duration::from_secs(1) };
    whole.format(&FIXDATE).ok()
}

/// Reads `Retry-After`: seconds or a date, as a wait from `now`. A date in the past is no wait.
#[must_use]
pub(crate) fn retry_after(value: &str, now: OffsetDateTime) -> Option<Duration> {
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = PrimitiveDateTime::parse(value, &FIXDATE).ok()?.assume_utc();
    Some(Duration::try_from(date - now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_nothing_else() {
        let now = datetime!(2026-11-22 14:00:00 UTC);
        let cases = [
            ("57", Some(57)),
            (" 0 ", Some(0)),
            ("Sun, 22 Nov 2026 14:02:00 GMT", Some(120)),
            ("Sun, 22 Nov 2026 13:00:00 GMT", Some(0)),
            ("Sun, 22 Nov 2026 14:02:00 +0100", None),
            ("soon", None),
            ("-5", None),
            ("1.5", None),
            ("", None),
        ];
        for (value, seconds) in cases {
            assert_eq!(retry_after(value, now), seconds.map(Duration::from_secs), "{value}");
        }
    }

    #[test]
    fn a_fraction_is_rounded_up_so_that_the_date_is_never_too_early() {
        assert_eq!(format(datetime!(2026-11-22 16:25:57 UTC)).unwrap(), "Sun, 22 Nov 2026 16:25:57 GMT");
        assert_eq!(format(datetime!(2026-11-22 16:25:57.001 UTC)).unwrap(), "Sun, 22 Nov 2026 16:25:58 GMT");
        assert_eq!(format(datetime!(2026-11-22 17:25:57 +1)).unwrap(), "Sun, 22 Nov 2026 16:25:57 GMT");
    }
}
