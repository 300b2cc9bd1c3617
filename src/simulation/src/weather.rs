//! What goes wrong, how often, and how often it did. Each world has a climate of its own: some faults often, some never, so that
//! rare ones meet each other too.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::dice::Dice;

/// What can go wrong between a process and a service, in either direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No connection can be made.
    Refused,
    /// The request is lost on its way.
    LostBefore,
    /// The answer is lost on its way: it was done.
    LostAfter,
    /// The request arrives after the client has given up.
    Late,
    /// The request arrives twice.
    Doubled,
    /// 429 with the time to wait.
    Throttled,
    /// 503, nothing done.
    Unavailable,
    /// 502 from something in between, and it was done.
    BadGateway,
    /// It takes long.
    Slow,
    /// The process dies before the request leaves.
    DeathBefore,
    /// The process dies when the service has done it.
    DeathAfter,
    /// The process stands still for minutes before the request leaves, with everything that it is doing.
    PauseBefore,
    /// It does when the service has done it.
    PauseAfter,
    /// The list does not know what was done a moment ago.
    StaleList,
    /// The session ends.
    SessionEnd,
    /// The process dies at a call to its store.
    DeathAtStore,
    /// The process stands still for minutes at a call to its store.
    PauseAtStore,
    /// An event never arrives.
    EventVanished,
    /// It arrives twice.
    EventDoubled,
    /// It arrives long after others that were sent after it.
    EventDelayed,
    /// It arrives, and its sender does not know.
    EventUnheard,
}

impl Fault {
    /// Whether it meets calls to the store, and not those over the network.
    pub(crate) fn is_of_store(self) -> bool {
        matches!(self, Self::DeathAtStore | Self::PauseAtStore)
    }

    /// Whether it meets events that come to us, and not calls of ours.
    pub(crate) fn is_of_events(self) -> bool {
        matches!(self, Self::EventVanished | Self::EventDoubled | Self::EventDelayed | Self::EventUnheard)
    }
}

/// Each with how often it happens at most, of all calls or events.
const KINDS: [(Fault, &str, f64); 21] = [
    (Fault::Refused, "connection refused", 0.08),
    (Fault::LostBefore, "request lost", 0.06),
    (Fault::LostAfter, "answer lost", 0.10),
    (Fault::Late, "request late", 0.05),
    (Fault::Doubled, "request doubled", 0.08),
    (Fault::Throttled, "429", 0.05),
    (Fault::Unavailable, "503", 0.08),
    (Fault::BadGateway, "502 after it was done", 0.06),
    (Fault::Slow, "slow answer", 0.35),
    (Fault::DeathBefore, "process died before a request", 0.03),
    (Fault::DeathAfter, "process died after a request", 0.05),
    (Fault::StaleList, "stale list", 0.10),
    (Fault::SessionEnd, "session ended", 0.03),
    (Fault::DeathAtStore, "process died at its store", 0.015),
    (Fault::PauseBefore, "process stood still before a request", 0.02),
    (Fault::PauseAfter, "process stood still after a request", 0.02),
    (Fault::PauseAtStore, "process stood still at its store", 0.01),
    (Fault::EventVanished, "event vanished", 0.6),
    (Fault::EventDoubled, "event doubled", 0.4),
    (Fault::EventDelayed, "event delayed", 0.3),
    (Fault::EventUnheard, "event taken without an answer", 0.2),
];

/// The weather of one world.
#[derive(Debug)]
pub(crate) struct Weather {
    dice: Dice,
    climate: Vec<(Fault, &'static str, f64)>,
    stormy: AtomicBool,
    seen: Mutex<BTreeMap<&'static str, u64>>,
}

impl Weather {
    /// The climate that these dice say; it begins stormy.
    pub(crate) fn new(dice: Dice) -> Self {
        let climate = KINDS
            .into_iter()
            .filter(|_| dice.happens(0.5))
            .map(|(fault, name, most)| {
                (fault, name, most * [1.0, 0.5, 0.25].get(usize::try_from(dice.below(3)).unwrap_or(0)).unwrap_or(&1.0))
            })
            .collect();
        Self { dice, climate, stormy: AtomicBool::new(true), seen: Mutex::default() }
    }

    /// Whether this may happen here at all.
    pub(crate) fn knows(&self, kind: Fault) -> bool {
        self.climate.iter().any(|(fault, ..)| *fault == kind)
    }

    /// Nothing goes wrong from now on.
    pub(crate) fn calm(&self) {
        self.stormy.store(false, Ordering::Relaxed);
    }

    /// What goes wrong with one call, if anything, of what is possible.
    pub(crate) fn strikes(&self, possible: impl Fn(Fault) -> bool) -> Option<Fault> {
        if !self.stormy.load(Ordering::Relaxed) {
            return None;
        }
        let (fault, name, _) =
            self.climate.iter().find(|(fault, _, probability)| possible(*fault) && self.dice.happens(*probability))?;
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default() += 1;
        Some(*fault)
    }

    /// How often each fault happened.
    pub(crate) fn seen(&self) -> BTreeMap<&'static str, u64> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
