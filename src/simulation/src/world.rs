//! What everybody in one world shares: the services, the clock, the weather, what happened, and what should not have happened.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::anyhow;
use axum::Router;
use cosell_sandbox::in_process::{Known, Services};

use crate::clock::WorldClock;
use crate::dice::Dice;
use crate::ground::Ground;
use crate::patches::Patches;
use crate::protection::{Protection, Sabotage};
use crate::trace::Trace;
use crate::weather::Weather;

/// Where the services are. Nobody listens there; the names say where a request goes.
pub(crate) const ORG: &str = "org.example";
/// Entra ID.
pub(crate) const ENTRA: &str = "login.example";
/// Partner Center.
pub(crate) const PARTNER_CENTER: &str = "partner.example";

/// Where the certificates of events are, as the events name it.
pub(crate) const BLOBS: &str = "blobs.example";

/// One world.
pub(crate) struct World {
    pub(crate) clock: WorldClock,
    pub(crate) trace: Trace,
    pub(crate) weather: Weather,
    /// Dice of the network: how long what takes.
    pub(crate) network: Dice,
    pub(crate) without: Option<Protection>,
    pub(crate) services: Services,
    pub(crate) known: Known,
    routers: [(&'static str, Router); 4],
    /// What Partner Center took from us.
    pub(crate) patches: Patches,
    violations: Mutex<Vec<Violation>>,
}

/// Something that must never be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// What was promised.
    pub promise: &'static str,
    /// What was found instead.
    pub found: String,
}

impl std::fmt::Debug for World {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("World").field("without", &self.without).finish_non_exhaustive()
    }
}

impl World {
    /// A new one on this ground.
    pub(crate) fn new(seed: u64, ground: &Ground, data: String, without: Option<Protection>) -> anyhow::Result<Arc<Self>> {
        let clock = WorldClock::start();
        let ids = Dice::new(seed, 1);
        let base = format!("https://{PARTNER_CENTER}");
        let services = Services::new(ground.identities(), data, base, move || clock.time(), move || ids.id())
            .map_err(|error| anyhow!("the services: {error}"))?;
        let routers = [
            (ORG, services.salesforce()),
            (ENTRA, services.entra()),
            (PARTNER_CENTER, services.partner_center()),
            (BLOBS, ground.identities().blobs()),
        ];
        Ok(Arc::new(Self {
            clock,
            trace: Trace::new(clock),
            weather: Weather::new(Dice::new(seed, 2)),
            network: Dice::new(seed, 3),
            without,
            known: services.known(),
            services,
            routers,
            patches: Patches::default(),
            violations: Mutex::default(),
        }))
    }

    /// The service at a host.
    pub(crate) fn service(&self, host: &str) -> Option<(&'static str, Router)> {
        self.routers.iter().find(|(name, _)| *name == host).cloned()
    }

    /// How the world is sabotaged, if it is.
    pub(crate) fn sabotage(&self) -> Option<Sabotage> {
        self.without.map(|protection| protection.sabotage)
    }

    /// Notes what must never be.
    pub(crate) fn violate(&self, promise: &'static str, found: impl Into<String>) {
        let found = found.into();
        self.trace.note(format!("VIOLATED: {promise}: {found}"));
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).push(Violation { promise, found });
    }

    /// What should not have been.
    pub(crate) fn violations(&self) -> Vec<Violation> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
