//! The lead that a referral becomes.

use super::*;

#[test]
fn a_lead_has_a_name_and_a_company_whatever_is_missing() {
    let own = referral(&[]);
    let (fields, _) = taken(&own, &settings(), &["BillingCountryCode"], |intake| lead(intake, Place::default()));
    let expected = json!({
        "FirstName": "Ada", "LastName": "Okafor", "Company": "Wattenwerk GmbH", "Email": "ada@wattenwerk.example",
        "Phone": "+49 4841 5550", "Street": "Deichweg 4\nHaus B", "City": "Husum", "PostalCode": "25813", "CountryCode": "DE",
        "StateCode": "SH", "Description": "Moves the gauges' data to Azure.", "Referral_Identifier__c": own.id,
        "Referral_Link__c": format!("https://partner.example/{}", own.id), "Engagement_Identifier__c": own.engagement_id,
        "Referral_Status__c": "New / Received", "Cosell_State__c": "InStep"
    });
    assert_eq!(Value::Object(fields), expected);
    let bare = referral(&[("/customerProfile", Value::Null)]);
    let (fields, _) = taken(&bare, &settings(), &[], |intake| lead(intake, Place::default()));
    assert_eq!((&fields["LastName"], &fields["Company"]), (&json!("[not provided]"), &json!("[not provided]")));
}

#[test]
fn a_status_that_the_org_does_not_know_gives_way_to_its_default() {
    let status =
        |name: &str, is_converted: bool, is_default: bool| LeadStatus { api_name: name.into(), is_converted, is_default };
    let usual = [status("Open - Not Contacted", false, true), status("Closed - Not Converted", false, false)];
    let own_words = [status("Neu", false, true), status("Abgelehnt", false, false), status("Qualified", true, false)];
    let mapped = Settings { lead_statuses: "Closed | Abgelehnt\nNew|Qualified".into(), ..settings() };
    let missing = |name: &str| Some(format!("There is no lead status {name} here; Neu stands in its place."));
    let cases = [
        ("New", &settings(), usual.as_slice(), Some("Open - Not Contacted"), None),
        ("Closed", &settings(), &usual, Some("Closed - Not Converted"), None),
        ("New", &settings(), &own_words, Some("Neu"), missing("Open - Not Contacted")),
        ("Closed", &mapped, &own_words, Some("Abgelehnt"), None),
        ("New", &mapped, &own_words, Some("Neu"), missing("Qualified")),
        ("New", &settings(), &[], None, Some("There is no lead status Open - Not Contacted here.".into())),
    ];
    for (word, settings, known, expected, sentence) in cases {
        let own = referral(&[("/status", json!(word))]);
        let (found, remark) = taken(&own, settings, &[], |intake| lead_status(intake, known));
        assert_eq!((found.as_deref(), remark.map(|it| it.sentence("en"))), (expected, sentence), "{word}");
    }
}

#[test]
fn of_a_lead_only_what_changed_in_partner_center_is_written() {
    let wanted = object([("City", "Kiel"), ("Phone", "1"), ("Email", "new@x.example"), ("Company", "W")].map(of).to_vec());
    let seen = [("City", "Husum"), ("Phone", "1"), ("Email", "new@x.example")].map(|(name, text)| (name.into(), text.into()));
    // The seller has another phone; the e-mail was written by a run that died; the company was never known.
    let record = json!({ "City": "Husum", "Phone": "2", "Email": "new@x.example", "Company": "Wattenwerk" });
    let news = changed(&wanted, &seen.into(), &record);
    assert_eq!(Value::Object(news), json!({ "City": "Kiel" }));
    let nothing_known = changed(&wanted, &std::collections::BTreeMap::new(), &json!({ "Phone": "2" }));
    assert_eq!(nothing_known.keys().collect::<Vec<_>>(), ["City", "Company", "Email"]);
}

fn of((name, text): (&str, &str)) -> (String, Value) {
    (name.to_owned(), text.into())
}
