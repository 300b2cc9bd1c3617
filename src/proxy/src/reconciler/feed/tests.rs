//! Where the lists go on, and a list that is too long for one look.

use serde_json::{Value, json};
use time::macros::datetime;

use super::*;
use crate::clock::Clock;
use crate::reconciler::replicas::Replicas;
use crate::wire_time;

const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
const OVERLAP: Duration = Duration::from_mins(15);

fn minutes(count: i64) -> OffsetDateTime {
    NOW + time::Duration::minutes(count)
}

#[test]
fn a_list_begins_with_the_overlap_and_deletions_only_as_far_back_as_there_are_any() {
    let old = Progress::starting(minutes(-60 * 24 * 40));
    let recent = Progress::starting(minutes(-3));
    let cases = [
        (None, Source::Opportunities, minutes(-15)),
        (Some(&recent), Source::ContactRoles, minutes(-18)),
        (Some(&recent), Source::RemovedContactRoles, minutes(-18)),
        (Some(&old), Source::Solutions, minutes(-60 * 24 * 40 - 15)),
        (Some(&old), Source::RemovedTeamMembers, minutes(-60 * 24 * 14)),
    ];
    for (progress, source, since) in cases {
        assert_eq!(span(progress, source, NOW, OVERLAP), Span { since, newest_first: false }, "{source:?}");
    }
}

#[test]
fn the_place_moves_by_the_orgs_clock_and_never_beyond_ours() {
    let list = |at: &[i64]| {
        let sighting = |at: &i64| Sighting {
            thing: "00K1".into(),
            at: minutes(*at),
            detail: String::new(),
            concern: Concern::Engagement(String::new()),
        };
        (Source::ContactRoles, Ok(Page { sightings: at.iter().map(sighting).collect(), next: None }))
    };
    let failed = || (Source::Leads, Err(SalesforceError::Gone));
    let cases = [
        (vec![list(&[-9, -4]), failed()], Some(minutes(-1)), minutes(-1)),
        // A transaction is open for long: what is newer shows already.
        (vec![list(&[-9, -4])], Some(minutes(-8)), minutes(-4)),
        (vec![list(&[-9, -4]), list(&[])], None, minutes(-4)),
        (vec![list(&[])], Some(minutes(60 * 24)), NOW),
        (vec![list(&[2])], None, NOW),
        (vec![failed()], None, OffsetDateTime::UNIX_EPOCH),
    ];
    for (lists, covered, expected) in cases {
        assert_eq!(reached(&lists, covered, NOW), expected, "{lists:?} {covered:?}");
    }
}

#[test]
fn a_place_is_stored_when_something_is_new_or_a_minute_has_passed() {
    let known: Place = [("leads".to_owned(), Progress::starting(NOW))].into();
    let moved = |seconds: u64, thing: Option<&str>| {
        let mut next = known.clone();
        let cursor = &mut next.get_mut("leads").unwrap().cursor;
        if let Some(thing) = thing {
            cursor.see(thing, NOW, "", OVERLAP);
        }
        cursor.reach(NOW + Duration::from_secs(seconds), OVERLAP);
        is_worth_keeping(&known, &next)
    };
    assert_eq!([moved(0, None), moved(59, None), moved(60, None), moved(0, Some("00Q1"))], [false, false, true, true]);
    assert!(is_worth_keeping(&Place::new(), &known));
    assert!(!is_worth_keeping(&known, &known));
}

#[test]
fn the_same_refusal_of_a_later_query_is_the_same_reason() {
    let refused = |code: &str, second: u8| {
        let message = format!("FROM Lead WHERE SystemModstamp >= 2026-11-22T14:00:{second}Z: No such column");
        reason(&SalesforceError::Refused { code: code.into(), message, fields: Vec::new() })
    };
    assert_eq!(refused("INVALID_FIELD", 10), refused("INVALID_FIELD", 15));
    assert_ne!(refused("INVALID_FIELD", 10), refused("INSUFFICIENT_ACCESS", 10));
    assert_ne!(reason(&SalesforceError::Gone), reason(&SalesforceError::Changed));
}

#[test]
fn a_place_is_read_back_and_another_versions_is_none() {
    let known: Place = [("leads".to_owned(), Progress::starting(NOW))].into();
    assert_eq!(place(Some(&serde_json::to_string(&known).unwrap())), known);
    for mark in [None, Some(""), Some("2026-11-22T14:00:00Z"), Some(r#"{"leads":7}"#)] {
        assert_eq!(place(mark), Place::new(), "{mark:?}");
    }
}

#[test]
fn a_reading_that_is_too_long_goes_on_beside_what_is_new_and_reaches_only_as_far_as_it_began() {
    let mut progress = Progress::starting(minutes(-3));
    progress.first_read(Some("query/01-2000".to_owned()), minutes(0), OVERLAP);
    let beside = Span { since: minutes(0), newest_first: true };
    assert_eq!(span(Some(&progress), Source::Opportunities, minutes(1), OVERLAP), beside);
    // What is new may be more than a page too: that is for the next reading.
    progress.first_read(Some("query/02-2000".to_owned()), minutes(1), OVERLAP);
    progress.more_read(Some("query/01-4000".to_owned()), OVERLAP);
    let kept = serde_json::to_string(&progress).unwrap();
    assert_eq!(serde_json::from_str::<Progress>(&kept).unwrap(), progress);
    assert_eq!(progress.open, Some(Open { reaches: to_millis(minutes(0)), next: "query/01-4000".to_owned() }));
    assert_eq!(progress.cursor.mark(), minutes(-3), "nothing is left behind before it is whole");
    progress.more_read(None, OVERLAP);
    assert_eq!((progress.open.clone(), progress.cursor.mark()), (None, minutes(0)));
    let whole = Span { since: minutes(-15), newest_first: false };
    assert_eq!(span(Some(&progress), Source::Opportunities, minutes(2), OVERLAP), whole);
}

#[test]
fn a_place_of_an_earlier_version_is_read() {
    let known: Place = [("leads".to_owned(), Progress::starting(NOW))].into();
    let earlier: BTreeMap<String, Cursor> = [("leads".to_owned(), Cursor::starting(NOW))].into();
    assert_eq!(place(Some(&serde_json::to_string(&earlier).unwrap())), known);
}

/// Opportunities that a data load touches, and how many fit on a page: a fifth of 50,000, and of what Salesforce puts on a page.
const LOADED: usize = 10_000;
const PAGE: usize = 400;

type Row = (String, OffsetDateTime);

/// An org after a load that has changed twenty opportunities in each second.
struct Org {
    /// Oldest change first.
    rows: Vec<Row>,
}

impl Org {
    fn after_a_load() -> Self {
        let begin = crate::token::tests::NOW - Duration::from_mins(9);
        let row = |number: u64| (format!("006Qy00000{number:05}"), begin + Duration::from_secs(number / 20));
        Self { rows: (0..LOADED as u64).map(row).collect() }
    }

    /// What a path below the API and a body are answered with.
    fn answer(&self, path: &str, body: &[u8]) -> Option<Value> {
        if path.ends_with("/composite") {
            let asked: Value = serde_json::from_slice(body).unwrap();
            let parts = asked["compositeRequest"].as_array().unwrap();
            let part = parts.iter().find(|part| part["referenceId"] == "opportunities").unwrap();
            let query = part["url"].as_str().unwrap().split_once("?q=").unwrap().1;
            let since = query.split_once("SystemModstamp%20%3E%3D%20").unwrap().1.split_once('Z').unwrap().0;
            let since = wire_time::read(&format!("{}Z", since.replace("%3A", ":"))).unwrap();
            let body = self.page(to_millis(since), query.contains("DESC"), 0);
            let answer = json!({ "referenceId": "opportunities", "httpStatusCode": 200, "body": body });
            return Some(json!({ "compositeResponse": [answer] }));
        }
        let locator: Vec<&str> = path.strip_prefix("/services/data/v66.0/query/")?.split('-').collect();
        Some(self.page(locator[0].parse().unwrap(), locator[1] == "true", locator[2].parse().unwrap()))
    }

    /// A page of what was changed since then, from this place on.
    fn page(&self, since: i64, newest_first: bool, begin: usize) -> Value {
        let first = self.rows.partition_point(|(_, at)| to_millis(*at) < since);
        let rows = &self.rows[first..];
        let row = |(id, at): &Row| json!({ "Id": id, "SystemModstamp": wire_time::write(*at), "LastModifiedById": "005Qy00000aaaaaIAA" });
        let some = |place: usize| if newest_first { rows.get(rows.len().checked_sub(place + 1)?) } else { rows.get(place) };
        let records: Vec<Value> = (begin..begin + PAGE).map_while(some).map(row).collect();
        let next = format!("/services/data/v66.0/query/{since}-{newest_first}-{}", begin + PAGE);
        json!({ "records": records, "nextRecordsUrl": (begin + PAGE < rows.len()).then_some(next) })
    }
}

/// A process that reads the feed of such an org.
struct Reader<'r> {
    replicas: &'r Replicas,
    feed: Feed,
}

impl<'r> Reader<'r> {
    /// Begins where the one before has died.
    async fn begin(replicas: &'r Replicas, who: &'static str) -> Self {
        let app = replicas.process(who, Duration::ZERO);
        let now = replicas.clock.now() + Duration::from_hours(1);
        assert!(replicas.store.take_feed(Feed::NAME, who, now, Duration::ZERO).await.unwrap());
        Self { replicas, feed: Feed::new(Arc::clone(&app.api().reconciler)) }
    }

    /// Looks once. How many opportunities are due now, at most as many more as one look may bring.
    async fn look(&mut self, before: usize) -> usize {
        let calls = |replicas: &Replicas| std::mem::take(&mut *replicas.calls.lock().unwrap());
        calls(self.replicas);
        tokio::time::sleep(self.feed.look().await).await;
        let lists = |call: &str| call.ends_with("/composite") || call.contains("/query/");
        let asked = calls(self.replicas).into_iter().filter(|(_, _, call)| lists(call)).count();
        assert!((1..=1 + MOST_PAGES).contains(&asked), "{asked} calls");
        let due = self.due().await.len();
        assert!(due - before <= (1 + MOST_PAGES) * PAGE, "{before} {due}");
        due
    }

    async fn due(&self) -> Vec<WorkKey> {
        self.replicas.store.due(self.replicas.clock.now() + SECOND, usize::MAX).await.unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn a_load_of_twenty_five_pages_is_read_a_few_at_a_time_and_holds_up_nobody() {
    let org = Arc::new(std::sync::Mutex::new(Org::after_a_load()));
    let asked = Arc::clone(&org);
    let replicas = Replicas::with(Arc::new(move |path, body| asked.lock().unwrap().answer(path, body))).await;
    let mut reader = Reader::begin(&replicas, "one").await;
    let mut due = vec![0];
    for look in 0..3 {
        due.push(reader.look(due[look]).await);
    }
    // Three pages of the reading that goes on each time, and beside them what is new: at first the load's own end.
    assert_eq!(due, [0, 4 * PAGE, 8 * PAGE, 11 * PAGE]);

    // It dies, and somebody changes another deal while the load is still being read.
    let mut reader = Reader::begin(&replicas, "two").await;
    let now = replicas.clock.now().replace_nanosecond(0).unwrap();
    org.lock().unwrap().rows.push(("006Qy0000199999".to_owned(), now - SECOND));
    due.push(reader.look(due[3]).await);
    let changed = WorkKey::Opportunity(crate::ids::SalesforceId::parse("006Qy0000199999").unwrap());
    assert!(reader.due().await.contains(&changed), "it is noticed with the next look");
    while due.last().is_some_and(|due| *due <= LOADED) && due.len() < 12 {
        due.push(reader.look(due[due.len() - 1]).await);
    }
    assert_eq!((due.len() - 1, due[due.len() - 1]), (8, LOADED + 1), "it went on where the other was: {due:?}");
    let kept = replicas.store.mark(Feed::NAME).await.unwrap().unwrap().len();
    assert!(kept < 60 * LOADED, "{kept} bytes of what was seen");
    // Until the overlap is over it is all read again, as slowly, and is no news.
    for _ in 0..2 {
        assert_eq!(reader.look(LOADED + 1).await, LOADED + 1);
    }
}
