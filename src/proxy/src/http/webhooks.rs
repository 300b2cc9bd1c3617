//! `POST /webhooks/partner-center`: takes an event from Partner Center. What is done before the answer is one insert: an event
//! that was answered with 200 is on disk, and the work it means goes on without the caller. Who is refused learns the status
//! and nothing else; the reason is in the log.

use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::{Api, Problem, routes};
use crate::webhook::{Event, Refusal};

/// Seconds after which a certificate may be there again, or the store.
const PAUSE: u64 = 30;

/// `POST /webhooks/partner-center`
pub(super) async fn receive(State(api): State<Arc<Api>>, request: Request) -> Result<Response, Problem> {
    let Some(receiver) = &api.receiver else { return Err(routes::unknown().await) };
    let (parts, body) = request.into_parts();
    let claim = receiver.claim(&parts.headers).map_err(|refusal| refused(&refusal))?;
    let reading = to_bytes(body, api.webhook_body_limit);
    // Nobody who sends bytes one by one keeps a place.
    let body: Bytes = match tokio::time::timeout(api.server.request_timeout, reading).await {
        Ok(Ok(body)) => body,
        Ok(Err(error)) => {
            tracing::warn!(%error, "an event was refused: its body cannot be read, or is longer than webhooks.body_limit_bytes");
            return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "request.too-large", "Too large", "The body is too large."));
        }
        Err(_) => {
            let detail = "The body did not come to an end.";
            return Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "request.timeout", "Too slow", detail));
        }
    };
    let event = receiver.accept(claim, &body).await.map_err(|refusal| refused(&refusal))?;
    match event {
        Event::Referral { name, id } => {
            api.reconciler.note_arrival(&id.to_string()).await.map_err(|error| {
                tracing::error!(%error, referral = %id, "an event could not be kept; Partner Center sends it again");
                unavailable()
            })?;
            tracing::info!(event = name.name(), referral = %id, "an event arrived");
        }
        Event::Test { correlation_id } => tracing::info!(correlation = ?correlation_id, "a test event arrived"),
        Event::Other(name) => tracing::info!(event = name, "an event arrived that is not listened to"),
    }
    Ok(StatusCode::OK.into_response())
}

/// The same few answers for whatever is wrong.
fn refused(refusal: &Refusal) -> Problem {
    tracing::warn!(reason = %refusal, "an event was refused");
    match refusal {
        Refusal::Unavailable(_) => unavailable(),
        Refusal::Header(flaw) if !flaw.is_unauthorized() => malformed(),
        Refusal::Event(_) => malformed(),
        Refusal::Header(_) | Refusal::NoCertificate(_) | Refusal::Certificate(_) | Refusal::Signature => {
            let detail = "The request does not prove that it comes from Partner Center.";
            Problem::new(StatusCode::UNAUTHORIZED, "webhook.unauthorized", "Not accepted", detail).challenge("Signature")
        }
    }
}

fn malformed() -> Problem {
    let detail = "The request is not an event of Partner Center.";
    Problem::new(StatusCode::BAD_REQUEST, "webhook.malformed", "Not an event", detail)
}

fn unavailable() -> Problem {
    let detail = "Events cannot be taken now; send it again.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "webhook.unavailable", "Not now", detail).retry_after(PAUSE)
}
