//! The webhooks with a Partner Center behind them: the API through its router, and the messages as they would travel.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::{Value, json};
use time::Duration;
use tower::ServiceExt;

use super::signer::tests::{signer, verifies};
use super::{Message, Outcome, Webhooks, levers, router};
use crate::clock::test::ticking;
use crate::entra::Entra;
use crate::partner_center::{Answer, Close, PartnerCenter};

const REGISTRATION: &str = "/webhooks/v1/registration";
const TESTS: &str = "/webhooks/v1/registration/validationEvents";
const ALL: [&str; 5] =
    ["referral-created", "referral-updated", "related-referral-created", "related-referral-updated", "test-created"];

struct Bench {
    entra: Arc<Entra>,
    webhooks: Arc<Webhooks>,
    partner_center: PartnerCenter,
    advance: Box<dyn Fn(Duration)>,
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
        let blobs = "https://blobs.example".to_owned();
        let webhooks = Arc::new(Webhooks::new(Arc::clone(&entra), clock.clone(), signer(), blobs));
        // Longer than the clock ticks on by itself, so that what was refused is not due in the same round.
        webhooks.inner.lock().queue.retry_base = Duration::seconds(30);
        let partner_center = PartnerCenter::new(Arc::clone(&entra), clock, "https://partner.example".to_owned());
        let partner_center = partner_center.announcing_to(Arc::clone(&webhooks));
        Self { entra, webhooks, partner_center, advance: Box::new(advance) }
    }

    /// One whose events are all registered for.
    async fn registered() -> Self {
        let bench = Self::new();
        assert_eq!(bench.send("POST", REGISTRATION, Some(registration("https://proxy.example/hook", &ALL))).await.status, 200);
        bench
    }

    async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answered {
        let token = self.entra.access_token_for_tests("https://api.partnercenter.microsoft.com");
        self.send_as(&format!("Bearer {token}"), method, path, body).await
    }

    async fn send_as(&self, authorization: &str, method: &str, path: &str, body: Option<Value>) -> Answered {
        let request = Request::builder().method(method).uri(path).header("authorization", authorization);
        answered(router(Arc::clone(&self.webhooks)), request.header("ms-correlationid", "7c1e"), body).await
    }

    async fn lever(&self, method: &str, path: &str, body: Option<Value>) -> Answered {
        let request = Request::builder().method(method).uri(format!("/_sandbox/webhooks{path}"));
        answered(levers::router(Arc::clone(&self.webhooks)), request, body).await
    }

    async fn fault(&self, effect: Value) {
        let fault = json!({ "times": 0, "effect": effect });
        assert_eq!(self.lever("POST", "/faults", Some(fault)).await.status, 201);
    }

    /// Takes every message that is due, as a receiver who answers with this status.
    fn take(&self, status: u16) -> Vec<Message> {
        std::iter::from_fn(|| {
            let message = self.webhooks.take_due()?;
            self.webhooks.attempted(message.id, Outcome::Answered(status));
            Some(message)
        })
        .collect()
    }

    /// The events that are due, each with the last part of what it names.
    fn events(&self) -> Vec<(String, String)> {
        self.take(200).iter().map(told).collect()
    }

    fn receive(&self, kind: &str) -> Vec<Value> {
        let inbound = serde_json::from_value(json!({ "kind": kind })).expect("an inbound referral");
        self.partner_center.receive(&inbound)
    }
}

async fn answered(router: axum::Router, request: axum::http::request::Builder, body: Option<Value>) -> Answered {
    let request = if body.is_some() { request.header("content-type", "application/json") } else { request };
    let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
    let (head, body) = router.oneshot(request.body(body).expect("a request")).await.expect("an answer").into_parts();
    let body = to_bytes(body, 1_000_000).await.expect("a body");
    Answered { status: head.status.as_u16(), headers: head.headers, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
}

fn registration(url: &str, events: &[&str]) -> Value {
    json!({ "WebhookUrl": url, "WebhookEvents": events })
}

fn told(message: &Message) -> (String, String) {
    let body: Value = serde_json::from_str(&message.body).expect("JSON");
    let uri = body["ResourceUri"].as_str().expect("an address");
    (body["EventName"].as_str().expect("a name").to_owned(), uri.rsplit('/').next().expect("an id").to_owned())
}

fn header<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    message.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
}

fn id(referral: &Value) -> String {
    referral["id"].as_str().expect("an id").to_owned()
}

fn event(name: &str, id: &str) -> (String, String) {
    (name.to_owned(), id.to_owned())
}

#[tokio::test]
async fn a_token_must_be_for_this_audience_and_every_answer_has_its_ids() {
    let bench = Bench::new();
    let other = format!("Bearer {}", bench.entra.access_token_for_tests("https://api.partner.microsoft.com"));
    for authorization in ["", "Bearer guess", other.as_str()] {
        let refused = bench.send_as(authorization, "GET", REGISTRATION, None).await;
        assert_eq!((refused.status, &refused.body["code"]), (401, &json!("401")), "{authorization}");
        assert_eq!(refused.body["data"], json!([]));
        assert!(refused.body["description"].is_string() && refused.body["source"].is_string());
    }
    let answer = bench.send("GET", "/webhooks/v1/registration/events", None).await;
    assert_eq!((answer.status, answer.body), (200, json!(ALL)));
    assert_eq!(answer.headers["ms-correlationid"], "7c1e");
    assert!(answer.headers.contains_key("ms-requestid") && answer.headers.contains_key("x-locale"));
}

#[tokio::test]
async fn a_tenant_has_one_registration_which_is_put_and_not_posted_again() {
    let bench = Bench::new();
    let (first, second) = (registration("https://one.example/", &ALL), registration("https://two.example/", &["test-created"]));
    assert_eq!(bench.send("GET", REGISTRATION, None).await.status, 404);
    assert_eq!(bench.send("PUT", REGISTRATION, Some(first.clone())).await.status, 404);
    let posted = bench.send("POST", REGISTRATION, Some(first.clone())).await;
    assert_eq!((posted.status, &posted.body["WebhookUrl"]), (200, &first["WebhookUrl"]));
    assert!(posted.body["SubscriberId"].is_string());
    let again = bench.send("POST", REGISTRATION, Some(second.clone())).await;
    let sentence = "Registration already exists, use the PUT method to update a registration.";
    assert_eq!((again.status, &again.body["description"]), (409, &json!(sentence)));
    assert_eq!(bench.send("GET", REGISTRATION, None).await.body, first);
    assert_eq!(bench.send("PUT", REGISTRATION, Some(second.clone())).await.status, 200);
    assert_eq!(bench.send("GET", REGISTRATION, None).await.body, second);
}

#[tokio::test]
async fn what_the_api_does_not_take_is_refused() {
    let bench = Bench::registered().await;
    let cases = [
        ("PUT", REGISTRATION, Some(json!({ "WebhookUrl": "here" })), 400),
        ("PUT", REGISTRATION, None, 415),
        ("DELETE", REGISTRATION, None, 405),
        ("GET", TESTS, None, 405),
        ("GET", "/webhooks/v1/registration/validationEvents/none", None, 404),
        ("GET", "/webhooks/v1", None, 404),
    ];
    for (method, path, body, status) in cases {
        assert_eq!(bench.send(method, path, body).await.status, status, "{method} {path}");
    }
}

#[tokio::test]
async fn a_test_event_needs_a_registration_for_it_and_tells_one_result_for_each_attempt() {
    let bench = Bench::new();
    assert_eq!(bench.send("POST", TESTS, None).await.status, 404);
    bench.send("POST", REGISTRATION, Some(registration("https://proxy.example/hook", &["referral-created"]))).await;
    assert_eq!(bench.send("POST", TESTS, None).await.status, 400);
    bench.send("PUT", REGISTRATION, Some(registration("https://proxy.example/hook", &ALL))).await;
    let started = bench.send("POST", TESTS, None).await;
    let correlation = started.body["correlationId"].as_str().expect("an id").to_owned();
    let status = format!("{TESTS}/{correlation}");
    assert_ne!(bench.send("GET", &status, None).await.body["status"], "completed");

    assert_eq!(bench.take(500).iter().map(told).collect::<Vec<_>>(), [event("test-created", &correlation)]);
    (bench.advance)(Duration::MINUTE);
    bench.take(200);
    let told = bench.send("GET", &status, None).await.body;
    let known = json!([told["correlationId"], told["partnerId"], told["status"], told["callbackUrl"]]);
    let tenant = &bench.entra.credentials().tenant;
    assert_eq!(known, json!([correlation, tenant, "completed", "https://proxy.example/hook"]));
    let results: Vec<_> = told["results"].as_array().expect("results").iter().map(|one| &one["responseCode"]).collect();
    assert_eq!(results, ["InternalServerError", "OK"]);
    (bench.advance)(Duration::days(7));
    assert_eq!(bench.send("GET", &status, None).await.status, 404);
}

#[tokio::test]
async fn a_third_test_within_a_minute_is_throttled() {
    let bench = Bench::registered().await;
    for _ in 0..2 {
        assert_eq!(bench.send("POST", TESTS, None).await.status, 200);
    }
    let refused = bench.send("POST", TESTS, None).await;
    let seconds = refused.headers["retry-after"].to_str().expect("text");
    let message = format!("Rate limit is exceeded. Try again in {seconds} seconds.");
    assert_eq!((refused.status, refused.body), (429, json!({ "statusCode": 429, "message": message })));
    (bench.advance)(Duration::MINUTE);
    assert_eq!(bench.send("POST", TESTS, None).await.status, 200);
}

#[tokio::test]
async fn every_change_on_either_side_is_told_in_order() {
    let bench = Bench::registered().await;
    let [theirs, ours] = bench.receive("co-sell").try_into().expect("both sides");
    let (theirs, ours) = (id(&theirs), id(&ours));
    assert_eq!(bench.events(), [event("related-referral-created", &theirs), event("referral-created", &ours)]);

    let notes = json!([{ "op": "replace", "path": "/details/notes", "value": "Three sites." }]);
    bench.partner_center.edit(&ours, notes.clone()).expect("an edit");
    bench.partner_center.close(&theirs, Close::Won).expect("an end");
    bench.partner_center.edit(&theirs, notes).expect_err("not ours to edit");
    assert_eq!(bench.events(), [event("referral-updated", &ours), event("related-referral-updated", &theirs)]);

    (bench.advance)(Duration::days(14));
    bench.partner_center.tick();
    bench.partner_center.tick();
    assert_eq!(bench.events(), [event("referral-updated", &ours)], "it expired, once");
}

#[tokio::test]
async fn an_event_about_a_sibling_can_name_ours_instead() {
    let bench = Bench::registered().await;
    let body = json!({ "relatedResource": "own" });
    assert_eq!(bench.lever("PATCH", "", Some(body)).await.status, 204);
    let [theirs, ours] = bench.receive("co-sell").try_into().expect("both sides");
    let first = event("related-referral-created", &id(&theirs));
    assert_eq!(bench.events(), [first, event("referral-created", &id(&ours))], "there was none of ours to name yet");
    bench.partner_center.close(&id(&theirs), Close::Won).expect("an end");
    assert_eq!(bench.events(), [event("related-referral-updated", &id(&ours))]);
}

#[tokio::test]
async fn only_what_was_registered_for_is_told_and_to_whoever_registered_last() {
    let bench = Bench::new();
    bench.receive("qualified-lead");
    bench.send("POST", REGISTRATION, Some(registration("https://one.example/", &["referral-updated"]))).await;
    bench.receive("qualified-lead");
    assert_eq!(bench.events(), []);
    let stolen = registration("https://staging.example/", &["referral-created"]);
    assert_eq!(bench.lever("PUT", "/registration", Some(stolen.clone())).await.status, 204);
    assert_eq!(bench.send("GET", REGISTRATION, None).await.body, stolen);
    bench.receive("qualified-lead");
    let urls: Vec<String> = bench.take(200).into_iter().map(|message| message.url).collect();
    assert_eq!(urls, ["https://staging.example/"]);
    assert_eq!(bench.lever("DELETE", "/registration", None).await.status, 204);
    assert_eq!(bench.send("GET", REGISTRATION, None).await.status, 404);
}

#[tokio::test]
async fn a_message_is_signed_over_its_bytes_in_the_header_that_the_registration_wants() {
    let bench = Bench::registered().await;
    for (ms_header, name, other) in [(false, "authorization", "x-ms-signature"), (true, "x-ms-signature", "authorization")] {
        let mut body = registration("https://proxy.example/hook", &ALL);
        body["SignatureTokenToMsSignatureHeader"] = json!(ms_header);
        bench.send("PUT", REGISTRATION, Some(body)).await;
        bench.receive("qualified-lead");
        let message = bench.take(200).pop().expect("a message");
        let signature = header(&message, name).and_then(|value| value.strip_prefix("Signature ")).expect("a signature");
        let certificate = signer().certificate("pcnotifications-dispatch.cer").expect("a certificate").to_vec();
        assert!(verifies(&certificate, message.body.as_bytes(), signature));
        assert_eq!(header(&message, other), None);
        assert_eq!(header(&message, "x-ms-certificate-url"), Some("https://blobs.example/cert/pcnotifications-dispatch.cer"));
        assert_eq!(header(&message, "x-ms-signature-algorithm"), Some("rsa-sha256"));
        assert_eq!(header(&message, "content-type"), Some("application/json"));
    }
}

#[tokio::test]
async fn a_forged_message_differs_in_one_thing() {
    let genuine = ("https://blobs.example/cert/pcnotifications-dispatch.cer", "rsa-sha256", Some(true));
    let cases = [
        (json!({ "how": "brokenSignature" }), (genuine.0, genuine.1, Some(false))),
        (json!({ "how": "noSignature" }), (genuine.0, genuine.1, None)),
        (
            json!({ "how": "certificateUrl", "url": "https://evil.example/x.cer" }),
            ("https://evil.example/x.cer", genuine.1, genuine.2),
        ),
        (json!({ "how": "certificate", "which": "expired" }), ("https://blobs.example/cert/expired.cer", genuine.1, genuine.2)),
        (
            json!({ "how": "certificate", "which": "untrustedIssuer" }),
            ("https://blobs.example/cert/untrusted-issuer.cer", genuine.1, genuine.2),
        ),
        (
            json!({ "how": "certificate", "which": "otherOrganization" }),
            ("https://blobs.example/cert/other-organization.cer", genuine.1, genuine.2),
        ),
        (json!({ "how": "algorithm", "name": "rsa-sha1" }), (genuine.0, "rsa-sha1", genuine.2)),
    ];
    let certificate = signer().certificate("pcnotifications-dispatch.cer").expect("a certificate").to_vec();
    for (forgery, expected) in cases {
        let bench = Bench::registered().await;
        bench.fault(json!({ "kind": "forge", "forgery": forgery })).await;
        bench.receive("qualified-lead");
        let message = bench.take(401).pop().expect("a message");
        let signature = header(&message, "authorization").and_then(|value| value.strip_prefix("Signature "));
        let holds = signature.map(|signature| verifies(&certificate, message.body.as_bytes(), signature));
        let [url, algorithm] = ["x-ms-certificate-url", "x-ms-signature-algorithm"].map(|name| header(&message, name));
        assert_eq!((url, algorithm, holds), (Some(expected.0), Some(expected.1), expected.2), "{forgery}");
        let listed = bench.lever("GET", "/deliveries", None).await.body;
        assert_eq!((&listed[0]["state"], &listed[0]["forgery"]), (&json!("refused"), &forgery));
    }
}

#[tokio::test]
async fn deliveries_are_listed_with_their_results_repeated_and_forgotten() {
    let bench = Bench::registered().await;
    bench.receive("qualified-lead");
    let first = bench.take(200).pop().expect("a message");
    let listed = bench.lever("GET", "/deliveries", None).await.body;
    assert_eq!(
        (&listed[0]["id"], &listed[0]["state"], &listed[0]["event"]),
        (&json!(1), &json!("delivered"), &json!("referral-created"))
    );
    assert_eq!((&listed[0]["body"], &listed[0]["results"][0]["responseCode"]), (&json!(first.body), &json!("OK")));
    assert_eq!(bench.lever("POST", "/deliveries/1/repeat", None).await.status, 204);
    assert_eq!(bench.lever("POST", "/deliveries/9/repeat", None).await.status, 404);
    let again = bench.take(200).pop().expect("a message");
    assert_eq!((again.body, again.headers), (first.body, first.headers), "byte for byte");
    let raised = json!({ "event": "referral-updated", "referral": "nobody" });
    assert_eq!(bench.lever("POST", "/events", Some(raised)).await.status, 204);
    assert_eq!(bench.events(), [event("referral-updated", "nobody")]);
    assert_eq!(bench.lever("DELETE", "/deliveries", None).await.status, 204);
    assert_eq!(bench.lever("GET", "/deliveries", None).await.body, json!([]));
}

#[tokio::test]
async fn faults_are_laid_listed_and_cleared_and_what_is_held_comes_out_in_reverse() {
    let bench = Bench::registered().await;
    bench.fault(json!({ "kind": "holdBack" })).await;
    let ids: Vec<String> = (0..3).map(|_| id(&bench.receive("qualified-lead")[0])).collect();
    assert_eq!(bench.events(), []);
    let listed = bench.lever("GET", "/faults", None).await.body;
    assert_eq!((&listed[0]["hits"], &listed[0]["effect"]["kind"]), (&json!(3), &json!("holdBack")));
    assert_eq!(bench.lever("DELETE", "/faults", None).await.status, 204);
    assert_eq!(bench.lever("POST", "/deliveries/release", None).await.body, json!({ "released": 3 }));
    let reversed: Vec<_> = ids.iter().rev().map(|id| event("referral-created", id)).collect();
    assert_eq!(bench.events(), reversed);
}

#[tokio::test]
async fn the_first_wait_after_a_refusal_is_as_the_lever_says() {
    let bench = Bench::registered().await;
    bench.lever("PATCH", "", Some(json!({ "retryBaseSeconds": 1000 }))).await;
    assert_eq!(bench.lever("GET", "", None).await.body["retryBaseSeconds"], 1000);
    assert_eq!(bench.webhooks.next_due_in(), None);
    bench.receive("qualified-lead");
    assert_eq!(bench.take(503).len(), 1);
    let wait = bench.webhooks.next_due_in().expect("another attempt");
    assert!((990..=1000).contains(&wait.whole_seconds()), "{wait}");
    (bench.advance)(Duration::seconds(1000));
    assert_eq!(bench.take(200).len(), 1);
}

#[tokio::test]
async fn a_reset_forgets_all_but_the_registration() {
    let bench = Bench::registered().await;
    bench.fault(json!({ "kind": "vanish" })).await;
    bench.lever("PATCH", "", Some(json!({ "retryBaseSeconds": 7, "relatedResource": "own" }))).await;
    bench.receive("co-sell");
    bench.webhooks.reset();
    let state = bench.lever("GET", "", None).await.body;
    assert_eq!((&state["retryBaseSeconds"], &state["relatedResource"]), (&json!(1), &json!("sibling")));
    assert_eq!(state["registration"]["WebhookUrl"], "https://proxy.example/hook");
    for path in ["/deliveries", "/faults"] {
        assert_eq!(bench.lever("GET", path, None).await.body, json!([]), "{path}");
    }
}

#[tokio::test]
async fn what_is_refused_is_not_told() {
    let bench = Bench::registered().await;
    let own = bench.partner_center.seed(1).expect("a deal").remove(0);
    assert_eq!(bench.events(), [event("referral-created", &id(&own))]);
    assert!(bench.partner_center.answer(&id(&own), Answer::Accept).is_err());
    let notes = json!([{ "op": "replace", "path": "/name", "value": "Another name" }]);
    assert!(bench.partner_center.edit(&id(&own), notes).is_err());
    assert_eq!(bench.events(), []);
}
