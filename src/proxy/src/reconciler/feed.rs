//! The feed: what somebody changed elsewhere in Salesforce becomes work. It names what to look at and nothing else; what there is
//! to do is found out by the run.
//!
//! One process reads it at a time. Should two do so all the same, since one was away for longer than its lease, then a change may
//! be looked at twice; none is lost, because work and the place to go on are stored together.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use super::cursor::Cursor;
use super::{Failure, Reconciler, backoff, pace};
use crate::salesforce::{Changes, Concern, SalesforceError, Sighting, Source, Usage};
use crate::store::{EngagementId, WorkKey};
use crate::wire_time::before;

/// Its name in the store.
const NAME: &str = "salesforce";

/// Lists of deletions are asked for until then: they count whole minutes, and the present one has not ended.
const AHEAD: Duration = Duration::from_hours(24);

/// Salesforce does not list deletions of longer ago (REST API Developer Guide, "sObject Get Deleted": 15 days).
const OLDEST_DELETION: Duration = Duration::from_hours(14 * 24);

/// Salesforce's times are whole seconds: two changes within one look the same. So what was changed in a second that is not over is
/// looked at once more at the next look, and work is due when the second of its change is over.
const SECOND: Duration = Duration::from_secs(1);

/// How long a look may take before another process may look as well.
const LOOK: Duration = Duration::from_secs(30);

/// A place that moved by less is not worth a write, unless there was something new.
const WORTH_KEEPING: Duration = Duration::from_mins(1);

/// Reads the feed of one org.
pub(super) struct Feed {
    reconciler: Arc<Reconciler>,
    /// Looks that failed in a row.
    failures: u32,
    /// How long it waited last.
    wait: Duration,
    /// Lists that could not be read when they were asked for last: told once each.
    silent: BTreeMap<Source, String>,
}

/// Where each list goes on, by its name.
type Place = BTreeMap<String, Cursor>;

impl Feed {
    pub(super) fn new(reconciler: Arc<Reconciler>) -> Self {
        let wait = reconciler.feed.interval;
        Self { reconciler, failures: 0, wait, silent: BTreeMap::new() }
    }

    /// Looks once, and says how long to wait before the next look.
    pub(super) async fn look(&mut self) -> Duration {
        let config = &self.reconciler.feed;
        let (usual, longest) = (config.interval, config.longest_interval.max(config.interval));
        self.wait = match self.read().await {
            Ok(usage) => {
                self.failures = 0;
                pace::wait(usage, usual, longest)
            }
            Err(failure) => {
                tracing::warn!(error = %failure, "changes in Salesforce cannot be read; trying again");
                let wait = backoff::wait(self.failures, usual, longest, self.reconciler.chance.fraction());
                self.failures = self.failures.saturating_add(1);
                match failure {
                    Failure::Salesforce(SalesforceError::Retry { after: Some(after), .. }) => wait.max(after),
                    _ => wait,
                }
            }
        };
        self.wait
    }

    /// Reads everything since the last time, if it is ours to read.
    async fn read(&mut self) -> Result<Option<Usage>, Failure> {
        let reconciler = Arc::clone(&self.reconciler);
        let (store, overlap) = (&reconciler.store, reconciler.feed.overlap);
        let now = reconciler.clock.now();
        let lease = self.wait.saturating_mul(2).saturating_add(LOOK);
        if !store.take_feed(NAME, &reconciler.owner, now, lease).await? {
            return Ok(None);
        }
        let known = place(store.mark(NAME).await?.as_deref());
        let since = |source: Source| since(known.get(source.name()), source, now, overlap);
        let Changes { lists, covered, usage } = reconciler.salesforce.changes(since, now + AHEAD).await?;

        let reached = reached(&lists, covered, now);
        let (mut next, mut work) = (known.clone(), Vec::new());
        for (source, list) in lists {
            // Also of one that fails: it must not begin later because of that.
            let cursor = next.entry(source.name().to_owned()).or_insert_with(|| Cursor::starting(now));
            match list {
                Ok(sightings) => {
                    self.silent.remove(&source);
                    for sighting in sightings {
                        let is_over = sighting.at + SECOND <= now;
                        let Sighting { thing, at, detail, .. } = &sighting;
                        let is_news = if is_over {
                            cursor.see(thing, *at, detail, overlap)
                        } else {
                            cursor.is_news(thing, *at, detail, overlap)
                        };
                        if is_news {
                            work.extend(reconciler.work_of(sighting.concern).await?);
                        }
                    }
                    cursor.reach(reached, overlap);
                }
                // Its place stays, so that it goes on from there.
                Err(error) => self.complain(source, &error),
            }
        }
        work.sort();
        work.dedup();
        if !work.is_empty() || is_worth_keeping(&known, &next) {
            let due = reconciler.clock.now() + SECOND;
            store.advance(NAME, &serde_json::to_string(&next).unwrap_or_default(), &work, due).await?;
        }
        if !work.is_empty() {
            tracing::info!(count = work.len(), "changes were made elsewhere in Salesforce");
        }
        Ok(usage)
    }

    /// Says once that a list cannot be read, and again when it is for another reason.
    fn complain(&mut self, source: Source, error: &SalesforceError) {
        let reason = reason(error);
        if self.silent.get(&source) == Some(&reason) {
            return;
        }
        if source.is_optional() && (reason == "INVALID_FIELD" || reason == "INVALID_TYPE") {
            tracing::info!(list = source.name(), %error, "the org does not have this");
        } else {
            tracing::warn!(list = source.name(), %error, "changes of one kind cannot be read");
        }
        self.silent.insert(source, reason);
    }
}

impl Reconciler {
    /// What there is to look at because of a change; nothing when it was our own.
    async fn work_of(&self, concern: Concern) -> Result<Option<WorkKey>, Failure> {
        Ok(match concern {
            Concern::Opportunity(id, version) => {
                let is_ours = self.store.written_version(&id).await?.is_some_and(|written| written == version);
                (!is_ours).then_some(WorkKey::Opportunity(id))
            }
            Concern::PartOf(id) => Some(WorkKey::Opportunity(id)),
            // One that no run has seen hung on nothing that we know of, or was missed before and is missing now.
            Concern::ChildOf(id) => self.store.parent_of(&id).await?.map(WorkKey::Opportunity),
            Concern::Engagement(id) => EngagementId::parse(&id).map(WorkKey::Engagement),
        })
    }
}

/// What tells one reason from another. The message of a refusal does not: it repeats the query, and so the time.
fn reason(error: &SalesforceError) -> String {
    match error {
        SalesforceError::Refused { code, .. } => code.clone(),
        other => other.to_string(),
    }
}

/// Where the lists go on. What cannot be read is as if there were nothing: then the overlap is read.
fn place(mark: Option<&str>) -> Place {
    mark.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// From when on a list is asked for. One that was never read begins with the overlap before our own now: the sign-in would not
/// work if that differed by minutes from the org's.
fn since(cursor: Option<&Cursor>, source: Source, now: OffsetDateTime, overlap: Duration) -> OffsetDateTime {
    let since = cursor.map_or_else(|| before(now, overlap), |cursor| cursor.since(overlap));
    match source {
        Source::RemovedContactRoles | Source::RemovedTeamMembers => since.max(before(now, OLDEST_DELETION)),
        _ => since,
    }
}

/// How far the lists reach, by the org's clock: what it says itself, or the newest change; never beyond our own now, which only
/// an answer that is wrong would be.
fn reached(
    lists: &[(Source, Result<Vec<Sighting>, SalesforceError>)],
    covered: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> OffsetDateTime {
    let newest = lists.iter().filter_map(|(_, list)| list.as_ref().ok()).flatten().map(|sighting| sighting.at).max();
    covered.max(newest).map_or(OffsetDateTime::UNIX_EPOCH, |reached| reached.min(now))
}

/// Whether there is something new in it, or it has moved on far enough.
fn is_worth_keeping(known: &Place, next: &Place) -> bool {
    let moved = |name: &String, cursor: &Cursor| {
        known.get(name).is_none_or(|known| cursor.has_more_than(known) || cursor.mark() - known.mark() >= WORTH_KEEPING)
    };
    next.iter().any(|(name, cursor)| moved(name, cursor))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
    const OVERLAP: Duration = Duration::from_mins(15);

    fn minutes(count: i64) -> OffsetDateTime {
        NOW + time::Duration::minutes(count)
    }

    #[test]
    fn a_list_begins_with_the_overlap_and_deletions_only_as_far_back_as_there_are_any() {
        let old = Cursor::starting(minutes(-60 * 24 * 40));
        let recent = Cursor::starting(minutes(-3));
        let cases = [
            (None, Source::Opportunities, minutes(-15)),
            (Some(&recent), Source::ContactRoles, minutes(-18)),
            (Some(&recent), Source::RemovedContactRoles, minutes(-18)),
            (Some(&old), Source::Solutions, minutes(-60 * 24 * 40 - 15)),
            (Some(&old), Source::RemovedTeamMembers, minutes(-60 * 24 * 14)),
        ];
        for (cursor, source, expected) in cases {
            assert_eq!(since(cursor, source, NOW, OVERLAP), expected, "{source:?}");
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
            (Source::ContactRoles, Ok(at.iter().map(sighting).collect()))
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
        let known: Place = [("leads".to_owned(), Cursor::starting(NOW))].into();
        let moved = |seconds: u64, thing: Option<&str>| {
            let mut next = known.clone();
            let cursor = next.get_mut("leads").unwrap();
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
        let known: Place = [("leads".to_owned(), Cursor::starting(NOW))].into();
        assert_eq!(place(Some(&serde_json::to_string(&known).unwrap())), known);
        for mark in [None, Some(""), Some("2026-11-22T14:00:00Z"), Some(r#"{"leads":7}"#)] {
            assert_eq!(place(mark), Place::new(), "{mark:?}");
        }
    }
}
