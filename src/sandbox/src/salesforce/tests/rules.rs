//! What an admin has set up: duplicate rules, validation rules; products; the calls of the day.

use serde_json::{Value, json};

use super::super::Rules;
use super::{Bench, DATA, bench, step};

fn with_rules(rules: Value) -> Bench {
    let bench = bench();
    bench.org.set_rules(serde_json::from_value::<Rules>(rules).expect("rules"));
    bench
}

const ALLOW: (&str, &str) =
    ("sforce-duplicate-rule-header", "allowSave=true; includeRecordDetails=false; runAsCurrentUser=false");

#[tokio::test]
async fn a_duplicate_rule_blocks_or_warns() {
    let path = format!("{DATA}/sobjects/Account");
    let double = json!({ "Name": "halden gmbh", "BillingCity": "Hamburg" });
    for (rule, headers, status) in [
        (json!({}), vec![], 201),
        (json!({ "Account": "alert" }), vec![], 400),
        (json!({ "Account": "alert" }), vec![ALLOW], 201),
        (json!({ "Account": "block" }), vec![ALLOW], 400),
        (json!({ "Contact": "block" }), vec![], 201),
    ] {
        let bench = with_rules(json!({ "duplicates": rule }));
        let answer = bench.send("POST", &path, &headers, Some(double.clone())).await;
        assert_eq!(answer.status, status, "{rule}: {}", answer.body);
        if status == 400 {
            assert_eq!(answer.code(), "DUPLICATES_DETECTED");
            let result = &answer.body[0]["duplicateResult"];
            assert_eq!(result["allowSave"], rule["Account"] == "alert");
            let record = &result["matchResults"][0]["matchRecords"][0]["record"];
            assert_eq!(record["attributes"]["type"], "Account");
            assert_eq!(record["Id"], bench.id("Account", "Name", "Halden GmbH"));
        }
    }
}

#[tokio::test]
async fn what_shares_only_a_part_is_no_double_and_a_change_of_something_else_is_not_checked() {
    let bench = with_rules(json!({ "duplicates": { "Account": "block", "Contact": "block", "Lead": "block" } }));
    for (object, body, status) in [
        ("Account", json!({ "Name": "Halden GmbH", "BillingCity": "Bremen" }), 201),
        ("Account", json!({ "Name": "Halden GmbH" }), 201),
        ("Contact", json!({ "LastName": "Okafor" }), 201),
        ("Contact", json!({ "LastName": "Other", "Email": "ADA@halden.example" }), 400),
        ("Lead", json!({ "LastName": "Okafor", "Company": "Halden", "Email": "ada@halden.example" }), 201),
    ] {
        let answer = bench.post(&format!("/sobjects/{object}"), body.clone()).await;
        assert_eq!(answer.status, status, "{object}: {body}");
    }
    let ada = bench.id("Contact", "FirstName", "Ada");
    let unchanged =
        bench.patch(&format!("/sobjects/Contact/{ada}"), json!({ "Phone": "1", "Email": "ada@halden.example" })).await;
    assert_eq!(unchanged.status, 204, "a record is no double of itself");
}

#[tokio::test]
async fn a_step_of_a_composite_has_the_header_only_when_it_carries_it() {
    let bench = with_rules(json!({ "duplicates": { "Contact": "alert" } }));
    let mut contact = step("one", "POST", "/sobjects/Contact", Some(json!({ "LastName": "X", "Email": "ada@halden.example" })));
    for (inside, status) in [(false, 400), (true, 201)] {
        if inside {
            contact["httpHeaders"] = json!({ "Sforce-Duplicate-Rule-Header": "allowSave=true" });
        }
        let body = json!({ "compositeRequest": [contact] });
        let answer = bench.send("POST", &format!("{DATA}/composite"), &[ALLOW], Some(body)).await;
        assert_eq!(answer.body["compositeResponse"][0]["httpStatusCode"], status, "{}", answer.body);
    }
}

#[tokio::test]
async fn a_validation_rule_refuses_the_records_it_describes_in_the_words_of_the_admin() {
    let words = "A deal of this size needs a sponsor.";
    let rule =
        json!({ "object": "Opportunity", "message": words, "field": "Amount", "when": { "Amount": 5.0, "IsClosed": false } });
    let bench = with_rules(json!({ "validations": [rule, { "object": "Lead", "message": "No leads here." }] }));
    let path = format!("/sobjects/Opportunity/{}", bench.opportunity());
    assert_eq!(bench.patch(&path, json!({ "Amount": 6 })).await.status, 204);
    assert_eq!(bench.patch(&path, json!({ "Amount": 5, "StageName": "Closed Won" })).await.status, 204);
    let refused = bench.patch(&path, json!({ "StageName": "Qualification" })).await;
    let expected = json!([{ "message": words, "errorCode": "FIELD_CUSTOM_VALIDATION_EXCEPTION", "fields": ["Amount"] }]);
    assert_eq!((refused.status, refused.body), (400, expected));
    let lead = bench.post("/sobjects/Lead", json!({ "LastName": "X", "Company": "Y" })).await;
    assert_eq!((lead.code(), &lead.body[0]["fields"]), ("FIELD_CUSTOM_VALIDATION_EXCEPTION", &json!([])));
}

#[tokio::test]
async fn products_make_the_amount_until_they_are_taken_away() {
    let bench = bench();
    let id = bench.opportunity();
    let path = format!("/sobjects/Opportunity/{id}");
    let before = bench.get(&path).await.body["SystemModstamp"].clone();
    bench.org.set_products(&id, Some("1234567890123456.78".parse().expect("an amount"))).expect("products");
    let read = bench.get(&path).await.body;
    assert_eq!((read["Amount"].to_string().as_str(), &read["HasOpportunityLineItem"]), ("1234567890123456.78", &json!(true)));
    assert_ne!(read["SystemModstamp"], before, "the sum moves the stamp");
    assert_eq!(bench.patch(&path, json!({ "Amount": 1 })).await.status, 204);
    assert_eq!(bench.get(&path).await.body["Amount"].to_string(), "1234567890123456.78");
    bench.org.set_products(&id, None).expect("no products");
    bench.patch(&path, json!({ "Amount": 1 })).await;
    assert_eq!(bench.get(&path).await.body["Amount"].to_string(), "1.0");
    assert!(bench.org.set_products("006Qy0000000zzz", None).is_err());
}

#[tokio::test]
async fn the_calls_of_the_day_are_told_and_come_to_an_end() {
    let bench = bench();
    bench.org.set_usage(4_998, 5_000);
    for (used, status) in [(4_999, 200), (5_000, 200), (5_001, 403)] {
        let answer = bench.get("/limits").await;
        assert_eq!(answer.headers["sforce-limit-info"].to_str().ok(), Some(format!("api-usage={used}/5000").as_str()));
        assert_eq!(answer.status, status, "{used}");
    }
    assert_eq!(bench.get("/limits").await.code(), "REQUEST_LIMIT_EXCEEDED");
    bench.org.set_usage(0, 5_000);
    assert_eq!(bench.get("/limits").await.body["DailyApiRequests"], json!({ "Max": 5_000, "Remaining": 4_999 }));
}

#[tokio::test]
async fn an_owner_or_team_member_who_has_left_is_refused() {
    let bench = bench();
    let user = bench.id("User", "FirstName", "Lee");
    let id = bench.opportunity();
    let member = json!({ "OpportunityId": id, "UserId": user });
    for (answer, field) in [
        (bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "OwnerId": user })).await, "OwnerId"),
        (bench.post("/sobjects/OpportunityTeamMember", member).await, "UserId"),
    ] {
        assert_eq!((answer.status, answer.code()), (400, "INACTIVE_OWNER_OR_USER"));
        assert_eq!(answer.body[0]["fields"], json!([field]));
    }
    let active = "SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND Email IN ('lee@alder.example', 'JO@alder.example') ORDER BY Id LIMIT 200";
    let rows = bench.records(active).await;
    assert_eq!((rows.len(), &rows[0]["Email"]), (1, &json!("jo@alder.example")));
}
