//! Days and moments as both sides write them, without a clock and without a time zone of its own.

use time::{Date, Month, OffsetDateTime, UtcDateTime};

use crate::text::{self, push_number, push_two, split_once};

/// An instant, to the second.
///
/// Seconds since the Julian period began, because all that is done with moments is to compare them and to add days: the library's
/// own instants bring the arithmetic of nanoseconds along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(i64);

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

impl Moment {
    /// The second of a day, UTC.
    fn new(day: Date, second: i64) -> Self {
        Self(i64::from(day.to_julian_day()) * SECONDS_OF_A_DAY + second)
    }

    /// The day, UTC.
    pub fn date(self) -> Date {
        let day = i32::try_from(self.0.div_euclid(SECONDS_OF_A_DAY)).ok().and_then(|day| Date::from_julian_day(day).ok());
        day.unwrap_or(Date::MAX)
    }

    /// Hour, minute and second of the day, UTC.
    pub fn as_hms(self) -> (u8, u8, u8) {
        let second = self.0.rem_euclid(SECONDS_OF_A_DAY);
        let two = |number: i64| u8::try_from(number % 60).unwrap_or_default();
        (two(second / 60 / 60), two(second / 60), two(second))
    }

    /// So many seconds later.
    #[must_use]
    pub fn after(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// How many seconds have passed since another moment; fewer than none where it is still to come.
    pub fn since(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}

/// Reads `YYYY-MM-DD`; `None` for anything else, impossible days included.
pub fn parse_day(text: &str) -> Option<Date> {
    let (year, rest) = number(text, 4)?;
    let (month, rest) = number(rest.strip_prefix('-')?, 2)?;
    let (day, rest) = number(rest.strip_prefix('-')?, 2)?;
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let day = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    rest.is_empty().then_some(day)
}

/// Writes a day as `YYYY-MM-DD`.
pub fn format_day(day: Date) -> String {
    let mut text = String::with_capacity(10);
    let year = usize::try_from(day.year()).unwrap_or_default();
    // Four digits: no source of ours has a year before 1, and `parse_day` reads none.
    for digit in [1000, 100, 10] {
        if year < digit {
            text.push('0');
        }
    }
    push_number(&mut text, year);
    text.push('-');
    push_two(&mut text, day.month().into());
    text.push('-');
    push_two(&mut text, day.day());
    text
}

/// The calendar day of a date or of a moment in UTC, as it is written: no zone may move a close date.
pub fn parse_day_of(text: &str) -> Option<Date> {
    match split_once(text, b'T') {
        Some((day, _)) => parse_moment(text).and(parse_day(day)),
        None => parse_day(text),
    }
}

/// Reads a moment in UTC of either side: `2026-12-06T14:01:00.1234567Z`, `2026-12-06T14:01:00.000+0000`; `None` for other forms.
/// Fractions of a second are dropped.
pub fn parse_moment(text: &str) -> Option<Moment> {
    let (day, time) = split_once(text, b'T')?;
    let (hour, rest) = number(time, 2)?;
    let (minute, rest) = number(rest.strip_prefix(':')?, 2)?;
    let (second, rest) = number(rest.strip_prefix(':')?, 2)?;
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|digit: char| digit.is_ascii_digit()),
        None => rest,
    };
    if !matches!(zone, "Z" | "+0000" | "+00:00") {
        return None;
    }
    let is_time = hour < 24 && minute < 60 && second < 60;
    Some(Moment::new(parse_day(day)?, i64::from((hour * 60 + minute) * 60 + second))).filter(|_| is_time)
}

/// Writes a moment as Salesforce takes it: `2026-12-06T14:01:00.000Z`.
pub fn format_moment(moment: Moment) -> String {
    let (hour, minute, second) = moment.as_hms();
    let mut text = format_day(moment.date());
    for (sign, number) in [('T', hour), (':', minute), (':', second)] {
        text.push(sign);
        push_two(&mut text, number);
    }
    text + ".000Z"
}

/// The moment of a clock, without its fraction of a second.
pub fn of_clock(now: OffsetDateTime) -> Moment {
    let now = UtcDateTime::from(now);
    let (hour, minute, second) = now.as_hms();
    Moment::new(now.date(), (i64::from(hour) * 60 + i64::from(minute)) * 60 + i64::from(second))
}

/// Exactly `digits` digits, and what follows them.
#[inline(never)]
fn number(text: &str, digits: usize) -> Option<(u32, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    Some((text::number(number)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_only_in_its_one_form() {
        for text in ["2026-11-22", "2028-02-29", "0001-01-01"] {
            assert_eq!(parse_day(text).map(format_day).as_deref(), Some(text));
        }
        for text in
            ["", "2027-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-11-22 ", "+026-11-22", "2026/11/22", "é26-11-22"]
        {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_is_read_in_the_forms_of_both_sides() {
        let written = "2026-12-06T14:01:09.000Z";
        for text in
            ["2026-12-06T14:01:09Z", "2026-12-06T14:01:09.1234567Z", "2026-12-06T14:01:09.000+0000", "2026-12-06T14:01:09+00:00"]
        {
            assert_eq!(parse_moment(text).map(format_moment).as_deref(), Some(written), "{text}");
        }
        for text in
            ["2026-12-06", "2026-12-06T14:01:09", "2026-12-06T14:01:09+02:00", "2026-12-06T24:01:09Z", "2026-12-06T14:01Z"]
        {
            assert_eq!(parse_moment(text), None, "{text}");
        }
    }

    #[test]
    fn a_close_date_keeps_its_day_whatever_its_hour() {
        for text in ["2027-03-31", "2027-03-31T00:00:00Z", "2027-03-31T23:59:59.9999999Z"] {
            assert_eq!(parse_day_of(text).map(format_day).as_deref(), Some("2027-03-31"), "{text}");
        }
    }
}
