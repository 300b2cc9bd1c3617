//! The proxy's own configuration: built-in defaults, then a file, then the environment. It must not know what the org
//! configures in Salesforce.

mod check;
mod fault;
mod layers;
mod secret;
mod sections;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::HashMap;
use std::path::Path;

use config::{Map, Value};
use serde::de::DeserializeOwned;
use url::Url;

pub use fault::{ConfigError, Faults};
pub use layers::strangers;
pub use secret::Secret;
pub use sections::{
    Entra, Feed, Http, Log, LogFormat, PartnerCenter, Reconcile, Salesforce, SellerToken, Server, Store, Sweep, Tls, Webhooks,
};

/// The documented defaults, as text.
pub const DEFAULTS: &str = include_str!("../../config/default.toml");

const PREFIX: &str = "COSELL_";

/// The environment variables of the process.
pub type Environment = HashMap<String, String>;

/// Everything that is configured. The meaning of each key stands in `config/default.toml`.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "each section is documented in config/default.toml")]
pub struct Config {
    pub server: Server,
    pub seller_token: SellerToken,
    pub salesforce: Salesforce,
    pub entra: Entra,
    pub partner_center: PartnerCenter,
    pub webhooks: Webhooks,
    pub tls: Tls,
    pub http: Http,
    pub store: Store,
    pub reconcile: Reconcile,
    pub feed: Feed,
    pub sweep: Sweep,
    pub log: Log,
}

/// The environment variable of a key: `salesforce.login_url` → `COSELL_SALESFORCE__LOGIN_URL`.
#[must_use]
pub fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "__").to_uppercase())
}

impl Config {
    /// Defaults, then `file`, then `environment`; secrets read; every key that has no default checked to be there. Everything
    /// that is wrong is said at once.
    pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        match Self::collect(file, environment, &mut faults) {
            Some(config) if faults.is_empty() => Ok(config),
            _ => Err(faults),
        }
    }

    fn collect(file: Option<&Path>, environment: &Environment, faults: &mut Faults) -> Option<Self> {
        let mut tables = layers::merge(file, environment, faults)?;
        // All sections are read before the first that cannot be ends this.
        let server = section(&mut tables, "server", faults);
        let seller_token = section(&mut tables, "seller_token", faults);
        let salesforce = section(&mut tables, "salesforce", faults);
        let entra = section(&mut tables, "entra", faults);
        let partner_center = section(&mut tables, "partner_center", faults);
        let webhooks = section(&mut tables, "webhooks", faults);
        let tls = section(&mut tables, "tls", faults);
        let http = section(&mut tables, "http", faults);
        let store = section(&mut tables, "store", faults);
        let reconcile = section(&mut tables, "reconcile", faults);
        let feed = section(&mut tables, "feed", faults);
        let sweep = section(&mut tables, "sweep", faults);
        let log = section(&mut tables, "log", faults);
        let mut config = Self {
            server: server?,
            seller_token: seller_token?,
            salesforce: salesforce?,
            entra: entra?,
            partner_center: partner_center?,
            webhooks: webhooks?,
            tls: tls?,
            http: http?,
            store: store?,
            reconcile: reconcile?,
            feed: feed?,
            sweep: sweep?,
            log: log?,
        };
        config.check(faults);
        let secrets = [
            ("salesforce.private_key", &mut config.salesforce.private_key),
            ("entra.client_secret", &mut config.entra.client_secret),
            ("entra.refresh_token", &mut config.entra.refresh_token),
            ("store.encryption_key", &mut config.store.encryption_key),
        ];
        for (key, secret) in secrets {
            faults.take(secret.read(key, environment));
        }
        faults.take(config.store.postgres.read_if_given("store.postgres", environment));
        Some(config)
    }
}

/// Reads one section. What was given is not repeated: it may be a secret that somebody put into the wrong place.
fn section<T: DeserializeOwned>(tables: &mut Map<String, Value>, name: &str, faults: &mut Faults) -> Option<T> {
    let table = tables.remove(name).unwrap_or_default();
    T::deserialize(table).map_err(|error| faults.add(unfit(name, error))).ok()
}

fn unfit(section: &str, error: config::ConfigError) -> ConfigError {
    use config::ConfigError as Cause;
    let key = |key: Option<String>| key.map_or_else(|| section.to_owned(), |key| format!("{section}.{key}"));
    match error {
        Cause::Type { expected, key: inner, .. } => {
            let key = key(inner);
            let expected = match expected {
                "a string" => "a text",
                "a floating point" => "a number",
                whole if whole.contains("integer") => "a whole number, 0 or more",
                other => other,
            };
            ConfigError::new(&key, format!("{key} must be {expected}."))
        }
        Cause::At { error, key: inner, .. } => ConfigError::invalid(&key(inner), error),
        other => ConfigError::invalid(section, other),
    }
}

/// An upstream address: https only, since every one of them is called with a credential.
pub(crate) fn https_url(key: &str, text: &str) -> Result<Url, ConfigError> {
    if !text.get(..8).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://")) {
        return Err(ConfigError::invalid(key, format_args!("\"{text}\" does not begin with https://")));
    }
    Url::parse(text).map_err(|cause| ConfigError::invalid(key, format_args!("\"{text}\" is not an address ({cause})")))
}
