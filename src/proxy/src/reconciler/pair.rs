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
    /// How far the deal is opened; only of a deal that is, or is to be, shared, and whose record was read.
    pub deal_type: Option<&'static str>,
    /// Our referral.
    pub referral_id: Option<String>,
    /// Its address for people.
    pub referral_link: Option<String>,
    /// The engagement.
    pub engagement_id: Option<String>,
    /// Microsoft's referral.
    pub microsoft_referral_id: Option<String>,
    /// Microsoft's answer, as far as there is one; only where Partner Center or the record was read.
    pub microsoft: Option<MicrosoftView>,
    /// What the rules say about the deal as it is now; none where the record was not read.
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

/// What the store says of a pair.
pub(super) struct Kept<'a> {
    pub(super) key: &'a SalesforceId,
    pub(super) link: Option<&'a Link>,
    /// Since when both sides have not been the same.
    pub(super) pending_since: Option<OffsetDateTime>,
    /// Since when a change that was noticed waits to be carried over.
    pub(super) noticed: Option<OffsetDateTime>,
    /// When the pair is looked at next, if it is.
    pub(super) due_at: Option<OffsetDateTime>,
    /// The language of whoever asks.
    pub(super) locale: &'a str,
    pub(super) link_template: &'a str,
    pub(super) now: OffsetDateTime,
}

/// What a pair's state is made of where the record was read.
pub(super) struct Sources<'a> {
    pub(super) kept: Kept<'a>,
    pub(super) record: &'a Value,
    pub(super) settings: &'a Settings,
    /// What Partner Center holds, if it was just seen.
    pub(super) seen: Option<&'a Seen>,
}

impl Kept<'_> {
    /// The pair, without what the record says anyway; `None` where the record alone tells how it stands: it was never shared, or what
    /// stood in its way may have been mended since.
    pub(super) fn pair(&self) -> Option<PairState> {
        self.stand().map(|(state, reason)| self.view(state, reason))
    }

    /// What can be said while another run has not ended.
    pub(super) fn running(&self) -> PairState {
        self.view(State::Waiting, Some(self.reason(words::RUNNING, "", None)))
    }

    fn stand(&self) -> Option<(State, Option<ReasonView>)> {
        let link = self.link?;
        match &link.reason {
            _ if link.state == State::InStep && self.noticed.is_some() => {
                Some((State::Waiting, Some(self.reason(words::PENDING, "", None))))
            }
            _ if link.state == State::NotShared => None,
            Some(reason) if reason.code == words::NOT_READY => None,
            reason => {
                let view = reason.as_ref().map(|reason| self.reason(&reason.code, &reason.detail, reason.until));
                Some((link.state, view))
            }
        }
    }

    fn reason(&self, code: &str, detail: &str, until: Option<OffsetDateTime>) -> ReasonView {
        ReasonView {
            code: code.to_owned(),
            params: Params { detail: detail.to_owned() },
            message: words::sentence(code, detail, self.locale),
            until: until.and_then(wire_time::write),
        }
    }

    fn view(&self, state: State, reason: Option<ReasonView>) -> PairState {
        let link = self.link;
        let referral_id = link.and_then(|link| link.referral_id.clone());
        let waits = matches!(state, State::Waiting | State::Broken);
        let noticed = self.noticed.filter(|_| state == State::Waiting);
        PairState {
            opportunity_id: self.key.to_string(),
            state,
            reason,
            pending_since: self.pending_since.or(noticed).and_then(wire_time::write),
            waiting_until: self.due_at.filter(|due| waits && *due > self.now).and_then(wire_time::write),
            deal_type: None,
            referral_link: referral_id.as_deref().map(|id| self.link_to(id)),
            referral_id,
            engagement_id: link.and_then(|link| link.engagement_id.clone()),
            microsoft_referral_id: link.and_then(|link| link.microsoft_referral_id.clone()),
            microsoft: None,
            findings: Vec::new(),
            held: link.and_then(|link| link.held.clone()),
            facts: None,
        }
    }

    fn link_to(&self, referral: &str) -> String {
        self.link_template.replace("{id}", referral)
    }
}

impl PairState {
    /// Puts it together. Fails when the record cannot be read.
    pub(super) fn of(sources: &Sources<'_>) -> Result<Self, Unreadable> {
        let Sources { kept, record, settings, seen } = sources;
        let cells = Record::from_json(record, settings)?;
        let opportunity = salesforce::read(&cells, settings)?;
        let observed = seen.map(|seen| Observed {
            opportunity: &opportunity,
            record,
            own: seen.own.as_ref(),
            microsoft: seen.microsoft.as_ref(),
            base: None,
            answered: None,
            link_template: kept.link_template,
        });
        let review = Findings::of_record(&opportunity, settings, observed.as_ref(), kept.now);
        let held = |name: &str| record.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
        let referral_id = kept.link.and_then(|link| link.referral_id.clone()).or_else(|| held(field::REFERRAL_ID));
        let (state, reason) = kept.stand().unwrap_or_else(|| sources.stand(&review, referral_id.is_some()));
        let pair = kept.view(state, reason);
        Ok(Self {
            deal_type: (referral_id.is_some() || opportunity.sync).then(|| opportunity.deal_type().name()),
            referral_link: referral_id.as_deref().map(|id| kept.link_to(id)),
            referral_id,
            engagement_id: pair.engagement_id.or_else(|| held(field::ENGAGEMENT_ID)),
            microsoft: seen
                .and_then(|seen| seen.microsoft.as_ref())
                .map(MicrosoftView::of)
                .or_else(|| MicrosoftView::recorded(&held)),
            findings: review.views,
            facts: observed.as_ref().and_then(Observed::sent).map(|sent| as_facts(&sent)),
            ..pair
        })
    }
}

impl Sources<'_> {
    /// How a pair stands of which the store alone can't tell.
    fn stand(&self, review: &Findings, shared: bool) -> (State, Option<ReasonView>) {
        let Some(link) = self.kept.link else {
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
        let Some(reason) = &link.reason else { return (link.state, None) };
        let message = match (review.blocking, shared) {
            // Mended since: nothing stands in the way of the next share.
            (0, false) => return (State::NotShared, None),
            // What the record alone does not show stands as it was told; what it did show was mended since.
            (0, true) if reason.detail.is_empty() => return (link.state, None),
            (0, true) => reason.detail.clone(),
            (blocking, shared) => words::not_ready(&review.first, blocking, shared, self.kept.locale),
        };
        (link.state, Some(ReasonView { message, ..self.kept.reason(&reason.code, &reason.detail, reason.until) }))
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
