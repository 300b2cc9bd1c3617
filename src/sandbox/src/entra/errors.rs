//! The errors of the token endpoint, in Entra's form and with Entra's numbers (Microsoft Learn, "Microsoft Entra
//! authentication and authorization error codes").

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use time::OffsetDateTime;
use time::macros::format_description;

/// A refused token request.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TokenError {
    status: StatusCode,
    error: &'static str,
    number: u32,
    text: String,
}

impl TokenError {
    fn bad(error: &'static str, number: u32, text: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, number, text }
    }

    pub(super) fn tenant(tenant: &str) -> Self {
        Self::bad("invalid_request", 90_002, format!("Tenant '{tenant}' not found."))
    }

    pub(super) fn parameter(name: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{name}'.");
        Self::bad("invalid_request", 900_144, text)
    }

    pub(super) fn grant(grant: &str) -> Self {
        let text = format!("The app requested an unsupported grant type '{grant}'.");
        Self::bad("unsupported_grant_type", 70_003, text)
    }

    pub(super) fn client(client: &str, tenant: &str) -> Self {
        let text = format!("Application with identifier '{client}' was not found in the directory '{tenant}'.");
        Self::bad("unauthorized_client", 700_016, text)
    }

    pub(super) fn no_secret() -> Self {
        let text = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.";
        Self { status: StatusCode::UNAUTHORIZED, ..Self::bad("invalid_client", 7_000_218, text.to_owned()) }
    }

    pub(super) fn secret(client: &str) -> Self {
        let text = format!(
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, \
             not the client secret ID, for a secret added to app '{client}'."
        );
        Self { status: StatusCode::UNAUTHORIZED, ..Self::bad("invalid_client", 7_000_215, text) }
    }

    pub(super) fn resource(resource: &str, tenant: &str) -> Self {
        let text = format!(
            "The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if \
             the application has not been installed by the administrator of the tenant or consented to by any user in \
             the tenant."
        );
        Self::bad("invalid_resource", 500_011, text)
    }

    pub(super) fn refresh() -> Self {
        Self::bad("invalid_grant", 70_000, "Provided grant is invalid or malformed.".to_owned())
    }

    /// The answer. The description ends with the same ids that stand beside it, as Entra's does.
    pub(super) fn response(&self, correlation: &str, now: OffsetDateTime) -> Response {
        let trace = uuid::Uuid::new_v4();
        let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]Z");
        let timestamp = now.format(form).unwrap_or_default();
        let Self { status, error, number, text } = self;
        let description =
            format!("AADSTS{number}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}");
        let body = json!({
            "error": error,
            "error_description": description,
            "error_codes": [number],
            "timestamp": timestamp,
            "trace_id": trace.to_string(),
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={number}"),
        });
        (*status, Json(body)).into_response()
    }
}
