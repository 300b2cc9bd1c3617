//! One run at a time for each opportunity and each engagement, within this process. Whoever comes later waits.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

use crate::store::WorkKey;

/// A lock for everything that somebody works on.
#[derive(Debug, Default)]
pub(super) struct Locks(Mutex<HashMap<WorkKey, Arc<tokio::sync::Mutex<()>>>>);

impl Locks {
    /// Waits for one's turn; it lasts as long as the guard.
    pub(super) async fn turn(&self, key: &WorkKey) -> OwnedMutexGuard<()> {
        let lock = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            // Only the map holds what nobody uses any more.
            locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            Arc::clone(locks.entry(key.clone()).or_default())
        };
        lock.lock_owned().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SalesforceId;

    fn key(last: char) -> WorkKey {
        WorkKey::Opportunity(SalesforceId::parse(&format!("006Qy00000AbCd{last}")).unwrap())
    }

    #[tokio::test]
    async fn the_same_opportunity_waits_and_another_does_not() {
        let locks = Locks::default();
        let first = locks.turn(&key('E')).await;
        drop(locks.turn(&key('F')).await);
        let same = key('E');
        let waiting = locks.turn(&same);
        tokio::pin!(waiting);
        let early = std::future::poll_fn(|context| std::task::Poll::Ready(waiting.as_mut().poll(context).is_pending())).await;
        assert!(early);
        drop(first);
        drop(waiting.await);
        drop(locks.turn(&key('G')).await);
        assert_eq!(locks.0.lock().unwrap().len(), 1);
    }
}
