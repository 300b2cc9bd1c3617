//! What is made of a record before any rule looks at it, and many records in one call.

use cosell_rules::{
    model::Opportunity,
    review, row,
    salesforce::{self, Record},
    settings::Settings,
};
use serde_json::{Value, json};

use crate::support::{bent, folder, read, rows};

fn base() -> Value {
    read(&folder().join("base.json"))
}

fn person(id: &str, first_name: &str, last_name: &str) -> Value {
    json!({ "Id": id, "FirstName": first_name, "LastName": last_name, "Email": "x@wattenwerk.example", "Phone": "1" })
}

/// Reads a record both ways, as the proxy and as the page give it, and looks at what came of it.
fn both_ways(record: &Value, look: impl Fn(&Opportunity<'_>)) {
    let settings = Settings::default();
    let sent = rows(record, &settings);
    for record in [Record::from_text(&sent), Record::from_json(record, &settings).unwrap()] {
        look(&salesforce::read(&record, &settings).unwrap());
    }
}

#[test]
fn the_primary_contact_comes_first_and_nobody_comes_twice() {
    let role = |contact: Value, primary: bool| json!({ "IsPrimary": primary, "Contact": contact });
    let roles = [
        role(person("003B", "Bo", "Berg"), false),
        role(person("003A", "Ada", "Okafor"), false),
        role(person("003C", "Cy", "Chen"), true),
        role(person("003B", "Bo", "Berg"), false),
        role(Value::Null, false),
    ];
    let record = bent(&base()["record"], &json!({ "set": { "OpportunityContactRoles": { "records": roles } } }));
    both_ways(&record, |deal| {
        assert_eq!(deal.contacts.iter().map(|contact| contact.id).collect::<Vec<_>>(), ["003C", "003B", "003A"]);
        assert_eq!(deal.customer_contact().map(|contact| contact.id), Some("003C"));
    });
    let chosen = bent(&record, &json!({ "set": { "Microsoft_Customer_Contact__c": "003A" } }));
    both_ways(&chosen, |deal| assert_eq!(deal.customer_contact().map(|contact| contact.id), Some("003A")));
}

#[test]
fn the_owner_leads_the_team_and_is_no_member_a_second_time() {
    let member = |user: Value| json!({ "User": user });
    let members = [member(person("005Qy00000aaaaaIAA", "Jo", "Lindqvist")), member(person("005M", "Mo", "Meyer"))];
    let record = bent(&base()["record"], &json!({ "set": { "OpportunityTeamMembers": { "records": members } } }));
    both_ways(&record, |deal| {
        assert_eq!(deal.team.iter().map(|person| person.id).collect::<Vec<_>>(), ["005Qy00000aaaaaIAA", "005M"]);
    });
}

#[test]
fn a_name_has_no_blank_where_half_of_it_is_missing() {
    for (first_name, last_name, full) in
        [("Ada", "Okafor", "Ada Okafor"), ("", "Okafor", "Okafor"), ("Ada", "", "Ada"), ("", "", "")]
    {
        let person = cosell_rules::model::Person { first_name, last_name, ..Default::default() };
        assert_eq!(person.full_name(), full);
    }
}

#[test]
fn a_stage_says_whether_it_is_closed_where_the_record_does_not() {
    // stage, closed, won
    for (stage, is_closed, is_won) in [("Closed Won", true, true), ("Closed Lost", true, false), ("Qualification", false, false)]
    {
        let record = bent(&base()["record"], &json!({ "set": { "StageName": stage } }));
        both_ways(&record, |deal| assert_eq!((deal.is_closed, deal.is_won), (is_closed, is_won), "{stage}"));
    }
    let told = json!({ "set": { "StageName": "Gagnée", "IsClosed": true, "IsWon": true } });
    both_ways(&bent(&base()["record"], &told), |deal| assert_eq!((deal.is_closed, deal.is_won), (true, true)));
}

#[test]
fn a_check_mark_before_the_name_is_not_part_of_it() {
    for (held, name) in [("✔ Tide gauges", "Tide gauges"), ("✗Tide gauges", "Tide gauges"), ("Tide ✔ gauges", "Tide ✔ gauges")]
    {
        both_ways(&bent(&base()["record"], &json!({ "set": { "Name": held } })), |deal| assert_eq!(deal.name, name));
    }
}

#[test]
fn many_records_are_answered_in_their_order_each_compared_with_those_of_its_customer() {
    let base = base();
    let settings = Settings::default();
    let deal = |id: &str, account: &str, name: &str| {
        rows(&bent(&base["record"], &json!({ "set": { "Id": id, "Account.Id": account, "Name": name } })), &settings)
    };
    let parts = [
        format!("today{}2026-11-22", row::UNIT),
        deal("006A", "001X", "Gauges north"),
        deal("006B", "001Y", "Buoys"),
        rows(&json!({}), &settings),
        deal("006C", "001X", "Gauges south"),
    ];
    let answer = review::review_all(parts.join(&row::FILE.to_string()).as_bytes(), &settings);
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let told: Vec<String> = answer["reviews"]
        .as_array()
        .unwrap()
        .iter()
        .map(|review| match review["status"].as_str() {
            Some("reviewed") => {
                review["findings"].as_array().unwrap().iter().map(|it| it["params"]["deal"].as_str().unwrap()).collect()
            }
            _ => review["code"].as_str().unwrap().to_owned(),
        })
        .collect();
    assert_eq!(told, ["Gauges south", "", "record.unreadable", "Gauges north"]);
}
