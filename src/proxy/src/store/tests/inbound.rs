//! Engagements on their way, as one process leaves them and the next finds them; and work that rests.

use time::macros::datetime;

use super::*;

on_both! {
    what_was_begun_is_known_to_whoever_takes_over,
    only_what_something_stands_in_the_way_of_is_listed_oldest_first,
    work_that_rests_is_due_at_its_time_unless_somebody_asks_and_has_not_failed,
}

const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
const LATER: OffsetDateTime = datetime!(2026-12-04 14:00 UTC);

fn key(last: u8) -> EngagementId {
    EngagementId::parse(&format!("7c1e0000-0000-4000-8000-00000000000{last}")).unwrap()
}

fn reason(code: &str) -> Reason {
    Reason { code: code.into(), detail: "“On Hold”".into(), until: None }
}

async fn what_was_begun_is_known_to_whoever_takes_over(home: &Home) {
    let store = home.open().await;
    assert_eq!(store.inbound(&key(1)).await.unwrap(), None);
    let lease = held(&store, &key(1)).await;
    store.begin_inbound(&lease, "r1", NOW).await.unwrap();
    store.give_inbound(&lease, &[("City".to_owned(), "Husum".to_owned())].into()).await.unwrap();
    let mut base = Base::default();
    base.set("/details/dealValue", "100000");
    store.expect_inbound(&lease, Some(&base)).await.unwrap();
    store.close().await;
    drop(store);
    let store = home.open().await;
    let lease = held(&store, &key(1)).await;
    store.begin_inbound(&lease, "r1", LATER).await.unwrap();
    let found = store.inbound(&key(1)).await.unwrap().unwrap();
    assert_eq!((found.referral_id.as_str(), found.begun_at, found.reason), ("r1", NOW, None));
    assert_eq!(found.given.unwrap()["City"], "Husum");
    assert_eq!(found.base, Some(base));
    store.expect_inbound(&lease, None).await.unwrap();
    assert_eq!(store.inbound(&key(1)).await.unwrap().unwrap().base, None, "it was refused");
    store.expect_inbound(&lease, Some(&Base::default())).await.unwrap();
    store.begin_inbound(&lease, "r2", LATER).await.unwrap();
    let found = store.inbound(&key(1)).await.unwrap().unwrap();
    assert_eq!((found.referral_id.as_str(), found.begun_at, found.base), ("r2", NOW, None), "another referral is another record");
    store.end_inbound(&lease).await.unwrap();
    assert_eq!(store.inbound(&key(1)).await.unwrap(), None);
}

async fn only_what_something_stands_in_the_way_of_is_listed_oldest_first(home: &Home) {
    let store = home.open().await;
    for (last, at) in [(1, LATER), (2, NOW), (3, NOW)] {
        let lease = held(&store, &key(last)).await;
        store.obstruct_inbound(&lease, "r", &reason("inbound.unknown-stage"), at).await.unwrap();
    }
    store.clear_inbound(&held(&store, &key(3)).await).await.unwrap();
    let stuck = store.stuck_inbound(10).await.unwrap();
    let shown: Vec<_> = stuck.iter().map(|it| it.engagement_id.clone()).collect();
    assert_eq!(shown, [key(2).to_string(), key(1).to_string()]);
    assert_eq!(stuck[0].reason, Some(reason("inbound.unknown-stage")));
    assert_eq!(store.stuck_inbound(1).await.unwrap().len(), 1);
    if let Home::File(directory) = home {
        let path = directory.path("store.sqlite");
        assert_eq!(stuck_beside(path.as_ref(), 10).await.unwrap(), stuck, "also beside the proxy that runs");
    }
    store.give_inbound(&held(&store, &key(1)).await, &std::collections::BTreeMap::new()).await.unwrap();
    assert_eq!(store.stuck_inbound(10).await.unwrap().len(), 1, "given, nothing stands in its way");
}

async fn work_that_rests_is_due_at_its_time_unless_somebody_asks_and_has_not_failed(home: &Home) {
    let store = home.open().await;
    let work = super::key();
    let length = Duration::from_mins(1);
    let take = || async { store.lease(&work, "one", NOW, length).await.unwrap().unwrap() };
    store.postpone(&take().await, NOW).await.unwrap();
    let lease = take().await;
    assert_eq!(lease.attempts, 1);
    store.rest(&lease, LATER).await.unwrap();
    assert_eq!(store.due(LATER - length, 9).await.unwrap(), []);
    assert_eq!(store.due(LATER, 9).await.unwrap(), [WorkKey::Opportunity(work.clone())]);
    let lease = take().await;
    assert_eq!(lease.attempts, 0, "nothing has failed");
    store.wake(&work, NOW).await.unwrap();
    store.rest(&lease, LATER).await.unwrap();
    assert_eq!(store.due(NOW, 9).await.unwrap(), [WorkKey::Opportunity(work.clone())], "somebody asked meanwhile");
}
