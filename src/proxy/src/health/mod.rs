//! How the proxy's connections stand: each is asked for real, all at once and none for long, and the answer is kept for some seconds, so
//! that a page that looks again and again asks nobody again and again. It must not know HTTP; no answer holds a secret.

mod probe;

use std::collections::HashMap;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::sync::Mutex;

use crate::clock::Clock;
use crate::entra::Entra;
use crate::reconciler::Reconciler;
use crate::registration::Registrar;
use crate::store::Store;
use crate::wire_time;

/// How long an answer is kept.
const FRESH: Duration = Duration::from_secs(10);

/// How long a connection may take to answer, below what a browser waits for.
const PATIENCE: Duration = Duration::from_secs(8);

/// How a connection stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It works.
    Ok,
    /// It works, and somebody should look at it.
    Warning,
    /// It does not.
    Failed,
    /// It is not wanted.
    Off,
}

/// One connection as it was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Connection {
    /// Stable name.
    pub name: &'static str,
    /// How it stands.
    pub state: State,
    /// Why, a stable code; `None` while it works.
    pub code: Option<&'static str>,
    /// One sentence for an administrator, English.
    pub detail: String,
    /// Since when this process has found it so, UTC.
    pub since: Option<String>,
    /// What is known of it, whether it works or not.
    pub facts: Value,
}

/// All connections.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// When they had answered, UTC.
    pub checked_at: Option<String>,
    /// Always the same ones, in the same order.
    pub connections: Vec<Connection>,
}

/// What a probe found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    state: State,
    code: Option<&'static str>,
    detail: String,
}

impl Finding {
    fn ok(detail: impl Into<String>) -> Self {
        Self { state: State::Ok, code: None, detail: detail.into() }
    }

    fn warning(code: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Warning, code: Some(code), detail: detail.into() }
    }

    fn failed(code: &'static str, detail: impl Into<String>) -> Self {
        Self { state: State::Failed, code: Some(code), detail: detail.into() }
    }
}

/// The latest answer, and since when each connection stands as it does.
#[derive(Debug, Default)]
struct Known {
    latest: Option<(OffsetDateTime, Arc<Report>)>,
    standing: HashMap<&'static str, (State, Option<&'static str>, OffsetDateTime)>,
}

/// Asks all connections.
#[derive(Debug)]
pub struct Health {
    reconciler: Arc<Reconciler>,
    entra: Arc<Entra>,
    /// What tokens for the Referrals API are asked for.
    resource: String,
    registrar: Option<Arc<Registrar>>,
    store: Store,
    clock: Arc<dyn Clock>,
    known: Mutex<Known>,
}

impl Health {
    /// Over these connections; asks nobody yet. `resource` is that of the Referrals API.
    #[must_use]
    pub fn new(
        reconciler: Arc<Reconciler>,
        entra: Arc<Entra>,
        resource: String,
        registrar: Option<Arc<Registrar>>,
        store: Store,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { reconciler, entra, resource, registrar, store, clock, known: Mutex::default() }
    }

    /// How all connections stand, as they were found some seconds ago at most.
    pub async fn report(&self) -> Arc<Report> {
        // Held while asking: whoever asks meanwhile needs the same answer.
        let mut known = self.known.lock().await;
        if let Some((at, report)) = &known.latest
            && (*at..*at + FRESH).contains(&self.clock.now())
        {
            return Arc::clone(report);
        }
        let (salesforce, entra, partner_center, webhooks, store) = tokio::join!(
            in_time("salesforce.unavailable", probe::salesforce(self.reconciler.salesforce())),
            in_time("entra.unavailable", probe::entra(&self.entra, &self.resource)),
            in_time("partner-center.unavailable", probe::partner_center(self.reconciler.partner_center())),
            in_time("partner-center.unavailable", probe::webhooks(self.registrar.as_deref())),
            in_time("store.unavailable", probe::store(&self.store)),
        );
        // Somebody may have registered meanwhile: what is said of it and its facts are of the same look.
        let registration = self.registrar.as_deref().and_then(Registrar::last);
        let webhooks = registration.as_ref().map_or(webhooks, probe::of_registration);
        let found = [
            ("salesforce", salesforce, probe::facts_of_salesforce(self.reconciler.salesforce())),
            ("entra", entra, probe::facts_of_entra(&self.entra, &self.resource).await),
            ("partner-center", partner_center, json!({ "address": self.reconciler.partner_center().address() })),
            ("webhooks", webhooks, probe::facts_of_webhooks(self.registrar.as_deref(), registration.as_ref())),
            ("store", store, json!({ "driver": self.store.driver() })),
        ];
        // The slowest may have taken most of the time for which an answer is kept.
        let now = self.clock.now();
        let connections = found.map(|(name, Finding { state, code, detail }, facts)| {
            let standing = known.standing.entry(name).or_insert((state, code, now));
            if (standing.0, standing.1) != (state, code) {
                *standing = (state, code, now);
            }
            Connection { name, state, code, detail, since: wire_time::write(standing.2), facts }
        });
        let report = Arc::new(Report { checked_at: wire_time::write(now), connections: connections.into() });
        known.latest = Some((now, Arc::clone(&report)));
        report
    }
}

/// What a probe finds; that it takes too long is a finding too.
async fn in_time(code: &'static str, probe: impl Future<Output = Finding>) -> Finding {
    let too_slow = |_| Finding::failed(code, format!("There was no answer within {} seconds.", PATIENCE.as_secs()));
    tokio::time::timeout(PATIENCE, probe).await.unwrap_or_else(too_slow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_does_not_answer_has_failed_and_keeps_nobody_waiting() {
        let found = in_time("salesforce.unavailable", std::future::pending()).await;
        assert_eq!(found, Finding::failed("salesforce.unavailable", "There was no answer within 8 seconds."));
    }
}
