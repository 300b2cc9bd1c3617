//! What an event named, sorted: whose it is, what waits, and that nothing waits for something else.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::store::tests::held;
use crate::store::{Side, Store};
use crate::test_server::World;
use crate::token::tests::{NOW, RECORD};

const ENGAGEMENT: &str = "7c1e0000-0000-4000-8000-0000000000e0";

fn id(number: u32) -> String {
    format!("7c1e0000-0000-4000-8000-{number:012x}")
}

fn referral(number: u32, changes: &Value) -> Value {
    let mut referral = json!({
        "id": id(number), "engagementId": ENGAGEMENT, "status": "New", "direction": "Incoming", "externalReferenceId": null
    });
    referral.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    referral
}

fn there(world: &World, number: u32, status: u16, referral: Value) {
    world.microsoft.answer(&format!("/v1.0/engagements/referrals/{}", id(number)), status, referral);
}

fn record() -> SalesforceId {
    SalesforceId::parse(RECORD).unwrap()
}

fn engagement() -> WorkKey {
    WorkKey::Engagement(EngagementId::parse(ENGAGEMENT).unwrap())
}

fn reconciler(world: &World) -> &Reconciler {
    &world.app.api().reconciler
}

fn store(world: &World) -> &Store {
    &world.app.api().store
}

async fn waiting(world: &World) -> Vec<String> {
    store(world).arrivals(100).await.unwrap().into_iter().map(|arrival| arrival.referral_id).collect()
}

async fn due(world: &World) -> Vec<WorkKey> {
    store(world).due(NOW + Duration::from_hours(24), 100).await.unwrap()
}

async fn link(world: &World, side: Side, number: u32) {
    store(world).begin_link(&record(), "en", NOW).await.unwrap();
    let held = held(store(world), &record()).await;
    store(world).found(&held, side, &id(number), ENGAGEMENT, NOW).await.unwrap();
    store(world).done(&held).await.unwrap();
}

#[tokio::test]
async fn a_referral_belongs_to_whom_the_store_knows_then_to_whom_partner_center_says() {
    let opportunity = Some(WorkKey::Opportunity(record()));
    let ours = json!({ "direction": "Outgoing", "externalReferenceId": RECORD });
    let short = json!({ "direction": "outgoing", "externalReferenceId": "006Qy00000AbCdE" });
    let theirs = json!({ "direction": "Incoming", "externalReferenceId": RECORD });
    let account = json!({ "direction": "Outgoing", "externalReferenceId": "001Qy00000AbCdE" });
    let cases = [
        (None, ours, opportunity.clone()),
        (None, short, opportunity.clone()),
        (None, theirs, Some(engagement())),
        (None, account, Some(engagement())),
        (None, json!({}), Some(engagement())),
        // A sibling of a referral that is linked.
        (Some((Side::Own, 2)), json!({}), opportunity.clone()),
    ];
    for (linked, changes, expected) in cases {
        let world = World::start(&[]).await;
        if let Some((side, number)) = linked {
            link(&world, side, number).await;
        }
        there(&world, 1, 200, referral(1, &changes));
        assert_eq!(reconciler(&world).locate(&id(1)).await.unwrap(), expected, "{changes}");
    }

    let world = World::start(&[]).await;
    assert_eq!(reconciler(&world).locate(&id(1)).await.unwrap(), None, "there is no such referral");
    for (side, number) in [(Side::Own, 3), (Side::Microsoft, 4)] {
        link(&world, side, number).await;
        world.microsoft.calls();
        assert_eq!(reconciler(&world).locate(&id(number)).await.unwrap(), opportunity);
        assert_eq!(world.microsoft.calls(), Vec::<String>::new(), "what the store knows is not asked for");
    }
    there(&world, 5, 200, referral(5, &json!({ "engagementId": "no GUID" })));
    assert!(matches!(reconciler(&world).locate(&id(5)).await, Err(Failure::PartnerCenter(PartnerCenterError::Unreadable(_)))));
}

#[tokio::test]
async fn an_event_becomes_work_once_however_often_it_came() {
    let world = World::start(&[]).await;
    there(&world, 1, 200, referral(1, &json!({})));
    for _ in 0..3 {
        reconciler(&world).note_arrival(&id(1)).await.unwrap();
    }
    reconciler(&world).note_arrival(&id(2)).await.unwrap();
    assert_eq!(waiting(&world).await, [id(1), id(2)]);
    reconciler(&world).sort_inbox().await;
    assert_eq!(waiting(&world).await, Vec::<String>::new(), "what is not there is nothing to do");
    assert_eq!(due(&world).await, [engagement()]);
    assert_eq!(world.microsoft.calls().len(), 2);
}

#[tokio::test]
async fn a_referral_that_cannot_be_read_waits_alone_and_longer_each_time() {
    let world = World::start(&[]).await;
    there(&world, 1, 403, json!({}));
    there(&world, 2, 200, json!([]));
    there(&world, 3, 200, referral(3, &json!({})));
    for number in 1..=3 {
        reconciler(&world).note_arrival(&id(number)).await.unwrap();
    }
    reconciler(&world).sort_inbox().await;
    assert_eq!(waiting(&world).await, [id(1), id(2)]);
    assert_eq!(due(&world).await, [engagement()]);
    world.microsoft.calls();
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls(), Vec::<String>::new(), "not at once");
    // The first wait is at most 5 s, the second at least as long.
    world.clock.set(NOW + Duration::from_secs(5));
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls().len(), 2);
    world.clock.set(NOW + Duration::from_secs(9));
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls(), Vec::<String>::new(), "longer than the first time");
    world.clock.set(NOW + Duration::from_secs(15));
    there(&world, 1, 404, json!({}));
    there(&world, 2, 200, referral(2, &json!({})));
    reconciler(&world).sort_inbox().await;
    assert_eq!(waiting(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_referral_that_is_never_given_to_us_is_given_up() {
    let world = World::start(&[]).await;
    there(&world, 1, 403, json!({}));
    there(&world, 2, 200, json!([]));
    reconciler(&world).note_arrival(&id(1)).await.unwrap();
    reconciler(&world).note_arrival(&id(2)).await.unwrap();
    for tried in 0..MOST_TRIES {
        assert_eq!(waiting(&world).await, [id(1), id(2)], "{tried}");
        world.clock.set(NOW + Duration::from_hours(1) * tried);
        reconciler(&world).sort_inbox().await;
        assert_eq!(world.microsoft.calls().len(), 2, "{tried}");
    }
    assert_eq!((waiting(&world).await, due(&world).await), (Vec::<String>::new(), Vec::new()));

    // Named again, it begins anew.
    there(&world, 1, 200, referral(1, &json!({})));
    world.clock.set(NOW + Duration::from_hours(1) * MOST_TRIES);
    reconciler(&world).note_arrival(&id(1)).await.unwrap();
    reconciler(&world).sort_inbox().await;
    assert_eq!((waiting(&world).await, due(&world).await), (Vec::<String>::new(), vec![engagement()]));
}

#[tokio::test]
async fn a_referral_that_is_not_there_is_asked_for_once_in_a_while_however_often_it_is_named() {
    let world = World::start(&[]).await;
    for (after, asked, left) in [(0, 1, 0), (1, 0, 1), (29, 0, 1), (30, 1, 0), (31, 0, 1)] {
        world.clock.set(NOW + Duration::from_secs(after));
        reconciler(&world).note_arrival(&id(1)).await.unwrap();
        reconciler(&world).sort_inbox().await;
        assert_eq!((world.microsoft.calls().len(), waiting(&world).await.len()), (asked, left), "{after}");
    }
    there(&world, 1, 200, referral(1, &json!({})));
    world.clock.set(NOW + Duration::from_mins(1));
    reconciler(&world).sort_inbox().await;
    assert_eq!((waiting(&world).await, due(&world).await), (Vec::<String>::new(), vec![engagement()]), "it was not lost");
}

#[tokio::test]
async fn a_round_asks_for_few_and_sorts_all_that_are_known() {
    let world = World::start(&[]).await;
    let most = u32::try_from(MOST_ASKED).unwrap();
    let known = most + 2;
    link(&world, Side::Own, known).await;
    for number in 1..=known {
        reconciler(&world).note_arrival(&id(number)).await.unwrap();
    }
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls().len(), MOST_ASKED);
    assert_eq!((waiting(&world).await, due(&world).await), (vec![id(most + 1)], vec![WorkKey::Opportunity(record())]));
    reconciler(&world).sort_inbox().await;
    assert_eq!((world.microsoft.calls().len(), waiting(&world).await), (1, Vec::<String>::new()));
}

#[tokio::test]
async fn while_partner_center_does_not_serve_it_is_asked_once_and_what_is_known_goes_on() {
    let world = World::start(&[]).await;
    for (number, status) in [(1, 503), (2, 503)] {
        there(&world, number, status, json!({}));
    }
    link(&world, Side::Own, 3).await;
    for number in 1..=3 {
        reconciler(&world).note_arrival(&id(number)).await.unwrap();
    }
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls(), [format!("GET /v1.0/engagements/referrals/{}", id(1))]);
    assert_eq!((waiting(&world).await, due(&world).await), (vec![id(1), id(2)], vec![WorkKey::Opportunity(record())]));
    there(&world, 1, 200, referral(1, &json!({})));
    there(&world, 2, 200, referral(2, &json!({})));
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls(), Vec::<String>::new(), "not at once");
    world.clock.set(NOW + Duration::from_secs(5));
    reconciler(&world).sort_inbox().await;
    assert_eq!(waiting(&world).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_pause_that_partner_center_asks_for_is_kept() {
    let world = World::start(&[]).await;
    there(&world, 1, 429, json!({}));
    reconciler(&world).note_arrival(&id(1)).await.unwrap();
    reconciler(&world).sort_inbox().await;
    assert_eq!((world.microsoft.calls().len(), waiting(&world).await), (1, vec![id(1)]));
    reconciler(&world).sort_inbox().await;
    assert_eq!(world.microsoft.calls().len(), 0);
}

#[tokio::test]
async fn an_arrival_cuts_the_pause_of_the_worker_short() {
    let world = World::start(&[("RECONCILE__WORKER_INTERVAL_SECONDS", "86400")]).await;
    let (stop, told) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(super::super::Worker::new(std::sync::Arc::clone(&world.app.api().reconciler)).work(told));
    // Once it has found nothing to do, it waits for a day.
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    reconciler(&world).note_arrival(&id(1)).await.unwrap();
    let sorted = async {
        while !waiting(&world).await.is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_mins(1), sorted).await.expect("the worker looks long before its interval is over");
    stop.send_replace(true);
    worker.await.unwrap();
}
