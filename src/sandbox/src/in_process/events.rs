//! What comes from Partner Center's side by itself: webhooks, which the caller carries, and referrals that come in.

use std::sync::Arc;

use axum::Router;
use serde_json::{Map, Value};

use super::{CannotAnswer, Close, Identities, Inbound, Message, Outcome, Services};
use crate::salesforce::Commit;
use crate::webhooks;

/// Origin of the certificates that messages name.
pub(super) const BLOBS: &str = "https://blobs.example";

impl Identities {
    /// The authorities that the certificates of webhooks end at, in PEM.
    pub fn webhook_anchors(&self) -> &str {
        self.0.webhooks.anchors_pem()
    }

    /// The storage account at the origin that messages name.
    pub fn blobs(&self) -> Router {
        webhooks::blob_router(Arc::clone(&self.0.webhooks))
    }
}

impl Services {
    /// The API through which webhooks are registered.
    pub fn webhooks(&self) -> Router {
        webhooks::router(Arc::clone(&self.webhooks))
    }

    /// The levers of the webhooks, under `/_sandbox/webhooks`.
    pub fn webhook_levers(&self) -> Router {
        webhooks::levers::router(Arc::clone(&self.webhooks))
    }

    /// The next message that is due, if one is. [`Services::attempted`] must be told what came of it, or it stays on its way.
    pub fn take_message(&self) -> Option<Message> {
        self.webhooks.take_due()
    }

    /// Notes what came of a message: one that was not taken is due again later, ten times in all.
    pub fn attempted(&self, message: u64, outcome: Outcome) {
        self.webhooks.attempted(message, outcome);
    }

    /// How long until the next message is due; none when nothing waits.
    pub fn next_message_in(&self) -> Option<time::Duration> {
        self.webhooks.next_due_in()
    }

    /// A referral comes to the partner. All that are new with it, the partner's own last.
    pub fn receive(&self, inbound: &Inbound) -> Vec<Value> {
        self.partner_center.receive(inbound)
    }

    /// Microsoft's seller closes a deal that was accepted.
    pub fn close(&self, referral: &str, how: Close) -> Result<Value, CannotAnswer> {
        self.partner_center.close(referral, how)
    }

    /// Microsoft writes what it knows a deal by, such as `microsoftMsxId`.
    pub fn track(&self, referral: &str, tracking: Map<String, Value>) -> Result<Value, CannotAnswer> {
        self.partner_center.track(referral, tracking)
    }

    /// Leaves the transaction of the next call of a seller's that writes open for so long: what it has written is seen by nobody
    /// before, and then with the time at which it was written.
    pub fn hold_next_write(&self, lasts: time::Duration) {
        self.org.hold_next_write(Commit::After(lasts), true);
    }

    /// Commits what is open, and whatever comes with its call.
    pub fn release_writes(&self) {
        self.org.release_writes();
    }

    /// Lets the clock do its work: what has waited too long expires. Every call to Partner Center does that too.
    pub fn tick(&self) {
        self.partner_center.tick();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use axum::body::Body;
    use axum::http::Request;
    use serde_json::{Map, json};
    use tower::ServiceExt;
    use uuid::Uuid;

    use super::{Close, Identities, Message, Outcome, Services};
    use crate::clock::test::START;
    use crate::in_process::{Inbound, Kind, SAMPLE_DATA};

    /// All messages of a short story, each taken.
    async fn story(identities: &Identities) -> Vec<Message> {
        let last = AtomicU64::new(0);
        let ids = move || Uuid::from_u64_pair(0, last.fetch_add(1, Ordering::SeqCst) + 1);
        let base = "https://partner.example".to_owned();
        let services = Services::new(identities, SAMPLE_DATA.to_owned(), base, || START, ids).expect("services");
        let body =
            json!({ "webhookUrl": "https://proxy.example/", "webhookEvents": ["referral-created", "related-referral-updated"] });
        let request = Request::put("/_sandbox/webhooks/registration").header("content-type", "application/json");
        let request = request.body(Body::from(body.to_string())).expect("a request");
        assert_eq!(services.webhook_levers().oneshot(request).await.expect("an answer").status(), 204);

        let received = services.receive(&Inbound::new(Kind::CoSell, Map::new()));
        services.close(received[0]["id"].as_str().expect("an id"), Close::Won).expect("an end");
        let messages: Vec<Message> = std::iter::from_fn(|| {
            let message = services.take_message()?;
            services.attempted(message.id, Outcome::Answered(200));
            Some(message)
        })
        .collect();
        assert_eq!(services.next_message_in(), None);
        messages
    }

    #[tokio::test]
    async fn two_worlds_with_the_same_clock_and_ids_send_the_same_bytes() {
        let identities = Identities::generate().expect("identities");
        let (one, other) = (story(&identities).await, story(&identities).await);
        assert_eq!(one, other);
        assert_eq!(one.len(), 2);
    }
}
