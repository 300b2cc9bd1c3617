//! How long a pair has been waiting, and which pairs wait although nobody would come.

use cosell_rules::reconcile::State;
use sqlx::Connection as _;
use time::OffsetDateTime;

use super::{Store, StoreError, from_millis, to_millis};
use crate::ids::SalesforceId;

impl Store {
    /// How a pair stands now: one that is no longer in step is pending from `now` on, and stays so, however its state changes,
    /// until it is in step again.
    pub async fn note_standing(&self, key: &SalesforceId, state: State, now: OffsetDateTime) -> Result<(), StoreError> {
        let query = if matches!(state, State::InStep | State::NotShared) {
            sqlx::query("UPDATE links SET pending_since = NULL WHERE opportunity_id = $1").bind(key.as_str())
        } else {
            sqlx::query("UPDATE links SET pending_since = COALESCE(pending_since, $1) WHERE opportunity_id = $2")
                .bind(to_millis(now))
                .bind(key.as_str())
        };
        self.execute("note_standing", query).await?;
        Ok(())
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use time::macros::datetime;

    use super::*;
    use crate::store::tests::Directory;
    use crate::store::{Reason, Side, WorkKey};

    const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
    const LEASE: Duration = Duration::from_mins(2);

    fn key(last: char) -> SalesforceId {
        SalesforceId::parse(&format!("006Qy00000AbCd{last}")).unwrap()
    }

    #[tokio::test]
    async fn a_pair_is_pending_since_it_left_step_whatever_it_waited_for_meanwhile() {
        let directory = Directory::new();
        let store = directory.open().await;
        store.begin_link(&key('E'), "en", NOW).await.unwrap();
        let minute = |count: u64| NOW + Duration::from_mins(count);
        let cases = [
            (State::NotShared, None),
            (State::Waiting, Some(minute(1))),
            (State::Broken, Some(minute(1))),
            (State::NeedsYou, Some(minute(1))),
            (State::InStep, None),
            (State::NeedsYou, Some(minute(5))),
        ];
        for (count, (state, since)) in cases.into_iter().enumerate() {
            store.note_standing(&key('E'), state, minute(count.try_into().unwrap())).await.unwrap();
            assert_eq!(store.pending_since(&key('E')).await.unwrap(), since, "{state:?}");
        }
        assert_eq!(store.pending_since(&key('F')).await.unwrap(), None, "nobody knows it");
    }

    #[tokio::test]
    async fn what_waits_for_us_without_work_is_found_and_what_waits_for_a_person_is_not() {
        let directory = Directory::new();
        let store = directory.open().await;
        let states =
            [('A', State::InStep), ('B', State::Waiting), ('C', State::NeedsYou), ('D', State::Broken), ('E', State::NotShared)];
        for (last, state) in states {
            store.begin_link(&key(last), "en", NOW).await.unwrap();
            store.conclude(&key(last), state, None, None, NOW).await.unwrap();
        }
        let gone = Reason { code: "gone".to_owned(), detail: String::new(), until: None };
        store.begin_link(&key('A'), "en", NOW).await.unwrap();
        store.conclude(&key('A'), State::Broken, Some(&gone), None, NOW).await.unwrap();
        assert_eq!(store.forgotten("gone", 9).await.unwrap(), ['B', 'D'].map(key));
        assert_eq!(store.forgotten("gone", 1).await.unwrap(), [key('B')]);
        store.wake(&WorkKey::Opportunity(key('B')), NOW + LEASE).await.unwrap();
        assert_eq!(store.forgotten("gone", 9).await.unwrap(), [key('D')]);
    }

    #[tokio::test]
    async fn what_nobody_looked_at_for_long_is_named_and_so_is_an_engagement_that_may_lack_its_other_half() {
        let directory = Directory::new();
        let store = directory.open().await;
        let hour = |count: u64| NOW + Duration::from_hours(count);
        for (last, seen) in [('A', 3), ('B', 1), ('C', 9), ('D', 9), ('E', 2)] {
            store.begin_link(&key(last), "en", hour(seen)).await.unwrap();
            if last != 'E' {
                store.found(&key(last), Side::Own, "referral", "engagement", hour(seen)).await.unwrap();
            }
        }
        store.intend(&key('D'), Side::Microsoft, hour(9)).await.unwrap();
        assert_eq!(store.unseen_since(hour(5), hour(9), 9).await.unwrap(), ['B', 'A', 'D'].map(key), "E was never shared");
        assert_eq!(store.unseen_since(hour(5), hour(9), 1).await.unwrap(), [key('B')]);
        store.note_seen(&[key('B')], hour(10)).await.unwrap();
        store.wake(&WorkKey::Opportunity(key('A')), hour(20)).await.unwrap();
        store.found(&key('D'), Side::Microsoft, "theirs", "engagement", hour(9)).await.unwrap();
        assert_eq!(
            store.unseen_since(hour(5), hour(19), 9).await.unwrap(),
            [key('A')],
            "its work rests: until then nobody looks"
        );
        assert!(store.unseen_since(hour(5), hour(20), 9).await.unwrap().is_empty(), "it is due");
        store.lease(&WorkKey::Opportunity(key('A')), "one", hour(19), LEASE).await.unwrap().unwrap();
        assert!(store.unseen_since(hour(5), hour(19), 9).await.unwrap().is_empty(), "somebody looks now");
    }

    #[tokio::test]
    async fn who_asks_now_does_not_wait_for_the_time_that_work_was_put_off_to() {
        let directory = Directory::new();
        let store = directory.open().await;
        let work = WorkKey::Opportunity(key('E'));
        let put_off = NOW + Duration::from_hours(1);
        let lease = store.lease(&work, "one", NOW, LEASE).await.unwrap().unwrap();
        store.postpone(&lease, put_off).await.unwrap();
        assert!(store.due(NOW, 9).await.unwrap().is_empty());

        // It fails again: put off anew, longer each time.
        let again = store.lease(&work, "two", NOW, LEASE).await.unwrap().unwrap();
        assert_eq!(again.attempts, 1);
        store.postpone(&again, put_off + LEASE).await.unwrap();
        assert!(store.due(put_off, 9).await.unwrap().is_empty());
        assert_eq!(store.due(put_off + LEASE, 9).await.unwrap(), vec![work.clone()]);

        // It works: nothing is left of the failures.
        let last = store.lease(&work, "one", NOW, LEASE).await.unwrap().unwrap();
        store.done(&last).await.unwrap();
        assert!(store.due(put_off + LEASE, 9).await.unwrap().is_empty());
        assert_eq!(store.lease(&work, "one", NOW, LEASE).await.unwrap().unwrap().attempts, 0);
    }
}
