//! The changes that both sides took from us, by the id of the referral or of the record, for comparison with what the trail tells of them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

/// What was made is kept within so many milliseconds, however slow the network is.
const KEPT_WITHIN: u64 = 60_000;

/// What there was of one referral.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    /// Changes with a field in them that sellers know and that is told by its name.
    pub(crate) fields: usize,
    /// Changes with a state in them.
    pub(crate) moves: usize,
    /// Changes that nobody can tell any more whether they were done: their answer was not heard, and then somebody changed the
    /// referral in the portal.
    pub(crate) doubtful: usize,
    /// The process that made the record of it may have died before it had kept what both sides agree on.
    pub(crate) is_forgotten: bool,
    /// The seller has closed the deal too: of the record alone.
    pub(crate) is_closed_here: bool,
    /// Which process made the record last, and when.
    made: Option<(String, u64)>,
    /// Whose change was the last, and whether that process may not know it.
    last: Option<(String, bool)>,
}

/// All of them, by referral.
#[derive(Debug, Default)]
pub(crate) struct Patches(Mutex<BTreeMap<String, Count>>);

impl Patches {
    /// One was taken.
    pub(crate) fn taken(&self, who: &str, target: &str, body: &[u8]) {
        let operations: Vec<Value> = serde_json::from_slice(body).unwrap_or_default();
        let paths: Vec<&str> = operations.iter().filter_map(|it| it.get("path").and_then(Value::as_str)).collect();
        let is_state = |path: &str| ["/status", "/substatus", "/statusReason"].contains(&path);
        let moves = paths.contains(&"/status");
        // That the deal moved is told in words of its own, the sales stage with it.
        let is_silent = |path: &str| path == "/externalReferenceId" || (moves && path == "/salesStage");
        self.with(referral_of(target), |count| {
            count.fields += usize::from(paths.iter().any(|path| !is_state(path) && !is_silent(path)));
            count.moves += usize::from(moves);
            count.last = Some((who.to_owned(), false));
        });
    }

    /// A process asks the org to make the record of a referral.
    pub(crate) fn makes(&self, who: &str, body: &[u8], millis: u64) {
        let body = String::from_utf8_lossy(body);
        let id = body.split("\"Referral_Identifier__c\":\"").nth(1).and_then(|rest| rest.split('"').next());
        if let Some(id) = id {
            self.with(id, |count| count.made = Some((who.to_owned(), millis)));
        }
    }

    /// The answer to what a process was making last does not arrive.
    pub(crate) fn unheard_of_making(&self, who: &str, millis: u64) {
        for count in self.0.lock().unwrap_or_else(PoisonError::into_inner).values_mut() {
            count.is_forgotten |= count.made.as_ref().is_some_and(|(name, at)| name == who && millis < at + KEPT_WITHIN);
        }
    }

    /// The seller closes the deal in the org.
    pub(crate) fn closes(&self, id: &str) {
        self.with(id, |count| count.is_closed_here = true);
    }

    /// Its answer does not arrive.
    pub(crate) fn unheard(&self, target: &str) {
        self.with(referral_of(target), |count| {
            if let Some((_, unheard)) = &mut count.last {
                *unheard = true;
            }
        });
    }

    /// A process has died: of what it did last nobody may know.
    pub(crate) fn died(&self, who: &str, millis: u64) {
        self.unheard_of_making(who, millis);
        for count in self.0.lock().unwrap_or_else(PoisonError::into_inner).values_mut() {
            if let Some((_, unheard)) = count.last.as_mut().filter(|(name, _)| name == who) {
                *unheard = true;
            }
        }
    }

    /// Somebody has changed the referral in the portal.
    pub(crate) fn edited(&self, id: &str) {
        self.with(id, |count| {
            if count.last.take().is_some_and(|(_, unheard)| unheard) {
                count.doubtful += 1;
            }
        });
    }

    /// Those of one referral.
    pub(crate) fn of(&self, id: &str) -> Count {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned().unwrap_or_default()
    }

    fn with(&self, id: &str, change: impl FnOnce(&mut Count)) {
        change(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(id.to_owned()).or_default());
    }
}

fn referral_of(target: &str) -> &str {
    target.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}
