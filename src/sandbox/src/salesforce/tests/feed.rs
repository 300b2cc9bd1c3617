//! Polling for changes: one composite call with five queries and the removed rows beside them.

use serde_json::{Value, json};
use time::Duration;

use super::{Bench, bench, step};

/// A query as part of a composite, with spaces as `%20`.
fn query(reference: &str, resource: &str, soql: &str) -> Value {
    let encoded = super::form(&[("q", soql)]).replace('+', "%20");
    step(reference, "GET", &format!("/{resource}?{encoded}"), None)
}

/// What has changed since a moment: records by the name of their step.
async fn poll(bench: &Bench, since: &str) -> Value {
    let shared = |parent: &str| format!("({parent}Sync_with_Partner_Center__c = true OR {parent}Referral_Identifier__c != null)");
    let removed = |object: &str| {
        let span = "start=2026-11-22T13%3A59%3A57Z&end=2026-11-23T14%3A25%3A57Z";
        step(object, "GET", &format!("/sobjects/{object}/deleted/?{span}"), None)
    };
    let body = json!({ "allOrNone": false, "collateSubrequests": false, "compositeRequest": [
        removed("OpportunityContactRole"),
        removed("OpportunityTeamMember"),
        query("opportunities", "query", &format!("SELECT Id, SystemModstamp, LastModifiedById, Account.SystemModstamp FROM Opportunity WHERE (SystemModstamp >= {since} OR Account.SystemModstamp >= {since}) AND {} ORDER BY SystemModstamp, Id", shared(""))),
        query("contactRoles", "query", &format!("SELECT Id, OpportunityId, SystemModstamp, Contact.SystemModstamp FROM OpportunityContactRole WHERE (SystemModstamp >= {since} OR Contact.SystemModstamp >= {since}) AND {} ORDER BY SystemModstamp, Id", shared("Opportunity."))),
        query("teamMembers", "query", &format!("SELECT Id, OpportunityId, SystemModstamp FROM OpportunityTeamMember WHERE SystemModstamp >= {since} AND {} ORDER BY SystemModstamp, Id", shared("Opportunity."))),
        query("solutions", "queryAll", &format!("SELECT Id, Opportunity__c, IsDeleted, SystemModstamp FROM Microsoft_Solution__c WHERE SystemModstamp >= {since} AND {} ORDER BY SystemModstamp, Id", shared("Opportunity__r."))),
        query("leads", "query", &format!("SELECT Id, SystemModstamp, Engagement_Identifier__c FROM Lead WHERE SystemModstamp >= {since} AND Referral_Identifier__c != null ORDER BY SystemModstamp, Id"))
    ]});
    let answer = bench.post("/composite", body).await;
    assert_eq!(answer.status, 200);
    let steps = answer.body["compositeResponse"].as_array().cloned().unwrap_or_default();
    steps.into_iter().map(|step| (step["referenceId"].as_str().unwrap_or_default().to_owned(), step["body"].clone())).collect()
}

/// The names of the steps that found something.
fn found(poll: &Value) -> Vec<&str> {
    let full =
        |body: &Value| ["records", "deletedRecords"].iter().any(|key| body[*key].as_array().is_some_and(|rows| !rows.is_empty()));
    poll.as_object().into_iter().flatten().filter(|(_, body)| full(body)).map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn each_kind_of_change_is_found_where_it_was_made_and_not_at_the_parent() {
    let bench = bench();
    let id = bench.opportunity();
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Sync_with_Partner_Center__c": true })).await;
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Referral_Identifier__c": "r-1" })).await;
    let at = |object: &str, field: &str, text: &str| format!("/sobjects/{object}/{}", bench.id(object, field, text));
    let lead = json!({ "LastName": "Roy", "Company": "Nordlys", "Referral_Identifier__c": "r-2" });
    for (minute, (method, path, body, expected)) in (10..).step_by(10).zip([
        ("PATCH", format!("/sobjects/Opportunity/{id}"), json!({ "NextStep": "Call" }), "opportunities"),
        ("PATCH", at("Account", "Name", "Halden GmbH"), json!({ "Phone": "1" }), "opportunities"),
        ("PATCH", at("Contact", "FirstName", "Ada"), json!({ "Phone": "1" }), "contactRoles"),
        ("PATCH", at("OpportunityContactRole", "Role", "Evaluator"), json!({ "Role": "Other" }), "contactRoles"),
        ("PATCH", at("OpportunityTeamMember", "Name", "Jo Lind"), json!({ "TeamMemberRole": "Other" }), "teamMembers"),
        ("PATCH", at("Microsoft_Solution__c", "Name", "Insight"), json!({ "Name": "Insight 2" }), "solutions"),
        ("POST", "/sobjects/Lead".to_owned(), lead, "leads"),
        ("DELETE", at("Microsoft_Solution__c", "Name", "Insight"), Value::Null, "solutions"),
        ("DELETE", at("OpportunityTeamMember", "Name", "Jo Lind"), Value::Null, "OpportunityTeamMember"),
    ]) {
        bench.advance(Duration::minutes(10));
        let answer = bench.send(method, &format!("{}{path}", super::DATA), &[], Some(body)).await;
        assert!(answer.status < 300, "{path}: {}", answer.body);
        let since = format!("2026-11-22T{:02}:{:02}:00Z", 14 + minute / 60, minute % 60);
        assert_eq!(found(&poll(&bench, &since).await), [expected], "{method} {path}");
    }
    let all = poll(&bench, "2026-11-22T14:00:00Z").await;
    assert_eq!(
        (&all["solutions"]["records"][0]["IsDeleted"], &all["solutions"]["records"][0]["Opportunity__c"]),
        (&json!(true), &json!(id))
    );
}

#[tokio::test]
async fn the_solutions_of_a_deleted_opportunity_are_still_known_as_its_own() {
    let bench = bench();
    let id = bench.opportunity();
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Sync_with_Partner_Center__c": true })).await;
    bench.delete(&format!("/sobjects/Opportunity/{id}")).await;
    let all = poll(&bench, "2026-11-22T14:00:00Z").await;
    assert_eq!(all["solutions"]["records"][0]["Opportunity__c"], id);
}

#[tokio::test]
async fn a_step_that_the_org_cannot_answer_leaves_the_others_alone() {
    let bench = super::features::with(|features| {
        features.teams = false;
        features.leads = false;
    });
    let all = poll(&bench, "2026-11-22T14:00:00Z").await;
    assert_eq!(all["teamMembers"][0]["errorCode"], "INVALID_TYPE");
    assert_eq!(all["leads"][0]["errorCode"], "INVALID_TYPE");
    assert_eq!(all["OpportunityTeamMember"][0]["errorCode"], "NOT_FOUND");
    assert_eq!(all["opportunities"]["totalSize"], 2);
}
