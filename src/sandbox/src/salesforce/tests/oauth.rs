//! The JWT bearer flow: what is let in and what each wrong assertion is told.

use serde_json::{Value, json};
use time::Duration;

use super::{AUDIENCE, Answer, Bench, DATA, USERNAME, bench, form, keys, signed};
use crate::clock::test::START;

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The claims of a good assertion with some of them replaced.
fn claims(changes: &Value) -> Value {
    let mut claims = json!({
        "iss": "the-consumer-key", "sub": USERNAME, "aud": AUDIENCE, "exp": START.unix_timestamp() + 120
    });
    for (name, value) in changes.as_object().into_iter().flatten() {
        claims[name] = value.clone();
    }
    claims
}

async fn ask(bench: &Bench, assertion: &str) -> Answer {
    let body = form(&[("grant_type", JWT_BEARER), ("assertion", assertion)]);
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("authorization", "")];
    bench.send("POST", "/services/oauth2/token", &headers, Some(Value::String(body))).await
}

#[tokio::test]
async fn a_good_assertion_gives_a_token_that_opens_the_api() {
    let bench = bench();
    let answer = ask(&bench, &signed(&claims(&json!({})), &keys().integration.key_pem)).await;
    assert_eq!(answer.status, 200);
    let user = bench.id("User", "Username", USERNAME);
    assert_eq!(answer.body["instance_url"], "https://org.example:8443");
    assert_eq!(answer.body["id"], format!("{AUDIENCE}/id/{}/{user}", bench.org.org_id()));
    assert_eq!((&answer.body["token_type"], &answer.body["scope"]), (&json!("Bearer"), &json!("api")));
    assert!(answer.body.get("expires_in").is_none());

    let header = format!("Bearer {}", answer.body["access_token"].as_str().expect("a token"));
    let call = bench.send("GET", &format!("{DATA}/sobjects"), &[("authorization", &header)], None).await;
    assert_eq!(call.status, 200);
}

#[tokio::test]
async fn an_ended_session_is_told_so_and_a_new_token_works_while_the_browser_stays_in() {
    let bench = bench();
    let assertion = signed(&claims(&json!({})), &keys().integration.key_pem);
    let old = ask(&bench, &assertion).await.body["access_token"].as_str().expect("a token").to_owned();
    bench.org.expire_sessions();
    let new = ask(&bench, &assertion).await.body["access_token"].as_str().expect("a token").to_owned();
    for (token, status) in [(old, 401), (new, 200), (bench.session.clone(), 200)] {
        let header = format!("Bearer {token}");
        let call = bench.send("GET", &format!("{DATA}/limits"), &[("authorization", &header)], None).await;
        assert_eq!(call.status, status);
    }
}

#[tokio::test]
async fn each_wrong_assertion_is_told_what_is_wrong() {
    let soon = START.unix_timestamp();
    for (changes, error, description) in [
        (json!({ "iss": "other" }), "invalid_client_id", "client identifier invalid"),
        (json!({ "aud": "https://test.salesforce.com" }), "invalid_grant", "audience is invalid"),
        (json!({ "sub": "nobody@cosell.example" }), "invalid_grant", "user hasn't approved this consumer"),
        (json!({ "exp": soon - 1 }), "invalid_grant", "assertion expired"),
        (json!({ "exp": soon + 600 }), "invalid_grant", "invalid assertion"),
        (json!({ "exp": null }), "invalid_grant", "invalid assertion"),
    ] {
        let answer = ask(&bench(), &signed(&claims(&changes), &keys().integration.key_pem)).await;
        assert_eq!(answer.status, 400, "{changes}");
        assert_eq!(answer.body, json!({ "error": error, "error_description": description }), "{changes}");
    }
}

#[tokio::test]
async fn a_signature_of_another_key_or_algorithm_is_refused() {
    let bench = bench();
    let other = signed(&claims(&json!({})), &keys().org.key_pem);
    let secret = jsonwebtoken::EncodingKey::from_secret(b"guess");
    let hmac = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims(&json!({})), &secret).expect("a token");
    for assertion in [other.as_str(), hmac.as_str(), "", "a.b.c"] {
        let answer = ask(&bench, assertion).await;
        assert_eq!((answer.status, &answer.body["error_description"]), (400, &json!("invalid assertion")), "{assertion}");
    }
}

#[tokio::test]
async fn a_jti_is_good_for_one_token() {
    let bench = bench();
    let assertion = signed(&claims(&json!({ "jti": "once" })), &keys().integration.key_pem);
    assert_eq!(ask(&bench, &assertion).await.status, 200);
    assert_eq!(ask(&bench, &assertion).await.status, 400);
    let other = signed(&claims(&json!({ "jti": "twice" })), &keys().integration.key_pem);
    assert_eq!(ask(&bench, &other).await.status, 200);
}

#[tokio::test]
async fn an_assertion_outlives_its_time_by_nothing() {
    let bench = bench();
    bench.advance(Duration::seconds(120));
    let answer = ask(&bench, &signed(&claims(&json!({})), &keys().integration.key_pem)).await;
    assert_eq!(answer.body["error_description"], "assertion expired");
}

#[tokio::test]
async fn other_grants_are_not_supported() {
    let body = form(&[("grant_type", "password"), ("username", USERNAME)]);
    let answer = bench().send("POST", "/services/oauth2/token", &[], Some(Value::String(body))).await;
    assert_eq!((answer.status, &answer.body["error"]), (400, &json!("unsupported_grant_type")));
}
