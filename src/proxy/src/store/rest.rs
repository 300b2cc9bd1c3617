//! Work that is done for now: nothing is wrong, and at a known time there will be something to see.

use time::OffsetDateTime;

use super::{Key, Lease, Store, StoreError, to_millis};

impl Store {
    /// Nothing is left to do before `due`; earlier where somebody asked for it since the lease began. Unlike with
    /// [`Store::postpone`] nothing has failed, so the next failure is the first.
    pub async fn rest<K: Key>(&self, lease: &Lease<K>, due: OffsetDateTime) -> Result<(), StoreError> {
        let query = sqlx::query(
            "UPDATE work SET due_at = CASE WHEN wakes = $1 THEN $2 ELSE due_at END, attempts = 0, \
             lease_owner = NULL, lease_until = NULL WHERE work_key = $3 AND lease_owner = $4 AND lease_number = $5",
        )
        .bind(lease.wakes)
        .bind(to_millis(due))
        .bind(lease.key.text().into_owned())
        .bind(&lease.owner)
        .bind(lease.number);
        self.execute("rest", query).await.map(drop)
    }
}
