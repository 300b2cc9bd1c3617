//! What comes in, as a service sends it, and what becomes of it in orgs that have more or less. Here is what all of these tests begin
//! with.

mod answer;
mod classify;
mod customer;
mod lead;
mod opportunity;

use serde_json::{Map, Value, json};

use super::*;
use crate::{message::Language, moment};

const ALL: [&str; 7] = ["Amount", "CurrencyIsoCode", "Name", "CloseDate", "Description", "StageName", "Net__c"];
const NOW: &str = "2026-11-22T14:00:00Z";

/// A co-sell referral from a Microsoft seller; `changes` are put at their paths.
fn referral(changes: &[(&str, Value)]) -> Referral {
    let mut document: Value = serde_json::from_str(include_str!("../../tests/cases/inbound.json")).unwrap();
    for (path, value) in changes {
        let (parent, name) = path.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    Referral::try_from(document).unwrap()
}

fn settings() -> Settings {
    Settings { on_hold_stage: "On Hold".into(), ..Settings::default() }
}

/// Calls `with` for a referral in an org that has these fields.
fn taken<R>(own: &Referral, settings: &Settings, fields: &[&str], with: impl FnOnce(&Intake<'_>) -> R) -> R {
    let has = |name: &str| fields.contains(&name);
    let now = moment::parse_moment(NOW).unwrap();
    let (link_template, today) = ("https://partner.example/{id}", day("2026-11-22"));
    let org = Org { opportunity_has: &has, account_has: &has };
    with(&Intake { own, microsoft: None, settings, org, link_template, today, now })
}

fn object(fields: Vec<(String, Value)>) -> Map<String, Value> {
    fields.into_iter().collect()
}

fn day(text: &str) -> Date {
    moment::parse_day(text).unwrap()
}

/// The remarks as an English trail has them.
fn told(remarks: &[Remark]) -> Vec<String> {
    remarks.iter().map(|remark| remark.sentence("en")).collect()
}

#[test]
fn everything_that_is_told_is_told_in_every_language() {
    let text = || "X".to_owned();
    let remarks = [
        Remark::AccountMade(text()),
        Remark::AccountFound(text()),
        Remark::AccountAmbiguous(text()),
        Remark::NoCustomer,
        Remark::MoreContacts(1),
        Remark::MoreContacts(2),
        Remark::CloseDate(day("2026-12-22")),
        Remark::ValueLeftOut { value: text(), currency: text() },
        Remark::StateLeftOut(text()),
        Remark::CountryLeftOut(text()),
        Remark::TeamsOff(vec![text()]),
        Remark::NoUsers(vec![text()]),
        Remark::NotesOff,
        Remark::Incomplete(text()),
        Remark::LeadStatus { missing: text(), instead: text() },
        Remark::LeadStatus { missing: text(), instead: String::new() },
        Remark::LeadCame,
        Remark::LeadChanged(vec![text()]),
        Remark::LeadConverted,
    ];
    for remark in remarks {
        let sentences = Language::ALL.map(|language| remark.sentence(language.code()));
        assert!(sentences.iter().all(|it| it.contains(' ') && !it.contains('{')), "{sentences:?}");
        assert_ne!(sentences[0], sentences[1]);
    }
    let two_lines = Remark::Incomplete("one\ntwo".into()).sentence("en");
    assert!(!two_lines.contains('\n') && two_lines.contains("one two"));
}
