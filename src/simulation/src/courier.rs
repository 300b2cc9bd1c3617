//! Carries the events of Partner Center to whoever serves, and the certificate that they are checked with to whoever asks for it.
//! It must not know what an event says.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use cosell_proxy::net::Http;
use cosell_proxy::webhook::{Fetch, FetchError, Fetching};
use cosell_sandbox::in_process::{Message, Outcome};
use reqwest::{Method, Url};
use serde_json::json;
use tower::ServiceExt;

use crate::dice::Dice;
use crate::process::Door;
use crate::weather::Fault;
use crate::world::World;

/// Where events are posted to, as it is registered.
pub(crate) const ADDRESS: &str = "https://proxy.example/webhooks/partner-center";

/// How often it is looked whether an event is due.
const PAUSE: Duration = Duration::from_millis(500);

/// How long Partner Center waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Largest certificate, bytes.
const CERTIFICATE: usize = 65_536;

/// The courier of a world.
pub(crate) struct Courier {
    pub(crate) world: Arc<World>,
    pub(crate) doors: Vec<Arc<Door>>,
    pub(crate) dice: Dice,
    /// Nobody sweeps, so what Partner Center gives up after its ten attempts would never be found: here it does not give up.
    pub(crate) is_patient: bool,
}

impl Courier {
    /// Registers the address, as was done long ago.
    pub(crate) async fn register(&self) -> anyhow::Result<()> {
        let registration = json!({
            "webhookUrl": ADDRESS,
            "webhookEvents":
                ["referral-created", "referral-updated", "related-referral-created", "related-referral-updated", "test-created"],
        });
        let request = Request::put("/_sandbox/webhooks/registration").header("content-type", "application/json");
        let request = request.body(Body::from(registration.to_string()))?;
        let answer = self.world.services.webhook_levers().oneshot(request).await.unwrap_or_else(|never| match never {});
        ensure!(answer.status().is_success(), "the address cannot be registered: {}", answer.status());
        Ok(())
    }

    /// Carries for as long as it is polled.
    pub(crate) async fn run(self) -> anyhow::Result<()> {
        let courier = Arc::new(self);
        loop {
            while let Some(message) = courier.world.services.take_message() {
                let courier = Arc::clone(&courier);
                tokio::spawn(async move { courier.carry(message).await });
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn carry(&self, message: Message) {
        let fault = self.world.weather.strikes(Fault::is_of_events);
        let note = fault.map(|fault| format!(" [{fault:?}]")).unwrap_or_default();
        self.world.trace.note(format!("event {}{note} {}", message.id, message.body));
        if fault == Some(Fault::EventVanished) {
            self.world.services.attempted(message.id, Outcome::Answered(200));
            return;
        }
        let most = if fault == Some(Fault::EventDelayed) { 600_000 } else { 3_000 };
        tokio::time::sleep(self.dice.between(20, most)).await;
        let mut outcome = self.hand_over(&message).await;
        while self.is_patient && !is_taken(&outcome) {
            tokio::time::sleep(self.dice.between(1_000, 60_000)).await;
            outcome = self.hand_over(&message).await;
        }
        if fault == Some(Fault::EventDoubled) {
            // Often while the first is still being looked at.
            let most = if self.dice.happens(0.7) { 200 } else { 20_000 };
            tokio::time::sleep(self.dice.between(0, most)).await;
            self.hand_over(&message).await;
        }
        let outcome = if fault == Some(Fault::EventUnheard) { Outcome::Failed("timed out".to_owned()) } else { outcome };
        self.world.services.attempted(message.id, outcome);
    }

    async fn hand_over(&self, message: &Message) -> Outcome {
        let open: Vec<_> = self.doors.iter().filter_map(|door| door.router()).collect();
        let Some(router) = self.dice.pick(&open).cloned() else {
            return Outcome::Failed("connection refused".to_owned());
        };
        let mut request = Request::post(message.url.as_str());
        for (name, value) in &message.headers {
            request = request.header(*name, value);
        }
        let Ok(request) = request.body(Body::from(message.body.clone())) else {
            return Outcome::Failed("no request".to_owned());
        };
        // Who dies answers nobody.
        let status = match tokio::time::timeout(PATIENCE, router.oneshot(request)).await {
            Ok(answer) => answer.unwrap_or_else(|never| match never {}).status(),
            Err(_) => return Outcome::Failed("timed out".to_owned()),
        };
        self.world.trace.note(format!("event {} is answered with {}", message.id, status.as_u16()));
        if status.is_client_error() {
            self.world.violate("a genuine event is taken", format!("{} {status}", message.id));
        }
        Outcome::Answered(status.as_u16())
    }
}

fn is_taken(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Answered(200..=299))
}

/// Fetches certificates through the network of one life.
#[derive(Debug)]
pub(crate) struct Certificates(pub(crate) Http);

impl Fetch for Certificates {
    fn fetch<'a>(&'a self, url: &'a Url) -> Fetching<'a> {
        Box::pin(async move {
            match self.0.send("certificates", self.0.request(Method::GET, url.clone()), CERTIFICATE).await {
                Ok(answer) if answer.status == StatusCode::OK => Ok(answer.body),
                Ok(answer) => Err(FetchError::Later(format!("status {}", answer.status))),
                Err(error) => Err(FetchError::Later(error.to_string())),
            }
        })
    }
}
