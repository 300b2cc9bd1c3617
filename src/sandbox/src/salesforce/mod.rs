//! A Salesforce org in memory: the OAuth token endpoint, the REST API, the UI API, the package's Apex methods
//! and its Apex REST resource.
//!
//! It is written from Salesforce's public documentation alone and knows nothing of Cosell's rules or of the proxy:
//! what those get wrong must show here. It opens no socket; `router` is served by whoever owns the listeners.

mod apex;
mod apex_rest;
mod api;
mod call;
mod collections;
mod composite;
mod copies;
mod countries;
mod describe;
mod errors;
mod ids;
mod levers;
mod moment;
mod oauth;
mod query;
mod replication;
mod rest;
mod rules;
mod schema;
mod seed;
mod soql;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod ui_api;

use std::sync::{Arc, MutexGuard};

use axum::Router;
use axum::routing::{any, post};
use jsonwebtoken::{DecodingKey, EncodingKey};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use url::Url;

use crate::clock::Clock;
use crate::locked::Locked;

use self::state::State;
use self::store::Writer;

/// What the org has to be told before it can answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct OrgOptions {
    /// Consumer key of the external client app: the `iss` of a JWT bearer assertion.
    pub(crate) consumer_key: String,
    /// User name of the integration user: the `sub` of a JWT bearer assertion.
    pub(crate) username: String,
    /// The only `aud` the token endpoint takes, such as `https://login.salesforce.com`.
    pub(crate) audience: String,
    /// PEM of the certificate, or of the bare public key, registered in the external client app.
    pub(crate) integration_certificate_pem: String,
    /// PKCS#8 PEM of the private key behind the org certificate that signs the seller tokens.
    pub(crate) signing_key_pem: String,
    /// The most rows a query page holds; `None` is the platform's 2,000. Salesforce never promises the size asked for.
    pub(crate) largest_batch: Option<usize>,
}

/// Org features that add or remove parts of the schema.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the org's set-up pages")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Features {
    /// `CurrencyIsoCode` on records, and the object `CurrencyType`.
    pub(crate) multi_currency: bool,
    /// The object `OpportunityTeamMember`.
    pub(crate) teams: bool,
    /// Country and state codes beside the names in addresses, such as `Account.BillingCountryCode`; each follows the other.
    pub(crate) country_picklists: bool,
    /// The object `ContentNote`.
    pub(crate) notes: bool,
    /// The objects `Lead` and `LeadStatus`: off for a user without a right to leads.
    pub(crate) leads: bool,
}

impl Default for Features {
    fn default() -> Self {
        Self { multi_currency: true, teams: true, country_picklists: false, notes: true, leads: true }
    }
}

/// Why an org cannot be started.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OrgError {
    /// A key or certificate of the options cannot be read.
    #[error("{what} is not an RSA key or certificate in PEM: {source}")]
    Key {
        /// Which option.
        what: &'static str,
        /// What the parser says.
        source: jsonwebtoken::errors::Error,
    },
    /// The sample data is not what the org's schema takes.
    #[error("sample data: {0}")]
    Data(String),
}

/// The org. One lock guards all of its state; every call is short and never waits.
pub(crate) struct Org {
    id: String,
    options: OrgOptions,
    integration_key: DecodingKey,
    signing_key: EncodingKey,
    data: String,
    clock: Clock,
    state: Locked<State>,
}

impl Org {
    /// An org with the sample data, by this clock. Fails when a key cannot be read or the sample data does not fit the schema.
    pub(crate) fn new(options: OrgOptions, clock: Clock) -> Result<Self, OrgError> {
        Self::with(options, seed::SAMPLE.to_owned(), clock)
    }

    /// An org with other data, at another time.
    pub(crate) fn with(options: OrgOptions, data: String, clock: Clock) -> Result<Self, OrgError> {
        let key = |what| move |source| OrgError::Key { what, source };
        let integration_key = DecodingKey::from_rsa_pem(options.integration_certificate_pem.as_bytes())
            .map_err(key("the integration certificate"))?;
        let signing_key = EncodingKey::from_rsa_pem(options.signing_key_pem.as_bytes()).map_err(key("the signing key"))?;
        let state = Locked::new(seed::state(&data, &options.username, moment::to_second(clock.now()))?);
        Ok(Self { id: ids::nth("00D", 1), options, integration_key, signing_key, data, clock, state })
    }

    /// Data, features, rules and settings as at the start. Sessions stay, and so does `Proxy_Url__c`: it names a running process.
    pub(crate) fn reset(&self) -> Result<(), OrgError> {
        let fresh = seed::state(&self.data, &self.options.username, self.now())?;
        let mut state = self.lock();
        let setting = |state: &State| {
            let mut rows = state.store.rows_named("Cosell_Setting__mdt");
            rows.next().and_then(|row| row.get("Proxy_Url__c")).cloned()
        };
        let proxy = setting(&state);
        state.store = fresh.store;
        state.features = fresh.features;
        state.rules = fresh.rules;
        state.allowance = fresh.allowance;
        state.lateness = None;
        state.cursors.clear();
        if let (Some(proxy), Some(row)) = (proxy, state.store.settings_mut()) {
            row.insert("Proxy_Url__c".to_owned(), proxy);
        }
        Ok(())
    }

    /// Writes fields of the custom metadata record `Cosell_Setting.Default`, as a deployment would.
    /// Says which field the type does not have, or which value it does not take.
    #[expect(clippy::needless_pass_by_value, reason = "the fields come straight from a request and nobody needs them afterwards")]
    pub(crate) fn merge_settings(&self, fields: Map<String, Value>) -> Result<(), String> {
        let mut state = self.lock();
        let features = state.features;
        let id = state.store.settings_mut().map(|row| store::text(row, "Id").to_owned());
        let (Some(id), Some(target)) = (id, schema::object("Cosell_Setting__mdt", features)) else {
            return Err("there is no record Cosell_Setting.Default".to_owned());
        };
        let mut writer = Writer::of_setup(&mut state.store, features, self.now());
        writer.update(target, &id, &fields).map_err(|error| error.message)
    }

    /// The features as they are now.
    pub(crate) fn features(&self) -> Features {
        self.lock().features
    }

    /// Switches features on or off. Hidden data comes back when its feature does.
    pub(crate) fn set_features(&self, features: Features) {
        let mut state = self.lock();
        if state.features.country_picklists != features.country_picklists {
            state.store.align_countries(features);
        }
        state.features = features;
    }

    /// Ends every session that the token endpoint gave out; the browser's own sessions stay.
    pub(crate) fn expire_sessions(&self) {
        self.lock().sessions.retain(|_, session| !session.from_oauth);
    }

    /// The tokens of every session, those of the token endpoint and those of browsers.
    pub(crate) fn live_sessions(&self) -> Vec<String> {
        self.lock().sessions.keys().cloned().collect()
    }

    /// A new browser session of the first user of the sample data, a seller: the value of the cookie `sid`.
    pub(crate) fn browser_session(&self) -> String {
        let organization = self.org_id();
        let mut state = self.lock();
        let user = state.store.rows_named("User").next().map(|row| store::text(row, "Id").to_owned());
        state.open_session(&organization, &user.unwrap_or_default(), false)
    }

    /// Where the proxy is: the origin of `Proxy_Url__c`.
    pub(crate) fn proxy_origin(&self) -> Option<String> {
        let mut state = self.lock();
        let url = state.store.settings_mut().map(|row| store::text(row, "Proxy_Url__c").to_owned());
        let origin = url.and_then(|url| Url::parse(&url).ok()).map(|url| url.origin());
        origin.filter(url::Origin::is_tuple).map(|origin| origin.ascii_serialization())
    }

    /// Origins the page may connect to: what the org's CSP trusted sites say, which is the proxy.
    pub(crate) fn trusted_sites(&self) -> Vec<String> {
        self.proxy_origin().into_iter().collect()
    }

    /// The org's id, 18 characters.
    pub(crate) fn org_id(&self) -> String {
        self.id.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock()
    }

    fn now(&self) -> OffsetDateTime {
        moment::to_second(self.clock.now())
    }
}

pub(crate) use self::levers::Commit;
pub(crate) use self::rules::Rules;

/// Serves `/services/**` and `/apex/**`. Has no fallback, so it can be merged into another router.
pub(crate) fn router(org: Arc<Org>) -> Router {
    Router::new()
        .route("/services/oauth2/token", post(oauth::token))
        .route("/services/data", any(api::serve))
        .route("/services/data/", any(api::serve))
        .route("/services/data/{*rest}", any(api::serve))
        .route("/services/apexrest/{*rest}", any(apex_rest::serve))
        .route("/apex/{class}/{method}", post(apex::call))
        .with_state(org)
}
