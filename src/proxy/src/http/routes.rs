//! The routes of the seller API: check the token, ask the reconciler, say it in HTTP. Nothing is decided here.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tracing::Instrument;

use super::{Api, Problem, language};
use crate::ids::SalesforceId;
use crate::partner_center::PartnerCenterError;
use crate::reconciler::{Failure, PairState, Report, SALESFORCE_SIGN_IN, sentence};
use crate::salesforce::SalesforceError;
use crate::token::{Action, TokenError};

/// Seconds after which a failure of Salesforce may be over, when it did not say.
const USUAL_PAUSE: u64 = 5;

/// The process lives.
pub(super) async fn healthz() -> Response {
    Json(json!({ "status": "ok" })).into_response()
}

/// The process can work: its store can be read and written. Upstream services are left out on purpose: while one of them does
/// not answer, the proxy still says so to sellers and takes the work up again, which a restart would not do any better.
pub(super) async fn readyz(State(api): State<Arc<Api>>) -> Result<Response, Problem> {
    api.store.ping().await.map_err(|error| {
        tracing::error!(%error, "not ready");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "store.unavailable", "Not ready", "The store does not answer.")
    })?;
    Ok(Json(json!({ "status": "ready" })).into_response())
}

/// `GET /v1/opportunities/{id}`
pub(super) async fn read(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<PairState>, Problem> {
    let key = authorized(&api, &id, Action::Read, &headers)?;
    let locale = locale(&headers);
    let Ok(found) = tokio::time::timeout(api.server.request_timeout, api.reconciler.look_up(&key, locale)).await else {
        tracing::warn!(opportunity = %key, "Salesforce takes longer than server.request_timeout_seconds");
        return Err(salesforce_unavailable("Salesforce takes too long.", None));
    };
    found.map(Json).map_err(|failure| problem(failure, locale))
}

/// `POST /v1/opportunities/{id}/reconcile`
pub(super) async fn reconcile(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<PairState>, Problem> {
    let key = authorized(&api, &id, Action::Share, &headers)?;
    let locale = locale(&headers);
    let (reconciler, of) = (Arc::clone(&api.reconciler), key.clone());
    let run = async move { reconciler.reconcile(&of, Some(locale)).await };
    match in_task(&api, run).await? {
        None | Some(Err(Failure::Lost | Failure::Busy(_))) => still_running(&api, &key, locale).await,
        Some(report) => told(report.map_err(|failure| problem(failure, locale))?),
    }
}

/// Does work in a task of its own: a run, or a registration, must not end half-way because the browser went away. `None` when it takes
/// longer than a request may; it goes on all the same.
pub(super) async fn in_task<R: Send + 'static>(
    api: &Api,
    work: impl Future<Output = R> + Send + 'static,
) -> Result<Option<R>, Problem> {
    let running = api.running.clone();
    let work = async move {
        let done = work.await;
        drop(running);
        done
    };
    match tokio::time::timeout(api.server.request_timeout, tokio::spawn(work.in_current_span())).await {
        Ok(Ok(done)) => Ok(Some(done)),
        Err(_) => Ok(None),
        Ok(Err(error)) => {
            tracing::error!(%error, "what a request began ended abnormally");
            Err(Problem::internal())
        }
    }
}

/// What can be said of a pair that is being worked on.
pub(super) async fn still_running(api: &Api, key: &SalesforceId, locale: &str) -> Result<Json<PairState>, Problem> {
    api.reconciler.running(key, locale).await.map(Json).map_err(|failure| {
        tracing::error!(opportunity = %key, error = %failure, "failed");
        problem(failure, locale)
    })
}

/// How a run ended, in HTTP.
pub(super) fn told(report: Report) -> Result<Json<PairState>, Problem> {
    match report {
        Report::Pair(pair) => Ok(Json(*pair)),
        Report::NotReady { pair, findings } => {
            let detail = pair.reason.as_ref().map(|reason| reason.message.clone()).unwrap_or_default();
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "deal.not-ready", "Not ready to be shared", detail);
            Err(problem.with("findings", json!(findings)).with("state", json!(pair.state)))
        }
    }
}

/// A path that does not exist.
pub(super) async fn unknown() -> Problem {
    Problem::new(StatusCode::NOT_FOUND, "route.unknown", "No such resource", "There is nothing at this path.")
}

/// A method that the path does not have.
pub(super) async fn wrong_method() -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method.not-allowed", "No such method", "The path does not have this method.")
}

pub(super) fn authorized(api: &Api, id: &str, action: Action, headers: &HeaderMap) -> Result<SalesforceId, Problem> {
    bearer(headers).ok_or(TokenError::Missing)?;
    let key = SalesforceId::parse_of(id, "006").ok_or_else(Problem::not_found)?;
    grant(api, &key, action, headers)?;
    Ok(key)
}

/// Whether the request's token allows this, for this record.
pub(super) fn grant(api: &Api, record: &SalesforceId, action: Action, headers: &HeaderMap) -> Result<(), TokenError> {
    let token = bearer(headers).ok_or(TokenError::Missing)?;
    let seller = api.verifier.verify(token, record, action, api.clock.now()).inspect_err(|error| {
        tracing::info!(%record, code = error.code(), reason = error.reason(), "token refused");
    })?;
    tracing::info!(%record, user = seller.user, ?action, "asked");
    Ok(())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (value, None) = (values.next()?, values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("bearer") && !token.is_empty())
}

pub(super) fn locale(headers: &HeaderMap) -> &'static str {
    language::preferred(headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
}

/// What a seller is told about a failure, which has been logged.
pub(super) fn problem(failure: Failure, locale: &str) -> Problem {
    match failure {
        Failure::Salesforce(SalesforceError::Gone) => Problem::not_found(),
        Failure::Salesforce(SalesforceError::Retry { after, .. }) => {
            salesforce_unavailable("Salesforce does not answer; the work goes on by itself.", after.map(|after| after.as_secs()))
        }
        // Waiting does not mend it, so nobody is asked to try again.
        Failure::Salesforce(SalesforceError::SignIn { .. }) => {
            let detail = sentence(SALESFORCE_SIGN_IN, "", locale);
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, SALESFORCE_SIGN_IN, "No sign-in to Salesforce", detail)
        }
        Failure::Salesforce(SalesforceError::Unreadable(_) | SalesforceError::Changed) => {
            salesforce_unavailable("Salesforce’s answer could not be understood; the work goes on by itself.", None)
        }
        // As with the sign-in. The page has words for the code; the detail names the setting, for the admin.
        Failure::Salesforce(SalesforceError::Settings(error)) => {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "settings.unreadable", "A setting cannot be read", error.to_string())
        }
        Failure::Salesforce(error @ SalesforceError::Refused { .. }) => {
            Problem::new(StatusCode::BAD_GATEWAY, "salesforce.refused", "Salesforce refused", error.to_string())
        }
        Failure::PartnerCenter(error) => partner_center_problem(&error),
        Failure::Store(_) | Failure::Lost | Failure::Busy(_) => Problem::internal(),
    }
}

/// What is told about a failure of Partner Center, which has been logged.
pub(super) fn partner_center_problem(error: &PartnerCenterError) -> Problem {
    let title = "Partner Center is not available";
    match error {
        PartnerCenterError::Throttled { after }
        | PartnerCenterError::Unavailable { after, .. }
        | PartnerCenterError::Unclear { after, .. } => {
            let detail = "Partner Center does not answer.";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "partner-center.unavailable", title, detail)
                .retry_after(after.map_or(USUAL_PAUSE, |after| after.as_secs()).max(1))
        }
        PartnerCenterError::SignIn { detail } => Problem::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "partner-center.sign-in",
            "No sign-in to Partner Center",
            detail.as_str(),
        ),
        PartnerCenterError::Store(_) => Problem::internal(),
        refused => Problem::new(StatusCode::BAD_GATEWAY, "partner-center.refused", "Partner Center refused", refused.to_string()),
    }
}

fn salesforce_unavailable(detail: &str, after: Option<u64>) -> Problem {
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "salesforce.unavailable", "Salesforce is not available", detail)
        .retry_after(after.unwrap_or(USUAL_PAUSE).max(1))
}
