//! The life of one process. A dead one never hears of anything again: whatever it has begun waits for an answer for ever.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cosell_proxy::store::{Fate, Moment};
use tokio::sync::Notify;

use crate::weather::Fault;
use crate::world::World;

/// One life.
#[derive(Debug)]
pub(crate) struct Life {
    pub(crate) name: String,
    world: Arc<World>,
    is_over: AtomicBool,
    told: Notify,
}

impl Life {
    /// Begins one.
    pub(crate) fn begin(name: String, world: Arc<World>) -> Arc<Self> {
        world.trace.note(format!("{name} begins"));
        Arc::new(Self { name, world, is_over: AtomicBool::new(false), told: Notify::new() })
    }

    /// Ends it, here and now.
    pub(crate) fn end(&self, why: &str) {
        if !self.is_over.swap(true, Ordering::Relaxed) {
            self.world.trace.note(format!("{} dies {why}", self.name));
            self.world.patches.died(&self.name, self.world.clock.millis());
            self.told.notify_one();
        }
    }

    /// Goes on only if it is not over.
    pub(crate) async fn goes_on(&self) {
        if self.is_over.load(Ordering::Relaxed) {
            pending::<()>().await;
        }
    }

    /// Waits for its end.
    pub(crate) async fn over(&self) {
        self.told.notified().await;
    }

    /// Whether it goes on at a write to its store.
    pub(crate) fn at_store(&self, write: &str, moment: Moment) -> Fate {
        if self.world.weather.strikes(|fault| fault == Fault::DeathAtStore).is_some() {
            self.end(&format!("{} {write}", if moment == Moment::Before { "before" } else { "after" }));
        }
        if self.is_over.load(Ordering::Relaxed) { Fate::Die } else { Fate::Live }
    }
}
