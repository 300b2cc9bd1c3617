//! The token endpoint: the JWT bearer flow (RFC 7523, as Salesforce Help documents it), checks and error texts.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Org;
use super::store;

/// An assertion may expire this many seconds from now at most.
const LONGEST_LIFE: i64 = 180;
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// `error` and `error_description` of a refusal.
struct Refusal(&'static str, &'static str);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.0, "error_description": self.1 });
        (StatusCode::BAD_REQUEST, axum::Json(body)).into_response()
    }
}

/// `POST /services/oauth2/token`
pub(super) async fn token(Shared(org): Shared<Arc<Org>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let form: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    if field("grant_type") != JWT_BEARER {
        return Refusal("unsupported_grant_type", "grant type not supported").into_response();
    }
    let user = match integration_user(&org, field("assertion")) {
        Ok(user) => user,
        Err(refusal) => return refusal.into_response(),
    };
    let organization = org.org_id();
    let access_token = org.lock().open_session(&organization, &user, true);
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or(uri.host()).unwrap_or("localhost");
    axum::Json(json!({
        "access_token": access_token,
        "scope": "api",
        "instance_url": format!("{}://{host}", uri.scheme_str().unwrap_or("https")),
        "id": format!("{}/id/{organization}/{user}", org.options.audience),
        "token_type": "Bearer"
    }))
    .into_response()
}

/// The id of the user an assertion speaks for. The client is looked up before the signature can be checked, and the
/// signature before any claim is believed.
fn integration_user(org: &Org, assertion: &str) -> Result<String, Refusal> {
    const INVALID: Refusal = Refusal("invalid_grant", "invalid assertion");
    let unverified = read(assertion, None).ok_or(INVALID)?;
    let text = |claims: &Value, name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    if text(&unverified, "iss").as_deref() != Some(org.options.consumer_key.as_str()) {
        return Err(Refusal("invalid_client_id", "client identifier invalid"));
    }
    let claims = read(assertion, Some(&org.integration_key)).ok_or(INVALID)?;
    if text(&claims, "aud").as_deref() != Some(org.options.audience.as_str()) {
        return Err(Refusal("invalid_grant", "audience is invalid"));
    }
    let now = org.now().unix_timestamp();
    let expiry = claims.get("exp").and_then(Value::as_i64).ok_or(INVALID)?;
    if expiry <= now {
        return Err(Refusal("invalid_grant", "assertion expired"));
    }
    if expiry > now + LONGEST_LIFE {
        return Err(INVALID);
    }
    // `prn` is the name that `sub` had in Salesforce's first version of the flow.
    let name = text(&claims, "sub").or_else(|| text(&claims, "prn")).unwrap_or_default();
    if name != org.options.username {
        return Err(Refusal("invalid_grant", "user hasn't approved this consumer"));
    }
    let mut state = org.lock();
    if let Some(id) = text(&claims, "jti")
        && !state.used_assertions.insert(id)
    {
        return Err(INVALID);
    }
    state
        .store
        .rows_named("User")
        .find(|row| store::text(row, "Username") == name)
        .map(|row| store::text(row, "Id").to_owned())
        .ok_or(Refusal("invalid_grant", "user hasn't approved this consumer"))
}

/// The claims of an RS256 token; without a key they are read and not verified. Times are checked by the caller, whose
/// clock is the org's.
fn read(assertion: &str, key: Option<&DecodingKey>) -> Option<Value> {
    let Some(key) = key else {
        return jsonwebtoken::dangerous::insecure_decode::<Value>(assertion).ok().map(|data| data.claims);
    };
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    jsonwebtoken::decode::<Value>(assertion, key, &validation).ok().map(|data| data.claims)
}
