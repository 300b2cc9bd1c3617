//! The webhooks of Partner Center: registration, signed deliveries and the certificate that they are checked with
//! (Microsoft Learn, "Partner Center webhooks" and "Partner Center webhook events"). It is told of changes to referrals
//! and knows nothing of them but their ids. Nothing here is sent by itself: [`courier`] carries what the queue says is
//! due, and a test can do that in its place.

mod api;
mod blob;
pub(crate) mod courier;
mod error;
mod event;
mod faults;
pub(crate) mod levers;
mod message;
mod queue;
mod registration;
mod signer;
mod trials;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};
use tokio::sync::Notify;

use crate::chance::Ids;
use crate::clock::Clock;
use crate::entra::Entra;
use crate::locked::Locked;
use error::ApiError;
use event::Event;
use queue::{Letter, Queue, State};
use registration::Registration;
use trials::Trials;

pub(crate) use api::router;
pub(crate) use blob::router as blob_router;
pub use message::Message;
pub use queue::Outcome;
pub(crate) use signer::{MICROSOFT, Signer};

/// A referral that is new or has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// Whether it is new.
    pub(crate) created: bool,
    /// Its id.
    pub(crate) id: String,
    /// Whether it is the partner's own, or else whose engagement it is in.
    pub(crate) whose: Whose,
}

/// Whose referral it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// The partner's.
    Own,
    /// Somebody else's, in the engagement of this referral of the partner's.
    Related {
        /// The partner's referral, if there is one already.
        own: Option<String>,
    },
}

/// Whose id an event about a related referral names. No source says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum RelatedResource {
    /// That of the referral that changed.
    #[default]
    Sibling,
    /// That of the partner's own in the same engagement.
    Own,
}

#[derive(Default)]
struct Inner {
    registration: Option<Registration>,
    related: RelatedResource,
    queue: Queue,
    trials: Trials,
}

/// The service.
pub(crate) struct Webhooks {
    entra: Arc<Entra>,
    clock: Clock,
    signer: Arc<Signer>,
    /// Where the certificates are served; no slash at the end.
    blobs: String,
    /// The id that a registration gets.
    subscriber: String,
    ids: Ids,
    inner: Locked<Inner>,
    /// Rung whenever something may have become due, or due at another time.
    bell: Notify,
}

impl Webhooks {
    /// One without a registration, that takes the tokens of `entra` and whose certificates are served at `blobs`, an
    /// origin without a slash at the end.
    pub(crate) fn new(entra: Arc<Entra>, clock: Clock, signer: Arc<Signer>, blobs: String) -> Self {
        Self::with_ids(entra, clock, signer, blobs, Ids::default())
    }

    /// One whose ids are made otherwise than by chance.
    pub(crate) fn with_ids(entra: Arc<Entra>, clock: Clock, signer: Arc<Signer>, blobs: String, ids: Ids) -> Self {
        let subscriber = ids.next().to_string();
        Self { entra, clock, signer, blobs, subscriber, ids, inner: Locked::default(), bell: Notify::new() }
    }

    /// Without deliveries, tests and faults, and with the switches as at the start. The registration stays: it names a
    /// running process, and is no part of the data.
    pub(crate) fn reset(&self) {
        let mut inner = self.inner.lock();
        *inner = Inner { registration: inner.registration.take(), ..Inner::default() };
    }

    /// Tells the registered address of a change, if it wants to know.
    pub(crate) fn announce(&self, change: &Change) {
        let mut inner = self.inner.lock();
        let (event, id) = match (&change.whose, change.created) {
            (Whose::Own, true) => (Event::ReferralCreated, &change.id),
            (Whose::Own, false) => (Event::ReferralUpdated, &change.id),
            (Whose::Related { own }, created) => {
                let event = if created { Event::RelatedReferralCreated } else { Event::RelatedReferralUpdated };
                let own = own.as_ref().filter(|_| inner.related == RelatedResource::Own);
                (event, own.unwrap_or(&change.id))
            }
        };
        inner.raise(event, id, None, self.clock.now());
        drop(inner);
        self.bell.notify_one();
    }

    /// Takes the next message that is due, signed. [`Webhooks::attempted`] must be told what came of it.
    pub(crate) fn take_due(&self) -> Option<Message> {
        let delivery = self.inner.lock().queue.take_due(self.clock.now())?;
        Some(message::message(&delivery, &self.signer, &self.blobs))
    }

    /// Notes what came of a message.
    pub(crate) fn attempted(&self, id: u64, outcome: Outcome) {
        self.inner.lock().queue.attempted(id, outcome, self.clock.now());
        self.bell.notify_one();
    }

    /// How long until the next message is due, by the clock of the service; none when nothing waits.
    pub(crate) fn next_due_in(&self) -> Option<Duration> {
        let due = self.inner.lock().queue.next_due()?;
        Some((due - self.clock.now()).max(Duration::ZERO))
    }

    /// Ends when something may have become due since it ended last.
    pub(crate) async fn rung(&self) {
        self.bell.notified().await;
    }

    /// The clock was moved: what is due is to be looked at again.
    pub(crate) fn look_again(&self) {
        self.bell.notify_one();
    }

    fn register(&self, body: &Value) -> Result<Value, ApiError> {
        let registration = Registration::read(body)?;
        let mut inner = self.inner.lock();
        if inner.registration.is_some() {
            return Err(ApiError::registered());
        }
        Ok(inner.registration.insert(registration).shown_to(&self.subscriber))
    }

    fn update(&self, body: &Value) -> Result<Value, ApiError> {
        let registration = Registration::read(body)?;
        let mut inner = self.inner.lock();
        if inner.registration.is_none() {
            return Err(none_registered());
        }
        Ok(inner.registration.insert(registration).shown_to(&self.subscriber))
    }

    fn registered(&self) -> Result<Value, ApiError> {
        self.inner.lock().registration.as_ref().map(Registration::shown).ok_or_else(none_registered)
    }

    /// Asks for a test event: the correlation id under which its status can be read.
    fn start_test(&self) -> Result<Value, ApiError> {
        let now = self.clock.now();
        let mut inner = self.inner.lock();
        let registration = inner.registration.as_ref().ok_or_else(none_registered)?;
        if !registration.webhook_events.contains(&Event::TestCreated) {
            return Err(ApiError::invalid("The registration does not hold the event test-created."));
        }
        let url = registration.webhook_url.clone();
        let id = self.ids.next().to_string();
        inner.trials.start(&id, url, now).map_err(ApiError::Throttled)?;
        inner.raise(Event::TestCreated, &id, Some(id.clone()), now);
        drop(inner);
        self.bell.notify_one();
        Ok(json!({ "correlationId": id }))
    }

    fn test_status(&self, id: &str) -> Result<Value, ApiError> {
        let inner = self.inner.lock();
        let url = inner.trials.callback(id, self.clock.now());
        let url = url.ok_or_else(|| ApiError::not_found("There is no validation event with this correlation id."))?;
        let deliveries: Vec<_> = inner.queue.of_test(id).collect();
        let ended = deliveries.iter().all(|one| matches!(one.state, State::Delivered | State::DeadLettered | State::Refused));
        // "completed" is the one value that is published.
        let status = if ended { "completed" } else { "inProgress" };
        let results: Vec<_> = deliveries.iter().flat_map(|delivery| &delivery.results).collect();
        let partner = &self.entra.credentials().tenant;
        Ok(json!({ "correlationId": id, "partnerId": partner, "status": status, "callbackUrl": url, "results": results }))
    }
}

impl Inner {
    /// `id` is what the event names: a referral, or the test.
    fn raise(&mut self, event: Event, id: &str, correlation: Option<String>, now: OffsetDateTime) {
        let Some(registration) = self.registration.as_ref().filter(|known| known.webhook_events.contains(&event)) else {
            return;
        };
        let letter = Letter {
            url: registration.webhook_url.clone(),
            ms_signature_header: registration.signature_token_to_ms_signature_header,
            event,
            body: event.body(id, now),
            correlation,
        };
        self.queue.raise(letter, now);
    }
}

fn none_registered() -> ApiError {
    ApiError::not_found("There is no registration.")
}

#[cfg(test)]
mod tests;
