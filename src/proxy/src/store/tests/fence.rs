//! A process that stood still for longer than its lease goes on, and another one has its work.

use super::*;

on_both! {
    nothing_is_written_by_a_run_that_has_lost_its_lease,
    the_newer_lease_of_the_same_process_is_another,
    a_lease_that_is_over_and_that_nobody_took_is_good,
    what_a_process_gives_back_is_anothers_at_once_and_no_longer_its_own,
    a_feed_goes_on_where_its_new_reader_is,
}

/// Everything that the links and the work say.
async fn everything(store: &Store) -> Vec<String> {
    let mut rows: Vec<(String,)> = Vec::new();
    for query in [
        "SELECT opportunity_id || COALESCE(referral_id, '-') || COALESCE(intent_at, 0) || COALESCE(microsoft_intent_at, 0) \
         || COALESCE(attempt_at, 0) || attempt_open || COALESCE(base, '-') || COALESCE(told, '-') || state \
         || COALESCE(written_version, '-') || COALESCE(pending_since, 0) FROM links",
        "SELECT child_id || opportunity_id FROM children",
        "SELECT engagement_id || referral_id || COALESCE(given, '-') || COALESCE(base, '-') || COALESCE(reason_code, '-') FROM inbound",
        "SELECT work_key || due_at || attempts || COALESCE(lease_owner, '-') || lease_number FROM work ORDER BY work_key",
    ] {
        rows.extend(store.rows::<(String,)>(sqlx::query_as(query)).await.unwrap());
    }
    rows.into_iter().map(|(row,)| row).collect()
}

fn child() -> SalesforceId {
    SalesforceId::parse("00kQy00000AbCdE").unwrap()
}

/// Every write of a run of an opportunity, one after the other.
async fn write_all(store: &Store, lease: &Lease<SalesforceId>) -> Vec<Result<(), StoreError>> {
    let told = [Told { line: "Sent.".into(), version: None, operations: String::new(), before: 0 }];
    let agreed = Agreed { base: Some(Base::default()), held: None, told: told.to_vec() };
    let mut outcomes = Vec::new();
    for side in [Side::Own, Side::Microsoft] {
        outcomes.push(store.intend(lease, side, NOW).await);
        outcomes.push(store.unanswered(lease, side, NOW).await);
        outcomes.push(store.nothing_done(lease, side, NOW).await);
        outcomes.push(store.found(lease, side, "late", "late", NOW).await);
    }
    outcomes.push(store.agree(lease, &Base::default(), NOW).await);
    outcomes.push(store.tell(lease, &told, NOW).await);
    outcomes.push(store.conclude(lease, State::Broken, None, Some(&agreed), NOW).await);
    outcomes.push(store.note_standing(lease, State::Broken, NOW).await);
    outcomes.push(store.keep_children(lease, &[child()]).await);
    outcomes.push(store.keep_written_version(lease, "late").await);
    outcomes
}

/// Every write of a run of an engagement.
async fn write_all_inbound(store: &Store, lease: &Lease<EngagementId>) -> Vec<Result<(), StoreError>> {
    let reason = Reason { code: "late".into(), detail: String::new(), until: None };
    vec![
        store.begin_inbound(lease, "late", NOW).await,
        store.obstruct_inbound(lease, "late", &reason, NOW).await,
        store.clear_inbound(lease).await,
        store.give_inbound(lease, &[("City".to_owned(), "Husum".to_owned())].into()).await,
        store.expect_inbound(lease, Some(&Base::default())).await,
        store.end_inbound(lease).await,
    ]
}

fn are_lost(outcomes: &[Result<(), StoreError>]) -> bool {
    outcomes.iter().all(|outcome| matches!(outcome, Err(StoreError::Lost)))
}

async fn nothing_is_written_by_a_run_that_has_lost_its_lease(home: &Home) {
    let store = home.open().await;
    let engagement = EngagementId::parse("7c1e0000-0000-4000-8000-000000000002").unwrap();
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let late = store.lease(&key(), "late", NOW, LEASE).await.unwrap().unwrap();
    let late_inbound = store.lease(&engagement, "late", NOW, LEASE).await.unwrap().unwrap();
    let new = store.lease(&key(), "new", NOW + LEASE, LEASE).await.unwrap().unwrap();
    let new_inbound = store.lease(&engagement, "new", NOW + LEASE, LEASE).await.unwrap().unwrap();
    store.tell(&new, &[], NOW).await.unwrap();
    store.begin_inbound(&new_inbound, "new", NOW).await.unwrap();
    let before = everything(&store).await;

    let outcomes = write_all(&store, &late).await;
    assert!(are_lost(&outcomes), "{outcomes:?}");
    let outcomes = write_all_inbound(&store, &late_inbound).await;
    assert!(are_lost(&outcomes), "{outcomes:?}");
    assert!(!store.renew(&late, NOW + LEASE, LEASE).await.unwrap());
    store.done(&late).await.unwrap();
    store.postpone(&late, NOW).await.unwrap();
    store.rest(&late, NOW).await.unwrap();
    assert_eq!(everything(&store).await, before, "nothing of it, and the work is the new owner's");

    // The same writes are taken from who has the work.
    assert!(write_all(&store, &new).await.into_iter().chain(write_all_inbound(&store, &new_inbound).await).all(|it| it.is_ok()));
    // Done and gone, it is nobody's, and not the late one's again.
    store.done(&new).await.unwrap();
    assert!(are_lost(&write_all(&store, &late).await));
}

async fn the_newer_lease_of_the_same_process_is_another(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    store.wake(&key(), NOW).await.unwrap();
    let first = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    let taken = store.take_due("one", NOW + LEASE, LEASE, 1).await.unwrap().remove(0);
    assert!(are_lost(&write_all(&store, &first).await));
    store.done(&taken).await.unwrap();
    // The row was made anew: its numbers begin nowhere.
    store.done(&store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap()).await.unwrap();
    let last = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    assert!(are_lost(&write_all(&store, &first).await));
    assert!(store.agree(&last, &Base::default(), NOW).await.is_ok());
}

async fn a_lease_that_is_over_and_that_nobody_took_is_good(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let lease = store.lease(&key(), "one", NOW, seconds(0)).await.unwrap().unwrap();
    assert!(write_all(&store, &lease).await.iter().all(Result::is_ok));
    store.wake(&key(), NOW + LEASE).await.unwrap();
    assert!(store.agree(&lease, &Base::default(), NOW).await.is_ok(), "who asks for a look takes nothing");
}

async fn what_a_process_gives_back_is_anothers_at_once_and_no_longer_its_own(home: &Home) {
    let store = home.open().await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let ours = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    let theirs = store.lease(&other(), "two", NOW, LEASE).await.unwrap().unwrap();
    for (feed, owner) in [("changes", "one"), ("sweep", "two")] {
        assert!(store.take_feed(feed, owner, NOW, LEASE).await.unwrap());
    }
    store.release("one").await.unwrap();
    assert!(are_lost(&[store.agree(&ours, &Base::default(), NOW).await]));
    assert!(store.renew(&theirs, NOW, LEASE).await.unwrap(), "what another holds stays");
    assert_eq!(store.take_due("two", NOW, LEASE, 9).await.unwrap().len(), 1, "it is due, and whoever looks takes it");
    assert!(store.take_feed("changes", "two", NOW, LEASE).await.unwrap());
    assert!(!store.take_feed("sweep", "one", NOW, LEASE).await.unwrap());
}

async fn a_feed_goes_on_where_its_new_reader_is(home: &Home) {
    let store = home.open().await;
    assert!(store.take_feed("changes", "late", NOW, LEASE).await.unwrap());
    assert!(store.take_feed("changes", "new", NOW + LEASE, LEASE).await.unwrap());
    store.advance("changes", "new", "further", &[], NOW).await.unwrap();
    let outcome = store.advance("changes", "late", "back", &[work()], NOW).await;
    assert!(matches!(outcome, Err(StoreError::Lost)), "{outcome:?}");
    assert_eq!(store.mark("changes").await.unwrap().as_deref(), Some("further"));
    assert!(store.due(NOW, 9).await.unwrap().is_empty(), "neither the mark nor the work");
}

#[tokio::test]
async fn who_wants_the_work_waits_for_what_is_just_being_written() {
    let home = Home::server().await;
    let (store, another) = (home.open().await, home.open().await);
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let lease = store.lease(&key(), "one", NOW, LEASE).await.unwrap().unwrap();
    let mut connection = store.connection().await.unwrap();
    let mut writing = connection.begin().await.unwrap();
    assert!(super::super::fence::is_held(&mut writing, &lease).await.unwrap());
    let taking = tokio::spawn(async move { another.lease(&key(), "two", NOW + LEASE, LEASE).await.unwrap() });
    // It is in the database, and waits there.
    let waits = "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    while store.row::<(i64,)>(sqlx::query_as(waits)).await.unwrap().unwrap().0 == 0 {
        assert!(!taking.is_finished(), "it was taken while its owner wrote");
    }
    let query = sqlx::query("UPDATE links SET state = 'Waiting' WHERE opportunity_id = $1").bind(lease.key.as_str());
    query.execute(&mut *writing).await.unwrap();
    writing.commit().await.unwrap();
    assert!(taking.await.unwrap().is_some());
    assert!(are_lost(&[store.agree(&lease, &Base::default(), NOW).await]));
}
