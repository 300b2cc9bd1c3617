//! The API through which a partner registers: `/webhooks/v1/registration` on a host of its own, with an audience of its
//! own (Microsoft Learn, "Partner Center webhooks", and Microsoft's swagger).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::Value;

use super::Webhooks;
use super::error::ApiError;
use super::event::Event;
use crate::entra::WEBHOOKS_AUDIENCE;

/// Ids that the caller may give and gets back, or gets from the service.
const IDS: [HeaderName; 2] = [HeaderName::from_static("ms-correlationid"), HeaderName::from_static("ms-requestid")];
const LOCALE: HeaderName = HeaderName::from_static("x-locale");

/// Serves `/webhooks/v1/registration`. There is no DELETE: who no longer wants events puts other ones.
pub(crate) fn router(webhooks: Arc<Webhooks>) -> Router {
    let refused = || async {
        ApiError::Refused(StatusCode::METHOD_NOT_ALLOWED, "The HTTP method is not allowed on this resource.".to_owned())
    };
    Router::new()
        .route("/webhooks/v1/registration/events", get(events).fallback(refused))
        .route("/webhooks/v1/registration", get(read).post(register).put(update).fallback(refused))
        .route("/webhooks/v1/registration/validationEvents", post(start_test).fallback(refused))
        .route("/webhooks/v1/registration/validationEvents/{id}", get(test_status).fallback(refused))
        .fallback(|| async { ApiError::not_found("The resource could not be found.") })
        .layer(axum::middleware::from_fn_with_state(Arc::clone(&webhooks), gate))
        .with_state(webhooks)
}

type Service = State<Arc<Webhooks>>;
type Answer = Result<Json<Value>, ApiError>;

async fn gate(State(service): Service, request: Request, next: Next) -> Response {
    let given = IDS.map(|name| request.headers().get(&name).cloned());
    let token = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    let mut response = if service.entra.accepts(token, WEBHOOKS_AUDIENCE) {
        next.run(request).await
    } else {
        let mut refused = ApiError::unauthenticated().into_response();
        refused.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        refused
    };
    let headers = response.headers_mut();
    for (name, given) in IDS.into_iter().zip(given) {
        if let Some(id) = given.or_else(|| HeaderValue::try_from(uuid::Uuid::new_v4().to_string()).ok()) {
            headers.insert(name, id);
        }
    }
    headers.insert(LOCALE, HeaderValue::from_static("en-US"));
    response
}

async fn events() -> Json<[Event; 5]> {
    Json(Event::ALL)
}

async fn read(State(service): Service) -> Answer {
    service.registered().map(Json)
}

async fn register(State(service): Service, headers: HeaderMap, body: Bytes) -> Answer {
    service.register(&json_body(&headers, &body)?).map(Json)
}

async fn update(State(service): Service, headers: HeaderMap, body: Bytes) -> Answer {
    service.update(&json_body(&headers, &body)?).map(Json)
}

async fn start_test(State(service): Service) -> Answer {
    service.start_test().map(Json)
}

async fn test_status(State(service): Service, Path(id): Path<String>) -> Answer {
    service.test_status(&id).map(Json)
}

fn json_body(headers: &HeaderMap, body: &[u8]) -> Result<Value, ApiError> {
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !media_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        let sentence = "The body must be sent as application/json.".to_owned();
        return Err(ApiError::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence));
    }
    serde_json::from_slice(body).map_err(|error| ApiError::invalid(format!("The body is not JSON: {error}.")))
}
