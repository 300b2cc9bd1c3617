//! What an org without a feature, or with one more, shows and takes.

use serde_json::{Value, json};

use super::super::Features;
use super::{Bench, bench};

pub(super) fn with(change: impl FnOnce(&mut Features)) -> Bench {
    let bench = bench();
    let mut features = bench.org.features();
    change(&mut features);
    bench.org.set_features(features);
    bench
}

async fn described(bench: &Bench, object: &str, field: &str) -> Option<Value> {
    let answer = bench.get(&format!("/sobjects/{object}/describe")).await;
    answer.body["fields"].as_array()?.iter().find(|known| known["name"] == field).cloned()
}

#[tokio::test]
async fn a_single_currency_org_knows_no_currency_code_anywhere() {
    let bench = bench();
    assert!(described(&bench, "Opportunity", "CurrencyIsoCode").await.is_some());
    let bench = with(|features| features.multi_currency = false);
    for object in ["Opportunity", "Account", "Contact", "Microsoft_Solution__c", "OpportunityContactRole"] {
        assert!(described(&bench, object, "CurrencyIsoCode").await.is_none(), "{object}");
    }
    assert_eq!(bench.query("SELECT CurrencyIsoCode FROM Opportunity").await.code(), "INVALID_FIELD");
    assert_eq!(bench.query("SELECT IsoCode FROM CurrencyType").await.code(), "INVALID_TYPE");
    let path = format!("/sobjects/Opportunity/{}", bench.opportunity());
    assert_eq!(bench.patch(&path, json!({ "CurrencyIsoCode": "EUR" })).await.code(), "INVALID_FIELD");
    assert!(bench.get(&path).await.body.get("CurrencyIsoCode").is_none());
}

#[tokio::test]
async fn an_org_without_teams_has_no_such_object() {
    let global = |answer: &Value| {
        let objects = answer["sobjects"].as_array().cloned().unwrap_or_default();
        objects.iter().any(|object| object["name"] == "OpportunityTeamMember")
    };
    assert!(global(&bench().get("/sobjects").await.body));
    let bench = with(|features| features.teams = false);
    assert!(!global(&bench.get("/sobjects").await.body));
    assert_eq!(bench.query("SELECT Id FROM OpportunityTeamMember").await.code(), "INVALID_TYPE");
    assert_eq!(bench.query("SELECT (SELECT Id FROM OpportunityTeamMembers) FROM Opportunity").await.code(), "INVALID_TYPE");
    assert_eq!(bench.post("/sobjects/OpportunityTeamMember", json!({})).await.status, 404);
}

#[tokio::test]
async fn an_org_without_notes_or_without_leads_does_not_name_them() {
    for (object, switch) in [
        ("ContentNote", (|features: &mut Features| features.notes = false) as fn(&mut Features)),
        ("Lead", |features| features.leads = false),
        ("LeadStatus", |features| features.leads = false),
    ] {
        let names = |answer: &Value| answer["sobjects"].as_array().is_some_and(|all| all.iter().any(|one| one["name"] == object));
        assert!(names(&bench().get("/sobjects").await.body), "{object}");
        let bench = with(switch);
        assert!(!names(&bench.get("/sobjects").await.body), "{object}");
        assert_eq!(bench.query(&format!("SELECT Id FROM {object}")).await.code(), "INVALID_TYPE");
        assert_eq!(bench.get(&format!("/sobjects/{object}/describe")).await.status, 404);
        assert_eq!(bench.post(&format!("/sobjects/{object}"), json!({})).await.status, 404);
    }
}

#[tokio::test]
async fn describe_says_what_a_field_is() {
    let bench = bench();
    for (field, facts) in [
        ("Name", json!({ "type": "string", "length": 120, "nillable": false, "createable": true, "updateable": true })),
        ("Amount", json!({ "type": "currency", "precision": 18, "scale": 2, "nillable": true })),
        ("IsClosed", json!({ "type": "boolean", "createable": false, "updateable": false })),
        (
            "Referral_Identifier__c",
            json!({ "type": "string", "length": 100, "unique": true, "externalId": true, "custom": true }),
        ),
        ("Audit__c", json!({ "type": "textarea", "length": 131_072, "filterable": false })),
        (
            "Microsoft_Customer_Contact__c",
            json!({ "type": "reference", "referenceTo": ["Contact"], "relationshipName": "Microsoft_Customer_Contact__r" }),
        ),
        ("Cosell_State__c", json!({ "type": "picklist", "restrictedPicklist": true })),
        ("StageName", json!({ "type": "picklist", "restrictedPicklist": false })),
    ] {
        let known = described(&bench, "Opportunity", field).await.unwrap_or_else(|| panic!("no field {field}"));
        for (name, value) in facts.as_object().expect("facts") {
            assert_eq!(&known[name], value, "{field}.{name}");
        }
    }
    let opportunity = bench.get("/sobjects/Opportunity/describe").await.body;
    assert_eq!((&opportunity["keyPrefix"], &opportunity["custom"]), (&json!("006"), &json!(false)));
    let children: Vec<_> = opportunity["childRelationships"]
        .as_array()
        .expect("children")
        .iter()
        .filter_map(|child| child["relationshipName"].as_str())
        .collect();
    for name in ["OpportunityContactRoles", "OpportunityTeamMembers", "Microsoft_Solutions__r"] {
        assert!(children.contains(&name), "{name}");
    }
}
