//! The org, driven over its router as a client drives it.

mod address;
mod apex;
mod composite;
mod features;
mod feed;
mod inbound;
mod late;
mod leads;
mod notes;
mod oauth;
mod package;
mod query;
mod refusals;
mod replication;
mod rows;
mod rules;
mod setup;
mod ui_api;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request};
use serde_json::{Map, Value, json};
use time::Duration;
use tower::ServiceExt;

use super::{Org, OrgOptions, router};
use crate::clock::test::ticking;
use crate::keys::Keys;

pub(super) const DATA: &str = "/services/data/v66.0";
pub(super) const AUDIENCE: &str = "https://login.salesforce.com";
pub(super) const USERNAME: &str = "integration@cosell.example";

/// One set of keys for all tests: searching for RSA keys takes a while.
pub(super) fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| Keys::generate().expect("keys"))
}

fn options() -> OrgOptions {
    OrgOptions {
        consumer_key: "the-consumer-key".to_owned(),
        username: USERNAME.to_owned(),
        audience: AUDIENCE.to_owned(),
        integration_certificate_pem: keys().integration.certificate_pem.clone(),
        signing_key_pem: keys().org.key_pem.clone(),
        ..OrgOptions::default()
    }
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Answer {
    /// The code of a REST error.
    pub(super) fn code(&self) -> &str {
        self.body[0]["errorCode"].as_str().unwrap_or_default()
    }
}

/// An org, its router and a session of the seller.
pub(super) struct Bench {
    pub(super) org: Arc<Org>,
    pub(super) router: Router,
    pub(super) session: String,
    advance: Box<dyn Fn(Duration)>,
}

pub(super) fn bench() -> Bench {
    bench_with(|_| {})
}

pub(super) fn bench_with(adjust: impl FnOnce(&mut OrgOptions)) -> Bench {
    let (clock, advance) = ticking();
    let mut options = options();
    adjust(&mut options);
    let org = Arc::new(Org::with(options, include_str!("org.json").to_owned(), clock).expect("an org"));
    let session = org.browser_session();
    Bench { router: router(Arc::clone(&org)), org, session, advance: Box::new(advance) }
}

impl Bench {
    pub(super) fn advance(&self, by: Duration) {
        (self.advance)(by);
    }

    /// A session of the user with this user name.
    pub(super) fn session_of(&self, username: &str) -> String {
        let id = self.id("User", "Username", username);
        self.org.lock().open_session(&self.org.org_id(), &id, false)
    }

    /// The id of the record whose field holds this text.
    pub(super) fn id(&self, object: &str, field: &str, text: &str) -> String {
        let state = self.org.lock();
        let mut rows = state.store.rows_named(object);
        let row = rows.find(|row| row.get(field).and_then(Value::as_str) == Some(text));
        row.unwrap_or_else(|| panic!("no {object} with {field} {text}"))["Id"].as_str().expect("an id").to_owned()
    }

    pub(super) fn opportunity(&self) -> String {
        self.id("Opportunity", "Name", "Warehouse")
    }

    pub(super) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "org.example:8443");
        if !headers.iter().any(|(name, _)| *name == "authorization" || *name == "cookie") {
            request = request.header("authorization", format!("Bearer {}", self.session));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |body| match body {
            Value::String(raw) => Body::from(raw),
            json => Body::from(json.to_string()),
        });
        let response = self.router.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send("GET", &format!("{DATA}{path}"), &[], None).await
    }

    pub(super) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", &format!("{DATA}{path}"), &[], Some(body)).await
    }

    pub(super) async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send("PATCH", &format!("{DATA}{path}"), &[], Some(body)).await
    }

    pub(super) async fn delete(&self, path: &str) -> Answer {
        self.send("DELETE", &format!("{DATA}{path}"), &[], None).await
    }

    pub(super) async fn query(&self, soql: &str) -> Answer {
        self.get(&format!("/query?{}", form(&[("q", soql)]))).await
    }

    /// The records of a query that must work.
    pub(super) async fn records(&self, soql: &str) -> Vec<Value> {
        let answer = self.query(soql).await;
        assert_eq!(answer.status, 200, "{soql}: {}", answer.body);
        answer.body["records"].as_array().cloned().unwrap_or_default()
    }
}

/// A step of a composite call.
pub(super) fn step(reference: &str, method: &str, url: &str, body: Option<Value>) -> Value {
    let mut step = json!({ "referenceId": reference, "method": method, "url": format!("{DATA}{url}") });
    if let Some(body) = body {
        step["body"] = body;
    }
    step
}

/// The 15 characters of an id without its checksum.
pub(super) fn short(id: &str) -> &str {
    id.get(..15).expect("an id")
}

pub(super) fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// An RS256 token signed with a key in PEM.
pub(super) fn signed(claims: &Value, key_pem: &str) -> String {
    let key = jsonwebtoken::EncodingKey::from_rsa_pem(key_pem.as_bytes()).expect("a key");
    let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::RS256);
    jsonwebtoken::encode(&header, claims, &key).expect("a token")
}

#[tokio::test]
async fn the_versions_need_no_session_and_everything_else_does() {
    let bench = bench();
    let versions = bench.send("GET", "/services/data/", &[("authorization", "Bearer nobody")], None).await;
    assert_eq!(versions.status, 200);
    let known = versions.body.as_array().expect("a list").iter().find(|one| one["version"] == "62.0");
    assert_eq!(known, Some(&json!({ "label": "Winter '25", "url": "/services/data/v62.0", "version": "62.0" })));

    for headers in [[("authorization", "Bearer nobody")], [("cookie", "sid=nobody")]] {
        let refused = bench.send("GET", &format!("{DATA}/limits"), &headers, None).await;
        assert_eq!(refused.status, 401);
        assert_eq!(refused.body, json!([{ "message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID" }]));
    }
    let malformed = bench.send("GET", &format!("{DATA}/limits"), &[("authorization", "Basic abc")], None).await;
    assert_eq!((malformed.status, malformed.code()), (401, "INVALID_AUTH_HEADER"));
}

#[tokio::test]
async fn the_cookie_of_the_browser_is_a_session_too_and_every_answer_says_how_many_calls_were_made() {
    let bench = bench();
    let cookie = format!("theme=dark; sid={}", bench.session);
    let first = bench.send("GET", &format!("{DATA}/limits"), &[("cookie", &cookie)], None).await;
    assert_eq!(first.status, 200);
    assert_eq!(first.headers["sforce-limit-info"], "api-usage=1/100000");
    let second = bench.get("/sobjects/Nothing").await;
    assert_eq!((second.status, second.code()), (404, "NOT_FOUND"));
    assert_eq!(second.headers["sforce-limit-info"], "api-usage=2/100000");
}

#[tokio::test]
async fn a_version_that_is_retired_is_gone_and_one_that_is_to_come_does_not_exist() {
    let bench = bench();
    let retired = bench.send("GET", "/services/data/v30.0/limits", &[], None).await;
    assert_eq!((retired.status, retired.code()), (410, "UNSUPPORTED_API_VERSION"));
    let future = bench.send("GET", "/services/data/v99.0/limits", &[], None).await;
    assert_eq!(future.status, 404);
}

#[test]
fn the_sample_data_of_the_sandbox_fits_the_org() {
    let (clock, _) = ticking();
    Org::with(options(), super::seed::SAMPLE.to_owned(), clock).expect("an org");
}

#[test]
fn sample_data_that_does_not_fit_says_which_record_is_wrong() {
    let (clock, _) = ticking();
    let data = json!({ "organization": { "Name": "X" }, "users": [], "accounts": [{ "key": "a1", "Nmae": "X" }] });
    let error = Org::with(options(), data.to_string(), clock).err().expect("an error");
    let said = "sample data: Account a1: INVALID_FIELD: No such column 'Nmae' on sobject of type Account";
    assert_eq!(error.to_string(), said);
}

#[tokio::test]
async fn a_reset_brings_data_and_features_back_and_keeps_the_proxy_and_the_sessions() {
    let bench = bench();
    let settings: Map<String, Value> = [("Proxy_Url__c", "http://127.0.0.1:4711"), ("Default_Currency__c", "SEK")]
        .map(|(name, value)| (name.to_owned(), value.into()))
        .into_iter()
        .collect();
    bench.org.merge_settings(settings).expect("settings");
    assert_eq!(bench.org.trusted_sites(), ["http://127.0.0.1:4711"]);
    bench.org.set_features(super::Features { teams: false, ..bench.org.features() });
    let id = bench.opportunity();
    bench.patch(&format!("/sobjects/Opportunity/{id}"), json!({ "Name": "Other" })).await;

    bench.org.reset().expect("a reset");

    assert_eq!(bench.opportunity(), id);
    assert!(bench.org.features().teams);
    let rows =
        bench.records("SELECT Proxy_Url__c, Default_Currency__c FROM Cosell_Setting__mdt WHERE DeveloperName = 'Default'").await;
    assert_eq!((&rows[0]["Proxy_Url__c"], &rows[0]["Default_Currency__c"]), (&json!("http://127.0.0.1:4711"), &json!("EUR")));
}

#[test]
fn a_setting_the_type_does_not_have_is_refused_by_name() {
    let wrong: Map<String, Value> = [("Proxy__c".to_owned(), Value::Null)].into_iter().collect();
    let said = bench().org.merge_settings(wrong).expect_err("an error");
    assert_eq!(said, "No such column 'Proxy__c' on sobject of type Cosell_Setting__mdt");
}
