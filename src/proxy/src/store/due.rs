//! Due work: what has to be looked at when, and who is looking at it now.

use std::sync::atomic::Ordering;
use std::time::Duration;

use sqlx::Connection as _;
use time::OffsetDateTime;

use super::{Key, Store, StoreError, WorkKey, to_millis};

/// The right to work on something, until it ends or is given back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease<K> {
    /// What.
    pub key: K,
    /// Who holds it: one name for each process.
    pub owner: String,
    /// Which of the owner's leases it is: each has its own.
    pub number: i64,
    /// How often this work has failed in a row.
    pub attempts: u32,
    /// How often it had been asked for when the lease began.
    pub wakes: i64,
}

impl<K> Lease<K> {
    /// The same lease, under another name for what it is about.
    #[must_use]
    pub fn of<L>(&self, key: L) -> Lease<L> {
        Lease { key, owner: self.owner.clone(), number: self.number, attempts: self.attempts, wakes: self.wakes }
    }
}

impl Store {
    /// Asks for a look at `at` or before, whoever is at it now.
    pub async fn wake(&self, key: &impl Key, at: OffsetDateTime) -> Result<(), StoreError> {
        self.execute("wake", sqlx::query(WAKE).bind(key.text().into_owned()).bind(to_millis(at))).await?;
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
        let number = self.next_number();
        let query = sqlx::query_as(
            "INSERT INTO work (work_key, due_at, lease_owner, lease_until, lease_number) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (work_key) DO UPDATE SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until, \
             lease_number = excluded.lease_number \
             WHERE work.lease_owner IS NULL OR work.lease_owner = excluded.lease_owner OR work.lease_until <= $2 \
             RETURNING attempts, wakes",
        )
        .bind(key.text().into_owned())
        .bind(to_millis(now))
        .bind(owner)
        .bind(to_millis(now + length))
        .bind(number);
        let rows: Vec<(i64, i64)> = self.returned("lease", query).await?;
        Ok(rows.first().map(|&(attempts, wakes)| Lease {
            key: key.clone(),
            owner: owner.to_owned(),
            number,
            attempts: count(attempts),
            wakes,
        }))
    }

    /// Prolongs a lease. `false` when it was lost meanwhile: then nothing may be written any more.
    pub async fn renew<K: Key>(&self, lease: &Lease<K>, now: OffsetDateTime, length: Duration) -> Result<bool, StoreError> {
        let statement = "UPDATE work SET lease_until = $1 WHERE work_key = $2 AND lease_owner = $3 AND lease_number = $4";
        let query = sqlx::query(statement)
            .bind(to_millis(now + length))
            .bind(lease.key.text().into_owned())
            .bind(&lease.owner)
            .bind(lease.number);
        let done = self.execute("renew", query).await?;
        Ok(done == 1)
    }

    /// Nothing is left to do, unless somebody asked for another look since the lease began: then it is due at once.
    pub async fn done<K: Key>(&self, lease: &Lease<K>) -> Result<(), StoreError> {
        self.write("done", async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            sqlx::query("DELETE FROM work WHERE work_key = $1 AND lease_owner = $2 AND lease_number = $3 AND wakes = $4")
                .bind(lease.key.text().into_owned())
                .bind(&lease.owner)
                .bind(lease.number)
                .bind(lease.wakes)
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "UPDATE work SET attempts = 0, lease_owner = NULL, lease_until = NULL \
                 WHERE work_key = $1 AND lease_owner = $2 AND lease_number = $3",
            )
            .bind(lease.key.text().into_owned())
            .bind(&lease.owner)
            .bind(lease.number)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
            Ok(())
        })
        .await
    }

    /// To be looked at again at `due`; earlier where somebody asked for it since the lease began.
    pub async fn postpone<K: Key>(&self, lease: &Lease<K>, due: OffsetDateTime) -> Result<(), StoreError> {
        let query = sqlx::query(
            "UPDATE work SET due_at = CASE WHEN wakes = $1 THEN $2 ELSE due_at END, attempts = attempts + 1, \
             lease_owner = NULL, lease_until = NULL WHERE work_key = $3 AND lease_owner = $4 AND lease_number = $5",
        )
        .bind(lease.wakes)
        .bind(to_millis(due))
        .bind(lease.key.text().into_owned())
        .bind(&lease.owner)
        .bind(lease.number);
        self.execute("postpone", query).await?;
        Ok(())
    }

    /// Up to `limit` pieces of work that are due and that nobody holds, longest due first.
    pub async fn due(&self, now: OffsetDateTime, limit: usize) -> Result<Vec<WorkKey>, StoreError> {
        let query = sqlx::query_as(
            "SELECT work_key FROM work WHERE due_at <= $1 AND (lease_owner IS NULL OR lease_until <= $1) \
             ORDER BY due_at, work_key LIMIT $2",
        )
        .bind(to_millis(now))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<(String,)> = self.rows(query).await?;
        Ok(rows.iter().filter_map(|(key,)| WorkKey::parse(key)).collect())
    }

    /// Takes up to `limit` of them for `owner`, longest due first. Of several processes that ask at once each gets others.
    pub async fn take_due(
        &self,
        owner: &str,
        now: OffsetDateTime,
        length: Duration,
        limit: usize,
    ) -> Result<Vec<Lease<WorkKey>>, StoreError> {
        let number = self.next_number();
        let query = sqlx::query_as(self.database.choose(take_due!(""), take_due!(" FOR UPDATE SKIP LOCKED")))
            .bind(to_millis(now))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .bind(owner)
            .bind(to_millis(now + length))
            .bind(number);
        let mut rows: Vec<(i64, String, i64, i64)> = self.returned("take_due", query).await?;
        rows.sort();
        let lease = |(_, key, attempts, wakes): &(i64, String, i64, i64)| {
            let (key, owner) = (WorkKey::parse(key)?, owner.to_owned());
            Some(Lease { key, owner, number, attempts: count(*attempts), wakes: *wakes })
        };
        Ok(rows.iter().filter_map(lease).collect())
    }

    /// Gives back everything that `owner` holds, which is about to end: others need not wait until its leases are over. What it
    /// still writes for a run is refused.
    pub async fn release(&self, owner: &str) -> Result<(), StoreError> {
        for statement in [
            "UPDATE work SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = $1",
            "UPDATE feeds SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = $1",
        ] {
            self.execute("release", sqlx::query(statement).bind(owner)).await?;
        }
        Ok(())
    }

    /// Takes back what a process held that is no more. Only right while no other process uses the store.
    pub(super) async fn release_all(&self) -> Result<(), StoreError> {
        for statement in [
            "UPDATE work SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL",
            "UPDATE feeds SET lease_owner = NULL, lease_until = NULL WHERE lease_owner IS NOT NULL",
        ] {
            self.execute("release_all", sqlx::query(statement)).await?;
        }
        Ok(())
    }

    /// Numbers the leases of this process: owner and number together are one lease's alone.
    fn next_number(&self) -> i64 {
        self.leases.fetch_add(1, Ordering::Relaxed)
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(0)
}

/// Chooses rows and takes them in one statement. A server is told to leave out rows that somebody else is just taking; the
/// rows are chosen once, since it may otherwise choose anew for each.
macro_rules! take_due {
    ($lock:literal) => {
        concat!(
            "WITH next AS MATERIALIZED (SELECT work_key FROM work WHERE due_at <= $1 AND (lease_owner IS NULL OR lease_until <= $1) \
             ORDER BY due_at, work_key LIMIT $2",
            $lock,
            ") UPDATE work SET lease_owner = $3, lease_until = $4, lease_number = $5 WHERE work_key IN (SELECT work_key FROM next) \
             RETURNING due_at, work_key, attempts, wakes"
        )
    };
}
use take_due;

/// Asks for a look at `$1` from `$2` on: never later than it was due already.
pub(super) const WAKE: &str = "INSERT INTO work (work_key, due_at, wakes) VALUES ($1, $2, 1) \
     ON CONFLICT (work_key) DO UPDATE SET wakes = work.wakes + 1, \
     due_at = CASE WHEN work.due_at < excluded.due_at THEN work.due_at ELSE excluded.due_at END";
