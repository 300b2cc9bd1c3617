//! The routes for whoever sets the proxy up: the registration for events, and its test. The token is one of the org with the
//! action `admin` whose record is the org itself.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::routes::{self, in_task, partner_center_problem};
use super::{Api, Problem};
use crate::partner_center::PartnerCenterError;
use crate::registration::{Registrar, RegistrationError};
use crate::token::Action;

/// `GET /v1/admin/webhooks`: the registration as it is now; while Partner Center does not say, as it was last found.
pub(super) async fn status(State(api): State<Arc<Api>>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    let registrar = authorized(&api, &headers)?;
    match timely(&api, registrar.look()).await {
        Ok(status) => Ok(Json(json!(status))),
        Err(problem) => match registrar.last() {
            Some(last) => {
                let mut answer = json!(last);
                if let Some(members) = answer.as_object_mut() {
                    members.insert("problem".to_owned(), problem.to_json());
                }
                Ok(Json(answer))
            }
            None => Err(problem),
        },
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Wish {
    overwrite: bool,
}

/// `POST /v1/admin/webhooks`, with `{ "overwrite": true }` where another address may lose the tenant's events.
pub(super) async fn register(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let registrar = authorized(&api, &headers)?;
    let too_large = |_| {
        let detail = "The body cannot be read, or is too large.";
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "request.too-large", "Too large", detail)
    };
    let wish: Wish = match body.map_err(too_large)?.as_ref() {
        [] => Wish::default(),
        body => serde_json::from_slice(body)
            .map_err(|_| Problem::unreadable("The body may be { \"overwrite\": true }, { \"overwrite\": false } or nothing."))?,
    };
    let registrar = Arc::clone(registrar);
    match in_task(&api, async move { registrar.register(wish.overwrite).await }).await? {
        Some(Ok(status)) => Ok(Json(json!(status))),
        Some(Err(error)) => Err(registration_problem(error)),
        None => Err(too_slow()),
    }
}

/// `POST /v1/admin/webhooks/test`: asks Partner Center to send a test event.
pub(super) async fn test(State(api): State<Arc<Api>>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    let registrar = authorized(&api, &headers)?;
    let id = timely(&api, registrar.test()).await?;
    Ok(Json(json!({ "correlationId": id.to_string() })))
}

/// `GET /v1/admin/webhooks/test/{correlationId}`: what became of it.
pub(super) async fn delivery(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let registrar = authorized(&api, &headers)?;
    let unknown =
        || Problem::new(StatusCode::NOT_FOUND, "webhook.test-unknown", "No such test", "There is no test with this id.");
    let id = Uuid::parse_str(&id).map_err(|_| unknown())?;
    let delivery = timely(&api, registrar.delivery(id)).await?.ok_or_else(unknown)?;
    Ok(Json(json!({
        "correlationId": id.to_string(), "arrived": delivery.arrived(), "over": delivery.is_over(),
        "status": delivery.status, "results": delivery.results,
    })))
}

/// Checks the token; the registrar, where webhooks are on.
fn authorized<'a>(api: &'a Api, headers: &HeaderMap) -> Result<&'a Arc<Registrar>, Problem> {
    routes::grant(api, api.verifier.org(), Action::Admin, headers)?;
    api.registrar.as_ref().ok_or_else(|| {
        let detail = "webhooks.public_url is not set in the proxy's configuration, so there is nothing to register.";
        Problem::new(StatusCode::CONFLICT, "webhooks.off", "Webhooks are off", detail)
    })
}

/// Asks Partner Center, for as long as a request may take.
async fn timely<T>(api: &Api, asking: impl Future<Output = Result<T, PartnerCenterError>>) -> Result<T, Problem> {
    match tokio::time::timeout(api.server.request_timeout, asking).await {
        Ok(outcome) => outcome.map_err(|error| logged(&error)),
        Err(_) => Err(too_slow()),
    }
}

fn logged(error: &PartnerCenterError) -> Problem {
    tracing::warn!(%error, "the registration for events: failed");
    partner_center_problem(error)
}

fn too_slow() -> Problem {
    tracing::warn!("Partner Center takes longer than server.request_timeout_seconds");
    partner_center_problem(&PartnerCenterError::Unavailable { after: None, detail: String::new() })
}

fn registration_problem(error: RegistrationError) -> Problem {
    match error {
        RegistrationError::PartnerCenter(error) => logged(&error),
        RegistrationError::OtherUrl(url) => {
            let detail = "Partner Center sends this tenant's events to another address.";
            Problem::new(StatusCode::CONFLICT, "webhooks.other-url", "Registered elsewhere", detail)
                .with("registeredUrl", json!(url))
        }
        error @ RegistrationError::NotKept => {
            tracing::warn!(%error, "the registration for events: failed");
            Problem::new(StatusCode::BAD_GATEWAY, "webhooks.not-kept", "Not registered", error.to_string())
        }
    }
}
