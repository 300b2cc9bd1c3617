//! What is left to do, from every state that a share can be interrupted in.

use crate::common;
use cosell_rules::{
    model::Settings,
    plan::{self, Known, Next, Observed},
    referral::{ConsentRead, Referral, Target},
    salesforce::field,
};
use serde_json::{Value, json};

const HELP: (&str, &str) = (field::HELP, "ProofOfConceptOrDemo");

fn own(visible: bool) -> Referral {
    Referral {
        id: "aaaa".into(),
        engagement_id: "eeee".into(),
        external_reference_id: Some("006Qy00000AbCdEIAV".into()),
        status: "Active".into(),
        substatus: "Accepted".into(),
        target: vec![Target::solution("SOL-20417-KXD")],
        consent: ConsentRead { consent_to_share_referral_with_microsoft_sellers: visible },
        ..Referral::default()
    }
}

fn microsoft(status: &str, substatus: &str) -> Referral {
    Referral {
        id: "bbbb".into(),
        engagement_id: "eeee".into(),
        status: status.into(),
        substatus: substatus.into(),
        target: vec![Target::microsoft()],
        ..Referral::default()
    }
}

fn next(fields: &[(&str, Value)], own: Option<&Referral>, microsoft: Option<&Referral>) -> Next {
    let opportunity = common::opportunity(fields);
    plan::next(&Observed { opportunity: &opportunity, own, microsoft }, &Settings::default(), common::today())
}

fn synced(more: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    [(field::SYNC, json!(true))].into_iter().chain(more.iter().cloned()).collect()
}

fn co_sell() -> Vec<(&'static str, Value)> {
    synced(&[(HELP.0, json!(HELP.1)), (field::VISIBLE, json!(true))])
}

#[test]
fn a_deal_that_the_seller_has_not_chosen_to_share_is_left_alone() {
    assert_eq!(next(&[], None, None), Next::NotShared);
}

#[test]
fn an_unfinished_deal_needs_the_seller_and_creates_nothing() {
    let Next::NeedsYou(findings) = next(&synced(&[("Amount", Value::Null)]), None, None) else { panic!("must not create") };
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["amount.missing"]);
}

#[test]
fn a_warning_stops_nothing() {
    assert!(matches!(next(&synced(&[("CloseDate", json!("2026-01-01"))]), None, None), Next::CreateOwn(_)));
}

#[test]
fn a_private_deal_is_one_referral_that_microsoft_does_not_see() {
    let Next::CreateOwn(document) = next(&synced(&[]), None, None) else { panic!("must create") };
    assert!(!document.consent.consent_to_share_referral_with_microsoft_sellers);
    assert_eq!(document.external_reference_id, "006Qy00000AbCdEIAV");
    assert_eq!(document.target, [Target::solution("SOL-20417-KXD")]);
    assert_eq!(next(&synced(&[]), Some(&own(false)), None), Next::InStep);
}

#[test]
fn a_partner_led_deal_is_one_referral_that_microsoft_sees() {
    let fields = synced(&[(field::VISIBLE, json!(true))]);
    let Next::CreateOwn(document) = next(&fields, None, None) else { panic!("must create") };
    assert!(document.consent.consent_to_share_referral_with_microsoft_sellers);
    assert_eq!(next(&fields, Some(&own(true)), None), Next::InStep);
}

#[test]
fn a_co_sell_deal_is_two_referrals_of_one_engagement() {
    assert!(matches!(next(&co_sell(), None, None), Next::CreateOwn(_)));
    let Next::CreateMicrosoft(document) = next(&co_sell(), Some(&own(true)), None) else { panic!("must ask Microsoft") };
    assert_eq!(document.engagement_id.as_deref(), Some("eeee"));
    assert_eq!(document.target, [Target::microsoft()]);
    assert_eq!(document.invite_context.assistance_request_code, "ProofOfConceptOrDemo");
    assert_eq!(next(&co_sell(), Some(&own(true)), Some(&microsoft("New", "Pending"))), Next::InStep);
}

#[test]
fn a_private_deal_that_asks_for_help_is_shown_first_and_asked_then() {
    let Next::ShowToMicrosoft(patch) = next(&co_sell(), Some(&own(false)), None) else { panic!("must show") };
    assert_eq!(
        serde_json::to_value(&patch).unwrap(),
        json!([{ "op": "replace", "path": "/consent/consentToShareReferralWithMicrosoftSellers", "value": true }])
    );
    assert!(matches!(next(&co_sell(), Some(&own(true)), None), Next::CreateMicrosoft(_)));
}

#[test]
fn microsoft_is_asked_once_whatever_it_answered() {
    for (status, substatus) in [("New", "Pending"), ("Active", "Accepted"), ("Closed", "Declined"), ("Closed", "Expired")] {
        assert_eq!(next(&co_sell(), Some(&own(true)), Some(&microsoft(status, substatus))), Next::InStep, "{substatus}");
    }
}

#[test]
fn nothing_is_asked_through_a_closed_referral() {
    let closed = Referral { status: "Closed".into(), substatus: "Lost".into(), ..own(false) };
    assert_eq!(next(&co_sell(), Some(&closed), None), Next::InStep);
}

#[test]
fn a_shared_deal_that_later_lacks_something_stays_shared() {
    assert_eq!(next(&synced(&[("Amount", Value::Null)]), Some(&own(false)), None), Next::InStep);
}

#[test]
fn visibility_taken_back_is_said_and_not_done() {
    let Next::NeedsYou(findings) = next(&synced(&[]), Some(&own(true)), None) else { panic!("must be said") };
    assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["visibility.withdrawn"]);
}

#[test]
fn ours_is_found_by_its_identifier_and_else_by_the_opportunity() {
    let opportunity = common::opportunity(&[]);
    let stranger = Referral { id: "cccc".into(), external_reference_id: Some("006Qy00000OtherAAA".into()), ..own(true) };
    let all = [stranger, microsoft("New", "Pending"), own(true)];
    let ids = |(own, microsoft): (Option<&Referral>, Option<&Referral>)| {
        (own.map(|it| it.id.clone()), microsoft.map(|it| it.id.clone()))
    };
    assert_eq!(
        ids(plan::sort_out(&all, &opportunity, Known { own: Some("CCCC"), microsoft: None })),
        (Some("cccc".into()), Some("bbbb".into()))
    );
    assert_eq!(ids(plan::sort_out(&all, &opportunity, Known::default())), (Some("aaaa".into()), Some("bbbb".into())));
    assert_eq!(ids(plan::sort_out(&[], &opportunity, Known::default())), (None, None));
}

#[test]
fn microsofts_is_known_by_its_identifier_its_target_or_its_organization() {
    let silent =
        Referral { target: Vec::new(), external_reference_id: Some("006Qy00000AbCdEIAV".into()), ..microsoft("New", "Pending") };
    let by_organization = Referral { organization_id: Some("MSFT".into()), ..silent.clone() };
    let sibling = |it: Referral, known: Option<&str>| {
        let all = [own(true), it];
        let (own, microsoft) = plan::sort_out(&all, &common::opportunity(&[]), Known { own: Some("aaaa"), microsoft: known });
        (own.map(|it| it.id.clone()), microsoft.map(|it| it.id.clone()))
    };
    let both = (Some("aaaa".to_owned()), Some("bbbb".to_owned()));
    assert_eq!(sibling(microsoft("New", "Pending"), None), both);
    assert_eq!(sibling(by_organization, None), both);
    assert_eq!(sibling(silent.clone(), Some("bbbb")), both);
    assert_eq!(sibling(silent, None), (Some("aaaa".into()), None), "nothing says that it is Microsoft's");
}

#[test]
fn of_several_microsoft_referrals_the_living_one_counts() {
    let dead = Referral { created_date_time: Some("2026-12-01T00:00:00Z".into()), ..microsoft("Closed", "Declined") };
    let alive =
        Referral { id: "dddd".into(), created_date_time: Some("2026-11-01T00:00:00Z".into()), ..microsoft("New", "Pending") };
    let all = [dead, alive];
    let (_, found) = plan::sort_out(&all, &common::opportunity(&[]), Known::default());
    assert_eq!(found.map(|referral| referral.id.as_str()), Some("dddd"));
}
