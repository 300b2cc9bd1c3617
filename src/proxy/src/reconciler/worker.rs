//! The worker: runs what is due, some at a time, until it is told to stop.

use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::{Reconciler, watch as feeds};
use crate::store::WorkKey;

/// Runs due work.
#[derive(Debug)]
pub struct Worker {
    reconciler: Arc<Reconciler>,
}

impl Worker {
    /// A worker over this reconciler.
    #[must_use]
    pub fn new(reconciler: Arc<Reconciler>) -> Self {
        Self { reconciler }
    }

    /// Works until `stop` says true, then ends what it has begun.
    pub async fn work(self, mut stop: watch::Receiver<bool>) {
        let config = &self.reconciler.config;
        let places = Arc::new(Semaphore::new(config.worker_parallel));
        let mut running = JoinSet::new();
        // Beside the runs, which it must not hold up; cut off at the end, which it bears at any time.
        let mut sorting = JoinSet::new();
        let mut watching = feeds::begin(&self.reconciler, &stop);
        while !*stop.borrow() {
            let reconciler = Arc::clone(&self.reconciler);
            sorting.spawn(async move { reconciler.sort_inbox().await });
            while sorting.try_join_next().is_some() {}
            self.begin_due(&places, &mut running).await;
            while running.try_join_next().is_some() {}
            tokio::select! {
                () = tokio::time::sleep(config.worker_interval) => {}
                () = self.reconciler.news.notified() => {}
                // The sender is gone: nobody could stop us later.
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        while running.join_next().await.is_some() {}
        while watching.join_next().await.is_some() {}
    }

    async fn begin_due(&self, places: &Arc<Semaphore>, running: &mut JoinSet<()>) {
        let Reconciler { store, owner, clock, config, .. } = &*self.reconciler;
        // Taken at once, so that another process does not begin the same.
        let due = match store.take_due(owner, clock.now(), config.lease, places.available_permits()).await {
            Ok(due) => due.into_iter().map(|lease| lease.key),
            Err(error) => {
                tracing::error!(%error, "due work cannot be read");
                return;
            }
        };
        for key in due {
            let Ok(place) = Arc::clone(places).try_acquire_owned() else { return };
            let reconciler = Arc::clone(&self.reconciler);
            running.spawn(async move {
                // A failure is logged by the run, which stays due.
                match key {
                    WorkKey::Opportunity(key) => drop(reconciler.reconcile(&key, None).await),
                    WorkKey::Engagement(key) => drop(reconciler.take_in(&key).await),
                }
                drop(place);
            });
        }
    }
}
