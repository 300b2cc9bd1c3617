//! Due work: what has to be looked at when, and who is looking at it now.

use std::time::Duration;

use time::OffsetDateTime;

use super::{Key, Store, StoreError, WorkKey, to_millis};

/// The right to work on something, until it ends or is given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease<K> {
    /// What.
    pub key: K,
    /// Who holds it: one name for each process.
    pub owner: String,
    /// How often this work has failed in a row.
    pub attempts: u32,
    /// How often it had been asked for when the lease began.
    pub wakes: i64,
}

impl Store {
    /// Asks for a look at `at` or before, whoever is at it now.
    pub async fn wake(&self, key: &impl Key, at: OffsetDateTime) -> Result<(), StoreError> {
        sqlx::query(WAKE).bind(key.text()).bind(to_millis(at)).execute(&self.pool).await?;
        Ok(())
    }

    /// Takes the work for `owner`, writing down that there is some until [`Store::done`] says otherwise. `None` while somebody
    /// else holds it.
    pub async fn lease<K: Key>(
        &self,
        key: &K,
        owner: &str,
        now: OffsetDateTime,
        length: Duration,
    ) -> Result<Option<Lease<K>>, StoreError> {
        let row: Option<(i64, i64)> = sqlx::query_as(
            "INSERT INTO work (work_key, due_at, lease_owner, lease_until) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (work_key) DO UPDATE SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until \
             WHERE work.lease_owner IS NULL OR work.lease_owner = excluded.lease_owner OR work.lease_until <= $2 \
             RETURNING attempts, wakes",
        )
        .bind(key.text())
        .bind(to_millis(now))
        .bind(owner)
        .bind(to_millis(now + length))
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|(attempts, wakes)| Lease {
            key: key.clone(),
            owner: owner.to_owned(),
            attempts: u32::try_from(attempts).unwrap_or(0),
            wakes,
        }))
    }

    /// Prolongs a lease. `false` when it was lost meanwhile: then nothing may be written any more.
    pub async fn renew<K: Key>(&self, lease: &Lease<K>, now: OffsetDateTime, length: Duration) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE work SET lease_until = $1 WHERE work_key = $2 AND lease_owner = $3")
            .bind(to_millis(now + length))
            .bind(lease.key.text())
            .bind(&lease.owner)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Nothing is left to do, unless somebody asked for another look since the lease began: then it is due at once.
    pub async fn done<K: Key>(&self, lease: &Lease<K>) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query("DELETE FROM work WHERE work_key = $1 AND lease_owner = $2 AND wakes = $3")
            .bind(lease.key.text())
            .bind(&lease.owner)
            .bind(lease.wakes)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(
            "UPDATE work SET attempts = 0, lease_owner = NULL, lease_until = NULL WHERE work_key = $1 AND lease_owner = $2",
        )
        .bind(lease.key.text())
        .bind(&lease.owner)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// To be looked at again at `due`; earlier where somebody asked for it since the lease began.
    pub async fn postpone<K: Key>(&self, lease: &Lease<K>, due: OffsetDateTime) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE work SET due_at = CASE WHEN wakes = $1 THEN $2 ELSE due_at END, attempts = attempts + 1, \
             lease_owner = NULL, lease_until = NULL WHERE work_key = $3 AND lease_owner = $4",
        )
        .bind(lease.wakes)
        .bind(to_millis(due))
        .bind(lease.key.text())
        .bind(&lease.owner)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Up to `limit` pieces of work that are due and that nobody holds, longest due first.
    pub async fn due(&self, now: OffsetDateTime, limit: usize) -> Result<Vec<WorkKey>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT work_key FROM work WHERE due_at <= $1 AND (lease_owner IS NULL OR lease_until <= $1) \
             ORDER BY due_at, work_key LIMIT $2",
        )
        .bind(to_millis(now))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().filter_map(|(key,)| WorkKey::parse(key)).collect())
    }

    /// Takes back what a process held that is no more. Only right while no other process uses the store.
    pub(super) async fn release_all(&self) -> Result<(), sqlx::Error> {
        for statement in [
            "UPDATE work SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL",
            "UPDATE feeds SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL",
        ] {
            sqlx::query(statement).execute(&self.pool).await?;
        }
        Ok(())
    }
}

/// Asks for a look at `$1` from `$2` on: never later than it was due already.
pub(super) const WAKE: &str = "INSERT INTO work (work_key, due_at, wakes) VALUES ($1, $2, 1) \
     ON CONFLICT (work_key) DO UPDATE SET wakes = work.wakes + 1, \
     due_at = CASE WHEN work.due_at < excluded.due_at THEN work.due_at ELSE excluded.due_at END";
