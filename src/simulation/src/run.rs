//! One world from its beginning to its end.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use cosell_proxy::store::crypto::Cipher;
use cosell_proxy::store::{Pace, Store};
use tokio::task::JoinSet;

use crate::actors::Actors;
use crate::arrived::{self, Guests};
use crate::courier::Courier;
use crate::dice::Dice;
use crate::ground::Ground;
use crate::history::History;
use crate::incoming;
use crate::process::{Door, Process};
use crate::promises;
use crate::protection::{Protection, Sabotage};
use crate::sides::Browser;
use crate::weather::Fault;
use crate::world::{Violation, World};

/// How long everybody has after the storm, in which one sweep begins for certain, and whoever stands still goes on again.
const CALM: Duration = Duration::from_mins(22);

/// What came of a world.
#[derive(Debug)]
pub struct Outcome {
    /// What was promised and not kept.
    pub violations: Vec<Violation>,
    /// How often each fault happened.
    pub faults: BTreeMap<&'static str, u64>,
    /// The same for the same seed.
    pub hash: u64,
    /// The last lines of what happened.
    pub tail: Vec<String>,
}

/// Runs the world of a seed, without a protection if one is named.
pub fn run(ground: &Ground, seed: u64, without: Option<Protection>) -> anyhow::Result<Outcome> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
    let outcome = runtime.block_on(live(ground, seed, without));
    // What a dead process has begun waits for ever.
    runtime.shutdown_background();
    outcome.with_context(|| format!("seed {seed}"))
}

async fn live(ground: &Ground, seed: u64, without: Option<Protection>) -> anyhow::Result<Outcome> {
    let casting = ground.casting();
    let dice = Dice::new(seed, 4);
    let wants_leads = dice.happens(0.5);
    let world = World::new(seed, ground, casting.org(&dice, wants_leads), without)?;
    // Where no event vanishes, nothing else is needed to hear of Partner Center.
    let sweeps = world.weather.knows(Fault::EventVanished) || dice.happens(0.1);
    let config = ground.config(&world.known, sweeps, world.sabotage())?;
    let store = Store::in_memory(Cipher::from_config(&config.store.encryption_key)?, Pace::Block).await?;
    if let Some(Sabotage::Store(statements, _)) = world.sabotage() {
        for statement in statements {
            store.tamper(statement).await?;
        }
    }

    let names = if dice.happens(0.5) { &["A", "B"][..] } else { &["A"] };
    let mut processes = JoinSet::new();
    let mut doors = Vec::new();
    for name in names {
        let door = Arc::new(Door::default());
        doors.push(Arc::clone(&door));
        let (world, client, store) = (Arc::clone(&world), ground.client(), store.clone());
        processes.spawn(Process { world, config: config.clone(), client, store, name, seed, door }.run());
    }

    let courier = Courier { world: Arc::clone(&world), doors: doors.clone(), dice: Dice::new(seed, 5), is_patient: !sweeps };
    courier.register().await?;
    processes.spawn(courier.run());

    let browser = Browser::of(&world);
    let mut deals = Vec::new();
    for record in browser.records(&world).await? {
        deals.push(record.text("Id").to_owned());
    }
    let history = Arc::new(History::default());
    let actors = Actors {
        world: Arc::clone(&world),
        browser: browser.clone(),
        history: Arc::clone(&history),
        doors,
        deals,
        solutions: casting.solutions(),
        dice,
    };
    let guests = Dice::new(seed, 6);
    let (played, guests) = tokio::join!(actors.play(), incoming::play(&actors, &guests));
    played?;
    let guests = Guests { all: guests?, wants_leads };
    world.weather.calm();
    world.services.make_lists_stale(0);
    world.services.release_writes();
    world.trace.note("the storm is over");
    tokio::time::sleep(CALM).await;
    if let Some(ended) = processes.try_join_next() {
        ended??;
    }
    promises::check(&world, &browser, &history, &store).await?;
    arrived::check(&world, &browser, &guests).await?;
    let violations = world.violations();
    Ok(Outcome { violations, faults: world.weather.seen(), hash: world.trace.hash(), tail: world.trace.tail() })
}
