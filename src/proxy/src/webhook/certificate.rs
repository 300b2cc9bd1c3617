//! The certificates that events name, kept for a while. A certificate is kept long only once it has proven an event: a good one has
//! more addresses than one (a letter may be written as `%65`), and whoever cannot sign must not push out, by naming them, the one that
//! is in use. All else is kept shortly, so that it is not asked for again at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::OnceCell;
use url::Url;

use super::trust::{Chain, Trust};
use super::{Fetch, FetchError, Refusal};

/// How long a failure is remembered, and a certificate that has proven nothing.
const SHORTLY: Duration = Duration::from_secs(10);
/// Most addresses that are remembered. Microsoft has one.
const MOST_KEPT: usize = 64;
/// Most that are fetched at the same time.
const MOST_FETCHED: usize = 8;

type Outcome = Result<Arc<Chain>, Refusal>;

#[derive(Debug)]
struct Entry {
    since: OffsetDateTime,
    /// When it proved an event last.
    proven: Option<OffsetDateTime>,
    // Filled by whoever comes first; all others wait for the same fetch.
    outcome: Arc<OnceCell<Outcome>>,
}

impl Entry {
    fn is_pending(&self) -> bool {
        // Without anybody who waits, a fetch was given up.
        self.outcome.get().is_none() && Arc::strong_count(&self.outcome) > 1
    }

    fn is_kept(&self, now: OffsetDateTime, keep: Duration) -> bool {
        match self.outcome.get() {
            Some(_) => now < self.since + if self.proven.is_some() { keep } else { keep.min(SHORTLY) },
            None => self.is_pending(),
        }
    }
}

/// Certificates by their address.
#[derive(Debug)]
pub(super) struct Certificates {
    fetch: Arc<dyn Fetch>,
    trust: Arc<Trust>,
    keep: Duration,
    entries: Mutex<HashMap<Url, Entry>>,
}

impl Certificates {
    pub(super) fn new(fetch: Arc<dyn Fetch>, trust: Arc<Trust>, keep: Duration) -> Self {
        Self { fetch, trust, keep, entries: Mutex::default() }
    }

    /// The certificate at this address, which is one that was believed at `now` or since then.
    pub(super) async fn get(&self, url: &Url, now: OffsetDateTime) -> Outcome {
        let outcome = self.entry(url, now)?;
        outcome.get_or_init(|| self.look(url, now)).await.clone()
    }

    /// An event's signature holds with the certificate at this address: it is one of those that are in use.
    pub(super) fn proved(&self, url: &Url, now: OffsetDateTime) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = entries.get_mut(url) {
            entry.proven = Some(now);
        }
    }

    async fn look(&self, url: &Url, now: OffsetDateTime) -> Outcome {
        let file = self.fetch.fetch(url).await.map_err(|error| match error {
            FetchError::Later(detail) => Refusal::Unavailable(detail),
            FetchError::Never(detail) => Refusal::NoCertificate(detail),
        })?;
        let chain = Chain::read(&file)?;
        self.trust.check(&chain, now)?;
        tracing::info!(certificate = %url, "fetched a certificate for events");
        Ok(Arc::new(chain))
    }

    /// The entry of an address, new where there is none.
    fn entry(&self, url: &Url, now: OffsetDateTime) -> Result<Arc<OnceCell<Outcome>>, Refusal> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|_, entry| entry.is_kept(now, self.keep));
        if let Some(entry) = entries.get(url) {
            return Ok(Arc::clone(&entry.outcome));
        }
        if entries.values().filter(|entry| entry.is_pending()).count() >= MOST_FETCHED {
            return Err(Refusal::Unavailable("too many are being fetched".to_owned()));
        }
        if entries.len() >= MOST_KEPT {
            let idle = entries.iter().filter(|(_, entry)| !entry.is_pending());
            // One that is in use only when there is nothing else, and then the one that was used longest ago.
            let oldest = idle.min_by_key(|(_, entry)| (entry.proven, entry.since)).map(|(url, _)| url.clone());
            oldest.map(|url| entries.remove(&url));
        }
        let outcome = Arc::new(OnceCell::new());
        entries.insert(url.clone(), Entry { since: now, proven: None, outcome: Arc::clone(&outcome) });
        Ok(outcome)
    }
}

#[cfg(test)]
mod tests;
