//! Transactions that commit late: what others see of them, and what they stand in the way of.

use serde_json::{Value, json};
use time::Duration;

use super::super::Commit;
use super::{Bench, bench};

async fn name(bench: &Bench, id: &str) -> Value {
    bench.get(&format!("/sobjects/Opportunity/{id}?fields=Name")).await.body["Name"].clone()
}

#[tokio::test]
async fn a_late_write_is_seen_when_it_commits_with_the_stamp_of_when_it_was_written() {
    let bench = bench();
    let id = bench.opportunity();
    bench.org.hold_next_write(Commit::Released, false);
    assert_eq!(bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Name": "Renamed" })).await.status, 204);
    bench.advance(Duration::minutes(3));
    assert_eq!(name(&bench, &id).await, "Warehouse");
    let since = "SELECT Id, SystemModstamp FROM Opportunity WHERE SystemModstamp > 2026-11-22T14:00:00Z";
    assert!(bench.records(since).await.is_empty());

    bench.org.release_writes();

    assert_eq!(name(&bench, &id).await, "Renamed");
    let rows = bench.records(since).await;
    assert!(rows[0]["SystemModstamp"].as_str().is_some_and(|stamp| stamp.starts_with("2026-11-22T14:00:")), "{rows:?}");
}

#[tokio::test]
async fn a_transaction_ends_after_so_many_calls_or_so_much_time() {
    for (commit, calls, minutes) in [(Commit::AfterCalls(2), 2, 0), (Commit::After(Duration::minutes(5)), 3, 5)] {
        let bench = bench();
        let id = bench.opportunity();
        bench.org.hold_next_write(commit, false);
        bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Name": "Renamed" })).await;
        for call in 0..calls {
            assert_eq!(name(&bench, &id).await, "Warehouse", "{commit:?}, call {call}");
        }
        bench.advance(Duration::minutes(minutes));
        assert_eq!(name(&bench, &id).await, "Renamed", "{commit:?}");
    }
}

#[tokio::test]
async fn one_write_is_late_and_a_call_that_only_reads_is_none() {
    let bench = bench();
    let id = bench.opportunity();
    let other = bench.id("Opportunity", "Name", "Bare");
    bench.org.hold_next_write(Commit::Released, false);
    assert_eq!(name(&bench, &id).await, "Warehouse");
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Name": "Late" })).await;
    bench.patch(&format!("/sobjects/Opportunity/{other}"), json!({ "Name": "Prompt" })).await;
    assert_eq!(name(&bench, &id).await, "Warehouse");
    assert_eq!(name(&bench, &other).await, "Prompt");
}

#[tokio::test]
async fn the_integration_user_can_be_left_alone() {
    let mut bench = bench();
    let id = bench.opportunity();
    let path = format!("/sobjects/Opportunity/{id}");
    bench.org.hold_next_write(Commit::Released, true);
    let seller = bench.session.clone();
    let integration = bench.id("User", "LastName", "Integration");
    bench.session = bench.org.lock().open_session(&bench.org.org_id(), &integration, true);
    bench.patch(&path, json!({ "Name": "By the server" })).await;
    assert_eq!(name(&bench, &id).await, "By the server");
    bench.session = seller;
    bench.patch(&path, json!({ "Name": "By the seller" })).await;
    assert_eq!(name(&bench, &id).await, "By the server");
}

#[tokio::test]
async fn a_row_of_an_open_transaction_is_locked_and_so_are_its_unique_values() {
    let bench = bench();
    let id = bench.opportunity();
    bench.org.hold_next_write(Commit::Released, false);
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Referral_Identifier__c": "r-1" })).await;
    let new = json!({ "Name": "New", "StageName": "On Hold", "CloseDate": "2027-01-31" });
    for answer in [
        bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "NextStep": "Call" })).await,
        bench.delete(&format!("/sobjects/Opportunity/{id}")).await,
        bench.patch("/sobjects/Opportunity/Referral_Identifier__c/R-1", new.clone()).await,
    ] {
        assert_eq!((answer.status, answer.code()), (400, "UNABLE_TO_LOCK_ROW"));
    }
    bench.org.release_writes();
    let changed = bench.patch("/sobjects/Opportunity/Referral_Identifier__c/R-1", new).await;
    assert_eq!((changed.status, &changed.body["id"]), (200, &json!(id)));
}

#[tokio::test]
async fn a_late_creation_keeps_its_id_and_a_late_deletion_its_moment() {
    let bench = bench();
    bench.org.hold_next_write(Commit::Released, false);
    let late = bench.post("/sobjects/Account", json!({ "Name": "Late" })).await.body["id"].clone();
    let prompt = bench.post("/sobjects/Account", json!({ "Name": "Prompt" })).await.body["id"].clone();
    assert_ne!(late, prompt);
    let role = bench.id("OpportunityContactRole", "Role", "Evaluator");
    bench.org.hold_next_write(Commit::Released, false);
    assert_eq!(bench.delete(&format!("/sobjects/OpportunityContactRole/{role}")).await.status, 204);
    assert_eq!(bench.get(&format!("/sobjects/OpportunityContactRole/{role}")).await.status, 200);
    bench.org.release_writes();
    assert_eq!(bench.records("SELECT Id FROM Account WHERE Name = 'Late'").await[0]["Id"], late);
    assert_eq!(bench.get(&format!("/sobjects/OpportunityContactRole/{role}")).await.code(), "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn a_composite_call_is_one_transaction() {
    let bench = bench();
    let id = bench.opportunity();
    bench.org.hold_next_write(Commit::Released, false);
    let body = json!({ "compositeRequest": [
        super::step("one", "PATCH", &format!("/sobjects/Opportunity/{id}"), Some(json!({ "Name": "Renamed" }))),
        super::step("two", "POST", "/sobjects/Account", Some(json!({ "Name": "Late" }))),
        super::step("read", "GET", &format!("/sobjects/Opportunity/{id}?fields=Name"), None)
    ]});
    let steps = bench.post("/composite", body).await.body["compositeResponse"].clone();
    assert_eq!(steps[2]["body"]["Name"], "Renamed", "it sees what it has written itself");
    assert_eq!(name(&bench, &id).await, "Warehouse");
    assert!(bench.records("SELECT Id FROM Account WHERE Name = 'Late'").await.is_empty());
}

#[tokio::test]
async fn a_reset_forgets_what_has_not_been_committed() {
    let bench = bench();
    let id = bench.opportunity();
    bench.org.hold_next_write(Commit::AfterCalls(0), false);
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Name": "Renamed" })).await;
    bench.org.reset().expect("a reset");
    assert_eq!(name(&bench, &id).await, "Warehouse");
}
