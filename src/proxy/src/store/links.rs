//! Links: what is known about an opportunity and its referrals, and what was attempted.

use std::collections::BTreeMap;

use cosell_rules::reconcile::{Base, State};
use serde::{Deserialize, Serialize};
use sqlx::any::AnyRow;
use sqlx::{FromRow, Row as _};
use time::OffsetDateTime;

use super::{Lease, Store, StoreError, from_millis, to_millis};
use crate::ids::SalesforceId;

/// Whose referral a create is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Ours.
    Own,
    /// Microsoft's, in our engagement.
    Microsoft,
}

/// Creates that were sent, as far as their outcome matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The first one that may have had an effect nobody told us of: look from here on.
    pub intent: OffsetDateTime,
    /// The last one: when it was sent, or when we gave up waiting for its answer.
    pub last: OffsetDateTime,
    /// Whether the outcome of the last one is unknown.
    pub open: bool,
}

/// Why a pair stands as it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Stable code, such as `partner-center.throttled`.
    pub code: String,
    /// What the sentence for the code names, if anything.
    pub detail: String,
    /// When we look again, where we do so at a known time.
    pub until: Option<OffsetDateTime>,
}

/// A line of the audit trail that is not on the record yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The line, in words.
    pub line: String,
    /// The version of our referral that the change was made from, of which the line tells; `None` once it is certain that the
    /// change was done.
    pub version: Option<String>,
    /// The change itself, a JSON Patch.
    #[serde(default)]
    pub operations: String,
    /// How often the trail had this line before.
    pub before: usize,
}

/// What a run leaves behind when the record is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agreed {
    /// What both sides agree on; `None` leaves it as it was.
    pub base: Option<Base>,
    /// What Partner Center holds, by path; `None` leaves it as it was.
    pub held: Option<BTreeMap<String, String>>,
    /// Lines of the trail that still wait.
    pub told: Vec<Told>,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Language of the audit trail, a BCP 47 tag.
    pub language: String,
    /// Creates of our referral.
    pub own_attempt: Option<Attempt>,
    /// Our referral.
    pub referral_id: Option<String>,
    /// The engagement of both.
    pub engagement_id: Option<String>,
    /// Creates of Microsoft's referral.
    pub microsoft_attempt: Option<Attempt>,
    /// Microsoft's referral.
    pub microsoft_referral_id: Option<String>,
    /// What both sides agreed on last, where that is known.
    pub base: Option<Base>,
    /// What Partner Center held of our referral when it was last seen, by path; `None` before that.
    pub held: Option<BTreeMap<String, String>>,
    /// Lines of the audit trail that are not on the record yet, oldest first.
    pub told: Vec<Told>,
    /// How the pair stood after the last run.
    pub state: State,
    /// Why.
    pub reason: Option<Reason>,
}

impl Link {
    /// The creates of one side.
    #[must_use]
    pub fn attempt(&self, side: Side) -> Option<Attempt> {
        match side {
            Side::Own => self.own_attempt,
            Side::Microsoft => self.microsoft_attempt,
        }
    }

    pub(crate) fn attempt_mut(&mut self, side: Side) -> &mut Option<Attempt> {
        match side {
            Side::Own => &mut self.own_attempt,
            Side::Microsoft => &mut self.microsoft_attempt,
        }
    }
}

/// Named one by one: while a newer process has added a column to a shared database, `*` would mean something else than before.
macro_rules! columns {
    () => {
        "language, intent_at, attempt_at, attempt_open, referral_id, engagement_id, microsoft_intent_at, microsoft_attempt_at, \
         microsoft_attempt_open, microsoft_referral_id, base, held, told, state, reason_code, reason_detail, reason_until"
    };
}

impl FromRow<'_, AnyRow> for Link {
    fn from_row(row: &AnyRow) -> sqlx::Result<Self> {
        let number = |name: &str| row.try_get::<Option<i64>, _>(name);
        let text = |name: &str| row.try_get::<Option<String>, _>(name);
        let attempt = |intent: &str, last: &str, open: &str| -> sqlx::Result<Option<Attempt>> {
            let open = row.try_get::<i64, _>(open)? != 0;
            let times = number(intent)?.zip(number(last)?);
            Ok(times.map(|(intent, last)| Attempt { intent: from_millis(intent), last: from_millis(last), open }))
        };
        let (detail, until) = (text("reason_detail")?.unwrap_or_default(), number("reason_until")?.map(from_millis));
        Ok(Self {
            language: row.try_get("language")?,
            own_attempt: attempt("intent_at", "attempt_at", "attempt_open")?,
            referral_id: row.try_get("referral_id")?,
            engagement_id: row.try_get("engagement_id")?,
            microsoft_attempt: attempt("microsoft_intent_at", "microsoft_attempt_at", "microsoft_attempt_open")?,
            microsoft_referral_id: row.try_get("microsoft_referral_id")?,
            // What can't be read is not known, which costs a comparison and nothing else.
            base: text("base")?.and_then(|text| Base::from_json(&text).ok()),
            held: text("held")?.and_then(|text| serde_json::from_str(&text).ok()),
            told: text("told")?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            state: state_of(row.try_get("state")?),
            reason: text("reason_code")?.map(|code| Reason { code, detail, until }),
        })
    }
}

const STATES: [State; 5] = [State::NotShared, State::InStep, State::Waiting, State::NeedsYou, State::Broken];

/// Reads the value of the state field, ours or Salesforce's; anything unknown was never shared.
pub(crate) fn state_of(text: &str) -> State {
    STATES.into_iter().find(|state| state.api_value() == text).unwrap_or(State::NotShared)
}

impl Store {
    /// The link of an opportunity, if there is one.
    pub async fn link(&self, key: &SalesforceId) -> Result<Option<Link>, StoreError> {
        self.row(sqlx::query_as(concat!("SELECT ", columns!(), " FROM links WHERE opportunity_id = $1")).bind(key.as_str())).await
    }

    /// The link of an opportunity, made with this language when there is none. Asks for no lease: it changes nothing that anybody
    /// knows.
    pub async fn begin_link(&self, key: &SalesforceId, language: &str, now: OffsetDateTime) -> Result<Link, StoreError> {
        let query = sqlx::query_as(concat!(
            "INSERT INTO links (opportunity_id, language, state, updated_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (opportunity_id) DO UPDATE SET updated_at = excluded.updated_at RETURNING ",
            columns!()
        ))
        .bind(key.as_str())
        .bind(language)
        .bind(State::NotShared.api_value())
        .bind(to_millis(now));
        let rows: Vec<Link> = self.returned("begin_link", query).await?;
        rows.into_iter().next().ok_or_else(|| sqlx::Error::RowNotFound.into())
    }

    /// A link is made again that was lost, with our referral and its engagement where they are known, and the pair is due: one that
    /// is there keeps what it knows. Asks for no lease, as it changes nothing that anybody knows.
    pub async fn restore(
        &self,
        key: &SalesforceId,
        language: &str,
        own: Option<(&str, &str)>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        self.begin_link(key, language, now).await?;
        if let Some((referral, engagement)) = own {
            let query = sqlx::query(
                "UPDATE links SET referral_id = $1, engagement_id = $2, intent_at = NULL, attempt_open = 0 \
                 WHERE opportunity_id = $3 AND referral_id IS NULL",
            )
            .bind(referral)
            .bind(engagement)
            .bind(key.as_str());
            self.execute("restore", query).await?;
        }
        self.wake(key, now).await
    }

    /// A create is about to be sent.
    pub async fn intend(&self, lease: &Lease<SalesforceId>, side: Side, now: OffsetDateTime) -> Result<(), StoreError> {
        let statement = match side {
            Side::Own => {
                "UPDATE links SET intent_at = COALESCE(intent_at, $1), attempt_at = $1, attempt_open = 1, updated_at = $1 \
                 WHERE opportunity_id = $2"
            }
            Side::Microsoft => {
                "UPDATE links SET microsoft_intent_at = COALESCE(microsoft_intent_at, $1), microsoft_attempt_at = $1, \
                 microsoft_attempt_open = 1, updated_at = $1 WHERE opportunity_id = $2"
            }
        };
        self.fenced("intend", lease, [sqlx::query(statement).bind(to_millis(now)).bind(lease.key.as_str())]).await
    }

    /// Nobody answered the create that was sent last: from now on it is looked for.
    pub async fn unanswered(&self, lease: &Lease<SalesforceId>, side: Side, now: OffsetDateTime) -> Result<(), StoreError> {
        let statement = match side {
            Side::Own => "UPDATE links SET attempt_at = $1, updated_at = $1 WHERE opportunity_id = $2",
            Side::Microsoft => "UPDATE links SET microsoft_attempt_at = $1, updated_at = $1 WHERE opportunity_id = $2",
        };
        self.fenced("unanswered", lease, [sqlx::query(statement).bind(to_millis(now)).bind(lease.key.as_str())]).await
    }

    /// The create that was sent last did certainly nothing. An earlier one may have: then its intent stays.
    pub async fn nothing_done(&self, lease: &Lease<SalesforceId>, side: Side, now: OffsetDateTime) -> Result<(), StoreError> {
        let statement = match side {
            Side::Own => {
                "UPDATE links SET intent_at = CASE WHEN intent_at = attempt_at THEN NULL ELSE intent_at END, attempt_open = 0, \
                 updated_at = $1 WHERE opportunity_id = $2"
            }
            Side::Microsoft => {
                "UPDATE links SET microsoft_intent_at = CASE WHEN microsoft_intent_at = microsoft_attempt_at THEN NULL \
                 ELSE microsoft_intent_at END, microsoft_attempt_open = 0, updated_at = $1 WHERE opportunity_id = $2"
            }
        };
        self.fenced("nothing_done", lease, [sqlx::query(statement).bind(to_millis(now)).bind(lease.key.as_str())]).await
    }

    /// The referral exists: answered by a create, or found.
    pub async fn found(
        &self,
        lease: &Lease<SalesforceId>,
        side: Side,
        referral: &str,
        engagement: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let statement = match side {
            Side::Own => {
                "UPDATE links SET referral_id = $1, engagement_id = $2, intent_at = NULL, attempt_open = 0, updated_at = $3 \
                 WHERE opportunity_id = $4"
            }
            Side::Microsoft => {
                "UPDATE links SET microsoft_referral_id = $1, engagement_id = $2, microsoft_intent_at = NULL, microsoft_attempt_open = 0, \
                 updated_at = $3 WHERE opportunity_id = $4"
            }
        };
        let query = sqlx::query(statement).bind(referral).bind(engagement).bind(to_millis(now)).bind(lease.key.as_str());
        self.fenced("found", lease, [query]).await
    }

    /// Both sides agree on this from now on.
    pub async fn agree(&self, lease: &Lease<SalesforceId>, base: &Base, now: OffsetDateTime) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE links SET base = $1, updated_at = $2 WHERE opportunity_id = $3")
            .bind(base.to_json())
            .bind(to_millis(now))
            .bind(lease.key.as_str());
        self.fenced("agree", lease, [query]).await
    }

    /// These lines of the trail wait for the record.
    pub async fn tell(&self, lease: &Lease<SalesforceId>, told: &[Told], now: OffsetDateTime) -> Result<(), StoreError> {
        let query = sqlx::query("UPDATE links SET told = $1, updated_at = $2 WHERE opportunity_id = $3")
            .bind(to_json(told))
            .bind(to_millis(now))
            .bind(lease.key.as_str());
        self.fenced("tell", lease, [query]).await
    }

    /// How the pair stands now; `agreed` where the record was written too.
    pub async fn conclude(
        &self,
        lease: &Lease<SalesforceId>,
        state: State,
        reason: Option<&Reason>,
        agreed: Option<&Agreed>,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(
            "UPDATE links SET state = $1, reason_code = $2, reason_detail = $3, reason_until = $4, base = COALESCE($5, base), \
             held = COALESCE($6, held), told = COALESCE($7, told), updated_at = $8 WHERE opportunity_id = $9",
        )
        .bind(state.api_value())
        .bind(reason.map(|reason| reason.code.as_str()))
        .bind(reason.map(|reason| reason.detail.as_str()))
        .bind(reason.and_then(|reason| reason.until).map(to_millis))
        .bind(agreed.and_then(|agreed| agreed.base.as_ref()).map(Base::to_json))
        .bind(agreed.and_then(|agreed| agreed.held.as_ref()).map(to_json))
        .bind(agreed.map(|agreed| to_json(&agreed.told)))
        .bind(to_millis(now))
        .bind(lease.key.as_str());
        self.fenced("conclude", lease, [query]).await
    }
}

/// Texts and lists of them, which can always be written.
fn to_json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
