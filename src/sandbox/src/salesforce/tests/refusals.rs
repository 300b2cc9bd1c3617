//! What the platform refuses, case by case: the call, the status and the code.

use serde_json::{Value, json};

use super::bench;

/// An opportunity with one field set to a value.
fn with(field: &str, value: Value) -> Value {
    let mut body = json!({ "Name": "New", "StageName": "Qualification", "CloseDate": "2027-01-31" });
    body[field] = value;
    body
}

#[tokio::test]
async fn a_record_with_a_wrong_value_is_refused_with_the_code_and_the_field() {
    let bench = bench();
    let account = bench.id("Account", "Name", "Perrin SA");
    for (field, value, code) in [
        ("Nothing__c", json!(1), "INVALID_FIELD"),
        ("Id", json!(account), "INVALID_FIELD"),
        ("IsWon", json!(true), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("CreatedDate", json!("2026-01-01T00:00:00Z"), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        ("Name", json!("x".repeat(121)), "STRING_TOO_LONG"),
        ("Name", json!(7), "JSON_PARSER_ERROR"),
        ("Name", json!("  "), "REQUIRED_FIELD_MISSING"),
        ("Amount", json!("much"), "JSON_PARSER_ERROR"),
        ("Amount", json!(10_000_000_000_000_000_u64), "NUMBER_OUTSIDE_VALID_RANGE"),
        ("CloseDate", json!("31/01/2027"), "JSON_PARSER_ERROR"),
        ("Microsoft_Answer_Due__c", json!("tomorrow"), "JSON_PARSER_ERROR"),
        ("Customer_Consent__c", json!("yes"), "JSON_PARSER_ERROR"),
        ("Customer_Consent__c", Value::Null, "INVALID_TYPE_ON_FIELD_IN_RECORD"),
        ("How_can_Microsoft_help__c", json!("Anyhow"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("CurrencyIsoCode", json!("XXX"), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        ("AccountId", json!("not an id"), "MALFORMED_ID"),
        ("Microsoft_Customer_Contact__c", json!(account), "FIELD_INTEGRITY_EXCEPTION"),
        ("Microsoft_Customer_Contact__c", json!("003Qy0000000zzz"), "INVALID_CROSS_REFERENCE_KEY"),
        ("Referral_Identifier__c", json!("TWIN"), "DUPLICATE_VALUE"),
    ] {
        let answer = bench.post("/sobjects/Opportunity", with(field, value.clone())).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{field}: {value}: {}", answer.body);
        let fields = answer.body[0]["fields"].as_array().cloned().unwrap_or_default();
        assert!(fields.is_empty() || fields == [json!(field)], "{field}: {}", answer.body);
    }
    assert_eq!(bench.query("SELECT COUNT() FROM Opportunity").await.body["totalSize"], 3, "nothing was written");
}

#[tokio::test]
async fn every_missing_field_is_named_at_once() {
    let answer = bench().post("/sobjects/Opportunity", json!({ "Name": "New" })).await;
    assert_eq!(
        answer.body,
        json!([{
            "message": "Required fields are missing: [StageName, CloseDate]",
            "errorCode": "REQUIRED_FIELD_MISSING",
            "fields": ["StageName", "CloseDate"]
        }])
    );
}

#[tokio::test]
async fn an_address_that_is_no_address_is_refused() {
    let bench = bench();
    for (email, status) in
        [("a@b", 400), ("Sue <sue@x.example>", 400), ("@x.example", 400), ("a@x..example", 400), ("sue@x.example", 201)]
    {
        let answer = bench.post("/sobjects/Contact", json!({ "LastName": "X", "Email": email })).await;
        assert_eq!(answer.status, status, "{email}");
        if status == 400 {
            assert_eq!(answer.code(), "INVALID_EMAIL_ADDRESS");
        }
    }
}

#[tokio::test]
async fn a_wrong_place_is_not_found() {
    let bench = bench();
    for (path, status, code) in [
        ("/sobjects/Opportunity/nonsense", 404, "NOT_FOUND"),
        ("/sobjects/Opportunity/006Qy0000000009", 404, "NOT_FOUND"),
        ("/sobjects/Opportunity/006Qy0000000001AAA", 400, "MALFORMED_ID"),
        ("/sobjects/Opportunity/a/b/c", 404, "NOT_FOUND"),
        ("/nothing", 404, "NOT_FOUND"),
    ] {
        let answer = bench.get(path).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{path}");
    }
    let method = bench.delete("/sobjects/Opportunity").await;
    assert_eq!((method.status, method.code()), (405, "METHOD_NOT_ALLOWED"));
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let bench = bench();
    for body in ["", "{", "[]", "nonsense"] {
        let answer = bench.post("/sobjects/Opportunity", Value::String(body.to_owned())).await;
        assert_eq!((answer.status, answer.code()), (400, "JSON_PARSER_ERROR"), "{body}");
    }
}

#[tokio::test]
async fn metadata_and_set_up_rows_are_not_written_over_the_data_apis() {
    let bench = bench();
    for object in ["Cosell_Setting__mdt", "OpportunityStage", "User"] {
        let answer = bench.post(&format!("/sobjects/{object}"), json!({})).await;
        assert_eq!((answer.status, answer.code()), (400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"), "{object}");
    }
}

#[tokio::test]
async fn a_user_who_may_not_edit_changes_nothing() {
    let mut bench = bench();
    bench.session = bench.session_of("ro@alder.example");
    let path = format!("/sobjects/Opportunity/{}", bench.opportunity());
    let answer = bench.patch(&path, json!({ "Name": "Mine" })).await;
    assert_eq!((answer.status, answer.code()), (400, "INSUFFICIENT_ACCESS_OR_READONLY"));
    assert_eq!(bench.get(&path).await.body["Name"], "Warehouse");
}

#[tokio::test]
async fn a_body_of_another_type_in_an_update_leaves_the_record_whole() {
    let bench = bench();
    let path = format!("/sobjects/Opportunity/{}", bench.opportunity());
    let answer = bench.patch(&path, json!({ "Name": "Changed", "OwnerId": null, "CloseDate": null })).await;
    assert_eq!((answer.status, answer.code()), (400, "REQUIRED_FIELD_MISSING"));
    assert_eq!(bench.get(&path).await.body["Name"], "Warehouse");
}
