//! What is written back to the opportunity, and what a seller reads there.

use crate::common;
use cosell_rules::{
    audit::{Outcome, State, update},
    message::Language,
    model::Settings,
    referral::{ConsentRead, Referral, Target},
    salesforce::{self, field},
};
use serde_json::{Map, Value, json};

fn own() -> Referral {
    Referral {
        id: "aaaa".into(),
        engagement_id: "eeee".into(),
        status: "Active".into(),
        substatus: "Accepted".into(),
        consent: ConsentRead { consent_to_share_referral_with_microsoft_sellers: true },
        ..Referral::default()
    }
}

fn pending() -> Referral {
    Referral {
        id: "bbbb".into(),
        status: "New".into(),
        substatus: "Pending".into(),
        target: vec![Target::microsoft()],
        expiration_date_time: Some("2026-12-06T14:01:00.1234567Z".into()),
        ..Referral::default()
    }
}

fn write_back(
    record: &Value,
    own: Option<&Referral>,
    microsoft: Option<&Referral>,
    state: State,
    reason: &str,
) -> Map<String, Value> {
    let opportunity = salesforce::read(record, &Settings::default()).unwrap();
    let link_template = "https://partner.microsoft.com/referrals/v2/inbox?id={id}";
    let (now, language) = (common::now(), Language::English);
    update(record, &Outcome { opportunity: &opportunity, own, microsoft, state, reason, link_template, now, language })
}

fn apply(record: &mut Value, changes: Map<String, Value>) {
    record.as_object_mut().unwrap().extend(changes);
}

#[test]
fn a_shared_co_sell_deal_gets_identifiers_states_and_two_entries() {
    let record = common::record(&[(field::HELP, json!("ProofOfConceptOrDemo")), (field::VISIBLE, json!(true))]);
    let changes = write_back(&record, Some(&own()), Some(&pending()), State::InStep, "");
    assert_eq!(
        Value::Object(changes),
        json!({
            field::REFERRAL_ID: "aaaa",
            field::REFERRAL_LINK: "https://partner.microsoft.com/referrals/v2/inbox?id=aaaa",
            field::ENGAGEMENT_ID: "eeee",
            field::REFERRAL_STATUS: "Active / Accepted",
            field::DEAL_TYPE: "CoSell",
            field::MICROSOFT_STATUS: "New / Pending",
            field::ANSWER_DUE: "2026-12-06T14:01:00.000Z",
            field::STATE: "InStep",
            field::AUDIT: "2026-11-22 14:01 UTC - Asked Microsoft for help: proof of concept or demo. Waiting for an answer.\n\
                           2026-11-22 14:01 UTC - Shared with Microsoft as co-sell."
        })
    );
}

#[test]
fn written_back_once_nothing_is_left_to_write() {
    let mut record = common::record(&[]);
    let first = write_back(&record, Some(&own()), Some(&pending()), State::InStep, "");
    apply(&mut record, first);
    assert_eq!(write_back(&record, Some(&own()), Some(&pending()), State::InStep, ""), Map::new());
    // Salesforce gives the same instant back in its own form.
    apply(&mut record, Map::from_iter([(field::ANSWER_DUE.to_owned(), json!("2026-12-06T14:01:00.000+0000"))]));
    assert_eq!(write_back(&record, Some(&own()), Some(&pending()), State::InStep, ""), Map::new());
}

#[test]
fn the_same_trouble_is_told_once_and_its_end_is_written() {
    let mut record = common::record(&[]);
    let first = write_back(&record, None, None, State::Waiting, "Partner Center can’t be reached.");
    assert_eq!(first[field::AUDIT], "2026-11-22 14:01 UTC - Partner Center can’t be reached.");
    apply(&mut record, first);
    assert_eq!(write_back(&record, None, None, State::Waiting, "Partner Center can’t be reached."), Map::new());
    let end = write_back(&record, Some(&own()), None, State::InStep, "");
    assert_eq!((&end[field::STATE], &end[field::STATE_REASON]), (&json!("InStep"), &Value::Null));
}

#[test]
fn a_private_deal_that_becomes_visible_says_so_in_the_trail() {
    let hidden = Referral { consent: ConsentRead::default(), ..own() };
    let mut record = common::record(&[]);
    let private = write_back(&record, Some(&hidden), None, State::InStep, "");
    assert_eq!(private[field::DEAL_TYPE], "Private");
    apply(&mut record, private);
    let shown = write_back(&record, Some(&own()), None, State::InStep, "");
    assert_eq!(shown[field::DEAL_TYPE], "PartnerLed");
    let trail: Vec<_> = shown[field::AUDIT].as_str().unwrap().lines().collect();
    assert!(trail[0].contains("its sellers can see the deal") && trail[1].contains("private deal"), "{trail:?}");
}

#[test]
fn microsofts_answer_is_told_in_words() {
    let mut record = common::record(&[]);
    let asked = write_back(&record, Some(&own()), Some(&pending()), State::InStep, "");
    apply(&mut record, asked);
    let declined = Referral {
        status: "Closed".into(),
        substatus: "Declined".into(),
        status_reason: Some("No Microsoft seller directly manages this customer".into()),
        ..pending()
    };
    let changes = write_back(&record, Some(&own()), Some(&declined), State::InStep, "");
    let newest = changes[field::AUDIT].as_str().unwrap().lines().next();
    let words = "2026-11-22 14:01 UTC - Microsoft declined the deal. No Microsoft seller directly manages this customer";
    assert_eq!(newest, Some(words));
}

#[test]
fn a_full_trail_drops_its_oldest_entries_whole() {
    let line = format!("2026-01-01 00:00 UTC - {}", "é".repeat(1000));
    let full = vec![line.as_str(); 127].join("\n");
    let record = common::record(&[(field::AUDIT, json!(full))]);
    let changes = write_back(&record, Some(&own()), None, State::InStep, "");
    let trail = changes[field::AUDIT].as_str().unwrap();
    assert!(trail.encode_utf16().count() <= 131_072);
    assert!(trail.starts_with("2026-11-22 14:01 UTC - Shared with Microsoft"));
    assert!(trail.lines().skip(1).all(|kept| kept == line), "an entry was cut");
}

#[test]
fn a_reason_longer_than_its_field_is_shortened_and_kept_whole_in_the_trail() {
    let reason = "🙂".repeat(200);
    let changes = write_back(&common::record(&[]), None, None, State::Broken, &reason);
    let short = changes[field::STATE_REASON].as_str().unwrap();
    assert!(short.ends_with('…') && short.encode_utf16().count() <= 255);
    assert!(changes[field::AUDIT].as_str().unwrap().contains(&reason));
}
