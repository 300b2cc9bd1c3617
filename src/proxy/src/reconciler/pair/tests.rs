//! What a seller is told, from records and links as cases.

use serde_json::json;
use time::macros::datetime;

use super::*;
use crate::store::Reason;

fn link(state: State, reason: Option<(&str, Option<OffsetDateTime>)>) -> Link {
    Link {
        language: "en".into(),
        own_attempt: None,
        referral_id: None,
        engagement_id: None,
        microsoft_attempt: None,
        microsoft_referral_id: None,
        base: None,
        held: None,
        told: Vec::new(),
        state,
        reason: reason.map(|(code, until)| Reason { code: code.into(), detail: String::new(), until }),
    }
}

fn pair(record: &Value, link: Option<&Link>, locale: &str) -> Value {
    pair_seen(record, link, None, locale)
}

fn pair_seen(record: &Value, link: Option<&Link>, seen: Option<&Seen>, locale: &str) -> Value {
    let key = SalesforceId::parse("006Qy00000AbCdE").unwrap();
    let settings = Settings { locale: locale.into(), ..Settings::default() };
    let sources = Sources { kept: kept(&key, link, locale), record, settings: &settings, seen };
    serde_json::to_value(PairState::of(&sources).unwrap()).unwrap()
}

fn kept<'a>(key: &'a SalesforceId, link: Option<&'a Link>, locale: &'a str) -> Kept<'a> {
    let (pending_since, noticed, due_at) = (None, None, None);
    let (link_template, now) = ("https://partner.example/{id}", datetime!(2026-11-22 14:00 UTC));
    Kept { key, link, pending_since, noticed, due_at, locale, link_template, now }
}

#[test]
fn a_deal_that_nobody_shared_has_a_state_and_nothing_else() {
    let pair = pair(&json!({ "Id": "006Qy00000AbCdEIAV" }), None, "en");
    assert_eq!(pair["state"], "notShared");
    for absent in
        ["reason", "dealType", "referralId", "referralLink", "engagementId", "microsoftReferralId", "microsoft", "held", "facts"]
    {
        assert!(pair[absent].is_null(), "{absent}: {pair}");
    }
}

#[test]
fn a_pair_that_is_not_in_step_says_since_when_and_until_when() {
    let key = SalesforceId::parse("006Qy00000AbCdE").unwrap();
    let waiting = link(State::Waiting, Some(("partner-center.throttled", Some(datetime!(2026-11-22 14:00:57.9 UTC)))));
    let pending_since = Some(datetime!(2026-11-22 14:30:00.5 +1));
    let due_at = Some(datetime!(2026-11-22 14:09 UTC));
    let pair = Kept { pending_since, due_at, ..kept(&key, Some(&waiting), "en") }.pair().unwrap();
    assert_eq!(pair.pending_since.as_deref(), Some("2026-11-22T13:30:00Z"));
    assert_eq!(pair.waiting_until.as_deref(), Some("2026-11-22T14:09:00Z"));
    assert_eq!(pair.reason.unwrap().until.as_deref(), Some("2026-11-22T14:00:57Z"));
}

#[test]
fn without_a_link_the_record_tells() {
    let record = json!({
        "Id": "006Qy00000AbCdEIAV", "Referral_Identifier__c": "r", "Engagement_Identifier__c": "e", "Cosell_State__c": "Waiting",
        "Cosell_State_Reason__c": "Wait.", "Microsoft_Status__c": "New / Pending", "Microsoft_Answer_Due__c": "2026-12-06T14:01:00.000+0000"
    });
    let pair = pair(&record, None, "en");
    assert_eq!(pair["state"], "waiting");
    assert_eq!(pair["reason"]["message"], "Wait.");
    assert_eq!((&pair["referralId"], &pair["referralLink"]), (&json!("r"), &json!("https://partner.example/r")));
    assert_eq!(pair["microsoft"], json!({ "status": "New", "substatus": "Pending", "answerDue": "2026-12-06T14:01:00Z" }));
}

#[test]
fn what_partner_center_was_just_seen_to_hold_is_told_as_facts_that_the_rules_read() {
    let referral = |document: Value| Some(Referral::try_from(document).unwrap());
    let own = referral(json!({
        "id": "r", "status": "Active", "substatus": "Accepted", "direction": "Outgoing", "salesStage": "Qualify",
        "createdDateTime": "2026-11-22T14:01:00.1234567Z", "consent": { "consentToShareReferralWithMicrosoftSellers": true },
        "customerProfile": { "team": [{ "email": "ada@alder.example" }] }
    }));
    let microsoft = referral(json!({
        "id": "m", "status": "New", "substatus": "Pending", "expirationDateTime": "2026-12-06T14:01:00Z",
        "inviteContext": { "assistanceRequestCode": "ProofOfConceptOrDemo" }
    }));
    let record = json!({ "Id": "006Qy00000AbCdEIAV" });
    let whole = pair_seen(&record, None, Some(&Seen { own: own.clone(), microsoft, ..Seen::default() }), "en");
    let expected = json!({
        "sent.visible": "true", "sent.help": "ProofOfConceptOrDemo", "sent.contact": "ada@alder.example",
        "sent.own": "Active / Accepted", "sent.microsoft": "New / Pending", "sent.incoming": "false",
        "sent.created": "2026-11-22T14:01:00.000Z", "sent.due": "2026-12-06T14:01:00.000Z", "sent.salesStage": "Qualify"
    });
    assert_eq!(whole["facts"], expected);
    let told: Vec<_> = expected.as_object().unwrap().iter().map(|(name, text)| (name.as_str(), text.as_str().unwrap())).collect();
    assert!(cosell_rules::facts::Facts::of_pairs(told).unwrap().sent(None).is_some());
    let alone = pair_seen(&record, None, Some(&Seen { own, ..Seen::default() }), "en");
    for unknown in ["sent.help", "sent.contact", "sent.microsoft", "sent.due"] {
        assert!(alone["facts"][unknown].is_null(), "{unknown}");
    }
    assert!(pair_seen(&record, None, Some(&Seen::default()), "en")["facts"].is_null());
}

#[test]
fn a_reason_is_said_in_the_language_of_whoever_asks() {
    let until = datetime!(2026-11-22 14:01:30.5 UTC);
    let link = link(State::Waiting, Some(("partner-center.throttled", Some(until))));
    let record = json!({ "Id": "006Qy00000AbCdEIAV" });
    let (english, french) = (pair(&record, Some(&link), "en"), pair(&record, Some(&link), "fr"));
    assert_eq!(english["reason"]["until"], "2026-11-22T14:01:30Z");
    assert_ne!(english["reason"]["message"], french["reason"]["message"]);
    assert_eq!(english["reason"]["code"], french["reason"]["code"]);
}

#[test]
fn what_stood_in_the_way_is_told_as_the_deal_is_now() {
    let link = link(State::NeedsYou, Some((words::NOT_READY, None)));
    let empty = pair(&json!({ "Id": "006Qy00000AbCdEIAV" }), Some(&link), "en");
    assert_eq!((&empty["state"], &empty["reason"]["code"]), (&json!("needsYou"), &json!("deal.not-ready")));
    let first = empty["findings"][0]["message"].as_str().unwrap();
    assert!(empty["reason"]["message"].as_str().unwrap().contains(first), "{empty}");
}

#[test]
fn the_store_tells_alone_what_the_record_does_not_know_better() {
    let key = SalesforceId::parse("006Qy00000AbCdE").unwrap();
    let cases = [
        (State::InStep, None, true),
        (State::InStep, Some("apart.products"), true),
        (State::Waiting, Some("partner-center.throttled"), true),
        (State::NeedsYou, Some("partner-center.refused"), true),
        (State::Broken, Some("salesforce.gone"), true),
        // Nobody has shared it, or it may have been mended since.
        (State::NotShared, None, false),
        (State::NeedsYou, Some(words::NOT_READY), false),
    ];
    for (state, code, expected) in cases {
        let known = link(state, code.map(|code| (code, None)));
        let pair = kept(&key, Some(&known), "en").pair();
        assert_eq!(pair.is_some(), expected, "{state:?} {code:?}");
        if let Some(pair) = pair {
            assert_eq!((pair.state, pair.reason.as_ref().map(|reason| reason.code.as_str())), (state, code));
        }
    }
    assert!(kept(&key, None, "en").pair().is_none());
}

#[test]
fn times_of_both_sides_come_out_in_one_form() {
    let cases = [
        ("2026-12-06T14:01:00.1234567Z", Some("2026-12-06T14:01:00Z")),
        ("2026-12-06T14:01:00.000+0000", Some("2026-12-06T14:01:00Z")),
        ("2026-12-06T14:01:00Z", Some("2026-12-06T14:01:00Z")),
        ("2026-12-06T15:01:00+01:00", Some("2026-12-06T14:01:00Z")),
        ("soon", None),
    ];
    for (text, expected) in cases {
        assert_eq!(utc(text).as_deref(), expected, "{text}");
    }
}
