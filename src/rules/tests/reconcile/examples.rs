//! Plans of deals as they happen, one by one.

use cosell_rules::{
    decimal::Decimal,
    finding::Param,
    map::Winner,
    reconcile::{Entry, Known, Observed, State, sort_out},
    referral::Referral,
    salesforce::{self, Record, field},
};
use serde_json::{Value, json};

use crate::world::{LINK, World};

const SHOW: &str = "/consent/consentToShareReferralWithMicrosoftSellers";

/// The operations of the first request, as `path = value`.
pub(crate) fn patch(world: &World) -> Vec<String> {
    let actions = world.look().actions;
    let operations = actions.first().and_then(|action| action["patch"].as_array()).cloned().unwrap_or_default();
    operations.iter().map(|it| format!("{} = {}", it["path"].as_str().unwrap(), it["value"])).collect()
}

/// The kinds of the requests: `own`, `microsoft`, `patch`.
fn kinds(world: &World) -> Vec<&'static str> {
    let kind = |action: &Value| ["own", "microsoft", "patch"].into_iter().find(|kind| action.get(kind).is_some()).unwrap();
    world.look().actions.iter().map(kind).collect()
}

pub(crate) fn keys(world: &World) -> Vec<&'static str> {
    world.look().entries.iter().map(Entry::key).collect()
}

/// A referral that came to us and waits for an answer, its opportunity on hold.
pub(crate) fn incoming() -> World {
    let mut world = World::shared();
    for (path, value) in [("/direction", "Incoming"), ("/status", "New"), ("/substatus", "Received")] {
        world.put(path, value.into());
    }
    world.base = None;
    world.run();
    assert_eq!(world.record["StageName"], "On Hold");
    world
}

#[test]
fn what_is_created_follows_from_what_is_there() {
    let cases: [(&str, World, Vec<&str>, State); 9] = [
        ("not chosen", World::new().with(&[(field::SYNC, json!(false))]), vec![], State::NotShared),
        ("on hold", World::new().with(&[("StageName", json!("On Hold"))]), vec![], State::NotShared),
        ("unfinished", World::new().with(&[("Amount", Value::Null)]), vec![], State::NeedsYou),
        ("private", World::new(), vec!["own"], State::InStep),
        ("co-sell, not begun", World::new().asking(), vec!["own"], State::InStep),
        ("private and shared", World::shared(), vec![], State::InStep),
        ("private, now shown", World::shared().with(&[(field::VISIBLE, json!(true))]), vec!["patch"], State::InStep),
        ("private, now asking", World::shared().asking(), vec!["patch", "microsoft"], State::InStep),
        ("asking, unfinished", World::shared().asking().with(&[("Amount", json!(0))]), vec![], State::NeedsYou),
    ];
    for (says, world, wanted, state) in cases {
        assert_eq!((kinds(&world), world.look().state), (wanted, state), "{says}");
    }
}

#[test]
fn an_unfinished_deal_says_what_is_missing() {
    assert_eq!(World::new().with(&[("Amount", Value::Null)]).look().codes, ["amount.missing"]);
}

#[test]
fn only_what_changed_is_sent() {
    let cases: [(&str, Value, Vec<&str>); 10] = [
        ("Amount", json!(92000.5), vec!["/details/dealValue = 92000.5"]),
        ("Amount", json!("84000.00"), vec![]),
        ("Description", Value::Null, vec!["/details/notes = \"\""]),
        ("Description", json!("Moves the gauges' data to Azure.\r\n"), vec![]),
        ("CloseDate", json!("2027-04-01"), vec!["/details/closingDateTime = \"2027-04-01T00:00:00Z\""]),
        ("Campaign_Code__c", json!("T7"), vec!["/campaignId = \"T7\""]),
        (field::VISIBLE, json!(true), vec!["/consent/consentToShareReferralWithMicrosoftSellers = true"]),
        ("StageName", json!("Needs Analysis"), vec!["/salesStage = \"Develop\""]),
        ("Name", json!("Other name"), vec![]),
        ("Priority__c", json!(true), vec![]),
    ];
    for (name, value, wanted) in cases {
        let world = World::shared().with(&[(name, value.clone())]);
        assert_eq!(patch(&world), wanted, "{name} = {value}");
    }
    let world = World::shared().with(&[("Amount", json!(1)), ("CloseDate", json!("2027-04-01"))]);
    assert_eq!(patch(&world).len(), 2, "one request carries all changes");
    assert_eq!(world.look().actions[0]["ifMatch"], *world.held("/eTag"));
}

#[test]
fn what_changed_in_partner_center_comes_back() {
    let cases = [
        ("/details/dealValue", json!("92000.50"), "Amount", json!(92000.5)),
        ("/details/closingDateTime", json!("2027-04-01T22:00:00.1234567Z"), "CloseDate", json!("2027-04-01")),
        ("/details/notes", json!(""), "Description", Value::Null),
        ("/details/currency", json!("USD"), "CurrencyIsoCode", json!("USD")),
        ("/name", json!("Renamed"), "Name", json!("Renamed")),
        ("/campaignId", json!("T8"), "Campaign_Code__c", json!("T8")),
        ("/referralProgram", json!("Azure"), "Program__c", json!("Azure")),
        (SHOW, json!(true), field::VISIBLE, json!(true)),
    ];
    for (path, value, name, wanted) in cases {
        let mut world = World::shared();
        world.put(path, value);
        let look = world.look();
        assert_eq!(look.actions, Vec::<Value>::new(), "{path}");
        assert_eq!(look.salesforce[name].to_string(), wanted.to_string(), "{path}");
    }
}

#[test]
fn what_partner_center_does_not_say_changes_nothing() {
    for path in ["/details/dealValue", "/details/closingDateTime", "/details/currency", "/name"] {
        let mut world = World::shared();
        world.put(path, Value::Null);
        world.run();
        assert_eq!(world.look().salesforce, json!({}), "{path} is null");
        assert_eq!(world.record["Amount"].to_string(), "84000.0");
    }
    let mut world = World::shared();
    world.own.as_mut().unwrap()["details"].as_object_mut().unwrap().remove("notes");
    assert!(world.look().is_empty, "left out is not emptied");
}

#[test]
fn an_org_with_one_currency_has_no_field_to_write_it_to() {
    let mut world = World::new();
    world.record.as_object_mut().unwrap().remove("CurrencyIsoCode");
    world.run();
    assert_eq!(world.held("/details/currency"), "EUR");
    world.put("/details/currency", "USD".into());
    assert!(world.look().is_empty);
}

#[test]
fn on_both_sides_changed_the_row_says_whose_value_stands_and_the_trail_names_the_other() {
    let mut world = World::shared().with(&[("Amount", json!(92000))]);
    world.put("/details/dealValue", json!(70000));
    assert_eq!(patch(&world), ["/details/dealValue = 92000"]);
    assert_eq!(keys(&world), ["audit.sent", "audit.overruled.salesforce"]);
    let amount = |digits: &str| Param::from(digits.parse::<Decimal>().unwrap());
    let wanted = vec![("field", Param::Fields(vec!["amount"])), ("kept", amount("92000")), ("lost", amount("70000"))];
    assert_eq!(world.look().entries[1].params(), wanted);

    world.settings.mapping[0].winner = Winner::PartnerCenter;
    world.run();
    world.set("Campaign_Code__c", json!("OURS"));
    world.put("/campaignId", json!("THEIRS"));
    assert_eq!(world.look().salesforce, json!({ "Campaign_Code__c": "THEIRS" }));
    assert_eq!(keys(&world), ["audit.received", "audit.overruled.partner-center"]);
}

#[test]
fn without_a_common_past_what_is_there_completes_what_is_blank() {
    let mut world = World::shared().with(&[("Description", Value::Null), ("Campaign_Code__c", json!("T7"))]);
    world.base = None;
    assert_eq!(patch(&world), ["/campaignId = \"T7\""]);
    assert_eq!(world.look().salesforce, json!({ "Description": "Moves the gauges' data to Azure." }));
    assert!(!keys(&world).iter().any(|key| key.starts_with("audit.overruled")), "nobody lost anything");
}

#[test]
fn a_team_is_merged_member_by_member_and_what_we_do_not_know_of_a_member_stays() {
    let theirs = json!({ "firstName": "Bo", "lastName": "Berg", "email": "Bo@partner.example", "phoneNumber": "1", "contactPreference": { "locale": "de" } });
    let ours =
        json!({ "User": { "Id": "005B", "FirstName": "Cy", "LastName": "Dahl", "Email": "cy@partner.example", "Phone": "2" } });
    let mut world = World::shared();
    let owner = world.held("/team/0").clone();
    world.put("/team", json!([owner, theirs]));
    assert!(world.look().is_empty, "who was added there stays there");
    world.set("OpportunityTeamMembers", json!({ "records": [ours] }));
    world.run();
    let added = json!({ "firstName": "Cy", "lastName": "Dahl", "phoneNumber": "2", "email": "cy@partner.example" });
    assert_eq!(world.held("/team"), &json!([owner, theirs, added]));
    world.set("OpportunityTeamMembers", Value::Null);
    world.run();
    assert_eq!(world.held("/team"), &json!([owner, theirs]), "who was taken out of the team is taken out there");
}

#[test]
fn of_a_member_whom_both_sides_changed_the_trail_names_who_was_overruled() {
    let mut world = World::shared();
    world.record["Owner"]["Phone"] = json!("+46 8 1");
    world.put("/team/0/phoneNumber", "+46 8 2".into());
    assert_eq!(keys(&world), ["audit.sent", "audit.overruled.salesforce"]);
    world.run();
    assert_eq!(world.held("/team/0/phoneNumber"), &json!("+46 8 1"));
}

#[test]
fn the_contact_can_be_changed_until_microsoft_is_asked() {
    let other = json!({ "records": [{ "Contact": { "Id": "003B", "FirstName": "Bo", "LastName": "Sand", "Email": "bo@y.example", "Phone": "1" } }] });
    let mut world = World::shared().with(&[("OpportunityContactRoles", other)]);
    assert_eq!(kinds(&world), ["patch"]);
    world.microsoft = Some(json!({ "id": "bbbb", "status": "New", "substatus": "Pending" }));
    assert!(patch(&world).iter().all(|operation| !operation.contains("customerProfile")));
}

#[test]
fn visibility_that_was_taken_back_is_given_back() {
    let mut world = World::new().with(&[(field::VISIBLE, json!(true))]);
    world.run();
    world.set(field::VISIBLE, json!(false));
    let look = world.look();
    assert_eq!((look.actions.len(), &look.salesforce), (0, &json!({ field::VISIBLE: true })));
    assert_eq!(keys(&world), ["audit.received", "audit.stays-visible"]);
    // Also of a deal that asks for help, which is visible whatever the box says.
    let mut world = World::new().asking();
    world.run();
    world.set(field::VISIBLE, json!(false));
    assert_eq!((world.look().state, world.look().salesforce), (State::InStep, json!({ field::VISIBLE: true })));
}

#[test]
fn the_page_hears_what_its_edits_are_compared_with() {
    let mut world = World::shared();
    let owner = world.held("/team/0").clone();
    world.put("/details/dealValue", json!("84000.0"));
    world.put("/team", json!([owner, { "email": "bo@partner.example" }]));
    let held = |path: &str| world.draft(|draft| draft.held().find(|(known, _)| *known == path).map(|(_, text)| text.to_owned()));
    assert_eq!(held("/details/dealValue").as_deref(), Some("84000"));
    assert_eq!(held("/salesStage").as_deref(), Some("Qualify"));
    // Who was added there was not taken out here.
    assert_eq!(held("/team").as_deref(), Some("jo@partner.example\tJo\tLindqvist\t+46 8 555 0100"));
    assert_eq!((held("/name"), held("/status")), (None, None), "what no update sends");
}

#[test]
fn sales_stages_are_compared_however_they_are_written() {
    for (held, percent, is_same) in
        [("Qualify", false, true), ("20", false, true), ("10%", false, true), ("qualify", true, true), ("40", false, false)]
    {
        let mut world = World::shared();
        world.settings.sales_stage_percent = percent;
        world.base = None;
        world.put("/salesStage", held.into());
        assert_eq!(patch(&world).is_empty(), is_same, "{held}");
    }
}

#[test]
fn what_a_rule_blocks_waits_and_the_rest_goes() {
    let world = World::shared().with(&[("Amount", json!(-5)), ("Description", json!("New notes"))]);
    let look = world.look();
    assert_eq!(patch(&world), ["/details/notes = \"New notes\""]);
    assert_eq!((look.state, look.codes), (State::NeedsYou, vec!["amount.negative"]));
}

#[test]
fn a_rule_about_what_does_not_change_stops_nothing() {
    let mut world = World::shared();
    world.set("Amount", json!(0));
    world.put("/details/dealValue", json!(0));
    assert_eq!((world.look().state, world.look().is_empty), (State::InStep, true));
}

#[test]
fn a_deal_that_is_no_longer_synced_is_left_as_it_is() {
    let world = World::shared().with(&[(field::SYNC, json!(false)), ("Amount", json!(1))]);
    assert!(world.look().is_empty);
}

#[test]
fn a_stage_moves_status_and_substatus_together() {
    let reason = ("Loss_Reason__c", json!("Customer chose another vendor"));
    let won = World::shared().with(&[("StageName", json!("Closed Won"))]);
    assert_eq!(patch(&won), ["/salesStage = \"Close\"", "/status = \"Closed\"", "/substatus = \"Won\""]);
    assert!(keys(&won).contains(&"audit.moved.won"));
    let lost = World::shared().with(&[("StageName", json!("Closed Lost")), reason.clone()]);
    let operations = ["/status = \"Closed\"", "/substatus = \"Lost\"", "/statusReason = \"Customer chose another vendor\""];
    assert_eq!(patch(&lost), operations);
    // Leaving the on-hold stage answers.
    let accepted = incoming().with(&[("StageName", json!("Qualification"))]);
    assert_eq!(patch(&accepted), ["/status = \"Active\"", "/substatus = \"Accepted\""]);
    assert_eq!(keys(&accepted), ["audit.moved.accepted"]);
    let declined = incoming().with(&[("StageName", json!("Closed Lost")), reason]);
    assert_eq!(patch(&declined)[..2], ["/status = \"Closed\"", "/substatus = \"Declined\""]);
}

#[test]
fn on_hold_nothing_is_sent_and_everything_is_received() {
    let mut world = incoming().with(&[("Amount", json!(1)), (field::HELP, json!("GeneralOrOther"))]);
    world.put("/details/notes", json!("From Microsoft"));
    let look = world.look();
    assert_eq!(look.actions, Vec::<Value>::new());
    assert_eq!(look.salesforce["Description"], "From Microsoft");
    world.run();
    world.set("StageName", json!("Qualification"));
    assert!(patch(&world).contains(&"/details/dealValue = 1".to_owned()), "what was edited meanwhile goes with the answer");
}

#[test]
fn a_deal_that_the_seller_puts_on_hold_is_not_sent() {
    let world = World::shared().asking().with(&[("StageName", json!("On Hold")), ("Amount", json!(1))]);
    assert_eq!((world.look().actions, world.look().state), (vec![], State::InStep));
}

#[test]
fn a_request_for_help_waits_for_the_seller_to_show_the_deal() {
    let mut world = World::shared().with(&[(field::HELP, json!("GeneralOrOther")), ("Amount", json!(1))]);
    assert_eq!(patch(&world), ["/details/dealValue = 1"]);
    assert!(world.look().codes.contains(&"visibility.required"));
    world.set(field::VISIBLE, json!(true));
    assert_eq!(kinds(&world), ["patch", "microsoft"]);
}

#[test]
fn what_comes_from_partner_center_mends_what_a_rule_would_block() {
    let mut world = World::new().with(&[(field::VISIBLE, json!(true))]);
    world.run();
    world.set(field::VISIBLE, json!(false));
    world.set(field::HELP, json!("GeneralOrOther"));
    assert_eq!((kinds(&world), world.look().state), (vec!["microsoft"], State::InStep));
    let mut world = World::shared().with(&[("Amount", Value::Null)]);
    world.base = None;
    assert_eq!((world.look().state, world.look().codes), (State::InStep, vec![]));
}

#[test]
fn what_was_edited_on_hold_is_sent_once_partner_center_has_accepted() {
    let mut world = incoming().with(&[("Amount", json!(7))]);
    world.put("/status", "Active".into());
    world.put("/substatus", "Accepted".into());
    world.run();
    assert_eq!((&world.record["StageName"], world.held("/details/dealValue")), (&json!("Qualification"), &json!(7)));
}

#[test]
fn a_stage_that_nobody_put_on_hold_does_not_accept() {
    let mut world = World::shared();
    for (path, value) in [("/direction", "Incoming"), ("/status", "New"), ("/substatus", "Pending")] {
        world.put(path, value.into());
    }
    world.base = None;
    assert_eq!(world.look().actions, Vec::<Value>::new());
    assert_eq!(world.look().salesforce["StageName"], "On Hold");
}

#[test]
fn accepted_in_partner_center_the_deal_leaves_the_on_hold_stage() {
    let mut world = incoming();
    world.put("/status", "Active".into());
    world.put("/substatus", "Accepted".into());
    assert_eq!(world.look().salesforce["StageName"], "Qualification");
    world.run();
    world.set("StageName", json!("On Hold"));
    assert!(world.look().is_empty, "put on hold again by the seller it stays there");
}

#[test]
fn what_is_over_in_partner_center_is_over_in_salesforce() {
    let cases = [
        ("Won", "Closed Won", "audit.found.won"),
        ("Lost", "Closed Lost", "audit.found.lost"),
        ("Expired", "Closed Lost", "audit.found.expired"),
    ];
    for (substatus, stage, key) in cases {
        for meanwhile in ["Qualification", "Closed Won", "Closed Lost"] {
            let mut world = World::shared().with(&[("StageName", json!(meanwhile)), ("Amount", json!(5))]);
            world.put("/status", "Closed".into());
            world.put("/substatus", substatus.into());
            world.put("/statusReason", "Because.".into());
            assert_eq!(world.look().actions, Vec::<Value>::new(), "{substatus}: a closed referral is never patched");
            let told = if meanwhile == "Qualification" { key } else { "audit.overruled.partner-center" };
            assert_eq!(keys(&world).contains(&told), meanwhile != stage, "{substatus} {meanwhile}");
            world.run();
            assert_eq!(world.record["StageName"], stage);
            // Nothing can be changed there any more; what a seller does with the deal afterwards is the seller's business.
            world.set("StageName", json!("Qualification"));
            world.run();
            assert_eq!(world.record["StageName"], "Qualification");
        }
    }
}

#[test]
fn microsoft_is_asked_with_the_values_that_will_stand() {
    let mut world = World::shared().asking();
    world.put("/details/dealValue", json!(123));
    world.put(SHOW, json!(true));
    assert_eq!(world.look().actions[0]["microsoft"]["details"]["dealValue"], 123);
}

#[test]
fn ours_and_microsofts_are_told_apart() {
    let referral = |value: Value| Referral::try_from(value).unwrap();
    let own = referral(
        json!({ "id": "aaaa", "externalReferenceId": "006Qy00000AbCdEIAV", "target": [{ "type": "SolutionProfile", "id": "SOL" }] }),
    );
    let stranger = referral(json!({ "id": "cccc", "externalReferenceId": "006Qy00000OtherAAA", "status": null }));
    let microsoft =
        referral(json!({ "id": "bbbb", "status": "New", "target": [{ "type": "BusinessProfileLocation", "id": "msft" }] }));
    let by_organization =
        referral(json!({ "id": "bbbb", "organizationId": "MSFT", "externalReferenceId": "006Qy00000AbCdEIAV" }));
    let silent = referral(json!({ "id": "bbbb", "externalReferenceId": "006Qy00000AbCdEIAV" }));
    let dead = referral(
        json!({ "id": "dddd", "status": "Closed", "createdDateTime": "2026-12-01T00:00:00Z", "target": [{ "id": "msft" }] }),
    );
    let deader = referral(
        json!({ "id": "ffff", "status": "Closed", "createdDateTime": "2026-11-01T00:00:00Z", "target": [{ "id": "msft" }] }),
    );
    let known = |own, microsoft| Known { own, microsoft };
    let cases = [
        ("nothing", vec![], known(None, None), (None, None)),
        ("by the opportunity's id", vec![&stranger, &microsoft, &own], known(None, None), (Some("aaaa"), Some("bbbb"))),
        ("by its own id", vec![&stranger, &microsoft, &own], known(Some("CCCC"), None), (Some("cccc"), Some("bbbb"))),
        ("by its organisation", vec![&own, &by_organization], known(Some("aaaa"), None), (Some("aaaa"), Some("bbbb"))),
        ("known to be Microsoft's", vec![&own, &silent], known(Some("aaaa"), Some("bbbb")), (Some("aaaa"), Some("bbbb"))),
        ("unknown", vec![&own, &silent], known(Some("aaaa"), None), (Some("aaaa"), None)),
        ("the living one", vec![&dead, &microsoft], known(None, None), (None, Some("bbbb"))),
        ("else the newest", vec![&deader, &dead], known(None, None), (None, Some("dddd"))),
    ];
    let world = World::new();
    let record = Record::from_json(&world.record, &world.settings).unwrap();
    let opportunity = salesforce::read(&record, &world.settings).unwrap();
    for (says, referrals, known, wanted) in cases {
        let all: Vec<Referral> = referrals.into_iter().cloned().collect();
        let (own, microsoft) = sort_out(&all, &opportunity, known);
        assert_eq!((own.map(|it| it.id.as_str()), microsoft.map(|it| it.id.as_str())), wanted, "{says}");
    }
}

#[test]
fn the_rules_hear_what_partner_center_holds() {
    let mut world = World::new().asking();
    world.run();
    let record = Record::from_json(&world.record, &world.settings).unwrap();
    let opportunity = salesforce::read(&record, &world.settings).unwrap();
    let own = Referral::try_from(world.own.clone().unwrap()).unwrap();
    let microsoft = Referral::try_from(world.microsoft.clone().unwrap()).unwrap();
    let observed = Observed {
        opportunity: &opportunity,
        record: &world.record,
        own: Some(&own),
        microsoft: Some(&microsoft),
        base: None,
        answered: None,
        link_template: LINK,
    };
    let sent = observed.sent().unwrap();
    assert_eq!((sent.visible, sent.help, sent.contact), (true, Some("ProofOfConceptOrDemo"), Some("ada@wattenwerk.example")));
    assert_eq!(sent.microsoft.map(|standing| standing.to_string()).as_deref(), Some("New / Pending"));
    assert!(sent.due.is_some() && sent.created.is_some() && !sent.incoming);
    assert!(Observed { own: None, ..observed }.sent().is_none());
}
