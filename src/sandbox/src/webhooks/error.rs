//! Errors of the host of the webhooks, which are not those of the Referrals API: `{ code, description, data, source }`
//! (Microsoft Learn, "Partner Center REST error codes"). Which codes go with webhooks is not published; the status is
//! given as the code. A throttled call has a body of its own ("API throttling guidance").

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refused call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ApiError {
    /// The usual kind: a status and a sentence.
    Refused(StatusCode, String),
    /// Too many calls; it may be tried again after so many seconds.
    Throttled(i64),
}

impl ApiError {
    /// 400: the body is not what the API takes.
    pub(super) fn invalid(sentence: impl Into<String>) -> Self {
        Self::Refused(StatusCode::BAD_REQUEST, sentence.into())
    }

    /// 401: no token, or none for this audience.
    pub(super) fn unauthenticated() -> Self {
        let sentence = "The access token is missing, has expired, or was issued for another resource.";
        Self::Refused(StatusCode::UNAUTHORIZED, sentence.to_owned())
    }

    /// 404: there is none.
    pub(super) fn not_found(sentence: &str) -> Self {
        Self::Refused(StatusCode::NOT_FOUND, sentence.to_owned())
    }

    /// 409, in the documented words.
    pub(super) fn registered() -> Self {
        let sentence = "Registration already exists, use the PUT method to update a registration.";
        Self::Refused(StatusCode::CONFLICT, sentence.to_owned())
    }

    /// What was refused, in a sentence.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Refused(_, sentence) => sentence.clone(),
            Self::Throttled(seconds) => format!("Rate limit is exceeded. Try again in {seconds} seconds."),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let sentence = self.sentence();
        match self {
            Self::Refused(status, _) => {
                let code = status.as_u16().to_string();
                let body = json!({ "code": code, "description": sentence, "data": [], "source": "PartnerCenterWebhooks" });
                (status, Json(body)).into_response()
            }
            Self::Throttled(seconds) => {
                let body = json!({ "statusCode": 429, "message": sentence });
                let mut response = (StatusCode::TOO_MANY_REQUESTS, Json(body)).into_response();
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                response
            }
        }
    }
}
