//! The door of `/services/data`: API versions, sessions, and the way to the handler of each resource.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use time::OffsetDateTime;

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::state::{Session, State};
use super::{Org, collections, composite, query, rest, ui_api};

/// API versions that answer; v21 to v30 are retired (410), newer ones do not exist yet.
const OLDEST: u32 = 31;
const NEWEST: u32 = 68;
/// Salesforce refuses larger bodies of the REST API; 6 MB is its synchronous limit.
const LARGEST_BODY: usize = 6 * 1024 * 1024;

/// Answers every call below `/services/data`.
pub(super) async fn serve(Shared(org): Shared<Arc<Org>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    if parts.uri.path().trim_end_matches('/') == "/services/data" {
        return axum::Json(versions()).into_response();
    }
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return respond(ApiError::new(413, "REQUEST_TOO_LARGE", "Request body is too large").into(), None);
    };
    let Some(mut call) = Call::locate(parts.method.as_str(), target) else {
        return respond(ApiError::not_found().into(), None);
    };
    call.headers = parts
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect();
    call.body = body.to_vec();
    let now = org.now();
    let largest_batch = org.options.largest_batch.unwrap_or(usize::MAX);
    let (reply, usage) = admit(&org, &parts.headers, now, |state, session| {
        let mut context = Context { state, session, now, largest_batch };
        answer(&mut context, &call)
    });
    respond(reply, Some(&usage))
}

/// Counts a call, finds out who makes it, and has it done unless the org has used up its calls of the day. Also says
/// what `Sforce-Limit-Info` tells afterwards.
pub(super) fn admit(
    org: &Org,
    headers: &HeaderMap,
    now: OffsetDateTime,
    work: impl FnOnce(&mut State, Session) -> Reply,
) -> (Reply, String) {
    let mut state = org.lock();
    state.calls += 1;
    let (used, most) = (state.calls, state.allowance.0);
    let reply = match authenticate(&state, headers) {
        Err(error) => error.into(),
        Ok(_) if used > most => ApiError::new(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.").into(),
        Ok(session) => {
            state.store.commit_due(now);
            state.perform(&session.clone(), now, |state| work(state, session))
        }
    };
    (reply, format!("api-usage={used}/{most}"))
}

/// The session of a call: `Authorization: Bearer`, or the browser's cookie `sid`.
pub(super) fn authenticate(state: &State, headers: &HeaderMap) -> Result<Session, ApiError> {
    let token = match headers.get(header::AUTHORIZATION) {
        Some(value) => {
            let value = value.to_str().unwrap_or_default();
            let token = value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("OAuth "));
            Some(token.ok_or_else(|| ApiError::new(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE"))?)
        }
        None => headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .find_map(|cookie| cookie.trim().strip_prefix("sid=")),
    };
    token.and_then(|token| state.sessions.get(token.trim())).cloned().ok_or_else(ApiError::session)
}

/// Answers a call whose caller is known; also the subrequests of a composite.
pub(super) fn answer(context: &mut Context<'_>, call: &Call) -> Reply {
    route(context, call).unwrap_or_else(Reply::from)
}

fn route(context: &mut Context<'_>, call: &Call) -> Result<Reply, ApiError> {
    match version(&call.version) {
        Some(OLDEST..=NEWEST) => {}
        Some(number) if number < OLDEST => {
            let message = format!("API version {number}.0 is retired");
            return Err(ApiError::new(410, "UNSUPPORTED_API_VERSION", message));
        }
        _ => return Err(ApiError::not_found()),
    }
    let segments: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match segments.as_slice() {
        [] => Ok(Reply::ok(resources(&call.version))),
        ["limits"] => Ok(Reply::ok(limits(context.state))),
        ["sobjects", rest @ ..] => rest::sobjects(context, call, rest),
        ["query"] => query::first_page(context, call, false),
        ["queryAll"] => query::first_page(context, call, true),
        ["query" | "queryAll", locator] => query::next_page(context, call, locator),
        ["composite"] => composite::composite(context, call),
        ["composite", "sobjects"] => collections::collections(context, call),
        ["ui-api", rest @ ..] => ui_api::route(context, call, rest),
        _ => Err(ApiError::not_found()),
    }
}

/// The number of `v66.0`.
fn version(text: &str) -> Option<u32> {
    text.strip_prefix('v')?.strip_suffix(".0")?.parse().ok()
}

/// `GET /services/data/`, which needs no session. The releases carry the names of Salesforce's three seasons.
fn versions() -> Value {
    let seasons = ["Spring", "Summer", "Winter"];
    (OLDEST..=NEWEST)
        .map(|number| {
            // v60 is Spring '24; Winter belongs to the year after.
            let since = number + 12;
            let season = seasons.get(usize::try_from(since % 3).unwrap_or(0)).copied().unwrap_or("Spring");
            let year = since / 3 + u32::from(season == "Winter");
            json!({
                "label": format!("{season} '{year:02}"),
                "url": format!("/services/data/v{number}.0"),
                "version": format!("{number}.0")
            })
        })
        .collect()
}

fn resources(version: &str) -> Value {
    let names = ["composite", "limits", "query", "queryAll", "sobjects", "ui-api"];
    let links = names.map(|name| (name.to_owned(), format!("/services/data/{version}/{name}").into()));
    Value::Object(links.into_iter().collect())
}

fn limits(state: &State) -> Value {
    let most = state.allowance.0;
    json!({ "DailyApiRequests": { "Max": most, "Remaining": most.saturating_sub(state.calls) } })
}

/// The answer on the wire; every one of a known resource says how many calls the org has made.
pub(super) fn respond(reply: Reply, usage: Option<&str>) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match &reply.body {
        Some(body) => (status, axum::Json(body)).into_response(),
        None => (status, Body::from(reply.file)).into_response(),
    };
    let headers = response.headers_mut();
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    if let Some(value) = usage.and_then(|usage| HeaderValue::from_str(usage).ok()) {
        headers.insert("sforce-limit-info", value);
    }
    response
}
