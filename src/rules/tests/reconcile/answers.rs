//! What comes back of Microsoft's side: its answer, and who gave it.

use cosell_rules::{reconcile::Entry, salesforce::field};
use serde_json::{Value, json};

use crate::world::World;

#[test]
fn microsofts_answer_always_comes_back() {
    let mut world = World::new().asking();
    world.run();
    let keys_of = |world: &World| world.look().entries.iter().map(Entry::key).collect::<Vec<_>>();
    for (state, closed) in [("Qualification", false), ("On Hold", false), ("Closed Won", true)] {
        for (status, substatus, key) in
            [("Active", "Accepted", "audit.answered.accepted"), ("Closed", "Declined", "audit.answered.declined")]
        {
            let mut world = world.clone().with(&[("StageName", json!(state))]);
            if closed {
                world.run();
            }
            let microsoft = world.microsoft.as_mut().unwrap();
            microsoft["status"] = status.into();
            microsoft["substatus"] = substatus.into();
            microsoft["trackingInfo"] = json!({ "microsoftMsxId": "7-XYZ" });
            let written = world.look().salesforce;
            assert_eq!(written[field::MICROSOFT_STATUS], format!("{status} / {substatus}"), "{state}");
            assert_eq!(written[field::CRM_ID], "7-XYZ");
            assert!(keys_of(&world).contains(&key), "{state}");
        }
    }
}

#[test]
fn microsofts_seller_is_told_once_the_deal_was_taken() {
    let mut world = World::new().asking();
    world.run();
    let person = |first: &str, last: &str, email: &str| json!({ "firstName": first, "lastName": last, "email": email });
    let ours = world.own.as_ref().unwrap()["team"][0].clone();
    assert!(ours["email"].is_string(), "{ours}");
    let long = "x".repeat(300);
    let cases = [
        ("New", "Pending", json!([person("Kim", "Ng", "kim@microsoft.example")]), None),
        ("Active", "Accepted", json!([]), None),
        ("Active", "Accepted", json!([ours.clone()]), None),
        (
            "Active",
            "Accepted",
            json!([ours, person("Kim", "Ng", "kim@microsoft.example")]),
            Some("Kim Ng, kim@microsoft.example"),
        ),
        ("Active", "Accepted", json!([person("", " Ng", "")]), Some("Ng")),
        ("Active", "Accepted", json!([person("", "", "kim@microsoft.example")]), Some("kim@microsoft.example")),
        ("Closed", "Won", json!([person(&long, "", "")]), Some(&*format!("{}…", "x".repeat(254)))),
    ];
    for (status, substatus, team, told) in cases {
        let mut world = world.clone();
        let microsoft = world.microsoft.as_mut().unwrap();
        microsoft["status"] = status.into();
        microsoft["substatus"] = substatus.into();
        microsoft["team"] = team.clone();
        let written = world.look().salesforce;
        assert_eq!(written.get(field::MICROSOFT_SELLER).and_then(Value::as_str), told, "{status} {team}");
    }
}
