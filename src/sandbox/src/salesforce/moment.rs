//! The forms in which Salesforce writes days and moments. Everything is UTC. Must not ask what time it is.

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::macros::format_description;
use time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// A moment without its fraction: Salesforce stamps records with milliseconds of `000`.
pub(super) fn to_second(moment: OffsetDateTime) -> OffsetDateTime {
    moment.replace_nanosecond(0).unwrap_or(moment)
}

/// `2026-11-22T16:25:57.000+0000`, as the REST API writes it.
pub(super) fn rest(moment: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]+0000");
    moment.to_offset(UtcOffset::UTC).format(form).unwrap_or_default()
}

/// `2026-11-22T16:25:57.000Z`, as the UI API writes it.
pub(super) fn ui(moment: OffsetDateTime) -> String {
    let form = format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    moment.to_offset(UtcOffset::UTC).format(form).unwrap_or_default()
}

/// `2027-03-31`.
pub(super) fn date(day: Date) -> String {
    day.format(format_description!("[year]-[month]-[day]")).unwrap_or_default()
}

/// Reads `2027-03-31`.
pub(super) fn parse_date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

/// Reads an ISO 8601 date and time with `Z` or an offset, `+0000` and `+00:00` alike.
pub(super) fn parse_datetime(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(text, &Iso8601::PARSING))
        .or_else(|_| {
            let form = format_description!(
                "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond]]][offset_hour sign:mandatory][offset_minute]"
            );
            OffsetDateTime::parse(text, form)
        })
        .ok()
}

/// Reads the date of an HTTP header, such as `Sun, 22 Nov 2026 16:25:57 GMT`.
pub(super) fn parse_http(text: &str) -> Option<OffsetDateTime> {
    let form = format_description!("[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT");
    PrimitiveDateTime::parse(text, form).ok().map(PrimitiveDateTime::assume_utc)
}

/// `days` after a moment's day. Clamped to the calendar.
pub(super) fn days_after(moment: OffsetDateTime, days: i64) -> Date {
    moment.date().saturating_add(Duration::days(days))
}

#[cfg(test)]
mod tests {
    use super::{parse_datetime, parse_http, rest, ui};

    #[test]
    fn every_way_of_writing_a_moment_reads_the_same() {
        for text in [
            "2026-11-22T16:25:57Z",
            "2026-11-22T16:25:57.000Z",
            "2026-11-22T16:25:57.000+0000",
            "2026-11-22T17:25:57+01:00",
            "2026-11-22T17:25:57+0100",
        ] {
            let moment = parse_datetime(text).expect(text);
            assert_eq!(rest(moment), "2026-11-22T16:25:57.000+0000", "{text}");
            assert_eq!(ui(moment), "2026-11-22T16:25:57.000Z", "{text}");
        }
        let header = parse_http("Sun, 22 Nov 2026 16:25:57 GMT").expect("an HTTP date");
        assert_eq!(rest(header), "2026-11-22T16:25:57.000+0000");
    }

    #[test]
    fn a_moment_without_a_zone_is_refused() {
        assert!(parse_datetime("2026-11-22").is_none());
        assert!(parse_http("2026-11-22T16:25:57Z").is_none());
    }
}
