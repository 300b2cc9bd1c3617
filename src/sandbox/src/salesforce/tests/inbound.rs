//! Taking in a referral: an account, contacts, an opportunity and what hangs on it in one call, all or nothing.

use serde_json::{Value, json};

use super::{Bench, bench, step};

fn deal(referral: &str) -> Vec<Value> {
    let opportunity = json!({
        "Name": "Data centre", "StageName": "On Hold", "CloseDate": "2027-01-31", "Amount": 9_007_199_254_740_993_i64, "CurrencyIsoCode": "USD",
        "AccountId": "@{account.id}", "Sync_with_Partner_Center__c": true, "Referral_Identifier__c": referral,
        "Referral_Link__c": "https://partner.example/r", "Deal_Type__c": "CoSell", "Cosell_State__c": "InStep", "Audit__c": "Arrived."
    });
    vec![
        step(
            "account",
            "POST",
            "/sobjects/Account",
            Some(json!({ "Name": "Nordlys AS", "BillingCity": "Oslo", "DunsNumber": "123456789" })),
        ),
        step(
            "contact0",
            "POST",
            "/sobjects/Contact",
            Some(json!({ "LastName": "Roy", "Email": "lena@nordlys.example", "AccountId": "@{account.id}" })),
        ),
        step("opportunity", "POST", "/sobjects/Opportunity", Some(opportunity)),
        step(
            "role0",
            "POST",
            "/sobjects/OpportunityContactRole",
            Some(json!({ "OpportunityId": "@{opportunity.id}", "ContactId": "@{contact0.id}", "IsPrimary": true })),
        ),
        step(
            "solution0",
            "POST",
            "/sobjects/Microsoft_Solution__c",
            Some(
                json!({ "Opportunity__c": "@{opportunity.id}", "Name": "Insight", "Solution_Identifier__c": "SOL-1", "Solution_Type__c": "3P" }),
            ),
        ),
    ]
}

/// The status and the code of each step.
async fn send(bench: &Bench, steps: Vec<Value>) -> Vec<(u64, String)> {
    let body = json!({ "allOrNone": true, "collateSubrequests": false, "compositeRequest": steps });
    let answer = bench.post("/composite", body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let steps = answer.body["compositeResponse"].as_array().cloned().unwrap_or_default();
    let outcome = |step: &Value| {
        let code = step["body"][0]["errorCode"].as_str().unwrap_or_default().to_owned();
        (step["httpStatusCode"].as_u64().unwrap_or_default(), code)
    };
    steps.iter().map(outcome).collect()
}

#[tokio::test]
async fn a_deal_is_there_as_a_whole() {
    let bench = bench();
    assert_eq!(send(&bench, deal("r-1")).await, vec![(201, String::new()); 5]);
    let row = bench
        .records("SELECT Amount, IsClosed, Account.DunsNumber, (SELECT Contact.Email, IsPrimary FROM OpportunityContactRoles), (SELECT Id FROM Microsoft_Solutions__r) FROM Opportunity WHERE Referral_Identifier__c = 'r-1' LIMIT 1")
        .await
        .remove(0);
    assert_eq!((row["Amount"].to_string().as_str(), &row["IsClosed"]), ("9007199254740993.0", &json!(false)));
    assert_eq!(row["Account"]["DunsNumber"], "123456789");
    assert_eq!(row["OpportunityContactRoles"]["records"][0]["Contact"]["Email"], "lena@nordlys.example");
    assert_eq!(row["Microsoft_Solutions__r"]["totalSize"], 1);
}

#[tokio::test]
async fn the_second_to_take_in_the_same_deal_leaves_nothing_behind() {
    let bench = bench();
    send(&bench, deal("r-1")).await;
    let halted = (400, "PROCESSING_HALTED".to_owned());
    let refused = (400, "DUPLICATE_VALUE".to_owned());
    let outcome = send(&bench, deal("R-1")).await;
    assert_eq!(outcome, [halted.clone(), halted.clone(), refused, halted.clone(), halted]);
    for (object, filter) in
        [("Account", "Name = 'Nordlys AS'"), ("Contact", "LastName = 'Roy'"), ("Opportunity", "Name = 'Data centre'")]
    {
        let count = bench.query(&format!("SELECT COUNT() FROM {object} WHERE {filter}")).await;
        assert_eq!(count.body["totalSize"], 1, "{object}");
    }
}

#[tokio::test]
async fn an_upsert_by_the_referral_is_one_deal_however_often_it_is_sent() {
    let bench = bench();
    let path = "/sobjects/Opportunity/Referral_Identifier__c/r-1";
    let body = json!({ "Name": "Data centre", "StageName": "On Hold", "CloseDate": "2027-01-31" });
    let statuses = [bench.patch(path, body.clone()).await.status, bench.patch(path, body).await.status];
    assert_eq!(statuses, [201, 200]);
    assert_eq!(bench.query("SELECT COUNT() FROM Opportunity WHERE Referral_Identifier__c = 'r-1'").await.body["totalSize"], 1);
}
