//! A seller's answer to a referral that came to us. It goes to Partner Center first, where it counts; the reconciliation that follows
//! brings the stage of the opportunity to it, as if it had been given there.

use cosell_rules::inbound::{Reply, answered, reason, reply};
use cosell_rules::reconcile::Entry;
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::field;
use serde_json::Value;
use time::OffsetDateTime;
use tracing::Instrument;

use super::decide::Patch;
use super::{Failure, Reconciler, Report, span, trail, words};
use crate::ids::SalesforceId;
use crate::partner_center::PartnerCenterError;
use crate::salesforce::SalesforceError;
use crate::store::{Lease, StoreError, WorkKey};

/// How often others may change the referral under our hands before we give up.
const MOST_ROUNDS: usize = 4;

/// A seller's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// We take part.
    Accept,
    /// We don't.
    Decline {
        /// Why, one of Microsoft's reasons.
        reason: String,
    },
}

/// Why an answer was not given.
#[derive(Debug)]
pub(crate) enum Undecided {
    /// Something failed; it may be given again.
    Failure(Failure),
    /// Another process works on the deal.
    Busy,
    /// There is nothing to be answered, or not so.
    Refused {
        /// Stable code, also the key of the sentence.
        code: &'static str,
        /// What the sentence names.
        detail: String,
    },
}

impl From<Failure> for Undecided {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for Undecided {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<SalesforceError> for Undecided {
    fn from(error: SalesforceError) -> Self {
        Self::Failure(error.into())
    }
}

impl From<PartnerCenterError> for Undecided {
    fn from(error: PartnerCenterError) -> Self {
        tracing::warn!(%error, "an answer did not reach Partner Center");
        Self::Failure(error.into())
    }
}

impl Reconciler {
    /// Gives the answer and makes the pair equal. Given twice, it is given once.
    pub(crate) async fn answer(&self, key: &SalesforceId, answer: &Answer, locale: &str) -> Result<Report, Undecided> {
        self.answer_turn(key, answer, locale).instrument(span(key)).await
    }

    async fn answer_turn(&self, key: &SalesforceId, answer: &Answer, locale: &str) -> Result<Report, Undecided> {
        let _turn = self.locks.turn(&WorkKey::Opportunity(key.clone())).await;
        let now = self.clock.now();
        let Some(lease) = self.store.lease(key, &self.owner, now, self.config.lease).await? else { return Err(Undecided::Busy) };
        match self.give_answer(&lease, answer, locale).await {
            Ok(()) => Ok(self.run_to_end(&lease, Some(locale)).await.inspect_err(super::log_failure)?),
            Err(Undecided::Failure(failure)) => {
                super::log_failure(&failure);
                self.give_back(&lease, &failure).await;
                Err(failure.into())
            }
            Err(refused) => {
                // The seller saw something that is no more: the record should show what is.
                self.store.rest(&lease, self.clock.now()).await?;
                Err(refused)
            }
        }
    }

    async fn give_answer(&self, lease: &Lease<SalesforceId>, answer: &Answer, locale: &str) -> Result<(), Undecided> {
        let settings = self.salesforce.settings().await?;
        let record = self.salesforce.opportunity(&lease.key, &settings).await?;
        let (accepts, text) = match answer {
            Answer::Accept => (true, ""),
            Answer::Decline { reason } => (false, reason.as_str()),
        };
        let Some(reason) = reason(accepts, text, &settings) else { return Err(refused(words::DECISION_REASON)) };
        let link = self.store.begin_link(&lease.key, locale, self.clock.now()).await?;
        let recorded = || record.get(field::REFERRAL_ID).and_then(Value::as_str).filter(|id| !id.is_empty()).map(str::to_owned);
        let Some(id) = link.referral_id.clone().or_else(recorded) else { return Err(refused(words::DECISION_NOT_INCOMING)) };
        for _ in 0..MOST_ROUNDS {
            let in_time = self.renew(lease).await?;
            let own = self.partner_center.get(&id).await?.ok_or(PartnerCenterError::NotFound)?;
            if link.referral_id.is_none() && self.is_foreign(&lease.key, &own).await? {
                return Err(refused(words::DECISION_NOT_INCOMING));
            }
            let version = own.e_tag.as_deref();
            let operations = match reply(&own, accepts, reason) {
                Reply::Said => return Ok(()),
                Reply::Refused { code, detail } => return Err(Undecided::Refused { code, detail }),
                Reply::Send(operations) => operations,
            };
            // On disk before it is sent, as every line of what we do in Partner Center.
            let sentence = words::told(&Entry::Moved { to: answered(accepts), reason: reason.to_owned() }, &link.language);
            let patch = Patch { operations, if_match: version.map(str::to_owned) };
            let mut told = trail::without(&link.told, &patch);
            told.extend(trail::kept(vec![sentence], &patch, &record));
            self.store.tell(lease, &told, self.clock.now()).await?;
            match self.send_answer(&own, &patch, in_time).await {
                Ok(()) => return Ok(self.store.tell(lease, &trail::certain(told, &patch), self.clock.now()).await?),
                Err(PartnerCenterError::Changed) => self.store.tell(lease, &link.told, self.clock.now()).await?,
                // It may have been done: the next look tells by the version.
                Err(error @ PartnerCenterError::Unavailable { .. }) => return Err(error.into()),
                Err(error) => {
                    self.store.tell(lease, &link.told, self.clock.now()).await?;
                    return Err(error.into());
                }
            }
        }
        Err(PartnerCenterError::Changed.into())
    }

    async fn send_answer(&self, own: &Referral, patch: &Patch, in_time: OffsetDateTime) -> Result<(), PartnerCenterError> {
        self.partner_center.patch(&own.id, patch.if_match.as_deref(), &patch.operations, in_time).await?;
        tracing::info!(referral = own.id, "a referral was answered");
        Ok(())
    }
}

fn refused(code: &'static str) -> Undecided {
    Undecided::Refused { code, detail: String::new() }
}
