//! The documents for Microsoft, and the gate that they pass last.

use crate::common;
use cosell_rules::{map, salesforce::field, validate::document};
use serde_json::{Value, json};

fn referral(fields: &[(&str, Value)]) -> Value {
    serde_json::to_value(map::own_referral(&common::opportunity(fields))).unwrap()
}

#[test]
fn a_private_deal_maps_to_the_document_that_microsoft_documents() {
    assert_eq!(
        referral(&[]),
        json!({
            "name": "Tide gauge renewal",
            "externalReferenceId": "006Qy00000AbCdEIAV",
            "qualification": "SalesQualified",
            "type": "Shared",
            "target": [{ "type": "SolutionProfile", "id": "SOL-20417-KXD" }],
            "customerProfile": {
                "name": "Wattenwerk GmbH",
                "address": { "addressLine1": "Deichweg 4", "addressLine2": "", "city": "Husum", "state": "SH", "postalCode": "25813", "country": "DE" },
                "team": [{ "firstName": "Ada", "lastName": "Okafor", "phoneNumber": "+49 4841 5550", "email": "ada@wattenwerk.example" }]
            },
            "consent": { "consentToToShareInfoWithOthers": true, "consentToContact": false, "consentToShareReferralWithMicrosoftSellers": false },
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
            "inviteContext": { "assistanceRequestCode": "Unknown" }
        })
    );
}

#[test]
fn money_keeps_every_digit() {
    for (given, sent) in
        [("9999999999999999.99", "9999999999999999.99"), ("84000.10", "84000.1"), ("0.01", "0.01"), ("1e3", "1000")]
    {
        let amount: Value = serde_json::from_str(given).unwrap();
        assert_eq!(referral(&[("Amount", amount)])["details"]["dealValue"].to_string(), sent);
    }
}

#[test]
fn a_street_of_several_lines_fills_both_address_lines() {
    let account = json!({ "Id": "001", "Name": "Wattenwerk GmbH", "BillingStreet": "c/o Hafenamt\r\nDeichweg 4\nHaus B", "BillingCountry": "DE" });
    let address = referral(&[("Account", account)])["customerProfile"]["address"].clone();
    assert_eq!((&address["addressLine1"], &address["addressLine2"]), (&json!("c/o Hafenamt"), &json!("Deichweg 4, Haus B")));
}

#[test]
fn a_person_who_cannot_be_reached_is_left_out_rather_than_sent_in_half() {
    let owner = json!({ "Id": "005", "FirstName": "Jo", "LastName": "Lindqvist", "Email": "jo@partner.example", "Phone": null });
    assert_eq!(referral(&[("Owner", owner)])["team"], json!([]));
}

#[test]
fn the_contact_that_the_seller_chose_is_the_one_that_is_sent() {
    let contact = |id: &str, name: &str| json!({ "Contact": { "Id": id, "FirstName": name, "LastName": "Sand", "Email": "x@y.example", "Phone": "1" } });
    let roles = json!({ "records": [contact("003A", "First"), contact("003B", "Second")] });
    let chosen = |id: Value| {
        referral(&[("OpportunityContactRoles", roles.clone()), (field::CONTACT, id)])["customerProfile"]["team"][0]["firstName"]
            .clone()
    };
    assert_eq!(chosen(json!("003B")), "Second");
    assert_eq!(chosen(Value::Null), "First");
}

#[test]
fn both_documents_of_a_co_sell_deal_pass_the_last_gate() {
    let opportunity = common::opportunity(&[(field::HELP, json!("GeneralOrOther")), (field::VISIBLE, json!(true))]);
    let preview = map::preview(&opportunity);
    let microsoft = preview.microsoft.expect("co-sell has two documents");
    for sent in [&preview.referral, &microsoft] {
        assert_eq!(document::findings(sent), []);
    }
}

#[test]
fn a_document_of_another_shape_is_stopped_at_the_last_gate() {
    let cases = [
        (json!({ "type": "Mystery", "customerProfile": {}, "consent": {}, "details": {} }), vec!["referral.type"]),
        (json!({ "customerProfile": {}, "consent": {}, "details": {} }), vec!["referral.type"]),
        (json!({ "type": "Shared", "customerProfile": {}, "consent": null }), vec!["referral.section", "referral.section"]),
        (json!([]), vec!["referral.type", "referral.section", "referral.section", "referral.section"]),
    ];
    for (document, codes) in cases {
        assert_eq!(document::findings(&document).iter().map(|finding| finding.code).collect::<Vec<_>>(), codes, "{document}");
    }
}
