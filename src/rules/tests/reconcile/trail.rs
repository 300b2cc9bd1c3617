//! What goes back to the record, and the trail on it.

use cosell_rules::{
    lifecycle::Standing,
    moment,
    reconcile::{Closing, Entry, State, record_update},
    salesforce::field,
};
use serde_json::{Map, Value, json};

use crate::{examples::incoming, world::World};

fn update(record: &Value, state: State, reason: &str, trail: &[&str]) -> Map<String, Value> {
    let trail: Vec<String> = trail.iter().map(|line| (*line).to_owned()).collect();
    let now = moment::parse_moment("2026-11-22T14:01:09Z").unwrap();
    record_update(record, &[], &Closing { state, reason, trail: &trail, now })
}

fn apply(record: &mut Value, changes: Map<String, Value>) {
    record.as_object_mut().unwrap().extend(changes);
}

#[test]
fn a_shared_co_sell_deal_gets_identifiers_states_and_its_trail() {
    let mut world = World::new().with(&[(field::HELP, json!("ProofOfConceptOrDemo")), (field::VISIBLE, json!(true))]);
    let before = world.record.clone();
    world.run();
    let is_new = |(name, value): &(&String, &Value)| before.get(name.as_str()) != Some(value);
    let changed: Map<String, Value> =
        world.record.as_object().unwrap().iter().filter(is_new).map(|(name, value)| (name.clone(), value.clone())).collect();
    assert_eq!(
        Value::Object(changed),
        json!({
            field::REFERRAL_ID: "aaaa",
            field::REFERRAL_LINK: "https://partner.microsoft.com/referrals/v2/inbox?id=aaaa",
            field::ENGAGEMENT_ID: "eeee",
            field::REFERRAL_STATUS: "Active / Accepted",
            field::DEAL_TYPE: "CoSell",
            field::MICROSOFT_STATUS: "New / Pending",
            field::ANSWER_DUE: "2026-12-06T14:01:00.000Z",
            field::STATE: "InStep",
            field::AUDIT: "2026-11-22 14:01 UTC - audit.asked\n2026-11-22 14:01 UTC - audit.shared.co-sell"
        })
    );
    // Salesforce gives the same instant back in its own form.
    world.set(field::ANSWER_DUE, json!("2026-12-06T14:01:00.000+0000"));
    assert!(world.look().is_empty);
}

#[test]
fn a_private_deal_that_is_shown_and_then_asks_says_so_step_by_step() {
    let mut world = World::shared();
    world.set(field::VISIBLE, json!(true));
    world.run();
    world.set(field::HELP, json!("GeneralOrOther"));
    world.run();
    let keys: Vec<_> = world.audit.iter().map(Entry::key).collect();
    let wanted = ["audit.shared.private", "audit.sent", "audit.shared.partner-led", "audit.shared.co-sell", "audit.asked"];
    assert_eq!(keys, wanted);
}

#[test]
fn an_answer_that_came_before_the_record_knew_of_the_request_is_told_with_it() {
    let mut world = World::new().with(&[(field::HELP, json!("ProofOfConceptOrDemo")), (field::VISIBLE, json!(true))]);
    world.run();
    // The write that told the record of Microsoft's part was lost, and Microsoft has answered since.
    world.set(field::MICROSOFT_STATUS, Value::Null);
    world.audit.clear();
    world.microsoft.as_mut().unwrap()["status"] = json!("Active");
    world.microsoft.as_mut().unwrap()["substatus"] = json!("Accepted");
    world.run();
    let keys: Vec<_> = world.audit.iter().map(Entry::key).collect();
    assert_eq!(keys, ["audit.asked", "audit.answered.accepted"]);
}

#[test]
fn what_a_seller_answered_is_not_told_as_found_and_what_somebody_else_did_is() {
    let cases = [
        ("Closed", "Declined", Standing::DECLINED, "audit.found.declined"),
        ("Active", "Accepted", Standing::ACCEPTED, "audit.found.accepted"),
    ];
    for (status, substatus, standing, found) in cases {
        for (answered, wanted) in [(Some(standing), vec![]), (None, vec![found]), (Some(Standing::LOST), vec![found])] {
            let mut world = incoming();
            world.put("/status", status.into());
            world.put("/substatus", substatus.into());
            world.answered = answered;
            world.audit.clear();
            world.run();
            let keys: Vec<_> = world.audit.iter().map(Entry::key).filter(|key| key.starts_with("audit.found")).collect();
            assert_eq!(keys, wanted, "{standing} {answered:?}");
        }
    }
}

#[test]
fn that_a_deal_was_moved_is_not_told_as_a_stage_that_was_sent() {
    let mut world = World::shared().with(&[("StageName", json!("Closed Won")), ("Description", json!("Done."))]);
    world.audit.clear();
    world.run();
    assert_eq!(world.held("/salesStage"), "Close", "it is sent all the same");
    let won = Entry::Moved { to: Standing::WON, reason: String::new() };
    assert_eq!(world.audit, [Entry::Sent { fields: vec!["notes".into()] }, won]);
    let mut world = World::shared().with(&[("StageName", json!("Proposal/Price Quote"))]);
    world.audit.clear();
    world.run();
    assert_eq!(world.audit, [Entry::Sent { fields: vec!["stage".into()] }]);
}

#[test]
fn the_same_trouble_is_told_once_and_its_end_is_written() {
    let mut record = World::new().record;
    let first = update(&record, State::Waiting, "Partner Center can’t be reached.", &[]);
    assert_eq!(first[field::AUDIT], "2026-11-22 14:01 UTC - Partner Center can’t be reached.");
    apply(&mut record, first);
    assert_eq!(update(&record, State::Waiting, "Partner Center can’t be reached.", &[]), Map::new());
    let end = update(&record, State::InStep, "", &[]);
    assert_eq!(end, Map::from_iter([(field::STATE.to_owned(), json!("InStep")), (field::STATE_REASON.to_owned(), Value::Null)]));
}

#[test]
fn the_newest_entry_stands_first_and_each_on_one_line() {
    let mut record = World::new().record;
    for line in ["first", "second\r\nline"] {
        let changes = update(&record, State::InStep, "", &[line]);
        apply(&mut record, changes);
    }
    assert_eq!(record[field::AUDIT], "2026-11-22 14:01 UTC - second  line\n2026-11-22 14:01 UTC - first");
}

#[test]
fn a_full_trail_drops_its_oldest_entries_whole() {
    let line = format!("2026-01-01 00:00 UTC - {}", "é".repeat(1000));
    let mut record = World::new().record;
    record[field::AUDIT] = vec![line.as_str(); 127].join("\n").into();
    let changes = update(&record, State::InStep, "", &["new"]);
    let trail = changes[field::AUDIT].as_str().unwrap();
    assert!(trail.encode_utf16().count() <= 131_072);
    assert!(trail.starts_with("2026-11-22 14:01 UTC - new"));
    assert!(trail.lines().count() > 100 && trail.lines().skip(1).all(|kept| kept == line), "an entry was cut");
}

#[test]
fn a_reason_longer_than_its_field_is_shortened_and_kept_whole_in_the_trail() {
    let reason = "🙂".repeat(200);
    let changes = update(&World::new().record, State::Broken, &reason, &[]);
    let short = changes[field::STATE_REASON].as_str().unwrap();
    assert!(short.ends_with('…') && short.encode_utf16().count() <= 255);
    assert!(changes[field::AUDIT].as_str().unwrap().contains(&reason));
}
