//! Sees every request at the moment when it reaches its service, and knows what must never be asked for.

use std::sync::Arc;

use axum::http::{Method, StatusCode};
use cosell_proxy::net::{Answer, CallError};
use serde_json::Value;

use crate::network::Parcel;
use crate::world::{ENTRA, ORG, PARTNER_CENTER, World};

/// Delivers a request and judges it.
pub(crate) async fn deliver(world: &Arc<World>, who: &str, parcel: Parcel) -> Result<Answer, CallError> {
    let is_patch = parcel.service == PARTNER_CENTER && parcel.method == Method::PATCH;
    let is_sign_in = parcel.service == ENTRA;
    let is_update = parcel.service == ORG && parcel.method == Method::PATCH;
    let (target, body) = (parcel.target.clone(), if is_patch { parcel.body.clone() } else { Vec::new() });
    if parcel.service == ORG && parcel.method == Method::POST {
        world.patches.makes(who, &parcel.body, world.clock.millis());
    }
    if is_patch {
        forbid(world, who, &parcel);
    }
    let answer = parcel.deliver().await?;
    world.trace.note(format!(
        "{who} <- {} {}",
        answer.status.as_u16(),
        if is_sign_in { "" } else { target.split('?').next().unwrap_or_default() }
    ));
    if is_patch && answer.status.is_success() {
        world.patches.taken(who, &target, &body);
    }
    if is_update && answer.status.is_success() {
        world.patches.taken(who, &target, &[]);
    }
    if answer.status == StatusCode::BAD_REQUEST && is_patch {
        world.trace.note(format!("refused: {}", String::from_utf8_lossy(&answer.body)));
    }
    Ok(answer)
}

/// A change of a referral that is known to be closed, or that is held for our answer, must not be asked for. One that was open when
/// it was read may be closed by now; then its version is another.
fn forbid(world: &World, who: &str, parcel: &Parcel) {
    let id = parcel.target.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let Some(referral) = world.services.referrals().into_iter().find(|referral| text(referral, "id") == id) else { return };
    let version = parcel.headers.get("if-match").and_then(|value| value.to_str().ok());
    if version.is_some_and(|version| version != text(&referral, "eTag")) {
        return;
    }
    if text(&referral, "status") == "Closed" {
        world.violate("a closed referral is not changed", format!("{who} {id}"));
    }
    let answers = String::from_utf8_lossy(&parcel.body).contains("\"/status\"");
    if text(&referral, "status") == "New" && text(&referral, "direction") == "Incoming" && !answers {
        world.violate("a referral on hold is not changed", format!("{who} {id}"));
    }
}

fn text<'a>(referral: &'a Value, name: &str) -> &'a str {
    referral.get(name).and_then(Value::as_str).unwrap_or_default()
}
