//! Makes an opportunity and its referrals equal. Who asks does not matter: a click, a timer, a restart. One run at a time
//! for each opportunity; every step is safe to repeat, so a run that dies is simply begun again.

mod backoff;
mod decide;
mod locks;
mod pair;
mod pursue;
mod run;
mod trail;
mod trouble;
mod words;
mod worker;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;
use tracing::{Instrument, Span};
use uuid::Uuid;

use crate::clock::Clock;
use crate::config;
use crate::ids::SalesforceId;
use crate::partner_center::PartnerCenter;
use crate::salesforce::{Salesforce, SalesforceError};
use crate::store::{Lease, Store, StoreError};
use locks::Locks;
pub use pair::{MicrosoftView, PairState, ReasonView};
pub(crate) use words::{SALESFORCE_SIGN_IN, sentence};
pub use worker::Worker;

/// Keeps pairs equal.
#[derive(Debug)]
pub struct Reconciler {
    salesforce: Salesforce,
    partner_center: PartnerCenter,
    store: Store,
    clock: Arc<dyn Clock>,
    config: config::Reconcile,
    link_template: String,
    /// Name of this process in leases.
    owner: String,
    locks: Locks,
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

/// Why a run has no result.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Salesforce.
    #[error(transparent)]
    Salesforce(#[from] SalesforceError),
    /// Our own store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process took over.
    #[error("another process works on this opportunity")]
    Lost,
}

impl Reconciler {
    /// A reconciler over these clients.
    #[must_use]
    pub fn new(
        salesforce: Salesforce,
        partner_center: PartnerCenter,
        store: Store,
        clock: Arc<dyn Clock>,
        config: config::Reconcile,
        link_template: String,
    ) -> Self {
        Self {
            salesforce,
            partner_center,
            store,
            clock,
            config,
            link_template,
            owner: Uuid::new_v4().to_string(),
            locks: Locks::default(),
        }
    }

    /// Makes the pair equal. `locale` is the seller's language; `None` when nobody asks. A failure is logged here.
    pub async fn reconcile(&self, key: &SalesforceId, locale: Option<&str>) -> Result<Report, Failure> {
        let turn = async { self.take_turn(key, locale).await.inspect_err(log_failure) };
        turn.instrument(span(key)).await
    }

    async fn take_turn(&self, key: &SalesforceId, locale: Option<&str>) -> Result<Report, Failure> {
        let _turn = self.locks.turn(key).await;
        let now = self.clock.now();
        let Some(lease) = self.store.lease(key, &self.owner, now, self.config.lease).await? else {
            return self.running(key, locale.unwrap_or_default()).await.map(|pair| Report::Pair(Box::new(pair)));
        };
        match self.run(&lease, locale).await {
            Ok((report, due)) => {
                match due {
                    Some(due) => self.store.postpone(&lease, due).await?,
                    None => self.store.done(&lease).await?,
                }
                Ok(report)
            }
            Err(failure) => {
                self.give_back(&lease, &failure).await;
                Err(failure)
            }
        }
    }

    /// The pair as it stands, without calling Partner Center or changing anything. A failure is logged here.
    pub async fn look_up(&self, key: &SalesforceId, locale: &str) -> Result<PairState, Failure> {
        let look = async { self.stand(key, locale).await.inspect_err(log_failure) };
        look.instrument(span(key)).await
    }

    async fn stand(&self, key: &SalesforceId, locale: &str) -> Result<PairState, Failure> {
        let mut settings = self.salesforce.settings().await?;
        locale.clone_into(&mut settings.locale);
        let record = self.salesforce.opportunity(key, &settings).await?;
        let link = self.store.link(key).await?;
        let sources = pair::Sources {
            key,
            record: &record,
            settings: &settings,
            link: link.as_ref(),
            seen: None,
            link_template: &self.link_template,
            now: self.clock.now(),
        };
        PairState::of(&sources).map_err(unreadable)
    }

    /// What can be said about a pair while a run for it has not ended.
    pub async fn running(&self, key: &SalesforceId, locale: &str) -> Result<PairState, Failure> {
        let link = self.store.link(key).await?;
        Ok(PairState::running(key, link.as_ref(), &self.link_template, locale))
    }

    async fn renew(&self, lease: &Lease<SalesforceId>) -> Result<(), Failure> {
        if self.store.renew(lease, self.clock.now(), self.config.lease).await? { Ok(()) } else { Err(Failure::Lost) }
    }

    /// After a failure the work stays due, unless the record is gone.
    async fn give_back(&self, lease: &Lease<SalesforceId>, failure: &Failure) {
        let outcome = match failure {
            Failure::Salesforce(SalesforceError::Gone) => self.store.done(lease).await,
            Failure::Salesforce(SalesforceError::Retry { after, .. }) => {
                self.store.postpone(lease, self.due(lease, *after)).await
            }
            Failure::Salesforce(_) | Failure::Store(_) => self.store.postpone(lease, self.due(lease, None)).await,
            Failure::Lost => Ok(()),
        };
        if let Err(error) = outcome {
            // The lease ends by itself, and the row stays.
            tracing::error!(%error, "due work could not be given back");
        }
    }

    /// When to look again after a failure: what the other side asked for, within reason, else the usual wait.
    fn due(&self, lease: &Lease<SalesforceId>, after: Option<Duration>) -> OffsetDateTime {
        let usual = || backoff::wait(lease.attempts, self.config.backoff_base, self.config.backoff_cap, backoff::jitter());
        self.clock.now() + after.map_or_else(usual, |after| after.min(self.config.backoff_cap))
    }
}

/// Names the opportunity on every line about it, whatever the filter lets through.
fn span(key: &SalesforceId) -> Span {
    tracing::error_span!("run", opportunity = %key)
}

fn log_failure(failure: &Failure) {
    tracing::warn!(error = %failure, "failed");
}

fn unreadable(cause: cosell_rules::salesforce::Unreadable) -> Failure {
    SalesforceError::Unreadable(cause.detail.to_owned()).into()
}
