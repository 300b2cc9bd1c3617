//! The documents that create referrals, and the page's preview of them.

use cosell_rules::{review, salesforce, settings::Settings};
use serde_json::{Value, json};

use crate::world::World;

#[test]
fn a_private_deal_maps_to_the_document_that_microsoft_documents() {
    let wanted = json!({
        "name": "Tide gauge renewal",
        "externalReferenceId": "006Qy00000AbCdEIAV",
        "qualification": "SalesQualified",
        "type": "Shared",
        "target": [{ "type": "SolutionProfile", "id": "SOL-20417-KXD" }],
        "customerProfile": {
            "name": "Wattenwerk GmbH",
            "address": {
                "addressLine1": "Deichweg 4", "addressLine2": "", "city": "Husum", "state": "SH", "postalCode": "25813", "country": "DE"
            },
            "team": [{ "firstName": "Ada", "lastName": "Okafor", "phoneNumber": "+49 4841 5550", "email": "ada@wattenwerk.example" }]
        },
        "consent": {
            "consentToToShareInfoWithOthers": true, "consentToContact": false, "consentToShareReferralWithMicrosoftSellers": false
        },
        "details": {
            "notes": "Moves the gauges' data to Azure.",
            "dealValue": 84000,
            "currency": "EUR",
            "closingDateTime": "2027-03-31T00:00:00Z",
            "requirements": { "solutions": [
                { "id": "SOL-20417-KXD", "name": "Gauge Insight", "type": "Name", "solutionType": "3P", "publisherName": "Seewarte Software" }
            ] }
        },
        "team": [{ "firstName": "Jo", "lastName": "Lindqvist", "phoneNumber": "+46 8 555 0100", "email": "jo@partner.example" }],
        "inviteContext": { "assistanceRequestCode": "Unknown" },
        "salesStage": "Qualify",
        "favorite": false
    });
    let world = World::new();
    assert_eq!(world.document(), wanted);
    assert_eq!(world.look().actions, [json!({ "own": wanted })]);
}

#[test]
fn microsofts_document_is_ours_with_the_engagement_the_target_and_the_request() {
    let mut world = World::new().asking();
    let mut wanted = world.document();
    assert_eq!(wanted["consent"]["consentToContact"], true);
    wanted["engagementId"] = "eeee".into();
    wanted["target"] = json!([{ "type": "BusinessProfileLocation", "id": "msft" }]);
    wanted["inviteContext"] =
        json!({ "assistanceRequestCode": "ProofOfConceptOrDemo", "notes": "Moves the gauges' data to Azure." });
    world.run_for(1, true);
    assert_eq!(world.look().actions, [json!({ "microsoft": wanted })]);
}

#[test]
fn values_are_written_as_microsoft_reads_them() {
    let number = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let user =
        |phone: Value| json!({ "Id": "005", "FirstName": "Jo", "LastName": "L", "Email": "jo@partner.example", "Phone": phone });
    let account = |street: &str| json!({ "Id": "001", "Name": "W", "BillingStreet": street, "BillingCountry": "DE" });
    // what is set, where it is looked for, what stands there
    let cases = [
        ("Amount", number("9999999999999999.99"), "/details/dealValue", number("9999999999999999.99")),
        ("Amount", number("84000.10"), "/details/dealValue", number("84000.1")),
        ("Amount", number("1e3"), "/details/dealValue", number("1000")),
        ("Amount", json!("0.01"), "/details/dealValue", number("0.01")),
        ("Description", json!(" one\r\ntwo "), "/details/notes", json!("one\ntwo")),
        ("Description", Value::Null, "/details/notes", json!("")),
        (
            "Account",
            account("c/o Hafenamt\r\n Deichweg 4\n\nHaus B"),
            "/customerProfile/address/addressLine1",
            json!("c/o Hafenamt"),
        ),
        (
            "Account",
            account("c/o Hafenamt\r\nDeichweg 4\nHaus B"),
            "/customerProfile/address/addressLine2",
            json!("Deichweg 4, Haus B"),
        ),
        ("Owner", user(Value::Null), "/team", json!([])),
        ("Owner", user(json!("1")), "/team/0/email", json!("jo@partner.example")),
        ("StageName", json!("Proposal/Price Quote"), "/salesStage", json!("Propose")),
        ("Campaign_Code__c", json!("TIDE-7"), "/campaignId", json!("TIDE-7")),
        ("Priority__c", json!(true), "/favorite", json!(true)),
        ("Name", json!("✔ Tide gauges"), "/name", json!("Tide gauges")),
    ];
    for (field, value, path, wanted) in cases {
        let document = World::new().with(&[(field, value.clone())]).document();
        assert_eq!(document.pointer(path).unwrap().to_string(), wanted.to_string(), "{field} = {value}");
    }
}

#[test]
fn what_the_org_does_not_know_is_not_sent() {
    let document = World::new().with(&[("StageName", json!("Odd stage"))]).document();
    for path in ["/salesStage", "/campaignId", "/details/requirements/additionalRequirements", "/engagementId", "/status"] {
        assert_eq!(document.pointer(path), None, "{path}");
    }
}

#[test]
fn the_contact_that_the_seller_chose_is_the_one_that_is_sent() {
    let contact = |id: &str, name: &str| json!({ "Contact": { "Id": id, "FirstName": name, "LastName": "Sand", "Email": "x@y.example", "Phone": "1" } });
    let roles = json!({ "records": [contact("003A", "First"), contact("003B", "Second")] });
    for (chosen, wanted) in [(json!("003B"), "Second"), (Value::Null, "First")] {
        let world = World::new().with(&[("OpportunityContactRoles", roles.clone()), ("Microsoft_Customer_Contact__c", chosen)]);
        assert_eq!(world.document()["customerProfile"]["team"][0]["firstName"], wanted);
    }
}

#[test]
fn roles_areas_and_percent_are_sent_where_the_org_has_them() {
    let mut world = World::new().with(&[
        ("Intent__c", json!("HaveNotDecided")),
        ("Area__c", json!("Security")),
        ("StageName", json!("Tender")),
    ]);
    world.settings = Settings::from_pairs([
        ("marketplaceIntentField", "Intent__c"),
        ("solutionAreaField", "Area__c"),
        ("salesStages", "Tender|Propose\nPilot|40%"),
        ("salesStagePercent", "true"),
    ])
    .unwrap();
    let document = world.document();
    assert_eq!(
        document["details"]["requirements"]["additionalRequirements"]["attributes"],
        json!([{ "id": "HaveNotDecided", "type": "CustomerMarketplaceIntent" }, { "id": "Security", "type": "SolutionArea" }])
    );
    assert_eq!(document["salesStage"], "60");
    assert_eq!(world.with(&[("StageName", json!("Pilot"))]).document()["salesStage"], "40");
}

/// The preview of a record, with what Partner Center holds.
fn preview(amount: &str, asked: &str, held: &[(&str, &str)]) -> Value {
    let settings = Settings::default();
    let columns = salesforce::columns(&settings);
    let own: Vec<&str> = columns.split('\u{1d}').next().unwrap().split('\u{1f}').collect();
    let cell = |path: &&str| match *path {
        "Id" => "006Qy00000AbCdEIAV",
        "Amount" => amount,
        "How_can_Microsoft_help__c" => asked,
        _ => "",
    };
    let record = own.iter().map(cell).collect::<Vec<_>>().join("\u{1f}");
    let mut facts = String::new();
    for (path, text) in held {
        facts.extend(["\u{1e}held:", path, "\u{1f}", text]);
    }
    let answer = review::review(format!("today\u{1f}2026-11-22{facts}\u{1c}{record}").as_bytes(), &settings);
    serde_json::from_str::<Value>(&answer).unwrap()["preview"].clone()
}

#[test]
fn the_preview_shows_what_microsoft_would_see() {
    let private = preview("84000", "", &[]);
    assert_eq!((&private["dealType"], &private["microsoft"], private.get("changes")), (&json!("private"), &Value::Null, None));
    assert_eq!(private["referral"]["details"]["dealValue"], 84000);
    let asked = preview("84000", "GeneralOrOther", &[]);
    assert_eq!(asked["dealType"], "coSell");
    assert_eq!(asked["microsoft"]["inviteContext"]["assistanceRequestCode"], "GeneralOrOther");
}

#[test]
fn the_preview_shows_what_would_change() {
    let visible = "/consent/consentToShareReferralWithMicrosoftSellers";
    let team = "ann@partner.example\tAnn\tBerg\t1";
    let held = [("/details/dealValue", "84000"), ("/details/notes", ""), ("/team", team), (visible, "true"), ("/name", "x")];
    // Visibility can't be taken back, and a name can't be changed: neither is shown as a change.
    assert_eq!(
        preview("92000.50", "", &held)["changes"],
        json!([
            { "field": "amount", "path": "/details/dealValue", "before": "84000", "after": "92000.5" },
            { "field": "team", "path": "/team", "before": "ann@partner.example, Ann, Berg, 1", "after": "" }
        ])
    );
    assert_eq!(preview("84000", "", &held[..2])["changes"], json!([]));
}
