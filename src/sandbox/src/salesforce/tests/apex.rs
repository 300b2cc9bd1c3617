//! The package's Apex methods as the page calls them.

use serde_json::{Value, json};

use super::super::Features;
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
            "defaultCurrency": "EUR", "ruleSettings": "relaxed = 12"
        })
    );
    let solutions = call(&bench, "CosellController/getSolutions", json!({})).await;
    assert_eq!(solutions.body[0], json!({ "identifier": "SOL-2", "name": "Azure", "type": "1P", "publisher": "Microsoft" }));
    assert_eq!(bench.org.trusted_sites(), ["https://cosell.example"]);
}

#[tokio::test]
async fn without_a_session_no_method_answers() {
    let path = "/apex/CosellController/getSettings";
    let answer = bench().send("POST", path, &[("cookie", "sid=nobody")], None).await;
    assert_eq!((answer.status, answer.code()), (401, "INVALID_SESSION_ID"));
    assert_eq!(bench().send("POST", "/apex/Other/method", &[], None).await.status, 404);
}
