//! What arrived at the upstream services, in order of arrival. Every request is counted once, when its headers are
//! read, whatever becomes of it.

use std::sync::Arc;

use serde::Serialize;

use super::UpstreamService;
use crate::locked::Locked;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Outcome {
    /// Not answered yet.
    Pending,
    /// Answered.
    Answered,
    /// The connection was closed on it on purpose.
    Dropped,
    /// The client went away first.
    Abandoned,
}

/// One request. It carries no header and no body: both hold secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Entry {
    /// Counts up over all services, never used twice.
    pub(crate) seq: u64,
    /// Where it arrived.
    pub(crate) service: UpstreamService,
    /// HTTP method.
    pub(crate) method: String,
    /// Path with query.
    pub(crate) path: String,
    /// Status of the answer; none unless answered.
    pub(crate) status: Option<u16>,
    /// What became of it.
    pub(crate) outcome: Outcome,
}

#[derive(Default)]
struct Inner {
    last_seq: u64,
    entries: Vec<Entry>,
}

/// The log.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Locked<Inner>>);

impl Log {
    /// Notes an arrival. The returned entry wants to be finished; dropped before, it says that the client went away.
    pub(crate) fn arrive(&self, service: UpstreamService, method: &str, path: &str) -> Arrival {
        let mut inner = self.0.lock();
        inner.last_seq += 1;
        let seq = inner.last_seq;
        let (method, path) = (method.to_owned(), path.to_owned());
        inner.entries.push(Entry { seq, service, method, path, status: None, outcome: Outcome::Pending });
        Arrival { log: self.clone(), seq, finished: false }
    }

    /// All entries.
    pub(crate) fn all(&self) -> Vec<Entry> {
        self.0.lock().entries.clone()
    }

    /// Forgets all entries.
    pub(crate) fn clear(&self) {
        self.0.lock().entries.clear();
    }

    fn finish(&self, seq: u64, outcome: Outcome, status: Option<u16>) {
        let mut inner = self.0.lock();
        if let Some(entry) = inner.entries.iter_mut().rev().find(|entry| entry.seq == seq) {
            entry.outcome = outcome;
            entry.status = status;
        }
    }
}

/// A request on its way.
pub(crate) struct Arrival {
    log: Log,
    /// Its number.
    pub(crate) seq: u64,
    finished: bool,
}

impl Arrival {
    /// It was answered with that status.
    pub(crate) fn answered(mut self, status: u16) {
        self.finish(Outcome::Answered, Some(status));
    }

    /// Its connection is being closed.
    pub(crate) fn dropped(mut self) {
        self.finish(Outcome::Dropped, None);
    }

    fn finish(&mut self, outcome: Outcome, status: Option<u16>) {
        self.finished = true;
        self.log.finish(self.seq, outcome, status);
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        if !self.finished {
            self.finish(Outcome::Abandoned, None);
        }
    }
}
