//! Transactions that stay open after they have written: their rows keep the stamps of the moment they were written and
//! are seen by nobody else before the commit. Real ones last as long as a trigger, a flow or a bulk load does.
//! Must not know why one is held open.

use std::collections::BTreeMap;

use time::OffsetDateTime;

use super::super::errors::ApiError;
use super::{Row, Store, text};

/// When a transaction commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::salesforce) enum Until {
    /// When it is told to.
    Released,
    /// When so many further calls were answered without it.
    Calls(u32),
    /// At a moment.
    Moment(OffsetDateTime),
}

/// What became of a row.
#[derive(Clone, Debug)]
enum Change {
    Written(Row),
    Deleted(Row),
}

/// One open transaction.
#[derive(Clone, Debug)]
pub(super) struct Transaction {
    since: OffsetDateTime,
    until: Until,
    changes: BTreeMap<(&'static str, String), Change>,
}

impl Store {
    /// Takes back what has changed since `before` and keeps it in an open transaction. False when nothing has changed.
    pub(in crate::salesforce) fn hold_back(&mut self, before: Self, since: OffsetDateTime, until: Until) -> bool {
        let mut changes = BTreeMap::new();
        for (object, table) in &self.rows {
            let known = before.rows.get(object);
            for (id, row) in table.iter().filter(|(id, row)| known.and_then(|known| known.get(*id)) != Some(*row)) {
                changes.insert((*object, id.clone()), Change::Written(row.clone()));
            }
        }
        for (object, table) in &self.deleted {
            let known = before.deleted.get(object);
            for (id, row) in table.iter().filter(|(id, _)| known.is_none_or(|known| !known.contains_key(*id))) {
                changes.insert((*object, id.clone()), Change::Deleted(row.clone()));
            }
        }
        if changes.is_empty() {
            return false;
        }
        // Ids that were given out stay used.
        let counters = std::mem::take(&mut self.counters);
        *self = before;
        self.counters = counters;
        self.open.push(Transaction { since, until, changes });
        true
    }

    /// Counts a call and commits every transaction whose time has come.
    pub(in crate::salesforce) fn commit_due(&mut self, now: OffsetDateTime) {
        for transaction in std::mem::take(&mut self.open) {
            let until = match transaction.until {
                Until::Calls(0) => None,
                Until::Calls(more) => Some(Until::Calls(more - 1)),
                Until::Moment(moment) if moment <= now => None,
                other => Some(other),
            };
            match until {
                Some(until) => self.open.push(Transaction { until, ..transaction }),
                None => self.commit(transaction),
            }
        }
    }

    /// Commits every open transaction.
    pub(in crate::salesforce) fn commit_all(&mut self) {
        for transaction in std::mem::take(&mut self.open) {
            self.commit(transaction);
        }
    }

    /// Since when the oldest open transaction is open.
    pub(in crate::salesforce) fn open_since(&self) -> Option<OffsetDateTime> {
        self.open.iter().map(|transaction| transaction.since).min()
    }

    /// Refuses to write a row that an open transaction has written: the platform waits ten seconds for its lock.
    pub(super) fn unlocked(&self, object: &'static str, id: &str) -> Result<(), ApiError> {
        let key = (object, id.to_owned());
        let locked = self.open.iter().any(|transaction| transaction.changes.contains_key(&key));
        if locked { Err(locked_out(id)) } else { Ok(()) }
    }

    /// Refuses a unique value that an open transaction has written into another row.
    pub(super) fn unclaimed(&self, object: &'static str, id: Option<&str>, field: &str, value: &str) -> Result<(), ApiError> {
        let claims = |((of, row), change): (&(&'static str, String), &Change)| match change {
            Change::Written(written) => {
                *of == object && Some(row.as_str()) != id && text(written, field).eq_ignore_ascii_case(value)
            }
            Change::Deleted(_) => false,
        };
        let claimed = self.open.iter().any(|transaction| transaction.changes.iter().any(claims));
        if claimed { Err(locked_out(id.unwrap_or_default())) } else { Ok(()) }
    }

    fn commit(&mut self, transaction: Transaction) {
        for ((object, id), change) in transaction.changes {
            match change {
                Change::Written(row) => self.put(object, &id, row),
                Change::Deleted(row) => {
                    self.rows.entry(object).or_default().remove(&id);
                    self.deleted.entry(object).or_default().insert(id, row);
                }
            }
        }
    }
}

fn locked_out(id: &str) -> ApiError {
    let message = format!("unable to obtain exclusive access to this record or 1 records: {id}");
    ApiError::on(&[], "UNABLE_TO_LOCK_ROW", message)
}
