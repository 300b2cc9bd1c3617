//! What an administrator has to see, in words, and how to have it looked at again. Nothing is called and nothing decided here.

use cosell_rules::reconcile::State;
use serde::Serialize;
use time::OffsetDateTime;

use super::pair::Params;
use super::{Reconciler, words};
use crate::ids::SalesforceId;
use crate::store::{Cursor, EngagementId, Reason, Standstill, StoreError, WorkKey};
use crate::wire_time;

/// What stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// An opportunity and its referral.
    Opportunity,
    /// A referral that came in and is a lead.
    Lead,
    /// A referral that came in and is nothing in Salesforce yet.
    Referral,
}

/// One thing that somebody has to see.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attention {
    kind: Kind,
    opportunity_id: Option<String>,
    referral_id: Option<String>,
    engagement_id: Option<String>,
    state: State,
    /// Stable code.
    code: String,
    params: Params,
    /// One sentence, in the language asked for.
    message: String,
    /// Since when, UTC; of what came in, when it did.
    since: Option<String>,
    /// When it is looked at again by itself, UTC.
    waiting_until: Option<String>,
    /// How often that has failed in a row.
    attempts: u32,
}

/// What an administrator names, to have it looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An opportunity.
    Opportunity(SalesforceId),
    /// A referral of ours.
    Referral(String),
    /// An engagement.
    Engagement(EngagementId),
}

impl Reconciler {
    /// Up to `limit` of what somebody has to see behind `after`, oldest first, and where the rest begins, if there is more.
    pub(crate) async fn attention(
        &self,
        after: &Cursor,
        limit: usize,
        locale: &str,
    ) -> Result<(Vec<Attention>, Option<Cursor>), StoreError> {
        let now = self.clock.now();
        // One more than asked for: it tells whether there is a next page.
        let mut found = self.store.standstills(after, words::NOT_READY, now, limit.saturating_add(1)).await?;
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| has_more).map(Standstill::cursor);
        Ok((found.into_iter().map(|it| Attention::of(it, now, locale)).collect(), next))
    }

    /// Asks for a look now. `false` when nobody knows of it.
    pub(crate) async fn retry(&self, subject: &Subject) -> Result<bool, StoreError> {
        let known = self.key_of(subject).await?;
        if let Some(key) = &known {
            self.store.wake(key, self.clock.now()).await?;
            self.news.notify_one();
        }
        Ok(known.is_some())
    }

    /// Whether somebody is at it, or will be as soon as somebody is free: how it stands may be different in a moment.
    pub(crate) async fn is_under_way(&self, subject: &Subject) -> Result<bool, StoreError> {
        match self.key_of(subject).await? {
            Some(key) => self.store.is_under_way(&key, self.clock.now()).await,
            None => Ok(false),
        }
    }

    /// What is worked on when this is looked at. Of an engagement that is on its way not the opportunity: it is woken when the rest is
    /// done, and before that it would only be in the way.
    async fn key_of(&self, subject: &Subject) -> Result<Option<WorkKey>, StoreError> {
        let (on_its_way, opportunity) = match subject {
            Subject::Opportunity(key) => (None, self.store.knows(key).await?.then(|| key.clone())),
            Subject::Referral(id) => (self.store.engagement_on_its_way(id).await?, self.store.opportunity_of_referral(id).await?),
            Subject::Engagement(key) => {
                (self.store.inbound(key).await?.map(|_| *key), self.store.opportunity_of_engagement(&key.to_string()).await?)
            }
        };
        Ok(on_its_way.map(WorkKey::Engagement).or(opportunity.map(WorkKey::Opportunity)))
    }
}

impl Attention {
    fn of(it: Standstill, now: OffsetDateTime, locale: &str) -> Self {
        let (kind, opportunity_id) = match &it.key {
            WorkKey::Opportunity(key) => (Kind::Opportunity, Some(key.to_string())),
            WorkKey::Engagement(_) if it.is_lead => (Kind::Lead, None),
            WorkKey::Engagement(_) => (Kind::Referral, None),
        };
        // Both sides agreed last; since then a change was noticed that nobody has carried over.
        let is_late = it.state == Some(State::InStep);
        let unknown = if is_late { words::PENDING } else { words::RUNNING };
        let reason = it.reason.filter(|_| !is_late);
        let reason = reason.unwrap_or_else(|| Reason { code: unknown.to_owned(), detail: String::new(), until: None });
        let state = if is_late { State::Waiting } else { it.state.unwrap_or_else(|| state_of(&reason.code)) };
        let waits = kind != Kind::Opportunity || matches!(state, State::Waiting | State::Broken);
        Self {
            kind,
            opportunity_id,
            referral_id: it.referral_id,
            engagement_id: it.engagement_id,
            state,
            message: words::sentence(&reason.code, &reason.detail, locale),
            params: Params { detail: reason.detail },
            code: reason.code,
            since: wire_time::write(it.since),
            waiting_until: it.due_at.filter(|due| waits && *due > now).and_then(wire_time::write),
            attempts: it.attempts,
        }
    }
}

/// How what came in stands, by what is in its way: what one side does not take, people mend.
fn state_of(code: &str) -> State {
    const MENDED_BY_ADMINS: [&str; 6] = [
        words::SALESFORCE_SIGN_IN,
        words::SALESFORCE_UNREADABLE,
        words::SETTINGS_UNREADABLE,
        "partner-center.sign-in",
        "partner-center.forbidden",
        "partner-center.gone",
    ];
    match code {
        _ if MENDED_BY_ADMINS.contains(&code) => State::Broken,
        _ if code == "partner-center.refused" || code.starts_with("inbound.") => State::NeedsYou,
        _ => State::Waiting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partner_center::PartnerCenterError;
    use crate::reconciler::{Failure, setback};
    use crate::salesforce::SalesforceError;

    #[test]
    fn what_came_in_stands_as_a_pair_does_after_the_same_failure() {
        let (text, after) = (String::new, None);
        let failures: [Failure; 12] = [
            PartnerCenterError::Throttled { after }.into(),
            PartnerCenterError::Unavailable { after, detail: text() }.into(),
            PartnerCenterError::Refused { status: 400, code: text(), message: text(), target: None, request: text() }.into(),
            PartnerCenterError::SignIn { detail: text() }.into(),
            PartnerCenterError::Forbidden { detail: text() }.into(),
            PartnerCenterError::NotFound.into(),
            PartnerCenterError::Unreadable(text()).into(),
            SalesforceError::Retry { after, undone: false, detail: text() }.into(),
            SalesforceError::SignIn { detail: text() }.into(),
            SalesforceError::Refused { code: text(), message: text(), fields: Vec::new() }.into(),
            SalesforceError::Changed.into(),
            SalesforceError::Unreadable(text()).into(),
        ];
        for failure in failures {
            let (state, reason) = setback::standing(&failure).unwrap();
            assert_eq!(state_of(&reason.code), state, "{failure}");
        }
    }
}
