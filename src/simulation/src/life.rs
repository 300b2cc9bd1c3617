//! The life of one process. A dead one never hears of anything again: whatever it has begun waits for an answer for ever. One that
//! stands still, as on a machine that is paused, hears of it when it goes on, and has no idea that time has passed.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

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
    /// Until when it stands still, in milliseconds of the world.
    paused_until: AtomicU64,
    told: Notify,
}

impl Life {
    /// Begins one.
    pub(crate) fn begin(name: String, world: Arc<World>) -> Arc<Self> {
        world.trace.note(format!("{name} begins"));
        Arc::new(Self { name, world, is_over: AtomicBool::new(false), paused_until: AtomicU64::new(0), told: Notify::new() })
    }

    /// Ends it, here and now.
    pub(crate) fn end(&self, why: &str) {
        if !self.is_over.swap(true, Ordering::Relaxed) {
            self.world.trace.note(format!("{} dies {why}", self.name));
            self.world.patches.died(&self.name, self.world.clock.millis());
            self.told.notify_one();
        }
    }

    /// It stands still from here and now on, for longer or shorter than it may hold its work.
    pub(crate) fn pause(&self, why: &str) {
        let length = 20_000 + self.world.network.below(400_000);
        self.world.trace.note(format!("{} stands still {why} for {length} ms", self.name));
        self.paused_until.fetch_max(self.world.clock.millis() + length, Ordering::Relaxed);
        // Others cannot ask it.
        self.world.patches.died(&self.name, self.world.clock.millis());
    }

    /// Whether it stands still.
    pub(crate) fn is_paused(&self) -> bool {
        !self.rest().is_zero()
    }

    fn rest(&self) -> Duration {
        Duration::from_millis(self.paused_until.load(Ordering::Relaxed).saturating_sub(self.world.clock.millis()))
    }

    /// Goes on when it does not stand still any more, and only if it is not over.
    pub(crate) async fn goes_on(&self) {
        while self.is_paused() {
            tokio::time::sleep(self.rest()).await;
        }
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
        // Said every few seconds that a list still has its reader: to die there is to die at a time, and else at nothing.
        let is_renewal = write == "take_feed";
        let strikes = |kind: Fault| !is_renewal && self.world.weather.strikes(|fault| fault == kind).is_some();
        if strikes(Fault::DeathAtStore) {
            self.end(&format!("{} {write}", if moment == Moment::Before { "before" } else { "after" }));
        }
        if strikes(Fault::PauseAtStore) {
            self.pause(&format!("{} {write}", if moment == Moment::Before { "before" } else { "after" }));
        }
        if self.is_over.load(Ordering::Relaxed) {
            Fate::Die
        } else if self.is_paused() {
            Fate::Pause(self.rest())
        } else {
            Fate::Live
        }
    }
}
