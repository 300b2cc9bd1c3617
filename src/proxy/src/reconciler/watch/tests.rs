//! Several processes on one store, on a clock that jumps: who reads the lists of changes, and what a run does that stood still.

use tokio::time::Instant;

use super::*;
use crate::clock::Clock;
use crate::ids::SalesforceId;
use crate::reconciler::replicas::Replicas;
use crate::reconciler::{Failure, Report};
use crate::store::WorkKey;
use crate::token::tests::RECORD;

/// How long a list may be without a reader.
const GAP: Duration = Duration::from_secs(20);

const LISTS: [&str; 2] = ["/composite", "/engagements/referrals"];

#[tokio::test(start_paused = true)]
async fn a_list_whose_reader_has_died_is_read_by_another_within_twenty_seconds() {
    // At any time of its rhythm, and whatever it was doing.
    for moment in 0..23 {
        let replicas = Replicas::start().await;
        let (_stop, told) = watch::channel(false);
        let reader = replicas.work("one", told.clone());
        tokio::time::sleep(Duration::from_secs(1)).await;
        let _other = replicas.work("two", told);
        tokio::time::sleep(Duration::from_mins(2) + Duration::from_millis(moment * 700)).await;
        let begin = replicas.clock.0;
        assert!(LISTS.iter().all(|list| replicas.readers(list, begin).iter().all(|(who, _)| *who == "one")), "one at a time");
        let died = Instant::now();
        drop(reader);
        tokio::time::sleep(GAP).await;
        for list in LISTS {
            let readers = replicas.readers(list, died);
            assert!(matches!(readers.as_slice(), [("two", after)] if *after <= GAP), "{list} {moment}: {readers:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_whose_reader_stops_is_read_by_another_at_the_next_look() {
    let replicas = Replicas::start().await;
    let (stop, told) = watch::channel(false);
    let (_stop_other, told_other) = watch::channel(false);
    let mut reader = replicas.work("one", told);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let _other = replicas.work("two", told_other);
    tokio::time::sleep(Duration::from_secs(122)).await;
    stop.send_replace(true);
    reader.join_next().await.unwrap().unwrap();
    let stopped = Instant::now();
    tokio::time::sleep(RENEWAL).await;
    for list in LISTS {
        let readers = replicas.readers(list, stopped);
        assert!(matches!(readers.as_slice(), [("two", _)]), "{list}: {readers:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_stood_still_ends_quietly_and_leaves_the_work_to_whoever_took_it() {
    let record = SalesforceId::parse(RECORD).unwrap();
    let replicas = Replicas::start().await;
    let app = replicas.process("late", Duration::from_mins(5));
    let late = Arc::clone(&app.api().reconciler);
    let key = record.clone();
    let running = tokio::spawn(async move { late.reconcile(&key, Some("en")).await });
    tokio::time::sleep(Duration::from_mins(3)).await;
    let lease = Duration::from_mins(2);
    let taken = replicas.store.take_due("new", replicas.clock.now(), lease, 9).await.unwrap();
    assert_eq!(taken.iter().map(|lease| &lease.key).collect::<Vec<_>>(), [&WorkKey::Opportunity(record.clone())]);
    let outcome = running.await.unwrap();
    assert!(matches!(outcome, Err(Failure::Lost)), "{outcome:?}");
    assert!(replicas.store.renew(&taken[0], replicas.clock.now(), lease).await.unwrap(), "the new owner still has it");
    // It goes on where the new owner leaves it.
    replicas.store.done(&taken[0]).await.unwrap();
    assert!(matches!(app.api().reconciler.reconcile(&record, Some("en")).await, Ok(Report::Pair(_))));
}

#[tokio::test(start_paused = true)]
async fn what_is_decided_is_sent_in_time_or_not_at_all() {
    let replicas = Replicas::start().await;
    let app = replicas.process("one", Duration::ZERO);
    let reconciler = &app.api().reconciler;
    let record = SalesforceId::parse(RECORD).unwrap();
    let written = || {
        let calls = replicas.calls.lock().unwrap();
        calls.iter().filter(|(_, _, call)| !call.contains("token") && !call.starts_with("GET")).count()
    };
    for (late, expected) in [(Duration::from_millis(1), 0), (Duration::ZERO, 3)] {
        let in_time = replicas.clock.now();
        tokio::time::sleep(late).await;
        // What comes back is no referral; here it matters whether it left.
        drop(reconciler.partner_center.create("{}", in_time).await);
        drop(reconciler.partner_center.patch("id", Some("\"1\""), "[]", in_time).await);
        drop(reconciler.salesforce.update(&record, &serde_json::Map::new(), None, in_time).await);
        assert_eq!(written(), expected, "{late:?} late");
    }
}
