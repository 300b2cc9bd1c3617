//! What a seller is told about a pair: the answer of the seller API, put together from the record, the link and the rules.

use std::collections::BTreeMap;

use cosell_rules::facts::Sent;
use cosell_rules::reconcile::{Observed, State};
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::{self, Record, Unreadable, field};
use cosell_rules::settings::Settings;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use super::decide::{Findings, Seen};
use super::words;
use crate::ids::SalesforceId;
use crate::store::{Link, state_of};
use crate::wire_time;

/// The state of a pair.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PairState {
    /// The opportunity.
    pub opportunity_id: String,
    /// How the pair stands.
    pub state: State,
    /// Why, where there is something to say.
    pub reason: Option<ReasonView>,
    /// Since when both sides have not been the same, UTC; `None` while they are, or before the deal is shared.
    pub pending_since: Option<String>,
    /// When we look again by ourselves, UTC; `None` while nobody needs to, or only something that changes can help.
    pub waiting_until: Option<String>,
    /// How far the deal is opened; only of a deal that is, or is to be, shared.
    pub deal_type: Option<&'static str>,
    /// Our referral.
    pub referral_id: Option<String>,
    /// Its address for people.
    pub referral_link: Option<String>,
    /// The engagement.
    pub engagement_id: Option<String>,
    /// Microsoft's referral.
    pub microsoft_referral_id: Option<String>,
    /// Microsoft's answer, as far as there is one.
    pub microsoft: Option<MicrosoftView>,
    /// What the rules say about the deal as it is now.
    pub findings: Vec<Value>,
    /// What Partner Center held of our referral when it was last seen, by path and as the rules compare it; only once it is shared.
    pub held: Option<BTreeMap<String, String>>,
    /// What Microsoft was given and how both sides stand, as the facts `sent.…` of a review; only where Partner Center was just seen.
    pub facts: Option<BTreeMap<String, String>>,
}

/// Why a pair stands as it does.
#[derive(Debug, Serialize)]
pub struct ReasonView {
    /// Stable code.
    pub code: String,
    /// What the sentence names.
    pub params: Params,
    /// One sentence for the seller.
    pub message: String,
    /// When we look again, UTC, where that is known.
    pub until: Option<String>,
}

/// What a reason names beside its code.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Params {
    /// As the sentence has it; blank where there is nothing to be named.
    pub detail: String,
}

/// Microsoft's side.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MicrosoftView {
    /// `New`, `Active` or `Closed`.
    pub status: String,
    /// Such as `Pending`.
    pub substatus: String,
    /// Until when Microsoft has to answer, UTC.
    pub answer_due: Option<String>,
}

/// What a pair's state is made of.
pub(super) struct Sources<'a> {
    pub(super) key: &'a SalesforceId,
    pub(super) record: &'a Value,
    /// Their language is that of whoever asks.
    pub(super) settings: &'a Settings,
    pub(super) link: Option<&'a Link>,
    /// Since when both sides have not been the same.
    pub(super) pending_since: Option<OffsetDateTime>,
    /// Since when a change that was noticed waits to be carried over.
    pub(super) noticed: Option<OffsetDateTime>,
    /// When the pair is looked at next, if it is.
    pub(super) due_at: Option<OffsetDateTime>,
    /// What Partner Center holds, if it was just seen.
    pub(super) seen: Option<&'a Seen>,
    pub(super) link_template: &'a str,
    pub(super) now: OffsetDateTime,
}

impl PairState {
    /// Puts it together. Fails when the record cannot be read.
    pub(super) fn of(sources: &Sources<'_>) -> Result<Self, Unreadable> {
        let record = Record::from_json(sources.record, sources.settings)?;
        let opportunity = salesforce::read(&record, sources.settings)?;
        let observed = sources.seen.map(|seen| Observed {
            opportunity: &opportunity,
            record: sources.record,
            own: seen.own.as_ref(),
            microsoft: seen.microsoft.as_ref(),
            base: None,
            answered: None,
            link_template: sources.link_template,
        });
        let review = Findings::of_record(&opportunity, sources.settings, observed.as_ref(), sources.now);
        let held =
            |name: &str| sources.record.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let link = sources.link;
        let referral_id = link.and_then(|link| link.referral_id.clone()).or_else(|| held(field::REFERRAL_ID));
        let (state, reason) = sources.stand(&review, referral_id.is_some());
        let waits = matches!(state, State::Waiting | State::Broken);
        let noticed = sources.noticed.filter(|_| state == State::Waiting);
        Ok(Self {
            opportunity_id: sources.key.to_string(),
            state,
            reason,
            pending_since: sources.pending_since.or(noticed).and_then(wire_time::write),
            waiting_until: sources.due_at.filter(|due| waits && *due > sources.now).and_then(wire_time::write),
            deal_type: (referral_id.is_some() || opportunity.sync).then(|| opportunity.deal_type().name()),
            referral_link: referral_id.as_ref().map(|id| sources.link_template.replace("{id}", id)),
            referral_id,
            engagement_id: link.and_then(|link| link.engagement_id.clone()).or_else(|| held(field::ENGAGEMENT_ID)),
            microsoft_referral_id: link.and_then(|link| link.microsoft_referral_id.clone()),
            microsoft: sources
                .seen
                .and_then(|seen| seen.microsoft.as_ref())
                .map(MicrosoftView::of)
                .or_else(|| MicrosoftView::recorded(&held)),
            findings: review.views,
            held: link.and_then(|link| link.held.clone()),
            facts: observed.as_ref().and_then(Observed::sent).map(|sent| as_facts(&sent)),
        })
    }

    /// What can be said while another run has not ended, from the link alone.
    pub(super) fn running(key: &SalesforceId, link: Option<&Link>, link_template: &str, locale: &str) -> Self {
        let referral_id = link.and_then(|link| link.referral_id.clone());
        let message = words::sentence(words::RUNNING, "", locale);
        Self {
            opportunity_id: key.to_string(),
            state: State::Waiting,
            reason: Some(ReasonView { code: words::RUNNING.to_owned(), params: Params::default(), message, until: None }),
            pending_since: None,
            waiting_until: None,
            deal_type: None,
            referral_link: referral_id.as_ref().map(|id| link_template.replace("{id}", id)),
            referral_id,
            engagement_id: link.and_then(|link| link.engagement_id.clone()),
            microsoft_referral_id: link.and_then(|link| link.microsoft_referral_id.clone()),
            microsoft: None,
            findings: Vec::new(),
            held: link.and_then(|link| link.held.clone()),
            facts: None,
        }
    }
}

impl Sources<'_> {
    fn stand(&self, review: &Findings, shared: bool) -> (State, Option<ReasonView>) {
        let locale = self.settings.locale.as_str();
        let Some(link) = self.link else {
            // The store does not know the pair: what was written to the record last is the best there is.
            let state = self.record.get(field::STATE).and_then(Value::as_str).map_or(State::NotShared, state_of);
            let reason = self.record.get(field::STATE_REASON).and_then(Value::as_str).filter(|text| !text.is_empty());
            let reason = reason.map(|text| ReasonView {
                code: "record".to_owned(),
                params: Params { detail: text.to_owned() },
                message: text.to_owned(),
                until: None,
            });
            return (state, reason);
        };
        if link.state == State::InStep && self.noticed.is_some() {
            let message = words::sentence(words::PENDING, "", locale);
            let reason = ReasonView { code: words::PENDING.to_owned(), params: Params::default(), message, until: None };
            return (State::Waiting, Some(reason));
        }
        let Some(reason) = &link.reason else { return (link.state, None) };
        let message = match (reason.code.as_str(), review.blocking, shared) {
            // Mended since: nothing stands in the way of the next share.
            (words::NOT_READY, 0, false) => return (State::NotShared, None),
            // What the record alone does not show stands as it was told; what it did show was mended since.
            (words::NOT_READY, 0, true) if reason.detail.is_empty() => return (link.state, None),
            (words::NOT_READY, 0, true) => reason.detail.clone(),
            (words::NOT_READY, blocking, shared) => words::not_ready(&review.first, blocking, shared, locale),
            (code, ..) => words::sentence(code, &reason.detail, locale),
        };
        let until = reason.until.and_then(wire_time::write);
        let params = Params { detail: reason.detail.clone() };
        (link.state, Some(ReasonView { code: reason.code.clone(), params, message, until }))
    }
}

impl MicrosoftView {
    fn of(referral: &Referral) -> Self {
        Self {
            status: referral.status.clone(),
            substatus: referral.substatus.clone(),
            answer_due: referral.expiration_date_time.as_deref().and_then(utc),
        }
    }

    /// From the words that were written to the record: `New / Pending`.
    fn recorded(held: &impl Fn(&str) -> Option<String>) -> Option<Self> {
        let words = held(field::MICROSOFT_STATUS)?;
        let (status, substatus) = words.split_once(" / ").unwrap_or((&words, ""));
        Some(Self {
            status: status.to_owned(),
            substatus: substatus.to_owned(),
            answer_due: held(field::ANSWER_DUE).as_deref().and_then(utc),
        })
    }
}

fn as_facts(sent: &Sent<'_>) -> BTreeMap<String, String> {
    sent.facts().into_iter().map(|(name, text)| (name.to_owned(), text)).collect()
}

/// A UTC time of either side, to the second, in the one form that we give out.
fn utc(text: &str) -> Option<String> {
    wire_time::read(text).and_then(wire_time::write)
}

#[cfg(test)]
mod tests;
