//! The proxy's session in the org: OAuth 2.0 JWT bearer flow, one login at a time (Salesforce Help, "OAuth 2.0 JWT Bearer
//! Flow for Server-to-Server Integration").

use std::sync::Arc;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use url::Url;

use super::SalesforceError;
use crate::clock::Clock;
use crate::config::{self, ConfigError, https_url};
use crate::ids::SalesforceId;
use crate::net::Http;
use crate::pem;

/// How long an assertion is valid: Salesforce allows three minutes.
const ASSERTION_SECONDS: i64 = 120;
const ANSWER_LIMIT: usize = 64 * 1024;

/// A session: where the org's API is, and the token for it.
#[derive(Debug)]
pub(super) struct Session {
    /// Base of the org's API.
    pub(super) instance: Url,
    token: SecretString,
    /// Who works for us; `None` where the answer did not say.
    pub(super) user: Option<SalesforceId>,
}

impl Session {
    pub(super) fn token(&self) -> &str {
        self.token.expose_secret()
    }
}

pub(super) struct Login {
    http: Http,
    clock: Arc<dyn Clock>,
    token_endpoint: Url,
    audience: String,
    consumer_key: String,
    username: String,
    org: SalesforceId,
    key: EncodingKey,
    // Held during a login, so that callers who find no session wait for the one that is being made.
    current: Mutex<Option<Arc<Session>>>,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
}

#[derive(Deserialize)]
struct Granted {
    access_token: SecretString,
    instance_url: String,
    id: String,
}

impl Login {
    pub(super) fn new(config: &config::Salesforce, http: Http, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        let key = private_key(config.private_key.expose())?;
        let org = config.org()?;
        let mut token_endpoint = https_url("salesforce.login_url", &config.login_url)?;
        token_endpoint.set_path("/services/oauth2/token");
        Ok(Self {
            http,
            clock,
            token_endpoint,
            audience: config.audience.clone(),
            consumer_key: config.consumer_key.clone(),
            username: config.username.clone(),
            org,
            key,
            current: Mutex::new(None),
        })
    }

    /// The integration user, for sentences about its rights.
    pub(super) fn username(&self) -> &str {
        &self.username
    }

    pub(super) fn org(&self) -> &SalesforceId {
        &self.org
    }

    /// Where it signs in, without the path.
    pub(super) fn address(&self) -> String {
        self.token_endpoint.origin().ascii_serialization()
    }

    /// The session in use, or a new one. `stale` is a session that Salesforce no longer accepts.
    pub(super) async fn session(&self, stale: Option<&Arc<Session>>) -> Result<Arc<Session>, SalesforceError> {
        let mut current = self.current.lock().await;
        if let Some(session) = current.as_ref()
            && !stale.is_some_and(|stale| Arc::ptr_eq(stale, session))
        {
            return Ok(Arc::clone(session));
        }
        *current = None;
        let session = Arc::new(self.login().await?);
        *current = Some(Arc::clone(&session));
        Ok(session)
    }

    async fn login(&self) -> Result<Session, SalesforceError> {
        let exp = self.clock.now().unix_timestamp() + ASSERTION_SECONDS;
        let claims = Claims { iss: &self.consumer_key, sub: &self.username, aud: &self.audience, exp };
        let assertion = jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims, &self.key)
            .map_err(|cause| SalesforceError::SignIn { detail: format!("the assertion cannot be signed: {cause}") })?;
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), ("assertion", assertion.as_str())];
        let answer = self.http.send("salesforce", self.http.post(self.token_endpoint.clone()).form(&form), ANSWER_LIMIT).await?;
        if !answer.status.is_success() {
            return Err(SalesforceError::from_login(&answer));
        }
        let granted: Granted = serde_json::from_slice(&answer.body)
            .map_err(|_| SalesforceError::Unreadable("the token endpoint's answer is not a token".to_owned()))?;
        // `id` ends with the org's id and the user's: a token of another org must not be used with this one's records.
        let mut ids = granted.id.rsplit('/').map(SalesforceId::parse);
        let (user, org) = (ids.next().flatten(), ids.next().flatten());
        if org.as_ref() != Some(&self.org) {
            return Err(SalesforceError::SignIn { detail: "the login leads to another org than salesforce.org_id".to_owned() });
        }
        let instance =
            https_url("instance_url", &granted.instance_url).map_err(|cause| SalesforceError::Unreadable(cause.to_string()))?;
        tracing::info!(instance = %instance, "signed in to Salesforce");
        Ok(Session { instance, token: granted.access_token, user })
    }
}

/// Reads the key and signs once with it: a block of the right name can still hold anything.
fn private_key(text: &str) -> Result<EncodingKey, ConfigError> {
    let refused = |reason: &str| {
        let expected = "expected is an RSA private key without a passphrase (-----BEGIN PRIVATE KEY-----)";
        ConfigError::invalid("salesforce.private_key", format_args!("{reason}; {expected}"))
    };
    let blocks = pem::blocks(text);
    let [block] = blocks.as_slice() else {
        return Err(refused(if blocks.is_empty() { "it is not in PEM form" } else { "it holds more than one block" }));
    };
    match block.label {
        "PRIVATE KEY" | "RSA PRIVATE KEY" => {}
        "CERTIFICATE" => return Err(refused("it is a certificate")),
        "ENCRYPTED PRIVATE KEY" => return Err(refused("it is encrypted")),
        _ => return Err(refused("it is something else")),
    }
    let key = EncodingKey::from_rsa_pem(block.text.as_bytes()).map_err(|_| refused("it cannot be read"))?;
    jsonwebtoken::encode(&Header::new(Algorithm::RS256), &(), &key).map_err(|_| refused("it cannot sign"))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::private_key;
    use crate::token::tests::ORG;

    #[test]
    fn only_a_private_key_is_taken_for_one() {
        let broken = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----";
        let unreadable = "-----BEGIN RSA PRIVATE KEY-----\nMAMCAQA=\n-----END RSA PRIVATE KEY-----";
        let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----";
        let both = format!("{}{}", ORG.private_key, ORG.certificate);
        let cases = [
            (ORG.private_key.as_str(), None),
            (&ORG.certificate, Some("it is a certificate")),
            ("s3cret", Some("it is not in PEM form")),
            (&both, Some("it holds more than one block")),
            (encrypted, Some("it is encrypted")),
            (broken, Some("it cannot be read")),
            (unreadable, Some("it cannot sign")),
        ];
        for (text, expected) in cases {
            let refused = private_key(text).err().map(|error| error.to_string());
            let sentence = expected.map(|reason| format!("salesforce.private_key is not usable: {reason}; expected is an RSA"));
            assert_eq!(refused.is_some(), expected.is_some(), "{expected:?}");
            assert!(refused.unwrap_or_default().starts_with(&sentence.unwrap_or_default()), "{expected:?}");
        }
    }
}
