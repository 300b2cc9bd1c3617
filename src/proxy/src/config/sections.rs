//! The sections of the configuration, typed. What each key means stands in `config/default.toml`, and only there.
#![allow(missing_docs, reason = "each key is documented in config/default.toml, which a test compares with these structures")]

use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{self, Deserializer, SeqAccess, Visitor};

use super::{ConfigError, Secret};
use crate::ids::SalesforceId;

/// `[server]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: String,
    #[serde(deserialize_with = "list")]
    pub allowed_origins: Vec<String>,
    #[serde(rename = "request_timeout_seconds", deserialize_with = "seconds")]
    pub request_timeout: Duration,
    pub body_limit_bytes: usize,
    #[serde(rename = "preflight_max_age_seconds", deserialize_with = "seconds")]
    pub preflight_max_age: Duration,
    #[serde(rename = "shutdown_grace_seconds", deserialize_with = "seconds")]
    pub shutdown_grace: Duration,
}

/// `[seller_token]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SellerToken {
    pub audience: String,
    #[serde(deserialize_with = "list")]
    pub certificates: Vec<String>,
    #[serde(rename = "max_lifetime_seconds", deserialize_with = "seconds")]
    pub max_lifetime: Duration,
    #[serde(rename = "leeway_seconds", deserialize_with = "seconds")]
    pub leeway: Duration,
}

/// `[salesforce]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salesforce {
    pub login_url: String,
    pub audience: String,
    pub consumer_key: String,
    pub username: String,
    pub org_id: String,
    #[serde(deserialize_with = "version")]
    pub api_version: String,
    #[serde(rename = "describe_cache_seconds", deserialize_with = "seconds")]
    pub describe_cache: Duration,
    pub private_key: Secret,
}

impl Salesforce {
    /// The one org that tokens may be of, in either direction.
    pub(crate) fn org(&self) -> Result<SalesforceId, ConfigError> {
        let reason = "it is not an organization id (00D…, 15 or 18 characters)";
        SalesforceId::parse_of(&self.org_id, "00D").ok_or_else(|| ConfigError::invalid("salesforce.org_id", reason))
    }
}

/// `[entra]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entra {
    pub authority_url: String,
    pub tenant: String,
    pub client_id: String,
    pub client_secret: Secret,
    pub refresh_token: Secret,
}

/// `[partner_center]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerCenter {
    pub base_url: String,
    pub resource: String,
    pub referral_link: String,
    pub max_pages: usize,
    pub response_limit_bytes: usize,
}

/// `[webhooks]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    pub public_url: String,
    pub base_url: String,
    pub resource: String,
    #[serde(rename = "check_seconds", deserialize_with = "seconds")]
    pub check: Duration,
    #[serde(deserialize_with = "list")]
    pub certificate_hosts: Vec<String>,
    pub allow_private_certificate_hosts: bool,
    #[serde(deserialize_with = "list")]
    pub trust_anchors: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub intermediates: Vec<String>,
    pub issuer_organization: String,
    #[serde(deserialize_with = "list")]
    pub algorithms: Vec<String>,
    #[serde(rename = "certificate_timeout_seconds", deserialize_with = "seconds")]
    pub certificate_timeout: Duration,
    pub certificate_limit_bytes: usize,
    #[serde(rename = "certificate_cache_seconds", deserialize_with = "seconds")]
    pub certificate_cache: Duration,
    pub body_limit_bytes: usize,
}

/// `[tls]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    #[serde(deserialize_with = "list")]
    pub trust_anchors: Vec<String>,
}

/// `[http]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Http {
    #[serde(rename = "connect_timeout_seconds", deserialize_with = "seconds")]
    pub connect_timeout: Duration,
    #[serde(rename = "timeout_seconds", deserialize_with = "seconds")]
    pub timeout: Duration,
}

/// `[store]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    pub path: PathBuf,
    pub postgres: Secret,
    pub encryption_key: Secret,
}

/// `[reconcile]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reconcile {
    #[serde(rename = "settle_seconds", deserialize_with = "seconds")]
    pub settle: Duration,
    #[serde(rename = "lookup_margin_seconds", deserialize_with = "seconds")]
    pub lookup_margin: Duration,
    #[serde(rename = "first_look_seconds", deserialize_with = "seconds")]
    pub first_look: Duration,
    #[serde(rename = "backoff_base_seconds", deserialize_with = "seconds")]
    pub backoff_base: Duration,
    #[serde(rename = "backoff_cap_seconds", deserialize_with = "seconds")]
    pub backoff_cap: Duration,
    #[serde(rename = "lease_seconds", deserialize_with = "seconds")]
    pub lease: Duration,
    #[serde(rename = "worker_interval_seconds", deserialize_with = "seconds")]
    pub worker_interval: Duration,
    pub worker_parallel: usize,
}

/// `[feed]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Feed {
    #[serde(rename = "interval_seconds", deserialize_with = "seconds")]
    pub interval: Duration,
    #[serde(rename = "longest_interval_seconds", deserialize_with = "seconds")]
    pub longest_interval: Duration,
    #[serde(rename = "overlap_seconds", deserialize_with = "seconds")]
    pub overlap: Duration,
}

/// `[sweep]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sweep {
    #[serde(rename = "interval_seconds", deserialize_with = "seconds")]
    pub interval: Duration,
    #[serde(rename = "overlap_seconds", deserialize_with = "seconds")]
    pub overlap: Duration,
    #[serde(rename = "look_again_seconds", deserialize_with = "seconds")]
    pub look_again: Duration,
}

/// `[log]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub filter: String,
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub enum LogFormat {
    Text,
    Json,
}

impl TryFrom<String> for LogFormat {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("\"{text}\" is neither \"text\" nor \"json\"")),
        }
    }
}

/// Longer than any wait that makes sense, and short enough to be added to any date.
const LONGEST: Duration = Duration::from_hours(365 * 24);

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let number = f64::deserialize(deserializer)?;
    let duration = Duration::try_from_secs_f64(number).ok().filter(|duration| *duration <= LONGEST);
    duration.ok_or_else(|| de::Error::custom(format!("{number} is not a number of seconds from 0 to a year")))
}

/// A version, also where it was written as a number: a text would lose the `.0` of it.
fn version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct Version;
    impl Visitor<'_> for Version {
        type Value = String;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a version such as \"66.0\"")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(text.to_owned())
        }

        fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
            Ok(format!("{number:?}"))
        }

        fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
            Ok(number.to_string())
        }
    }
    deserializer.deserialize_any(Version)
}

/// A list, or one text with commas as an environment variable gives it.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    struct List;
    impl<'de> Visitor<'de> for List {
        type Value = Vec<String>;

        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a list, or a text with commas")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut values = Vec::new();
            while let Some(value) = items.next_element()? {
                values.push(value);
            }
            Ok(values)
        }
    }
    deserializer.deserialize_any(List)
}
