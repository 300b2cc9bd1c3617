//! Events of Partner Center: who sent one is proven by a signature over its exact bytes, and all that is taken from it is which
//! referral to look at. It must not know what is done with it.
//!
//! Everything in a request is chosen by its sender. So the order is: what costs nothing first (headers, the host of the
//! certificate), then the certificate, its chain, the signature, and only then is the body read as anything but bytes.

mod address;
mod certificate;
mod event;
mod fetch;
mod signature;
#[cfg(test)]
pub(crate) mod tests;
mod trust;

use std::sync::Arc;

use axum::http::HeaderMap;
use time::OffsetDateTime;

use crate::clock::Clock;
use crate::config::{Config, ConfigError};
use address::Hosts;
pub(crate) use address::authority;
use certificate::Certificates;
pub use event::{Event, EventName};
use fetch::HttpsFetch;
pub use fetch::{Fetch, FetchError, Fetching};
use signature::Signed;
pub use signature::{Algorithm, HeaderFlaw};
pub use trust::Distrust;
use trust::Trust;

/// Why a request is not taken for an event. The reasons are for the log: the answer only has the status.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A header is missing, doubled or unreadable.
    #[error(transparent)]
    Header(#[from] HeaderFlaw),
    /// Fetching the certificate did not come to an end; it may do so later.
    #[error("the certificate cannot be fetched now: {0}")]
    Unavailable(String),
    /// There is no such certificate.
    #[error("the certificate cannot be had: {0}")]
    NoCertificate(String),
    /// The certificate is not one of Microsoft's, or not now.
    #[error("the certificate is not accepted: {0}")]
    Certificate(#[from] Distrust),
    /// The bytes are not what the holder of the certificate signed.
    #[error("the signature does not fit the body and the certificate")]
    Signature,
    /// Rightly signed, and not an event as Microsoft documents it.
    #[error("the signed body is no event: {0}")]
    Event(&'static str),
}

/// A request's proof, read from its headers. The body comes next.
#[derive(Debug)]
pub struct Claim(Signed);

/// Takes requests for events, or refuses them.
#[derive(Debug)]
pub struct Receiver {
    hosts: Hosts,
    algorithms: Vec<Algorithm>,
    certificates: Certificates,
    trust: Arc<Trust>,
    clock: Arc<dyn Clock>,
}

impl Receiver {
    /// Reads the authorities; calls nobody. `None` while webhooks are off.
    pub fn from_config(config: &Config, clock: Arc<dyn Clock>) -> Result<Option<Self>, ConfigError> {
        if config.webhooks.public_url.is_empty() {
            return Ok(None);
        }
        let fetch = HttpsFetch::from_config(config)?;
        Self::new(config, clock, Arc::new(fetch)).map(Some)
    }

    /// The same with another way to fetch certificates.
    pub fn new(config: &Config, clock: Arc<dyn Clock>, fetch: Arc<dyn Fetch>) -> Result<Self, ConfigError> {
        let webhooks = &config.webhooks;
        let trust = Arc::new(Trust::from_config(webhooks)?);
        Ok(Self {
            hosts: Hosts::new(&webhooks.certificate_hosts, webhooks.allow_private_certificate_hosts),
            algorithms: webhooks.algorithms.iter().filter_map(|name| Algorithm::parse(name)).collect(),
            certificates: Certificates::new(fetch, Arc::clone(&trust), webhooks.certificate_cache),
            trust,
            clock,
        })
    }

    /// Whether the headers are those of an event. Nothing is fetched for them yet.
    pub fn claim(&self, headers: &HeaderMap) -> Result<Claim, Refusal> {
        Ok(Claim(Signed::read(headers, &self.algorithms, &self.hosts)?))
    }

    /// The event in `body`, if its signature holds.
    pub async fn accept(&self, claim: Claim, body: &[u8]) -> Result<Event, Refusal> {
        let Claim(signed) = claim;
        let now: OffsetDateTime = self.clock.now();
        let chain = self.certificates.get(&signed.certificate, now).await?;
        // Again for each event: what was good when it was fetched may have run out since.
        self.trust.check(&chain, now)?;
        trust::verify(&chain, signed.algorithm, body, &signed.signature)?;
        self.certificates.proved(&signed.certificate, now);
        Event::read(body).map_err(Refusal::Event)
    }
}
