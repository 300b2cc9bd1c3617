//! What Salesforce says when it refuses, sorted by what the caller can do about it.

use std::time::Duration;

use cosell_rules::settings::SettingsError;
use reqwest::StatusCode;
use serde::Deserialize;

use crate::net::{Answer, CallError};

/// Why a call to Salesforce has no result.
#[derive(Debug, thiserror::Error)]
pub enum SalesforceError {
    /// May work later: not reachable, overloaded, a locked row, or the day's calls used up.
    #[error("Salesforce is not available: {detail}")]
    Retry {
        /// How long to wait at least, where that is known.
        after: Option<Duration>,
        /// Whether it is certain that nothing was done: it never left, or Salesforce says what it took everything back for.
        undone: bool,
        /// For the log.
        detail: String,
    },
    /// The proxy's own sign-in does not work; an admin has to mend it.
    #[error("Salesforce does not accept the proxy's sign-in: {detail}")]
    SignIn {
        /// For the log and the admin.
        detail: String,
    },
    /// Refused until the data, or somebody's rights, change.
    #[error("Salesforce refused: {code}: {message}")]
    Refused {
        /// Salesforce's `errorCode`.
        code: String,
        /// Salesforce's message; for a validation rule the admin's own words.
        message: String,
        /// API names of the fields, if it named any.
        fields: Vec<String>,
    },
    /// There is no such record, or the integration user cannot see it.
    #[error("Salesforce has no such record")]
    Gone,
    /// Somebody changed the record since it was read.
    #[error("the record was changed in Salesforce meanwhile")]
    Changed,
    /// A setting of the org that can't be read; an admin has to mend it.
    #[error("the org's settings cannot be read: {0}")]
    Settings(#[from] SettingsError),
    /// An answer that is not what Salesforce documents.
    #[error("Salesforce's answer cannot be read: {0}")]
    Unreadable(String),
}

/// One entry of the error array (REST API Developer Guide, "Status codes and error responses").
#[derive(Debug, Default, Deserialize)]
struct Entry {
    #[serde(default, rename = "errorCode")]
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    fields: Option<Vec<String>>,
}

/// How long to leave an org alone whose day quota is used up; Salesforce sends no `Retry-After`.
const QUOTA_WAIT: Duration = Duration::from_mins(5);

/// What a call is about, and so what a 404 to it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The API itself: a query or a description. Not found is a wrong version or a missing right, never a missing record.
    Api,
    /// One record.
    Record,
    /// One of several records that are made at once. What is missing is another one that it names: whoever asked is not gone.
    Part,
}

impl From<CallError> for SalesforceError {
    /// Everything we write can be written again with the same effect, so an unclear outcome is only a delay.
    fn from(error: CallError) -> Self {
        match error {
            CallError::NotSent(detail) => Self::Retry { after: None, undone: true, detail },
            CallError::Unclear(detail) => Self::Retry { after: None, undone: false, detail },
            CallError::TooLong(limit) => Self::Unreadable(format!("longer than {limit} bytes")),
        }
    }
}

impl SalesforceError {
    /// Reads an answer that is not a success.
    pub(super) fn from_answer(answer: &Answer, about: About) -> Self {
        let status = answer.status;
        let Some(entry) = first_entry(&answer.body) else {
            // Maintenance pages and Salesforce's edge answer in HTML.
            return match status.as_u16() {
                412 => Self::Changed,
                404 | 410 => Self::Unreadable(format!("status {status}: are salesforce.api_version and the address right?")),
                401 => Self::SignIn { detail: format!("status {status}") },
                420 | 429 | 500..=599 => Self::Retry { after: None, undone: false, detail: format!("status {status}") },
                _ => Self::Unreadable(format!("status {status} without an error body")),
            };
        };
        let detail = format!("{}: {}", entry.code, entry.message);
        let hint = "is salesforce.api_version right, and may the integration user see the object?";
        match entry.code.as_str() {
            _ if status == StatusCode::PRECONDITION_FAILED => Self::Changed,
            _ if about == About::Api && status == StatusCode::NOT_FOUND => Self::Unreadable(format!("{detail}: {hint}")),
            "NOT_FOUND" | "ENTITY_IS_DELETED" if about != About::Part => Self::Gone,
            "INVALID_CROSS_REFERENCE_KEY" | "MALFORMED_ID" if about != About::Part && status == StatusCode::NOT_FOUND => {
                Self::Gone
            }
            "REQUEST_LIMIT_EXCEEDED" => Self::Retry { after: Some(QUOTA_WAIT), undone: true, detail },
            "UNABLE_TO_LOCK_ROW" => Self::Retry { after: None, undone: true, detail },
            // A trigger or a flow that met the lock reports it under its own code.
            _ if entry.message.contains("UNABLE_TO_LOCK_ROW") => Self::Retry { after: None, undone: true, detail },
            "SERVER_UNAVAILABLE" | "UNKNOWN_EXCEPTION" | "QUERY_TIMEOUT" | "API_CURRENTLY_DISABLED" => {
                Self::Retry { after: None, undone: false, detail }
            }
            _ if status.is_server_error() || status.as_u16() == 429 => Self::Retry { after: None, undone: false, detail },
            "API_DISABLED_FOR_ORG" => Self::SignIn { detail },
            _ if status == StatusCode::UNAUTHORIZED => Self::SignIn { detail },
            _ => Self::Refused { code: entry.code, message: entry.message, fields: entry.fields.unwrap_or_default() },
        }
    }

    /// Reads an answer of the token endpoint that is not a success: `{ error, error_description }`, status 400 or 401.
    pub(super) fn from_login(answer: &Answer) -> Self {
        #[derive(Deserialize)]
        struct Body {
            error: String,
            #[serde(default)]
            error_description: String,
        }
        match serde_json::from_slice::<Body>(&answer.body) {
            Ok(body) if answer.status.is_client_error() && answer.status.as_u16() != 429 => Self::SignIn {
                detail: format!(
                    "{} ({}). {}",
                    body.error,
                    body.error_description,
                    login_remedy(&body.error, &body.error_description)
                ),
            },
            // Whatever was to be done takes a session first.
            _ => Self::Retry { after: None, undone: true, detail: format!("the token endpoint answered {}", answer.status) },
        }
    }
}

/// Whether a 401 means that the session is over, so that a new one helps. The two other bodies of 401 would loop.
pub(super) fn session_is_over(answer: &Answer) -> bool {
    let excluded = ["not valid for use with the REST API", "not attached to Agent"];
    answer.status == StatusCode::UNAUTHORIZED
        && first_entry(&answer.body)
            .is_some_and(|entry| entry.code == "INVALID_SESSION_ID" && !excluded.iter().any(|text| entry.message.contains(text)))
}

fn first_entry(body: &[u8]) -> Option<Entry> {
    serde_json::from_slice::<Vec<Entry>>(body).ok()?.into_iter().find(|entry| !entry.code.is_empty())
}

/// What an admin can do about a refused login (Salesforce Help, "OAuth 2.0 JWT Bearer Flow" and "OAuth authorization flow errors").
fn login_remedy(error: &str, description: &str) -> &'static str {
    let description = description.to_lowercase();
    if description.contains("audience") {
        "Set salesforce.audience to https://login.salesforce.com, or https://test.salesforce.com for a sandbox."
    } else if description.contains("approved") {
        "Pre-authorize the External Client App for the permission set of the integration user."
    } else if error == "invalid_client_id" {
        "Check salesforce.consumer_key; a new app needs up to ten minutes."
    } else if description.contains("expired") {
        "Check the clock of this machine."
    } else if description.contains("assertion") {
        "The certificate of the External Client App does not belong to salesforce.private_key."
    } else {
        "Check the integration user and the External Client App."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderMap;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status: StatusCode::from_u16(status).unwrap(), headers: HeaderMap::new(), body: body.as_bytes().to_vec() }
    }

    fn kind(error: &SalesforceError) -> &'static str {
        match error {
            SalesforceError::Retry { .. } => "retry",
            SalesforceError::SignIn { .. } => "sign-in",
            SalesforceError::Refused { .. } => "refused",
            SalesforceError::Gone => "gone",
            SalesforceError::Changed => "changed",
            SalesforceError::Settings(_) => "settings",
            SalesforceError::Unreadable(_) => "unreadable",
        }
    }

    #[test]
    fn every_refusal_says_what_can_be_done() {
        let cases = [
            (
                400,
                r#"[{"message":"Required fields are missing: [CloseDate]","errorCode":"REQUIRED_FIELD_MISSING","fields":["CloseDate"]}]"#,
                "refused",
            ),
            (400, r#"[{"message":"No.","errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","fields":null}]"#, "refused"),
            (400, r#"[{"message":"unable to obtain exclusive access","errorCode":"UNABLE_TO_LOCK_ROW"}]"#, "retry"),
            (400, r#"[{"message":"flow failed: UNABLE_TO_LOCK_ROW","errorCode":"CANNOT_EXECUTE_FLOW_TRIGGER"}]"#, "retry"),
            (400, r#"[{"message":"bad value","errorCode":"INVALID_CROSS_REFERENCE_KEY"}]"#, "refused"),
            (404, r#"[{"message":"gone","errorCode":"INVALID_CROSS_REFERENCE_KEY"}]"#, "gone"),
            (404, r#"[{"message":"deleted","errorCode":"ENTITY_IS_DELETED"}]"#, "gone"),
            (404, "<html>", "unreadable"),
            (401, r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#, "sign-in"),
            (403, r#"[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]"#, "retry"),
            (412, r#"[{"message":"changed","errorCode":"PRECONDITION_FAILED"}]"#, "changed"),
            (412, "", "changed"),
            (420, "<html>", "retry"),
            (503, "<html>Down for maintenance</html>", "retry"),
            (500, r#"[{"message":"oops","errorCode":"UNKNOWN_EXCEPTION"}]"#, "retry"),
            (302, "", "unreadable"),
        ];
        for (status, body, expected) in cases {
            assert_eq!(kind(&SalesforceError::from_answer(&answer(status, body), About::Record)), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_404_is_a_missing_record_only_where_a_record_was_named() {
        let missing = r#"[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]"#;
        let cases = [
            (About::Record, missing, "gone"),
            (About::Api, missing, "unreadable"),
            (About::Api, r#"[{"message":"Unknown version","errorCode":"INVALID_VERSION"}]"#, "unreadable"),
            (About::Api, "<html>", "unreadable"),
        ];
        for (about, body, expected) in cases {
            let error = SalesforceError::from_answer(&answer(404, body), about);
            assert_eq!(kind(&error), expected, "{about:?} {body}");
            assert!(about == About::Record || error.to_string().contains("salesforce.api_version"), "{error}");
        }
    }

    #[test]
    fn only_a_session_that_is_over_asks_for_a_new_one() {
        let cases = [
            (401, r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#, true),
            (
                401,
                r#"[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]"#,
                false,
            ),
            (401, r#"[{"message":"Connected app is not attached to Agent","errorCode":"INVALID_SESSION_ID"}]"#, false),
            (401, r#"[{"message":"bad","errorCode":"INVALID_AUTH_HEADER"}]"#, false),
            (403, r#"[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]"#, false),
            (401, "", false),
        ];
        for (status, body, expected) in cases {
            assert_eq!(session_is_over(&answer(status, body)), expected, "{status} {body}");
        }
    }

    #[test]
    fn a_refused_login_names_the_remedy() {
        let refused =
            SalesforceError::from_login(&answer(400, r#"{"error":"invalid_grant","error_description":"audience is invalid"}"#));
        assert!(refused.to_string().contains("salesforce.audience"), "{refused}");
        assert_eq!(kind(&SalesforceError::from_login(&answer(503, "<html>"))), "retry");
    }
}
