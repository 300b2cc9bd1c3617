//! Entra ID: the token endpoint of the v1 platform, `POST /{tenant}/oauth2/token`, for the one grant that Partner
//! Center's Secure Application Model leaves to a server: `refresh_token` (Microsoft Learn, "Enable the secure
//! application model"). It knows audiences and secrets, and nothing of what its tokens are good for.

mod errors;
mod tokens;

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use time::Duration;

use crate::clock::Clock;
use crate::locked::Locked;
use errors::TokenError;
use tokens::Tokens;

/// Audience of the Referrals API.
pub(crate) const REFERRALS_AUDIENCE: &str = "https://api.partner.microsoft.com";
/// Audience of the webhooks API: another host, another token.
pub(crate) const WEBHOOKS_AUDIENCE: &str = "https://api.partnercenter.microsoft.com";
/// Life of an access token.
const LIFETIME: Duration = Duration::seconds(3599);

/// What the one registered application is known by.
#[derive(Clone, Debug)]
pub(crate) struct Credentials {
    /// The partner's tenant, a GUID.
    pub(crate) tenant: String,
    /// The application, a GUID.
    pub(crate) client_id: String,
    /// The application's secret.
    pub(crate) client_secret: String,
    /// What the interactive consent of the Referrals admin left behind.
    pub(crate) refresh_token: String,
}

/// The token endpoint.
pub(crate) struct Entra {
    credentials: Credentials,
    clock: Clock,
    tokens: Locked<Tokens>,
}

impl Entra {
    /// An endpoint with new random credentials.
    pub(crate) fn new(clock: Clock) -> Self {
        let credentials = Credentials {
            tenant: uuid::Uuid::new_v4().to_string(),
            client_id: uuid::Uuid::new_v4().to_string(),
            client_secret: tokens::random(),
            refresh_token: tokens::random(),
        };
        let tokens = Locked::new(Tokens::new(&credentials.refresh_token));
        Self { credentials, clock, tokens }
    }

    /// What the proxy needs to know to sign in.
    pub(crate) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Whether this access token is one of ours, for that audience, and still alive.
    pub(crate) fn accepts(&self, access_token: &str, audience: &str) -> bool {
        self.tokens.lock().accepts(access_token, audience, self.clock.now())
    }

    /// Whether each answer brings a new refresh token and ends the one that was used. Entra lets the old one live on;
    /// here it ends, so that a client which forgets to keep the new one is found out.
    pub(crate) fn rotate(&self, on: bool) {
        self.tokens.lock().rotate = on;
    }

    /// The access tokens and the refresh tokens that were given out and not ended.
    pub(crate) fn live_tokens(&self) -> (Vec<String>, Vec<String>) {
        self.tokens.lock().live()
    }

    /// Ends every access token given out.
    pub(crate) fn expire_access_tokens(&self) {
        self.tokens.lock().expire_access_tokens();
    }

    /// Ends every refresh token, as a changed password or a revoked consent does.
    pub(crate) fn revoke_refresh_tokens(&self) {
        self.tokens.lock().revoke_refresh_tokens();
    }

    /// Switches as at the start, and the first refresh token good again. What was given out stays good: it is in the
    /// hands of a running proxy, and no part of the data.
    pub(crate) fn reset(&self) {
        let mut tokens = self.tokens.lock();
        tokens.rotate = false;
        tokens.allow_refresh(&self.credentials.refresh_token);
    }

    /// An access token without the detour over the endpoint.
    #[cfg(test)]
    pub(crate) fn access_token_for_tests(&self, audience: &str) -> String {
        self.tokens.lock().new_access(audience, self.clock.now() + LIFETIME)
    }

    fn grant(&self, tenant: &str, form: &HashMap<String, String>) -> Result<Value, TokenError> {
        let known = &self.credentials;
        if !tenant.eq_ignore_ascii_case(&known.tenant) {
            return Err(TokenError::tenant(tenant));
        }
        let grant = required(form, "grant_type")?;
        let client = required(form, "client_id")?;
        if !client.eq_ignore_ascii_case(&known.client_id) {
            return Err(TokenError::client(client, tenant));
        }
        if grant != "refresh_token" {
            return Err(TokenError::grant(grant));
        }
        let secret = form.get("client_secret").ok_or_else(TokenError::no_secret)?;
        if *secret != known.client_secret {
            return Err(TokenError::secret(client));
        }
        let refresh = required(form, "refresh_token")?;
        let resource = required(form, "resource")?;
        if ![REFERRALS_AUDIENCE, WEBHOOKS_AUDIENCE].contains(&resource) {
            return Err(TokenError::resource(resource, tenant));
        }
        self.answer(refresh, resource)
    }

    fn answer(&self, refresh: &str, resource: &str) -> Result<Value, TokenError> {
        let now = self.clock.now();
        let expires = now + LIFETIME;
        let mut tokens = self.tokens.lock();
        if !tokens.knows_refresh(refresh) {
            return Err(TokenError::refresh());
        }
        let mut answer = json!({
            "token_type": "Bearer",
            "scope": "user_impersonation",
            // The v1 endpoint writes its numbers as strings.
            "expires_in": LIFETIME.whole_seconds().to_string(),
            "ext_expires_in": LIFETIME.whole_seconds().to_string(),
            "not_before": now.unix_timestamp().to_string(),
            "expires_on": expires.unix_timestamp().to_string(),
            "resource": resource,
            "access_token": tokens.new_access(resource, expires),
        });
        if let Some(next) = tokens.rotated(refresh)
            && let Some(answer) = answer.as_object_mut()
        {
            answer.insert("refresh_token".to_owned(), Value::String(next));
        }
        Ok(answer)
    }
}

/// Serves the token endpoint.
pub(crate) fn router(entra: Arc<Entra>) -> Router {
    Router::new().route("/{tenant}/oauth2/token", post(token)).with_state(entra)
}

async fn token(State(entra): State<Arc<Entra>>, Path(tenant): Path<String>, headers: HeaderMap, body: String) -> Response {
    let correlation = headers
        .get("client-request-id")
        .and_then(|value| value.to_str().ok())
        .map_or_else(|| uuid::Uuid::new_v4().to_string(), str::to_owned);
    let form: HashMap<String, String> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    let mut response = match entra.grant(&tenant, &form) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => error.response(&correlation, entra.clock.now()),
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store, no-cache"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    if let Ok(id) = HeaderValue::try_from(uuid::Uuid::new_v4().to_string()) {
        headers.insert(HeaderName::from_static("x-ms-request-id"), id);
    }
    response
}

fn required<'a>(form: &'a HashMap<String, String>, name: &'static str) -> Result<&'a str, TokenError> {
    form.get(name).map(String::as_str).filter(|value| !value.is_empty()).ok_or_else(|| TokenError::parameter(name))
}

#[cfg(test)]
mod tests;
