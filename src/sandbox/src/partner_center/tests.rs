//! The Referrals API through its router: headers, statuses and bodies as they travel.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::sample::{changed, microsoft, referral, replace};
use super::{Answer, PartnerCenter, router};
use crate::clock::test::ticking;
use crate::entra::Entra;

const ROOT: &str = "/v1.0/engagements/referrals";
const CALL_ID: &str = "5d2c2f34-8f0a-4c59-9e8a-0f6f1b7f3a11";

struct Bench {
    service: Arc<PartnerCenter>,
    entra: Arc<Entra>,
    token: String,
    clock: Box<dyn Fn(time::Duration)>,
}

struct Answered {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Bench {
    fn new() -> Self {
        let (clock, advance) = ticking();
        let entra = Arc::new(Entra::new(clock.clone()));
        let token = entra.access_token_for_tests("https://api.partner.microsoft.com");
        let service = PartnerCenter::new(Arc::clone(&entra), clock, "https://partner.example".to_owned());
        Self { service: Arc::new(service), entra, token, clock: Box::new(advance) }
    }

    /// Lets so much time pass, and takes a new token after it.
    fn advance(&mut self, by: time::Duration) {
        (self.clock)(by);
        self.token = self.entra.access_token_for_tests("https://api.partner.microsoft.com");
    }

    /// Sends a request with the usual headers and these on top; an empty one is left out.
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answered {
        let authorization = format!("Bearer {}", self.token);
        let mut all = vec![("authorization", authorization.as_str()), ("client-request-id", CALL_ID)];
        if body.is_some() {
            all.push(("content-type", "application/json"));
        }
        for (name, value) in headers {
            all.retain(|(known, _)| known != name);
            all.push((name, value));
        }
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost:4711");
        for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(name, value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = request.body(body).expect("a request");
        let response = router(Arc::clone(&self.service)).oneshot(request).await.expect("an answer");
        let (head, body) = response.into_parts();
        let body = to_bytes(body, 10_000_000).await.expect("a body");
        let body = if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).expect("JSON") };
        Answered { status: head.status.as_u16(), headers: head.headers, body }
    }

    async fn created(&self, document: Value) -> Value {
        let answer = self.send("POST", ROOT, &[], Some(document)).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body
    }
}

fn id(referral: &Value) -> &str {
    referral["id"].as_str().expect("an id")
}

#[tokio::test]
async fn a_token_must_be_there_be_alive_and_be_for_this_audience() {
    let bench = Bench::new();
    let other = format!("Bearer {}", bench.entra.access_token_for_tests("https://api.partnercenter.microsoft.com"));
    for authorization in ["", "Bearer", "Bearer guess", "Basic dTpw", other.as_str()] {
        let answer = bench.send("GET", ROOT, &[("authorization", authorization)], None).await;
        assert_eq!((answer.status, &answer.body["error"]["code"]), (401, &json!("unauthenticated")), "{authorization}");
    }
    assert_eq!(bench.send("GET", ROOT, &[], None).await.status, 200);
    bench.entra.expire_access_tokens();
    assert_eq!(bench.send("GET", ROOT, &[], None).await.status, 401);
}

#[tokio::test]
async fn every_call_needs_an_id_of_its_client_and_gets_it_back_beside_one_of_the_service() {
    let bench = Bench::new();
    for wrong in ["", "call-1"] {
        let answer = bench.send("GET", ROOT, &[("client-request-id", wrong)], None).await;
        assert_eq!((answer.status, &answer.body["error"]["target"]), (400, &json!("client-request-id")));
        assert!(answer.headers.contains_key("request-id"));
    }
    for path in [ROOT, "/v1.0/engagements/referrals/none", "/elsewhere"] {
        let answer = bench.send("GET", path, &[], None).await;
        assert_eq!(answer.headers["client-request-id"], CALL_ID, "{path}");
        assert!(answer.headers.contains_key("request-id"), "{path}");
    }
}

#[tokio::test]
async fn a_co_sell_deal_is_two_referrals_that_the_engagement_finds() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    bench.created(referral()).await;
    let engagement = own["engagementId"].as_str().expect("an engagement");
    let sibling = bench.created(microsoft(engagement)).await;
    let path = format!("{ROOT}?$filter=engagementId%20eq%20'{engagement}'");
    let list = bench.send("GET", &path, &[], None).await;
    let found: Vec<&str> = list.body["value"].as_array().expect("rows").iter().map(id).collect();
    assert_eq!(found, [id(&own), id(&sibling)]);
    assert_eq!(list.body["@odata.context"], "https://localhost:4711/v1.0/engagements/$metadata#referrals");
}

#[tokio::test]
async fn stale_lists_lack_what_was_created_since_and_catch_up_after_so_many_reads() {
    let bench = Bench::new();
    let first = bench.created(referral()).await;
    bench.service.make_lists_stale(2);
    let second = bench.created(referral()).await;
    let both = [id(&first).to_owned(), id(&second).to_owned()];
    for expected in [&both[..1], &both[..1], &both[..]] {
        let list = bench.send("GET", ROOT, &[], None).await;
        let listed: Vec<&str> = list.body["value"].as_array().expect("rows").iter().map(id).collect();
        assert_eq!(listed, expected);
        assert_eq!(bench.send("GET", &format!("{ROOT}/{}", both[1]), &[], None).await.status, 200, "by its id it is there");
    }
    bench.service.make_lists_stale(9);
    bench.created(referral()).await;
    bench.service.make_lists_stale(0);
    assert_eq!(bench.send("GET", ROOT, &[], None).await.body["value"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn seeded_referrals_are_outgoing_and_fill_pages() {
    let bench = Bench::new();
    assert_eq!(bench.service.seed(150).expect("referrals").len(), 150);
    let path = format!("{ROOT}?$filter=direction%20eq%20'Outgoing'&$orderby=createdDateTime%20desc");
    let page = bench.send("GET", &path, &[], None).await.body;
    assert_eq!(page["value"].as_array().map(Vec::len), Some(100));
    assert_eq!(page["value"][0]["externalReferenceId"], "ELSEWHERE-00150", "newest first");
    assert!(page["@odata.nextLink"].is_string());
}

#[tokio::test]
async fn a_referral_is_read_by_its_id_with_its_version_as_a_header() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    for path in [format!("{ROOT}/{}", id(&own)), format!("{ROOT}/{}/", id(&own).to_uppercase())] {
        let read = bench.send("GET", &path, &[], None).await;
        assert_eq!(read.status, 200);
        assert_eq!(read.body["@odata.context"], "https://localhost:4711/v1.0/engagements/$metadata#referrals/$entity");
        assert_eq!(read.headers["etag"].to_str().ok(), own["eTag"].as_str());
        assert_eq!(read.body["id"], own["id"]);
    }
    let missing = bench.send("GET", &format!("{ROOT}/11111111-2222-4333-8444-555555555555"), &[], None).await;
    assert_eq!((missing.status, &missing.body["error"]["code"]), (404, &json!("itemNotFound")));
}

#[tokio::test]
async fn a_refusal_has_the_documented_body_and_stores_nothing() {
    let bench = Bench::new();
    let document = changed(referral(), "/details/currency", Some(json!("Euro")));
    let answer = bench.send("POST", ROOT, &[], Some(document)).await;
    assert_eq!(answer.status, 400);
    let error = &answer.body["error"];
    assert_eq!((&error["code"], &error["target"]), (&json!("invalidRequest"), &json!("details/currency")));
    assert!(error["message"].as_str().is_some_and(|message| message.len() <= 1024));
    assert!(error["innerError"]["code"].is_string() && error["innerError"]["message"].is_string());
    assert!(bench.service.referrals().is_empty());
}

#[tokio::test]
async fn a_create_answers_200_or_201_as_it_is_set() {
    let bench = Bench::new();
    bench.service.create_answers_created(true);
    assert_eq!(bench.send("POST", ROOT, &[], Some(referral())).await.status, 201);
    bench.service.reset();
    assert_eq!(bench.send("POST", ROOT, &[], Some(referral())).await.status, 200);
}

#[tokio::test]
async fn a_patch_answers_nothing_unless_the_representation_is_asked_for() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    let path = format!("{ROOT}/{}", id(&own));
    let quiet = bench.send("PATCH", &path, &[], Some(replace("/details/notes", json!("One.")))).await;
    assert_eq!((quiet.status, &quiet.body), (204, &Value::Null));
    assert_ne!(quiet.headers["etag"].to_str().ok(), own["eTag"].as_str(), "every write is a new version");

    let prefer = [("prefer", "return=representation")];
    let told = bench.send("PATCH", &path, &prefer, Some(replace("/details/dealValue", json!("92000")))).await;
    assert_eq!(told.status, 200);
    assert_eq!((&told.body["details"]["dealValue"], &told.body["details"]["notes"]), (&json!(92000), &json!("One.")));
    assert!(told.body["updatedDateTime"].as_str() > own["updatedDateTime"].as_str());
    assert_eq!(told.body["createdDateTime"], own["createdDateTime"]);
}

#[tokio::test]
async fn if_match_guards_a_patch_and_without_it_nothing_does() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    let path = format!("{ROOT}/{}", id(&own));
    let first = own["eTag"].as_str().expect("a version");
    let changes = || Some(replace("/details/notes", json!("Changed.")));
    assert_eq!(bench.send("PATCH", &path, &[("if-match", first)], changes()).await.status, 204);
    let stale = bench.send("PATCH", &path, &[("if-match", first)], changes()).await;
    assert_eq!((stale.status, &stale.body["error"]["code"]), (412, &json!("preconditionFailed")));
    assert_eq!(bench.send("PATCH", &path, &[("if-match", "*")], changes()).await.status, 204);
    assert_eq!(bench.send("PATCH", &path, &[], changes()).await.status, 204);
}

#[tokio::test]
async fn what_may_not_be_patched_is_refused_with_its_own_status() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    let sibling = bench.created(microsoft(own["engagementId"].as_str().expect("an engagement"))).await;
    let notes = || Some(replace("/details/notes", json!("x")));
    let (own, sibling) = (format!("{ROOT}/{}", id(&own)), format!("{ROOT}/{}", id(&sibling)));
    let nobody = format!("{ROOT}/11111111-2222-4333-8444-555555555555");
    let (json, json_patch) = ("application/json", "application/json-patch+json");
    let cases = [
        (&own, json, Some(replace("/name", json!("x"))), 400),
        (&own, json, Some(json!({ "details": { "notes": "x" } })), 400),
        (&own, json_patch, notes(), 415),
        (&sibling, json, notes(), 403),
        (&nobody, json, notes(), 404),
    ];
    for (path, media_type, patch, status) in cases {
        let case = format!("{path} {patch:?}");
        let answer = bench.send("PATCH", path, &[("content-type", media_type)], patch).await;
        assert_eq!(answer.status, status, "{case}");
    }
}

#[tokio::test]
async fn put_and_delete_are_refused() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    let one = format!("{ROOT}/{}", id(&own));
    for (method, path) in [("PUT", one.as_str()), ("DELETE", one.as_str()), ("PATCH", ROOT)] {
        let answer = bench.send(method, path, &[], Some(referral())).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED.as_u16(), "{method} {path}");
        assert!(answer.body["error"]["code"].is_string());
    }
}

#[tokio::test]
async fn microsofts_answer_shows_in_the_sibling_and_leaves_ours_alone() {
    let bench = Bench::new();
    let own = bench.created(referral()).await;
    let sibling = bench.created(microsoft(own["engagementId"].as_str().expect("an engagement"))).await;
    bench.service.answer(id(&sibling), Answer::Accept).expect("an answer");
    let read = bench.send("GET", &format!("{ROOT}/{}", id(&sibling)), &[], None).await.body;
    assert_eq!((&read["status"], &read["substatus"]), (&json!("Active"), &json!("Accepted")));
    assert_ne!(read["eTag"], sibling["eTag"]);
    let ours = bench.send("GET", &format!("{ROOT}/{}", id(&own)), &[], None).await.body;
    assert_eq!(ours["eTag"], own["eTag"]);
}

#[tokio::test]
async fn a_list_option_that_is_not_documented_is_refused() {
    let bench = Bench::new();
    for query in ["$filter=name%20eq%20'x'", "$filter=status%20ne%20'New'", "$expand=team", "$orderby=name"] {
        let answer = bench.send("GET", &format!("{ROOT}?{query}"), &[], None).await;
        assert_eq!((answer.status, &answer.body["error"]["code"]), (400, &json!("invalidRequest")), "{query}");
    }
}

/// What comes in, the partner's own.
fn incoming(bench: &Bench, inbound: Value) -> Value {
    let inbound = serde_json::from_value(inbound).expect("an inbound referral");
    bench.service.receive(&inbound).pop().expect("ours")
}

fn moved(status: &str, substatus: &str) -> Value {
    json!([
        { "op": "replace", "path": "/status", "value": status },
        { "op": "replace", "path": "/substatus", "value": substatus },
    ])
}

#[tokio::test]
async fn an_incoming_referral_is_accepted_or_declined_and_nothing_else() {
    let cases = [
        (("Active", "Accepted"), 204),
        (("Closed", "Declined"), 204),
        (("New", "Received"), 204),
        (("Closed", "Won"), 400),
        (("Closed", "Lost"), 400),
        (("Closed", "Expired"), 400),
        (("Active", "Pending"), 400),
    ];
    for ((status, substatus), expected) in cases {
        let bench = Bench::new();
        // Nobody checks what a customer left out of it.
        let ours = incoming(&bench, json!({ "kind": "co-sell", "details": { "requirements": { "solutions": [] } } }));
        let path = format!("{ROOT}/{}", id(&ours));
        assert_eq!(
            bench.send("PATCH", &path, &[], Some(moved(status, substatus))).await.status,
            expected,
            "{status}/{substatus}"
        );
        let after = bench.send("GET", &path, &[], None).await.body;
        let became = [after["status"].as_str().expect("a status"), after["substatus"].as_str().expect("a substatus")];
        assert_eq!(became == [status, substatus], expected == 204, "{after}");
        assert_eq!(after["expirationDateTime"].is_null(), ["Active", "Closed"].contains(&became[0]), "{status}/{substatus}");
    }
}

#[tokio::test]
async fn a_step_that_needs_a_reason_is_refused_without_one_when_that_is_switched_on() {
    let bench = Bench::new();
    bench.service.require_reasons(true);
    let path = format!("{ROOT}/{}", id(&incoming(&bench, json!({ "kind": "co-sell" }))));
    let refused = bench.send("PATCH", &path, &[], Some(moved("Closed", "Declined"))).await;
    assert_eq!((refused.status, &refused.body["error"]["target"]), (400, &json!("statusReason")));
    let mut operations = moved("Closed", "Declined");
    let reason = json!({ "op": "replace", "path": "/statusReason", "value": "Customer didn't respond" });
    operations.as_array_mut().expect("operations").push(reason);
    assert_eq!(bench.send("PATCH", &path, &[], Some(operations)).await.status, 204);
}

#[tokio::test]
async fn who_does_not_answer_in_time_finds_it_expired_at_the_next_read_of_any_kind() {
    for read_by_list in [false, true] {
        let mut bench = Bench::new();
        let ours = incoming(&bench, json!({ "kind": "qualified-lead" }));
        let one = format!("{ROOT}/{}", id(&ours));
        bench.advance(time::Duration::days(14));
        let after = if read_by_list {
            bench.send("GET", ROOT, &[], None).await.body["value"][0].clone()
        } else {
            bench.send("GET", &one, &[], None).await.body
        };
        assert_eq!([&after["status"], &after["substatus"]], ["Closed", "Expired"]);
        assert!(after["updatedDateTime"].as_str() > ours["updatedDateTime"].as_str());
        assert_eq!(bench.send("PATCH", &one, &[], Some(moved("Active", "Accepted"))).await.status, 400, "too late");
    }
}

#[tokio::test]
async fn a_list_tells_what_came_in_and_what_has_changed_since() {
    let bench = Bench::new();
    bench.created(referral()).await;
    let ours = incoming(&bench, json!({ "kind": "co-sell" }));
    let since = ours["updatedDateTime"].as_str().expect("a moment").to_owned();
    let own = bench.created(referral()).await;
    let accepted = bench.send("PATCH", &format!("{ROOT}/{}", id(&ours)), &[], Some(moved("Active", "Accepted"))).await;
    assert_eq!(accepted.status, 204);
    let cases = [
        ("direction%20eq%20'Incoming'".to_owned(), vec![id(&ours)]),
        (format!("updatedDateTime%20gt%20{since}"), vec![id(&ours), id(&own)]),
        (format!("updatedDateTime%20gt%20{since}%20and%20direction%20eq%20'Outgoing'"), vec![id(&own)]),
        ("status%20eq%20'New'".to_owned(), vec![]),
    ];
    for (filter, expected) in cases {
        let path = format!("{ROOT}?$filter={filter}&$orderby=updatedDateTime%20desc");
        let list = bench.send("GET", &path, &[], None).await;
        let found: Vec<&str> = list.body["value"].as_array().expect("rows").iter().map(id).collect();
        assert_eq!(found, expected, "{filter}");
    }
}

#[tokio::test]
async fn the_referral_of_who_invites_is_read_and_not_written() {
    for kind in ["co-sell", "partner"] {
        let bench = Bench::new();
        let inbound = serde_json::from_value(json!({ "kind": kind })).expect("an inbound referral");
        let received = bench.service.receive(&inbound);
        let path = format!("{ROOT}/{}", id(&received[0]));
        assert_eq!(bench.send("GET", &path, &[], None).await.status, 200);
        let notes = replace("/details/notes", json!("Ours now."));
        assert_eq!(bench.send("PATCH", &path, &[], Some(notes)).await.status, 403, "{kind}");
    }
}
