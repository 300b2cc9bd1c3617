//! Errors of the seller API: problem details (RFC 9457) with a stable code.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::token::TokenError;

/// One problem.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    extensions: Map<String, Value>,
    retry_after: Option<u64>,
    challenge: &'static str,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, title: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, title, detail: detail.into(), extensions: Map::new(), retry_after: None, challenge: "Bearer" }
    }

    /// Something that must not happen; the cause is in the log, not in the answer.
    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong",
            "The server's log says more, under the request id.",
        )
    }

    /// What was asked is not what this route understands; `detail` says what it does.
    pub(crate) fn unreadable(detail: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "request.unreadable", "Not understood", detail)
    }

    pub(crate) fn not_found() -> Self {
        let detail = "There is no such opportunity, or the proxy may not see it.";
        Self::new(StatusCode::NOT_FOUND, "opportunity.not-found", "No such opportunity", detail)
    }

    /// The problem as a document, also for an answer that holds it beside something else.
    pub(crate) fn to_json(&self) -> Value {
        let mut body = self.extensions.clone();
        body.insert("type".to_owned(), json!(format!("urn:cosell:problem:{}", self.code)));
        body.insert("title".to_owned(), json!(self.title));
        body.insert("status".to_owned(), json!(self.status.as_u16()));
        body.insert("detail".to_owned(), json!(self.detail));
        body.insert("code".to_owned(), json!(self.code));
        Value::Object(body)
    }

    /// The same with a member of its own.
    pub(crate) fn with(mut self, name: &str, value: Value) -> Self {
        self.extensions.insert(name.to_owned(), value);
        self
    }

    /// The same with another scheme that proves who calls, where it is not a seller's token.
    pub(crate) fn challenge(mut self, scheme: &'static str) -> Self {
        self.challenge = scheme;
        self
    }

    /// The same with a time, in seconds, after which it may be over.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        let (status, title) = match error {
            TokenError::Record | TokenError::Action => (StatusCode::FORBIDDEN, "Not allowed"),
            _ => (StatusCode::UNAUTHORIZED, "No valid token"),
        };
        Self::new(status, error.code(), title, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, self.to_json().to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(self.challenge));
        }
        response
    }
}
