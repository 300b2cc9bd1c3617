//! What comes in, kind by kind.

use serde_json::{Value, json};

use super::{Inbound, receive};
use crate::clock::test::START;
use crate::partner_center::store::Store;

fn received(inbound: Value) -> Vec<Value> {
    let inbound: Inbound = serde_json::from_value(inbound).expect("an inbound referral");
    let mut store = Store::default();
    receive(&mut store, &inbound, START, "https://partner.example").into_iter().map(Value::Object).collect()
}

#[test]
fn each_kind_is_told_by_type_qualification_and_who_invited() {
    let another = "9b0c2a7e-5d41-4c6b-8f0e-2a1d3c4b5e6f";
    // The kind; type, qualification and inviter; whose the other referral of the engagement is.
    let cases = [
        ("co-sell", ["Shared", "SalesQualified", "msft"], Some("msft")),
        ("qualified-lead", ["Independent", "MarketingQualified", "msft"], None),
        ("marketplace-lead", ["Independent", "Direct", "msft"], None),
        ("partner", ["Shared", "SalesQualified", another], Some(another)),
    ];
    for (kind, classified, sibling) in cases {
        let mut referrals = received(json!({ "kind": kind }));
        let ours = referrals.pop().expect("ours");
        let told = [&ours["type"], &ours["qualification"], &ours["inviteContext"]["invitedBy"]["organizationId"]];
        assert_eq!(told, classified, "{kind}");
        assert_eq!([&ours["status"], &ours["substatus"], &ours["direction"]], ["New", "Pending", "Incoming"], "{kind}");
        assert_eq!(ours["expirationDateTime"], "2026-12-06T14:00:00.0000000Z", "{kind}");
        assert_eq!(ours.get("callToAction").is_some(), kind == "marketplace-lead");
        let theirs: Vec<_> = referrals.iter().map(|theirs| theirs["organizationId"].as_str()).collect();
        assert_eq!(theirs, sibling.map(Some).into_iter().collect::<Vec<_>>(), "{kind}");
        assert!(referrals.iter().all(|theirs| theirs["engagementId"] == ours["engagementId"] && theirs["id"] != ours["id"]));
    }
}

#[test]
fn microsofts_own_is_accepted_with_a_seller_and_a_number_and_does_not_expire() {
    let referrals = received(json!({ "kind": "co-sell" }));
    let theirs = &referrals[0];
    assert_eq!([&theirs["status"], &theirs["substatus"], &theirs["direction"]], ["Active", "Accepted", "Outgoing"]);
    assert_eq!(theirs["trackingInfo"]["microsoftMsxId"], "7-SBX000001");
    assert_eq!((&theirs["team"][0]["email"], &theirs["expirationDateTime"]), (&json!("seller@microsoft.example"), &Value::Null));
    assert_eq!(referrals[1].get("trackingInfo"), None);
}

#[test]
fn every_property_of_ours_can_be_another_except_what_the_service_sets() {
    let referrals = received(json!({
        "kind": "co-sell", "substatus": "Received", "id": "mine", "direction": "Outgoing", "team": [],
        "details": { "dealValue": 7, "requirements": { "solutions": [] } },
    }));
    let ours = &referrals[1];
    assert_eq!((&ours["substatus"], &ours["team"]), (&json!("Received"), &json!([])));
    assert_eq!((&ours["details"]["dealValue"], &ours["details"]["currency"]), (&json!(7), &json!("NOK")));
    assert_eq!(ours["details"]["requirements"]["solutions"], json!([]));
    assert_eq!(ours["details"]["requirements"]["products"], json!([{ "id": "Azure" }]));
    assert!(ours["id"] != "mine" && ours["direction"] == "Incoming");
    assert_eq!(referrals[0]["details"], ours["details"], "both sides speak of one deal");
}

#[test]
fn an_unknown_kind_is_refused() {
    assert!(serde_json::from_value::<Inbound>(json!({ "kind": "gift" })).is_err());
    assert!(serde_json::from_value::<Inbound>(json!({})).is_err());
}
