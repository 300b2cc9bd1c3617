//! The feed: what somebody changed elsewhere in Salesforce becomes work. It names what to look at and nothing else; what there is
//! to do is found out by the run.
//!
//! One process reads it at a time. What one reads that was away for longer than the feed was left to it is not stored; work and the
//! place to go on are stored together.
//!
//! A list that is longer than a page, as after a bulk load, is read on beside what is new, a few pages with each look, also by whoever
//! takes over.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::cursor::Cursor;
use super::watch::List;
use super::{Failure, Reconciler, backoff, pace};
use crate::salesforce::{Changes, Concern, Page, SalesforceError, Sighting, Source, Span, Usage};
use crate::store::{EngagementId, WorkKey};
use crate::wire_time::{before, from_millis, to_millis};

/// Lists of deletions are asked for until then: they count whole minutes, and the present one has not ended.
const AHEAD: Duration = Duration::from_hours(24);

/// Salesforce does not list deletions of longer ago (REST API Developer Guide, "sObject Get Deleted": 15 days).
const OLDEST_DELETION: Duration = Duration::from_hours(14 * 24);

/// Salesforce's times are whole seconds: two changes within one look the same. So what was changed in a second that is not over is
/// looked at once more at the next look, and work is due when the second of its change is over.
const SECOND: Duration = Duration::from_secs(1);

/// How many more pages one look reads, each with an API call of its own.
const MOST_PAGES: usize = 3;

/// A place that moved by less is not worth a write, unless there was something new.
const WORTH_KEEPING: Duration = Duration::from_mins(1);

/// Reads the feed of one org.
pub(super) struct Feed {
    reconciler: Arc<Reconciler>,
    /// Looks that failed in a row.
    failures: u32,
    /// Lists that could not be read when they were asked for last: told once each.
    silent: BTreeMap<Source, String>,
}

/// Where each list goes on, by its name.
type Place = BTreeMap<String, Progress>;

/// Where one list goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Progress {
    #[serde(flatten)]
    cursor: Cursor,
    /// A reading that has not come to its end. Beside it is asked what has changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<Open>,
}

/// A reading that goes on with its next page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    /// As far as the list reached when it began, milliseconds since 1970: so far is it read when it is whole.
    reaches: i64,
    /// What the next page is asked for with.
    next: String,
}

impl Progress {
    fn starting(at: OffsetDateTime) -> Self {
        Self { cursor: Cursor::starting(at), open: None }
    }

    /// What of a page is news, for work.
    fn news(&mut self, sightings: Vec<Sighting>, now: OffsetDateTime, overlap: Duration) -> Vec<Concern> {
        let mut news = Vec::new();
        for Sighting { thing, at, detail, concern } in sightings {
            let is_news = if at + SECOND <= now {
                self.cursor.see(&thing, at, &detail, overlap)
            } else {
                self.cursor.is_news(&thing, at, &detail, overlap)
            };
            if is_news {
                news.push(concern);
            }
        }
        news
    }

    /// The first page of what was asked for has been read. The rest of what has changed since a reading began that still goes on is
    /// left to the next one.
    fn first_read(&mut self, next: Option<String>, reached: OffsetDateTime, overlap: Duration) {
        match (&self.open, next) {
            (Some(_), _) => {}
            (None, Some(next)) => self.open = Some(Open { reaches: to_millis(reached), next }),
            (None, None) => self.cursor.reach(reached, overlap),
        }
    }

    /// Another page of the reading that goes on has been read.
    fn more_read(&mut self, next: Option<String>, overlap: Duration) {
        match (&mut self.open, next) {
            (Some(open), Some(next)) => open.next = next,
            (Some(open), None) => {
                self.cursor.reach(from_millis(open.reaches), overlap);
                self.open = None;
            }
            (None, _) => {}
        }
    }
}

impl Feed {
    pub(super) fn new(reconciler: Arc<Reconciler>) -> Self {
        Self { reconciler, failures: 0, silent: BTreeMap::new() }
    }
}

impl List for Feed {
    const NAME: &'static str = "salesforce";

    async fn look(&mut self) -> Duration {
        let config = &self.reconciler.feed;
        let (usual, longest) = (config.interval, config.longest_interval.max(config.interval));
        match self.read().await {
            Ok(usage) => {
                self.failures = 0;
                pace::wait(usage, usual, longest)
            }
            // Somebody else reads it now.
            Err(Failure::Lost) => usual,
            Err(failure) => {
                tracing::warn!(error = %failure, "changes in Salesforce cannot be read; trying again");
                let wait = backoff::wait(self.failures, usual, longest, self.reconciler.chance.fraction());
                self.failures = self.failures.saturating_add(1);
                match failure {
                    Failure::Salesforce(SalesforceError::Retry { after: Some(after), .. }) => wait.max(after),
                    _ => wait,
                }
            }
        }
    }
}

impl Feed {
    /// Reads what has changed since the last time.
    async fn read(&mut self) -> Result<Option<Usage>, Failure> {
        let reconciler = Arc::clone(&self.reconciler);
        let (store, overlap) = (&reconciler.store, reconciler.feed.overlap);
        let now = reconciler.clock.now();
        let known = place(store.mark(Self::NAME).await?.as_deref());
        let span = |source: Source| span(known.get(source.name()), source, now, overlap);
        let Changes { lists, covered, usage } = reconciler.salesforce.changes(span, now + AHEAD).await?;

        let reached = reached(&lists, covered, now);
        let (mut next, mut news) = (known.clone(), Vec::new());
        for (source, list) in lists {
            // Also of one that fails: it must not begin later because of that.
            let progress = next.entry(source.name().to_owned()).or_insert_with(|| Progress::starting(now));
            match list {
                Ok(page) => {
                    self.silent.remove(&source);
                    news.extend(progress.news(page.sightings, now, overlap));
                    progress.first_read(page.next, reached, overlap);
                }
                // Its place stays, so that it goes on from there.
                Err(error) => self.complain(source, &error),
            }
        }
        news.extend(self.read_on(&mut next, now).await);
        let mut work = Vec::new();
        for concern in news {
            work.extend(reconciler.work_of(concern).await?);
        }
        work.sort();
        work.dedup();
        if !work.is_empty() || is_worth_keeping(&known, &next) {
            let (mark, due) = (serde_json::to_string(&next).unwrap_or_default(), reconciler.clock.now() + SECOND);
            store.advance(Self::NAME, &reconciler.owner, &mark, &work, due).await?;
        }
        if !work.is_empty() {
            tracing::info!(count = work.len(), "changes were made elsewhere in Salesforce");
        }
        Ok(usage)
    }

    /// Reads on where readings have not come to their end, as many pages as one look may.
    async fn read_on(&mut self, place: &mut Place, now: OffsetDateTime) -> Vec<Concern> {
        let (reconciler, mut news) = (Arc::clone(&self.reconciler), Vec::new());
        let overlap = reconciler.feed.overlap;
        for _ in 0..MOST_PAGES {
            let is_open = |source: &Source| place.get(source.name()).is_some_and(|progress| progress.open.is_some());
            let Some(source) = Source::ALL.into_iter().find(is_open) else { break };
            let Some(progress) = place.get_mut(source.name()) else { break };
            let Some(address) = progress.open.as_ref().map(|open| open.next.clone()) else { break };
            match reconciler.salesforce.more(source, &address).await {
                Ok(page) => {
                    news.extend(progress.news(page.sightings, now, overlap));
                    progress.more_read(page.next, overlap);
                }
                // A list is not kept for ever: the reading begins anew, and what it had found is known.
                Err(error @ (SalesforceError::Refused { .. } | SalesforceError::Gone)) => {
                    tracing::info!(list = source.name(), %error, "the next page of a list of changes is gone; reading it from its beginning");
                    progress.open = None;
                }
                Err(error) => {
                    self.complain(source, &error);
                    break;
                }
            }
        }
        news
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

/// What of a list is asked for. One that was never read begins with the overlap before our own now: the sign-in would not work if
/// that differed by minutes from the org's. While a reading goes on it is what has changed since, the newest first: there may be more
/// of it than a page, and who changes something now should not wait.
fn span(progress: Option<&Progress>, source: Source, now: OffsetDateTime, overlap: Duration) -> Span {
    let open = progress.and_then(|progress| progress.open.as_ref());
    let since = match (open, progress) {
        (Some(open), _) => from_millis(open.reaches),
        (None, Some(progress)) => progress.cursor.since(overlap),
        (None, None) => before(now, overlap),
    };
    let since = match source {
        Source::RemovedContactRoles | Source::RemovedTeamMembers => since.max(before(now, OLDEST_DELETION)),
        _ => since,
    };
    Span { since, newest_first: open.is_some() }
}

/// How far the lists reach, by the org's clock: what it says itself, or the newest change; never beyond our own now, which only
/// an answer that is wrong would be.
fn reached(
    lists: &[(Source, Result<Page, SalesforceError>)],
    covered: Option<OffsetDateTime>,
    now: OffsetDateTime,
) -> OffsetDateTime {
    let pages = lists.iter().filter_map(|(_, list)| list.as_ref().ok());
    let newest = pages.flat_map(|page| &page.sightings).map(|sighting| sighting.at).max();
    covered.max(newest).map_or(OffsetDateTime::UNIX_EPOCH, |reached| reached.min(now))
}

/// Whether there is something new in it, or it has moved on far enough.
fn is_worth_keeping(known: &Place, next: &Place) -> bool {
    let moved = |known: &Progress, next: &Progress| {
        let (cursor, open) = (&next.cursor, &next.open);
        cursor.has_more_than(&known.cursor) || cursor.mark() - known.cursor.mark() >= WORTH_KEEPING || *open != known.open
    };
    next.iter().any(|(name, next)| known.get(name).is_none_or(|known| moved(known, next)))
}

#[cfg(test)]
mod tests;
