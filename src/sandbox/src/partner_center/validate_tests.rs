//! Each rule for a new referral, from a document that is accepted to one that is not.

use serde_json::{Value, json};

use super::super::sample::{changed, object, referral};
use super::new_referral;

fn refusal(document: Value) -> Option<String> {
    new_referral(&object(document)).err().map(|error| error.target().to_owned())
}

#[test]
fn the_documented_document_is_accepted() {
    assert_eq!(refusal(referral()), None);
}

#[test]
fn each_broken_rule_names_its_property() {
    let solution = json!({ "id": "SOL-20417-KXD" });
    let too_many = Value::Array(vec![solution; 51]);
    let cases = [
        ("/type", None, "type"),
        ("/type", Some(json!("Friendly")), "type"),
        ("/customerProfile", None, "customerProfile"),
        ("/consent", None, "consent"),
        ("/details", Some(json!(null)), "details"),
        ("/customerProfile/address/country", Some(json!("Deutschland")), "customerProfile/address/country"),
        ("/customerProfile/address/country", Some(json!("UK")), "customerProfile/address/country"),
        ("/customerProfile/address/country", None, "customerProfile/address/country"),
        ("/details/currency", Some(json!("HRK")), "details/currency"),
        ("/details/currency", None, "details/currency"),
        ("/details/dealValue", Some(json!("a lot")), "details/dealValue"),
        ("/details/closingDateTime", Some(json!("31.03.2027")), "details/closingDateTime"),
        ("/details/requirements/solutions", Some(json!([])), "details/requirements/solutions"),
        ("/details/requirements/solutions", Some(json!([{ "id": " " }])), "details/requirements/solutions"),
        ("/details/requirements/solutions", Some(too_many), "details/requirements/solutions"),
        ("/inviteContext/assistanceRequestCode", Some(json!("Rfp")), "inviteContext/assistanceRequestCode"),
        ("/consent/consentToToShareInfoWithOthers", Some(json!(false)), "consent/consentToToShareInfoWithOthers"),
        ("/consent/consentToContact", Some(json!("yes")), "consent/consentToContact"),
        ("/customerProfile/team", Some(json!({})), "customerProfile/team"),
        ("/team", Some(json!("Jo")), "team"),
        ("/target", Some(json!({ "type": "SolutionProfile" })), "target"),
        ("/consent/consentToToShareInfoWithOthers", None, "consent/consentToToShareInfoWithOthers"),
    ];
    for (pointer, value, target) in cases {
        let case = format!("{pointer} = {value:?}");
        assert_eq!(refusal(changed(referral(), pointer, value)).as_deref(), Some(target), "{case}");
    }
}

#[test]
fn a_complete_contact_is_wanted_only_when_help_is_asked() {
    let codes = [
        ("Unknown", None),
        ("ProofOfConceptOrDemo", Some("customerProfile/team")),
        ("GeneralOrOther", Some("customerProfile/team")),
    ];
    for (code, target) in codes {
        let document = changed(referral(), "/inviteContext/assistanceRequestCode", Some(json!(code)));
        assert_eq!(refusal(document.clone()), None, "{code} with a complete contact");
        let incomplete = json!([{ "firstName": "Ada", "lastName": "Okafor", "phoneNumber": "", "email": "a@b.example" }]);
        let document = changed(document, "/customerProfile/team", Some(incomplete));
        assert_eq!(refusal(document).as_deref(), target, "{code} with an incomplete contact");
    }
}

#[test]
fn a_deal_value_may_be_a_number_or_text() {
    for value in [json!(84000), json!(0.5), json!("84000.50"), json!("10000")] {
        assert_eq!(refusal(changed(referral(), "/details/dealValue", Some(value.clone()))), None, "{value}");
    }
}
