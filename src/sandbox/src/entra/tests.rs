//! The token endpoint, through its router.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::Value;
use time::Duration;
use tower::ServiceExt;

use super::{Entra, REFERRALS_AUDIENCE, WEBHOOKS_AUDIENCE, router};
use crate::clock::test::ticking;

struct Bench {
    entra: Arc<Entra>,
}

impl Bench {
    fn new() -> (Self, impl Fn(Duration)) {
        let (clock, advance) = ticking();
        (Self { entra: Arc::new(Entra::new(clock)) }, advance)
    }

    /// A good request, with some of its parameters changed; an empty value leaves one out.
    async fn ask(&self, changes: &[(&str, &str)]) -> (u16, Value) {
        let known = self.entra.credentials();
        let mut tenant = known.tenant.as_str();
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("resource", REFERRALS_AUDIENCE),
            ("client_id", &known.client_id),
            ("client_secret", &known.client_secret),
            ("refresh_token", &known.refresh_token),
            ("scope", "openid"),
        ];
        for (name, value) in changes {
            if *name == "tenant" {
                tenant = value;
            }
            form.retain(|(known, _)| known != name);
            form.push((name, value));
        }
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form.iter().filter(|(_, value)| !value.is_empty()))
            .finish();
        let request = Request::post(format!("/{tenant}/oauth2/token"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        let response = router(Arc::clone(&self.entra)).oneshot(request).await.expect("an answer");
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 10_000).await.expect("a body");
        (status, serde_json::from_slice(&body).expect("JSON"))
    }

    async fn access_token(&self, resource: &str) -> String {
        let (status, answer) = self.ask(&[("resource", resource)]).await;
        assert_eq!(status, 200, "{answer}");
        answer["access_token"].as_str().expect("a token").to_owned()
    }
}

#[tokio::test]
async fn the_answer_writes_its_numbers_as_strings_and_brings_no_refresh_token() {
    let (bench, _) = Bench::new();
    let (status, answer) = bench.ask(&[]).await;
    assert_eq!(status, 200);
    assert_eq!(answer["token_type"], "Bearer");
    assert_eq!(answer["expires_in"], "3599");
    assert_eq!(answer["resource"], REFERRALS_AUDIENCE);
    assert!(answer["expires_on"].is_string() && answer["not_before"].is_string());
    assert!(answer.get("refresh_token").is_none());
}

#[tokio::test]
async fn a_token_for_one_audience_is_no_token_for_the_other() {
    let (bench, _) = Bench::new();
    let referrals = bench.access_token(REFERRALS_AUDIENCE).await;
    let webhooks = bench.access_token(WEBHOOKS_AUDIENCE).await;
    assert_ne!(referrals, webhooks);
    assert!(bench.entra.accepts(&referrals, REFERRALS_AUDIENCE));
    assert!(!bench.entra.accepts(&referrals, WEBHOOKS_AUDIENCE));
    assert!(!bench.entra.accepts(&webhooks, REFERRALS_AUDIENCE));
}

#[tokio::test]
async fn a_token_ends_by_its_clock_or_on_demand() {
    let (bench, advance) = Bench::new();
    let token = bench.access_token(REFERRALS_AUDIENCE).await;
    advance(Duration::seconds(3600));
    assert!(!bench.entra.accepts(&token, REFERRALS_AUDIENCE));

    let token = bench.access_token(REFERRALS_AUDIENCE).await;
    bench.entra.expire_access_tokens();
    assert!(!bench.entra.accepts(&token, REFERRALS_AUDIENCE));
}

#[tokio::test]
async fn each_mistake_is_named_in_entras_words() {
    let cases = [
        (("tenant", "common"), 400, "invalid_request", 90_002),
        (("grant_type", ""), 400, "invalid_request", 900_144),
        (("grant_type", "password"), 400, "unsupported_grant_type", 70_003),
        (("client_id", "someone"), 400, "unauthorized_client", 700_016),
        (("client_secret", ""), 401, "invalid_client", 7_000_218),
        (("client_secret", "guess"), 401, "invalid_client", 7_000_215),
        (("refresh_token", ""), 400, "invalid_request", 900_144),
        (("refresh_token", "old"), 400, "invalid_grant", 70_000),
        (("resource", ""), 400, "invalid_request", 900_144),
        (("resource", "https://graph.example"), 400, "invalid_resource", 500_011),
    ];
    let (bench, _) = Bench::new();
    for (change, status, error, number) in cases {
        let (answered, body) = bench.ask(&[change]).await;
        assert_eq!((answered, body["error"].as_str()), (status, Some(error)), "{change:?}");
        assert_eq!(body["error_codes"][0], number, "{change:?}");
        let description = body["error_description"].as_str().expect("a description");
        assert!(description.starts_with(&format!("AADSTS{number}: ")), "{description}");
        assert!(body["correlation_id"].is_string());
    }
}

#[tokio::test]
async fn rotation_ends_the_used_token_until_a_reset() {
    let (bench, _) = Bench::new();
    bench.entra.rotate(true);
    let (_, answer) = bench.ask(&[]).await;
    let next = answer["refresh_token"].as_str().expect("a new refresh token").to_owned();
    assert_eq!(bench.ask(&[]).await.0, 400, "the first one is spent");
    let (status, answer) = bench.ask(&[("refresh_token", &next)]).await;
    assert_eq!(status, 200);
    let latest = answer["refresh_token"].as_str().expect("a newer one").to_owned();

    bench.entra.reset();
    assert_eq!(bench.ask(&[]).await.0, 200);
    let (status, answer) = bench.ask(&[("refresh_token", &latest)]).await;
    assert_eq!((status, answer.get("refresh_token")), (200, None));
}

#[tokio::test]
async fn a_revoked_consent_ends_every_refresh_token() {
    let (bench, _) = Bench::new();
    bench.entra.revoke_refresh_tokens();
    let (status, body) = bench.ask(&[]).await;
    assert_eq!((status, body["error"].as_str()), (400, Some("invalid_grant")));
}
