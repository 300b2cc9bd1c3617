//! Keeps this proxy registered for the tenant's events, and notices when it no longer is. There is one registration for a whole
//! tenant: a test system that registers takes all events away from the real one, and nothing else tells.

pub mod console;
mod latest;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use time::OffsetDateTime;
use tokio::sync::watch;
use url::Url;
use uuid::Uuid;

use self::latest::Latest;
use crate::clock::Clock;
use crate::config;
use crate::partner_center::{Delivery, PartnerCenterError, Registration, Registrations};
use crate::webhook::EventName;

/// How the tenant's registration stands to this proxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// All events come here.
    Ours,
    /// They come here, but not all of them.
    MissingEvents,
    /// They go somewhere else.
    OtherUrl,
    /// Nobody is registered.
    NotRegistered,
}

/// What was found when the registration was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// How it stands.
    pub state: Standing,
    /// Where events should go.
    pub public_url: String,
    /// Where they go, without what may be a secret of whoever listens there.
    pub registered_url: Option<String>,
    /// Which events are registered.
    pub events: Vec<String>,
    /// Which are not and should be.
    pub missing_events: Vec<&'static str>,
    /// When it was looked at.
    #[serde(with = "time::serde::rfc3339")]
    pub checked_at: OffsetDateTime,
}

/// Why a registration was not made.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// Somebody else has it, and nobody said that it may be taken away.
    #[error(
        "Partner Center sends this tenant's events to {0}. There is one registration for a tenant: taking it over stops that \
         address from hearing of anything. Ask for that explicitly (overwrite) if it is meant."
    )]
    OtherUrl(String),
    /// It was made, and is not there.
    #[error("Partner Center took the registration and has another one all the same")]
    NotKept,
    /// Partner Center.
    #[error(transparent)]
    PartnerCenter(#[from] PartnerCenterError),
}

/// Registers, looks, and tests.
#[derive(Debug)]
pub struct Registrar {
    registrations: Registrations,
    clock: Arc<dyn Clock>,
    public_url: String,
    check: Duration,
    latest: Latest,
}

impl Registrar {
    /// A registrar for the address of `[webhooks]`; calls nobody. `None` while webhooks are off.
    #[must_use]
    pub fn new(config: &config::Webhooks, registrations: Registrations, clock: Arc<dyn Clock>) -> Option<Self> {
        let public_url = config.public_url.clone();
        let on = !public_url.is_empty();
        on.then(|| Self { registrations, clock, public_url, check: config.check, latest: Latest::default() })
    }

    /// Where events should go.
    #[must_use]
    pub fn public_url(&self) -> &str {
        &self.public_url
    }

    /// Looks at the registration. Gives what is known of it then: a look that began later may have ended before.
    pub async fn look(&self) -> Result<Status, PartnerCenterError> {
        let look = self.latest.begin();
        let found = self.registrations.get().await?;
        Ok(self.latest.keep(look, status(&self.public_url, found, self.clock.now())))
    }

    /// What was found when it was last looked at.
    pub fn last(&self) -> Option<Status> {
        self.latest.get()
    }

    /// Makes sure that all events come here. Another address is replaced only with `overwrite`.
    pub async fn register(&self, overwrite: bool) -> Result<Status, RegistrationError> {
        let events = EventName::ALL.map(|event| event.name().to_owned()).to_vec();
        let wanted = Registration { url: self.public_url.clone(), events };
        let mut found = self.look().await?;
        if found.state == Standing::NotRegistered {
            if self.registrations.create(&wanted).await? {
                tracing::info!(url = self.public_url, "registered for events");
                return self.look().await.map_err(Into::into);
            }
            // Somebody was faster: it is looked at again before anything is replaced.
            found = self.look().await?;
        }
        match found.state {
            Standing::Ours => return Ok(found),
            Standing::OtherUrl if !overwrite => {
                return Err(RegistrationError::OtherUrl(found.registered_url.unwrap_or_default()));
            }
            Standing::OtherUrl => {
                let instead_of = found.registered_url.unwrap_or_default();
                tracing::warn!(url = self.public_url, instead_of, "taking over the tenant's registration");
            }
            Standing::MissingEvents => tracing::info!(missing = ?found.missing_events, "registering for the missing events"),
            // Refused as existing, and not there: a registration without an address is replaced as well.
            Standing::NotRegistered => {}
        }
        self.registrations.replace(&wanted).await?;
        let status = self.look().await?;
        if status.state == Standing::Ours { Ok(status) } else { Err(RegistrationError::NotKept) }
    }

    /// Asks Partner Center for a test event; its outcome is asked for by the id.
    pub async fn test(&self) -> Result<Uuid, PartnerCenterError> {
        self.registrations.test().await
    }

    /// What became of a test event, as far as it is known now.
    pub async fn delivery(&self, id: Uuid) -> Result<Option<Delivery>, PartnerCenterError> {
        self.registrations.delivery(id).await
    }

    /// Looks at once, and then once in a while, until `stop` says true.
    pub async fn watch(self: Arc<Self>, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            tokio::select! {
                () = self.look_and_say() => {}
                changed = stop.changed() => if changed.is_err() { break } else { continue },
            }
            tokio::select! {
                () = tokio::time::sleep(self.check) => {}
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
    }

    async fn look_and_say(&self) {
        match self.look().await {
            Ok(status) => say(&status),
            Err(error) => tracing::warn!(%error, "the registration for events cannot be looked at"),
        }
    }
}

/// What an admin has to know, in the log.
fn say(status: &Status) {
    let Status { public_url, registered_url, missing_events, .. } = status;
    match status.state {
        Standing::Ours => tracing::debug!(public_url, "events come here"),
        Standing::OtherUrl => tracing::warn!(
            public_url,
            registered_url,
            "another address holds the tenant's registration and gets all events; `cosell-proxy webhooks register --overwrite` \
             takes it back, and if this proxy is not the one that should have it, leave webhooks.public_url empty"
        ),
        Standing::MissingEvents => {
            tracing::warn!(?missing_events, "not all events are registered; run `cosell-proxy webhooks register`");
        }
        Standing::NotRegistered => {
            tracing::warn!(public_url, "nobody is registered for the tenant's events; run `cosell-proxy webhooks register`");
        }
    }
}

fn status(public_url: &str, found: Option<Registration>, checked_at: OffsetDateTime) -> Status {
    let (registered_url, events) = found.map_or((None, Vec::new()), |found| (Some(found.url), found.events));
    let missing = |name: &&str| !events.iter().any(|event| event.trim().eq_ignore_ascii_case(name));
    let missing_events: Vec<&'static str> = EventName::ALL.map(EventName::name).into_iter().filter(missing).collect();
    let state = match &registered_url {
        None => Standing::NotRegistered,
        Some(url) if !is_same(url, public_url) => Standing::OtherUrl,
        Some(_) if !missing_events.is_empty() => Standing::MissingEvents,
        Some(_) => Standing::Ours,
    };
    let registered_url = registered_url.as_deref().map(shown);
    Status { state, public_url: public_url.to_owned(), registered_url, events, missing_events, checked_at }
}

/// An address as it may be shown and logged: its query can hold a signature that lets anybody send to it.
fn shown(url: &str) -> String {
    let (place, query) = url.split_once(['?', '#']).map_or((url, ""), |(place, _)| (place, "?…"));
    let place = match Url::parse(place) {
        // A name and a password before the host are no less secret.
        Ok(parsed) if !parsed.username().is_empty() || parsed.password().is_some() => {
            let host = parsed.host_str().unwrap_or_default();
            let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
            format!("{}://{host}{port}{}", parsed.scheme(), parsed.path())
        }
        _ => place.to_owned(),
    };
    place + query
}

/// Addresses that differ in spelling alone are the same.
fn is_same(one: &str, other: &str) -> bool {
    match (Url::parse(one), Url::parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}
