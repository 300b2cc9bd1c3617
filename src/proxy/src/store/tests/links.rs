//! Links, and what hangs on them, as one process leaves them and the next one finds them.

use super::*;

on_both! {
    an_intent_survives_the_process,
    the_first_unclear_intent_is_kept_until_something_is_found,
    how_a_pair_stands_is_read_back,
    what_both_sides_agreed_on_and_what_is_to_be_told_survive_the_process,
    children_lead_to_their_opportunity_until_they_are_seen_elsewhere,
    an_opportunity_is_found_by_either_referral_and_by_the_engagement,
    the_version_of_our_own_write_is_kept,
}

async fn an_intent_survives_the_process(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &key()).await;
    store.begin_link(&key(), "fr", NOW).await.unwrap();
    store.intend(&lease, Side::Own, NOW).await.unwrap();
    store.close().await;
    drop(store);

    let link = home.open().await.link(&key()).await.unwrap().unwrap();
    assert_eq!(link.own_attempt, Some(Attempt { intent: NOW, last: NOW, open: true }));
    assert_eq!((link.language.as_str(), link.microsoft_attempt, link.state), ("fr", None, State::NotShared));
}

async fn the_first_unclear_intent_is_kept_until_something_is_found(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &key()).await;
    let later = NOW + seconds(90);
    store.begin_link(&key(), "en", NOW).await.unwrap();
    for side in [Side::Own, Side::Microsoft] {
        // Certainly nothing happened: as if it had never been sent.
        store.intend(&lease, side, NOW).await.unwrap();
        store.nothing_done(&lease, side, NOW).await.unwrap();
        assert_eq!(store.link(&key()).await.unwrap().unwrap().attempt(side), None);
        // An unclear one, then one that certainly did nothing: the first may still have had its effect.
        store.intend(&lease, side, NOW).await.unwrap();
        store.intend(&lease, side, later).await.unwrap();
        store.nothing_done(&lease, side, later).await.unwrap();
        let attempt = store.link(&key()).await.unwrap().unwrap().attempt(side);
        assert_eq!(attempt, Some(Attempt { intent: NOW, last: later, open: false }));
        store.found(&lease, side, "referral", "engagement", later).await.unwrap();
        assert_eq!(store.link(&key()).await.unwrap().unwrap().attempt(side), None);
    }
    let link = store.begin_link(&key(), "fr", later).await.unwrap();
    assert_eq!(link.referral_id.as_deref(), Some("referral"));
    assert_eq!(link.microsoft_referral_id.as_deref(), Some("referral"));
    assert_eq!(link.language, "en", "the language of the audit trail stays");
}

async fn how_a_pair_stands_is_read_back(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &key()).await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let reason = Reason { code: "partner-center.throttled".into(), detail: "x".into(), until: Some(NOW + seconds(57)) };
    store.conclude(&lease, State::Waiting, Some(&reason), None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason), (State::Waiting, Some(reason)));
    store.conclude(&lease, State::InStep, None, None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.state, link.reason), (State::InStep, None));
}

async fn what_both_sides_agreed_on_and_what_is_to_be_told_survive_the_process(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &key()).await;
    store.begin_link(&key(), "en", NOW).await.unwrap();
    let base = |notes: &str| {
        let mut base = Base::default();
        base.set("/details/notes", notes);
        base
    };
    let told = [Told {
        line: "Sent to Partner Center: description.".into(),
        version: Some("\"1\"".into()),
        operations: "[]".into(),
        before: 2,
    }];
    store.agree(&lease, &base("first"), NOW).await.unwrap();
    store.tell(&lease, &told, NOW).await.unwrap();
    store.close().await;
    drop(store);

    let store = home.open().await;
    let lease = held(&store, &key()).await;
    store.conclude(&lease, State::Waiting, None, None, NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!((link.base, link.told.as_slice(), link.held), (Some(base("first")), told.as_slice(), None));
    let held = [("/details/notes".to_owned(), "second".to_owned())].into();
    let agreed = Agreed { base: Some(base("second")), held: Some(held), told: Vec::new() };
    store.conclude(&lease, State::InStep, None, Some(&agreed), NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!(Agreed { base: link.base, held: link.held, told: link.told }, agreed);
    // A run that ends before it has seen Partner Center leaves what is known.
    store.conclude(&lease, State::Waiting, None, Some(&Agreed::default()), NOW).await.unwrap();
    let link = store.link(&key()).await.unwrap().unwrap();
    assert_eq!(Agreed { base: link.base, held: link.held, told: link.told }, agreed);
}

async fn children_lead_to_their_opportunity_until_they_are_seen_elsewhere(home: &Home) {
    let store = home.open().await;
    let theirs = held(&store, &other()).await;
    let lease = held(&store, &key()).await;
    let [first, second] = ["00kQy00000AbCdE", "00kQy00000AbCdF"].map(|id| SalesforceId::parse(id).unwrap());
    store.keep_children(&lease, &[first.clone(), second.clone(), first.clone()]).await.unwrap();
    assert_eq!(store.parent_of(&first).await.unwrap(), Some(key()));
    store.keep_children(&theirs, std::slice::from_ref(&second)).await.unwrap();
    assert_eq!(store.parent_of(&second).await.unwrap(), Some(other()));
    store.keep_children(&lease, &[]).await.unwrap();
    assert_eq!(store.parent_of(&first).await.unwrap(), None);
    assert_eq!(store.parent_of(&second).await.unwrap(), Some(other()));
}

async fn an_opportunity_is_found_by_either_referral_and_by_the_engagement(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &key()).await;
    store.begin_link(&other(), "en", NOW).await.unwrap();
    store.begin_link(&key(), "en", NOW).await.unwrap();
    store.found(&lease, Side::Own, "ours", "shared", NOW).await.unwrap();
    store.found(&lease, Side::Microsoft, "theirs", "shared", NOW).await.unwrap();
    for referral in ["ours", "theirs"] {
        assert_eq!(store.opportunity_of_referral(referral).await.unwrap(), Some(key()), "{referral}");
    }
    assert_eq!(store.opportunity_of_engagement("shared").await.unwrap(), Some(key()));
    assert_eq!(store.opportunity_of_referral("shared").await.unwrap(), None);
    assert_eq!(store.opportunity_of_engagement("ours").await.unwrap(), None);
}

async fn the_version_of_our_own_write_is_kept(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &key()).await;
    assert_eq!(store.written_version(&key()).await.unwrap(), None);
    store.begin_link(&key(), "en", NOW).await.unwrap();
    assert_eq!(store.written_version(&key()).await.unwrap(), None);
    store.keep_written_version(&lease, "2026-11-22T14:00:00Z").await.unwrap();
    assert_eq!(store.written_version(&key()).await.unwrap().as_deref(), Some("2026-11-22T14:00:00Z"));
}
