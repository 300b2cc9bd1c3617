//! The seller token: a short-lived RS256 JWT that the org's Apex signs for one record and one action; for an
//! admin of the proxy the record is the org itself. It must not know what is done with the record.

use std::fmt;
use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use time::OffsetDateTime;

use crate::config::{Config, ConfigError};
use crate::ids::SalesforceId;
use crate::pem;

/// What somebody wants to do with the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Look at the pair's state.
    Read,
    /// Make the pair equal.
    Share,
    /// Accept or decline a referral that came to us, after which the pair is made equal too.
    Decide,
    /// Set the proxy up. The record is the org.
    Admin,
}

impl Action {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "read" => Some(Self::Read),
            "share" => Some(Self::Share),
            "decide" => Some(Self::Decide),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }

    /// Whoever may share may also look, and whoever may decide may do both. An admin of the proxy is no seller.
    fn includes(self, wanted: Self) -> bool {
        match self {
            Self::Read | Self::Admin => self == wanted,
            Self::Share => matches!(wanted, Self::Read | Self::Share),
            Self::Decide => wanted != Self::Admin,
        }
    }
}

/// Why a token is not accepted. Each has its own code in the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There is no bearer token in the request.
    #[error("The request carries no bearer token.")]
    Missing,
    /// Not a token of ours. Why not is for the log alone: who forges tokens learns nothing from the answer.
    #[error("The token is not valid.")]
    Invalid(Flaw),
    /// Its time is over.
    #[error("The token has expired; ask for a new one.")]
    Expired,
    /// Meant for another service.
    #[error("The token is meant for another service.")]
    Audience,
    /// Of another org.
    #[error("The token comes from another org.")]
    Issuer,
    /// For another record.
    #[error("The token is for another record.")]
    Record,
    /// For another action.
    #[error("The token does not allow this action.")]
    Action,
}

impl TokenError {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "token.missing",
            Self::Invalid(_) => "token.invalid",
            Self::Expired => "token.expired",
            Self::Audience => "token.audience",
            Self::Issuer => "token.issuer",
            Self::Record => "token.record",
            Self::Action => "token.action",
        }
    }

    /// The reason as the log has it.
    #[must_use]
    pub fn reason(self) -> String {
        match self {
            Self::Invalid(flaw) => flaw.to_string(),
            other => other.code().to_owned(),
        }
    }
}

/// What is wrong with a token that is not valid, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Not three parts of which the first is a header.
    #[error("it is malformed")]
    Malformed,
    /// Signed otherwise than the org does, or not at all.
    #[error("its algorithm is not RS256")]
    Algorithm,
    /// Signed with a key that we don't know.
    #[error("its signature fits none of seller_token.certificates: the certificate that the org signs with must be among them")]
    Signature,
    /// Signed by the org, with a claim that is missing or of the wrong type.
    #[error("a claim is missing or unreadable")]
    Claims,
    /// Valid for longer than we allow, or for no time.
    #[error("its lifetime is longer than seller_token.max_lifetime_seconds, or not positive")]
    Lifetime,
    /// Its time has not begun.
    #[error("it is not valid yet: compare the clocks of the org and of this machine")]
    TooEarly,
}

/// Who asks, after the token has been accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seller {
    /// Salesforce user id, as the org wrote it.
    pub user: String,
}

/// Verifies seller tokens of one org.
pub struct Verifier {
    keys: Vec<DecodingKey>,
    audience: String,
    issuer: SalesforceId,
    max_lifetime: Duration,
    leeway: Duration,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    #[serde(default)]
    sub: String,
    aud: Audience,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    rec: String,
    act: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    fn names(&self, wanted: &str) -> bool {
        match self {
            Self::One(name) => name == wanted,
            Self::Many(names) => names.iter().any(|name| name == wanted),
        }
    }
}

impl Verifier {
    /// Reads the certificates named in the configuration.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        let keys = certificates(&config.seller_token.certificates)?;
        let issuer = config.salesforce.org()?;
        Ok(Self {
            keys,
            audience: config.seller_token.audience.clone(),
            issuer,
            max_lifetime: config.seller_token.max_lifetime,
            leeway: config.seller_token.leeway,
        })
    }

    /// Accepts the token for `record` and `action` at the time `now`, or says why not.
    pub fn verify(&self, token: &str, record: &SalesforceId, action: Action, now: OffsetDateTime) -> Result<Seller, TokenError> {
        let claims = self.signed_claims(token)?;
        if SalesforceId::parse(&claims.iss).as_ref() != Some(&self.issuer) {
            return Err(TokenError::Issuer);
        }
        if !claims.aud.names(&self.audience) {
            return Err(TokenError::Audience);
        }
        let now = now.unix_timestamp();
        let leeway = whole_seconds(self.leeway);
        if claims.exp.saturating_add(leeway) <= now {
            return Err(TokenError::Expired);
        }
        let from = claims.nbf.unwrap_or(claims.iat).max(claims.iat);
        let too_long = claims.exp.saturating_sub(claims.iat) > whole_seconds(self.max_lifetime);
        if too_long || claims.exp <= claims.iat {
            return Err(TokenError::Invalid(Flaw::Lifetime));
        }
        if from > now.saturating_add(leeway) {
            return Err(TokenError::Invalid(Flaw::TooEarly));
        }
        if SalesforceId::parse(&claims.rec).as_ref() != Some(record) {
            return Err(TokenError::Record);
        }
        if !Action::parse(&claims.act).is_some_and(|granted| granted.includes(action)) {
            return Err(TokenError::Action);
        }
        Ok(Seller { user: claims.sub })
    }

    /// The org whose tokens are accepted.
    pub fn org(&self) -> &SalesforceId {
        &self.issuer
    }

    /// Signature only: everything about time is checked against our own clock afterwards.
    fn signed_claims(&self, token: &str) -> Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::RS256);
        validation.validate_exp = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        check_header(token).map_err(TokenError::Invalid)?;
        let mut flaw = Flaw::Signature;
        // The org cannot name its key in the header (Auth.JWS writes no `kid`), so each certificate is tried.
        for key in &self.keys {
            match jsonwebtoken::decode::<Claims>(token, key, &validation) {
                Ok(decoded) => return Ok(decoded.claims),
                Err(error) => match error.kind() {
                    ErrorKind::InvalidToken => flaw = Flaw::Malformed,
                    // Claims are looked at after the signature: this key was the right one.
                    ErrorKind::Json(_) => flaw = Flaw::Claims,
                    _ => {}
                },
            }
        }
        Err(TokenError::Invalid(flaw))
    }
}

/// The public keys of the certificates in these files.
fn certificates(paths: &[String]) -> Result<Vec<DecodingKey>, ConfigError> {
    let key = "seller_token.certificates";
    let mut keys = Vec::new();
    for path in paths {
        let text = std::fs::read(path).map_err(|cause| ConfigError::file(key, Path::new(path), &cause))?;
        let text = String::from_utf8_lossy(&text);
        let blocks = pem::blocks(&text);
        let expected = "expected is the org's RSA certificate (-----BEGIN CERTIFICATE-----), as Setup exports it";
        if blocks.is_empty() || blocks.iter().any(|block| block.label != "CERTIFICATE") {
            return Err(ConfigError::invalid(key, format_args!("{path} holds {}; {expected}", pem::content(&blocks))));
        }
        for block in &blocks {
            let usable = DecodingKey::from_rsa_pem(block.text.as_bytes());
            keys.push(usable.map_err(|_| ConfigError::invalid(key, format_args!("{path} cannot be read; {expected}")))?);
        }
    }
    Ok(keys)
}

/// The algorithm by its own, so that the log can tell a foreign token from a forged one.
fn check_header(token: &str) -> Result<(), Flaw> {
    #[derive(Deserialize)]
    struct Header {
        alg: String,
    }
    let header = token.split('.').next().and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let header: Option<Header> = header.and_then(|header| serde_json::from_slice(&header).ok());
    match header {
        Some(header) if header.alg == "RS256" => Ok(()),
        Some(_) => Err(Flaw::Algorithm),
        None => Err(Flaw::Malformed),
    }
}

fn whole_seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

impl fmt::Debug for Verifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Verifier").field("issuer", &self.issuer).field("audience", &self.audience).finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests;
