//! What the proxy takes from the world that it runs in. Whoever gives it another world decides about everything that happens.

use std::sync::Arc;

use uuid::Uuid;

use crate::chance::{Chance, SystemChance};
use crate::clock::Clock;
use crate::net::Http;

/// Time, chance, the network, and a name.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// Name of this process in leases; no other may have it.
    pub name: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness that decides something.
    pub chance: Arc<dyn Chance>,
    /// The way to the other services.
    pub http: Http,
}

impl Surroundings {
    /// A new process on this machine.
    #[must_use]
    pub fn of_machine(clock: Arc<dyn Clock>, http: Http) -> Self {
        Self { name: Uuid::new_v4().to_string(), clock, chance: Arc::new(SystemChance), http }
    }
}
