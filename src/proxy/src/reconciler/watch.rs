//! Looks for changes on both sides, each at its own pace, until it is told to stop.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Reconciler;
use super::feed::Feed;
use super::sweep::Sweep;

/// Begins to look. A look may end at any point when `stop` says so: what it had not kept by then is looked at again.
pub(super) fn begin(reconciler: &Arc<Reconciler>, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut watching = JoinSet::new();
    if !reconciler.feed.interval.is_zero() {
        let mut feed = Feed::new(Arc::clone(reconciler));
        watching.spawn(until(stop.clone(), async move {
            loop {
                tokio::time::sleep(feed.look().await).await;
            }
        }));
    }
    if !reconciler.sweep.interval.is_zero() {
        let mut sweep = Sweep::new(Arc::clone(reconciler));
        watching.spawn(until(stop.clone(), async move {
            loop {
                tokio::time::sleep(sweep.look().await).await;
            }
        }));
    }
    watching
}

async fn until(mut stop: watch::Receiver<bool>, endless: impl Future<Output = Infallible>) {
    tokio::select! {
        never = endless => match never {},
        // An error means that nobody could stop us any more.
        _ = stop.wait_for(|stop| *stop) => {}
    }
}
