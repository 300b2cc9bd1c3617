//! The set-up page's Apex methods as the page calls them.

use serde_json::{Value, json};

use super::{Answer, Bench, USERNAME, bench, keys};

async fn call(bench: &Bench, method: &str, parameters: Value) -> Answer {
    let path = format!("/apex/CosellSetupController/{method}");
    bench.send("POST", &path, &[("content-type", "application/json")], Some(parameters)).await
}

#[tokio::test]
async fn an_admins_token_is_for_the_org() {
    let bench = bench();
    let answer = call(&bench, "issueToken", json!({})).await;
    let public = rcgen::KeyPair::from_pem(&keys().org.key_pem).expect("a key").public_key_pem();
    let key = jsonwebtoken::DecodingKey::from_rsa_pem(public.as_bytes()).expect("a public key");
    let mut validation = jsonwebtoken::Validation::new(jsonwebtoken::Algorithm::RS256);
    validation.validate_exp = false;
    validation.set_audience(&["cosell-proxy"]);
    let claims =
        jsonwebtoken::decode::<Value>(answer.body.as_str().expect("a token"), &key, &validation).expect("a token").claims;
    assert_eq!((&claims["act"], &claims["rec"]), (&json!("admin"), &json!(bench.org.org_id())));
}

#[tokio::test]
async fn who_does_not_administer_is_refused_everything() {
    let mut bench = bench();
    bench.session = bench.session_of(USERNAME);
    for method in ["issueToken", "getSetup", "describeFields", "saveSettings"] {
        let answer = call(&bench, method, json!({})).await;
        assert_eq!((answer.status, &answer.body), (500, &json!({ "message": "permission.missing" })), "{method}");
    }
    assert_eq!(call(&bench, "other", json!({})).await.status, 404);
}

#[tokio::test]
async fn the_settings_come_with_what_they_are_held_against() {
    let setup = call(&bench(), "getSetup", json!({})).await.body;
    assert_eq!(setup["settings"]["countryField"], "BillingCountry");
    assert!(setup["settings"].get("certificate").is_some());
    assert_eq!(setup["stages"][0], json!({ "value": "On Hold", "label": "On Hold" }));
    let org = &setup["org"];
    assert_eq!((&org["notes"], &org["integrationUsers"], &org["currency"]), (&json!(true), &json!(1), &json!("EUR")));
}

#[tokio::test]
async fn fields_are_found_by_path_in_any_case() {
    let paths = ["Opportunity.amount", "Account.Owner.lastname", "Opportunity.No_Such_Field__c", "User.Name", "Opportunity"];
    let fields = call(&bench(), "describeFields", json!({ "paths": paths })).await.body;
    assert_eq!(
        fields[0],
        json!({ "path": paths[0], "exists": true, "name": "Amount", "label": "Amount", "type": "CURRENCY", "writable": "yes" })
    );
    assert_eq!(fields[1]["name"], "LastName");
    for missing in 2..5 {
        assert_eq!(fields[missing], json!({ "path": paths[missing], "exists": false }));
    }
}

#[tokio::test]
async fn saved_settings_are_in_force_and_blank_ones_are_emptied() {
    let bench = bench();
    let values = json!({ "proxyUrl": " https://cosell.example ", "countryField": "ShippingCountry", "checkMark": "", "certificate": "New" });
    assert_eq!(call(&bench, "saveSettings", json!({ "values": values })).await.status, 200);
    let settings = call(&bench, "getSetup", json!({})).await.body["settings"].clone();
    assert_eq!((&settings["proxyUrl"], &settings["certificate"]), (&json!("https://cosell.example"), &json!("New")));
    assert_eq!((&settings["ruleSettings"], &settings["dealValueField"]), (&Value::Null, &Value::Null));
    let refused = call(&bench, "saveSettings", json!({ "values": { "proxyUrl": "x".repeat(300) } })).await;
    assert_eq!((refused.status, &refused.body), (500, &json!({ "message": "settings.not-saved" })));
}
