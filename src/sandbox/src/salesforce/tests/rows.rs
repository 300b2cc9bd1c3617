//! Single records: what a create, a read, a change and a delete answer, and what the platform does by itself.

use serde_json::{Value, json};

use super::{DATA, bench, short};

fn new_opportunity() -> Value {
    json!({ "Name": "New", "StageName": "Qualification", "CloseDate": "2027-01-31" })
}

#[tokio::test]
async fn a_record_is_created_read_changed_and_deleted() {
    let bench = bench();
    let created = bench.post("/sobjects/Opportunity", new_opportunity()).await;
    assert_eq!(created.status, 201);
    let id = created.body["id"].as_str().expect("an id").to_owned();
    assert_eq!(created.body, json!({ "id": id, "success": true, "errors": [] }));
    assert_eq!(created.headers["location"], format!("{DATA}/sobjects/Opportunity/{id}"));
    assert_eq!(id.len(), 18);

    let path = format!("/sobjects/Opportunity/{id}");
    let changed = bench.patch(&path, json!({ "Amount": 84000.125, "Description": "", "Name": "  New name " })).await;
    assert_eq!((changed.status, changed.body), (204, Value::Null));

    let read = bench.get(&format!("{path}?fields=Id,name,Amount,Description")).await;
    assert_eq!(read.body["attributes"], json!({ "type": "Opportunity", "url": format!("{DATA}/sobjects/Opportunity/{id}") }));
    assert_eq!((&read.body["Name"], &read.body["Description"]), (&json!("New name"), &Value::Null));
    assert_eq!(read.body["Amount"].to_string(), "84000.13");
    assert_eq!(read.body.as_object().map(serde_json::Map::len), Some(5));

    assert_eq!(bench.delete(&path).await.status, 204);
    for again in [bench.delete(&path).await, bench.get(&path).await, bench.patch(&path, json!({})).await] {
        assert_eq!((again.status, again.code()), (404, "ENTITY_IS_DELETED"));
    }
}

#[tokio::test]
async fn a_short_id_names_the_same_record() {
    let bench = bench();
    let id = bench.opportunity();
    let read = bench.get(&format!("/sobjects/Opportunity/{}", short(&id))).await;
    assert_eq!(read.body["Id"], id);
    assert!(read.body.as_object().is_some_and(|row| row.contains_key("NextStep")), "nulls are there");
}

#[tokio::test]
async fn large_amounts_keep_every_digit() {
    let bench = bench();
    let id = bench.opportunity();
    for (written, read) in
        [("9007199254740993.01", "9007199254740993.01"), ("0.1", "0.1"), ("1e3", "1000.0"), ("\"12.50\"", "12.5")]
    {
        let body = Value::String(format!("{{\"Amount\":{written}}}"));
        assert_eq!(bench.patch(&format!("/sobjects/Opportunity/{id}"), body).await.status, 204);
        assert_eq!(bench.records("SELECT Amount FROM Opportunity WHERE Name = 'Warehouse'").await[0]["Amount"].to_string(), read);
    }
}

#[tokio::test]
async fn the_stage_decides_what_follows_from_it_and_unknown_stages_are_taken() {
    let bench = bench();
    let path = format!("/sobjects/Opportunity/{}", bench.opportunity());
    for (stage, closed, won, probability) in
        [("Closed Won", true, true, "100.0"), ("On Hold", false, false, "5.0"), ("Wishful thinking", false, false, "0.0")]
    {
        assert_eq!(bench.patch(&path, json!({ "StageName": stage })).await.status, 204);
        let read = bench.get(&path).await.body;
        assert_eq!((&read["IsClosed"], &read["IsWon"]), (&json!(closed), &json!(won)), "{stage}");
        assert_eq!(read["Probability"].to_string(), probability, "{stage}");
    }
}

#[tokio::test]
async fn a_change_moves_the_stamps_of_its_record_and_not_those_of_the_parent() {
    let bench = bench();
    let id = bench.opportunity();
    let path = format!("/sobjects/Opportunity/{id}?fields=LastModifiedDate,SystemModstamp,CreatedDate");
    let before = bench.get(&path).await.body;
    let solution = json!({ "Opportunity__c": id, "Name": "Azure", "Solution_Identifier__c": "SOL-2", "Solution_Type__c": "1P" });
    assert_eq!(bench.post("/sobjects/Microsoft_Solution__c", solution).await.status, 201);
    assert_eq!(bench.get(&path).await.body, before);
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "NextStep": "Call" })).await;
    let after = bench.get(&path).await.body;
    assert_eq!(after["CreatedDate"], before["CreatedDate"]);
    assert_ne!(after["LastModifiedDate"], before["LastModifiedDate"]);
    assert_eq!(after["LastModifiedDate"], after["SystemModstamp"]);
    assert!(after["LastModifiedDate"].as_str().is_some_and(|text| text.ends_with(".000+0000")));
}

#[tokio::test]
async fn a_change_of_a_record_that_moved_on_is_refused_when_the_caller_minds() {
    let bench = bench();
    let path = format!("{DATA}/sobjects/Opportunity/{}", bench.opportunity());
    let body = || Some(json!({ "NextStep": "Call" }));
    for (header, value, status) in [
        ("if-unmodified-since", "Sun, 22 Nov 2026 14:00:00 GMT", 204),
        ("if-unmodified-since", "Sun, 22 Nov 2026 13:59:59 GMT", 412),
        ("if-unmodified-since", "2026-11-22T14:00:00Z", 400),
        ("if-match", "\"something-else\"", 204),
    ] {
        let fresh = super::bench();
        let answer = fresh.send("PATCH", &path, &[(header, value)], body()).await;
        assert_eq!(answer.status, status, "{header}: {value}");
    }
}

#[tokio::test]
async fn an_upsert_creates_changes_and_tells_apart() {
    let bench = bench();
    let path = "/sobjects/Opportunity/Referral_Identifier__c/7c1e%2Fa%20b";
    let only = bench.patch(&format!("{path}?updateOnly=true"), new_opportunity()).await;
    assert_eq!((only.status, only.code()), (404, "NOT_FOUND"));
    let created = bench.patch(path, new_opportunity()).await;
    assert_eq!((created.status, &created.body["created"]), (201, &json!(true)));
    let changed = bench.patch(path, json!({ "Name": "Newer" })).await;
    assert_eq!((changed.status, &changed.body["created"]), (200, &json!(false)));
    let read = bench.get(path).await;
    assert_eq!((&read.body["Name"], &read.body["Referral_Identifier__c"]), (&json!("Newer"), &json!("7c1e/a b")));
    let twice = bench.patch("/sobjects/Opportunity/Referral_Identifier__c/twin", json!({})).await;
    assert_eq!((twice.status, twice.body.as_array().map(Vec::len)), (300, Some(2)));
    let wrong = bench.patch("/sobjects/Opportunity/Name/x", json!({})).await;
    assert_eq!((wrong.status, wrong.code()), (404, "NOT_FOUND"));
    let doubled = bench.patch(path, json!({ "Referral_Identifier__c": "x" })).await;
    assert_eq!((doubled.status, doubled.code()), (400, "INVALID_FIELD"));
}

#[tokio::test]
async fn an_amount_is_dropped_without_an_error_when_products_make_it_up() {
    let bench = bench();
    let path = format!("/sobjects/Opportunity/{}", bench.id("Opportunity", "Name", "Bare"));
    assert_eq!(bench.patch(&path, json!({ "Amount": 1, "NextStep": "Call" })).await.status, 204);
    let read = bench.get(&path).await.body;
    assert_eq!((read["Amount"].to_string().as_str(), &read["NextStep"]), ("10.5", &json!("Call")));
}

#[tokio::test]
async fn one_contact_role_is_primary() {
    let bench = bench();
    let roles = "SELECT Contact.Name, IsPrimary FROM OpportunityContactRole ORDER BY Contact.Name";
    let names =
        |rows: &[Value]| rows.iter().map(|row| (row["Contact"]["Name"].clone(), row["IsPrimary"].clone())).collect::<Vec<_>>();
    assert_eq!(names(&bench.records(roles).await), [(json!("Ada Okafor"), json!(true)), (json!("O'Neill"), json!(false))]);
    let second = bench.id("OpportunityContactRole", "Role", "Evaluator");
    bench.patch(&format!("/sobjects/OpportunityContactRole/{second}"), json!({ "IsPrimary": true })).await;
    assert_eq!(names(&bench.records(roles).await), [(json!("Ada Okafor"), json!(false)), (json!("O'Neill"), json!(true))]);
}

#[tokio::test]
async fn a_team_member_who_is_on_the_team_is_changed_instead_of_added() {
    let bench = bench();
    let body = json!({ "OpportunityId": bench.opportunity(), "UserId": bench.id("User", "FirstName", "Jo"), "TeamMemberRole": "Sales Manager" });
    let answer = bench.post("/sobjects/OpportunityTeamMember", body).await;
    assert_eq!(answer.status, 201);
    let rows = bench.records("SELECT Id, TeamMemberRole, Name FROM OpportunityTeamMember").await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0]["Id"], &rows[0]["TeamMemberRole"]), (&answer.body["id"], &json!("Sales Manager")));
}

#[tokio::test]
async fn a_contact_of_a_new_opportunity_becomes_its_primary_role() {
    let bench = bench();
    let mut body = new_opportunity();
    body["ContactId"] = bench.id("Contact", "FirstName", "Ada").into();
    let id = bench.post("/sobjects/Opportunity", body).await.body["id"].as_str().expect("an id").to_owned();
    let rows = bench.records(&format!("SELECT IsPrimary FROM OpportunityContactRole WHERE OpportunityId = '{id}'")).await;
    assert_eq!((rows.len(), &rows[0]["IsPrimary"]), (1, &json!(true)));
}

#[tokio::test]
async fn what_hangs_on_a_deleted_record_goes_is_emptied_or_stays() {
    let bench = bench();
    let id = bench.opportunity();
    let contact = bench.id("Contact", "FirstName", "Ada");
    assert_eq!(bench.delete(&format!("/sobjects/Contact/{contact}")).await.status, 204);
    let read = bench.get(&format!("/sobjects/Opportunity/{id}")).await.body;
    assert_eq!(read["Microsoft_Customer_Contact__c"], Value::Null, "the lookup is emptied");
    let role = bench.records("SELECT ContactId, Contact.Name FROM OpportunityContactRole WHERE IsPrimary = true").await;
    assert_eq!((&role[0]["ContactId"], &role[0]["Contact"]), (&json!(contact), &Value::Null), "the role points at nothing");

    assert_eq!(bench.delete(&format!("/sobjects/Opportunity/{id}")).await.status, 204);
    assert!(bench.records("SELECT Id FROM Microsoft_Solution__c").await.is_empty(), "details go with their master");
    assert!(bench.records("SELECT Id FROM OpportunityContactRole").await.is_empty());
    let all = bench.get("/queryAll?q=SELECT+Id+FROM+Microsoft_Solution__c+WHERE+IsDeleted=true").await;
    assert_eq!(all.body["totalSize"], 1);
    let roles = bench.get("/queryAll?q=SELECT+Id+FROM+OpportunityContactRole").await;
    assert_eq!(roles.body["totalSize"], 0, "roles never lie in the recycle bin");
}

#[tokio::test]
async fn an_opportunity_has_each_solution_once() {
    let bench = bench();
    let created = bench.post("/sobjects/Opportunity", new_opportunity()).await;
    let deal = created.body["id"].as_str().expect("an id").to_owned();
    let solution = |opportunity: &str, identifier: &str| json!({ "Name": "Azure", "Opportunity__c": opportunity, "Solution_Identifier__c": identifier });
    for (opportunity, identifier) in [(deal.as_str(), "SOL-7"), (deal.as_str(), "SOL-8"), (bench.opportunity().as_str(), "SOL-7")]
    {
        let answer = bench.post("/sobjects/Microsoft_Solution__c", solution(opportunity, identifier)).await;
        assert_eq!(answer.status, 201, "{identifier}: {}", answer.body);
    }
    let again = bench.post("/sobjects/Microsoft_Solution__c", solution(&deal, "sol-7")).await;
    assert_eq!((again.status, again.code()), (400, "DUPLICATE_VALUE"), "{}", again.body);
    assert!(again.body[0]["message"].as_str().is_some_and(|told| told.contains("Solution_Key__c")), "{}", again.body);

    let rows = bench.records(&format!("SELECT Id FROM Microsoft_Solution__c WHERE Opportunity__c = '{deal}' ORDER BY Id")).await;
    let second = format!("/sobjects/Microsoft_Solution__c/{}", rows[1]["Id"].as_str().expect("an id"));
    let became = bench.patch(&second, json!({ "Solution_Identifier__c": "SOL-7" })).await;
    assert_eq!((became.status, became.code()), (400, "DUPLICATE_VALUE"), "it would be there twice");
    assert_eq!(bench.patch(&second, json!({ "Name": "Azure IoT" })).await.status, 204, "the same solution under another name");
}
