//! Calls that are being held: announced once each to whoever waits for them, all let go together.

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

/// How held calls are let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LetGo {
    /// Without an answer.
    Dropped,
    /// As if they had not been held.
    GoOn,
}

/// The held calls.
pub(crate) struct Holds {
    announced: Locked<VecDeque<Hold>>,
    arrived: Notify,
    /// A held call ends when a value is sent, be it the same again.
    releases: watch::Sender<LetGo>,
}

impl Default for Holds {
    fn default() -> Self {
        Self { announced: Locked::default(), arrived: Notify::new(), releases: watch::Sender::new(LetGo::Dropped) }
    }
}

impl Holds {
    /// To be taken before a call is decided on, so that a release in between is not missed.
    pub(crate) fn watch(&self) -> watch::Receiver<LetGo> {
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

    /// Lets every held call go and forgets those that nobody asked for.
    pub(crate) fn release(&self, how: LetGo) {
        self.announced.lock().clear();
        self.releases.send_replace(how);
    }
}
