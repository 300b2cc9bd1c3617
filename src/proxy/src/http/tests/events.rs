//! Events and the admin's routes from outside, with Microsoft's side over real TLS.

use axum::http::HeaderValue;

use super::*;
use crate::store::Store;
use crate::test_server::{CERTIFICATE, Microsoft, PUBLIC_URL, TestServer, World};
use crate::webhook::tests::{PKI, REFERRAL, body};

const PATH: &str = "/webhooks/partner-center";
const ADMIN: &str = "/v1/admin/webhooks";
const OTHER: &str = "https://staging.example/webhooks/partner-center";

/// A proxy's routes with what is behind them.
struct Routes {
    router: Router,
    store: Store,
    microsoft: Arc<Microsoft>,
    server: TestServer,
    _directory: Directory,
}

impl Routes {
    async fn start(more: &[(&str, &str)]) -> Self {
        let World { app, microsoft, server, directory, .. } = World::start(more).await;
        let store = app.api().store.clone();
        Self { router: app.into_parts().0, store, microsoft, server, _directory: directory }
    }

    /// An event as Partner Center sends it.
    fn event(&self, body: &[u8]) -> Request<Body> {
        let mut request = Request::post(PATH).body(Body::from(body.to_vec())).unwrap();
        let headers = request.headers_mut();
        headers.insert("x-ms-signature", HeaderValue::from_str(&PKI.sign(body)).unwrap());
        headers.insert("x-ms-signature-algorithm", HeaderValue::from_static("rsa-sha256"));
        let address = format!("{}{CERTIFICATE}", self.server.url());
        headers.insert("x-ms-certificate-url", HeaderValue::from_str(&address).unwrap());
        request
    }

    async fn call(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn arrived(&self) -> Vec<(String, i64)> {
        let arrivals = self.store.arrivals(10).await.unwrap();
        arrivals.into_iter().map(|arrival| (arrival.referral_id, arrival.arrivals)).collect()
    }

    async fn admin(&self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let token = bearer(&json!({ "rec": "00DQy00000ZZZzz", "act": "admin" }));
        let request =
            Request::builder().method(method).uri(path).header("authorization", token).body(Body::from(body.to_owned())).unwrap();
        let response = self.call(request).await;
        let status = response.status().as_u16();
        (status, serde_json::from_slice(&to_bytes(response.into_body(), 65_536).await.unwrap()).unwrap())
    }
}

#[tokio::test]
async fn an_event_that_is_replayed_is_one_row_and_always_answered_with_200() {
    let routes = Routes::start(&[]).await;
    for count in 1..=2 {
        let response = routes.call(routes.event(&body())).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(routes.arrived().await, [(REFERRAL.to_owned(), count)]);
    }
    let calls = routes.microsoft.calls();
    assert_eq!(calls, [format!("GET {CERTIFICATE}")], "nothing else is called before the answer, and this once");
}

#[tokio::test]
async fn what_is_not_about_a_referral_is_answered_with_200_and_leaves_nothing() {
    let routes = Routes::start(&[]).await;
    for name in ["test-created", "invoice-ready"] {
        let body = json!({ "EventName": name, "ResourceUri": format!("https://x.example/{REFERRAL}") }).to_string();
        assert_eq!(routes.call(routes.event(body.as_bytes())).await.status(), StatusCode::OK, "{name}");
    }
    assert_eq!(routes.arrived().await, []);
}

#[tokio::test]
async fn the_origin_of_a_page_means_nothing_to_an_event_and_no_page_may_read_the_answer() {
    let routes = Routes::start(&[]).await;
    let mut request = routes.event(&body());
    request.headers_mut().insert("origin", HeaderValue::from_static("https://evil.example"));
    let response = routes.call(request).await;
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!response.headers().contains_key("access-control-allow-origin"));
    assert!(response.headers().contains_key("x-request-id"));
    // The sellers' routes are guarded as before.
    let page = request_with_origin(ADMIN);
    assert_eq!(problem(routes.call(page).await).await["code"], "origin.unknown");
}

fn request_with_origin(path: &str) -> Request<Body> {
    request("GET", path, &[("origin", "https://evil.example")])
}

#[tokio::test]
async fn who_is_refused_learns_nothing_and_leaves_nothing() {
    type Change = fn(&mut Request<Body>);
    let cases: [(Change, u16, &str); 6] = [
        (|request| drop(request.headers_mut().remove("x-ms-signature")), 401, "webhook.unauthorized"),
        (|request| drop(request.headers_mut().remove("x-ms-certificate-url")), 400, "webhook.malformed"),
        (|request| drop(request.headers_mut().remove("x-ms-signature-algorithm")), 400, "webhook.malformed"),
        (|request| *request.body_mut() = Body::from("{}"), 401, "webhook.unauthorized"),
        (
            |request| {
                let elsewhere = HeaderValue::from_static("https://evil.example/events.cer");
                request.headers_mut().insert("x-ms-certificate-url", elsewhere);
            },
            400,
            "webhook.malformed",
        ),
        (|request| *request.body_mut() = Body::from("x".repeat(3000)), 413, "request.too-large"),
    ];
    let routes = Routes::start(&[("WEBHOOKS__BODY_LIMIT_BYTES", "2000")]).await;
    let kept = Kept::default();
    let guard = tracing::subscriber::set_default(kept.subscriber(LogFormat::Text));
    for (index, (change, status, code)) in cases.into_iter().enumerate() {
        let mut request = routes.event(&body());
        change(&mut request);
        let response = routes.call(request).await;
        let challenge = response.headers().get("www-authenticate").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(challenge.as_deref(), (status == 401).then_some("Signature"), "{index}");
        let said = problem(response).await;
        assert_eq!((said["status"].as_u64(), said["code"].as_str()), (Some(status.into()), Some(code)), "{index}");
        let text = said.to_string().to_lowercase();
        assert!(["chain", "issuer", "host", "header", "algorithm"].iter().all(|word| !text.contains(word)), "{text}");
    }
    drop(guard);
    let text = kept.text();
    assert_eq!(text.lines().filter(|line| line.contains("WARN")).count(), 6, "each is logged once: {text}");
    assert_eq!(routes.arrived().await, []);
}

#[tokio::test]
async fn an_event_that_cannot_be_kept_is_to_be_sent_again() {
    let routes = Routes::start(&[]).await;
    routes.store.close().await;
    let response = routes.call(routes.event(&body())).await;
    assert_eq!(response.headers()["retry-after"], "30");
    let said = problem(response).await;
    assert_eq!((said["status"].as_u64(), said["code"].as_str()), (Some(503), Some("webhook.unavailable")));
}

#[tokio::test]
async fn a_certificate_that_does_not_come_now_is_no_reason_to_give_the_event_up() {
    let routes = Routes::start(&[("WEBHOOKS__CERTIFICATE_HOSTS", "127.0.0.1:1")]).await;
    let mut request = routes.event(&body());
    request.headers_mut().insert("x-ms-certificate-url", HeaderValue::from_static("https://127.0.0.1:1/events.cer"));
    assert_eq!(problem(routes.call(request).await).await["code"], "webhook.unavailable");
}

#[tokio::test]
async fn while_webhooks_are_off_there_is_nothing_there() {
    let routes = Routes::start(&[("WEBHOOKS__PUBLIC_URL", "")]).await;
    assert_eq!(problem(routes.call(routes.event(&body())).await).await["code"], "route.unknown");
    let (status, said) = routes.admin("GET", ADMIN, "").await;
    assert_eq!((status, said["code"].as_str()), (409, Some("webhooks.off")));
    let routes = Routes::start(&[]).await;
    assert_eq!(problem(routes.call(request("GET", PATH, &[])).await).await["code"], "method.not-allowed");
}

#[tokio::test]
async fn only_an_admin_of_the_org_sees_and_changes_the_registration() {
    let routes = Routes::start(&[]).await;
    let org = "00DQy00000ZZZzzMAH";
    let cases = [
        (json!({ "rec": org, "act": "share" }), "token.action"),
        (json!({ "rec": org, "act": "read" }), "token.action"),
        (json!({ "act": "admin" }), "token.record"),
        (json!({ "rec": "00DQy00000ZZZzY", "act": "admin" }), "token.record"),
        (json!({ "rec": org, "act": "admin", "iss": "00DQy00000ZZZzY" }), "token.issuer"),
    ];
    let test = format!("{ADMIN}/test");
    let outcome = format!("{ADMIN}/test/{REFERRAL}");
    for (method, path) in [("GET", ADMIN), ("POST", ADMIN), ("POST", &test), ("GET", &outcome)] {
        for (claims, code) in &cases {
            let response = routes.call(request(method, path, &[("authorization", &bearer(claims))])).await;
            assert_eq!(problem(response).await["code"], *code, "{method} {path} {claims}");
        }
        assert_eq!(problem(routes.call(request(method, path, &[])).await).await["code"], "token.missing");
    }
    // Who may set the proxy up is no seller by that.
    let claims = json!({ "act": "admin" });
    let response = routes.call(request("GET", &read(), &[("authorization", &bearer(&claims))])).await;
    assert_eq!(problem(response).await["code"], "token.action");
    assert_eq!(routes.microsoft.calls(), Vec::<String>::new());
}

#[tokio::test]
async fn an_admin_registers_takes_over_and_tests() {
    let routes = Routes::start(&[]).await;
    let microsoft = &routes.microsoft;
    let (status, said) = routes.admin("GET", ADMIN, "").await;
    assert_eq!((status, &said["state"], &said["publicUrl"]), (200, &json!("not-registered"), &json!(PUBLIC_URL)));
    assert_eq!(said["checkedAt"], "2026-11-22T14:00:00Z");

    *microsoft.registration.lock().unwrap() = Some(json!({ "webhookUrl": OTHER, "webhookEvents": ["test-created"] }));
    let (status, said) = routes.admin("POST", ADMIN, "").await;
    let told = (status, said["code"].as_str(), said["registeredUrl"].as_str());
    assert_eq!(told, (409, Some("webhooks.other-url"), Some(OTHER)));
    for unread in ["{", "7", r#"{"overwrite":"yes"}"#, r#"{"force":true}"#] {
        assert_eq!(routes.admin("POST", ADMIN, unread).await.1["code"], "request.unreadable", "{unread}");
    }
    // A body whose length nobody announced.
    assert_eq!(routes.admin("POST", ADMIN, &" ".repeat(65_537)).await.1["code"], "request.too-large");
    let (status, said) = routes.admin("POST", ADMIN, r#"{"overwrite":true}"#).await;
    assert_eq!((status, &said["state"], &said["missingEvents"]), (200, &json!("ours"), &json!([])));

    let (tests, id) = ("/webhooks/v1/registration/validationEvents", "04af2aea-d413-42db-824e-f328001484d1");
    microsoft.answer(tests, 200, json!({ "correlationId": id }));
    assert_eq!(routes.admin("POST", "/v1/admin/webhooks/test", "").await, (200, json!({ "correlationId": id })));
    let outcome = format!("{ADMIN}/test/{id}");
    assert_eq!(routes.admin("GET", &outcome, "").await.1["code"], "webhook.test-unknown");
    assert_eq!(routes.admin("GET", "/v1/admin/webhooks/test/x", "").await.1["code"], "webhook.test-unknown");
    microsoft.answer(&format!("{tests}/{id}"), 200, json!({ "status": "completed", "results": [{ "responseCode": "OK" }] }));
    let (status, said) = routes.admin("GET", &outcome, "").await;
    assert_eq!((status, &said["arrived"], &said["over"]), (200, &json!(true), &json!(true)));

    // While Partner Center does not answer, the last that is known is told, with the reason.
    microsoft.answer("/webhooks/v1/registration", 500, json!({}));
    let (status, said) = routes.admin("GET", ADMIN, "").await;
    let told = (status, said["state"].as_str(), said["problem"]["code"].as_str());
    assert_eq!(told, (200, Some("ours"), Some("partner-center.unavailable")));
    microsoft.answer(tests, 429, json!({}));
    assert_eq!(routes.admin("POST", "/v1/admin/webhooks/test", "").await.0, 503);
}
