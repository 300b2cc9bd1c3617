//! The worker: runs what is due, some at a time, until it is told to stop.

use std::sync::Arc;

use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::Reconciler;
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
        while !*stop.borrow() {
            self.begin_due(&places, &mut running).await;
            while running.try_join_next().is_some() {}
            tokio::select! {
                () = tokio::time::sleep(config.worker_interval) => {}
                // The sender is gone: nobody could stop us later.
                changed = stop.changed() => if changed.is_err() { break },
            }
        }
        while running.join_next().await.is_some() {}
    }

    async fn begin_due(&self, places: &Arc<Semaphore>, running: &mut JoinSet<()>) {
        let due = match self.reconciler.store.due(self.reconciler.clock.now(), places.available_permits()).await {
            Ok(due) => due,
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
                    WorkKey::Engagement(key) => tracing::error!(%key, "nobody works on engagements yet"),
                }
                drop(place);
            });
        }
    }
}
