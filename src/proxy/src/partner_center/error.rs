//! What Partner Center says when it refuses, sorted by what the caller can do about it.

use std::time::Duration;

use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::entra::EntraError;
use crate::http_date;
use crate::lenient::{member, text};
use crate::net::{Answer, CallError};
use crate::store::StoreError;

/// Why a call to Partner Center has no result.
#[derive(Debug, thiserror::Error)]
pub enum PartnerCenterError {
    /// Too many calls; nothing was done.
    #[error("Partner Center asks to slow down")]
    Throttled {
        /// How long to wait, where it said so.
        after: Option<Duration>,
    },
    /// Not reachable, or not able to serve now; nothing was done.
    #[error("Partner Center is not available: {detail}")]
    Unavailable {
        /// How long to wait, where it said so.
        after: Option<Duration>,
        /// For the log.
        detail: String,
    },
    /// A write whose outcome is unknown: it may have been done.
    #[error("Partner Center did not confirm: {detail}")]
    Unclear {
        /// How long to wait before looking, where it said so.
        after: Option<Duration>,
        /// For the log.
        detail: String,
    },
    /// Refused for good, until the deal changes.
    #[error("Partner Center refused: {}{request}", told(*status, code, message))]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Microsoft's code. The list is open.
        code: String,
        /// Microsoft's words, English; empty when it has none.
        message: String,
        /// What the message is about, where it says so.
        target: Option<String>,
        /// The call's id on Microsoft's side as ` (request-id …)`, for the log; empty when it has none.
        request: String,
    },
    /// A person has to sign in again.
    #[error("Partner Center does not accept the proxy's sign-in: {detail}")]
    SignIn {
        /// For the log and the admin.
        detail: String,
    },
    /// The account may not do this.
    #[error("Partner Center forbids this: {detail}")]
    Forbidden {
        /// For the log and the admin.
        detail: String,
    },
    /// There is no such referral, or the account cannot see it.
    #[error("Partner Center has no such referral")]
    NotFound,
    /// The referral was changed since it was read.
    #[error("the referral was changed in Partner Center meanwhile")]
    Changed,
    /// An answer to a read that is not what Microsoft documents.
    #[error("Partner Center's answer cannot be read: {0}")]
    Unreadable(String),
    /// Our own store failed on the way to a token.
    #[error(transparent)]
    Store(StoreError),
}

/// Whether a call, repeated, could have its effect twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// A read, or a write guarded by `If-Match`.
    Once,
    /// A create.
    Twice,
}

impl From<EntraError> for PartnerCenterError {
    fn from(error: EntraError) -> Self {
        match error {
            EntraError::Retry { after, detail } => Self::Unavailable { after, detail },
            EntraError::SignIn { detail } => Self::SignIn { detail },
            EntraError::Store(error) => Self::Store(error),
        }
    }
}

impl PartnerCenterError {
    /// A call without an answer.
    pub(super) fn from_call(error: CallError, effect: Effect) -> Self {
        match (error, effect) {
            (CallError::NotSent(detail), _) | (CallError::Unclear(detail), Effect::Once) => {
                Self::Unavailable { after: None, detail }
            }
            (CallError::Unclear(detail), Effect::Twice) => Self::Unclear { after: None, detail },
            (CallError::TooLong(limit), _) => Self::unreadable(format!("longer than {limit} bytes"), effect),
        }
    }

    /// An answer that cannot be read: after a create it leaves open what was done.
    pub(super) fn unreadable(detail: String, effect: Effect) -> Self {
        match effect {
            Effect::Once => Self::Unreadable(detail),
            Effect::Twice => Self::Unclear { after: None, detail },
        }
    }

    /// An answer that is not a success (Microsoft Learn, "Partner REST error codes").
    pub(super) fn from_answer(answer: &Answer, effect: Effect, now: OffsetDateTime) -> Self {
        let status = answer.status.as_u16();
        let after = answer.header("retry-after").and_then(|value| http_date::retry_after(value, now));
        let body = ErrorBody::read(&answer.body);
        // What Microsoft's support asks for first.
        let request = answer.header("request-id").map(|id| format!(" (request-id {id})")).unwrap_or_default();
        let detail = told(status, &body.code, &body.message) + &request;
        match status {
            429 => Self::Throttled { after },
            // A gateway may give up on a service that goes on: such an answer to a create says nothing about its outcome.
            status if effect == Effect::Twice && !NOTHING_DONE.contains(&status) => Self::Unclear { after, detail },
            408 | 423 | 499 | 500..=599 => Self::Unavailable { after, detail },
            401 => Self::SignIn { detail },
            403 => Self::Forbidden { detail },
            404 | 410 if effect == Effect::Once => Self::NotFound,
            412 if effect == Effect::Once => Self::Changed,
            // Nothing was there to be found or changed: such an answer to a create is about what the document names.
            400 | 402..=499 => Self::Refused { status, code: body.code, message: body.message, target: body.target, request },
            _ => Self::unreadable(detail, effect),
        }
    }
}

/// What proves that a create was not done: the service looked at it and said no. Anything else may come from something in
/// between, 409 included, which can mean that it was done already.
const NOTHING_DONE: [u16; 14] = [400, 401, 403, 404, 405, 406, 410, 411, 412, 413, 415, 416, 422, 429];

/// The error body, in whichever of its documented shapes and cases.
#[derive(Debug, Default, PartialEq, Eq)]
struct ErrorBody {
    code: String,
    message: String,
    target: Option<String>,
}

/// What an answer says, as far as it says something: a gateway has neither code nor message.
fn told(status: u16, code: &str, message: &str) -> String {
    let status = format!("status {status}");
    [&status, code, message].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
}

/// `message` is documented to be at most this long.
const MESSAGE_LENGTH: usize = 1024;

impl ErrorBody {
    /// Reads `{ error: { code, message, target, innerError } }`, names in any case, or the gateway's `{ statusCode, message }`.
    fn read(body: &[u8]) -> Self {
        let Ok(Value::Object(outer)) = serde_json::from_slice(body) else { return Self::default() };
        let error = match member(&outer, "error") {
            Some(Value::Object(inner)) => inner,
            _ => &outer,
        };
        let mut found = Self::of(error);
        // The innermost message is the most exact one.
        let mut inner = member(error, "innerError");
        while let Some(Value::Object(object)) = inner {
            let next = Self::of(object);
            if !next.message.is_empty() {
                found.message = next.message;
            }
            inner = member(object, "innerError");
        }
        found
    }

    fn of(object: &Map<String, Value>) -> Self {
        Self {
            code: text(object, "code").unwrap_or_default().to_owned(),
            message: text(object, "message").unwrap_or_default().chars().take(MESSAGE_LENGTH).collect(),
            target: text(object, "target").map(str::to_owned),
        }
    }
}

#[cfg(test)]
mod tests;
