//! Makes an opportunity and its referrals equal. Who asks does not matter: a click, a timer, a restart. One run at a time
//! for each opportunity; every step is safe to repeat, so a run that dies is simply begun again.

mod attention;
mod backoff;
mod cursor;
mod decide;
mod decision;
mod feed;
mod inbound;
mod inbox;
mod locks;
mod pace;
mod pair;
mod pursue;
mod read_back;
mod rebuild;
#[cfg(test)]
mod replicas;
mod run;
mod setback;
mod sweep;
mod trail;
mod trouble;
mod watch;
mod words;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;
use tokio::sync::Notify;
use tracing::{Instrument, Span};

use crate::chance::Chance;
use crate::clock::Clock;
use crate::config::{self, Config};
use crate::ids::SalesforceId;
use crate::partner_center::{PartnerCenter, PartnerCenterError};
use crate::salesforce::{Salesforce, SalesforceError};
use crate::store::{Key, Lease, Store, StoreError, WorkKey};
use crate::surroundings::Surroundings;
pub(crate) use attention::Subject;
pub(crate) use decision::{Answer, Undecided};
use inbound::Lag;
use inbox::Inbox;
use locks::Locks;
use pair::{Kept, Sources};
pub use pair::{MicrosoftView, PairState, ReasonView};
pub use rebuild::{RebuildError, Rebuilt};
pub(crate) use words::{DECISION_BUSY, DECISION_REASON, SALESFORCE_SIGN_IN, sentence};
pub use worker::Worker;

/// How long after its lease was prolonged a run may still send what it has decided. A process that stood still for longer does not
/// know what others have done meanwhile, and what it sends has to arrive before they can have begun: no header makes a create safe,
/// nor a change that somebody has made and taken back.
const PROMPTLY: Duration = Duration::from_secs(10);

/// Keeps pairs equal.
#[derive(Debug)]
pub struct Reconciler {
    salesforce: Salesforce,
    partner_center: PartnerCenter,
    store: Store,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    config: config::Reconcile,
    feed: config::Feed,
    sweep: config::Sweep,
    link_template: String,
    /// Name of this process in leases.
    owner: String,
    locks: Locks,
    inbox: Inbox,
    lag: Lag,
    /// Something has arrived: the worker need not wait for its interval.
    news: Notify,
}

/// How a run ended.
#[derive(Debug)]
pub enum Report {
    /// The pair as it is now, good or not.
    Pair(Box<PairState>),
    /// The deal has findings, so nothing was sent.
    NotReady {
        /// The pair as it is now.
        pair: Box<PairState>,
        /// What stands in the way, as the page shows it.
        findings: Vec<Value>,
    },
}

/// When a run is to be followed by another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    /// Something stood in the way; each time in a row the wait is longer.
    Failed(OffsetDateTime),
    /// All is done; something will be over then.
    Waits(OffsetDateTime),
}

/// Why a run has no result.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Salesforce.
    #[error(transparent)]
    Salesforce(#[from] SalesforceError),
    /// Partner Center, where nothing can be said about the pair without it.
    #[error(transparent)]
    PartnerCenter(#[from] PartnerCenterError),
    /// Our own store.
    #[error(transparent)]
    Store(StoreError),
    /// Another process took over, and has the work now.
    #[error("another process works on this now")]
    Lost,
    /// Something that belongs to it is being worked on; nothing is wrong.
    #[error("{0}")]
    Busy(&'static str),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Lost => Self::Lost,
            error => Self::Store(error),
        }
    }
}

impl Reconciler {
    /// A reconciler over these clients.
    #[must_use]
    pub fn new(
        salesforce: Salesforce,
        partner_center: PartnerCenter,
        store: Store,
        Surroundings { name, clock, chance, .. }: Surroundings,
        config: &Config,
    ) -> Self {
        Self {
            salesforce,
            partner_center,
            store,
            clock,
            chance,
            config: config.reconcile.clone(),
            feed: config.feed.clone(),
            sweep: config.sweep.clone(),
            link_template: config.partner_center.referral_link.clone(),
            owner: name,
            locks: Locks::default(),
            inbox: Inbox::default(),
            lag: Lag::default(),
            news: Notify::new(),
        }
    }

    pub(crate) fn salesforce(&self) -> &Salesforce {
        &self.salesforce
    }

    pub(crate) fn partner_center(&self) -> &PartnerCenter {
        &self.partner_center
    }

    /// Makes the pair equal. `locale` is the seller's language; `None` when nobody asks. A failure is logged here.
    pub async fn reconcile(&self, key: &SalesforceId, locale: Option<&str>) -> Result<Report, Failure> {
        let turn = async { self.take_turn(key, locale).await.inspect_err(log_failure) };
        turn.instrument(span(key)).await
    }

    async fn take_turn(&self, key: &SalesforceId, locale: Option<&str>) -> Result<Report, Failure> {
        let _turn = self.locks.turn(&WorkKey::Opportunity(key.clone())).await;
        let now = self.clock.now();
        let Some(lease) = self.store.lease(key, &self.owner, now, self.config.lease).await? else {
            return self.running(key, locale.unwrap_or_default()).await.map(|pair| Report::Pair(Box::new(pair)));
        };
        self.run_to_end(&lease, locale).await
    }

    /// Runs, keeps why where that fails, and gives the work back.
    async fn run_to_end(&self, lease: &Lease<SalesforceId>, locale: Option<&str>) -> Result<Report, Failure> {
        let outcome = self.run(lease, locale).await;
        if let Err(failure) = &outcome {
            self.note_failure(lease, failure, locale).await;
        }
        self.end(lease, outcome).await
    }

    /// Gives the work back as the run left it: done, due at a time, or due because it failed.
    async fn end<K: Key, R>(&self, lease: &Lease<K>, outcome: Result<(R, Option<Due>), Failure>) -> Result<R, Failure> {
        match outcome {
            Ok((report, due)) => {
                match due {
                    Some(Due::Failed(at)) => self.store.postpone(lease, at).await?,
                    Some(Due::Waits(at)) => self.store.rest(lease, at).await?,
                    None => self.store.done(lease).await?,
                }
                Ok(report)
            }
            Err(failure) => {
                self.give_back(lease, &failure).await;
                Err(failure)
            }
        }
    }

    /// The pair as it stands, from the store where that can tell, else from the record, without calling Partner Center or changing
    /// anything: a page may ask again and again. A failure is logged here.
    pub async fn look_up(&self, key: &SalesforceId, locale: &str) -> Result<PairState, Failure> {
        let look = async { self.stand(key, locale).await.inspect_err(log_failure) };
        look.instrument(span(key)).await
    }

    async fn stand(&self, key: &SalesforceId, locale: &str) -> Result<PairState, Failure> {
        let link = self.store.link(key).await?;
        let now = self.clock.now();
        let kept = Kept {
            key,
            link: link.as_ref(),
            pending_since: self.store.pending_since(key).await?,
            noticed: self.store.unanswered_since(key, now).await?,
            due_at: self.store.due_at(key).await?,
            locale,
            link_template: &self.link_template,
            now,
        };
        if let Some(pair) = kept.pair() {
            return Ok(pair);
        }
        let mut settings = self.salesforce.settings().await?;
        locale.clone_into(&mut settings.locale);
        let record = self.salesforce.opportunity(key, &settings).await?;
        PairState::of(&Sources { kept, record: &record, settings: &settings, seen: None }).map_err(unreadable)
    }

    /// What can be said about a pair while a run for it has not ended.
    pub async fn running(&self, key: &SalesforceId, locale: &str) -> Result<PairState, Failure> {
        let link = self.store.link(key).await?;
        let kept = Kept {
            key,
            link: link.as_ref(),
            pending_since: None,
            noticed: None,
            due_at: None,
            locale,
            link_template: &self.link_template,
            now: self.clock.now(),
        };
        Ok(kept.running())
    }

    /// Gives back everything that this process holds, which is about to end: others need not wait until its leases are over.
    pub async fn release(&self) {
        if let Err(error) = self.store.release(&self.owner).await {
            tracing::warn!(%error, "what this process held could not be given back; others wait until its leases are over");
        }
    }

    /// Prolongs a lease. Says until when what is decided now may be sent.
    async fn renew<K: Key>(&self, lease: &Lease<K>) -> Result<OffsetDateTime, Failure> {
        let now = self.clock.now();
        let is_ours = self.store.renew(lease, now, self.config.lease).await?;
        if is_ours { Ok(now + PROMPTLY.min(self.config.lease / 2)) } else { Err(Failure::Lost) }
    }

    /// When to look again after a failure: what the other side asked for, within reason, else the usual wait.
    fn due<K: Key>(&self, lease: &Lease<K>, after: Option<Duration>) -> OffsetDateTime {
        let usual = || backoff::wait(lease.attempts, self.config.backoff_base, self.config.backoff_cap, self.chance.fraction());
        self.clock.now() + after.map_or_else(usual, |after| after.min(self.config.backoff_cap))
    }
}

/// Names the opportunity on every line about it, whatever the filter lets through.
fn span(key: &SalesforceId) -> Span {
    tracing::error_span!("run", opportunity = %key)
}

fn log_failure(failure: &Failure) {
    match failure {
        Failure::Lost => tracing::info!("this process stood still for longer than its lease; another one has the work now"),
        failure => tracing::warn!(error = %failure, "failed"),
    }
}

fn unreadable(cause: cosell_rules::salesforce::Unreadable) -> Failure {
    SalesforceError::Unreadable(cause.detail.to_owned()).into()
}
