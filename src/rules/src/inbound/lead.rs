//! The lead that a referral becomes when it is no deal to be worked on together.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    Intake, Remark, bounded,
    people::{last_name, text},
    record::{Place, put_address},
};
use crate::{
    lifecycle::Status,
    reconcile::State,
    salesforce::field,
    text::{lines, split_once, trim},
};

/// What Salesforce calls somebody of whom nothing is known.
const NOT_PROVIDED: &str = "[not provided]";

/// The statuses that Salesforce comes with, for each status of a referral.
const STATUSES: [(Status, &str); 3] =
    [(Status::New, "Open - Not Contacted"), (Status::Active, "Working - Contacted"), (Status::Closed, "Closed - Not Converted")];

/// A lead status of the org.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeadStatus {
    /// Its API name.
    pub api_name: String,
    /// A lead gets it only by becoming an opportunity.
    pub is_converted: bool,
    /// New leads get it.
    pub is_default: bool,
}

/// The fields of the lead, but for its status and its trail.
pub fn lead(intake: &Intake<'_>, place: Place) -> (Map<String, Value>, Vec<Remark>) {
    let nobody = Value::Null;
    let person = intake.own.at("/customerProfile/team/0").unwrap_or(&nobody);
    let company = Some(intake.text("/customerProfile/name")).filter(|name| !name.is_empty()).unwrap_or(NOT_PROVIDED);
    let mut lead = Map::new();
    let remarks = put_address(&mut lead, intake, place, "", "BillingCountry");
    let link = intake.link_template.replace("{id}", &intake.own.id);
    let words = intake.own.status_words();
    let told = [
        ("FirstName", text(person, "firstName"), 40),
        ("LastName", last_name(person).unwrap_or(NOT_PROVIDED), 80),
        ("Company", company, 255),
        ("Email", text(person, "email"), 80),
        ("Phone", text(person, "phoneNumber"), 40),
        ("Description", intake.text("/details/notes"), 32_000),
        (field::REFERRAL_ID, intake.own.id.as_str(), 100),
        (field::REFERRAL_LINK, &link, 255),
        (field::ENGAGEMENT_ID, intake.own.engagement_id.as_str(), 100),
        (field::REFERRAL_STATUS, &words, 100),
        (field::STATE, State::InStep.api_value(), 40),
    ];
    for (name, value, most) in told.into_iter().filter(|(_, value, _)| !value.is_empty()) {
        lead.insert(name.to_owned(), bounded(value, most).into());
    }
    (lead, remarks)
}

/// The status that the lead gets, and what is to be told of it. `None` where the org knows none that fits: it then keeps the one it
/// has, or gets Salesforce's own.
pub fn lead_status(intake: &Intake<'_>, known: &[LeadStatus]) -> (Option<String>, Option<Remark>) {
    let Some(status) = Status::of(&intake.own.status) else { return (None, None) };
    let own = lines(&intake.settings.lead_statuses).filter_map(|line| split_once(line, b'|'));
    let own = own.map(|(status, name)| (Status::of(trim(status)), trim(name)));
    let built_in = STATUSES.iter().map(|(status, name)| (Some(*status), *name));
    let wanted = own.chain(built_in).find(|(of, name)| *of == Some(status) && !name.is_empty());
    let Some((_, wanted)) = wanted else { return (None, None) };
    let usable = |it: &&LeadStatus| !it.is_converted;
    if let Some(found) = known.iter().filter(usable).find(|it| it.api_name.eq_ignore_ascii_case(wanted)) {
        return (Some(found.api_name.clone()), None);
    }
    let default = known.iter().filter(usable).find(|it| it.is_default).map(|it| it.api_name.clone());
    let instead = default.clone().unwrap_or_default();
    (default, Some(Remark::LeadStatus { missing: wanted.to_owned(), instead }))
}

/// What of a lead Partner Center has changed since `seen`, the texts that were written last: the rest is the seller's.
///
/// What was never written is written where the lead has nothing.
pub fn changed(wanted: &Map<String, Value>, seen: &BTreeMap<String, String>, record: &Value) -> Map<String, Value> {
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let is_news = |name: &str, value: &Value| {
        let (now, there) = (text(Some(value)), text(record.get(name)));
        now != there && seen.get(name).map_or(there.is_empty(), |before| *before != now)
    };
    wanted.iter().filter(|(name, value)| is_news(name, value)).map(|(name, value)| (name.clone(), value.clone())).collect()
}
