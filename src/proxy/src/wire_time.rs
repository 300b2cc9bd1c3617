//! Times as Salesforce and Partner Center write them, and as Salesforce takes them.

use std::time::Duration;

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// Reads a time of either service: RFC 3339, or with an offset that lacks its colon.
pub(crate) fn read(text: &str) -> Option<OffsetDateTime> {
    let with_colon = text.strip_suffix("+0000").map(|start| format!("{start}Z"));
    OffsetDateTime::parse(with_colon.as_deref().unwrap_or(text), &Rfc3339).ok()
}

/// A time in UTC, cut to the second: `2026-11-22T16:25:57Z`.
pub(crate) fn write(time: OffsetDateTime) -> Option<String> {
    time.to_offset(UtcOffset::UTC).replace_nanosecond(0).ok()?.format(&Rfc3339).ok()
}

/// Milliseconds since 1970, UTC.
pub(crate) fn to_millis(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// The time of [`to_millis`], to which an absurd number is the end of what can be told.
pub(crate) fn from_millis(millis: i64) -> OffsetDateTime {
    OffsetDateTime::UNIX_EPOCH.saturating_add(time::Duration::milliseconds(millis))
}

/// A time this much earlier, never before there is one.
pub(crate) fn before(time: OffsetDateTime, by: Duration) -> OffsetDateTime {
    time.saturating_sub(by.try_into().unwrap_or(time::Duration::MAX))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn both_services_are_read_and_salesforce_is_written_to() {
        let cases = [
            ("2026-11-22T16:25:57.000+0000", Some(datetime!(2026-11-22 16:25:57 UTC))),
            ("2019-02-23T02:05:23.2931817Z", Some(datetime!(2019-02-23 02:05:23.293_181_7 UTC))),
            ("2026-11-22T17:25:57+01:00", Some(datetime!(2026-11-22 16:25:57 UTC))),
            ("2026-11-22", None),
            ("", None),
        ];
        for (text, time) in cases {
            assert_eq!(read(text), time, "{text}");
        }
        assert_eq!(write(datetime!(2026-11-22 17:25:57.9 +1)).unwrap(), "2026-11-22T16:25:57Z");
    }

    #[test]
    fn milliseconds_are_read_back_and_nothing_overflows() {
        let time = datetime!(2026-11-22 16:25:57.123 UTC);
        assert_eq!(from_millis(to_millis(time)), time);
        assert_eq!(before(time, Duration::from_secs(57)), datetime!(2026-11-22 16:25:00.123 UTC));
        assert!(from_millis(i64::MIN) < from_millis(i64::MAX));
        assert!(before(time, Duration::MAX) < time);
    }
}
