//! SOQL over `/query`: what is found, in which order and shape, and what a wrong query is told.

use serde_json::{Value, json};

use super::{DATA, bench, bench_with, form, short};

async fn names(filter: &str) -> Vec<String> {
    let rows = bench().records(&format!("SELECT Name FROM Opportunity {filter}")).await;
    rows.iter().filter_map(|row| row["Name"].as_str().map(str::to_owned)).collect()
}

#[tokio::test]
async fn conditions_find_what_they_say() {
    let (warehouse, bare, sure) = ("Warehouse", "Bare", "100% sure_thing");
    for (filter, expected) in [
        ("", vec![warehouse, bare, sure]),
        ("WHERE Name = 'warehouse'", vec![warehouse]),
        ("where stagename = 'On Hold'", vec![bare]),
        ("WHERE Name != 'Bare' AND Amount > 1", vec![warehouse]),
        ("WHERE Amount >= 10.5 AND Amount <= 84000.0", vec![warehouse, bare]),
        ("WHERE Amount < 0.2", vec![sure]),
        ("WHERE AccountId = null", vec![bare, sure]),
        ("WHERE AccountId != null", vec![warehouse]),
        ("WHERE Account.Name = 'Halden GmbH'", vec![warehouse]),
        ("WHERE Account.Name = null", vec![bare, sure]),
        ("WHERE Account.Owner.LastName = 'Lind'", vec![warehouse]),
        ("WHERE IsClosed = false", vec![warehouse, bare]),
        ("WHERE Sync_with_Partner_Center__c = FALSE", vec![warehouse, bare, sure]),
        ("WHERE CloseDate = 2027-03-31", vec![bare]),
        ("WHERE CloseDate < 2026-11-22", vec![sure]),
        ("WHERE LastModifiedDate >= 2026-11-22T14:00:00Z", vec![warehouse, bare, sure]),
        ("WHERE LastModifiedDate > 2026-11-22T15:00:00+01:00", vec![]),
        ("WHERE Microsoft_Answer_Due__c < 2030-01-01T00:00:00Z", vec![]),
        ("WHERE Name IN ('Bare', 'WAREHOUSE')", vec![warehouse, bare]),
        ("WHERE Name NOT IN ('Bare')", vec![warehouse, sure]),
        ("WHERE Name LIKE 'ware%'", vec![warehouse]),
        ("WHERE Name LIKE '_are'", vec![bare]),
        ("WHERE Name LIKE '100\\% sure\\_%'", vec![sure]),
        ("WHERE Name LIKE '%\\_%'", vec![sure]),
        ("WHERE NOT Name = 'Bare'", vec![warehouse, sure]),
        ("WHERE (NOT (Name = 'Bare' OR Amount = 0.1))", vec![warehouse]),
        ("WHERE Name = 'Bare' OR (Amount > 1 AND AccountId != null)", vec![warehouse, bare]),
        ("ORDER BY Name", vec![sure, bare, warehouse]),
        ("ORDER BY Amount DESC LIMIT 2", vec![warehouse, bare]),
        ("ORDER BY Account.Name, Name DESC", vec![bare, sure, warehouse]),
        ("ORDER BY Account.Name DESC NULLS LAST, Amount", vec![warehouse, sure, bare]),
        ("ORDER BY Amount LIMIT 1 OFFSET 1", vec![bare]),
        ("LIMIT 0", vec![]),
    ] {
        assert_eq!(names(filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn quotes_in_a_text_are_escaped() {
    let rows = bench().records(r"SELECT Id FROM Contact WHERE LastName = 'O\'Neill'").await;
    assert_eq!(rows.len(), 1);
}

#[tokio::test]
async fn parents_and_children_come_nested_and_are_null_when_there_are_none() {
    let bench = bench();
    let soql = "SELECT Id, Name, Account.Id, Account.Owner.Name, Owner.FirstName, \
        (SELECT Id, Role, Contact.LastName FROM OpportunityContactRoles ORDER BY Contact.LastName DESC), \
        (SELECT User.Name FROM OpportunityTeamMembers), \
        (SELECT Name, Solution_Identifier__c FROM Microsoft_Solutions__r LIMIT 1) \
        FROM Opportunity WHERE Name IN ('Warehouse', 'Bare')";
    let rows = bench.records(soql).await;
    let id = bench.opportunity();
    assert_eq!(rows[0]["attributes"]["url"], format!("{DATA}/sobjects/Opportunity/{id}"));
    assert_eq!(rows[0]["Account"]["attributes"]["type"], "Account");
    assert_eq!(rows[0]["Account"]["Owner"]["Name"], "Jo Lind");
    assert_eq!(rows[0]["Owner"]["FirstName"], "Jo");
    let roles = &rows[0]["OpportunityContactRoles"];
    assert_eq!((&roles["totalSize"], &roles["done"]), (&json!(2), &json!(true)));
    assert_eq!(roles["records"][0]["Contact"]["LastName"], "Okafor");
    assert_eq!(rows[0]["OpportunityTeamMembers"]["records"][0]["User"]["Name"], "Jo Lind");
    assert_eq!(rows[0]["Microsoft_Solutions__r"]["records"][0]["Solution_Identifier__c"], "SOL-1");

    assert_eq!(rows[1]["Account"], Value::Null);
    for children in ["OpportunityContactRoles", "OpportunityTeamMembers", "Microsoft_Solutions__r"] {
        assert_eq!(rows[1].get(children), Some(&Value::Null), "{children}");
    }
}

#[tokio::test]
async fn ids_are_compared_in_both_lengths() {
    let bench = bench();
    let id = bench.opportunity();
    for text in [id.as_str(), short(&id)] {
        assert_eq!(bench.records(&format!("SELECT Id FROM Opportunity WHERE Id = '{text}'")).await.len(), 1);
        assert_eq!(
            bench.records(&format!("SELECT Id FROM Microsoft_Solution__c WHERE Opportunity__c = '{text}'")).await.len(),
            1
        );
    }
}

#[tokio::test]
async fn counting_gives_a_number_and_no_rows() {
    let answer = bench().query("SELECT COUNT() FROM Opportunity WHERE IsClosed = false").await;
    assert_eq!(answer.body, json!({ "totalSize": 2, "done": true, "records": [] }));
}

#[tokio::test]
async fn a_wrong_query_is_told_the_code_and_what_is_wrong() {
    let bench = bench();
    for (soql, code, part) in [
        (
            "SELECT Nothing FROM Opportunity",
            "INVALID_FIELD",
            "ERROR at Row:1:Column:8\nNo such column 'Nothing' on entity 'Opportunity'.",
        ),
        ("SELECT Id FROM Nothing", "INVALID_TYPE", "sObject type 'Nothing' is not supported."),
        ("SELECT Accounts.Name FROM Opportunity", "INVALID_FIELD", "Didn't understand relationship 'Accounts' in field path."),
        (
            "SELECT (SELECT Id FROM Nothings) FROM Opportunity",
            "INVALID_TYPE",
            "Didn't understand relationship 'Nothings' in FROM part of query call.",
        ),
        ("SELECT Id FROM Opportunity WHERE Name = Bare", "MALFORMED_QUERY", "unexpected token: 'Bare'"),
        ("SELECT Id FROM Opportunity WHERE Name = 'Bare", "MALFORMED_QUERY", "unterminated string"),
        ("SELECT Id FROM Opportunity WHERE", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
        ("SELECT Id FROM Opportunity LIMIT many", "MALFORMED_QUERY", "unexpected token: 'many'"),
        ("SELECT Id FROM Opportunity WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", "MALFORMED_QUERY", "unexpected token: 'OR'"),
        ("SELECT Id, FROM Opportunity", "MALFORMED_QUERY", "unexpected token"),
        ("SELECT Id FROM Opportunity; DROP", "MALFORMED_QUERY", "unexpected token: ';'"),
        (
            "SELECT Id FROM Opportunity WHERE CloseDate = '2027-01-31'",
            "INVALID_FIELD",
            "must be of type date and should not be enclosed in quotes",
        ),
        ("SELECT Id FROM Opportunity WHERE Name = 7", "INVALID_FIELD", "must be of type string and should be enclosed in quotes"),
        (
            "SELECT Id FROM Opportunity WHERE Description = 'x'",
            "INVALID_FIELD",
            "field 'Description' can not be filtered in a query call",
        ),
        ("SELECT Id FROM Opportunity ORDER BY Audit__c", "MALFORMED_QUERY", "field 'Audit__c' can not be sorted in a query call"),
        ("SELECT Id FROM Opportunity WHERE Amount LIKE 'x'", "INVALID_FIELD", "must be of type currency"),
        ("", "MALFORMED_QUERY", "unexpected token: '<EOF>'"),
    ] {
        let answer = bench.query(soql).await;
        assert_eq!((answer.status, answer.code()), (400, code), "{soql}: {}", answer.body);
        assert!(answer.body[0]["message"].as_str().is_some_and(|said| said.contains(part)), "{soql}: {}", answer.body);
    }
    let deep = format!("SELECT Id FROM Opportunity WHERE {}Name = 'x'{}", "(".repeat(10_000), ")".repeat(10_000));
    let answer = bench.send("GET", &format!("{DATA}/query?{}", form(&[("q", &deep)])), &[], None).await;
    assert_eq!(answer.code(), "MALFORMED_QUERY");
}

#[tokio::test]
async fn more_rows_than_fit_come_page_by_page_and_children_count() {
    let bench = bench_with(|options| options.largest_batch = Some(2));
    let first = bench.query("SELECT Name FROM Opportunity ORDER BY Name").await.body;
    assert_eq!((&first["totalSize"], &first["done"]), (&json!(3), &json!(false)));
    assert_eq!(first["records"].as_array().map(Vec::len), Some(2));
    let next = first["nextRecordsUrl"].as_str().expect("a link").to_owned();
    assert!(next.starts_with("/services/data/v66.0/query/01g") && next.ends_with("-2"), "{next}");
    let second = bench.send("GET", &next, &[], None).await.body;
    assert_eq!((&second["totalSize"], &second["done"]), (&json!(3), &json!(true)));
    assert_eq!(second["records"][0]["Name"], "Warehouse");
    assert!(second.get("nextRecordsUrl").is_none());

    let with_children = bench.query("SELECT Name, (SELECT Id FROM OpportunityContactRoles) FROM Opportunity").await.body;
    assert_eq!(with_children["records"].as_array().map(Vec::len), Some(1), "one row and its two children fill the page");

    for locator in ["01gQy0000000099AAA-2", "nonsense", "01gQy-x"] {
        let answer = bench.get(&format!("/query/{locator}")).await;
        assert_eq!((answer.status, answer.code()), (400, "INVALID_QUERY_LOCATOR"), "{locator}");
    }
}

#[tokio::test]
async fn a_page_holds_what_is_asked_for_between_200_and_2000() {
    let bench = bench();
    for _ in 0..2 {
        let records: Vec<Value> = (0..150).map(|_| json!({ "attributes": { "type": "Contact" }, "LastName": "Many" })).collect();
        assert_eq!(bench.post("/composite/sobjects", json!({ "records": records })).await.status, 200);
    }
    for (asked, given) in [("batchSize=1", 200), ("batchSize=250", 250), ("batchSize=2000", 300)] {
        let path = format!("{DATA}/query?{}", form(&[("q", "SELECT Id FROM Contact WHERE LastName = 'Many'")]));
        let answer = bench.send("GET", &path, &[("sforce-query-options", asked)], None).await;
        assert_eq!(answer.body["records"].as_array().map(Vec::len), Some(given), "{asked}");
    }
}
