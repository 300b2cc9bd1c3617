//! Leads: their status, and their conversion by the package's Apex REST resource.

use serde_json::{Value, json};

use super::super::schema::object;
use super::super::store::Writer;
use super::{Answer, Bench, bench};

const CONVERT: &str = "/services/apexrest/cosell/v1/leads/convert";

fn lead() -> Value {
    json!({
        "LastName": "Roy", "FirstName": "Lena", "Company": "Nordlys AS", "Email": "lena@nordlys.example", "Phone": "+47 1",
        "Street": "Havnegata 1", "City": "Oslo", "PostalCode": "0150", "Country": "Norway", "Referral_Identifier__c": "r-1"
    })
}

async fn created(bench: &Bench) -> String {
    let answer = bench.post("/sobjects/Lead", lead()).await;
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.body["id"].as_str().expect("an id").to_owned()
}

/// A queue, as an admin sets one up.
fn queue(bench: &Bench) -> String {
    let mut state = bench.org.lock();
    let features = state.features;
    let mut writer = Writer::of_setup(&mut state.store, features, bench.org.now());
    let body = json!({ "Name": "Partner leads", "Type": "Queue" });
    let group = object("Group", features).expect("the object");
    writer.create(group, body.as_object().expect("fields")).unwrap_or_else(|error| panic!("{}", error.message))
}

async fn convert(bench: &Bench, body: Value) -> Answer {
    bench.send("POST", CONVERT, &[], Some(body)).await
}

#[tokio::test]
async fn a_lead_without_a_status_gets_the_default_of_the_org() {
    let bench = bench();
    let id = created(&bench).await;
    let read = bench.get(&format!("/sobjects/Lead/{id}?fields=Name,Status,IsConverted,ConvertedOpportunityId")).await.body;
    assert_eq!((&read["Name"], &read["Status"]), (&json!("Lena Roy"), &json!("Open")));
    assert_eq!((&read["IsConverted"], &read["ConvertedOpportunityId"]), (&json!(false), &Value::Null));
    let statuses = bench.records("SELECT ApiName, IsConverted, IsDefault FROM LeadStatus").await;
    let facts: Vec<_> = statuses.iter().map(|row| [&row["ApiName"], &row["IsConverted"], &row["IsDefault"]]).collect();
    assert_eq!(json!(facts), json!([["Open", false, true], ["Working", false, false], ["Converted", true, false]]));
}

#[tokio::test]
async fn a_status_is_taken_whether_the_org_has_it_or_not_but_only_a_conversion_converts() {
    let bench = bench();
    let path = format!("/sobjects/Lead/{}", created(&bench).await);
    for (body, status, code) in [
        (json!({ "Status": "Working" }), 204, ""),
        (json!({ "Status": "Whatever" }), 204, ""),
        (json!({ "Status": null }), 400, "REQUIRED_FIELD_MISSING"),
        (json!({ "Status": "Converted" }), 400, "INVALID_STATUS"),
        (json!({ "IsConverted": true }), 400, "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ] {
        let answer = bench.patch(&path, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{body}");
    }
    assert_eq!(bench.get(&path).await.body["Status"], "Whatever");
}

#[tokio::test]
async fn two_leads_cannot_have_the_same_referral() {
    let bench = bench();
    created(&bench).await;
    let again = bench.post("/sobjects/Lead", lead()).await;
    assert_eq!((again.status, again.code()), (400, "DUPLICATE_VALUE"));
    let changed = bench.patch("/sobjects/Lead/Referral_Identifier__c/R-1", json!({ "City": "Bergen" })).await;
    assert_eq!((changed.status, &changed.body["created"]), (200, &json!(false)));
}

#[tokio::test]
async fn a_conversion_makes_account_contact_and_opportunity() {
    let bench = bench();
    let id = created(&bench).await;
    let answer = convert(&bench, json!({ "leadId": id, "accountId": null, "opportunityName": "Nordlys AS: data centre" })).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.headers["sforce-limit-info"], "api-usage=2/100000");
    assert_eq!((&answer.body["leadId"], &answer.body["converted"]), (&json!(id), &json!(true)));
    let made = |key: &str| answer.body[key].as_str().expect("an id").to_owned();

    let account = bench.get(&format!("/sobjects/Account/{}", made("accountId"))).await.body;
    assert_eq!((&account["Name"], &account["BillingCity"]), (&json!("Nordlys AS"), &json!("Oslo")));
    let contact = bench.get(&format!("/sobjects/Contact/{}", made("contactId"))).await.body;
    assert_eq!((&contact["Name"], &contact["AccountId"]), (&json!("Lena Roy"), &account["Id"]));
    let opportunity = bench.get(&format!("/sobjects/Opportunity/{}", made("opportunityId"))).await.body;
    for (field, value) in [
        ("Name", json!("Nordlys AS: data centre")),
        ("AccountId", account["Id"].clone()),
        ("StageName", json!("On Hold")),
        ("CloseDate", json!("2026-12-31")),
        ("Referral_Identifier__c", Value::Null),
    ] {
        assert_eq!(opportunity[field], value, "{field}");
    }
    let role = bench
        .records(&format!(
            "SELECT ContactId, IsPrimary FROM OpportunityContactRole WHERE OpportunityId = '{}'",
            made("opportunityId")
        ))
        .await;
    assert_eq!((&role[0]["ContactId"], &role[0]["IsPrimary"]), (&contact["Id"], &json!(true)));

    let found = "SELECT Id, IsConverted, ConvertedOpportunityId, Status, ConvertedDate FROM Lead WHERE Referral_Identifier__c = 'r-1' LIMIT 1";
    let lead = bench.records(found).await.remove(0);
    assert_eq!((&lead["IsConverted"], &lead["Status"]), (&json!(true), &json!("Converted")));
    assert_eq!((&lead["ConvertedOpportunityId"], &lead["ConvertedDate"]), (&opportunity["Id"], &json!("2026-11-22")));
}

#[tokio::test]
async fn a_second_conversion_says_what_the_first_has_made_and_the_lead_stays_as_it_is() {
    let bench = bench();
    let id = created(&bench).await;
    let first = convert(&bench, json!({ "leadId": id })).await.body;
    let second = convert(&bench, json!({ "leadId": id, "opportunityName": "Other" })).await;
    assert_eq!((second.status, &second.body["converted"]), (200, &json!(false)));
    for key in ["leadId", "accountId", "contactId", "opportunityId"] {
        assert_eq!(second.body[key], first[key], "{key}");
    }
    let changed = bench.patch(&format!("/sobjects/Lead/{id}"), json!({ "City": "Bergen" })).await;
    assert_eq!((changed.status, changed.code()), (400, "CANNOT_UPDATE_CONVERTED_LEAD"));
    assert_eq!(bench.query("SELECT COUNT() FROM Opportunity WHERE Name = 'Nordlys AS-'").await.body["totalSize"], 1);
}

#[tokio::test]
async fn a_conversion_uses_the_account_it_is_given() {
    let bench = bench();
    let account = bench.id("Account", "Name", "Perrin SA");
    let id = created(&bench).await;
    let answer = convert(&bench, json!({ "leadId": id, "accountId": account })).await;
    assert_eq!(answer.body["accountId"], account);
    assert_eq!(bench.query("SELECT COUNT() FROM Account").await.body["totalSize"], 2, "no account was made");
}

#[tokio::test]
async fn a_conversion_uses_the_contact_it_is_given_if_it_is_of_the_account() {
    let bench = bench();
    let account = bench.id("Account", "Name", "Perrin SA");
    let answer = bench.post("/sobjects/Contact", json!({ "LastName": "Roy", "AccountId": account })).await;
    let contact = answer.body["id"].clone();
    let id = created(&bench).await;
    let foreign = bench.id("Account", "Name", "Halden GmbH");
    for account in [json!(null), json!(foreign)] {
        let answer = convert(&bench, json!({ "leadId": id, "accountId": account, "contactId": contact })).await;
        assert_eq!((answer.status, answer.code()), (400, "INVALID_CROSS_REFERENCE_KEY"), "{account}");
    }
    let answer = convert(&bench, json!({ "leadId": id, "accountId": account, "contactId": contact })).await;
    assert_eq!((answer.status, &answer.body["contactId"]), (200, &contact));
    assert_eq!(bench.query("SELECT COUNT() FROM Contact WHERE LastName = 'Roy'").await.body["totalSize"], 1);
}

#[tokio::test]
async fn what_a_lead_becomes_is_owned_by_whom_the_call_names_or_by_the_lead_s_owner_if_that_can_be() {
    let bench = bench();
    let user = |name: &str| json!(bench.id("User", "FirstName", name));
    let (jo, ro, left) = (user("Jo"), user("Ro"), user("Lee"));
    let queue = json!(queue(&bench));
    let caller =
        bench.records(&format!("SELECT OwnerId FROM Lead WHERE Id = '{}'", created(&bench).await)).await[0]["OwnerId"].clone();
    for (number, (owns, named, expected)) in
        [(&ro, &Value::Null, &ro), (&queue, &Value::Null, &caller), (&queue, &ro, &ro), (&ro, &jo, &jo)].into_iter().enumerate()
    {
        let body = json!({ "LastName": "Roy", "Company": "Nordlys AS", "OwnerId": owns, "Referral_Identifier__c": format!("o-{number}") });
        let lead = bench.post("/sobjects/Lead", body).await.body["id"].clone();
        let refused = convert(&bench, json!({ "leadId": lead, "ownerId": left })).await;
        assert_eq!((refused.status, refused.code()), (400, "INACTIVE_OWNER_OR_USER"));
        let made = convert(&bench, json!({ "leadId": lead, "ownerId": named })).await.body;
        for (object, key) in [("Account", "accountId"), ("Contact", "contactId"), ("Opportunity", "opportunityId")] {
            let row = bench.get(&format!("/sobjects/{object}/{}", made[key].as_str().expect("an id"))).await.body;
            assert_eq!(&row["OwnerId"], expected, "{number}: {object}");
        }
    }
}

#[tokio::test]
async fn a_duplicate_rule_that_warns_refuses_a_conversion() {
    let bench = bench();
    bench.org.set_rules(serde_json::from_value(json!({ "duplicates": { "Contact": "alert" } })).expect("rules"));
    let account = bench.id("Account", "Name", "Perrin SA");
    let known = json!({ "LastName": "Roy", "Email": "lena@nordlys.example", "AccountId": account });
    let contact = bench.post("/sobjects/Contact", known).await.body["id"].clone();
    let id = created(&bench).await;
    let refused = convert(&bench, json!({ "leadId": id, "accountId": account })).await;
    assert_eq!((refused.status, refused.code()), (400, "DUPLICATES_DETECTED"));
    assert_eq!((&refused.body[0]["duplicateResult"], &refused.body[0]["fields"]), (&json!(null), &json!([])));
    let answer = convert(&bench, json!({ "leadId": id, "accountId": account, "contactId": contact })).await;
    assert_eq!(answer.status, 200, "with the contact that is there nothing is made twice: {}", answer.body);
}

#[tokio::test]
async fn a_conversion_that_cannot_be_done_is_refused_and_leaves_nothing_behind() {
    let bench = bench();
    let id = created(&bench).await;
    let strangers = bench.post("/sobjects/Lead", json!({ "LastName": "Other", "Company": "Other" })).await;
    for (body, code) in [
        (json!({}), "ENTITY_IS_DELETED"),
        (json!({ "leadId": "00QQy0000000009" }), "ENTITY_IS_DELETED"),
        (json!({ "leadId": strangers.body["id"] }), "ENTITY_IS_DELETED"),
        (json!({ "leadId": "nonsense" }), "JSON_PARSER_ERROR"),
        (json!({ "leadId": id, "accountId": "001Qy0000000zzz" }), "INVALID_CROSS_REFERENCE_KEY"),
        (json!([]), "JSON_PARSER_ERROR"),
    ] {
        let answer = convert(&bench, body.clone()).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{body}");
    }
    assert_eq!(bench.query("SELECT COUNT() FROM Contact WHERE LastName = 'Roy'").await.body["totalSize"], 0);
    for (method, path, status) in [("GET", CONVERT, 405), ("POST", "/services/apexrest/cosell/v1/nothing", 404)] {
        assert_eq!(bench.send(method, path, &[], None).await.status, status, "{method} {path}");
    }
    let nobody = bench.send("POST", CONVERT, &[("authorization", "Bearer nobody")], Some(json!({ "leadId": id }))).await;
    assert_eq!((nobody.status, nobody.code()), (401, "INVALID_SESSION_ID"));
}
