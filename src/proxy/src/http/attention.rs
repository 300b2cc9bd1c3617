//! The routes by which an administrator sees how the connections stand and what stands still, and has it looked at again. Nothing is
//! decided here but what a request says.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::routes::{grant, locale};
use super::{Api, Problem};
use crate::health::Report;
use crate::ids::SalesforceId;
use crate::reconciler::Subject;
use crate::store::{Cursor, EngagementId, StoreError};
use crate::token::Action;

/// How many are told at once where nobody says how many.
const USUAL: usize = 50;

/// How many are told at once at most.
const MOST: usize = 200;

/// `GET /v1/admin/health`: always an answer, also while nothing works.
pub(super) async fn health(State(api): State<Arc<Api>>, headers: HeaderMap) -> Result<Json<Report>, Problem> {
    grant(&api, api.verifier.org(), Action::Admin, &headers)?;
    // On the heap: it asks all connections at once.
    Ok(Json(Box::pin(api.health.report()).await.as_ref().clone()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    after: Option<String>,
    limit: Option<usize>,
}

/// `GET /v1/admin/attention?after=…&limit=…`: what somebody has to see, oldest first.
pub(super) async fn attention(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    page: Result<Query<Page>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    grant(&api, api.verifier.org(), Action::Admin, &headers)?;
    let detail = "The query may be ?after=…&limit=…, with what `next` was before and a number from 1 to 200.";
    let unreadable = || Problem::unreadable(detail);
    let Query(Page { after, limit }) = page.map_err(|_| unreadable())?;
    let limit = limit.unwrap_or(USUAL);
    let after = after.map_or(Some(Cursor::default()), |text| Cursor::parse(&text));
    let after = after.filter(|_| (1..=MOST).contains(&limit)).ok_or_else(unreadable)?;
    let (pairs, next) = api.reconciler.attention(&after, limit, locale(&headers)).await.map_err(|error| failed(&error))?;
    Ok(Json(json!({ "pairs": pairs, "next": next.map(|cursor| cursor.text()) })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum Named {
    #[serde(rename = "opportunityId")]
    Opportunity(String),
    #[serde(rename = "referralId")]
    Referral(String),
    #[serde(rename = "engagementId")]
    Engagement(String),
}

impl Named {
    /// What is named; `None` where no such thing can be known.
    fn subject(self) -> Option<Subject> {
        match self {
            Self::Opportunity(id) => SalesforceId::parse_of(&id, "006").map(Subject::Opportunity),
            // Of some that came in nobody knows the referral: no name means none of them.
            Self::Referral(id) => (!id.is_empty()).then_some(Subject::Referral(id)),
            Self::Engagement(id) => EngagementId::parse(&id).map(Subject::Engagement),
        }
    }
}

/// `POST /v1/admin/retry`: has it looked at now, whatever it waits for.
pub(super) async fn retry(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    grant(&api, api.verifier.org(), Action::Admin, &headers)?;
    let named = body.ok().and_then(|body| serde_json::from_slice::<Named>(&body).ok());
    let named = named.ok_or_else(|| Problem::unreadable("The body names one of opportunityId, referralId and engagementId."))?;
    let is_known = match named.subject() {
        Some(subject) => api.reconciler.retry(&subject).await.map_err(|error| failed(&error))?,
        None => false,
    };
    if is_known {
        return Ok((StatusCode::ACCEPTED, Json(json!({ "retried": true }))));
    }
    let detail = "Nothing is known of it, so there is nothing to look at.";
    Err(Problem::new(StatusCode::NOT_FOUND, "pair.unknown", "No such pair", detail))
}

/// `GET /v1/admin/retry?opportunityId=…`, or by one of the other identifiers: whether somebody is still at it.
pub(super) async fn retrying(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    named: Result<Query<BTreeMap<String, String>>, QueryRejection>,
) -> Result<Json<Value>, Problem> {
    grant(&api, api.verifier.org(), Action::Admin, &headers)?;
    let named = named.ok().and_then(|Query(named)| serde_json::from_value::<Named>(json!(named)).ok());
    let named = named.ok_or_else(|| Problem::unreadable("The query names one of opportunityId, referralId and engagementId."))?;
    let under_way = match named.subject() {
        Some(subject) => api.reconciler.is_under_way(&subject).await.map_err(|error| failed(&error))?,
        None => false,
    };
    Ok(Json(json!({ "underWay": under_way })))
}

fn failed(error: &StoreError) -> Problem {
    tracing::error!(%error, "the store failed an administrator");
    Problem::internal()
}
