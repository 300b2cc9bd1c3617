//! Microsoft Entra ID: access tokens for Partner Center by the refresh token of a service account (Microsoft Learn, "Enable
//! the secure application model"). It must not know what the tokens are used for.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use time::OffsetDateTime;
use tokio::sync::Mutex;
use url::Url;

use crate::clock::Clock;
use crate::config::{self, ConfigError, https_url};
use crate::http_date;
use crate::net::{Answer, CallError, Http};
use crate::store::crypto::Cipher;
use crate::store::{KeptSecret, Store, StoreError, crypto, guest};

/// How long before its end a token is no longer used, so that a call does not arrive with a dead one.
const MARGIN: Duration = Duration::from_mins(2);
const ANSWER_LIMIT: usize = 256 * 1024;
/// Name under which the store keeps the newest refresh token.
const SECRET: &str = "entra.refresh_token";

/// Why there is no access token.
#[derive(Debug, thiserror::Error)]
pub enum EntraError {
    /// May work later.
    #[error("Entra ID is not available: {detail}")]
    Retry {
        /// How long to wait at least, where Entra said so.
        after: Option<Duration>,
        /// For the log.
        detail: String,
    },
    /// A person has to sign in again, or an admin to mend the app registration.
    #[error("Entra ID does not accept the proxy's sign-in: {detail}")]
    SignIn {
        /// For the log and the admin.
        detail: String,
    },
    /// The newest refresh token could not be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An access token for one resource.
#[derive(Debug)]
pub struct AccessToken {
    token: SecretString,
    obtained: OffsetDateTime,
    expires: OffsetDateTime,
}

impl AccessToken {
    /// The token itself, for the `Authorization` header.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.token.expose_secret()
    }
}

/// Where the newest refresh token is.
enum Memory {
    /// In our store, which takes newer ones.
    Store(Store),
    /// Read from the store of a proxy that runs. A newer one is forgotten: it does not end the older one's time.
    Borrowed(Option<KeptSecret>),
}

/// Hands out access tokens, one request to Entra at a time.
pub struct Entra {
    http: Http,
    clock: Arc<dyn Clock>,
    memory: Memory,
    token_endpoint: Url,
    tenant: String,
    client_id: String,
    client_secret: config::Secret,
    seed: config::Secret,
    // One lock for all resources: a grant may replace the refresh token that the next one needs.
    tokens: Mutex<HashMap<String, Arc<AccessToken>>>,
}

impl std::fmt::Debug for Entra {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Entra").field("token_endpoint", &self.token_endpoint.as_str()).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    expires_in: serde_json::Value,
    refresh_token: Option<SecretString>,
}

#[derive(Deserialize)]
struct Refused {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl Entra {
    /// Prepares the client; nothing is called yet.
    pub fn new(config: &config::Entra, http: Http, clock: Arc<dyn Clock>, store: Store) -> Result<Self, ConfigError> {
        Self::with(config, http, clock, Memory::Store(store))
    }

    /// The same beside a proxy that runs and holds the store: for one command, which keeps nothing.
    pub async fn beside(
        config: &config::Entra,
        http: Http,
        clock: Arc<dyn Clock>,
        store: &Path,
        cipher: &Cipher,
    ) -> Result<Self, EntraError> {
        let kept = guest::secret(store, cipher, SECRET).await?;
        Self::with(config, http, clock, Memory::Borrowed(kept)).map_err(|error| EntraError::SignIn { detail: error.to_string() })
    }

    fn with(config: &config::Entra, http: Http, clock: Arc<dyn Clock>, memory: Memory) -> Result<Self, ConfigError> {
        let mut token_endpoint = https_url("entra.authority_url", &config.authority_url)?;
        token_endpoint
            .path_segments_mut()
            .map_err(|()| ConfigError::invalid("entra.authority_url", "it cannot have a path"))?
            .pop_if_empty()
            .extend([config.tenant.as_str(), "oauth2", "token"]);
        Ok(Self {
            http,
            clock,
            memory,
            token_endpoint,
            tenant: config.tenant.clone(),
            client_id: config.client_id.clone(),
            client_secret: config.client_secret.clone(),
            seed: config.refresh_token.clone(),
            tokens: Mutex::new(HashMap::new()),
        })
    }

    /// A token for `resource`. `stale` is one that the resource did not accept although its time is not over.
    pub async fn token(&self, resource: &str, stale: Option<&Arc<AccessToken>>) -> Result<Arc<AccessToken>, EntraError> {
        let mut tokens = self.tokens.lock().await;
        if let Some(token) = tokens.get(resource) {
            let refused = stale.is_some_and(|stale| Arc::ptr_eq(stale, token));
            if !refused && token.expires - MARGIN > self.clock.now() {
                return Ok(Arc::clone(token));
            }
        }
        tokens.remove(resource);
        let token = Arc::new(self.grant(resource).await?);
        tokens.insert(resource.to_owned(), Arc::clone(&token));
        Ok(token)
    }

    /// The partner's tenant.
    #[must_use]
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// When the token that is in use for `resource` was given, and when it ends; `None` while there is none.
    pub async fn granted(&self, resource: &str) -> Option<(OffsetDateTime, OffsetDateTime)> {
        self.tokens.lock().await.get(resource).map(|token| (token.obtained, token.expires))
    }

    /// When Entra ID gave a newer refresh token last; `None` while the configured one is still in use.
    pub async fn renewed_at(&self) -> Result<Option<OffsetDateTime>, StoreError> {
        match &self.memory {
            Memory::Store(store) => {
                let kept = store.secret(SECRET).await?.filter(|kept| self.descends(kept));
                if kept.is_some() { store.secret_kept_at(SECRET).await } else { Ok(None) }
            }
            Memory::Borrowed(_) => Ok(None),
        }
    }

    async fn grant(&self, resource: &str) -> Result<AccessToken, EntraError> {
        let now = self.clock.now();
        let answer = self.refresh(|token| self.ask(resource, token)).await?;
        if !answer.status.is_success() {
            return Err(refusal(&answer, now));
        }
        let granted: Granted = serde_json::from_slice(&answer.body)
            .map_err(|_| EntraError::Retry { after: None, detail: "the token endpoint's answer is not a token".to_owned() })?;
        // The second edition of the endpoint writes numbers, the first writes them as text.
        let lifetime = granted.expires_in.as_u64().or_else(|| granted.expires_in.as_str()?.parse().ok()).unwrap_or(0);
        if let Some(newer) = granted.refresh_token {
            self.keep(&newer).await?;
        }
        tracing::info!(resource, lifetime, "got an access token from Entra ID");
        Ok(AccessToken { token: granted.access_token, obtained: now, expires: now + Duration::from_secs(lifetime) })
    }

    /// Asks with the newest refresh token, and once more where another process of the same store has renewed it meanwhile: then
    /// the refusal was meant for the one before.
    async fn refresh<Asked: Future<Output = Result<Answer, EntraError>>>(
        &self,
        ask: impl Fn(SecretString) -> Asked,
    ) -> Result<Answer, EntraError> {
        let used = self.refresh_token().await?;
        let answer = ask(used.clone()).await?;
        if !is_spent(&answer) {
            return Ok(answer);
        }
        let newest = self.refresh_token().await?;
        if newest.expose_secret() == used.expose_secret() {
            return Ok(answer);
        }
        tracing::info!("another process has renewed the refresh token; asking once more");
        ask(newest).await
    }

    async fn ask(&self, resource: &str, refresh_token: SecretString) -> Result<Answer, EntraError> {
        let form = [
            ("grant_type", "refresh_token"),
            ("resource", resource),
            ("client_id", &self.client_id),
            ("client_secret", self.client_secret.expose()),
            ("refresh_token", refresh_token.expose_secret()),
            ("scope", "openid"),
        ];
        let answer = self.http.send("entra", self.http.post(self.token_endpoint.clone()).form(&form), ANSWER_LIMIT).await;
        answer.map_err(|error| match error {
            CallError::NotSent(detail) | CallError::Unclear(detail) => EntraError::Retry { after: None, detail },
            CallError::TooLong(limit) => EntraError::Retry { after: None, detail: format!("longer than {limit} bytes") },
        })
    }

    /// The newest refresh token that descends from the configured one. Another one in the configuration begins anew.
    async fn refresh_token(&self) -> Result<SecretString, StoreError> {
        let kept = match &self.memory {
            Memory::Store(store) => store.secret(SECRET).await?,
            Memory::Borrowed(kept) => kept.clone(),
        };
        Ok(kept.filter(|kept| self.descends(kept)).map_or_else(|| SecretString::from(self.seed.expose()), |kept| kept.text))
    }

    /// Whether a kept refresh token was given in place of the configured one, or of one that was.
    fn descends(&self, kept: &KeptSecret) -> bool {
        kept.origin == crypto::fingerprint(self.seed.expose())
    }

    async fn keep(&self, newer: &SecretString) -> Result<(), StoreError> {
        let Memory::Store(store) = &self.memory else { return Ok(()) };
        store.keep_secret(SECRET, &crypto::fingerprint(self.seed.expose()), newer, self.clock.now()).await
    }
}

/// Whether the refresh token itself was refused: it was revoked, it ran out, or there is a newer one.
fn is_spent(answer: &Answer) -> bool {
    answer.status.is_client_error()
        && serde_json::from_slice::<Refused>(&answer.body).is_ok_and(|refused| refused.error == "invalid_grant")
}

/// Reads an error of the token endpoint (RFC 6749 §5.2 and Microsoft Learn, "Entra authentication error codes").
fn refusal(answer: &Answer, now: OffsetDateTime) -> EntraError {
    let status = answer.status;
    let after = answer.header("retry-after").and_then(|value| http_date::retry_after(value, now));
    let body = serde_json::from_slice::<Refused>(&answer.body).ok();
    let passing = status.is_server_error() || matches!(status.as_u16(), 408 | 429);
    match body {
        Some(body) if !passing && body.error != "temporarily_unavailable" => {
            // The first line holds the AADSTS number; the rest is trace and correlation ids.
            let first = body.error_description.lines().next().unwrap_or_default();
            EntraError::SignIn { detail: format!("{} ({first}). {}", body.error, remedy(&body.error)) }
        }
        _ => EntraError::Retry { after, detail: format!("the token endpoint answered {status}") },
    }
}

/// What an admin can do about a refused grant.
fn remedy(error: &str) -> &'static str {
    match error {
        "invalid_grant" | "interaction_required" => {
            "Sign in once more as the service account, with its second factor, and give the new token as entra.refresh_token."
        }
        "invalid_client" | "unauthorized_client" => "Check entra.client_id and entra.client_secret; a secret may have run out.",
        "invalid_resource" | "invalid_target" => {
            "Check partner_center.resource, and that an admin has consented to the permission."
        }
        _ => "Check the section [entra] of the configuration and the app registration.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::StatusCode;
    use reqwest::header::{HeaderMap, HeaderValue};
    use time::macros::datetime;

    use crate::clock::StillClock;
    use crate::store::Pace;

    const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);

    fn answer(status: u16, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert("retry-after", HeaderValue::from_static("7"));
        Answer { status: StatusCode::from_u16(status).unwrap(), headers, body: body.into() }
    }

    /// One process of several over a store.
    fn replica(store: &Store) -> Entra {
        Entra {
            http: reqwest::Client::new().into(),
            clock: Arc::new(StillClock::at(NOW)),
            memory: Memory::Store(store.clone()),
            token_endpoint: Url::parse("https://login.example/partner.example/oauth2/token").unwrap(),
            tenant: "partner.example".to_owned(),
            client_id: "client".to_owned(),
            client_secret: "secret".into(),
            seed: "first".into(),
            tokens: Mutex::default(),
        }
    }

    #[tokio::test]
    async fn a_refresh_token_that_another_process_has_renewed_is_not_used_again() {
        const SPENT: &str = r#"{"error":"invalid_grant","error_description":"AADSTS70000"}"#;
        struct Case {
            answers: &'static [(&'static str, u16)],
            renewed: Option<&'static str>,
        }
        // What each token is answered, in the order asked, and what the other process keeps meanwhile.
        let cases = [
            Case { answers: &[("first", 200)], renewed: None },
            Case { answers: &[("first", 400)], renewed: None },
            Case { answers: &[("first", 400), ("second", 200)], renewed: Some("second") },
            Case { answers: &[("first", 400), ("second", 400)], renewed: Some("second") },
            Case { answers: &[("first", 503)], renewed: Some("second") },
        ];
        for Case { answers, renewed } in cases {
            let store = store().await;
            let (ours, other) = (replica(&store), replica(&store));
            let asked = std::sync::Mutex::new(Vec::new());
            let outcome = ours
                .refresh(|token| {
                    let (asked, other) = (&asked, &other);
                    async move {
                        let token = token.expose_secret();
                        asked.lock().unwrap().push(token.to_owned());
                        if let Some(renewed) = renewed {
                            other.keep(&SecretString::from(renewed)).await?;
                        }
                        let (_, status) = answers.iter().find(|(known, _)| *known == token).unwrap();
                        Ok(answer(*status, SPENT))
                    }
                })
                .await;
            let expected: Vec<_> = answers.iter().map(|(token, _)| *token).collect();
            assert_eq!(asked.into_inner().unwrap(), expected);
            assert_eq!(outcome.unwrap().status.as_u16(), answers.last().unwrap().1, "{answers:?}");
        }
    }

    #[tokio::test]
    async fn the_newest_refresh_token_is_read_from_the_store_each_time() {
        let store = store().await;
        let (ours, other) = (replica(&store), replica(&store));
        for newest in ["second", "third"] {
            other.keep(&SecretString::from(newest)).await.unwrap();
            assert_eq!(ours.refresh_token().await.unwrap().expose_secret(), newest);
        }
        // What descends from another first token is no longer meant.
        let anew = Entra { seed: "another".into(), ..replica(&store) };
        assert_eq!(anew.refresh_token().await.unwrap().expose_secret(), "another");
    }

    async fn store() -> Store {
        let key = config::Secret::from("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        Store::in_memory(Cipher::from_config(&key).unwrap(), Pace::Await).await.unwrap()
    }

    #[test]
    fn a_refused_grant_needs_a_person_and_an_overloaded_service_only_time() {
        let cases = [
            (400, r#"{"error":"invalid_grant","error_description":"AADSTS700082: expired.\r\nTrace ID: 1"}"#, true),
            (401, r#"{"error":"invalid_client","error_description":"AADSTS7000215"}"#, true),
            (400, r#"{"error":"temporarily_unavailable"}"#, false),
            (429, r#"{"error":"invalid_request"}"#, false),
            (503, "<html>", false),
            (400, "<html>", false),
        ];
        for (status, body, person) in cases {
            match refusal(&answer(status, body), NOW) {
                EntraError::SignIn { detail } => {
                    assert!(person && detail.contains("entra.") && !detail.contains("Trace"), "{status} {body}: {detail}");
                }
                EntraError::Retry { after, .. } => assert!(!person && after == Some(Duration::from_secs(7)), "{status} {body}"),
                EntraError::Store(error) => panic!("{error}"),
            }
        }
    }
}
