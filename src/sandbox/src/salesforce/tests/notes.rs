//! Notes and their links: what is kept of their HTML, and what may be asked about links.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{Answer, Bench, DATA, bench, step};

async fn note(bench: &Bench, html: &str) -> Answer {
    bench.post("/sobjects/ContentNote", json!({ "Title": "From Microsoft", "Content": STANDARD.encode(html) })).await
}

#[tokio::test]
async fn a_note_and_its_link_are_made_in_one_call_and_found_by_the_record() {
    let bench = bench();
    let id = bench.opportunity();
    let content = STANDARD.encode("<p>Call &amp; meet</p>\r\n<p>Soon</p>");
    let link = json!({ "ContentDocumentId": "@{note.id}", "LinkedEntityId": id, "ShareType": "V" });
    let body = json!({ "allOrNone": true, "compositeRequest": [
        step("note", "POST", "/sobjects/ContentNote", Some(json!({ "Title": "From Microsoft", "Content": content }))),
        step("link", "POST", "/sobjects/ContentDocumentLink", Some(link))
    ]});
    let steps = bench.post("/composite", body).await.body["compositeResponse"].clone();
    assert_eq!((&steps[0]["httpStatusCode"], &steps[1]["httpStatusCode"]), (&json!(201), &json!(201)), "{steps}");

    let links = format!("SELECT ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = '{id}' LIMIT 200");
    let rows = bench.records(&links).await;
    assert_eq!((rows.len(), &rows[0]["ContentDocument"]["Title"]), (1, &json!("From Microsoft")));
    let note = steps[0]["body"]["id"].as_str().expect("an id");
    let read = bench.get(&format!("/sobjects/ContentNote/{note}")).await.body;
    assert_eq!((&read["FileType"], &read["TextPreview"]), (&json!("SNOTE"), &json!("Call & meet Soon")));
    let address = format!("{DATA}/sobjects/ContentNote/{note}/Content");
    assert_eq!(read["Content"], address, "the content is an address");
    let request = axum::http::Request::get(&address).header("authorization", format!("Bearer {}", bench.session));
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let answer = tower::ServiceExt::oneshot(bench.router.clone(), request).await.expect("an answer");
    let bytes = axum::body::to_bytes(answer.into_body(), 1_000).await.expect("a body");
    assert_eq!(bytes, "<p>Call &amp; meet</p><p>Soon</p>", "line breaks are stripped");
}

#[tokio::test]
async fn what_a_note_cannot_hold_is_refused() {
    let bench = bench();
    for (html, status) in [("Plain", 201), ("a<br/>b", 201), ("Fish & chips", 500), ("1 < 2", 500), ("<script>x</script>", 500)] {
        let answer = note(&bench, html).await;
        assert_eq!(answer.status, status, "{html}");
        if status == 500 {
            assert_eq!(answer.code(), "UNKNOWN_EXCEPTION", "{html}");
        }
    }
    for (body, code) in [
        (json!({ "Title": " ", "Content": "" }), "REQUIRED_FIELD_MISSING"),
        (json!({ "Title": "x".repeat(256) }), "STRING_TOO_LONG"),
        (json!({ "Title": "x", "FileType": "PDF" }), "INVALID_FIELD_FOR_INSERT_UPDATE"),
    ] {
        assert_eq!(bench.post("/sobjects/ContentNote", body).await.code(), code);
    }
}

#[tokio::test]
async fn a_query_for_links_says_whose_links_it_wants() {
    let bench = bench();
    let id = bench.opportunity();
    let restricted = "MALFORMED_QUERY";
    for (filter, code) in [
        (format!("WHERE LinkedEntityId = '{id}'"), ""),
        (format!("WHERE LinkedEntityId IN ('{id}')"), ""),
        (format!("WHERE ContentDocumentId = '{id}' AND ShareType = 'V'"), ""),
        (String::new(), restricted),
        ("WHERE ShareType = 'V'".to_owned(), restricted),
        (format!("WHERE LinkedEntityId != '{id}'"), restricted),
        (format!("WHERE LinkedEntityId = '{id}' OR ShareType = 'V'"), restricted),
        ("WHERE SystemModstamp > 2026-01-01T00:00:00Z".to_owned(), restricted),
        (format!("WHERE LinkedEntityId = '{id}' AND LastModifiedDate > 2026-01-01T00:00:00Z"), "INVALID_FIELD"),
    ] {
        let answer = bench.query(&format!("SELECT Id FROM ContentDocumentLink {filter}")).await;
        assert_eq!(answer.code(), code, "{filter}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_note_is_linked_with_its_owner_at_once_and_goes_with_its_links() {
    let bench = bench();
    let id = note(&bench, "Plain").await.body["id"].as_str().expect("an id").to_owned();
    let links = format!("SELECT LinkedEntityId, ShareType FROM ContentDocumentLink WHERE ContentDocumentId = '{id}'");
    let rows = bench.records(&links).await;
    let owner = bench.id("User", "FirstName", "Jo");
    assert_eq!((rows.len(), &rows[0]["LinkedEntityId"], &rows[0]["ShareType"]), (1, &json!(owner), &json!("I")));

    assert_eq!(bench.patch(&format!("/sobjects/ContentNote/{id}"), json!({ "Title": "Renamed" })).await.status, 204);
    assert_eq!(bench.get(&format!("/sobjects/ContentDocument/{id}")).await.body["Title"], "Renamed");

    assert_eq!(bench.delete(&format!("/sobjects/ContentNote/{id}")).await.status, 204);
    assert!(bench.records(&links).await.is_empty());
    assert_eq!(bench.get(&format!("/sobjects/ContentDocument/{id}")).await.code(), "ENTITY_IS_DELETED");
}

#[tokio::test]
async fn a_link_leads_to_records_that_may_have_notes() {
    let bench = bench();
    let note = note(&bench, "Plain").await.body["id"].clone();
    let solution = bench.id("Microsoft_Solution__c", "Name", "Insight");
    for (entity, status) in [
        (bench.opportunity(), 201),
        (bench.id("Account", "Name", "Perrin SA"), 201),
        (bench.id("Contact", "FirstName", "Ada"), 201),
        (solution, 400),
    ] {
        let body = json!({ "ContentDocumentId": note, "LinkedEntityId": entity });
        let answer = bench.post("/sobjects/ContentDocumentLink", body).await;
        assert_eq!(answer.status, status, "{entity}: {}", answer.body);
    }
    let rows = bench.records("SELECT Id, (SELECT Id, ShareType FROM ContentDocumentLinks) FROM Opportunity WHERE Name IN ('Warehouse', 'Bare') ORDER BY Name DESC").await;
    assert_eq!(rows[0]["ContentDocumentLinks"]["records"][0]["ShareType"], "V");
    assert_eq!(rows[1]["ContentDocumentLinks"], Value::Null);
}
