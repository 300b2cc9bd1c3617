//! Errors of the Referrals API in the documented body (Microsoft Learn, "Partner REST error codes"):
//! `{ "error": { "code", "message", "target", "innerError": { "code", "message" } } }`.
//! Which status goes with which code is not tabulated there; the pairs here are the natural ones.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refused call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    target: String,
}

impl ApiError {
    /// 400: the request is not what the API takes. `target` is the property, as a path with slashes.
    pub(super) fn invalid(target: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalidRequest", target, message)
    }

    /// 401: no token, or none for this audience.
    pub(super) fn unauthenticated() -> Self {
        let message = "The access token is missing, has expired, or was issued for another resource.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthenticated", "referral", message)
    }

    /// 403: signed in, but not allowed to.
    pub(super) fn denied(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "accessDenied", "referral", message)
    }

    /// 404: no such referral.
    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "itemNotFound", "referral", "The resource could not be found.")
    }

    /// 405: the resource does not take this method.
    pub(super) fn method() -> Self {
        let message = "The HTTP method is not allowed on this resource. PUT is deprecated: use PATCH.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "invalidRequest", "referral", message)
    }

    /// 412: the `If-Match` header names another version.
    pub(super) fn precondition() -> Self {
        let message = "The resource has changed since it was read: If-Match does not match its eTag.";
        Self::new(StatusCode::PRECONDITION_FAILED, "preconditionFailed", "referral", message)
    }

    /// 415: the body is not `application/json`.
    pub(super) fn media_type() -> Self {
        let message = "The body must be sent as application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalidRequest", "referral", message)
    }

    fn new(status: StatusCode, code: &'static str, target: &str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), target: target.to_owned() }
    }

    /// What the property is that the error is about.
    #[cfg(test)]
    pub(super) fn target(&self) -> &str {
        &self.target
    }

    /// The HTTP status.
    #[cfg(test)]
    pub(super) fn status(&self) -> u16 {
        self.status.as_u16()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let Self { status, code, message, target } = self;
        let body = json!({
            "error": {
                "code": code,
                "message": message,
                "target": target,
                "innerError": { "code": code, "message": message },
            }
        });
        let mut response = (status, Json(body)).into_response();
        let extra = match status {
            StatusCode::UNAUTHORIZED => Some((header::WWW_AUTHENTICATE, "Bearer")),
            StatusCode::METHOD_NOT_ALLOWED => Some((header::ALLOW, "GET, POST, PATCH")),
            _ => None,
        };
        if let Some((name, value)) = extra {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}
