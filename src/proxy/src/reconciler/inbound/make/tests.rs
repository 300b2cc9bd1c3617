//! What is made at once of a referral, by what the org has and by what Salesforce has refused before.

use std::sync::Arc;

use cosell_rules::settings::Settings;
use time::macros::datetime;

use super::*;
use crate::salesforce::Features;

const OPPORTUNITY_FIELDS: [&str; 3] = ["Amount", "CurrencyIsoCode", "Description"];

fn referral() -> Value {
    serde_json::from_str(include_str!("../../../../../rules/tests/cases/inbound.json")).unwrap()
}

/// The requests for a referral.
fn requests(referral: &Value, found: &Findings, amends: &Amends) -> Vec<Request> {
    let own = Referral::try_from(referral.clone()).unwrap();
    let settings = Settings { on_hold_stage: "On Hold".into(), ..Settings::default() };
    let account = ["BillingCountryCode", "BillingCountry"];
    let features = Arc::new(Features::of(OPPORTUNITY_FIELDS.into_iter(), account.into_iter(), true));
    let sight = Sight { referrals: vec![own.clone()], settings, features, now: datetime!(2026-11-22 14:00 UTC) };
    sight.intake(&own, "https://partner.example/{id}", |intake| batch(intake, found, amends)).requests
}

fn objects(requests: &[Request]) -> Vec<&str> {
    requests.iter().map(|request| request.object).collect()
}

fn named<'r>(requests: &'r [Request], name: &str) -> &'r Map<String, Value> {
    &requests.iter().find(|request| request.name == name).unwrap().fields
}

fn refused(code: &str, message: &str, fields: &[&str]) -> Refusal {
    let fields = fields.iter().map(|field| (*field).to_owned()).collect();
    SalesforceError::Refused { code: code.to_owned(), message: message.to_owned(), fields }.into()
}

fn duplicate(part: &str, object: &str, ids: &[&str]) -> Refusal {
    let duplicates = ids.iter().map(|id| (object.to_owned(), (*id).to_owned())).collect();
    Refusal { duplicates, part: part.to_owned(), ..refused("DUPLICATES_DETECTED", "Use one of these records?", &[]) }
}

#[test]
fn a_customer_whom_nobody_knows_is_made_with_the_deal_and_all_hangs_together() {
    let made = requests(&referral(), &Findings::default(), &Amends::default());
    assert_eq!(objects(&made), ["Account", "Contact", "Opportunity", "OpportunityContactRole", "Microsoft_Solution__c"]);
    assert_eq!(named(&made, "account")["BillingCountryCode"], "DE");
    assert_eq!(named(&made, "contact0")["AccountId"], "@{account.id}");
    let deal = named(&made, "opportunity");
    assert_eq!((&deal["AccountId"], &deal["StageName"], deal.get("OwnerId")), (&json!("@{account.id}"), &json!("On Hold"), None));
    let role = json!({ "OpportunityId": "@{opportunity.id}", "ContactId": "@{contact0.id}", "IsPrimary": true });
    assert_eq!(Value::Object(named(&made, "role0").clone()), role);
    assert_eq!(named(&made, "solution0")["Opportunity__c"], "@{opportunity.id}");
}

#[test]
fn who_is_in_the_org_already_is_not_made_again() {
    let found = Findings {
        account: Some("001A".into()),
        remarks: vec![Remark::AccountFound("Wattenwerk".into())],
        contacts: [("ada@wattenwerk.example".to_owned(), "003A".to_owned())].into(),
        users: [("jo@partner.example".to_owned(), "005A".to_owned())].into(),
    };
    let made = requests(&referral(), &found, &Amends::default());
    assert_eq!(objects(&made), ["Opportunity", "OpportunityContactRole", "Microsoft_Solution__c"]);
    let deal = named(&made, "opportunity");
    assert_eq!((&deal["AccountId"], &deal["OwnerId"]), (&json!("001A"), &json!("005A")));
    assert_eq!(named(&made, "role0")["ContactId"], "003A");
    let trail = deal["Audit__c"].as_str().unwrap();
    let lines: Vec<&str> = trail.lines().collect();
    assert_eq!(
        lines,
        [
            "2026-11-22 14:00 UTC - It belongs to the account Wattenwerk.",
            "2026-11-22 14:00 UTC - This referral came through Partner Center and waits for your answer."
        ]
    );
    assert_eq!(deal["Cosell_State__c"], "InStep");
}

#[test]
fn without_a_customer_the_deal_has_no_account() {
    let mut referral = referral();
    referral["customerProfile"] = json!(null);
    let made = requests(&referral, &Findings::default(), &Amends::default());
    assert_eq!(objects(&made), ["Opportunity", "Microsoft_Solution__c"]);
    assert_eq!(named(&made, "opportunity").get("AccountId"), None);
}

#[test]
fn no_request_is_longer_than_salesforce_takes() {
    let mut referral = referral();
    let solutions: Vec<Value> = (0..50).map(|number| json!({ "id": format!("SOL-{number}") })).collect();
    referral["details"]["requirements"]["solutions"] = solutions.into();
    let team: Vec<Value> = (0..9).map(|number| json!({ "lastName": "X", "email": format!("{number}@x.example") })).collect();
    referral["customerProfile"]["team"] = team.into();
    let made = requests(&referral, &Findings::default(), &Amends::default());
    assert_eq!(made.len(), MOST_REQUESTS);
    assert!(named(&made, "opportunity")["Audit__c"].as_str().unwrap().contains("6 more customer contacts"), "{made:?}");
    let mut names: Vec<&str> = made.iter().map(|request| request.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), MOST_REQUESTS, "each has a name of its own");
}

#[test]
fn what_salesforce_refuses_is_left_out_where_the_deal_can_do_without() {
    let nothing = Findings::default();
    let known = Findings { account: Some("001A".into()), ..Findings::default() };
    let amends = |change: &dyn Fn(&mut Amends)| {
        let mut amends = Amends::default();
        change(&mut amends);
        amends
    };
    let state = "There's a problem with this state, even though it may appear correct.";
    let cases = [
        (refused("FIELD_INTEGRITY_EXCEPTION", state, &[]), amends(&|it| it.place.without_state = true)),
        (refused("FIELD_INTEGRITY_EXCEPTION", "x", &["BillingStateCode"]), amends(&|it| it.place.without_state = true)),
        (refused("FIELD_INTEGRITY_EXCEPTION", "x", &["BillingCountryCode"]), amends(&|it| it.place.without_country = true)),
        (refused("FIELD_INTEGRITY_EXCEPTION", "x", &["Amount"]), Amends::default()),
        (refused("TRANSFER_REQUIRES_READ", "x", &[]), amends(&|it| it.without_owner = true)),
        (refused("INVALID_CROSS_REFERENCE_KEY", "x", &["OwnerId"]), amends(&|it| it.without_owner = true)),
        (refused("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Not in this state.", &["Name"]), Amends::default()),
        (duplicate("account", "Account", &["001B"]), amends(&|it| it.account = Some("001B".into()))),
        (duplicate("account", "Account", &["001B", "001C"]), Amends::default()),
        (duplicate("contact0", "Contact", &["003B"]), amends(&|it| _ = it.contacts.insert(0, "003B".into()))),
        (duplicate("contact1", "Contact", &["003B"]), amends(&|it| _ = it.contacts.insert(1, "003B".into()))),
        (duplicate("", "Contact", &["003B"]), Amends::default()),
        (duplicate("contact0", "Lead", &["00QB"]), Amends::default()),
    ];
    for (refusal, expected) in cases {
        assert_eq!(Amends::default().after(&refusal, &nothing), expected, "{refusal:?}");
    }
    assert_eq!(
        Amends::default().after(&duplicate("account", "Account", &["001B"]), &known),
        Amends::default(),
        "no account is made"
    );
    // The state was given up, and it was not enough.
    let stateless = amends(&|it| it.place.without_state = true);
    let again = stateless.clone().after(&refused("FIELD_INTEGRITY_EXCEPTION", state, &[]), &nothing);
    assert_eq!(again, stateless, "nothing else is tried");
}

#[test]
fn amends_show_in_what_is_made() {
    let place = Place { without_state: true, without_country: false };
    let contacts = BTreeMap::from([(0, "003B".to_owned())]);
    let amends = Amends { place, without_owner: true, account: None, contacts, ..Amends::default() };
    let users = [("jo@partner.example".to_owned(), "005A".to_owned())].into();
    let made = requests(&referral(), &Findings { users, ..Findings::default() }, &amends);
    assert_eq!(objects(&made), ["Account", "Opportunity", "OpportunityContactRole", "Microsoft_Solution__c"]);
    assert!(named(&made, "account").keys().all(|name| !name.contains("State")));
    let deal = named(&made, "opportunity");
    assert_eq!(deal.get("OwnerId"), None);
    assert!(deal["Audit__c"].as_str().unwrap().contains("Left out: the state SH"), "{deal:?}");
    assert_eq!(named(&made, "role0")["ContactId"], "003B");
    let with_account = requests(&referral(), &Findings::default(), &Amends { account: Some("001B".into()), ..Amends::default() });
    assert_eq!(named(&with_account, "opportunity")["AccountId"], "001B");
    assert_eq!(objects(&with_account)[0], "Contact");
}

#[test]
fn a_deal_does_without_any_field_but_those_that_make_it() {
    let nothing = Findings::default();
    let of = |part: &str, name: &str| {
        let refusal = Refusal { part: part.to_owned(), ..refused("STRING_TOO_LONG", "No.", &[name]) };
        Amends::default().after(&refusal, &nothing).left_out
    };
    for (part, name) in [("opportunity", "Description"), ("account", "BillingStreet"), ("contact0", "Phone")] {
        assert_eq!(of(part, name), [((part.to_owned(), name.to_owned()), "No.".to_owned())].into());
    }
    for name in NEEDED {
        assert!(of("opportunity", name).is_empty(), "{name}");
    }
    assert!(of("account", "Name").is_empty() && of("contact0", "LastName").is_empty() && of("solution0", "Name").is_empty());
}

#[test]
fn a_person_whom_the_org_does_not_take_stays_out_and_is_named() {
    let nothing = Findings::default();
    let refuse = |amends: Amends, part: &str, fields: &[&str]| {
        let refusal = Refusal { part: part.to_owned(), ..refused("INVALID_EMAIL_ADDRESS", "No.", fields) };
        amends.after(&refusal, &nothing)
    };
    let without_address = refuse(Amends::default(), "contact0", &["Email"]);
    let made = requests(&referral(), &nothing, &without_address);
    assert_eq!(named(&made, "contact0").get("Email"), None);
    assert!(named(&made, "opportunity")["Audit__c"].as_str().unwrap().contains("Salesforce says: Email: No."), "{made:?}");
    // It was not the address alone.
    let without_person = refuse(without_address, "contact0", &["Email"]);
    let made = requests(&referral(), &nothing, &without_person);
    assert_eq!(objects(&made), ["Account", "Opportunity", "Microsoft_Solution__c"]);
    assert!(named(&made, "opportunity")["Audit__c"].as_str().unwrap().contains(": No."), "{made:?}");
    let bare = ["role0", "solution0"].into_iter().fold(Amends::default(), |amends, part| refuse(amends, part, &[]));
    assert_eq!(objects(&requests(&referral(), &nothing, &bare)), ["Account", "Contact", "Opportunity"]);
}

#[test]
fn a_duplicate_stands_for_the_person_whom_the_rule_means_and_for_nobody_else() {
    let mut referral = referral();
    let person = |name: &str| json!({ "lastName": name, "email": format!("{name}@x.example") });
    referral["customerProfile"]["team"] = json!(["ada", "li", "jo"].map(person));
    let nothing = Findings::default();
    let mut amends = Amends::default();
    for (part, id) in [("contact1", "003B"), ("contact0", "003B")] {
        amends = amends.after(&duplicate(part, "Contact", &[id]), &nothing);
    }
    let made = requests(&referral, &nothing, &amends);
    let roles = made.iter().filter(|request| request.object == "OpportunityContactRole");
    let people: Vec<&Value> = roles.map(|role| &role.fields["ContactId"]).collect();
    assert_eq!(people, [&json!("003B"), &json!("@{contact2.id}")], "two who are one have one role");
    assert_eq!(named(&made, "contact2")["LastName"], "jo");
}

#[test]
fn an_org_without_teams_and_notes_says_what_it_does_not_keep() {
    let own = Referral::try_from(referral()).unwrap();
    let features = Arc::new(Features::default());
    let sight = Sight { referrals: Vec::new(), settings: Settings::default(), features, now: datetime!(2026-11-22 14:00 UTC) };
    let users = [("jo@partner.example".to_owned(), "005A".to_owned())].into();
    let nobody = BTreeMap::new();
    let jo = || vec!["jo@partner.example".to_owned()];
    let cases = [
        (&users, true, true, vec![]),
        (&users, false, true, vec![Remark::TeamsOff(jo())]),
        (&nobody, true, true, vec![Remark::NoUsers(jo())]),
        (&nobody, false, false, vec![Remark::TeamsOff(jo()), Remark::NotesOff]),
    ];
    for (users, teams, notes, expected) in cases {
        assert_eq!(sight.intake(&own, "{id}", |intake| left_out(intake, users, teams, notes)), expected, "{teams} {notes}");
    }
}
