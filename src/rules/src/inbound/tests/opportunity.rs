//! The opportunity that a referral becomes.

use super::*;
use crate::reconcile::{Draft, Observed};

#[test]
fn the_opportunity_holds_what_a_reconciliation_finds_right_afterwards() {
    let own = referral(&[]);
    let (fields, remarks) = taken(&own, &settings(), &ALL, opportunity);
    let mut record = object(fields);
    let expected = json!({
        "Name": "Tide gauge renewal", "StageName": "On Hold", "Amount": 84000.5, "CurrencyIsoCode": "EUR", "CloseDate": "2027-03-31",
        "Description": "Moves the gauges' data to Azure.", "Sync_with_Partner_Center__c": true,
        "Visible_to_Microsoft_Sellers__c": true, "Customer_Consent__c": true, "Referral_Identifier__c": own.id, "Engagement_Identifier__c": own.engagement_id,
        "Referral_Link__c": format!("https://partner.example/{}", own.id), "Referral_Status__c": "New / Received",
        "Deal_Type__c": "PartnerLed", "Microsoft_Answer_Due__c": "2026-12-04T09:00:00.000Z"
    });
    assert_eq!(Value::Object(record.clone()), expected);
    assert_eq!(told(&remarks), ["This referral came through Partner Center and waits for your answer."]);

    record.insert("Id".into(), "006Qy00000AbCdEIAV".into());
    let (record, settings) = (Value::Object(record), settings());
    let cells = crate::salesforce::Record::from_json(&record, &settings).unwrap();
    let seen = crate::salesforce::read(&cells, &settings).unwrap();
    let agreed = taken(&own, &settings, &ALL, base);
    for base in [None, Some(&agreed)] {
        let link_template = "https://partner.example/{id}";
        let observed = Observed {
            opportunity: &seen,
            record: &record,
            own: Some(&own),
            microsoft: None,
            base,
            answered: None,
            link_template,
        };
        let draft = Draft::new(observed, &settings, day("2026-11-22"), moment::parse_moment(NOW).unwrap());
        let plan = draft.plan();
        assert!(plan.is_empty(), "{plan:?}");
    }
}

#[test]
fn what_an_org_does_not_have_is_left_out_and_said() {
    let no_day = "The referral has no close date; 22 December 2026 stands in its place.";
    let cases: [(&str, Value, &[&str], &str); 4] = [
        (
            "/details/currency",
            json!("USD"),
            &["Amount"],
            "Left out: the deal value 84000.5 USD, because this org has only one currency. Enter it in that one.",
        ),
        ("/details/closingDateTime", Value::Null, &ALL, no_day),
        ("/details/closingDateTime", json!("soon"), &ALL, no_day),
        ("/name", Value::Null, &ALL, ""),
    ];
    for (path, value, fields, sentence) in cases {
        let own = referral(&[(path, value)]);
        let settings = Settings { default_currency: "EUR".into(), ..settings() };
        let (record, remarks) = taken(&own, &settings, fields, opportunity);
        let record = object(record);
        let said = told(&remarks)[1..].join(" ");
        assert_eq!(said, sentence, "{path}");
        assert_eq!(record.contains_key("CurrencyIsoCode"), fields.contains(&"CurrencyIsoCode"), "{path}");
        assert_eq!(
            record.contains_key("Amount"),
            path != "/details/currency",
            "no figure stands in a currency that is not its own"
        );
        assert!(["Name", "CloseDate", "StageName"].iter().all(|name| record[*name].is_string()), "{record:?}");
    }
}

#[test]
fn the_only_currency_of_an_org_is_not_sent_back_as_that_of_the_deal() {
    let own = referral(&[("/details/currency", json!("USD"))]);
    let settings = Settings { default_currency: "EUR".into(), ..settings() };
    let agreed = taken(&own, &settings, &["Amount"], base);
    assert_eq!((agreed.get("/details/currency"), agreed.get("/details/dealValue")), (Some("EUR"), Some("")));
    let own_currency = taken(&referral(&[]), &settings, &["Amount"], base);
    assert_eq!(own_currency.get("/details/dealValue"), Some("84000.5"), "its own currency is no other");
    assert_eq!(agreed.get("/status"), Some("New / Received"));
    let found = taken(&own, &settings, &["Amount"], holds);
    assert_eq!((found.get("/details/currency"), found.get("/details/dealValue")), (Some("EUR"), None));
    assert_eq!(taken(&own, &settings, &ALL, holds).get("/details/currency"), None, "where there is a field, somebody has chosen");
}

#[test]
fn a_referral_that_was_accepted_elsewhere_begins_on_the_active_stage() {
    let own = referral(&[("/status", json!("Active")), ("/substatus", json!("Accepted"))]);
    let (fields, remarks) = taken(&own, &settings(), &ALL, opportunity);
    assert_eq!(object(fields)["StageName"], "Qualification");
    assert_eq!(told(&remarks), ["The referral was accepted in Partner Center."]);
    let found = taken(&own, &settings(), &ALL, holds);
    assert_eq!(found.get("/status"), Some("New / Pending"), "one that is found was made before the answer, and follows it");
    assert_eq!(taken(&referral(&[]), &settings(), &ALL, holds).get("/status"), Some("New / Received"));
}

#[test]
fn a_deal_value_goes_to_the_field_that_the_setting_names_if_it_can() {
    let own = referral(&[]);
    for (name, is_written) in [("Net__c", true), ("Missing__c", false), ("Parent__r.Net__c", false)] {
        let settings = Settings { deal_value_field: name.into(), ..settings() };
        let (fields, _) = taken(&own, &settings, &ALL, opportunity);
        assert_eq!(object(fields).contains_key(name), is_written, "{name}");
    }
}

#[test]
fn solutions_are_kept_once_each_with_what_salesforce_can_hold() {
    let items = json!([
        { "id": "SOL-1", "name": "Gauge Insight", "solutionType": "3p", "publisherName": "Seewarte Software" },
        { "id": "SOL-1", "name": "Again" },
        { "id": "sol-1", "name": "In small letters" },
        { "id": "", "name": "Nameless" },
        { "id": "SOL-2", "solutionType": "4P" },
        { "id": "ASM-1", "solutionType": "assessment" }
    ]);
    let own = referral(&[("/details/requirements/solutions", items)]);
    let found = taken(&own, &settings(), &[], solutions).into_iter().map(Value::Object).collect::<Vec<_>>();
    let first = json!({
        "Name": "Gauge Insight", "Solution_Identifier__c": "SOL-1", "Solution_Type__c": "3P", "Publisher_Name__c": "Seewarte Software"
    });
    let assessment = json!({ "Name": "ASM-1", "Solution_Identifier__c": "ASM-1", "Solution_Type__c": "Assessment" });
    assert_eq!(found, [first, json!({ "Name": "SOL-2", "Solution_Identifier__c": "SOL-2" }), assessment]);
}

#[test]
fn texts_that_are_too_long_for_a_field_are_cut_and_not_refused() {
    let long = "Ä🚀".repeat(100);
    let own = referral(&[("/name", json!(long)), ("/customerProfile/name", json!(long))]);
    let units = |value: &Value| value.as_str().unwrap().encode_utf16().count();
    assert_eq!(units(&object(taken(&own, &settings(), &ALL, opportunity).0)["Name"]), 120);
    let (account, _) = taken(&own, &settings(), &[], |intake| customer(intake, Place::default())).unwrap();
    assert_eq!(units(&account["Name"]), 255);
}

#[test]
fn no_mark_comes_in_whoever_typed_it_and_whatever_the_setting_says() {
    let own = referral(&[("/name", json!("✔ Tide gauges"))]);
    let settings = Settings { check_mark: true, ..settings() };
    taken(&own, &settings, &ALL, |intake| {
        // The first run puts it there, which knows how the pair stands.
        assert_eq!(object(opportunity(intake).0)["Name"], "Tide gauges");
        assert_eq!(base(intake).get("/name"), Some("Tide gauges"));
        let (lead, _) = lead(intake, Place::default());
        let is_marked = |value: &Value| value.as_str().is_some_and(|text| text.starts_with(['✔', '✗']));
        assert!(lead.contains_key("LastName") && !lead.values().any(is_marked), "{lead:?}");
    });
}

#[test]
fn the_customer_has_agreed_where_both_consents_are_given_in_partner_center() {
    let cases = [(json!(true), json!(true), true), (json!(true), json!(false), false), (json!(null), json!(true), false)];
    for (share, contact, is_given) in cases {
        let own = referral(&[
            ("/consent/consentToToShareInfoWithOthers", share.clone()),
            ("/consent/consentToContact", contact.clone()),
        ]);
        let fields = taken(&own, &settings(), &ALL, |intake| object(opportunity(intake).0));
        assert_eq!(fields.contains_key("Customer_Consent__c"), is_given, "{share} {contact}");
    }
}
