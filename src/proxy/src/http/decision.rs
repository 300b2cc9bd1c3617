//! `POST /v1/opportunities/{id}/decision`: accept or decline a referral that came to us. Nothing is decided here but what the
//! request says.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;

use super::routes::{authorized, in_task, locale, problem, still_running, told};
use super::{Api, Problem};
use crate::reconciler::{Answer, DECISION_BUSY, DECISION_REASON, Failure, PairState, Undecided, sentence};
use crate::token::Action;

/// Seconds after which another run should be over.
const PAUSE: u64 = 2;

/// The body of the request.
#[derive(Debug, Deserialize)]
#[serde(tag = "decision", rename_all = "lowercase", deny_unknown_fields)]
enum Decision {
    Accept {},
    Decline {
        #[serde(default)]
        reason: String,
    },
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::Accept {} => Self::Accept,
            Decision::Decline { reason } => Self::Decline { reason },
        }
    }
}

/// Says the answer to Partner Center and makes the pair equal. Repeated, it comes to the same.
pub(super) async fn decide(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<PairState>, Problem> {
    let key = authorized(&api, &id, Action::Decide, &headers)?;
    let locale = locale(&headers);
    let answer: Answer = serde_json::from_slice::<Decision>(&body).map_err(|_| unreadable())?.into();
    let (reconciler, of) = (Arc::clone(&api.reconciler), key.clone());
    let run = async move { reconciler.answer(&of, &answer, locale).await };
    match in_task(&api, run).await? {
        None | Some(Err(Undecided::Failure(Failure::Lost | Failure::Busy(_)))) => still_running(&api, &key, locale).await,
        Some(Ok(report)) => told(report),
        Some(Err(undecided)) => Err(refusal(undecided, locale)),
    }
}

fn unreadable() -> Problem {
    let detail = "Expected is {\"decision\": \"accept\"} or {\"decision\": \"decline\", \"reason\": \"…\"}.";
    Problem::new(StatusCode::BAD_REQUEST, "decision.unreadable", "The decision cannot be read", detail)
}

/// What a seller is told about an answer that was not given.
pub(super) fn refusal(undecided: Undecided, locale: &str) -> Problem {
    match undecided {
        Undecided::Failure(failure) => problem(failure, locale),
        Undecided::Busy => {
            let detail = sentence(DECISION_BUSY, "", locale);
            Problem::new(StatusCode::CONFLICT, DECISION_BUSY, "Try again", detail).retry_after(PAUSE)
        }
        Undecided::Refused { code: DECISION_REASON, .. } => {
            let detail = sentence(DECISION_REASON, "", locale);
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, DECISION_REASON, "A reason is missing", detail)
        }
        Undecided::Refused { code, detail } => {
            Problem::new(StatusCode::CONFLICT, code, "This cannot be decided", sentence(code, &detail, locale))
        }
    }
}
