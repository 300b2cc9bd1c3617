//! Due work: which opportunity has to be looked at when, and who is looking at it now.

use std::time::Duration;

use time::OffsetDateTime;

use super::{Store, StoreError, to_millis};
use crate::ids::SalesforceId;

/// The right to work on one opportunity, until it ends or is given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The opportunity.
    pub key: SalesforceId,
    /// Who holds it: one name for each process.
    pub owner: String,
    /// How often this work has failed in a row.
    pub attempts: u32,
}

impl Store {
    /// Takes the opportunity for `owner`, writing down that there is work until [`Store::done`] says otherwise. `None`
    /// while somebody else holds it.
    pub async fn lease(
        &self,
        key: &SalesforceId,
        owner: &str,
        now: OffsetDateTime,
        length: Duration,
    ) -> Result<Option<Lease>, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(
            "INSERT INTO due_work (opportunity_id, due_at, lease_owner, lease_until) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (opportunity_id) DO UPDATE SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until \
             WHERE lease_owner IS NULL OR lease_owner = excluded.lease_owner OR lease_until <= ?2 \
             RETURNING attempts",
        )
        .bind(key.as_str())
        .bind(to_millis(now))
        .bind(owner)
        .bind(to_millis(now + length))
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.map(|(attempts,)| Lease {
            key: key.clone(),
            owner: owner.to_owned(),
            attempts: u32::try_from(attempts).unwrap_or(0),
        }))
    }

    /// Prolongs a lease. `false` when it was lost meanwhile: then nothing may be written any more.
    pub async fn renew(&self, lease: &Lease, now: OffsetDateTime, length: Duration) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE due_work SET lease_until = ? WHERE opportunity_id = ? AND lease_owner = ?")
            .bind(to_millis(now + length))
            .bind(lease.key.as_str())
            .bind(&lease.owner)
            .execute(&self.pool)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Nothing is left to do.
    pub async fn done(&self, lease: &Lease) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM due_work WHERE opportunity_id = ? AND lease_owner = ?")
            .bind(lease.key.as_str())
            .bind(&lease.owner)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// To be looked at again at `due`.
    pub async fn postpone(&self, lease: &Lease, due: OffsetDateTime) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE due_work SET due_at = ?, attempts = attempts + 1, lease_owner = NULL, lease_until = NULL \
             WHERE opportunity_id = ? AND lease_owner = ?",
        )
        .bind(to_millis(due))
        .bind(lease.key.as_str())
        .bind(&lease.owner)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// Up to `limit` opportunities that are due and that nobody holds, longest due first.
    pub async fn due(&self, now: OffsetDateTime, limit: usize) -> Result<Vec<SalesforceId>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT opportunity_id FROM due_work WHERE due_at <= ?1 AND (lease_owner IS NULL OR lease_until <= ?1) ORDER BY due_at LIMIT ?2",
        )
        .bind(to_millis(now))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.iter().filter_map(|(key,)| SalesforceId::parse(key)).collect())
    }

    /// Takes back what a process held that is no more. Only right while no other process uses the store.
    pub(super) async fn release_all(&self) -> Result<(), sqlx::Error> {
        sqlx::query("UPDATE due_work SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL")
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
