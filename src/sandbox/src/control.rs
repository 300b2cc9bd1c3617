//! The levers of the sandbox, under `/_sandbox/`: what no real service has and a test or a demonstration needs. The log
//! of the calls, faults and held calls, Microsoft's seller, the webhooks, the clock, the org's switches, and the way back
//! to the start.

mod org;
mod referrals;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clock::Shift;
use crate::entra::Entra;
use crate::faults::{Effect, Fault, Faults, LetGo};
use crate::partner_center::PartnerCenter;
use crate::salesforce::Org;
use crate::webhooks::{self, Webhooks};

/// How long a question for the next held call may stay open.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Everything that can be steered.
pub(crate) struct World {
    /// Faults, held calls and the log.
    pub(crate) faults: Arc<Faults>,
    /// The token endpoint of Entra ID.
    pub(crate) entra: Arc<Entra>,
    /// Partner Center.
    pub(crate) partner_center: Arc<PartnerCenter>,
    /// The webhooks of Partner Center.
    pub(crate) webhooks: Arc<Webhooks>,
    /// The Salesforce org.
    pub(crate) org: Arc<Org>,
    /// The clocks of the services.
    pub(crate) clocks: Clocks,
}

/// How far the clocks of the services are ahead of the machine's. Two, as a client signs its assertions to Salesforce by
/// its own clock: an org that runs ahead of it refuses them, and so a test may want to leave the org behind.
#[derive(Clone, Default)]
pub(crate) struct Clocks {
    /// Entra ID, Partner Center and the webhooks.
    pub(crate) microsoft: Shift,
    /// The org.
    pub(crate) salesforce: Shift,
}

type Levers = State<Arc<World>>;

/// A refused lever: a status and a sentence.
struct Refusal(StatusCode, String);

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "message": self.1 }))).into_response()
    }
}

/// Serves `/_sandbox/**`.
pub(crate) fn router(world: Arc<World>) -> Router {
    let webhooks = webhooks::levers::router(Arc::clone(&world.webhooks));
    Router::new()
        .route("/_sandbox/requests", get(requests).delete(clear_requests))
        .route("/_sandbox/faults", get(faults).post(add_fault).delete(clear_faults))
        .route("/_sandbox/holds/next", get(next_hold))
        .route("/_sandbox/holds/release", post(release_holds))
        .route("/_sandbox/patches", get(patches).delete(clear_patches))
        .route("/_sandbox/settings", patch(settings))
        .route("/_sandbox/features", patch(features))
        .route("/_sandbox/partner-center", patch(partner_center))
        .route("/_sandbox/entra", patch(entra))
        .route("/_sandbox/expire-sessions", post(expire_sessions))
        .route("/_sandbox/expire-tokens", post(expire_tokens))
        .route("/_sandbox/revoke-consent", post(revoke_consent))
        .route("/_sandbox/seller-tokens", post(seller_token))
        .route("/_sandbox/tokens", get(tokens))
        .route("/_sandbox/clock", post(advance))
        .route("/_sandbox/reset", post(reset))
        .merge(org::router())
        .merge(referrals::router())
        .with_state(world)
        .merge(webhooks)
}

async fn requests(State(world): Levers) -> Response {
    Json(world.faults.log.all()).into_response()
}

async fn clear_requests(State(world): Levers) -> StatusCode {
    world.faults.log.clear();
    StatusCode::NO_CONTENT
}

async fn faults(State(world): Levers) -> Response {
    Json(world.faults.list.all()).into_response()
}

async fn add_fault(State(world): Levers, Json(fault): Json<Fault>) -> Result<Response, Refusal> {
    if let Effect::Status { status, headers, .. } = &fault.effect {
        let names = headers.keys().all(|name| HeaderName::try_from(name).is_ok());
        let values = headers.values().all(|value| HeaderValue::try_from(value).is_ok());
        if !(200..=599).contains(status) || !names || !values {
            let sentence = "a fault answers with a status from 200 to 599 and with headers that HTTP allows";
            return Err(Refusal(StatusCode::BAD_REQUEST, sentence.to_owned()));
        }
    }
    let id = world.faults.list.add(fault);
    Ok((StatusCode::CREATED, Json(json!({ "id": id }))).into_response())
}

async fn clear_faults(State(world): Levers) -> StatusCode {
    world.faults.clear();
    StatusCode::NO_CONTENT
}

async fn next_hold(State(world): Levers) -> Response {
    match tokio::time::timeout(LONGEST_WAIT, world.faults.holds.next()).await {
        Ok(hold) => Json(hold).into_response(),
        Err(_) => StatusCode::NO_CONTENT.into_response(),
    }
}

async fn release_holds(State(world): Levers) -> StatusCode {
    world.faults.holds.release(LetGo::GoOn);
    StatusCode::NO_CONTENT
}

async fn patches(State(world): Levers) -> Json<Vec<Value>> {
    Json(world.partner_center.patches())
}

async fn clear_patches(State(world): Levers) -> StatusCode {
    world.partner_center.forget_patches();
    StatusCode::NO_CONTENT
}

async fn settings(State(world): Levers, Json(fields): Json<Map<String, Value>>) -> Result<StatusCode, Refusal> {
    match world.org.merge_settings(fields) {
        Ok(()) => Ok(StatusCode::NO_CONTENT),
        Err(sentence) => Err(Refusal(StatusCode::BAD_REQUEST, sentence)),
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Switches {
    multi_currency: Option<bool>,
    teams: Option<bool>,
    country_picklists: Option<bool>,
    notes: Option<bool>,
    leads: Option<bool>,
}

async fn features(State(world): Levers, Json(switches): Json<Switches>) -> StatusCode {
    let mut features = world.org.features();
    features.multi_currency = switches.multi_currency.unwrap_or(features.multi_currency);
    features.teams = switches.teams.unwrap_or(features.teams);
    features.country_picklists = switches.country_picklists.unwrap_or(features.country_picklists);
    features.notes = switches.notes.unwrap_or(features.notes);
    features.leads = switches.leads.unwrap_or(features.leads);
    world.org.set_features(features);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PartnerCenterSwitches {
    create_status: Option<u16>,
    stale_lists: Option<u32>,
    require_reasons: Option<bool>,
}

async fn partner_center(State(world): Levers, Json(switches): Json<PartnerCenterSwitches>) -> Result<StatusCode, Refusal> {
    match switches.create_status {
        None => {}
        Some(status @ (200 | 201)) => world.partner_center.create_answers_created(status == 201),
        Some(other) => return Err(Refusal(StatusCode::BAD_REQUEST, format!("a create is answered 200 or 201, not {other}"))),
    }
    if let Some(required) = switches.require_reasons {
        world.partner_center.require_reasons(required);
    }
    if let Some(lists) = switches.stale_lists {
        world.partner_center.make_lists_stale(lists);
    }
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EntraSwitches {
    rotate_refresh_tokens: bool,
}

async fn entra(State(world): Levers, Json(switches): Json<EntraSwitches>) -> StatusCode {
    world.entra.rotate(switches.rotate_refresh_tokens);
    StatusCode::NO_CONTENT
}

async fn expire_sessions(State(world): Levers) -> StatusCode {
    world.org.expire_sessions();
    StatusCode::NO_CONTENT
}

async fn expire_tokens(State(world): Levers) -> StatusCode {
    world.entra.expire_access_tokens();
    StatusCode::NO_CONTENT
}

async fn revoke_consent(State(world): Levers) -> StatusCode {
    world.entra.revoke_refresh_tokens();
    StatusCode::NO_CONTENT
}

/// Signs whatever claims it is given with the org's key: what the org's Apex would never issue, and a proxy must refuse.
async fn seller_token(State(world): Levers, Json(claims): Json<Value>) -> Result<Json<String>, Refusal> {
    world.org.sign(&claims).map(Json).map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

/// Every token that somebody could use now, for whoever wants to find them where they do not belong.
async fn tokens(State(world): Levers) -> Json<Value> {
    let (access, refresh) = world.entra.live_tokens();
    Json(json!({ "access": access, "refresh": refresh, "sessions": world.org.live_sessions() }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: u32,
    /// Only the clocks of this vendor; both when absent.
    only: Option<Vendor>,
}

#[derive(PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Vendor {
    Microsoft,
    Salesforce,
}

/// Puts clocks forward and lets happen what is due by then: invitations expire, messages are tried again.
async fn advance(State(world): Levers, Json(Advance { advance_seconds, only }): Json<Advance>) -> StatusCode {
    if only != Some(Vendor::Salesforce) {
        world.clocks.microsoft.advance(advance_seconds);
    }
    if only != Some(Vendor::Microsoft) {
        world.clocks.salesforce.advance(advance_seconds);
    }
    world.partner_center.tick();
    world.webhooks.look_again();
    StatusCode::NO_CONTENT
}

async fn reset(State(world): Levers) -> Result<StatusCode, Refusal> {
    // Held calls first: one that ended later would still find the old data.
    world.faults.clear();
    world.clocks.microsoft.reset();
    world.clocks.salesforce.reset();
    world.webhooks.reset();
    world.partner_center.reset();
    world.entra.reset();
    world.org.reset().map_err(|error| Refusal(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    world.faults.log.clear();
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
pub(crate) mod tests;
