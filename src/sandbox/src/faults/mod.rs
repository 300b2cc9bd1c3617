//! What is done to the calls of the upstream services on request: the list of faults, the held calls and the
//! log of what arrived. `service` applies it; no service knows that it is there.

mod holds;
mod log;
mod plan;
mod service;

pub(crate) use holds::{Hold, Holds, LetGo};
pub(crate) use log::Log;
#[cfg(test)]
pub(crate) use log::Outcome;
pub(crate) use plan::{Effect, Fault, FaultList, UpstreamService, When};
pub(crate) use service::FaultyService;

/// Everything that stands between the listeners and the services.
#[derive(Default)]
pub(crate) struct Faults {
    /// The faults that were asked for.
    pub(crate) list: FaultList,
    /// The calls that are being held.
    pub(crate) holds: Holds,
    /// What arrived.
    pub(crate) log: Log,
}

impl Faults {
    /// Forgets all faults and lets the held calls end; they are dropped.
    pub(crate) fn clear(&self) {
        self.list.clear();
        self.holds.release(LetGo::Dropped);
    }
}
