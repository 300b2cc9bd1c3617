//! Calls that are being held: announced once each to whoever waits for them, all released together.

use std::collections::VecDeque;

use serde::Serialize;
use tokio::sync::{Notify, watch};

use super::{UpstreamService, When};
use crate::locked::Locked;

/// A call that is being held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Hold {
    /// Its number in the log.
    pub(crate) seq: u64,
    /// Where it arrived.
    pub(crate) service: UpstreamService,
    /// HTTP method.
    pub(crate) method: String,
    /// Path with query.
    pub(crate) path: String,
    /// Whether the operation is committed.
    pub(crate) when: When,
}

/// The held calls.
pub(crate) struct Holds {
    announced: Locked<VecDeque<Hold>>,
    arrived: Notify,
    /// Counts the releases; a held call ends when it changes.
    releases: watch::Sender<u64>,
}

impl Default for Holds {
    fn default() -> Self {
        Self { announced: Locked::default(), arrived: Notify::new(), releases: watch::Sender::new(0) }
    }
}

impl Holds {
    /// To be taken before a call is decided on, so that a release in between is not missed.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.releases.subscribe()
    }

    /// Announces a held call.
    pub(crate) fn announce(&self, hold: Hold) {
        self.announced.lock().push_back(hold);
        self.arrived.notify_waiters();
    }

    /// The oldest call that has not been told of yet, as soon as there is one. Wants a limit from the caller.
    pub(crate) async fn next(&self) -> Hold {
        loop {
            let arrived = self.arrived.notified();
            tokio::pin!(arrived);
            // Registered before the look, or an announcement between look and wait would be slept through.
            arrived.as_mut().enable();
            if let Some(hold) = self.announced.lock().pop_front() {
                return hold;
            }
            arrived.await;
        }
    }

    /// Ends every held call and forgets those that nobody asked for.
    pub(crate) fn release(&self) {
        self.announced.lock().clear();
        self.releases.send_modify(|count| *count += 1);
    }
}
