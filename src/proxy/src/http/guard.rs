//! What every request passes before a route sees it: a request id and a log line, the check of its origin, the size of its body.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tracing::Instrument;
use uuid::Uuid;

use super::Problem;
use crate::config;

/// Asked every few seconds by whatever watches the process.
const PROBES: [&str; 2] = ["/healthz", "/readyz"];

const REQUEST_ID: &str = "x-request-id";

/// Gives the request an id and logs how it ended. The query and the headers are not logged.
pub(super) async fn trace(request: Request, next: Next) -> Response {
    let id = Uuid::new_v4().to_string();
    // Enabled whatever the filter says: a warning without its request helps nobody.
    let span = tracing::error_span!("request", id, method = %request.method(), path = request.uri().path());
    let probe = PROBES.contains(&request.uri().path());
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    span.in_scope(|| {
        if probe {
            tracing::debug!(status, milliseconds, "answered");
        } else {
            tracing::info!(status, milliseconds, "answered");
        }
    });
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    // What is about one deal must not stay in a cache.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Refuses pages of unknown origins. A request without an `Origin` comes from no page; two are a forgery.
pub(super) async fn origin(State(config): State<Arc<config::Server>>, request: Request, next: Next) -> Response {
    let mut origins = request.headers().get_all(header::ORIGIN).iter();
    let allowed = match (origins.next(), origins.next()) {
        (None, _) => true,
        (Some(origin), None) => config.allowed_origins.iter().any(|allowed| allowed.as_bytes() == origin.as_bytes()),
        (Some(_), Some(_)) => false,
    };
    if !allowed {
        let detail = "Pages of this origin may not call the proxy; see server.allowed_origins.";
        return Problem::new(StatusCode::FORBIDDEN, "origin.unknown", "Unknown origin", detail).into_response();
    }
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > config.body_limit_bytes) {
        let detail = format!("The body may have {} bytes.", config.body_limit_bytes);
        return Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "request.too-large", "Too large", detail).into_response();
    }
    next.run(request).await
}
