//! What becomes of a run that failed: the pair says so, the record where that is the only way to be heard, and the work is given back.
//! It must not know what the run was about to do.

use cosell_rules::reconcile::State;
use cosell_rules::salesforce::field;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{Failure, Reconciler, words};
use crate::ids::SalesforceId;
use crate::partner_center::PartnerCenterError;
use crate::reconciler::trouble::Trouble;
use crate::salesforce::SalesforceError;
use crate::store::{Key, Lease, Reason, StoreError, WorkKey};

/// How a pair stands after a failure, and why; `None` where the failure says nothing of the pair.
pub(super) fn standing(failure: &Failure) -> Option<(State, Reason)> {
    let (state, code, detail) = match failure {
        Failure::Salesforce(SalesforceError::SignIn { .. }) => (State::Broken, words::SALESFORCE_SIGN_IN, String::new()),
        Failure::Salesforce(SalesforceError::Settings(error)) => (State::Broken, words::SETTINGS_UNREADABLE, error.text()),
        Failure::Salesforce(SalesforceError::Refused { message, .. }) => {
            (State::Broken, words::SALESFORCE_UNREADABLE, message.clone())
        }
        Failure::Salesforce(SalesforceError::Unreadable(detail)) => (State::Broken, words::SALESFORCE_UNREADABLE, detail.clone()),
        Failure::Salesforce(SalesforceError::Retry { .. } | SalesforceError::Changed) => {
            (State::Waiting, words::SALESFORCE_UNAVAILABLE, String::new())
        }
        Failure::PartnerCenter(error) => Trouble::of_unanswered(error),
        // Of the record that is gone tells whoever gives the work back; the others are nobody's matter but ours.
        Failure::Salesforce(SalesforceError::Gone) | Failure::Store(_) | Failure::Lost | Failure::Busy(_) => return None,
    };
    Some((state, Reason { code: code.to_owned(), detail, until: None }))
}

impl Reconciler {
    /// Keeps why a run has failed, be it before its record was read: what nobody can see nobody mends.
    pub(super) async fn note_failure(&self, lease: &Lease<SalesforceId>, failure: &Failure, locale: Option<&str>) {
        if let Some((state, reason)) = standing(failure) {
            match self.keep_failure(lease, state, &reason, locale).await {
                Ok(()) => {}
                // Whoever has taken over meanwhile knows better.
                Err(Failure::Lost) => tracing::info!("why a run failed is not kept: another process has the work now"),
                Err(error) => tracing::error!(%error, "why a run failed could not be kept"),
            }
        }
    }

    async fn keep_failure(
        &self,
        lease: &Lease<SalesforceId>,
        state: State,
        reason: &Reason,
        locale: Option<&str>,
    ) -> Result<(), Failure> {
        let in_time = self.renew(lease).await?;
        let (key, now) = (&lease.key, self.clock.now());
        let link = self.store.begin_link(key, locale.unwrap_or("en"), now).await?;
        self.store.conclude(lease, state, Some(reason), None, now).await?;
        self.store.note_standing(lease, state, now).await?;
        let is_news = link.reason.is_none_or(|known| known.code != reason.code);
        if reason.code == words::SETTINGS_UNREADABLE && is_news && link.referral_id.is_some() {
            self.tell_record(key, state, &words::sentence(&reason.code, &reason.detail, &link.language), in_time).await;
        }
        Ok(())
    }

    /// Says on the record how the pair stands, once for each change of that: without the settings nobody can read the record, but this
    /// needs none of it. Our own write comes back through the feed and leads to the same failure, which is no news then.
    async fn tell_record(&self, key: &SalesforceId, state: State, reason: &str, in_time: OffsetDateTime) {
        let told = [(field::STATE, state.api_value()), (field::STATE_REASON, reason)];
        let told: Map<String, Value> = told.into_iter().map(|(name, text)| (name.to_owned(), text.into())).collect();
        if let Err(error) = self.salesforce.update(key, &told, None, in_time).await {
            tracing::info!(%error, "the record could not be told why it waits");
        }
    }

    /// After a failure the work stays due, unless the record is gone: then the sweep looks now and then whether it is there again.
    pub(super) async fn give_back<K: Key>(&self, lease: &Lease<K>, failure: &Failure) {
        let outcome = match failure {
            Failure::Salesforce(SalesforceError::Gone) => self.give_up(lease).await,
            Failure::Salesforce(SalesforceError::Retry { after, .. })
            | Failure::PartnerCenter(PartnerCenterError::Throttled { after } | PartnerCenterError::Unavailable { after, .. }) => {
                self.store.postpone(lease, self.due(lease, *after)).await
            }
            Failure::Salesforce(_) | Failure::PartnerCenter(_) | Failure::Store(_) | Failure::Busy(_) => {
                self.store.postpone(lease, self.due(lease, None)).await
            }
            Failure::Lost => Ok(()),
        };
        if let Err(error) = outcome
            && !matches!(error, StoreError::Lost)
        {
            // The lease ends by itself, and the row stays.
            tracing::error!(%error, "due work could not be given back");
        }
    }

    /// There is nothing to be made equal any more. Of a referral that stays behind, or may, an administrator must know; what was never
    /// shared nobody misses. What came in is there whatever record has gone meanwhile: it is looked at again.
    async fn give_up<K: Key>(&self, lease: &Lease<K>) -> Result<(), StoreError> {
        let Some(WorkKey::Opportunity(key)) = WorkKey::parse(&lease.key.text()) else {
            return self.store.postpone(lease, self.due(lease, None)).await;
        };
        if let Some(link) = self.store.link(&key).await? {
            let (held, now) = (lease.of(key), self.clock.now());
            let is_missed = link.referral_id.is_some() || link.own_attempt.is_some();
            let gone = Reason { code: words::SALESFORCE_GONE.to_owned(), detail: String::new(), until: None };
            let (state, reason) = if is_missed { (State::Broken, Some(&gone)) } else { (State::NotShared, None) };
            self.store.conclude(&held, state, reason, None, now).await?;
            self.store.note_standing(&held, state, now).await?;
        }
        self.store.done(lease).await
    }
}
