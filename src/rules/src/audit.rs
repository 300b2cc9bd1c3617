//! What goes back to the opportunity: identifiers, states and the audit trail, only where they differ.
//!
//! The audit field holds one line an entry, newest first: `2026-11-22 14:01 UTC - Shared with Microsoft as co-sell.` It is bounded
//! by dropping the oldest lines, never by cutting one.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::{
    message::{self, Language},
    model::{DealType, Opportunity},
    referral::Referral,
    salesforce::field,
};

/// The size of the audit field, in characters.
const AUDIT_LENGTH: usize = 131_072;

/// The size of the reason field, in characters.
const REASON_LENGTH: usize = 255;

/// How a pair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// The seller has not shared it.
    NotShared,
    /// Both sides agree.
    InStep,
    /// We try again by ourselves.
    Waiting,
    /// A person must mend something.
    NeedsYou,
    /// An administrator must mend something.
    Broken,
}

impl State {
    /// The value of the state field.
    pub fn api_value(self) -> &'static str {
        match self {
            Self::NotShared => "NotShared",
            Self::InStep => "InStep",
            Self::Waiting => "Waiting",
            Self::NeedsYou => "NeedsYou",
            Self::Broken => "Broken",
        }
    }
}

/// Both sides and their state, to be written to the record.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The opportunity as it was read.
    pub opportunity: &'a Opportunity,
    /// Our referral.
    pub own: Option<&'a Referral>,
    /// Microsoft's.
    pub microsoft: Option<&'a Referral>,
    /// How the pair stands.
    pub state: State,
    /// Why, in the seller's words; empty when there is nothing to say.
    pub reason: &'a str,
    /// Address of a referral, with `{id}` for its identifier.
    pub link_template: &'a str,
    /// When this was found out.
    pub now: OffsetDateTime,
    /// Language of the audit entries.
    pub language: Language,
}

impl Outcome<'_> {
    /// How far the deal is opened, as Partner Center holds it.
    fn deal_type(&self, own: &Referral) -> DealType {
        match (self.microsoft, own.consent.consent_to_share_referral_with_microsoft_sellers) {
            (Some(_), _) => DealType::CoSell,
            (None, true) => DealType::PartnerLed,
            (None, false) => DealType::Private,
        }
    }
}

/// The fields of the record that differ from the outcome, with their new values; empty when nothing does.
///
/// Where a fact is new to the record, an entry is added to the audit trail. The entry travels in the same write as the fact, so
/// that a repeated call finds the fact there and adds nothing.
pub fn update(record: &Value, outcome: &Outcome<'_>) -> Map<String, Value> {
    let mut wanted: BTreeMap<&str, Value> = BTreeMap::new();
    if let Some(own) = outcome.own {
        wanted.insert(field::REFERRAL_ID, own.id.as_str().into());
        wanted.insert(field::REFERRAL_LINK, outcome.link_template.replace("{id}", &own.id).into());
        wanted.insert(field::ENGAGEMENT_ID, own.engagement_id.as_str().into());
        wanted.insert(field::REFERRAL_STATUS, own.status_words().into());
        wanted.insert(field::DEAL_TYPE, outcome.deal_type(own).api_value().into());
    }
    if let Some(microsoft) = outcome.microsoft {
        wanted.insert(field::MICROSOFT_STATUS, microsoft.status_words().into());
        wanted.insert(field::ANSWER_DUE, microsoft.expiration_date_time.as_deref().and_then(salesforce_time).into());
        if let Some(id) = microsoft.tracking_info.as_ref().and_then(|info| info.microsoft_msx_id.as_deref()) {
            wanted.insert(field::CRM_ID, id.into());
        }
    }
    wanted.insert(field::STATE, outcome.state.api_value().into());
    wanted.insert(field::STATE_REASON, Some(bounded(outcome.reason, REASON_LENGTH)).filter(|reason| !reason.is_empty()).into());

    let mut changed: Map<String, Value> = wanted
        .into_iter()
        .filter(|(name, value)| !same(name, record.get(*name), value))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    let entries = entries(&changed, outcome);
    if !entries.is_empty() {
        let before = record.get(field::AUDIT).and_then(Value::as_str).unwrap_or_default();
        changed.insert(field::AUDIT.into(), prepend(before, &entries, outcome.now).into());
    }
    changed
}

/// What happened, newest last, told from the facts that the record did not have yet.
fn entries(changed: &Map<String, Value>, outcome: &Outcome<'_>) -> Vec<String> {
    let is_new = |name: &str| changed.get(name).is_some_and(|value| !value.is_null());
    let mut entries = Vec::new();
    if let Some(own) = outcome.own.filter(|_| is_new(field::DEAL_TYPE)) {
        entries.push(message::shared(outcome.deal_type(own), outcome.language));
    }
    if let Some(microsoft) = outcome.microsoft.filter(|_| is_new(field::MICROSOFT_STATUS)) {
        entries.push(if outcome.opportunity.link.microsoft_status.is_none() {
            message::asked(outcome.opportunity.help.as_deref().unwrap_or_default(), outcome.language)
        } else {
            message::answered(microsoft, outcome.language)
        });
    }
    let state_changed = changed.contains_key(field::STATE) || changed.contains_key(field::STATE_REASON);
    if state_changed && !outcome.reason.is_empty() {
        entries.push(outcome.reason.to_owned());
    }
    entries
}

fn prepend(before: &str, entries: &[String], now: OffsetDateTime) -> String {
    let stamp =
        format!("{:04}-{:02}-{:02} {:02}:{:02} UTC", now.year(), u8::from(now.month()), now.day(), now.hour(), now.minute());
    let mut lines: Vec<String> =
        entries.iter().rev().map(|entry| format!("{stamp} - {}", entry.replace(['\r', '\n'], " "))).collect();
    lines.extend(before.lines().filter(|line| !line.is_empty()).map(Into::into));
    let mut room = AUDIT_LENGTH;
    lines
        .into_iter()
        .take_while(|line| {
            // Salesforce counts UTF-16 units, and a line break as two characters.
            let length = line.encode_utf16().count() + 2;
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn bounded(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.into();
    }
    let mut room = most - 1;
    let kept: String = text
        .chars()
        .take_while(|character| {
            let fits = character.len_utf16() <= room;
            room = room.saturating_sub(character.len_utf16());
            fits
        })
        .collect();
    format!("{kept}…")
}

/// Whether the record already holds a value; blank and null are the same to Salesforce, and times are compared as instants.
fn same(name: &str, held: Option<&Value>, wanted: &Value) -> bool {
    let blank = |value: Option<&Value>| value.is_none_or(|value| value.is_null() || value.as_str().is_some_and(str::is_empty));
    if blank(held) && blank(Some(wanted)) {
        return true;
    }
    match (name, held.and_then(Value::as_str), wanted.as_str()) {
        (field::ANSWER_DUE, Some(held), Some(wanted)) => salesforce_time(held).as_deref() == Some(wanted),
        (_, held, wanted) => held == wanted,
    }
}

/// A UTC time of either side (`2026-12-06T14:01:00.1234567Z`, `2026-12-06T14:01:00.000+0000`) to the second, in the form that
/// Salesforce takes; `None` when it has another form.
fn salesforce_time(text: &str) -> Option<String> {
    let (seconds, rest) = (text.get(..19)?, text.get(19..)?);
    let zone = rest.trim_start_matches(|character: char| character == '.' || character.is_ascii_digit());
    let is_utc = matches!(zone, "Z" | "+0000" | "+00:00");
    let shape_fits = seconds.bytes().zip("dddd-dd-ddTdd:dd:dd".bytes()).all(|(byte, form)| match form {
        b'd' => byte.is_ascii_digit(),
        other => byte == other,
    });
    (is_utc && shape_fits).then(|| format!("{seconds}.000Z"))
}
