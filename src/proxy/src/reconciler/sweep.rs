//! The sweep: reads Partner Center's own list of changes, for whatever its webhooks did not tell of, and finds pairs that
//! nobody has looked at for long. As with the webhooks, a change only names a pair to look at.
//!
//! The list comes newest change first, so a reading is whole only when it has come back to where the last whole one began. One that
//! is too long for one look goes on with the next one; what changes meanwhile moves to the front, where the next reading begins.

use std::sync::Arc;
use std::time::Duration;

use cosell_rules::referral::Referral;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::cursor::Cursor;
use super::watch::List;
use super::{Reconciler, backoff, words};
use crate::partner_center::{Page, PartnerCenterError};
use crate::store::{StoreError, WorkKey};
use crate::wire_time::{self, before, from_millis, to_millis};

/// How many pairs are looked at, beside those that the list names, because of one look.
const MOST_MORE: usize = 50;

/// Reads the list of one account.
pub(super) struct Sweep {
    reconciler: Arc<Reconciler>,
    /// Looks that failed in a row.
    failures: u32,
}

/// Where the list goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    cursor: Cursor,
    /// A reading that has not come to its end.
    open: Option<Open>,
}

/// A reading that goes on with its next page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    /// The newest change at its beginning, milliseconds since 1970: as far as it reaches when it is whole.
    reaches: i64,
    /// What the next page is asked for with.
    next: String,
}

/// Why a look has no result.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    PartnerCenter(#[from] PartnerCenterError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Sweep {
    pub(super) fn new(reconciler: Arc<Reconciler>) -> Self {
        Self { reconciler, failures: 0 }
    }
}

impl List for Sweep {
    const NAME: &'static str = "partner-center";

    async fn look(&mut self) -> Duration {
        let interval = self.reconciler.sweep.interval;
        match self.reconciler.sweep().await {
            Ok(is_whole) => {
                self.failures = 0;
                if is_whole { interval } else { self.reconciler.config.worker_interval.min(interval) }
            }
            // Somebody else reads it now.
            Err(Failure::Store(StoreError::Lost)) => interval,
            Err(failure) => {
                tracing::warn!(error = %failure, "changes in Partner Center cannot be read; trying again");
                let wait = backoff::wait(
                    self.failures,
                    self.reconciler.config.backoff_base,
                    interval,
                    self.reconciler.chance.fraction(),
                );
                self.failures = self.failures.saturating_add(1);
                match failure {
                    Failure::PartnerCenter(
                        PartnerCenterError::Throttled { after: Some(after) }
                        | PartnerCenterError::Unavailable { after: Some(after), .. },
                    ) => wait.max(after),
                    _ => wait,
                }
            }
        }
    }
}

impl Reconciler {
    /// Reads the list as far as one look may. Whether the reading is whole now.
    async fn sweep(&self) -> Result<bool, Failure> {
        let overlap = self.sweep.overlap;
        let mut place = place(self.store.mark(Sweep::NAME).await?.as_deref(), self.clock.now());
        for _ in 0..self.partner_center.most_pages() {
            let page = match self.partner_center.changed(place.open.as_ref().map(|open| open.next.as_str())).await {
                Ok(page) => page,
                // A page is not kept for ever: the reading begins anew, and what it had found is known.
                Err(error @ (PartnerCenterError::Refused { .. } | PartnerCenterError::NotFound)) if place.open.is_some() => {
                    tracing::info!(%error, "the next page of the list is gone; reading it from its beginning");
                    place.open = None;
                    self.keep(&place, &[]).await?;
                    return Ok(false);
                }
                Err(error) => return Err(error.into()),
            };
            let news = place.read(&page, overlap);
            let mut work = Vec::new();
            for referral in news {
                match self.known_pair(referral).await? {
                    Some(key) => work.push(key),
                    None => self.store.note_arrival(&referral.id, self.clock.now()).await?,
                }
            }
            if !page.referrals.is_empty() {
                tracing::debug!(referrals = page.referrals.len(), work = work.len(), "read a page of changes");
            }
            self.keep(&place, &work).await?;
            if place.open.is_none() {
                self.look_at_more(&place).await?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn keep(&self, place: &Place, work: &[WorkKey]) -> Result<(), StoreError> {
        let mark = serde_json::to_string(place).unwrap_or_default();
        self.store.advance(Sweep::NAME, &self.owner, &mark, work, self.clock.now()).await
    }

    /// The pair that a referral belongs to, as far as the store knows it without asking anybody.
    async fn known_pair(&self, referral: &Referral) -> Result<Option<WorkKey>, StoreError> {
        let id = match self.store.opportunity_of_referral(&referral.id).await? {
            Some(id) => Some(id),
            None => self.store.opportunity_of_engagement(&referral.engagement_id).await?,
        };
        Ok(id.map(WorkKey::Opportunity))
    }

    /// Takes up pairs that the list does not name: those whose work was forgotten, and those that nobody has looked at for long. It
    /// is not documented whether the list holds Microsoft's half of an engagement, and what it does not tell of may change too.
    async fn look_at_more(&self, place: &Place) -> Result<(), StoreError> {
        let mut more = self.store.forgotten(words::SALESFORCE_GONE, MOST_MORE).await?;
        if !more.is_empty() {
            tracing::warn!(count = more.len(), "pairs were waiting although no work was noted for them");
        }
        let now = self.clock.now();
        if !self.sweep.look_again.is_zero() {
            more.extend(self.store.unseen_since(before(now, self.sweep.look_again), now, MOST_MORE).await?);
        }
        if !more.is_empty() {
            let work: Vec<WorkKey> = more.iter().cloned().map(WorkKey::Opportunity).collect();
            self.keep(place, &work).await?;
            self.store.note_seen(&more, now).await?;
        }
        Ok(())
    }
}

impl Place {
    /// Takes a page in. Gives what of it is news; the reading stays open until a page goes back far enough.
    fn read<'p>(&mut self, page: &'p Page, overlap: Duration) -> Vec<&'p Referral> {
        let since = self.cursor.since(overlap);
        let mark = self.cursor.mark();
        // One without a readable time counts as changed when the last reading ended: it is news once.
        let changed: Vec<_> = page.referrals.iter().map(|referral| (referral, changed(referral).unwrap_or(mark))).collect();
        let newest = changed.iter().map(|(_, at)| *at).max().unwrap_or(mark);
        let reaches = self.open.as_ref().map_or(newest, |open| from_millis(open.reaches));
        let news = changed
            .iter()
            .filter(|(referral, at)| self.cursor.see(&referral.id, *at, referral.e_tag.as_deref().unwrap_or_default(), overlap))
            .map(|(referral, _)| *referral)
            .collect();
        let is_back = changed.iter().any(|(_, at)| *at < since);
        self.open = page.next.clone().filter(|_| !is_back).map(|next| Open { reaches: to_millis(reaches), next });
        if self.open.is_none() {
            self.cursor.reach(reaches, overlap);
        }
        news
    }
}

/// Where the list goes on. A list that was never read begins with the overlap before our own now: what is older is for a rebuild.
fn place(mark: Option<&str>, now: OffsetDateTime) -> Place {
    let known = mark.and_then(|text| serde_json::from_str(text).ok());
    known.unwrap_or_else(|| Place { cursor: Cursor::starting(now), open: None })
}

fn changed(referral: &Referral) -> Option<OffsetDateTime> {
    wire_time::read(referral.document.get("updatedDateTime")?.as_str()?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const START: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
    const OVERLAP: Duration = Duration::from_hours(1);

    /// A page of referrals that were changed so many minutes after the start.
    fn page(rows: &[(&str, i64)], next: Option<&str>) -> Page {
        let referral = |(id, minutes): &(&str, i64)| {
            let changed = wire_time::write(START + time::Duration::minutes(*minutes)).unwrap();
            let tag = format!("\"{minutes}\"");
            Referral::try_from(json!({ "id": id, "engagementId": "e", "eTag": tag, "updatedDateTime": changed })).unwrap()
        };
        Page { referrals: rows.iter().map(referral).collect(), next: next.map(str::to_owned) }
    }

    fn read(place: &mut Place, page: &Page) -> Vec<String> {
        let news = place.read(page, OVERLAP).into_iter().map(|referral| referral.id.clone()).collect();
        *place = super::place(Some(&serde_json::to_string(place).unwrap()), START);
        news
    }

    #[test]
    fn a_reading_ends_where_the_last_one_began_and_what_was_known_is_no_news() {
        let mut place = place(None, START);
        assert_eq!(read(&mut place, &page(&[("b", 5), ("a", 3), ("old", -61)], Some("2"))), ["b", "a"]);
        assert_eq!((place.open.clone(), place.cursor.mark()), (None, START + Duration::from_mins(5)));
        assert_eq!(read(&mut place, &page(&[("b", 5), ("a", 3), ("old", -61)], Some("2"))), [""; 0]);
        assert_eq!(read(&mut place, &page(&[("a", 9), ("b", 5), ("late", 2), ("old", -61)], None)), ["a", "late"]);
        assert_eq!(place.cursor.mark(), START + Duration::from_mins(9));
    }

    #[test]
    fn one_that_is_too_long_goes_on_and_reaches_only_as_far_as_it_began() {
        let mut place = place(None, START);
        assert_eq!(read(&mut place, &page(&[("d", 90), ("c", 80)], Some("2"))), ["d", "c"]);
        assert_eq!(place.open, Some(Open { reaches: to_millis(START + Duration::from_mins(90)), next: "2".into() }));
        assert_eq!(place.cursor.mark(), START, "nothing is left behind before the reading is whole");
        // In between `x` changed: it was moved to the front, and pushed the others back.
        assert_eq!(read(&mut place, &page(&[("c", 80), ("b", 70)], Some("3"))), ["b"]);
        assert_eq!(read(&mut place, &page(&[("a", 60), ("old", -61)], Some("4"))), ["a"]);
        assert_eq!((place.open.clone(), place.cursor.mark()), (None, START + Duration::from_mins(90)));
        assert_eq!(read(&mut place, &page(&[("x", 91), ("d", 90), ("c", 80), ("b", 70), ("a", 29)], None)), ["x"]);
    }

    #[test]
    fn a_list_that_ends_is_whole_and_one_without_times_is_news_once() {
        let mut place = place(Some("from another version"), START);
        assert_eq!(read(&mut place, &page(&[], None)), [""; 0]);
        assert_eq!(place.cursor.mark(), START);
        let timeless = Referral::try_from(json!({ "id": "a", "engagementId": "e" })).unwrap();
        let page = Page { referrals: vec![timeless], next: None };
        assert_eq!([read(&mut place, &page), read(&mut place, &page)], [vec!["a".to_owned()], vec![]]);
    }
}
