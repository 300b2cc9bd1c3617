//! How long pairs wait, and which of them nobody would come for.

use time::macros::datetime;

use super::*;

on_both! {
    a_pair_is_pending_since_it_left_step_whatever_it_waited_for_meanwhile,
    what_waits_for_us_without_work_is_found_and_what_waits_for_a_person_is_not,
    what_nobody_looked_at_for_long_is_named_and_so_is_an_engagement_that_may_lack_its_other_half,
    who_asks_now_does_not_wait_for_the_time_that_work_was_put_off_to,
}

const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);
const LEASE: Duration = Duration::from_mins(2);

fn key(last: char) -> SalesforceId {
    SalesforceId::parse(&format!("006Qy00000AbCd{last}")).unwrap()
}

/// How a pair stands, as a run leaves it.
async fn conclude(store: &Store, last: char, state: State, reason: Option<&Reason>) {
    let lease = held(store, &key(last)).await;
    store.conclude(&lease, state, reason, None, NOW).await.unwrap();
    store.done(&lease).await.unwrap();
}

async fn a_pair_is_pending_since_it_left_step_whatever_it_waited_for_meanwhile(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key('E'), "en", NOW).await.unwrap();
    let held = held(&store, &key('E')).await;
    let minute = |count: u64| NOW + Duration::from_mins(count);
    let cases = [
        (State::NotShared, None),
        (State::Waiting, Some(minute(1))),
        (State::Broken, Some(minute(1))),
        (State::NeedsYou, Some(minute(1))),
        (State::InStep, None),
        (State::NeedsYou, Some(minute(5))),
    ];
    for (count, (state, since)) in cases.into_iter().enumerate() {
        store.note_standing(&held, state, minute(count.try_into().unwrap())).await.unwrap();
        assert_eq!(store.pending_since(&key('E')).await.unwrap(), since, "{state:?}");
    }
    assert_eq!(store.pending_since(&key('F')).await.unwrap(), None, "nobody knows it");
}

async fn what_waits_for_us_without_work_is_found_and_what_waits_for_a_person_is_not(home: &Home) {
    let store = home.open().await;
    let states =
        [('A', State::InStep), ('B', State::Waiting), ('C', State::NeedsYou), ('D', State::Broken), ('E', State::NotShared)];
    for (last, state) in states {
        store.begin_link(&key(last), "en", NOW).await.unwrap();
        conclude(&store, last, state, None).await;
    }
    let gone = Reason { code: "gone".to_owned(), detail: String::new(), until: None };
    store.begin_link(&key('A'), "en", NOW).await.unwrap();
    conclude(&store, 'A', State::Broken, Some(&gone)).await;
    assert_eq!(store.forgotten("gone", 9).await.unwrap(), ['B', 'D'].map(key));
    assert_eq!(store.forgotten("gone", 1).await.unwrap(), [key('B')]);
    store.wake(&WorkKey::Opportunity(key('B')), NOW + LEASE).await.unwrap();
    assert_eq!(store.forgotten("gone", 9).await.unwrap(), [key('D')]);
}

async fn what_nobody_looked_at_for_long_is_named_and_so_is_an_engagement_that_may_lack_its_other_half(home: &Home) {
    let store = home.open().await;
    let hour = |count: u64| NOW + Duration::from_hours(count);
    for (last, seen) in [('A', 3), ('B', 1), ('C', 9), ('D', 9), ('E', 2)] {
        store.begin_link(&key(last), "en", hour(seen)).await.unwrap();
        if last != 'E' {
            let held = held(&store, &key(last)).await;
            store.found(&held, Side::Own, "referral", "engagement", hour(seen)).await.unwrap();
            store.done(&held).await.unwrap();
        }
    }
    let lease = held(&store, &key('D')).await;
    store.intend(&lease, Side::Microsoft, hour(9)).await.unwrap();
    store.done(&lease).await.unwrap();
    assert_eq!(store.unseen_since(hour(5), hour(9), 9).await.unwrap(), ['B', 'A', 'D'].map(key), "E was never shared");
    assert_eq!(store.unseen_since(hour(5), hour(9), 1).await.unwrap(), [key('B')]);
    store.note_seen(&[key('B')], hour(10)).await.unwrap();
    store.wake(&WorkKey::Opportunity(key('A')), hour(20)).await.unwrap();
    let lease = held(&store, &key('D')).await;
    store.found(&lease, Side::Microsoft, "theirs", "engagement", hour(9)).await.unwrap();
    store.done(&lease).await.unwrap();
    assert_eq!(store.unseen_since(hour(5), hour(19), 9).await.unwrap(), [key('A')], "its work rests: until then nobody looks");
    assert!(store.unseen_since(hour(5), hour(20), 9).await.unwrap().is_empty(), "it is due");
    store.lease(&WorkKey::Opportunity(key('A')), "one", hour(19), LEASE).await.unwrap().unwrap();
    assert!(store.unseen_since(hour(5), hour(19), 9).await.unwrap().is_empty(), "somebody looks now");
}

async fn who_asks_now_does_not_wait_for_the_time_that_work_was_put_off_to(home: &Home) {
    let store = home.open().await;
    let work = WorkKey::Opportunity(key('E'));
    let put_off = NOW + Duration::from_hours(1);
    let lease = store.lease(&work, "one", NOW, LEASE).await.unwrap().unwrap();
    store.postpone(&lease, put_off).await.unwrap();
    assert!(store.due(NOW, 9).await.unwrap().is_empty());

    // It fails again: put off anew, longer each time.
    let again = store.lease(&work, "two", NOW, LEASE).await.unwrap().unwrap();
    assert_eq!(again.attempts, 1);
    store.postpone(&again, put_off + LEASE).await.unwrap();
    assert!(store.due(put_off, 9).await.unwrap().is_empty());
    assert_eq!(store.due(put_off + LEASE, 9).await.unwrap(), vec![work.clone()]);

    // It works: nothing is left of the failures.
    let last = store.lease(&work, "one", NOW, LEASE).await.unwrap().unwrap();
    store.done(&last).await.unwrap();
    assert!(store.due(put_off + LEASE, 9).await.unwrap().is_empty());
    assert_eq!(store.lease(&work, "one", NOW, LEASE).await.unwrap().unwrap().attempts, 0);
}
