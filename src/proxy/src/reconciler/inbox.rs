//! Sorts the inbox: an event named a referral, and somebody has to find out whose it is before there is anything to be done. It
//! must not know what is done then.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use cosell_rules::referral::Referral;
use time::OffsetDateTime;
use tokio::sync::Mutex;

use super::{Failure, Reconciler, backoff};
use crate::ids::SalesforceId;
use crate::partner_center::PartnerCenterError;
use crate::store::{Arrival, EngagementId, StoreError, WorkKey};

/// Most arrivals that are looked at in one round.
const ROUND: usize = 1000;
/// Most referrals that Partner Center is asked for in one round; the others have theirs in the next one.
const MOST_ASKED: usize = 50;
/// How often a referral that Partner Center does not give us is asked for. What is ours after all, the sweep finds.
const MOST_TRIES: u32 = 10;
/// How long a referral that led nowhere is not asked for again, however often it is named meanwhile.
const REST: Duration = Duration::from_secs(30);

/// What could not be sorted, and when it is tried again. Lost with the process, which only means that it is tried at once.
#[derive(Debug, Default)]
pub(super) struct Inbox(Mutex<Held>);

#[derive(Debug, Default)]
struct Held {
    /// Partner Center as a whole does not serve us.
    all: Option<Retry>,
    /// It does not give us these.
    single: HashMap<String, Retry>,
    /// These led nowhere, and rest until then.
    nowhere: HashMap<String, OffsetDateTime>,
}

#[derive(Clone, Copy, Debug)]
struct Retry {
    attempts: u32,
    at: OffsetDateTime,
}

impl Reconciler {
    /// Which pair a referral belongs to: what the store knows of it, else what Partner Center says. `None` when there is no such
    /// referral, so nothing to be done.
    pub async fn locate(&self, referral_id: &str) -> Result<Option<WorkKey>, Failure> {
        match self.locate_here(referral_id).await? {
            Some(key) => Ok(Some(key)),
            None => self.locate_there(referral_id).await,
        }
    }

    async fn locate_here(&self, referral_id: &str) -> Result<Option<WorkKey>, StoreError> {
        Ok(self.store.opportunity_of_referral(referral_id).await?.map(WorkKey::Opportunity))
    }

    async fn locate_there(&self, referral_id: &str) -> Result<Option<WorkKey>, Failure> {
        let Some(referral) = self.partner_center.get(referral_id).await? else { return Ok(None) };
        if let Some(opportunity) = self.store.opportunity_of_engagement(&referral.engagement_id).await? {
            return Ok(Some(WorkKey::Opportunity(opportunity)));
        }
        if let Some(opportunity) = own_opportunity(&referral) {
            return Ok(Some(WorkKey::Opportunity(opportunity)));
        }
        let engagement = EngagementId::parse(&referral.engagement_id);
        let unreadable = || PartnerCenterError::Unreadable("a referral whose engagement is not a GUID".to_owned());
        Ok(Some(WorkKey::Engagement(engagement.ok_or_else(unreadable)?)))
    }

    /// Makes work of what has arrived. What cannot be sorted stays and is tried again later; nothing waits for it.
    pub async fn sort_inbox(&self) {
        // One round at a time: the next comes soon enough.
        let Ok(mut held) = self.inbox.0.try_lock() else { return };
        match self.sort_round(&mut held).await {
            Ok(0) => {}
            Ok(sorted) => {
                tracing::info!(sorted, "events became work");
                self.look_soon();
            }
            Err(error) => tracing::error!(%error, "the inbox cannot be sorted"),
        }
    }

    async fn sort_round(&self, held: &mut Held) -> Result<usize, StoreError> {
        let arrivals = self.store.arrivals(ROUND.saturating_add(held.resting())).await?;
        held.forget(&arrivals, self.clock.now());
        let mut sorted = 0;
        let mut unknown = Vec::new();
        for arrival in arrivals {
            if let Some(key) = self.locate_here(&arrival.referral_id).await? {
                self.sort(held, &arrival, Some(&key)).await?;
                sorted += 1;
            } else {
                unknown.push(arrival);
            }
        }
        if sorted > 0 {
            // Who is known does not wait until Partner Center has been asked for the others.
            self.look_soon();
        }
        let mut asked = 0;
        for arrival in unknown {
            if held.rests(&arrival.referral_id, self.clock.now()) {
                continue;
            }
            if asked == MOST_ASKED {
                break;
            }
            asked += 1;
            sorted += usize::from(self.ask(held, &arrival).await?);
        }
        Ok(sorted)
    }

    /// Asks Partner Center whose an arrival is. Whether it became work.
    async fn ask(&self, held: &mut Held, arrival: &Arrival) -> Result<bool, StoreError> {
        let id = &arrival.referral_id;
        let key = match self.locate_there(id).await {
            Ok(key) => {
                held.all = None;
                key
            }
            Err(Failure::Store(error) | Failure::PartnerCenter(PartnerCenterError::Store(error))) => return Err(error),
            Err(failure) if self.hold(held, id, &failure) => return Ok(false),
            Err(failure) => {
                tracing::warn!(referral = id, error = %failure, "an event cannot be sorted, and is given up");
                None
            }
        };
        if key.is_none() {
            held.nowhere.insert(id.clone(), self.clock.now() + REST);
        }
        self.sort(held, arrival, key.as_ref()).await?;
        Ok(key.is_some())
    }

    async fn sort(&self, held: &mut Held, arrival: &Arrival, key: Option<&WorkKey>) -> Result<(), StoreError> {
        tracing::debug!(referral = arrival.referral_id, ?key, "sorted");
        held.single.remove(&arrival.referral_id);
        self.store.sort_arrival(arrival, key, self.clock.now()).await
    }

    /// Notes when to try again: this one alone where Partner Center answered about it, else all of them. `false` when it was
    /// tried often enough.
    fn hold(&self, held: &mut Held, id: &str, failure: &Failure) -> bool {
        tracing::warn!(referral = id, error = %failure, "an event cannot be sorted yet");
        let (entry, asked, most) = match failure {
            Failure::PartnerCenter(
                PartnerCenterError::Throttled { after }
                | PartnerCenterError::Unavailable { after, .. }
                | PartnerCenterError::Unclear { after, .. },
            ) => (held.all.get_or_insert(Retry::first(self.clock.now())), *after, u32::MAX),
            Failure::PartnerCenter(PartnerCenterError::SignIn { .. }) => {
                (held.all.get_or_insert(Retry::first(self.clock.now())), None, u32::MAX)
            }
            _ => {
                held.all = None;
                (held.single.entry(id.to_owned()).or_insert_with(|| Retry::first(self.clock.now())), None, MOST_TRIES)
            }
        };
        let usual = || backoff::wait(entry.attempts, self.config.backoff_base, self.config.backoff_cap, self.chance.fraction());
        let wait = asked.map_or_else(usual, |asked| asked.min(self.config.backoff_cap));
        *entry = Retry { attempts: entry.attempts.saturating_add(1), at: self.clock.now() + wait };
        entry.attempts < most
    }

    /// Keeps, durably, that a referral was named by an event; somebody looks at it soon.
    pub async fn note_arrival(&self, referral_id: &str) -> Result<(), StoreError> {
        self.store.note_arrival(referral_id, self.clock.now()).await?;
        self.look_soon();
        Ok(())
    }

    /// Cuts the worker's next pause short.
    pub(super) fn look_soon(&self) {
        self.news.notify_one();
    }
}

impl Held {
    /// How many arrivals may rest.
    fn resting(&self) -> usize {
        self.single.len() + self.nowhere.len()
    }

    /// Forgets what no longer waits.
    fn forget(&mut self, arrivals: &[Arrival], now: OffsetDateTime) {
        let waiting: HashSet<&str> = arrivals.iter().map(|arrival| arrival.referral_id.as_str()).collect();
        self.single.retain(|id, _| waiting.contains(id.as_str()));
        self.nowhere.retain(|_, until| now < *until);
    }

    /// Whether Partner Center is not asked for this one yet.
    fn rests(&self, id: &str, now: OffsetDateTime) -> bool {
        let retries = [self.all.as_ref(), self.single.get(id)].into_iter().flatten().map(|retry| retry.at);
        retries.chain(self.nowhere.get(id).copied()).any(|at| now < at)
    }
}

impl Retry {
    fn first(now: OffsetDateTime) -> Self {
        Self { attempts: 0, at: now }
    }
}

/// The opportunity that we made a referral for, where the store has forgotten it.
fn own_opportunity(referral: &Referral) -> Option<SalesforceId> {
    let ours = referral.direction.as_deref().is_some_and(|direction| direction.eq_ignore_ascii_case("Outgoing"));
    let id = referral.external_reference_id.as_deref().and_then(|id| SalesforceId::parse_of(id, "006"));
    id.filter(|_| ours)
}

#[cfg(test)]
mod tests;
