//! What somebody has to see: pairs that are not in step, and referrals that came in and got stuck, oldest first and page by page. It
//! must not know in what words they are told.

use cosell_rules::reconcile::State;
use sqlx::any::AnyRow;
use sqlx::{FromRow, Row as _};
use time::{Duration, OffsetDateTime};

use super::links::state_of;
use super::{EngagementId, Key, Lease, Reason, Store, StoreError, WorkKey, from_millis, to_millis};
use crate::ids::SalesforceId;

/// How long a change that was noticed may wait before that is worth anybody's attention.
const PATIENCE: Duration = Duration::minutes(1);

/// What somebody has to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standstill {
    /// What stands still.
    pub key: WorkKey,
    /// Of an engagement: whether it is a lead in Salesforce.
    pub is_lead: bool,
    /// Our referral, where it is known.
    pub referral_id: Option<String>,
    /// The engagement, where it is known.
    pub engagement_id: Option<String>,
    /// How the pair stands; `None` for what came in, of which only the reason tells.
    pub state: Option<State>,
    /// Why.
    pub reason: Option<Reason>,
    /// Since when; of what came in, when it did.
    pub since: OffsetDateTime,
    /// When it is looked at next, if it is.
    pub due_at: Option<OffsetDateTime>,
    /// How often that has failed in a row.
    pub attempts: u32,
}

impl Standstill {
    /// Where the next page begins.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor { since: to_millis(self.since), key: self.key.text().into_owned() }
    }
}

/// A place in the list: behind this row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    since: i64,
    key: String,
}

impl Cursor {
    /// The place as text.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}.{}", self.since, self.key)
    }

    /// Reads what [`Cursor::text`] wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (since, key) = text.split_once('.')?;
        WorkKey::parse(key)?;
        Some(Self { since: since.parse().ok()?, key: key.to_owned() })
    }
}

/// A row of the list; nothing where it is of nothing that we know.
struct Found(Option<Standstill>);

impl FromRow<'_, AnyRow> for Found {
    fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        let Some(key) = WorkKey::parse(row.try_get("work_key")?) else {
            return Ok(Self(None));
        };
        let number = |name: &str| row.try_get::<i64, _>(name);
        let moment = |name: &str| row.try_get::<Option<i64>, _>(name).map(|at| at.map(from_millis));
        let text = |name: &str| row.try_get::<Option<String>, _>(name);
        let (detail, until) = (text("reason_detail")?.unwrap_or_default(), moment("reason_until")?);
        Ok(Self(Some(Standstill {
            key,
            is_lead: number("is_lead")? != 0,
            referral_id: text("referral_id")?.filter(|id| !id.is_empty()),
            engagement_id: text("engagement_id")?,
            state: text("state")?.as_deref().map(state_of),
            reason: text("reason_code")?.map(|code| Reason { code, detail, until }),
            since: from_millis(number("since")?),
            due_at: moment("due_at")?,
            attempts: u32::try_from(number("attempts")?).unwrap_or(0),
        })))
    }
}

/// `$1` and `$2`: the place; `$3`: what is due longer than this is late; `$4`: the reason that is its seller's business as long as
/// nothing was shared; `$5`: how many.
const PAGE: &str = "SELECT work_key, is_lead, referral_id, engagement_id, state, reason_code, reason_detail, reason_until, since, due_at, \
     attempts FROM (\
     SELECT links.opportunity_id AS work_key, 0 AS is_lead, links.referral_id AS referral_id, links.engagement_id AS engagement_id, \
     links.state AS state, links.reason_code AS reason_code, links.reason_detail AS reason_detail, links.reason_until AS reason_until, \
     CASE WHEN links.state = 'InStep' THEN work.due_at ELSE COALESCE(links.pending_since, links.updated_at) END AS since, \
     work.due_at AS due_at, COALESCE(work.attempts, 0) AS attempts \
     FROM links LEFT JOIN work ON work.work_key = links.opportunity_id \
     WHERE (links.state IN ('Waiting', 'Broken')) \
     OR (links.state = 'NeedsYou' AND (links.referral_id IS NOT NULL OR links.intent_at IS NOT NULL \
     OR COALESCE(links.reason_code, '') <> $4)) \
     OR (links.state = 'InStep' AND work.due_at < $3) \
     UNION ALL \
     SELECT 'engagement/' || inbound.engagement_id AS work_key, CASE WHEN inbound.given IS NULL THEN 0 ELSE 1 END AS is_lead, \
     inbound.referral_id AS referral_id, inbound.engagement_id AS engagement_id, NULL AS state, inbound.reason_code AS reason_code, \
     inbound.reason_detail AS reason_detail, NULL AS reason_until, inbound.begun_at AS since, work.due_at AS due_at, \
     COALESCE(work.attempts, 0) AS attempts \
     FROM inbound LEFT JOIN work ON work.work_key = 'engagement/' || inbound.engagement_id \
     WHERE inbound.reason_code IS NOT NULL\
     ) AS standing WHERE since > $1 OR (since = $1 AND work_key > $2) ORDER BY since, work_key LIMIT $5";

impl Store {
    /// Up to `limit` of what somebody has to see, behind `after`, oldest first. Of deals that were never shared those that stand as
    /// they do for the reason `personal` are left out.
    pub async fn standstills(
        &self,
        after: &Cursor,
        personal: &str,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<Vec<Standstill>, StoreError> {
        let query = sqlx::query_as(PAGE)
            .bind(after.since)
            .bind(after.key.as_str())
            .bind(to_millis(now - PATIENCE))
            .bind(personal)
            .bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows: Vec<Found> = self.rows(query).await?;
        Ok(rows.into_iter().filter_map(|Found(found)| found).collect())
    }

    /// Since when a change of an opportunity that somebody noticed waits to be carried over, or is just being; `None` while there is
    /// none.
    pub async fn unanswered_since(&self, key: &SalesforceId, now: OffsetDateTime) -> Result<Option<OffsetDateTime>, StoreError> {
        let query = sqlx::query_as("SELECT due_at FROM work WHERE work_key = $1 AND wakes > 0 AND due_at <= $2")
            .bind(key.as_str())
            .bind(to_millis(now));
        let row: Option<(i64,)> = self.row(query).await?;
        Ok(row.map(|(due,)| from_millis(due)))
    }

    /// When an opportunity is looked at next by itself, if it is.
    pub async fn due_at(&self, key: &SalesforceId) -> Result<Option<OffsetDateTime>, StoreError> {
        let query = sqlx::query_as("SELECT due_at FROM work WHERE work_key = $1").bind(key.as_str());
        let row: Option<(i64,)> = self.row(query).await?;
        Ok(row.map(|(due,)| from_millis(due)))
    }

    /// Whether somebody is at this, or will be as soon as somebody is free.
    pub async fn is_under_way(&self, key: &impl Key, now: OffsetDateTime) -> Result<bool, StoreError> {
        let query = sqlx::query_as("SELECT 1 FROM work WHERE work_key = $1 AND (due_at <= $2 OR lease_until > $2)")
            .bind(key.text().into_owned())
            .bind(to_millis(now));
        let row: Option<(i64,)> = self.row(query).await?;
        Ok(row.is_some())
    }

    /// Whether anything was ever noted about an opportunity.
    pub async fn knows(&self, key: &SalesforceId) -> Result<bool, StoreError> {
        let statement = "SELECT 1 FROM links WHERE opportunity_id = $1 UNION ALL SELECT 1 FROM work WHERE work_key = $1";
        let row: Option<(i64,)> = self.row(sqlx::query_as(statement).bind(key.as_str())).await?;
        Ok(row.is_some())
    }

    /// The engagement on its way into Salesforce that this referral of ours belongs to.
    pub async fn engagement_on_its_way(&self, referral_id: &str) -> Result<Option<EngagementId>, StoreError> {
        let statement = "SELECT engagement_id FROM inbound WHERE referral_id = $1 ORDER BY begun_at LIMIT 1";
        let row: Option<(String,)> = self.row(sqlx::query_as(statement).bind(referral_id)).await?;
        Ok(row.and_then(|(id,)| EngagementId::parse(&id)))
    }

    /// What stands in the way of an engagement of which nobody may have known before; `referral_id` is our referral, blank where that
    /// is not known yet.
    pub async fn obstruct_inbound(
        &self,
        lease: &Lease<EngagementId>,
        referral_id: &str,
        reason: &Reason,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(
            "INSERT INTO inbound (engagement_id, referral_id, begun_at, reason_code, reason_detail) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (engagement_id) DO UPDATE SET reason_code = excluded.reason_code, reason_detail = excluded.reason_detail, \
             referral_id = CASE WHEN inbound.referral_id = '' THEN excluded.referral_id ELSE inbound.referral_id END",
        )
        .bind(lease.key.to_string())
        .bind(referral_id)
        .bind(to_millis(now))
        .bind(reason.code.as_str())
        .bind(reason.detail.as_str());
        self.fenced("obstruct_inbound", lease, [query]).await
    }

    /// What kind of database it is: `sqlite` or `postgresql`.
    #[must_use]
    pub fn driver(&self) -> &'static str {
        self.database.choose("sqlite", "postgresql")
    }

    /// When a secret was kept last.
    pub async fn secret_kept_at(&self, name: &str) -> Result<Option<OffsetDateTime>, StoreError> {
        let row: Option<(i64,)> = self.row(sqlx::query_as("SELECT updated_at FROM secrets WHERE name = $1").bind(name)).await?;
        Ok(row.map(|(at,)| from_millis(at)))
    }
}
