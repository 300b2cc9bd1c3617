//! The proxy's own configuration: built-in defaults, then a file, then the environment. It must not know what the org
//! configures in Salesforce.

mod secret;
mod sections;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::path::Path;

use config::{FileFormat, Map};
use serde::Deserialize;
use url::Url;

pub use secret::Secret;
pub use sections::{Entra, Http, Log, LogFormat, PartnerCenter, Reconcile, Salesforce, SellerToken, Server, Store, Tls};

/// The documented defaults, as text.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

const PREFIX: &str = "COSELL_";

/// The environment variables of the process.
pub type Environment = HashMap<String, String>;

/// Everything that is configured. The meaning of each key stands in `config/default.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each section is documented in config/default.toml")]
pub struct Config {
    pub server: Server,
    pub seller_token: SellerToken,
    pub salesforce: Salesforce,
    pub entra: Entra,
    pub partner_center: PartnerCenter,
    pub tls: Tls,
    pub http: Http,
    pub store: Store,
    pub reconcile: Reconcile,
    pub log: Log,
}

/// Why the configuration cannot be used: one sentence for the person who starts the proxy.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "the message of each variant is its documentation")]
pub enum ConfigError {
    #[error("{key} is not set: put it into the file given by --config, or set {variable}.")]
    Missing { key: String, variable: String },
    #[error(
        "{key} is not set: give it as {{ file = \"…\" }} in the configuration, or set {variable}__FILE, {variable}__ENV or {variable}__VALUE."
    )]
    SecretMissing { key: String, variable: String },
    #[error("{key} is given in more than one way: keep one of value, env and file.")]
    Ambiguous { key: String },
    #[error("{key} names the environment variable {name}, which is not set.")]
    Variable { key: String, name: String },
    #[error("{key} names the file {path}, which cannot be read: {cause}.")]
    File { key: String, path: String, cause: std::io::Error },
    #[error("{key} is not usable: {reason}.")]
    Invalid { key: String, reason: String },
    #[error("The configuration cannot be read: {0}.")]
    Unreadable(#[from] config::ConfigError),
}

impl ConfigError {
    fn missing(key: &str) -> Self {
        Self::Missing { key: key.to_owned(), variable: variable(key) }
    }

    fn secret_missing(key: &str) -> Self {
        Self::SecretMissing { key: key.to_owned(), variable: variable(key) }
    }

    pub(crate) fn invalid(key: &str, reason: impl Into<String>) -> Self {
        Self::Invalid { key: key.to_owned(), reason: reason.into() }
    }
}

/// The environment variable of a key: `salesforce.login_url` → `COSELL_SALESFORCE__LOGIN_URL`.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

impl Config {
    /// Defaults, then `file`, then `environment`; secrets read; every key that has no default checked to be there.
    pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let mut config = Self::merge(file, environment)?;
        config.check()?;
        config.salesforce.private_key.read("salesforce.private_key", environment)?;
        config.entra.client_secret.read("entra.client_secret", environment)?;
        config.entra.refresh_token.read("entra.refresh_token", environment)?;
        config.store.encryption_key.read("store.encryption_key", environment)?;
        Ok(config)
    }

    fn merge(file: Option<&Path>, environment: &Environment) -> Result<Self, ConfigError> {
        let defaults = config::File::from_str(DEFAULTS, FileFormat::Toml);
        let sections: Map<String, config::Value> = config::Source::collect(&defaults)?;
        // Other variables of ours (for tests, say) share the prefix: only those that name a section are settings.
        let ours: Map<String, String> = environment
            .iter()
            .filter(|(name, _)| {
                let section = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once("__"));
                section.is_some_and(|(section, _)| sections.contains_key(&section.to_lowercase()))
            })
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut builder = config::Config::builder().add_source(defaults);
        if let Some(path) = file {
            builder = builder.add_source(config::File::from(path).format(FileFormat::Toml));
        }
        for key in ours.keys().filter_map(|name| secret_of(name)) {
            for form in Secret::FORMS {
                builder = builder.add_source(Blank(format!("{key}.{form}")));
            }
        }
        let variables = config::Environment::with_prefix("COSELL").prefix_separator("_").separator("__").source(Some(ours));
        Ok(builder.add_source(variables).build()?.try_deserialize()?)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let required = [
            ("salesforce.login_url", &self.salesforce.login_url),
            ("salesforce.audience", &self.salesforce.audience),
            ("salesforce.consumer_key", &self.salesforce.consumer_key),
            ("salesforce.username", &self.salesforce.username),
            ("salesforce.org_id", &self.salesforce.org_id),
            ("salesforce.api_version", &self.salesforce.api_version),
            ("entra.authority_url", &self.entra.authority_url),
            ("entra.tenant", &self.entra.tenant),
            ("entra.client_id", &self.entra.client_id),
            ("partner_center.base_url", &self.partner_center.base_url),
            ("partner_center.resource", &self.partner_center.resource),
            ("seller_token.audience", &self.seller_token.audience),
            ("server.listen", &self.server.listen),
        ];
        if let Some((key, _)) = required.iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(ConfigError::missing(key));
        }
        if self.seller_token.certificates.is_empty() {
            return Err(ConfigError::missing("seller_token.certificates"));
        }
        https_url("salesforce.login_url", &self.salesforce.login_url)?;
        https_url("entra.authority_url", &self.entra.authority_url)?;
        https_url("partner_center.base_url", &self.partner_center.base_url)?;
        for origin in &self.server.allowed_origins {
            let exact = Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin);
            if !exact {
                let reason = format!("\"{origin}\" is not an origin, such as https://acme.lightning.force.com without a path");
                return Err(ConfigError::invalid("server.allowed_origins", reason));
            }
        }
        let version = &self.salesforce.api_version;
        if version.parse::<f32>().is_err() {
            return Err(ConfigError::invalid("salesforce.api_version", format!("\"{version}\" is not a version such as 66.0")));
        }
        if !self.partner_center.referral_link.contains("{id}") {
            return Err(ConfigError::invalid("partner_center.referral_link", "it does not contain {id}"));
        }
        Ok(())
    }
}

/// An upstream address: https only, since every one of them is called with a credential.
pub(crate) fn https_url(key: &str, text: &str) -> Result<Url, ConfigError> {
    let url = Url::parse(text).map_err(|cause| ConfigError::invalid(key, format!("\"{text}\" is not an address ({cause})")))?;
    if url.scheme() != "https" || url.host().is_none() {
        return Err(ConfigError::invalid(key, format!("\"{text}\" does not begin with https://")));
    }
    Ok(url)
}

/// The key of the secret that a variable sets one form of.
fn secret_of(variable: &str) -> Option<String> {
    let lower = variable.strip_prefix(PREFIX)?.to_lowercase();
    let (key, form) = lower.rsplit_once("__")?;
    (key.contains("__") && Secret::FORMS.contains(&form)).then(|| key.replace("__", "."))
}

/// Takes one key back to nothing, so that a secret given by the environment replaces one given by the file.
#[derive(Clone, Debug)]
struct Blank(String);

impl config::Source for Blank {
    fn clone_into_box(&self) -> Box<dyn config::Source + Send + Sync> {
        Box::new(self.clone())
    }

    fn collect(&self) -> Result<Map<String, config::Value>, config::ConfigError> {
        Ok(Map::from([(self.0.clone(), config::Value::from(""))]))
    }
}
