//! The UI API as Lightning Data Service uses it.

use serde_json::{Value, json};

use super::{DATA, bench};

#[tokio::test]
async fn a_record_comes_with_values_display_values_and_parents() {
    let bench = bench();
    let id = bench.opportunity();
    let fields = "Opportunity.Name,Opportunity.Amount,Opportunity.StageName,Opportunity.CloseDate,Opportunity.LastModifiedDate,\
        Opportunity.AccountId,Opportunity.Account.Name,Opportunity.Account.BillingCity,Opportunity.Customer_Consent__c,\
        Opportunity.How_can_Microsoft_help__c";
    let optional = "Opportunity.Nothing__c,Opportunity.Account.BillingCountryCode,Opportunity.Owner.Name";
    let answer = bench.get(&format!("/ui-api/records/{id}?fields={fields}&optionalFields={optional}")).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let record = &answer.body;
    assert_eq!((&record["apiName"], &record["id"]), (&json!("Opportunity"), &json!(id)));
    assert_eq!(record["lastModifiedDate"], "2026-11-22T14:00:00.000Z");
    assert_eq!(record["weakEtag"], 1_795_356_000_000_u64);
    assert_eq!(record["eTag"].as_str().map(str::len), Some(32));
    let fields = &record["fields"];
    assert_eq!(fields["Name"], json!({ "displayValue": null, "value": "Warehouse" }));
    assert_eq!(fields["Amount"]["displayValue"], "EUR 84,000.00");
    assert_eq!(fields["Amount"]["value"].to_string(), "84000");
    assert_eq!(fields["StageName"], json!({ "displayValue": "Qualification", "value": "Qualification" }));
    assert_eq!(fields["CloseDate"], json!({ "displayValue": "1/21/2027", "value": "2027-01-21" }));
    assert_eq!(fields["LastModifiedDate"], json!({ "displayValue": "11/22/2026, 2:00 PM", "value": "2026-11-22T14:00:00.000Z" }));
    assert_eq!(fields["Customer_Consent__c"], json!({ "displayValue": null, "value": false }));
    assert_eq!(fields["How_can_Microsoft_help__c"], json!({ "displayValue": null, "value": null }));
    assert_eq!(fields["Account"]["displayValue"], "Halden GmbH");
    let account = &fields["Account"]["value"];
    assert_eq!((&account["apiName"], &account["id"]), (&json!("Account"), &fields["AccountId"]["value"]));
    assert_eq!(account["fields"]["BillingCity"]["value"], "Hamburg");
    assert_eq!(fields["Owner"]["value"]["fields"]["Name"]["value"], "Jo Lind");
    assert!(fields.get("Nothing__c").is_none(), "what is optional and unknown is left out");
    assert!(account["fields"].get("BillingCountryCode").is_none());
}

#[tokio::test]
async fn a_missing_parent_is_null() {
    let bench = bench();
    let id = bench.id("Opportunity", "Name", "Bare");
    let answer = bench.get(&format!("/ui-api/records/{id}?fields=Opportunity.Account.Name")).await;
    assert_eq!(answer.body["fields"]["Account"], json!({ "displayValue": null, "value": null }));
}

#[tokio::test]
async fn what_cannot_be_read_is_told_as_an_array() {
    let bench = bench();
    let id = bench.opportunity();
    for (path, status, code) in [
        (format!("/ui-api/records/{id}?fields=Opportunity.Nothing__c"), 400, "INVALID_FIELD"),
        (format!("/ui-api/records/{id}?fields=Account.Name"), 400, "INVALID_FIELD"),
        (format!("/ui-api/records/{id}"), 400, "ILLEGAL_QUERY_PARAMETER_VALUE"),
        ("/ui-api/records/006Qy0000000099?fields=Opportunity.Name".to_owned(), 404, "NOT_FOUND"),
        ("/ui-api/records/nonsense?fields=Opportunity.Name".to_owned(), 400, "MALFORMED_ID"),
        ("/ui-api/object-info/Cosell_Setting__mdt".to_owned(), 400, "INVALID_TYPE"),
    ] {
        let answer = bench.get(&path).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{path}");
    }
}

#[tokio::test]
async fn a_record_is_created_changed_and_deleted() {
    let bench = bench();
    let fields = json!({ "Opportunity__c": bench.opportunity(), "Name": "Azure", "Solution_Type__c": "1P" });
    let created = bench.post("/ui-api/records", json!({ "apiName": "Microsoft_Solution__c", "fields": fields })).await;
    assert_eq!(created.status, 201, "{}", created.body);
    let id = created.body["id"].as_str().expect("an id");
    assert_eq!(created.body["fields"]["Solution_Type__c"], json!({ "displayValue": "1P", "value": "1P" }));
    let changed = bench.patch(&format!("/ui-api/records/{id}"), json!({ "fields": { "Id": id, "Name": "Azure SQL" } })).await;
    assert_eq!((changed.status, &changed.body["fields"]["Name"]["value"]), (200, &json!("Azure SQL")));
    assert_eq!(bench.delete(&format!("/ui-api/records/{id}")).await.status, 204);
    assert_eq!(bench.delete(&format!("/ui-api/records/{id}")).await.status, 404);
}

#[tokio::test]
async fn a_refused_write_says_what_is_wrong_with_which_field() {
    let bench = bench();
    let id = bench.opportunity();
    let answer = bench.patch(&format!("/ui-api/records/{id}"), json!({ "fields": { "Cosell_State__c": "Odd" } })).await;
    assert_eq!(answer.status, 400);
    assert_eq!((&answer.body["enhancedErrorType"], &answer.body["statusCode"]), (&json!("RecordError"), &json!(400)));
    let error = &answer.body["output"]["fieldErrors"]["Cosell_State__c"][0];
    assert_eq!(error["errorCode"], "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assert_eq!(answer.body["output"]["errors"], json!([]));

    let whole = bench.patch(&format!("/ui-api/records/{id}"), json!({ "fields": { "Nothing__c": 1 } })).await;
    assert_eq!(whole.body["output"]["errors"][0]["errorCode"], "INVALID_FIELD");
}

#[tokio::test]
async fn a_change_of_a_record_that_moved_on_is_a_conflict() {
    for (since, status) in
        [("2026-11-22T14:00:00.000Z", 200), ("Sun, 22 Nov 2026 14:00:00 GMT", 200), ("2026-11-22T13:59:59.000Z", 412)]
    {
        let bench = bench();
        let path = format!("{DATA}/ui-api/records/{}", bench.opportunity());
        let body = json!({ "fields": { "NextStep": "Call" } });
        let answer = bench.send("PATCH", &path, &[("if-unmodified-since", since)], Some(body)).await;
        assert_eq!(answer.status, status, "{since}");
        if status == 412 {
            assert_eq!(answer.body["statusCode"], 412);
        }
    }
}

#[tokio::test]
async fn object_info_and_picklists_describe_the_form() {
    let bench = bench();
    let info = bench.get("/ui-api/object-info/Opportunity").await.body;
    let help = &info["fields"]["How_can_Microsoft_help__c"];
    assert_eq!((&help["dataType"], &help["label"]), (&json!("Picklist"), &json!("How can Microsoft help?")));
    assert_eq!((&info["fields"]["Name"]["required"], &info["fields"]["Name"]["length"]), (&json!(true), &json!(120)));
    let kind = info["defaultRecordTypeId"].as_str().expect("a record type");
    let path = format!("/ui-api/object-info/Opportunity/picklist-values/{kind}");

    let values = bench.get(&format!("{path}/How_can_Microsoft_help__c")).await.body;
    let codes: Vec<_> = values["values"].as_array().expect("values").iter().map(|value| value["value"].clone()).collect();
    assert_eq!(
        codes,
        [
            "WorkloadSpecificValueProposition",
            "CustomerTechnicalArchitecture",
            "ProofOfConceptOrDemo",
            "QuotesOrLicensing",
            "PostSalesCustomerSuccess",
            "GeneralOrOther"
        ]
    );
    let stages = bench.get(&path).await.body["picklistFieldValues"]["StageName"]["values"].clone();
    assert_eq!((&stages[2]["value"], &stages[2]["attributes"]["won"]), (&json!("Closed Won"), &json!(true)));
    assert_eq!(bench.get(&format!("{path}/Name")).await.code(), "INVALID_FIELD");
    assert!(bench.get("/ui-api/object-info").await.body["objects"]["Microsoft_Solution__c"].is_object());
}

#[tokio::test]
async fn a_related_list_gives_the_children_page_by_page() {
    let bench = bench();
    let id = bench.opportunity();
    let path = format!("/ui-api/related-list-records/{id}/OpportunityContactRoles");
    let fields = "OpportunityContactRole.Role,OpportunityContactRole.Contact.Name";
    let first = bench.get(&format!("{path}?fields={fields}&pageSize=1&sortBy=-Role")).await.body;
    assert_eq!(first["records"][0]["fields"]["Role"]["value"], "Evaluator");
    assert_eq!((&first["count"], &first["nextPageToken"]), (&json!(1), &json!("1")));
    let second = bench.get(&format!("{path}?fields={fields}&pageSize=1&sortBy=-Role&pageToken=1")).await.body;
    assert_eq!(second["records"][0]["fields"]["Contact"]["displayValue"], "Ada Okafor");
    assert_eq!(second["nextPageToken"], Value::Null);
    let solutions =
        bench.get(&format!("/ui-api/related-list-records/{id}/Microsoft_Solutions__r?fields=Microsoft_Solution__c.Name")).await;
    assert_eq!(solutions.body["count"], 1);
    for wrong in [format!("{path}?sortBy=Role';"), format!("/ui-api/related-list-records/{id}/Nothings")] {
        assert_eq!(bench.get(&wrong).await.status, 400, "{wrong}");
    }
}
