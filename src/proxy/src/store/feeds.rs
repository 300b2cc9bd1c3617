//! Feeds of changes: where each goes on, who reads it now, and what is needed to tell whom a change is about.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::Connection as _;
use time::OffsetDateTime;

use super::due::WAKE;
use super::{Key, Lease, Store, StoreError, WorkKey, to_millis};
use crate::ids::SalesforceId;

impl Store {
    /// Where a feed goes on; `None` before it was read first.
    pub async fn mark(&self, feed: &str) -> Result<Option<String>, StoreError> {
        let row: Option<(Option<String>,)> =
            self.row(sqlx::query_as("SELECT mark FROM feeds WHERE feed = $1").bind(feed)).await?;
        Ok(row.and_then(|(mark,)| mark))
    }

    /// Takes the right to read a feed, or prolongs it. `false` while another process has it.
    pub async fn take_feed(&self, feed: &str, owner: &str, now: OffsetDateTime, length: Duration) -> Result<bool, StoreError> {
        let query = sqlx::query(
            "INSERT INTO feeds (feed, lease_owner, lease_until) VALUES ($1, $2, $3) \
             ON CONFLICT (feed) DO UPDATE SET lease_owner = excluded.lease_owner, lease_until = excluded.lease_until \
             WHERE feeds.lease_owner IS NULL OR feeds.lease_owner = excluded.lease_owner OR feeds.lease_until <= $4",
        )
        .bind(feed)
        .bind(owner)
        .bind(to_millis(now + length))
        .bind(to_millis(now));
        let taken = self.execute("take_feed", query).await?;
        Ok(taken == 1)
    }

    /// Gives the right to read a feed back, if `owner` has it: another process need not wait until it is over.
    pub async fn leave_feed(&self, feed: &str, owner: &str) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE feeds SET lease_owner = NULL, lease_until = NULL WHERE feed = $1 AND lease_owner = $2");
        self.execute("leave_feed", query.bind(feed).bind(owner)).await.map(drop)
    }

    /// What a feed brought has become work, and it goes on at `mark` from now on: both, or neither with [`StoreError::Lost`] when
    /// another process reads the feed now. Its mark may be further on, and knows of more.
    pub async fn advance(
        &self,
        feed: &str,
        owner: &str,
        mark: &str,
        work: &[WorkKey],
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.write("advance", async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            // First: who wants to read the feed waits until all of it is written.
            let query = sqlx::query("UPDATE feeds SET mark = $1 WHERE feed = $2 AND lease_owner = $3");
            let kept = query.bind(mark).bind(feed).bind(owner).execute(&mut *transaction).await?;
            if kept.rows_affected() == 0 && self.is_fenced {
                transaction.rollback().await?;
                return Err(StoreError::Lost);
            }
            // In one order: two that wake the same ones would otherwise wait for each other.
            for key in work.iter().collect::<BTreeSet<_>>() {
                sqlx::query(WAKE).bind(key.text().into_owned()).bind(to_millis(now)).execute(&mut *transaction).await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await
    }

    /// The records that hang on an opportunity, in place of those known so far.
    pub async fn keep_children(&self, lease: &Lease<SalesforceId>, children: &[SalesforceId]) -> Result<(), StoreError> {
        let opportunity = lease.key.as_str();
        let mut writes = vec![sqlx::query("DELETE FROM children WHERE opportunity_id = $1").bind(opportunity)];
        writes.extend(children.iter().collect::<BTreeSet<_>>().into_iter().map(|child| {
            sqlx::query(
                "INSERT INTO children (child_id, opportunity_id) VALUES ($1, $2) \
                 ON CONFLICT (child_id) DO UPDATE SET opportunity_id = excluded.opportunity_id",
            )
            .bind(child.as_str())
            .bind(opportunity)
        }));
        self.fenced("keep_children", lease, writes).await
    }

    /// The opportunity that a record hangs on, or hung on when it was seen last.
    pub async fn parent_of(&self, child: &SalesforceId) -> Result<Option<SalesforceId>, StoreError> {
        self.opportunity_where("SELECT opportunity_id FROM children WHERE child_id = $1", child.as_str()).await
    }

    /// The opportunity of a referral, ours or Microsoft's.
    pub async fn opportunity_of_referral(&self, referral_id: &str) -> Result<Option<SalesforceId>, StoreError> {
        let query = "SELECT opportunity_id FROM links WHERE referral_id = $1 OR microsoft_referral_id = $1 LIMIT 1";
        self.opportunity_where(query, referral_id).await
    }

    /// The opportunity of an engagement.
    pub async fn opportunity_of_engagement(&self, engagement_id: &str) -> Result<Option<SalesforceId>, StoreError> {
        self.opportunity_where("SELECT opportunity_id FROM links WHERE engagement_id = $1 LIMIT 1", engagement_id).await
    }

    /// The version of the record that our own last write made.
    pub async fn written_version(&self, opportunity: &SalesforceId) -> Result<Option<String>, StoreError> {
        let query = sqlx::query_as("SELECT written_version FROM links WHERE opportunity_id = $1").bind(opportunity.as_str());
        let row: Option<(Option<String>,)> = self.row(query).await?;
        Ok(row.and_then(|(version,)| version))
    }

    /// Keeps the version of the record that our own write made.
    pub async fn keep_written_version(&self, lease: &Lease<SalesforceId>, version: &str) -> Result<(), StoreError> {
        let query =
            sqlx::query("UPDATE links SET written_version = $1 WHERE opportunity_id = $2").bind(version).bind(lease.key.as_str());
        self.fenced("keep_written_version", lease, [query]).await
    }

    async fn opportunity_where(&self, query: &'static str, value: &str) -> Result<Option<SalesforceId>, StoreError> {
        let row: Option<(String,)> = self.row(sqlx::query_as(query).bind(value)).await?;
        Ok(row.and_then(|(id,)| SalesforceId::parse(&id)))
    }
}
