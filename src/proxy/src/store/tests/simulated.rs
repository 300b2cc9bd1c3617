//! A store in memory, as a simulation uses it: the clock stands still while it works, and processes die at its writes.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;

#[tokio::test(start_paused = true)]
async fn a_call_takes_no_time_and_lets_nobody_else_go_on() {
    let store = Store::in_memory(cipher(7), Pace::Block).await.unwrap();
    let turns = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&turns);
    let neighbour = tokio::spawn(async move {
        loop {
            counted.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(seconds(1)).await;
        }
    });
    let began = tokio::time::Instant::now();
    assert!(store.take_feed("changes", "one", NOW, LEASE).await.unwrap());
    // More calls than the runtime grants a task before it has to let others go on, and transactions among them.
    for _ in 0..500 {
        store.wake(&key(), NOW).await.unwrap();
        store.advance("changes", "one", "mark", &[work()], NOW).await.unwrap();
        let [lease] = store.take_due("one", NOW, LEASE, 9).await.unwrap().try_into().unwrap();
        store.done(&lease).await.unwrap();
        assert!(store.due(NOW, 9).await.unwrap().is_empty());
    }
    store.ping().await.unwrap();
    assert_eq!((began.elapsed(), turns.load(Ordering::Relaxed)), (Duration::ZERO, 0));
    neighbour.abort();
}

#[tokio::test]
async fn a_process_dies_before_or_after_a_write_and_another_finds_what_it_left() {
    let store = Store::in_memory(cipher(7), Pace::Block).await.unwrap();
    for (fatal, written) in [(Moment::Before, false), (Moment::After, true)] {
        let dying = store.clone().watched(
            move |write, moment| {
                if write == "note_arrival" && moment == fatal { Fate::Die } else { Fate::Live }
            },
        );
        dying.wake(&key(), NOW).await.unwrap();
        assert!(matches!(dying.note_arrival("a", NOW).await, Err(StoreError::Killed)));
        assert_eq!(!store.arrivals(9).await.unwrap().is_empty(), written, "{fatal:?}");
    }
}

#[tokio::test]
async fn a_store_in_memory_can_let_others_go_on_too() {
    let store = Store::in_memory(cipher(7), Pace::Await).await.unwrap();
    let key = key();
    let (one, two) = tokio::join!(store.lease(&key, "one", NOW, LEASE), store.lease(&key, "two", NOW, LEASE));
    assert!(one.unwrap().is_some() && two.unwrap().is_none());
    store.close().await;
    assert_eq!(store.due(NOW + LEASE, 9).await.unwrap(), [work()], "others may still use it");
}

#[tokio::test(start_paused = true)]
async fn a_process_that_stands_still_at_a_write_goes_on_with_it_later() {
    let store = Store::in_memory(cipher(7), Pace::Block).await.unwrap();
    let lease = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let paused = store
        .clone()
        .watched(|write, moment| if (write, moment) == ("tell", Moment::Before) { Fate::Pause(LEASE) } else { Fate::Live });
    let began = tokio::time::Instant::now();
    let writes = tokio::spawn(async move { paused.tell(&lease, &[], NOW).await });
    tokio::time::sleep(seconds(59)).await;
    assert!(!writes.is_finished());
    assert!(store.lease(&key(), "two", NOW + LEASE, LEASE).await.unwrap().is_some());
    let outcome = writes.await.unwrap();
    assert!(matches!(outcome, Err(StoreError::Lost)), "{outcome:?}");
    assert_eq!(began.elapsed(), LEASE);
}
