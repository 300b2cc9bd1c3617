//! The deliveries: which is due when, how often it was tried, and what came of it (Microsoft Learn, "Partner Center
//! webhooks": ten attempts, then a queue that nobody empties). A pure state machine: it is told the time and the
//! outcomes, and sends nothing itself. The interval between attempts is not published; here it doubles.

use serde::Serialize;
use time::{Duration, OffsetDateTime};

use super::event::Event;
use super::faults::{Effect, Faults, Forgery};

/// So often is a delivery tried.
const ATTEMPTS: usize = 10;

/// Where a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum State {
    /// Kept on request, until it is let go.
    Held,
    /// To be tried when it is due.
    Waiting,
    /// On its way.
    Sending,
    /// The receiver has taken it.
    Delivered,
    /// It was tried as often as anything is, and is no more.
    DeadLettered,
    /// A forged one that was not taken.
    Refused,
    /// Lost on request.
    Vanished,
}

/// What came of one attempt, as the status of a test event tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AttemptResult {
    /// The name of the HTTP status, such as `OK` or `InternalServerError`; empty when there was no answer.
    pub(crate) response_code: String,
    /// Why there was no answer.
    pub(crate) response_message: String,
    /// Whether there was none.
    pub(crate) system_error: bool,
    /// When, without a zone, as it is documented.
    pub(crate) date_time_utc: String,
}

/// What an attempt ended in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver answered with this HTTP status.
    Answered(u16),
    /// There was no answer, for this reason.
    Failed(String),
}

/// Where to, in which form, and what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Letter {
    /// The address that was registered when it was raised.
    pub(super) url: String,
    /// Whether the signature travels in `x-ms-signature`.
    #[serde(skip)]
    pub(super) ms_signature_header: bool,
    /// What it tells of.
    pub(super) event: Event,
    /// The very bytes that are signed.
    pub(super) body: String,
    /// The id of the test that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) correlation: Option<String>,
}

/// A delivery with its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Delivery {
    /// Its number, in the order in which deliveries were raised.
    pub(super) id: u64,
    /// What is sent.
    #[serde(flatten)]
    pub(super) letter: Letter,
    /// In what it is forged, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) forgery: Option<Forgery>,
    /// Where it is.
    pub(super) state: State,
    /// One for each attempt that has ended.
    pub(super) results: Vec<AttemptResult>,
    #[serde(skip)]
    due: OffsetDateTime,
}

/// All deliveries, and the faults that meet new ones.
pub(super) struct Queue {
    /// What is done to new deliveries.
    pub(super) faults: Faults,
    /// The wait after the first attempt; doubled after each.
    pub(super) retry_base: Duration,
    deliveries: Vec<Delivery>,
    last_id: u64,
}

impl Default for Queue {
    fn default() -> Self {
        Self { faults: Faults::default(), retry_base: Duration::SECOND, deliveries: Vec::new(), last_id: 0 }
    }
}

impl Queue {
    /// Takes a new letter, under the fault that it meets.
    pub(super) fn raise(&mut self, letter: Letter, now: OffsetDateTime) {
        match self.faults.next(letter.event) {
            None => self.add(letter, State::Waiting, None, now),
            Some(Effect::Vanish) => self.add(letter, State::Vanished, None, now),
            Some(Effect::Double) => {
                self.add(letter.clone(), State::Waiting, None, now);
                self.add(letter, State::Waiting, None, now);
            }
            Some(Effect::Delay { seconds }) => {
                self.add(letter, State::Waiting, None, now.saturating_add(Duration::seconds(i64::from(seconds))));
            }
            Some(Effect::HoldBack) => self.add(letter, State::Held, None, now),
            Some(Effect::Forge { forgery }) => self.add(letter, State::Waiting, Some(forgery), now),
        }
    }

    /// Sends again what was sent before, byte for byte, and past all faults. Whether there is such a delivery.
    pub(super) fn repeat(&mut self, id: u64, now: OffsetDateTime) -> bool {
        let Some(letter) = self.deliveries.iter().find(|known| known.id == id).map(|known| known.letter.clone()) else {
            return false;
        };
        self.add(letter, State::Waiting, None, now);
        true
    }

    fn add(&mut self, letter: Letter, state: State, forgery: Option<Forgery>, due: OffsetDateTime) {
        self.last_id += 1;
        self.deliveries.push(Delivery { id: self.last_id, letter, forgery, state, results: Vec::new(), due });
    }

    /// Lets go what is held, the youngest first. How many that were.
    pub(super) fn release(&mut self, now: OffsetDateTime) -> usize {
        let (mut held, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.deliveries).into_iter().partition(|known| known.state == State::Held);
        for delivery in &mut held {
            (delivery.state, delivery.due) = (State::Waiting, now);
        }
        let count = held.len();
        self.deliveries = others;
        self.deliveries.extend(held.into_iter().rev());
        count
    }

    /// All, in the order in which they are sent when they are due together.
    pub(super) fn all(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// The deliveries of a test.
    pub(super) fn of_test<'a>(&'a self, correlation: &'a str) -> impl Iterator<Item = &'a Delivery> {
        self.deliveries.iter().filter(move |known| known.letter.correlation.as_deref() == Some(correlation))
    }

    /// Forgets those that have ended.
    pub(super) fn forget_ended(&mut self) {
        self.deliveries.retain(|known| matches!(known.state, State::Held | State::Waiting | State::Sending));
    }

    /// Takes the next that is due. It must be told what came of it.
    pub(super) fn take_due(&mut self, now: OffsetDateTime) -> Option<Delivery> {
        let due = self.deliveries.iter_mut().filter(|known| known.state == State::Waiting && known.due <= now);
        let next = due.min_by_key(|known| known.due)?;
        next.state = State::Sending;
        Some(next.clone())
    }

    /// When the next is due, if any waits.
    pub(super) fn next_due(&self) -> Option<OffsetDateTime> {
        self.deliveries.iter().filter(|known| known.state == State::Waiting).map(|known| known.due).min()
    }

    /// Notes what came of an attempt: taken with any status of success, tried again later otherwise.
    pub(super) fn attempted(&mut self, id: u64, outcome: Outcome, now: OffsetDateTime) {
        let base = self.retry_base;
        let Some(delivery) = self.deliveries.iter_mut().find(|known| known.id == id && known.state == State::Sending) else {
            return;
        };
        let taken = matches!(outcome, Outcome::Answered(200..=299));
        delivery.results.push(result(outcome, now));
        let attempts = delivery.results.len();
        delivery.state = match delivery.forgery {
            _ if taken => State::Delivered,
            Some(_) => State::Refused,
            None if attempts >= ATTEMPTS => State::DeadLettered,
            None => State::Waiting,
        };
        let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
        delivery.due = now.saturating_add(base.saturating_mul(2_i32.saturating_pow(doublings)));
    }
}

fn result(outcome: Outcome, now: OffsetDateTime) -> AttemptResult {
    let (response_code, response_message, system_error) = match outcome {
        Outcome::Answered(status) => (status_name(status), String::new(), false),
        Outcome::Failed(reason) => (String::new(), reason, true),
    };
    let date_time_utc = crate::clock::seven_digits(now).trim_end_matches('Z').to_owned();
    AttemptResult { response_code, response_message, system_error, date_time_utc }
}

/// The name of a status as .NET has it, which is what the documented `OK` is; the number where it has none.
fn status_name(status: u16) -> String {
    let reason = axum::http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    reason.map_or_else(|| status.to_string(), |reason| reason.replace([' ', '-'], ""))
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
