//! Engagements that came to us and are on their way into Salesforce: what was begun, and what stands in the way.

use std::collections::BTreeMap;
use std::path::Path;

use cosell_rules::reconcile::Base;
use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;
use time::OffsetDateTime;

use super::{EngagementId, Lease, Reason, Store, StoreError, from_millis, to_millis};

/// An engagement on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    /// The engagement.
    pub engagement_id: String,
    /// Our referral in it; blank while nobody has seen it.
    pub referral_id: String,
    /// Since when.
    pub begun_at: OffsetDateTime,
    /// The texts that its lead was given last, by field; `None` while there is no lead.
    pub given: Option<BTreeMap<String, String>>,
    /// What both sides agree on once the record is made that was asked for; `None` while none was, or it was refused.
    pub base: Option<Base>,
    /// Why it is not in Salesforce; `None` while nothing stands in the way.
    pub reason: Option<Reason>,
}

type Row = (String, String, i64, Option<String>, Option<String>, Option<String>, Option<String>);

const ONE: &str = "SELECT engagement_id, referral_id, begun_at, given, base, reason_code, reason_detail FROM inbound \
     WHERE engagement_id = $1";
const STUCK: &str = "SELECT engagement_id, referral_id, begun_at, given, base, reason_code, reason_detail FROM inbound \
     WHERE reason_code IS NOT NULL ORDER BY begun_at, engagement_id LIMIT $1";

impl Store {
    /// Keeps that an engagement is about to become something. Begun twice, it stays as it was, unless with another referral: then
    /// nothing is expected of the first.
    pub async fn begin_inbound(
        &self,
        lease: &Lease<EngagementId>,
        referral_id: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(
            "INSERT INTO inbound (engagement_id, referral_id, begun_at) VALUES ($1, $2, $3) \
             ON CONFLICT (engagement_id) DO UPDATE SET referral_id = excluded.referral_id, \
             base = CASE WHEN inbound.referral_id = excluded.referral_id THEN inbound.base ELSE NULL END",
        )
        .bind(lease.key.to_string())
        .bind(referral_id)
        .bind(to_millis(now));
        self.fenced("begin_inbound", lease, [query]).await
    }

    /// The engagement, while it is on its way.
    pub async fn inbound(&self, key: &EngagementId) -> Result<Option<Inbound>, StoreError> {
        let row: Option<Row> = self.row(sqlx::query_as(ONE).bind(key.to_string())).await?;
        Ok(row.map(read))
    }

    /// Nothing stands in the way of an engagement any more.
    pub async fn clear_inbound(&self, lease: &Lease<EngagementId>) -> Result<(), StoreError> {
        let statement = "UPDATE inbound SET reason_code = NULL, reason_detail = NULL WHERE engagement_id = $1";
        self.fenced("clear_inbound", lease, [sqlx::query(statement).bind(lease.key.to_string())]).await
    }

    /// What the lead of an engagement was given; nothing stands in its way any more.
    pub async fn give_inbound(&self, lease: &Lease<EngagementId>, given: &BTreeMap<String, String>) -> Result<(), StoreError> {
        let query =
            sqlx::query("UPDATE inbound SET given = $1, reason_code = NULL, reason_detail = NULL WHERE engagement_id = $2")
                .bind(serde_json::to_string(given).unwrap_or_default())
                .bind(lease.key.to_string());
        self.fenced("give_inbound", lease, [query]).await
    }

    /// A record is about to be made of an engagement that was begun, and both sides agree on this then; `None` once it was
    /// refused.
    pub async fn expect_inbound(&self, lease: &Lease<EngagementId>, base: Option<&Base>) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE inbound SET base = $1 WHERE engagement_id = $2")
            .bind(base.map(Base::to_json))
            .bind(lease.key.to_string());
        self.fenced("expect_inbound", lease, [query]).await
    }

    /// The engagement has arrived, or will never.
    pub async fn end_inbound(&self, lease: &Lease<EngagementId>) -> Result<(), StoreError> {
        let query = sqlx::query("DELETE FROM inbound WHERE engagement_id = $1").bind(lease.key.to_string());
        self.fenced("end_inbound", lease, [query]).await
    }

    /// Up to `limit` engagements that something stands in the way of, oldest first.
    pub async fn stuck_inbound(&self, limit: usize) -> Result<Vec<Inbound>, StoreError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows: Vec<Row> = self.rows(sqlx::query_as(STUCK).bind(limit)).await?;
        Ok(rows.into_iter().map(read).collect())
    }
}

/// The same, in the file of a proxy that runs, which another process may only read.
pub async fn stuck_beside(path: &Path, limit: usize) -> Result<Vec<Inbound>, StoreError> {
    let unusable = |cause| StoreError::Unusable { path: path.to_path_buf(), cause };
    let mut connection = SqliteConnectOptions::new().filename(path).read_only(true).connect().await.map_err(unusable)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows: Vec<Row> = sqlx::query_as(STUCK).bind(limit).fetch_all(&mut connection).await.map_err(unusable)?;
    Ok(rows.into_iter().map(read).collect())
}

fn read((engagement_id, referral_id, begun_at, given, base, code, detail): Row) -> Inbound {
    Inbound {
        engagement_id,
        referral_id,
        begun_at: from_millis(begun_at),
        // What can't be read is not known: then a lead's blank fields are filled, and no other is touched.
        given: given.and_then(|text| serde_json::from_str(&text).ok()),
        base: base.and_then(|text| Base::from_json(&text).ok()),
        reason: code.map(|code| Reason { code, detail: detail.unwrap_or_default(), until: None }),
    }
}
