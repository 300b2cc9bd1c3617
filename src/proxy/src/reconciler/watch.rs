//! Looks for changes on both sides, each at its own pace, until it is told to stop. Of several processes one reads a list, and holds
//! the right to do so only for seconds at a time: when it dies, another one goes on soon.

use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Reconciler;
use super::feed::Feed;
use super::sweep::Sweep;
use crate::store::StoreError;

/// How long a list is left to the process that reads it, after it was last heard of.
const TENURE: Duration = Duration::from_secs(15);

/// How often that process is heard of, and how often the others ask whether it still is. So a list is without a reader for twenty
/// seconds at most.
const RENEWAL: Duration = Duration::from_secs(5);

/// A list of changes.
pub(super) trait List: Send + 'static {
    /// Its name in the store.
    const NAME: &'static str;

    /// Looks once, and says how long to wait before the next look.
    fn look(&mut self) -> impl Future<Output = Duration> + Send;
}

/// Begins to look. A look may end at any point, when `stop` says so or when another process has taken over: what it had not kept
/// by then is looked at again.
pub(super) fn begin(reconciler: &Arc<Reconciler>, stop: &watch::Receiver<bool>) -> JoinSet<()> {
    let mut watching = JoinSet::new();
    if !reconciler.feed.interval.is_zero() {
        watching.spawn(until(stop.clone(), Arc::clone(reconciler), Feed::new(Arc::clone(reconciler))));
    }
    if !reconciler.sweep.interval.is_zero() {
        watching.spawn(until(stop.clone(), Arc::clone(reconciler), Sweep::new(Arc::clone(reconciler))));
    }
    watching
}

/// Reads a list whenever it is ours to read, and gives it to the others at the end.
async fn until<L: List>(mut stop: watch::Receiver<bool>, reconciler: Arc<Reconciler>, list: L) {
    tokio::select! {
        biased;
        // An error means that nobody could stop us any more.
        _ = stop.wait_for(|stop| *stop) => {}
        never = serve(&reconciler, list) => match never {},
    }
    if let Err(error) = reconciler.store.leave_feed(L::NAME, &reconciler.owner).await {
        tracing::warn!(%error, list = L::NAME, "a list of changes could not be left to others; they wait until our right to it is over");
    }
}

async fn serve<L: List>(reconciler: &Reconciler, mut list: L) -> Infallible {
    loop {
        while !is_ours::<L>(reconciler).await.unwrap_or_default() {
            tokio::time::sleep(RENEWAL).await;
        }
        tokio::select! {
            // In this order, so that two runs of a simulated world are the same.
            biased;
            () = keep::<L>(reconciler) => tracing::info!(list = L::NAME, "another process reads this list of changes now"),
            never = look_on(&mut list) => match never {},
        }
    }
}

/// Prolongs our right to a list until somebody else has it.
async fn keep<L: List>(reconciler: &Reconciler) {
    loop {
        tokio::time::sleep(RENEWAL).await;
        // A store that does not answer may do so next time; nobody else can take the list from it meanwhile.
        if matches!(is_ours::<L>(reconciler).await, Ok(false)) {
            return;
        }
    }
}

async fn look_on(list: &mut impl List) -> Infallible {
    loop {
        tokio::time::sleep(list.look().await).await;
    }
}

/// Takes the right to read a list, or prolongs it.
async fn is_ours<L: List>(reconciler: &Reconciler) -> Result<bool, StoreError> {
    let taken = reconciler.store.take_feed(L::NAME, &reconciler.owner, reconciler.clock.now(), TENURE).await;
    taken.inspect_err(|error| tracing::warn!(%error, list = L::NAME, "nobody knows who reads this list of changes"))
}

#[cfg(test)]
mod tests;
