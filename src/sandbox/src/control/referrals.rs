//! The levers on referrals, under `/_sandbox/referrals`: what comes in, what Microsoft's seller does, and who edits what in
//! the portal.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, patch, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Levers, Refusal, World};
use crate::partner_center::{Answer, ApiError, CannotAnswer, Close, Inbound, Reason};

/// Serves `/_sandbox/referrals/**`.
pub(super) fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/_sandbox/referrals", get(all))
        .route("/_sandbox/referrals/seed", post(seed))
        .route("/_sandbox/referrals/inbound", post(receive))
        .route("/_sandbox/referrals/{id}", patch(edit))
        .route("/_sandbox/referrals/{id}/accept", post(accept))
        .route("/_sandbox/referrals/{id}/decline", post(decline))
        .route("/_sandbox/referrals/{id}/win", post(win))
        .route("/_sandbox/referrals/{id}/lose", post(lose))
        .route("/_sandbox/referrals/{id}/tracking", post(track))
}

async fn all(State(world): Levers) -> Json<Vec<Value>> {
    Json(world.partner_center.referrals())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Seeding {
    count: u16,
}

async fn seed(State(world): Levers, Json(Seeding { count }): Json<Seeding>) -> Result<(StatusCode, Json<Vec<Value>>), ApiError> {
    Ok((StatusCode::CREATED, Json(world.partner_center.seed(count)?)))
}

/// All referrals that are new with it, the partner's own last.
async fn receive(State(world): Levers, Json(inbound): Json<Inbound>) -> (StatusCode, Json<Vec<Value>>) {
    (StatusCode::CREATED, Json(world.partner_center.receive(&inbound)))
}

/// A JSON Patch, as the API takes it, of somebody who edits the referral in the portal.
async fn edit(State(world): Levers, Path(id): Path<String>, Json(operations): Json<Value>) -> Result<Json<Value>, ApiError> {
    world.partner_center.edit(&id, operations).map(Json)
}

async fn accept(State(world): Levers, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    done(world.partner_center.answer(&id, Answer::Accept))
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Decline {
    /// In these words.
    reason: Option<String>,
    /// In one of the two ways that Microsoft is known to say it.
    because: Option<Because>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Because {
    Unmanaged,
    UnknownCustomer,
}

async fn decline(State(world): Levers, Path(id): Path<String>, body: Option<Json<Decline>>) -> Result<Json<Value>, Refusal> {
    let Json(decline) = body.unwrap_or_default();
    let reason = match decline {
        Decline { reason: Some(words), .. } => Reason::Other(words),
        Decline { because: Some(Because::UnknownCustomer), .. } => Reason::UnknownCustomer,
        Decline { because: Some(Because::Unmanaged) | None, .. } => Reason::Unmanaged,
    };
    done(world.partner_center.answer(&id, Answer::Decline(reason)))
}

async fn win(State(world): Levers, Path(id): Path<String>) -> Result<Json<Value>, Refusal> {
    done(world.partner_center.close(&id, Close::Won))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lose {
    reason: String,
}

async fn lose(State(world): Levers, Path(id): Path<String>, Json(Lose { reason }): Json<Lose>) -> Result<Json<Value>, Refusal> {
    done(world.partner_center.close(&id, Close::Lost(reason)))
}

async fn track(
    State(world): Levers,
    Path(id): Path<String>,
    Json(tracking): Json<Map<String, Value>>,
) -> Result<Json<Value>, Refusal> {
    done(world.partner_center.track(&id, tracking))
}

fn done(answer: Result<Value, CannotAnswer>) -> Result<Json<Value>, Refusal> {
    answer.map(Json).map_err(|refused| {
        let status = match refused {
            CannotAnswer::Unknown => StatusCode::NOT_FOUND,
            CannotAnswer::NotMicrosofts | CannotAnswer::NotWaiting | CannotAnswer::NotActive => StatusCode::CONFLICT,
        };
        Refusal(status, refused.to_string())
    })
}
