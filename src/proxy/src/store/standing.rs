//! How long a pair has been waiting, and which pairs wait although nobody would come.

use cosell_rules::reconcile::State;
use sqlx::Connection as _;
use time::OffsetDateTime;

use super::{Lease, Store, StoreError, from_millis, to_millis};
use crate::ids::SalesforceId;

impl Store {
    /// How a pair stands now: one that is no longer in step is pending from `now` on, and stays so, however its state changes,
    /// until it is in step again.
    pub async fn note_standing(&self, lease: &Lease<SalesforceId>, state: State, now: OffsetDateTime) -> Result<(), StoreError> {
        let key = lease.key.as_str();
        let query = if matches!(state, State::InStep | State::NotShared) {
            sqlx::query("UPDATE links SET pending_since = NULL WHERE opportunity_id = $1").bind(key)
        } else {
            sqlx::query("UPDATE links SET pending_since = COALESCE(pending_since, $1) WHERE opportunity_id = $2")
                .bind(to_millis(now))
                .bind(key)
        };
        self.fenced("note_standing", lease, [query]).await
    }

    /// Since when both sides of a pair have not been the same; `None` while they are.
    pub async fn pending_since(&self, key: &SalesforceId) -> Result<Option<OffsetDateTime>, StoreError> {
        let query = sqlx::query_as("SELECT pending_since FROM links WHERE opportunity_id = $1").bind(key.as_str());
        let row: Option<(Option<i64>,)> = self.row(query).await?;
        Ok(row.and_then(|(since,)| since).map(from_millis))
    }

    /// Opportunities that wait for us and not for a person although no work is noted for them. There are none unless somebody took
    /// rows away or brought an older state of the store back. Those that stand as they do for the reason `settled` wait for nobody.
    pub async fn forgotten(&self, settled: &str, limit: usize) -> Result<Vec<SalesforceId>, StoreError> {
        let query = sqlx::query_as(
            "SELECT links.opportunity_id FROM links LEFT JOIN work ON work.work_key = links.opportunity_id \
             WHERE work.work_key IS NULL AND links.state IN ($1, $2) AND COALESCE(links.reason_code, '') <> $3 \
             ORDER BY links.opportunity_id LIMIT $4",
        )
        .bind(State::Waiting.api_value())
        .bind(State::Broken.api_value())
        .bind(settled)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        Ok(ids(&self.rows(query).await?))
    }

    /// Shared opportunities that nobody has looked at since `unseen` and that nobody is about to look at, longest ago first: a pair
    /// whose work rests until an answer is overdue is one of them; those whose engagement may
    /// lack Microsoft's half, since a create of it was never answered, whenever they were looked at.
    pub async fn unseen_since(
        &self,
        unseen: OffsetDateTime,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<Vec<SalesforceId>, StoreError> {
        let query = sqlx::query_as(
            "SELECT links.opportunity_id FROM links LEFT JOIN work ON work.work_key = links.opportunity_id \
             WHERE (work.work_key IS NULL OR (work.lease_owner IS NULL AND work.due_at > $2)) \
             AND links.engagement_id IS NOT NULL AND (links.updated_at < $1 \
             OR (links.microsoft_intent_at IS NOT NULL AND links.microsoft_referral_id IS NULL)) \
             ORDER BY links.updated_at, links.opportunity_id LIMIT $3",
        )
        .bind(to_millis(unseen))
        .bind(to_millis(now))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        Ok(ids(&self.rows(query).await?))
    }

    /// Opportunities are being looked at, whatever comes of it: one that cannot be read must not stand before the others for ever.
    pub async fn note_seen(&self, keys: &[SalesforceId], now: OffsetDateTime) -> Result<(), StoreError> {
        // In one order, so that two processes never wait for each other's rows.
        let mut keys: Vec<&str> = keys.iter().map(SalesforceId::as_str).collect();
        keys.sort_unstable();
        self.write("note_seen", async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            for key in keys {
                let query =
                    sqlx::query("UPDATE links SET updated_at = $1 WHERE opportunity_id = $2").bind(to_millis(now)).bind(key);
                query.execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await
    }
}

fn ids(rows: &[(String,)]) -> Vec<SalesforceId> {
    rows.iter().filter_map(|(id,)| SalesforceId::parse(id)).collect()
}
