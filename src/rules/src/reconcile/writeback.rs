//! What goes back to the record beside the merged values: identifiers, states and the audit trail, only where they differ.
//!
//! The audit field holds one line an entry, newest first: `2026-11-22 14:01 UTC - Shared with Microsoft as co-sell.` It is bounded
//! by dropping the oldest lines, never by cutting one. Words come from the caller.

use serde_json::{Map, Value};

use super::{
    Entry, Observed,
    change::written,
    held::{canonical, held},
};
use crate::{
    lifecycle::Standing,
    map::{self, Direction, Side, Transform},
    moment::{self, Moment},
    referral::Referral,
    salesforce::field,
    settings::Settings,
};

/// The size of the audit field, in characters as Salesforce counts them.
const AUDIT_LENGTH: usize = 131_072;

/// The size of the reason field, in characters as Salesforce counts them.
const REASON_LENGTH: usize = 255;

/// The size of the field for Microsoft's seller, likewise.
const SELLER_LENGTH: usize = 255;

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

/// How a reconciliation ended, in the caller's words.
#[derive(Clone, Copy, Debug)]
pub struct Closing<'a> {
    /// How the pair stands.
    pub state: State,
    /// Why, in the seller's words; empty when there is nothing to say.
    pub reason: &'a str,
    /// The entries for the trail in words, oldest first.
    pub trail: &'a [String],
    /// When this was found out.
    pub now: Moment,
}

/// The update of the record: what a plan writes, the state, and the trail. Empty when nothing differs.
///
/// A reason is told in the trail when it is new. The entries travel in the same write as the facts that they tell, so that a
/// repeated call finds the facts there and adds nothing.
pub fn record_update(record: &Value, salesforce: &[(String, Value)], closing: &Closing<'_>) -> Map<String, Value> {
    let reason = Some(bounded(closing.reason, REASON_LENGTH)).filter(|reason| !reason.is_empty());
    let state = [(field::STATE, Value::from(closing.state.api_value())), (field::STATE_REASON, Value::from(reason))];
    let news: Vec<_> = state.into_iter().filter(|(name, value)| !same(name, record.get(name), value)).collect();
    let is_news = !news.is_empty() && !closing.reason.is_empty();
    let lines: Vec<&str> = closing.trail.iter().map(String::as_str).chain(is_news.then_some(closing.reason)).collect();

    let mut update: Map<String, Value> = salesforce.iter().cloned().collect();
    update.extend(news.into_iter().map(|(name, value)| (name.to_owned(), value)));
    if !lines.is_empty() {
        let before = record.get(field::AUDIT).and_then(Value::as_str).unwrap_or_default();
        update.insert(field::AUDIT.into(), prepend(before, &lines, closing.now).into());
    }
    update
}

/// What Partner Center alone knows, where the record doesn't have it yet.
pub(super) fn facts(observed: &Observed<'_>, settings: &Settings) -> Vec<(String, Value)> {
    let Some(own) = observed.own else { return Vec::new() };
    let mut facts: Vec<(String, Value)> = Vec::new();
    for row in map::rows(settings).filter(|row| row.mapping.direction == Direction::ToSalesforce) {
        let referral = if row.mapping.side == Side::Microsoft { observed.microsoft } else { Some(own) };
        let text = referral.and_then(|referral| held(row, referral)).unwrap_or_default();
        let (name, transform) = (row.mapping.field(settings), row.mapping.transform);
        // What is not told is not taken away.
        if !name.is_empty() && !text.is_empty() {
            let known = observed.record.get(name).and_then(|value| canonical(value, transform));
            let text = if transform == Transform::Link { observed.link_template.replace("{id}", &text) } else { text };
            if known.as_deref() != Some(&text) {
                facts.push((name.to_owned(), written(&text, transform)));
            }
        }
    }
    let due = observed.due().map(moment::format_moment);
    let mut tell = |name: &str, value: Value| {
        if !same(name, observed.record.get(name), &value) {
            facts.push((name.to_owned(), value));
        }
    };
    tell(field::REFERRAL_STATUS, own.status_words().into());
    tell(field::DEAL_TYPE, observed.deal_type(own).api_value().into());
    tell(field::ANSWER_DUE, due.into());
    if let Some(microsoft) = observed.microsoft {
        tell(field::MICROSOFT_STATUS, microsoft.status_words().into());
        if let Some(seller) = seller(own, microsoft) {
            tell(field::MICROSOFT_SELLER, bounded(&seller, SELLER_LENGTH).into());
        }
    }
    facts
}

/// Who looks after the deal at Microsoft: the first of its team whom we did not name, once Microsoft has taken the deal. Until then
/// the team is the one that we sent.
fn seller(own: &Referral, microsoft: &Referral) -> Option<String> {
    let people = |referral: &Referral| referral.at("/team").and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |person: &Value, name: &str| person.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    if microsoft.standing().is_none_or(Standing::waits) {
        return None;
    }
    let ours: Vec<String> = people(own).iter().map(|person| text(person, "email").to_lowercase()).collect();
    let found = people(microsoft).into_iter().find(|person| !ours.contains(&text(person, "email").to_lowercase()))?;
    let name = [text(&found, "firstName"), text(&found, "lastName")].join(" ");
    let told: Vec<String> = [name.trim().to_owned(), text(&found, "email")].into_iter().filter(|part| !part.is_empty()).collect();
    Some(told.join(", ")).filter(|told| !told.is_empty())
}

/// What happened, oldest first, told from the facts that the record did not have yet.
pub(super) fn entries(facts: &[(String, Value)], observed: &Observed<'_>) -> Vec<Entry> {
    let is_new = |name: &str| facts.iter().any(|(known, value)| known == name && !value.is_null());
    let shared = observed.own.filter(|_| is_new(field::DEAL_TYPE)).map(|own| Entry::Shared(observed.deal_type(own)));
    let news = observed.microsoft.filter(|_| is_new(field::MICROSOFT_STATUS));
    let is_first = observed.opportunity.link.microsoft_status.is_none();
    let asked = news.filter(|_| is_first).map(|microsoft| {
        let told = microsoft.invite_context.as_ref().and_then(|context| context.assistance_request_code.clone());
        Entry::Asked { help: told.unwrap_or_else(|| observed.opportunity.help.unwrap_or_default().to_owned()) }
    });
    // Microsoft may have answered before the record knew that it was asked.
    let answered = news.filter(|microsoft| !is_first || microsoft.status != "New").map(|microsoft| {
        let reason = microsoft.status_reason.clone().unwrap_or_default();
        Entry::Answered { standing: microsoft.status_words(), reason }
    });
    shared.into_iter().chain(asked).chain(answered).collect()
}

fn prepend(before: &str, entries: &[&str], now: Moment) -> String {
    let (hour, minute, _) = now.as_hms();
    let stamp = format!("{} {hour:02}:{minute:02} UTC", moment::format_day(now.date()));
    let new = entries.iter().rev().map(|entry| format!("{stamp} - {}", entry.replace(['\r', '\n'], " ")));
    let old = before.lines().filter(|line| !line.is_empty()).map(Into::into);
    let mut room = AUDIT_LENGTH;
    new.chain(old)
        .take_while(|line| {
            // Salesforce counts UTF-16 units, and a line break as two characters.
            let length = line.encode_utf16().count() + 2;
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        })
        .collect::<Vec<String>>()
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
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let (held, wanted) = (text(held), text(Some(wanted)));
    let instant = |text: &str| moment::parse_moment(text).filter(|_| name == field::ANSWER_DUE);
    held == wanted || instant(&held).is_some_and(|held| instant(&wanted) == Some(held))
}
