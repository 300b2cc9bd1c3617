//! The seller API from outside: what passes, what is refused, and how that is said. No upstream answers here.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use cosell_rules::settings::Settings;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::app::App;
use crate::clock::StillClock;
use crate::config::{Config, Environment, LogFormat};
use crate::log::tests::Kept;
use crate::reconciler::{Failure, Undecided, sentence};
use crate::salesforce::SalesforceError;
use crate::store::tests::Directory;
use crate::token::tests::{NOW, ORG, RECORD, claims};

mod attention;
mod events;

const ORIGIN: &str = "https://acme.lightning.force.com";

/// The proxy with everything but somebody to talk to: each upstream address refuses the connection.
struct TestApp {
    router: Router,
    directory: Directory,
}

impl TestApp {
    async fn start() -> Self {
        // Whether a line is wanted is asked when it is first met, on the thread that meets it: without a subscriber everywhere, a
        // test that keeps lines would miss those that another test has met before.
        drop(tracing::subscriber::set_global_default(tracing_subscriber::registry()));
        let directory = Directory::new();
        let certificate = directory.file("org.crt", &ORG.certificate);
        let key = directory.file("integration.key", &ORG.private_key);
        let nobody = "https://127.0.0.1:1";
        let environment: Environment = [
            ("SERVER__ALLOWED_ORIGINS", ORIGIN.to_owned()),
            ("SERVER__BODY_LIMIT_BYTES", "10".to_owned()),
            ("SELLER_TOKEN__CERTIFICATES", certificate),
            ("SALESFORCE__LOGIN_URL", nobody.to_owned()),
            ("SALESFORCE__CONSUMER_KEY", "3MVG9".to_owned()),
            ("SALESFORCE__USERNAME", "integration@partner.example".to_owned()),
            ("SALESFORCE__ORG_ID", "00DQy00000ZZZzz".to_owned()),
            ("SALESFORCE__PRIVATE_KEY__FILE", key),
            ("ENTRA__AUTHORITY_URL", nobody.to_owned()),
            ("ENTRA__TENANT", "partner.example".to_owned()),
            ("ENTRA__CLIENT_ID", "client".to_owned()),
            ("ENTRA__CLIENT_SECRET__VALUE", "secret".to_owned()),
            ("ENTRA__REFRESH_TOKEN__VALUE", "refresh".to_owned()),
            ("PARTNER_CENTER__BASE_URL", nobody.to_owned()),
            ("STORE__PATH", directory.path("store.sqlite")),
            ("STORE__ENCRYPTION_KEY__VALUE", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=".to_owned()),
        ]
        .into_iter()
        .map(|(key, value)| (format!("COSELL_{key}"), value))
        .collect();
        let config = Config::load(None, &environment).unwrap();
        let app = App::build(&config, Arc::new(StillClock::at(NOW))).await.unwrap();
        Self { router: app.into_parts().0, directory }
    }

    async fn call(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }
}

fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut builder = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        builder = builder.header(*name, *value);
    }
    builder.body(Body::empty()).unwrap()
}

async fn problem(response: Response) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert!(response.headers().contains_key("x-request-id"));
    let status = response.status().as_u16();
    let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), 65_536).await.unwrap()).unwrap();
    assert_eq!(body["status"], status);
    assert_eq!(body["type"], format!("urn:cosell:problem:{}", body["code"].as_str().unwrap()));
    assert!(body["title"].is_string() && body["detail"].is_string(), "{body}");
    body
}

fn bearer(changes: &Value) -> String {
    format!("Bearer {}", ORG.sign(&claims(changes)))
}

fn read() -> String {
    format!("/v1/opportunities/{RECORD}")
}

fn share() -> String {
    format!("/v1/opportunities/{RECORD}/reconcile")
}

#[tokio::test]
async fn a_token_that_does_not_fit_is_refused_with_its_code() {
    let app = TestApp::start().await;
    let now = NOW.unix_timestamp();
    let cases = [
        ("GET", read(), bearer(&json!({ "aud": "other" })), 401, "token.audience"),
        ("GET", read(), bearer(&json!({ "iss": "00DQy00000ZZZzY" })), 401, "token.issuer"),
        ("GET", read(), bearer(&json!({ "iat": now - 400, "exp": now - 100 })), 401, "token.expired"),
        ("GET", read(), "Bearer x.y.z".to_owned(), 401, "token.invalid"),
        ("GET", read(), "Basic dTpw".to_owned(), 401, "token.missing"),
        ("GET", read(), "Bearer ".to_owned(), 401, "token.missing"),
        ("GET", read(), bearer(&json!({ "rec": "006Qy00000XyZ12IAF" })), 403, "token.record"),
        ("POST", share(), bearer(&json!({ "act": "read" })), 403, "token.action"),
        ("POST", share(), bearer(&json!({ "rec": "006Qy00000XyZ12IAF" })), 403, "token.record"),
        ("GET", "/v1/opportunities/001Qy00000XyZ12IAF".to_owned(), bearer(&json!({})), 404, "opportunity.not-found"),
        ("GET", "/v1/opportunities/x'--".to_owned(), bearer(&json!({})), 404, "opportunity.not-found"),
    ];
    for (method, path, token, status, code) in cases {
        let response = app.call(request(method, &path, &[("authorization", &token)])).await;
        assert_eq!(response.headers().contains_key("www-authenticate"), status == 401, "{code}");
        let body = problem(response).await;
        assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(status), Some(code)), "{method} {path}");
    }
    let body = problem(app.call(request("GET", &read(), &[])).await).await;
    assert_eq!(body["code"], "token.missing");
    let token = bearer(&json!({}));
    let twice = request("GET", &read(), &[("authorization", &token), ("authorization", &token)]);
    assert_eq!(problem(app.call(twice).await).await["code"], "token.missing");
}

#[tokio::test]
async fn an_accepted_token_leads_as_far_as_salesforce() {
    let app = TestApp::start().await;
    for (method, path) in [("GET", read()), ("GET", "/v1/opportunities/006Qy00000AbCdE".to_owned()), ("POST", share())] {
        let response = app.call(request(method, &path, &[("authorization", &bearer(&json!({})))])).await;
        assert_eq!(response.headers()["retry-after"], "5");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let body = problem(response).await;
        assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(503), Some("salesforce.unavailable")), "{body}");
    }
}

#[tokio::test]
async fn only_exact_origins_may_call() {
    let app = TestApp::start().await;
    let cases: [(&[&str], bool); 10] = [
        (&[], true),
        (&[ORIGIN], true),
        (&["https://acme.lightning.force.com:443"], false),
        (&["https://acme.lightning.force.com."], false),
        (&["https://evil.example"], false),
        (&["https://acme.lightning.force.com.evil.example"], false),
        (&["http://acme.lightning.force.com"], false),
        (&["null"], false),
        (&[ORIGIN, ORIGIN], false),
        (&[ORIGIN, "https://evil.example"], false),
    ];
    for (origins, allowed) in cases {
        for method in ["GET", "OPTIONS"] {
            let mut headers: Vec<(&str, &str)> = origins.iter().map(|origin| ("origin", *origin)).collect();
            headers.push(("access-control-request-method", "POST"));
            let response = app.call(request(method, "/healthz", &headers)).await;
            let readable = response.headers().get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned());
            if allowed {
                assert_eq!(response.status(), StatusCode::OK, "{method} {origins:?}");
                assert_eq!(readable.as_deref(), origins.first().copied(), "{method} {origins:?}");
            } else {
                assert_eq!(readable, None, "{method} {origins:?}");
                let body = problem(response).await;
                assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(403), Some("origin.unknown")), "{origins:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_preflight_says_what_a_page_may_send_and_read() {
    let app = TestApp::start().await;
    let headers =
        [("origin", ORIGIN), ("access-control-request-method", "POST"), ("access-control-request-headers", "authorization")];
    let response = app.call(request("OPTIONS", &share(), &headers)).await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_lowercase();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header("access-control-allow-methods"), "get,post");
    assert_eq!(header("access-control-allow-headers"), "authorization,content-type,accept-language");
    assert_eq!(header("access-control-max-age"), "600");
    assert!(header("vary").contains("origin"));
    assert!(!response.headers().contains_key("access-control-allow-credentials"));
    // Errors can be read by the page too.
    let refused = app.call(request("GET", &read(), &[("origin", ORIGIN)])).await;
    assert_eq!(refused.headers()["access-control-allow-origin"], ORIGIN);
    assert_eq!(refused.headers()["access-control-expose-headers"], "retry-after,x-request-id");
    assert_eq!(problem(refused).await["code"], "token.missing");
}

#[tokio::test]
async fn what_is_not_offered_is_a_problem_too() {
    let app = TestApp::start().await;
    let cases = [
        ("GET", "/v2/opportunities", vec![], 404, "route.unknown"),
        ("DELETE", "/healthz", vec![], 405, "method.not-allowed"),
        ("POST", "/healthz", vec![("content-length", "11")], 413, "request.too-large"),
    ];
    for (method, path, headers, status, code) in cases {
        let body = problem(app.call(request(method, path, &headers)).await).await;
        assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(status), Some(code)), "{method} {path}");
    }
}

fn decide(body: &str, token: &str) -> Request<Body> {
    let path = format!("/v1/opportunities/{RECORD}/decision");
    let request = Request::builder().method("POST").uri(path).header("authorization", token);
    request.body(Body::from(body.to_owned())).unwrap()
}

#[tokio::test]
async fn a_decision_needs_a_token_of_its_own_and_a_body_that_says_it() {
    let app = TestApp::start().await;
    let token = bearer(&json!({ "act": "decide" }));
    let shares = bearer(&json!({}));
    let cases = [
        ("{}", &shares, 403, "token.action"),
        ("", &token, 400, "decision.unreadable"),
        ("{}", &token, 400, "decision.unreadable"),
    ];
    for (body, token, status, code) in cases {
        let answer = problem(app.call(decide(body, token)).await).await;
        assert_eq!((answer["status"].as_u64(), answer["code"].as_str()), (Some(status), Some(code)), "{body}");
    }
}

#[tokio::test]
async fn why_a_deal_cannot_be_decided_is_said_in_the_sellers_language() {
    let refused = |code, detail: &str| Undecided::Refused { code, detail: detail.into() };
    let cases = [
        (refused("decision.answered", "Active / Accepted"), 409, "This referral has been answered already: Active / Accepted."),
        (refused("decision.expired", ""), 409, "This referral has expired: nobody answered in time."),
        (refused("decision.reason", ""), 422, "Choose a reason from the list."),
        (Undecided::Busy, 409, "This deal is being worked on. Try again in a moment."),
    ];
    for (undecided, status, sentence) in cases {
        let busy = matches!(undecided, Undecided::Busy);
        let response = decision::refusal(undecided, "en").into_response();
        assert_eq!(response.headers().contains_key("retry-after"), busy);
        let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), 65_536).await.unwrap()).unwrap();
        assert_eq!((body["status"].as_u64(), body["detail"].as_str()), (Some(status), Some(sentence)));
    }
    for code in ["decision.answered", "decision.expired", "decision.reason", "decision.busy", "decision.not-incoming"] {
        let sentences = ["en", "fr"].map(|locale| sentence(code, "X", locale));
        assert!(sentences.iter().all(|it| it.contains(' ') && !it.contains('{')), "{sentences:?}");
        assert_ne!(sentences[0], sentences[1]);
    }
}

#[tokio::test]
async fn health_and_readiness_need_no_token() {
    let app = TestApp::start().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(app.call(request("GET", path, &[])).await.status(), StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn without_its_store_the_process_lives_and_is_not_ready() {
    let app = TestApp::start().await;
    std::fs::remove_file(app.directory.path("store.sqlite")).unwrap();
    assert_eq!(app.call(request("GET", "/healthz", &[])).await.status(), StatusCode::OK);
    let body = problem(app.call(request("GET", "/readyz", &[])).await).await;
    assert_eq!((body["status"].as_u64(), body["code"].as_str()), (Some(503), Some("store.unavailable")));
}

#[tokio::test]
async fn a_failing_sign_in_is_somebody_elses_turn_and_not_worth_a_retry() {
    let cases = [
        ("en", "The server can’t sign in to Salesforce. Tell your Salesforce administrator; nothing is lost."),
        (
            "fr",
            "Le serveur ne peut pas se connecter à Salesforce. Prévenez votre administrateur Salesforce\u{202f}; rien n’est perdu.",
        ),
    ];
    for (locale, sentence) in cases {
        let failure = Failure::Salesforce(SalesforceError::SignIn { detail: "invalid_grant".to_owned() });
        let response = routes::problem(failure, locale).into_response();
        assert!(!response.headers().contains_key("retry-after"));
        let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), 65_536).await.unwrap()).unwrap();
        let told = (body["status"].as_u64(), body["code"].as_str(), body["detail"].as_str());
        assert_eq!(told, (Some(503), Some("salesforce.sign-in"), Some(sentence)));
    }
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_is_named_and_not_worth_a_retry() {
    let error = Settings::from_pairs([("rules", "relaxed = 7")]).unwrap_err();
    let response = routes::problem(Failure::Salesforce(SalesforceError::Settings(error)), "en").into_response();
    assert!(!response.headers().contains_key("retry-after"));
    let body: Value = serde_json::from_slice(&to_bytes(response.into_body(), 65_536).await.unwrap()).unwrap();
    let told = (body["status"].as_u64(), body["code"].as_str(), body["detail"].as_str());
    assert_eq!(told, (Some(503), Some("settings.unreadable"), Some("relaxed: names a rule that can't give way")));
}

#[tokio::test]
async fn a_failure_is_logged_once_with_its_opportunity_and_probes_are_not() {
    let app = TestApp::start().await;
    let kept = Kept::default();
    let guard = tracing::subscriber::set_default(kept.subscriber(LogFormat::Text));
    for (method, path) in [("GET", read()), ("POST", share())] {
        app.call(request(method, &path, &[("authorization", &bearer(&json!({})))])).await;
    }
    app.call(request("GET", "/healthz", &[])).await;
    app.call(request("GET", "/readyz", &[])).await;
    app.call(request("GET", &read(), &[("authorization", "Bearer x.y.z")])).await;
    drop(guard);
    let text = kept.text();
    let warnings: Vec<&str> = text.lines().filter(|line| line.contains("WARN")).collect();
    assert_eq!(warnings.len(), 2, "{text}");
    assert!(warnings.iter().all(|line| line.contains(&format!("run{{opportunity={RECORD}}}"))), "{text}");
    assert!(!text.contains("healthz") && !text.contains("readyz"), "{text}");
    assert!(text.contains("it is malformed"), "{text}");
}
