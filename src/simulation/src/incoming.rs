//! Referrals that come to the partner during the storm, and what people make of them: Microsoft's sellers send them, sellers accept
//! or decline them here or in the portal, or let them expire.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, header};
use cosell_sandbox::in_process::{Inbound, Kind};
use serde_json::{Map, Value, json};
use tokio::time::Instant;
use tower::ServiceExt;

use crate::actors::Actors;
use crate::dice::Dice;
use crate::sides::Field;

/// The stage in which nobody has answered yet, and the one after it, as the sample data has them.
const ON_HOLD: &str = "On Hold";
const ACTIVE: &str = "Qualification";

/// A reason of Microsoft's list.
const REASON: &str = "Project budget isn't adequate";

/// What is done about a referral.
#[derive(Clone, Copy, Debug)]
enum Act {
    Arrives,
    /// A seller moves the deal out of its stage, or answers in the page.
    AcceptByStage,
    Accept,
    Decline,
    /// A colleague answers in the portal.
    AcceptInPortal,
    DeclineInPortal,
    /// A seller changes the deal, whether it was answered or not.
    Edit(Field),
    /// A colleague does so in the portal, once it was answered.
    EditInPortal(Field),
    Click,
    /// A seller closes it.
    Close {
        won: bool,
    },
}

/// Each answer with its weight; `None` lets it wait.
const ANSWERS: [(Option<Act>, u64); 6] = [
    (Some(Act::AcceptByStage), 4),
    (Some(Act::Accept), 4),
    (Some(Act::Decline), 2),
    (Some(Act::AcceptInPortal), 3),
    (Some(Act::DeclineInPortal), 1),
    (None, 3),
];

/// A referral that comes.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    kind: Kind,
    /// The customer's name.
    pub(crate) customer: String,
    address: Value,
    /// How many accounts of that name there should be in the end.
    pub(crate) accounts: usize,
    /// Seconds until nobody can answer any more.
    patience: i64,
    /// Our referral, once it has come.
    pub(crate) referral: Option<String>,
}

impl Guest {
    /// Whether it is a lead, and no deal yet.
    pub(crate) fn is_lead(&self) -> bool {
        matches!(self.kind, Kind::QualifiedLead | Kind::MarketplaceLead)
    }
}

/// Plays what these dice say, and gives what came.
pub(crate) async fn play(actors: &Actors, dice: &Dice) -> anyhow::Result<Vec<Guest>> {
    let begin = Instant::now();
    let mut guests = Vec::new();
    let mut script: Vec<(Duration, usize, Act)> = Vec::new();
    let count = if dice.happens(0.6) { 1 + dice.below(3) } else { 0 };
    for number in 0..usize::try_from(count).unwrap_or(0) {
        guests.push(guest(actors, dice, number).await?);
        let arrives = dice.between(10_000, 900_000);
        script.push((arrives, number, Act::Arrives));
        let answered = arrives + dice.between(20_000, 600_000);
        if dice.happens(0.4) {
            script.push((arrives + dice.between(20_000, 300_000), number, Act::Edit(field(dice))));
        }
        // There is no deal yet on which a lead could be accepted here.
        let is_lead = guests.last().is_some_and(Guest::is_lead);
        let answer = answer(dice).map(|answer| match answer {
            Act::AcceptByStage | Act::Accept if is_lead => Act::AcceptInPortal,
            Act::Decline if is_lead => Act::DeclineInPortal,
            answer => answer,
        });
        if let Some(answer) = answer {
            script.push((answered, number, answer));
            // An impatient seller, or somebody else at the same time.
            if dice.happens(0.2) {
                script.push((answered + dice.between(0, 3_000), number, answer));
            }
        }
        for _ in 0..dice.below(5) {
            let act = if dice.happens(0.5) { Act::Edit(field(dice)) } else { Act::EditInPortal(field(dice)) };
            script.push((answered + dice.between(0, 600_000), number, act));
        }
        if dice.happens(0.3) {
            script.push((answered + dice.between(0, 600_000), number, Act::Click));
        }
        if dice.happens(0.3) {
            script.push((answered + dice.between(60_000, 900_000), number, Act::Close { won: dice.happens(0.5) }));
        }
    }
    script.sort_by_key(|(moment, guest, _)| (*moment, *guest));
    for (moment, number, act) in script {
        tokio::time::sleep_until(begin + moment).await;
        if let Some(guest) = guests.get_mut(number) {
            perform(actors, guest, act).await?;
        }
    }
    Ok(guests)
}

async fn guest(actors: &Actors, dice: &Dice, number: usize) -> anyhow::Result<Guest> {
    let kind = match dice.below(10) {
        0 | 1 => Kind::QualifiedLead,
        2 => Kind::MarketplaceLead,
        _ => Kind::CoSell,
    };
    let accounts = actors.browser.accounts(&actors.world).await?;
    let known = dice.pick(&accounts).filter(|_| dice.happens(0.3));
    let text = |field: &str| known.and_then(|known| known.get(field)?.as_str()).unwrap_or_default().to_owned();
    let customer = if known.is_some() { text("Name") } else { format!("Guest {number} of {}", dice.below(1_000_000)) };
    let address = if known.is_some() {
        json!({
            "addressLine1": text("BillingStreet"), "city": text("BillingCity"), "postalCode": text("BillingPostalCode"),
            "state": text("BillingState"), "country": text("BillingCountry")
        })
    } else {
        json!({})
    };
    let accounts = accounts.iter().filter(|row| row.get("Name").and_then(Value::as_str) == Some(&customer)).count().max(1);
    // Usually two weeks; some come late.
    let patience = if dice.happens(0.4) { 120 + i64::try_from(dice.below(900)).unwrap_or(0) } else { 14 * 24 * 3_600 };
    Ok(Guest { kind, customer, address, accounts, patience, referral: None })
}

fn answer(dice: &Dice) -> Option<Act> {
    let mut left = dice.below(ANSWERS.iter().map(|(_, weight)| weight).sum());
    let chosen = ANSWERS.iter().find(|(_, weight)| {
        let is_it = left < *weight;
        left = left.saturating_sub(*weight);
        is_it
    });
    chosen.and_then(|(act, _)| *act)
}

fn field(dice: &Dice) -> Field {
    dice.pick(&Field::ALL).copied().unwrap_or(Field::Notes)
}

async fn perform(actors: &Actors, guest: &mut Guest, act: Act) -> anyhow::Result<()> {
    let Actors { world, browser, .. } = actors;
    let referral = match (&guest.referral, act) {
        (None, Act::Arrives) => {
            guest.referral = receive(actors, guest);
            return Ok(());
        }
        (None, _) | (_, Act::Arrives) => return Ok(()),
        (Some(referral), _) => referral.clone(),
    };
    if matches!(act, Act::AcceptInPortal | Act::DeclineInPortal) {
        in_portal(actors, &referral, matches!(act, Act::AcceptInPortal));
        return Ok(());
    }
    let Some(deal) = browser.deal_of(world, &referral).await? else {
        world.trace.note(format!("{act:?} of {referral}: it is not there"));
        return Ok(());
    };
    let waits = actors.own(&deal).await?.is_some_and(|own| own.text("/status") == "New");
    match act {
        Act::AcceptByStage if browser.record(world, &deal).await?.text("StageName") == ON_HOLD => {
            actors.save(&deal, json!({ "StageName": ACTIVE })).await
        }
        Act::Accept => decide(actors, &deal, &json!({ "decision": "accept" })).await,
        Act::Decline => decide(actors, &deal, &json!({ "decision": "decline", "reason": REASON })).await,
        Act::Edit(field) => actors.edit(&deal, &[field]).await,
        Act::EditInPortal(field) if !waits => actors.portal(&deal, field).await,
        Act::Click => actors.click(&deal).await,
        Act::Close { won } if !waits => actors.close(&deal, won).await,
        _ => Ok(()),
    }
}

/// It comes. Gives our referral.
fn receive(actors: &Actors, guest: &Guest) -> Option<String> {
    let world = &actors.world;
    let moment = |seconds| {
        let moment = world.clock.time() + time::Duration::seconds(seconds);
        moment.format(&time::format_description::well_known::Rfc3339).unwrap_or_default()
    };
    let overrides = json!({
        "name": format!("Deal of {}", guest.customer),
        "customerProfile": { "name": guest.customer, "address": guest.address },
        "expirationDateTime": moment(guest.patience),
    });
    let overrides = overrides.as_object().cloned().unwrap_or_else(Map::new);
    let all = world.services.receive(&Inbound::new(guest.kind, overrides));
    let id = all.last()?.get("id")?.as_str()?.to_owned();
    world.trace.note(format!("{:?} {id} of {:?} comes, for {} s", guest.kind, guest.customer, guest.patience));
    Some(id)
}

/// A colleague answers in the portal.
fn in_portal(actors: &Actors, referral: &str, accepts: bool) {
    let (status, substatus) = if accepts { ("Active", "Accepted") } else { ("Closed", "Declined") };
    let mut patch = vec![
        json!({ "op": "replace", "path": "/status", "value": status }),
        json!({ "op": "replace", "path": "/substatus", "value": substatus }),
    ];
    if !accepts {
        patch.push(json!({ "op": "add", "path": "/statusReason", "value": REASON }));
    }
    let waits = actors.referral(referral).is_some_and(|it| it.text("/status") == "New");
    let taken = waits && actors.world.services.edit(referral, patch.into()).is_ok();
    if taken {
        actors.world.patches.edited(referral);
    }
    actors.world.trace.note(format!("portal answers {referral} with {substatus}: {taken}"));
}

/// The seller answers in the page; nobody waits for what comes of it.
async fn decide(actors: &Actors, deal: &str, decision: &Value) -> anyhow::Result<()> {
    let Some(router) = actors.somebody() else {
        actors.world.trace.note(format!("seller decides {deal}: nobody is there"));
        return Ok(());
    };
    let token = actors.browser.token(&actors.world, deal, "decide").await?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/v1/opportunities/{deal}/decision"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(decision.to_string()))?;
    let (world, deal) = (Arc::clone(&actors.world), deal.to_owned());
    world.trace.note(format!("seller decides {deal}: {decision}"));
    tokio::spawn(async move {
        let status = router.oneshot(request).await.map_or_else(|never| match never {}, |response| response.status());
        world.trace.note(format!("seller has {} for the decision on {deal}", status.as_u16()));
    });
    Ok(())
}
