//! The inbox: referrals that Partner Center said to have changed. An event names something to look at and nothing else, so that
//! doubled, late and reordered ones are harmless: there is one row for a referral, however often it is named.

use sqlx::Connection as _;
use time::OffsetDateTime;

use super::due::WAKE;
use super::{Key, Store, StoreError, WorkKey, to_millis};

/// A referral that somebody must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The referral, in small letters.
    pub referral_id: String,
    /// How often it has been named since it was looked at last.
    pub arrivals: i64,
}

impl Store {
    /// Keeps that a referral was named. On disk when this returns.
    pub async fn note_arrival(&self, referral_id: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        let query = sqlx::query(
            "INSERT INTO inbox (referral_id, received_at) VALUES ($1, $2) \
             ON CONFLICT (referral_id) DO UPDATE SET arrivals = inbox.arrivals + 1",
        )
        .bind(referral_id.to_ascii_lowercase())
        .bind(to_millis(now));
        self.execute("note_arrival", query).await?;
        Ok(())
    }

    /// Up to `limit` referrals that were named, longest waiting first.
    pub async fn arrivals(&self, limit: usize) -> Result<Vec<Arrival>, StoreError> {
        let query = sqlx::query_as("SELECT referral_id, arrivals FROM inbox ORDER BY received_at, referral_id LIMIT $1")
            .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<(String, i64)> = self.rows(query).await?;
        Ok(rows.into_iter().map(|(referral_id, arrivals)| Arrival { referral_id, arrivals }).collect())
    }

    /// The arrival has become work, or there is none to be done: both or neither. Whoever was named again meanwhile stays.
    pub async fn sort_arrival(&self, arrival: &Arrival, work: Option<&WorkKey>, now: OffsetDateTime) -> Result<(), StoreError> {
        self.write("sort_arrival", async {
            let mut connection = self.connection().await?;
            let mut transaction = connection.begin().await?;
            if let Some(key) = work {
                sqlx::query(WAKE).bind(key.text().into_owned()).bind(to_millis(now)).execute(&mut *transaction).await?;
            }
            sqlx::query("DELETE FROM inbox WHERE referral_id = $1 AND arrivals = $2")
                .bind(&arrival.referral_id)
                .bind(arrival.arrivals)
                .execute(&mut *transaction)
                .await?;
            transaction.commit().await?;
            Ok(())
        })
        .await
    }
}
