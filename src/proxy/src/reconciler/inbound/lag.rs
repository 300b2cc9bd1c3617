//! Partner Center's list of an engagement may lag behind the event that named one of its referrals. What it does not show is
//! believed only after some looks in a row: failures in between say nothing about it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::store::EngagementId;

/// How many looks in a row may miss what has come before that is believed.
const MOST_LOOKS: u32 = 5;

/// The looks that missed it so far. Lost with the process, which only means that there are a few more.
#[derive(Debug, Default)]
pub(in crate::reconciler) struct Lag(Mutex<HashMap<EngagementId, u32>>);

impl Lag {
    /// Notes a look that missed it. Whether to look again.
    pub(super) fn missed(&self, engagement: &EngagementId) -> bool {
        let mut looks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let so_far = looks.entry(*engagement).or_default();
        *so_far += 1;
        let again = *so_far < MOST_LOOKS;
        if !again {
            looks.remove(engagement);
        }
        again
    }

    /// Notes a look that found it.
    pub(super) fn found(&self, engagement: &EngagementId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(engagement);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_believed_after_five_looks_in_a_row() {
        let (lag, engagement) = (Lag::default(), EngagementId::parse("0f1e2d3c-4b5a-4968-8776-655443322110").unwrap());
        let looks = |count: usize| (0..count).map(|_| lag.missed(&engagement)).collect::<Vec<_>>();
        assert_eq!(looks(4), [true; 4]);
        lag.found(&engagement);
        assert_eq!(looks(5), [true, true, true, true, false]);
        assert_eq!(looks(1), [true], "what comes later begins anew");
    }
}
