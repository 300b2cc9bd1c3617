//! What comes of a create document.

use serde_json::{Value, json};

use super::super::sample::{changed, microsoft, referral};
use super::super::store::Store;
use super::create;
use crate::clock::test::START;

const BASE: &str = "https://partner.example";

fn created(store: &mut Store, document: Value) -> Value {
    Value::Object(create(store, document, START, BASE).expect("a referral"))
}

#[test]
fn our_own_referral_is_active_and_accepted_whatever_state_was_sent() {
    for (status, substatus) in [("New", "Pending"), ("New", "Accepted"), ("Active", "Accepted")] {
        let document = changed(referral(), "/status", Some(json!(status)));
        let document = changed(document, "/substatus", Some(json!(substatus)));
        let stored = created(&mut Store::default(), document);
        assert_eq!((&stored["status"], &stored["substatus"]), (&json!("Active"), &json!("Accepted")));
        assert_eq!(stored["expirationDateTime"], Value::Null);
        assert_eq!(stored["acceptedDateTime"], stored["createdDateTime"]);
    }
}

#[test]
fn the_service_fills_in_what_is_its_own() {
    let document = changed(referral(), "/id", Some(json!("mine")));
    let stored = created(&mut Store::default(), document);
    let id = stored["id"].as_str().expect("an id");
    let engagement = stored["engagementId"].as_str().expect("an engagement");
    assert!(uuid::Uuid::parse_str(id).is_ok() && uuid::Uuid::parse_str(engagement).is_ok());
    assert_eq!(stored["createdDateTime"], "2026-11-22T14:00:00.0000000Z");
    assert_eq!(stored["updatedDateTime"], stored["createdDateTime"]);
    assert_eq!(stored["direction"], "Outgoing");
    let tag = stored["eTag"].as_str().expect("an eTag");
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 2);
    let own = format!("{BASE}/v1.0/engagements/referrals/{id}");
    assert_eq!(stored["links"]["self"]["uri"], own);
    let related = format!("{BASE}/v1.0/engagements/referrals?$filter=engagementId eq '{engagement}'");
    assert_eq!(stored["links"]["relatedReferrals"]["uri"], related);
    assert_eq!(stored["name"], "Cold store modernisation");
}

#[test]
fn microsofts_referral_joins_the_engagement_and_waits_fourteen_days() {
    let mut store = Store::default();
    let own = created(&mut store, referral());
    let sibling = created(&mut store, microsoft(own["engagementId"].as_str().expect("an engagement")));
    assert_eq!(sibling["engagementId"], own["engagementId"]);
    assert_ne!(sibling["id"], own["id"]);
    assert_eq!((&sibling["status"], &sibling["substatus"]), (&json!("New"), &json!("Pending")));
    assert_eq!(sibling["expirationDateTime"], "2026-12-06T14:00:00.0000000Z");
    assert_eq!(sibling["acceptedDateTime"], Value::Null);
    assert_eq!(sibling["organizationId"], "msft");
    assert_eq!(sibling["inviteContext"]["assistanceRequestCode"], "ProofOfConceptOrDemo");
    assert_eq!(sibling["inviteContext"]["invitedBy"]["organizationId"], own["organizationId"]);
}

#[test]
fn a_second_microsoft_referral_is_let_in_so_that_a_double_shows() {
    let mut store = Store::default();
    let own = created(&mut store, referral());
    let engagement = own["engagementId"].as_str().expect("an engagement");
    created(&mut store, microsoft(engagement));
    created(&mut store, microsoft(engagement));
    assert_eq!(store.all().len(), 3);
}

#[test]
fn an_engagement_must_exist_and_microsofts_referral_must_name_one() {
    let mut store = Store::default();
    let unknown = microsoft("11111111-2222-4333-8444-555555555555");
    let none = changed(unknown.clone(), "/engagementId", None);
    for document in [unknown, none] {
        let error = create(&mut store, document, START, BASE).expect_err("a refusal");
        assert_eq!((error.status(), error.target()), (400, "engagementId"));
    }
    assert!(store.all().is_empty());
}

#[test]
fn a_closed_referral_or_no_object_is_refused() {
    let closed = changed(referral(), "/status", Some(json!("Closed")));
    for document in [closed, json!([]), json!("referral"), Value::Null] {
        let error = create(&mut Store::default(), document, START, BASE).expect_err("a refusal");
        assert_eq!(error.status(), 400);
    }
}

#[test]
fn a_deal_value_sent_as_text_is_stored_as_a_number_and_visibility_is_off_unless_sent() {
    let document = changed(referral(), "/details/dealValue", Some(json!("84000.50")));
    let document = changed(document, "/consent/consentToShareReferralWithMicrosoftSellers", None);
    let stored = created(&mut Store::default(), document);
    assert_eq!(stored["details"]["dealValue"].to_string(), "84000.50");
    assert_eq!(stored["consent"]["consentToShareReferralWithMicrosoftSellers"], false);
}
