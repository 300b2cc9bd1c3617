//! `updated` and `deleted`: what they find, and up to when they answer for it.

use serde_json::{Value, json};
use time::Duration;

use super::super::Commit;
use super::{Answer, Bench, bench, form};

async fn ask(bench: &Bench, object: &str, what: &str, start: &str, end: &str) -> Answer {
    bench.get(&format!("/sobjects/{object}/{what}/?{}", form(&[("start", start), ("end", end)]))).await
}

/// The ids that `deleted` gives.
fn gone(answer: &Answer) -> Vec<&str> {
    let records = answer.body["deletedRecords"].as_array().map(Vec::as_slice).unwrap_or_default();
    records.iter().filter_map(|record| record["id"].as_str()).collect()
}

const START: &str = "2026-11-22T13:50:00Z";
const TOMORROW: &str = "2026-11-23T14:00:00Z";

#[tokio::test]
async fn roles_and_team_members_that_are_taken_off_are_found_nowhere_else() {
    let bench = bench();
    for (object, field, text) in [("OpportunityContactRole", "Role", "Evaluator"), ("OpportunityTeamMember", "Name", "Jo Lind")] {
        let id = bench.id(object, field, text);
        assert!(gone(&ask(&bench, object, "deleted", START, TOMORROW).await).is_empty(), "{object}");
        bench.delete(&format!("/sobjects/{object}/{id}")).await;
        let answer = ask(&bench, object, "deleted", START, TOMORROW).await;
        assert_eq!(gone(&answer), [id.as_str()], "{object}");
        let when = answer.body["deletedRecords"][0]["deletedDate"].as_str().unwrap_or_default();
        assert!(when.starts_with("2026-11-22T14:00:"), "{object}: {when}");
        let all = bench.get(&format!("/queryAll?q=SELECT+Id+FROM+{object}+WHERE+Id='{id}'")).await;
        assert_eq!(all.body["totalSize"], 0, "{object}");
    }
}

#[tokio::test]
async fn what_goes_with_an_opportunity_is_deleted_too() {
    let bench = bench();
    let id = bench.opportunity();
    bench.delete(&format!("/sobjects/Opportunity/{id}")).await;
    for (object, count) in
        [("Opportunity", 1), ("OpportunityContactRole", 2), ("OpportunityTeamMember", 1), ("Microsoft_Solution__c", 1)]
    {
        assert_eq!(gone(&ask(&bench, object, "deleted", START, TOMORROW).await).len(), count, "{object}");
    }
}

#[tokio::test]
async fn updated_names_what_was_written_in_the_span() {
    let bench = bench();
    bench.advance(Duration::minutes(10));
    let id = bench.opportunity();
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "NextStep": "Call" })).await;
    bench.advance(Duration::minutes(10));
    for (start, end, ids) in [
        ("2026-11-22T14:05:00Z", TOMORROW, vec![id.as_str()]),
        ("2026-11-22T14:10:59Z", TOMORROW, vec![id.as_str()]),
        ("2026-11-22T14:05:00Z", "2026-11-22T14:10:59Z", vec![]),
        ("2026-11-22T14:11:00Z", TOMORROW, vec![]),
    ] {
        let answer = ask(&bench, "Opportunity", "updated", start, end).await;
        assert_eq!(answer.body["ids"], json!(ids), "{start} to {end}");
    }
}

#[tokio::test]
async fn it_answers_for_no_later_moment_than_now_and_the_start_of_an_open_transaction() {
    let bench = bench();
    bench.advance(Duration::minutes(10));
    let covered = |answer: &Answer| answer.body["latestDateCovered"].clone();
    let early = ask(&bench, "Opportunity", "deleted", START, "2026-11-22T14:05:30Z").await;
    assert_eq!(covered(&early), "2026-11-22T14:05:00.000+0000");
    assert_eq!(covered(&ask(&bench, "Opportunity", "deleted", START, TOMORROW).await), "2026-11-22T14:10:00.000+0000");
    bench.org.hold_next_write(Commit::Released, false);
    bench.delete(&format!("/sobjects/Opportunity/{}", bench.opportunity())).await;
    bench.advance(Duration::minutes(10));
    for what in ["updated", "deleted"] {
        let answer = ask(&bench, "Opportunity", what, START, TOMORROW).await;
        assert_eq!(covered(&answer), "2026-11-22T14:10:00.000+0000", "{what}");
        assert!(gone(&answer).is_empty(), "{what}");
    }
    bench.org.release_writes();
    let answer = ask(&bench, "Opportunity", "deleted", START, TOMORROW).await;
    assert_eq!((covered(&answer), gone(&answer).len()), (json!("2026-11-22T14:20:00.000+0000"), 1));
}

#[tokio::test]
async fn a_span_that_makes_no_sense_is_refused() {
    let bench = bench();
    for (object, start, end, code) in [
        ("Opportunity", START, START, "INVALID_REPLICATION_DATE"),
        ("Opportunity", "2026-11-22T13:50:01Z", "2026-11-22T13:50:59Z", "INVALID_REPLICATION_DATE"),
        ("Opportunity", TOMORROW, START, "INVALID_REPLICATION_DATE"),
        ("Opportunity", "2026-10-20T00:00:00Z", TOMORROW, "INVALID_REPLICATION_DATE"),
        ("Opportunity", "yesterday", TOMORROW, "INVALID_REPLICATION_DATE"),
        ("OpportunityStage", START, TOMORROW, "INVALID_TYPE"),
    ] {
        let answer = ask(&bench, object, "deleted", start, end).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{object}: {start} to {end}");
    }
    let written = bench.post("/sobjects/Opportunity/deleted", Value::Null).await;
    assert_eq!((written.status, written.code()), (405, "METHOD_NOT_ALLOWED"));
}
