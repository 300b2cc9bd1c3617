//! Where a list of changes goes on, and what of it is news. Pure; it must not know what the list is of.
//!
//! A time alone does not do: a change carries the time at which it was made, but shows only when its transaction ends, which may
//! be minutes later. So everything of the last while is read again each time, and what was seen before is told from what was
//! not by the version that it had.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::wire_time::{before, from_millis, to_millis};

/// Where one list goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// Up to when the list was read, by the clock of the service that it is of, milliseconds since 1970.
    mark: i64,
    /// What of the time since then, less the overlap, was seen: the last version of each thing.
    seen: BTreeMap<String, Version>,
}

/// When a thing was changed, and what else tells that change from another one at the same time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Version(i64, String);

impl Cursor {
    /// A list that is read for the first time, from here on.
    pub(super) fn starting(at: OffsetDateTime) -> Self {
        Self { mark: to_millis(at), seen: BTreeMap::new() }
    }

    /// Up to when the list was read.
    pub(super) fn mark(&self) -> OffsetDateTime {
        from_millis(self.mark)
    }

    /// From when on it is read next.
    pub(super) fn since(&self, overlap: Duration) -> OffsetDateTime {
        before(self.mark(), overlap)
    }

    /// Keeps that a thing was seen in a version. Whether it is news: changed since [`Cursor::since`], and not seen so before.
    pub(super) fn see(&mut self, thing: &str, at: OffsetDateTime, detail: &str, overlap: Duration) -> bool {
        let is_news = self.is_news(thing, at, detail, overlap);
        if is_news {
            self.seen.insert(thing.to_owned(), Version(to_millis(at), detail.to_owned()));
        }
        is_news
    }

    /// Whether it is news, without keeping it: for a time that is not over, in which the same version may come to mean more.
    pub(super) fn is_news(&self, thing: &str, at: OffsetDateTime, detail: &str, overlap: Duration) -> bool {
        // A row may be in the list because of another thing that it names.
        at >= self.since(overlap) && self.seen.get(thing) != Some(&Version(to_millis(at), detail.to_owned()))
    }

    /// Whether something was seen that an earlier state of it does not know.
    pub(super) fn has_more_than(&self, earlier: &Self) -> bool {
        self.seen.iter().any(|(thing, version)| earlier.seen.get(thing) != Some(version))
    }

    /// The list was read to its end, which is `at`. What can't be listed any more is forgotten.
    pub(super) fn reach(&mut self, at: OffsetDateTime, overlap: Duration) {
        self.mark = self.mark.max(to_millis(at));
        let since = to_millis(self.since(overlap));
        self.seen.retain(|_, version| version.0 >= since);
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
    const OVERLAP: Duration = Duration::from_mins(15);

    /// A thing, when it was changed, and by whom.
    type Row = (&'static str, i64, &'static str);

    fn at(minutes: i64) -> OffsetDateTime {
        START + time::Duration::minutes(minutes)
    }

    #[test]
    fn a_version_is_news_once_and_a_late_one_too() {
        let mut cursor = Cursor::starting(START);
        // Each reading: what the list holds, what of it is news, and how far the reading reaches.
        let readings: [(&[Row], &[&str], i64); 7] = [
            (&[("a", 1, "u"), ("b", 1, "u")], &["a", "b"], 1),
            (&[("a", 1, "u"), ("b", 1, "u")], &[], 2),
            // Changed again; changed at the same time by somebody else; of before the list was first read, but of late.
            (&[("a", 2, "u"), ("b", 1, "v"), ("c", -12, "u")], &["a", "b", "c"], 3),
            // Its transaction took twelve minutes.
            (&[("late", 2, "u"), ("a", 2, "u")], &["late"], 14),
            (&[("late", 2, "u")], &[], 14),
            // Listed because of something else: its own change is long known.
            (&[("a", -20, "u")], &[], 30),
            (&[("a", 31, "u")], &["a"], 31),
        ];
        for (number, (rows, news, reached)) in readings.into_iter().enumerate() {
            let found: Vec<&str> = rows
                .iter()
                .filter(|(thing, minutes, detail)| cursor.see(thing, at(*minutes), detail, OVERLAP))
                .map(|(thing, ..)| *thing)
                .collect();
            assert_eq!(found, news, "reading {number}");
            cursor.reach(at(reached), OVERLAP);
            cursor = serde_json::from_str(&serde_json::to_string(&cursor).unwrap()).unwrap();
        }
    }

    #[test]
    fn what_is_not_kept_is_news_again() {
        let mut cursor = Cursor::starting(START);
        for _ in 0..2 {
            assert!(cursor.is_news("a", at(1), "u", OVERLAP));
        }
        assert!(cursor.see("a", at(1), "u", OVERLAP));
        assert!(!cursor.is_news("a", at(1), "u", OVERLAP));
        assert!(!cursor.is_news("b", at(-16), "u", OVERLAP), "of before the overlap");
    }

    #[test]
    fn only_what_can_still_be_listed_is_remembered_and_the_mark_never_goes_back() {
        let mut cursor = Cursor::starting(START);
        for minutes in 0..60 {
            cursor.see(&format!("thing {minutes}"), at(minutes), "", OVERLAP);
            cursor.reach(at(minutes), OVERLAP);
            assert!(cursor.seen.len() <= 16, "{}", cursor.seen.len());
        }
        cursor.reach(START, OVERLAP);
        assert_eq!((cursor.mark(), cursor.since(OVERLAP)), (at(59), at(44)));
    }

    #[test]
    fn a_list_that_was_not_read_to_its_end_is_read_from_the_same_time_again() {
        let mut cursor = Cursor::starting(START);
        assert!(cursor.see("a", at(1), "", OVERLAP));
        assert_eq!(cursor.since(OVERLAP), at(-15));
        assert!(!cursor.see("a", at(1), "", OVERLAP), "what was seen of it is no news all the same");
    }
}
