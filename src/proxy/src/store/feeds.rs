//! Feeds of changes: where each goes on, who reads it now, and what is needed to tell whom a change is about.

use std::collections::BTreeSet;
use std::time::Duration;

use sqlx::Connection as _;
use time::OffsetDateTime;

use super::due::WAKE;
use super::{Key, Store, StoreError, WorkKey, to_millis};
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

    /// What a feed brought has become work, and it goes on at `mark` from now on: both or neither.
    pub async fn advance(&self, feed: &str, mark: &str, work: &[WorkKey], now: OffsetDateTime) -> Result<(), StoreError> {
        self.write("advance", async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            // In one order: two that wake the same ones would otherwise wait for each other.
            for key in work.iter().collect::<BTreeSet<_>>() {
                sqlx::query(WAKE).bind(key.text().into_owned()).bind(to_millis(now)).execute(&mut *transaction).await?;
            }
            sqlx::query("INSERT INTO feeds (feed, mark) VALUES ($1, $2) ON CONFLICT (feed) DO UPDATE SET mark = excluded.mark")
                .bind(feed)
                .bind(mark)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            Ok(())
        })
        .await
    }

    /// The records that hang on an opportunity, in place of those known so far.
    pub async fn keep_children(&self, opportunity: &SalesforceId, children: &[SalesforceId]) -> Result<(), StoreError> {
        self.write("keep_children", async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            sqlx::query("DELETE FROM children WHERE opportunity_id = $1")
                .bind(opportunity.as_str())
                .execute(&mut *transaction)
                .await?;
            for child in children.iter().collect::<BTreeSet<_>>() {
                sqlx::query(
                    "INSERT INTO children (child_id, opportunity_id) VALUES ($1, $2) \
                     ON CONFLICT (child_id) DO UPDATE SET opportunity_id = excluded.opportunity_id",
                )
                .bind(child.as_str())
                .bind(opportunity.as_str())
                .execute(&mut *transaction)
                .await?;
            }
            transaction.commit().await?;
            Ok(())
        })
        .await
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
    pub async fn keep_written_version(&self, opportunity: &SalesforceId, version: &str) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE links SET written_version = $1 WHERE opportunity_id = $2")
            .bind(version)
            .bind(opportunity.as_str());
        self.execute("keep_written_version", query).await?;
        Ok(())
    }

    async fn opportunity_where(&self, query: &'static str, value: &str) -> Result<Option<SalesforceId>, StoreError> {
        let row: Option<(String,)> = self.row(sqlx::query_as(query).bind(value)).await?;
        Ok(row.and_then(|(id,)| SalesforceId::parse(&id)))
    }
}
