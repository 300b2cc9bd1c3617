//! The package's Apex methods as the page calls them.

use serde_json::{Value, json};

use super::super::Features;
use super::super::rules::Rules;
use super::{Answer, Bench, USERNAME, bench, keys, short};
use crate::clock::test::START;

async fn call(bench: &Bench, method: &str, parameters: Value) -> Answer {
    bench.send("POST", &format!("/apex/{method}"), &[("content-type", "application/json")], Some(parameters)).await
}

async fn snapshot(bench: &Bench) -> Value {
    let answer = call(bench, "CosellController/getSnapshot", json!({ "opportunityId": bench.opportunity() })).await;
    serde_json::from_str(answer.body.as_str().expect("a text")).expect("JSON in the text")
}

#[tokio::test]
async fn a_seller_token_carries_the_claims_and_the_signature_of_the_org() {
    let bench = bench();
    let id = bench.opportunity();
    let answer = call(&bench, "CosellTokenController/issue", json!({ "opportunityId": short(&id), "action": "share" })).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let public = rcgen::KeyPair::from_pem(&keys().org.key_pem).expect("a key").public_key_pem();
    let key = jsonwebtoken::DecodingKey::from_rsa_pem(public.as_bytes()).expect("a public key");
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    validation.validate_exp = false;
    validation.set_audience(&["cosell-proxy"]);
    let token = jsonwebtoken::decode::<Value>(answer.body.as_str().expect("a token"), &key, &validation).expect("a token");
    assert_eq!((token.header.typ, token.header.kid), (None, None));
    let claims = token.claims;
    assert_eq!((&claims["iss"], &claims["rec"]), (&json!(bench.org.org_id()), &json!(id)));
    assert_eq!((&claims["act"], &claims["sub"]), (&json!("share"), &json!(bench.id("User", "FirstName", "Jo"))));
    let issued = claims["iat"].as_i64().expect("a time");
    assert!((issued - START.unix_timestamp()) < 10);
    assert_eq!(claims["exp"].as_i64(), Some(issued + 300));
    assert_eq!(claims["jti"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn a_token_is_refused_with_a_code() {
    let bench = bench();
    let id = bench.opportunity();
    for (user, record, action, code) in [
        (USERNAME, id.as_str(), "share", "permission.missing"),
        ("ro@alder.example", id.as_str(), "share", "opportunity.read-only"),
        ("ro@alder.example", id.as_str(), "decide", "opportunity.read-only"),
        ("jo@alder.example", "006Qy0000000099", "share", "opportunity.not-found"),
        ("jo@alder.example", "nonsense", "read", "opportunity.not-found"),
        ("jo@alder.example", id.as_str(), "delete", "action.unknown"),
    ] {
        let mut bench = super::bench();
        bench.session = bench.session_of(user);
        let answer = call(&bench, "CosellTokenController/issue", json!({ "opportunityId": record, "action": action })).await;
        assert_eq!((answer.status, &answer.body), (500, &json!({ "message": code })), "{user} {record} {action}");
    }
    let mut reader = super::bench();
    reader.session = reader.session_of("ro@alder.example");
    let answer = call(&reader, "CosellTokenController/issue", json!({ "opportunityId": id, "action": "read" })).await;
    assert_eq!(answer.status, 200, "reading needs no right to edit");
}

#[tokio::test]
async fn a_snapshot_is_the_whole_record_as_text() {
    let bench = bench();
    let record = snapshot(&bench).await;
    assert_eq!(record["Id"], bench.opportunity());
    assert_eq!(record["Amount"].to_string(), "84000.0");
    assert_eq!((&record["CurrencyIsoCode"], &record["CloseDate"]), (&json!("EUR"), &json!("2027-01-21")));
    assert_eq!(record["LastModifiedDate"], "2026-11-22T14:00:00.000+0000");
    assert_eq!(record["Account"]["BillingCountry"], "Germany");
    assert!(record["Account"].get("BillingCountryCode").is_none());
    assert_eq!(record["Owner"]["LastName"], "Lind");
    assert_eq!(record["OpportunityContactRoles"]["records"][0]["Contact"]["Email"], "ada@halden.example");
    assert_eq!(record["OpportunityTeamMembers"]["records"][0]["User"]["Phone"], "+46 8 1");
    assert_eq!(record["Microsoft_Solutions__r"]["totalSize"], 1);
    assert!(record.get("attributes").is_none());
    assert!(record.get("Audit__c").is_some_and(Value::is_null));
}

#[tokio::test]
async fn a_snapshot_follows_the_features_and_the_settings_of_the_org() {
    let bench = bench();
    bench.org.set_features(Features { multi_currency: false, teams: false, country_picklists: true, ..Features::default() });
    let settings =
        [("Deal_Value_Field__c", "NextStep"), ("Country_Field__c", "Owner.LastName"), ("Currency_Field__c", "Nothing__c")];
    bench
        .org
        .merge_settings(settings.map(|(name, value)| (name.to_owned(), value.into())).into_iter().collect())
        .expect("settings");
    let record = snapshot(&bench).await;
    assert!(record.get("CurrencyIsoCode").is_none());
    assert!(record.get("OpportunityTeamMembers").is_none());
    assert_eq!(record["Account"]["BillingCountryCode"], "DE");
    assert_eq!(record["Account"]["Owner"]["LastName"], "Lind");
    assert!(record.get("NextStep").is_some());
}

#[tokio::test]
async fn settings_and_solutions_come_under_the_names_the_page_uses() {
    let bench = bench();
    let settings = call(&bench, "CosellController/getSettings", json!({})).await;
    assert_eq!(
        settings.body,
        json!({
            "proxyUrl": "https://cosell.example/base", "countryField": "BillingCountry", "dealValueField": "Amount", "currencyField": "CurrencyIsoCode",
            "defaultCurrency": "EUR", "activeStage": null, "onHoldStage": null, "coSellOnly": null, "checkMark": null,
            "ruleSettings": "relaxed = 12", "fieldMappings": null
        })
    );
    let solutions = call(&bench, "CosellController/getSolutions", json!({})).await;
    assert_eq!(solutions.body[0], json!({ "identifier": "SOL-2", "name": "Azure", "type": "1P", "publisher": "Microsoft" }));
    assert_eq!(bench.org.trusted_sites(), ["https://cosell.example"]);
}

#[tokio::test]
async fn active_field_mappings_come_as_lines_for_the_rules() {
    let bench = bench();
    let mapping = |field: &str, active: bool| {
        let record = json!({
            "Opportunity_Field__c": field, "Referral_Path__c": "/campaignId", "Direction__c": "both", "Transform__c": "text",
            "Active__c": active
        });
        record.as_object().cloned().expect("an object")
    };
    bench.org.set_mappings(vec![mapping("NextStep", true), mapping("Off__c", false)]).expect("mappings");
    let settings = call(&bench, "CosellController/getSettings", json!({})).await;
    assert_eq!(settings.body["fieldMappings"], "mapping = NextStep|/campaignId|both|text");

    let misspelt = json!({ "Field__c": "NextStep" }).as_object().cloned().expect("an object");
    bench.org.set_mappings(vec![misspelt]).expect_err("a field that the type does not have");
    let kept = call(&bench, "CosellController/getSettings", json!({})).await;
    assert_eq!(kept.body, settings.body);
}

#[tokio::test]
async fn who_may_edit_a_record_is_told_with_its_owner_and_the_fields_that_nobody_may() {
    let bench = bench();
    let record = snapshot(&bench).await;
    let account = json!({ "recordId": record["Account"]["Id"], "fields": ["BillingCountry", "Secret__c"] });
    let answer = call(&bench, "CosellController/getAccess", account.clone()).await;
    assert_eq!(answer.body, json!({ "mayEdit": true, "owner": "Jo Lind", "lockedFields": ["Secret__c"] }));
    bench.org.set_rules(Rules { read_only: ["Account".to_owned()].into(), ..Rules::default() });
    let answer = call(&bench, "CosellController/getAccess", account).await;
    assert_eq!(answer.body["mayEdit"], false);
    let nothing = call(&bench, "CosellController/getAccess", json!({ "recordId": "001000000000000AAA", "fields": [] })).await;
    assert_eq!((nothing.status, nothing.body["message"].as_str()), (500, Some("record.not-found")));
}

#[tokio::test]
async fn without_a_session_no_method_answers() {
    let path = "/apex/CosellController/getSettings";
    let answer = bench().send("POST", path, &[("cookie", "sid=nobody")], None).await;
    assert_eq!((answer.status, answer.code()), (401, "INVALID_SESSION_ID"));
    assert_eq!(bench().send("POST", "/apex/Other/method", &[], None).await.status, 404);
}

/// The records of a page of the pipeline, and where the next one starts.
async fn page(bench: &Bench, scope: &str, after: &Value, size: u32) -> (Vec<Value>, Value) {
    let parameters = json!({ "scope": scope, "after": after, "size": size, "wanted": ["NextStep", "No_Such_Field__c"] });
    let answer = call(bench, "CosellPipelineController/getOpen", parameters).await;
    let page: Value = serde_json::from_str(answer.body.as_str().expect("a text")).expect("JSON in the text");
    (page["records"].as_array().expect("records").clone(), page["next"].clone())
}

#[tokio::test]
async fn a_pipeline_is_read_page_by_page_in_the_shape_of_a_snapshot() {
    let mut bench = bench();
    bench.session = bench.session_of("jo@alder.example");
    bench.org.multiply(7).expect("copies");
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let (records, next) = page(&bench, "mine", &after, 2).await;
        assert!(records.len() <= 2);
        ids.extend(records.iter().map(|record| record["Id"].as_str().expect("an id").to_owned()));
        after = next;
        if after.is_null() {
            break;
        }
    }
    let mut sorted = ids.clone();
    sorted.sort();
    sorted.dedup();
    assert!(ids.len() > 2 && ids == sorted, "{ids:?}");
    let (others, _) = page(&bench, "others", &Value::Null, 200).await;
    assert!(others.iter().all(|record| !ids.iter().any(|id| record["Id"] == id.as_str())));

    let (records, _) = page(&bench, "mine", &Value::Null, 1).await;
    let mut alone = snapshot(&bench).await;
    let record = records.first().expect("a record");
    assert!(record.get("NextStep").is_some() && record.get("No_Such_Field__c").is_none());
    assert_eq!(record["Id"], alone["Id"]);
    alone.as_object_mut().expect("an object").remove("Audit__c");
    for (field, value) in alone.as_object().expect("an object") {
        assert_eq!(&record[field], value, "{field}");
    }
    assert!(record.get("Audit__c").is_none());
}

#[tokio::test]
async fn a_closed_opportunity_is_no_pipeline_and_another_scope_is_refused() {
    let mut bench = bench();
    bench.session = bench.session_of("jo@alder.example");
    let id = bench.opportunity();
    let (before, _) = page(&bench, "mine", &Value::Null, 200).await;
    let closed = json!({ "StageName": "Closed Won" });
    assert_eq!(bench.patch(&format!("/sobjects/Opportunity/{id}"), closed).await.status, 204);
    let (after, _) = page(&bench, "mine", &Value::Null, 200).await;
    assert_eq!(after.len() + 1, before.len());
    let answer = call(&bench, "CosellPipelineController/getOpen", json!({ "scope": "everybody", "size": 1 })).await;
    assert_eq!((answer.status, &answer.body), (500, &json!({ "message": "scope.unknown" })));
}

#[tokio::test]
async fn opportunities_are_read_again_but_for_those_that_are_gone() {
    let bench = bench();
    let id = bench.opportunity();
    for (asked, found) in [(json!([id, "006Qy0000000099"]), 1), (json!([]), 0)] {
        let answer = call(&bench, "CosellPipelineController/getAgain", json!({ "opportunityIds": asked, "wanted": [] })).await;
        let page: Value = serde_json::from_str(answer.body.as_str().expect("a text")).expect("JSON in the text");
        assert_eq!(page["records"].as_array().map(Vec::len), Some(found), "{asked}");
    }
}
