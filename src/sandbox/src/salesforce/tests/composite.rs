//! Several calls in one: order, references, all or none, limits.

use serde_json::{Value, json};

use super::{DATA, bench, step};

fn opportunity(account: &str) -> Value {
    json!({ "Name": "Composed", "StageName": "On Hold", "CloseDate": "2027-01-31", "AccountId": account })
}

#[tokio::test]
async fn later_steps_use_the_answers_of_earlier_ones_in_their_case() {
    let bench = bench();
    let body = json!({ "allOrNone": true, "collateSubrequests": false, "compositeRequest": [
        step("acc", "POST", "/sobjects/Account", Some(json!({ "Name": "Composed" }))),
        step("opp", "POST", "/sobjects/Opportunity", Some(opportunity("@{acc.id}"))),
        step("read", "GET", "/sobjects/Opportunity/@{opp.id}?fields=AccountId", None),
        step("found", "GET", "/query?q=SELECT+Id+FROM+Account+WHERE+Name='Composed'", None),
        step("change", "PATCH", "/sobjects/Account/@{found.records[0].Id}", Some(json!({ "Phone": "1" })))
    ]});
    let answer = bench.post("/composite", body).await;
    assert_eq!(answer.status, 200);
    let steps = answer.body["compositeResponse"].as_array().expect("steps").clone();
    let statuses: Vec<_> = steps.iter().map(|step| step["httpStatusCode"].to_string()).collect();
    assert_eq!(statuses, ["201", "201", "200", "200", "204"]);
    let account = steps[0]["body"]["id"].as_str().expect("an id");
    assert_eq!(steps[0]["httpHeaders"]["Location"], format!("{DATA}/sobjects/Account/{account}"));
    assert_eq!(steps[2]["body"]["AccountId"], account);
    assert_eq!((&steps[4]["referenceId"], &steps[4]["body"]), (&json!("change"), &Value::Null));
    assert_eq!(answer.headers["sforce-limit-info"], "api-usage=1/100000", "the whole is one call");
}

#[tokio::test]
async fn with_all_or_none_one_failure_undoes_the_rest() {
    let bench = bench();
    let body = json!({ "allOrNone": true, "compositeRequest": [
        step("acc", "POST", "/sobjects/Account", Some(json!({ "Name": "Composed" }))),
        step("bad", "POST", "/sobjects/Account", Some(json!({}))),
        step("late", "POST", "/sobjects/Account", Some(json!({ "Name": "Composed" })))
    ]});
    let steps = bench.post("/composite", body).await.body["compositeResponse"].clone();
    let codes: Vec<_> = steps.as_array().expect("steps").iter().map(|step| step["body"][0]["errorCode"].clone()).collect();
    assert_eq!(codes, ["PROCESSING_HALTED", "REQUIRED_FIELD_MISSING", "PROCESSING_HALTED"]);
    assert!(bench.records("SELECT Id FROM Account WHERE Name = 'Composed'").await.is_empty());
}

#[tokio::test]
async fn without_it_only_what_depends_on_the_failure_is_left_out() {
    let bench = bench();
    let body = json!({ "compositeRequest": [
        step("bad", "POST", "/sobjects/Account", Some(json!({}))),
        step("opp", "POST", "/sobjects/Opportunity", Some(opportunity("@{bad.id}"))),
        step("case", "GET", "/sobjects/Account/@{good.id}", None),
        step("good", "POST", "/sobjects/Account", Some(json!({ "Name": "Composed" }))),
        step("wrong", "GET", "/sobjects/Account/@{good.Id}", None)
    ]});
    let steps = bench.post("/composite", body).await.body["compositeResponse"].clone();
    let outcome: Vec<_> = steps
        .as_array()
        .expect("steps")
        .iter()
        .map(|step| step["body"][0]["errorCode"].as_str().unwrap_or("fine").to_owned())
        .collect();
    let halted = "PROCESSING_HALTED";
    assert_eq!(outcome, ["REQUIRED_FIELD_MISSING", halted, halted, "fine", halted]);
}

#[tokio::test]
async fn a_step_may_carry_the_headers_of_its_resource_and_no_others() {
    let bench = bench();
    let id = bench.opportunity();
    for (name, value, status) in [
        ("If-Unmodified-Since", "Sun, 22 Nov 2026 13:00:00 GMT", 412),
        ("If-Unmodified-Since", "Sun, 22 Nov 2026 15:00:00 GMT", 204),
    ] {
        let mut one = step("one", "PATCH", &format!("/sobjects/Opportunity/{id}"), Some(json!({ "NextStep": "Call" })));
        one["httpHeaders"] = json!({ name: value });
        let answer = super::bench().post("/composite", json!({ "compositeRequest": [one] })).await;
        assert_eq!(answer.body["compositeResponse"][0]["httpStatusCode"], status, "{name}: {value}");
    }
    for name in ["Authorization", "accept", "Content-Type"] {
        let mut one = step("one", "GET", &format!("/sobjects/Opportunity/{id}"), None);
        one["httpHeaders"] = json!({ name: "x" });
        let answer = bench.post("/composite", json!({ "compositeRequest": [one] })).await;
        assert_eq!((answer.status, answer.code()), (400, "INVALID_INPUT"), "{name}: the whole call is refused");
    }
}

#[tokio::test]
async fn a_request_beyond_the_limits_is_refused_as_a_whole() {
    let bench = bench();
    let many = |count: usize, url: &str| -> Value {
        let steps: Vec<Value> = (0..count).map(|number| step(&format!("r{number}"), "GET", url, None)).collect();
        json!({ "compositeRequest": steps })
    };
    for (body, status) in [
        (many(25, "/sobjects"), 200),
        (many(26, "/sobjects"), 400),
        (many(5, "/query?q=SELECT+Id+FROM+Account"), 200),
        (many(6, "/query?q=SELECT+Id+FROM+Account"), 400),
        (json!({ "compositeRequest": [step("no-hyphens", "GET", "/sobjects", None)] }), 400),
        (json!({ "compositeRequest": [step("a", "GET", "/sobjects", None), step("a", "GET", "/sobjects", None)] }), 400),
        (json!({}), 400),
    ] {
        assert_eq!(bench.post("/composite", body).await.status, status);
    }
}

#[tokio::test]
async fn a_collection_answers_for_each_record_and_writes_its_codes_under_another_name() {
    let bench = bench();
    let contact = |name: &str| json!({ "attributes": { "type": "Contact" }, "LastName": name });
    let created = bench.post("/composite/sobjects", json!({ "records": [contact("One"), contact("")] })).await;
    assert_eq!(created.status, 200);
    assert_eq!(created.body[0]["success"], true);
    assert_eq!(created.body[1]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING");

    let mut change = contact("Uno");
    change["id"] = created.body[0]["id"].clone();
    let body = json!({ "allOrNone": true, "records": [change, { "attributes": { "type": "Nothing" }, "id": "x" }] });
    let changed = bench.patch("/composite/sobjects", body).await;
    assert_eq!(changed.body[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(changed.body[1]["errors"][0]["statusCode"], "INVALID_TYPE");
    assert_eq!(bench.records("SELECT Id FROM Contact WHERE LastName = 'One'").await.len(), 1);

    let id = created.body[0]["id"].as_str().expect("an id");
    let deleted = bench.delete(&format!("/composite/sobjects?ids={id},{id}")).await;
    assert_eq!((&deleted.body[0]["success"], &deleted.body[1]["success"]), (&json!(true), &json!(false)));
}
