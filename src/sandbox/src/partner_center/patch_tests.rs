//! Patches that are taken, and patches that are not.

use serde_json::{Value, json};

use super::super::create::create;
use super::super::document::Document;
use super::super::sample::{referral, replace};
use super::super::store::Store;
use super::apply;
use crate::clock::test::START;

const NOW: &str = "2026-11-23T09:00:00.0000000Z";

fn active() -> Document {
    create(&mut Store::default(), referral(), START, "https://partner.example").expect("a referral")
}

#[test]
fn every_documented_path_takes_a_value_of_its_shape() {
    let member = json!({ "firstName": "Noor", "lastName": "Haddad", "phoneNumber": "1", "email": "n@partner.example" });
    let solution = json!({ "id": "SOL-31188-QRT", "name": "Shelf Sense", "type": "Name" });
    let visible = "/consent/consentToShareReferralWithMicrosoftSellers";
    let cases = [
        ("replace", "/campaignId", json!("SPRING"), "/campaignId", json!("SPRING")),
        ("replace", visible, json!(true), visible, json!(true)),
        ("replace", "/customerProfile/team", json!([]), "/customerProfile/team", json!([])),
        ("add", "/customerProfile/team/-", member.clone(), "/customerProfile/team/1", member.clone()),
        ("replace", "/details/closingDateTime", json!(NOW), "/details/closingDateTime", json!(NOW)),
        ("replace", "/details/currency", json!("SEK"), "/details/currency", json!("SEK")),
        ("replace", "/details/dealValue", json!("10000"), "/details/dealValue", json!(10000)),
        ("add", "/details/dealValue", json!(92000.5), "/details/dealValue", json!(92000.5)),
        ("replace", "/details/notes", json!("New."), "/details/notes", json!("New.")),
        ("replace", "/details/requirements/solutions", json!([solution]), "/details/requirements/solutions/0", solution.clone()),
        ("add", "/details/requirements/solutions/-", solution.clone(), "/details/requirements/solutions/1", solution),
        ("replace", "/externalReferenceId", json!("X"), "/externalReferenceId", json!("X")),
        ("replace", "/referralProgram", json!("P"), "/referralProgram", json!("P")),
        ("replace", "/salesStage", json!("Develop"), "/salesStage", json!("Develop")),
        ("replace", "/statusReason", json!("Because."), "/statusReason", json!("Because.")),
        ("replace", "/team", json!([member]), "/team/0", member.clone()),
        ("add", "/team/-", member.clone(), "/team/1", member),
    ];
    for (op, path, value, pointer, stored) in cases {
        let patch = json!([ { "op": op, "path": path, "value": value } ]);
        let after = Value::Object(apply(&active(), patch, NOW).unwrap_or_else(|error| panic!("{path}: {error:?}")));
        assert_eq!(after.pointer(pointer), Some(&stored), "{op} {path}");
    }
}

#[test]
fn what_is_not_in_the_list_is_refused_and_named() {
    let closing = "/details/closingDateTime";
    let cases = [
        (json!({ "op": "replace", "path": "/details/notes", "value": "x" }), "patch"),
        (json!([]), "patch"),
        (json!([{ "op": "replace", "path": "/details/notes" , "from": "/name" }]), "patch"),
        (replace("/name", json!("Other")), "name"),
        (replace("/customerProfile/address/country", json!("FR")), "customerProfile/address/country"),
        (replace("/inviteContext/assistanceRequestCode", json!("Unknown")), "inviteContext/assistanceRequestCode"),
        (replace("/team/0", json!({})), "team/0"),
        (replace("/team/-", json!({})), "team/-"),
        (json!([{ "op": "remove", "path": "/details/notes", "value": null }]), "details/notes"),
        (json!([{ "op": "test", "path": "/details/notes", "value": "x" }]), "details/notes"),
        (replace("/details/notes", json!(7)), "details/notes"),
        (replace("/details/dealValue", json!("much")), "details/dealValue"),
        (replace("/details/dealValue", Value::Null), "details/dealValue"),
        (replace("/details/currency", json!("eur")), "details/currency"),
        (replace(closing, json!("2027-03-31")), "details/closingDateTime"),
        (replace("/details/requirements/solutions", json!([])), "details/requirements/solutions"),
        (replace("/team", json!("Jo")), "team"),
        (replace("/status", json!("Closed")), "substatus"),
        (replace("/substatus", json!("Won")), "substatus"),
        (replace("/status", json!("New")), "status"),
        (
            replace("/consent/consentToShareReferralWithMicrosoftSellers", json!(false)),
            "consent/consentToShareReferralWithMicrosoftSellers",
        ),
    ];
    for (patch, target) in cases {
        let error = apply(&active(), patch.clone(), NOW).expect_err(&patch.to_string());
        assert_eq!((error.status(), error.target()), (400, target), "{patch}");
    }
}

#[test]
fn won_is_reached_in_one_document_and_is_the_end() {
    let won = json!([
        { "op": "replace", "path": "/status", "value": "Closed" },
        { "op": "replace", "path": "/substatus", "value": "Won" }
    ]);
    let closed = apply(&active(), won, NOW).expect("a won deal");
    assert_eq!(closed.get("closedDateTime"), Some(&json!(NOW)));
    let error = apply(&closed, replace("/details/notes", json!("Too late.")), NOW).expect_err("a refusal");
    assert_eq!((error.status(), error.target()), (400, "status"));
}

#[test]
fn no_more_than_fifty_solutions_by_appending() {
    let add = json!({ "op": "add", "path": "/details/requirements/solutions/-", "value": { "id": "SOL-20417-KXD" } });
    let patch = |count| Value::Array(vec![add.clone(); count]);
    assert!(apply(&active(), patch(49), NOW).is_ok());
    assert!(apply(&active(), patch(50), NOW).is_err());
}
