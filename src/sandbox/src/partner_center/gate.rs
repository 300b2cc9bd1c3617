//! What every call to the Referrals API passes first: the token, and the id that the client gives its call
//! (Microsoft Learn, "Partner REST headers").

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::PartnerCenter;
use super::error::ApiError;
use crate::entra::REFERRALS_AUDIENCE;

const CLIENT_REQUEST_ID: HeaderName = HeaderName::from_static("client-request-id");
const REQUEST_ID: HeaderName = HeaderName::from_static("request-id");

/// Lets a call through, or answers for the service. Every answer has a `request-id` and echoes the client's.
pub(super) async fn gate(State(service): State<Arc<PartnerCenter>>, request: Request, next: Next) -> Response {
    let given = request.headers().get(&CLIENT_REQUEST_ID).cloned();
    let mut response = match check(&service, request.headers()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::try_from(uuid::Uuid::new_v4().to_string()) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some(given) = given {
        headers.insert(CLIENT_REQUEST_ID, given);
    }
    response
}

fn check(service: &PartnerCenter, headers: &HeaderMap) -> Result<(), ApiError> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "))
        .unwrap_or_default();
    if !service.entra.accepts(token, REFERRALS_AUDIENCE) {
        return Err(ApiError::unauthenticated());
    }
    let id = headers.get(&CLIENT_REQUEST_ID).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if uuid::Uuid::parse_str(id).is_err() {
        return Err(ApiError::invalid("client-request-id", "The header client-request-id is required and is a GUID."));
    }
    Ok(())
}
