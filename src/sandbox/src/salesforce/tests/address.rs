//! Addresses with and without state and country picklists.

use serde_json::{Value, json};

use super::bench;
use super::features::with;

#[tokio::test]
async fn switching_the_country_picklists_on_fills_the_codes_of_known_names_only() {
    let bench = with(|features| features.country_picklists = true);
    let rows = bench.records("SELECT BillingCountry, BillingCountryCode FROM Account ORDER BY Name").await;
    let pairs: Vec<_> = rows.iter().map(|row| (row["BillingCountry"].clone(), row["BillingCountryCode"].clone())).collect();
    assert_eq!(pairs, [(json!("Germany"), json!("DE")), (json!("Frankreich"), Value::Null)]);
}

#[tokio::test]
async fn country_code_and_country_name_follow_each_other() {
    let refused = "FIELD_INTEGRITY_EXCEPTION";
    for (body, expected) in [
        (json!({ "BillingCountryCode": "fr" }), Ok((json!("FR"), json!("France")))),
        (json!({ "BillingCountry": "france" }), Ok((json!("FR"), json!("France")))),
        (json!({ "BillingCountryCode": null }), Ok((Value::Null, Value::Null))),
        (json!({ "BillingCountry": null }), Ok((Value::Null, Value::Null))),
        (json!({ "BillingCountryCode": "FR", "BillingCountry": "France" }), Ok((json!("FR"), json!("France")))),
        (json!({ "BillingCity": "Lyon" }), Ok((json!("DE"), json!("Germany")))),
        (json!({ "BillingCountry": "Deutschland" }), Err(refused)),
        (json!({ "BillingCountry": "FR" }), Err(refused)),
        (json!({ "BillingCountryCode": "ZZ" }), Err(refused)),
        (json!({ "BillingCountryCode": "FR", "BillingCountry": "Germany" }), Err(refused)),
    ] {
        let bench = with(|features| features.country_picklists = true);
        let path = format!("/sobjects/Account/{}", bench.id("Account", "Name", "Halden GmbH"));
        let answer = bench.patch(&path, body.clone()).await;
        match expected {
            Ok((code, name)) => {
                assert_eq!(answer.status, 204, "{body}: {}", answer.body);
                let read = bench.get(&path).await.body;
                assert_eq!((&read["BillingCountryCode"], &read["BillingCountry"]), (&code, &name), "{body}");
            }
            Err(code) => assert_eq!((answer.status, answer.code()), (400, code), "{body}"),
        }
    }
}

#[tokio::test]
async fn without_country_picklists_any_name_is_taken_and_there_is_no_code() {
    let bench = bench();
    let path = format!("/sobjects/Account/{}", bench.id("Account", "Name", "Halden GmbH"));
    assert_eq!(bench.patch(&path, json!({ "BillingCountry": "Deutschland" })).await.status, 204);
    assert_eq!(bench.patch(&path, json!({ "BillingCountryCode": "DE" })).await.code(), "INVALID_FIELD");
}

#[tokio::test]
async fn state_code_and_state_name_follow_each_other_within_the_country() {
    let refused = "FIELD_INTEGRITY_EXCEPTION";
    let null = Value::Null;
    for (body, expected) in [
        (json!({ "CountryCode": "US", "StateCode": "wa" }), Ok(["US", "WA", "Washington"])),
        (json!({ "Country": "Australia", "State": "western australia" }), Ok(["AU", "WA", "Western Australia"])),
        (json!({ "CountryCode": "US", "StateCode": "TX", "State": "Texas" }), Ok(["US", "TX", "Texas"])),
        (json!({ "StateCode": "QC" }), Ok(["CA", "QC", "Quebec"])),
        (json!({ "CountryCode": null, "StateCode": null }), Ok(["", "", ""])),
        (json!({ "CountryCode": "DE", "State": null }), Ok(["DE", "", ""])),
        (json!({ "CountryCode": "US", "StateCode": "TX", "State": "Utah" }), Err((refused, "State"))),
        (json!({ "CountryCode": "US", "StateCode": "QC" }), Err((refused, "StateCode"))),
        (json!({ "CountryCode": "DE", "State": "Bayern" }), Err((refused, "State"))),
        (json!({ "CountryCode": "DE" }), Err((refused, "StateCode"))),
        (json!({ "State": "Somewhere" }), Err((refused, "State"))),
    ] {
        let bench = with(|features| features.country_picklists = true);
        let lead = json!({ "LastName": "Roy", "Company": "Nordlys", "CountryCode": "CA", "StateCode": "ON" });
        let created = bench.post("/sobjects/Lead", lead).await;
        let path = format!("/sobjects/Lead/{}", created.body["id"].as_str().expect("an id"));
        let answer = bench.patch(&path, body.clone()).await;
        match expected {
            Ok(parts) => {
                assert_eq!(answer.status, 204, "{body}: {}", answer.body);
                let read = bench.get(&path).await.body;
                for (field, part) in ["CountryCode", "StateCode", "State"].into_iter().zip(parts) {
                    let part = if part.is_empty() { null.clone() } else { part.into() };
                    assert_eq!(read[field], part, "{body}: {field}");
                }
            }
            Err((code, field)) => {
                assert_eq!((answer.status, answer.code()), (400, code), "{body}");
                assert_eq!(answer.body[0]["fields"], json!([field]), "{body}");
            }
        }
    }
}
