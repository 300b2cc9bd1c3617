//! The levers of the webhooks, under `/_sandbox/webhooks`: what was delivered, what is done to deliveries, and whose
//! registration it is.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use time::Duration;

use super::error::ApiError;
use super::event::Event;
use super::faults::Fault;
use super::registration::Registration;
use super::{RelatedResource, Webhooks};

type Service = State<Arc<Webhooks>>;

/// Serves `/_sandbox/webhooks/**`.
pub(crate) fn router(webhooks: Arc<Webhooks>) -> Router {
    Router::new()
        .route("/_sandbox/webhooks", get(state).patch(switch))
        .route("/_sandbox/webhooks/registration", put(register).delete(unregister))
        .route("/_sandbox/webhooks/deliveries", get(deliveries).delete(forget))
        .route("/_sandbox/webhooks/deliveries/release", post(release))
        .route("/_sandbox/webhooks/deliveries/{id}/repeat", post(repeat))
        .route("/_sandbox/webhooks/events", post(raise))
        .route("/_sandbox/webhooks/faults", get(faults).post(add_fault).delete(clear_faults))
        .with_state(webhooks)
}

async fn state(State(webhooks): Service) -> Json<Value> {
    let inner = webhooks.inner.lock();
    Json(json!({
        "registration": inner.registration,
        "relatedResource": inner.related,
        "retryBaseSeconds": inner.queue.retry_base.whole_seconds(),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Switches {
    related_resource: Option<RelatedResource>,
    retry_base_seconds: Option<u32>,
}

async fn switch(State(webhooks): Service, Json(switches): Json<Switches>) -> StatusCode {
    let mut inner = webhooks.inner.lock();
    inner.related = switches.related_resource.unwrap_or(inner.related);
    if let Some(seconds) = switches.retry_base_seconds {
        inner.queue.retry_base = Duration::seconds(i64::from(seconds));
    }
    StatusCode::NO_CONTENT
}

/// Another environment of the same partner registers: whatever was registered is overwritten.
async fn register(State(webhooks): Service, Json(body): Json<Value>) -> Result<StatusCode, ApiError> {
    let registration = Registration::read(&body)?;
    webhooks.inner.lock().registration = Some(registration);
    Ok(StatusCode::NO_CONTENT)
}

async fn unregister(State(webhooks): Service) -> StatusCode {
    webhooks.inner.lock().registration = None;
    StatusCode::NO_CONTENT
}

async fn deliveries(State(webhooks): Service) -> Response {
    Json(webhooks.inner.lock().queue.all()).into_response()
}

async fn forget(State(webhooks): Service) -> StatusCode {
    webhooks.inner.lock().queue.forget_ended();
    StatusCode::NO_CONTENT
}

async fn release(State(webhooks): Service) -> Json<Value> {
    let now = webhooks.clock.now();
    let count = webhooks.inner.lock().queue.release(now);
    webhooks.look_again();
    Json(json!({ "released": count }))
}

async fn repeat(State(webhooks): Service, Path(id): Path<u64>) -> StatusCode {
    let now = webhooks.clock.now();
    let found = webhooks.inner.lock().queue.repeat(id, now);
    webhooks.look_again();
    if found { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Raised {
    event: Event,
    referral: String,
}

/// Raises an event about a referral, whether anything happened to it, or whether it exists, or not.
async fn raise(State(webhooks): Service, Json(Raised { event, referral }): Json<Raised>) -> StatusCode {
    let now = webhooks.clock.now();
    webhooks.inner.lock().raise(event, &referral, None, now);
    webhooks.look_again();
    StatusCode::NO_CONTENT
}

async fn faults(State(webhooks): Service) -> Response {
    Json(webhooks.inner.lock().queue.faults.all()).into_response()
}

async fn add_fault(State(webhooks): Service, Json(fault): Json<Fault>) -> StatusCode {
    webhooks.inner.lock().queue.faults.add(fault);
    StatusCode::CREATED
}

async fn clear_faults(State(webhooks): Service) -> StatusCode {
    webhooks.inner.lock().queue.faults.clear();
    StatusCode::NO_CONTENT
}
