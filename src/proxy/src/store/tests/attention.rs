//! What somebody has to see, on each database.

use super::*;

const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);

on_both! {
    what_stands_still_is_one_list_of_pairs_and_of_what_came_in,
    an_obstacle_is_kept_whether_or_not_anything_was_begun,
}

fn opportunity(last: char) -> SalesforceId {
    SalesforceId::parse(&format!("006Qy00000AbCd{last}")).unwrap()
}

fn engagement() -> EngagementId {
    EngagementId::parse("7c1e0000-0000-4000-8000-000000000002").unwrap()
}

fn reason(code: &str) -> Reason {
    Reason { code: code.to_owned(), detail: "x".to_owned(), until: None }
}

async fn what_stands_still_is_one_list_of_pairs_and_of_what_came_in(home: &Home) {
    let store = home.open().await;
    let minute = |count: u64| NOW + Duration::from_mins(count);
    for (count, (last, state)) in [('A', State::Broken), ('B', State::NeedsYou), ('C', State::InStep)].into_iter().enumerate() {
        let at = minute(count.try_into().unwrap());
        store.begin_link(&opportunity(last), "en", at).await.unwrap();
        let lease = held(&store, &opportunity(last)).await;
        store.conclude(&lease, state, Some(&reason("deal.not-ready")), None, at).await.unwrap();
        store.note_standing(&lease, state, at).await.unwrap();
        store.done(&lease).await.unwrap();
    }
    let lease = held(&store, &engagement()).await;
    store.obstruct_inbound(&lease, "came", &reason("inbound.refused"), minute(3)).await.unwrap();
    store.done(&lease).await.unwrap();
    store.wake(&engagement(), minute(9)).await.unwrap();
    let list = async |after: &Cursor, limit| store.standstills(after, "deal.not-ready", minute(5), limit).await.unwrap();
    let keys = |list: &[Standstill]| list.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
    let all = list(&Cursor::default(), 9).await;
    let (broken, came) = (WorkKey::Opportunity(opportunity('A')), WorkKey::Engagement(engagement()));
    assert_eq!(keys(&all), [broken.clone(), came.clone()], "what was never shared is its seller's business");
    assert_eq!((all[1].due_at, all[1].state, all[1].referral_id.as_deref()), (Some(minute(9)), None, Some("came")));
    assert_eq!(all[1].reason, Some(reason("inbound.refused")));

    let first = list(&Cursor::default(), 1).await;
    assert_eq!(keys(&first), std::slice::from_ref(&broken));
    let cursor = Cursor::parse(&first[0].cursor().text()).unwrap();
    assert_eq!(keys(&list(&cursor, 9).await), std::slice::from_ref(&came));

    // A change that was noticed long ago.
    store.wake(&opportunity('C'), minute(1)).await.unwrap();
    let lease = held(&store, &opportunity('B')).await;
    store.found(&lease, Side::Own, "shared", "engagement", minute(1)).await.unwrap();
    store.rest(&lease, minute(30)).await.unwrap();
    let late = WorkKey::Opportunity(opportunity('C'));
    let shared = WorkKey::Opportunity(opportunity('B'));
    let all = list(&Cursor::default(), 9).await;
    assert_eq!(keys(&all), [broken, shared, late, came]);
    let lease = store.lease(&opportunity('B'), "a test", minute(5), LEASE).await.unwrap().unwrap();
    let under_way = async |last| store.is_under_way(&opportunity(last), minute(5)).await.unwrap();
    assert_eq!([under_way('A').await, under_way('C').await], [false, true], "the one is not due, the other is");
    assert!(under_way('B').await, "it is not due, but somebody is at it");
    store.done(&lease).await.unwrap();
    assert_eq!(store.unanswered_since(&opportunity('C'), minute(5)).await.unwrap(), Some(minute(1)));
    assert_eq!(store.unanswered_since(&opportunity('C'), NOW).await.unwrap(), None);
    assert!(store.knows(&opportunity('C')).await.unwrap() && !store.knows(&opportunity('Z')).await.unwrap());
    assert_eq!(store.due_at(&opportunity('C')).await.unwrap(), Some(minute(1)));
}

async fn an_obstacle_is_kept_whether_or_not_anything_was_begun(home: &Home) {
    let store = home.open().await;
    let lease = held(&store, &engagement()).await;
    store.obstruct_inbound(&lease, "", &reason("unread"), NOW).await.unwrap();
    let unread = store.standstills(&Cursor::default(), "", NOW, 9).await.unwrap();
    assert_eq!((unread.len(), unread[0].referral_id.as_deref()), (1, None), "it is seen before anybody knows what came");
    store.obstruct_inbound(&lease, "came", &reason("first"), NOW).await.unwrap();
    store.give_inbound(&lease, &[("City".to_owned(), "Husum".to_owned())].into()).await.unwrap();
    store.obstruct_inbound(&lease, "other", &reason("second"), NOW + Duration::from_mins(1)).await.unwrap();
    let kept = store.inbound(&engagement()).await.unwrap().unwrap();
    assert_eq!((kept.referral_id.as_str(), kept.begun_at, kept.reason), ("came", NOW, Some(reason("second"))));
    assert!(kept.given.is_some(), "what it was given is known still");
    assert_eq!(store.engagement_on_its_way("came").await.unwrap(), Some(engagement()));
    assert_eq!(store.engagement_on_its_way("nobody").await.unwrap(), None);
    let list = store.standstills(&Cursor::default(), "", NOW, 9).await.unwrap();
    assert!(list[0].is_lead, "{list:?}");
    for text in ["", "x", "1", "1.x", ".006Qy00000AbCdE"] {
        assert_eq!(Cursor::parse(text), None, "{text}");
    }
}
