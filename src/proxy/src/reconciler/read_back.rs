//! What became of a write: whether the record is now what it was before with the written fields in it. Pure.
//!
//! Salesforce drops some values without a word, and a flow of the org may turn one into another. What comes back is the truth: both
//! sides are made equal from there, rather than the same value written again and again.

use cosell_rules::salesforce::without_mark;
use serde_json::{Map, Value};

use crate::ids::SalesforceId;
use crate::wire_time;

/// What every write changes.
const VERSION: [&str; 4] = ["attributes", "SystemModstamp", "LastModifiedDate", "LastModifiedById"];

/// What follows from the stage.
const OF_STAGE: [&str; 2] = ["IsClosed", "IsWon"];

/// The relationships of a record whose rows hang on it.
const CHILDREN: [&str; 3] = ["OpportunityContactRoles", "OpportunityTeamMembers", "Microsoft_Solutions__r"];

/// The fields that are not what they should be, of a record that was `before`, was written `update`, and came back as `after`.
/// Each is ours that was not taken, or somebody else's change in between.
pub(super) fn surprises<'a>(before: &Value, update: &Map<String, Value>, after: &'a Value) -> Vec<&'a str> {
    let moved = update.contains_key("StageName");
    let expected = |name: &str| update.get(name).or_else(|| before.get(name)).unwrap_or(&Value::Null);
    let fields = after.as_object().into_iter().flatten();
    let surprising = fields.filter(|(name, held)| {
        let name = name.as_str();
        let follows = VERSION.contains(&name) || moved && OF_STAGE.contains(&name);
        !follows && !is_same(expected(name), held) && !is_same_name(name, expected(name), held)
    });
    surprising.map(|(name, _)| name.as_str()).collect()
}

/// Whether a name differs by its mark alone. An org that doesn't take it, or a seller who takes it away, leaves nothing to be made
/// equal, and to write it again at once would not help.
fn is_same_name(name: &str, wanted: &Value, held: &Value) -> bool {
    name == "Name" && without_mark(&plain(wanted)) == without_mark(&plain(held))
}

/// The ids of everything that hangs on a record.
pub(super) fn children(record: &Value) -> Vec<SalesforceId> {
    let rows = CHILDREN.into_iter().filter_map(|name| record.get(name)?.get("records")?.as_array()).flatten();
    rows.filter_map(|row| row.get("Id").and_then(Value::as_str).and_then(SalesforceId::parse)).collect()
}

/// Whether Salesforce holds what was written: it drops blanks around a text, has no blank one, and writes numbers and times in its
/// own way.
fn is_same(wanted: &Value, held: &Value) -> bool {
    match (wanted, held) {
        (Value::Object(wanted), Value::Object(held)) => {
            let names = wanted.keys().chain(held.keys()).filter(|name| !VERSION.contains(&name.as_str()));
            names
                .into_iter()
                .all(|name| is_same(wanted.get(name).unwrap_or(&Value::Null), held.get(name).unwrap_or(&Value::Null)))
        }
        (Value::Array(wanted), Value::Array(held)) => {
            wanted.len() == held.len() && wanted.iter().zip(held).all(|(wanted, held)| is_same(wanted, held))
        }
        (Value::Number(wanted), Value::Number(held)) => wanted == held || wanted.as_f64() == held.as_f64(),
        (Value::String(_) | Value::Null, Value::String(_) | Value::Null) => {
            let (wanted, held) = (plain(wanted), plain(held));
            let moment = |text: &str| wire_time::read(text);
            wanted == held || moment(&wanted).is_some_and(|time| moment(&held) == Some(time))
        }
        (wanted, held) => wanted == held,
    }
}

fn plain(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> Value {
        json!({
            "attributes": { "type": "Opportunity" }, "Id": "006Qy00000AbCdEIAV", "Name": "Tide gauges", "Amount": 500.0, "Description": "Old.",
            "StageName": "On Hold", "IsClosed": false, "IsWon": false, "NextStep": null, "SystemModstamp": "2026-11-22T14:00:00.000+0000",
            "LastModifiedById": "005Qy00000aaaaaIAA", "LastModifiedDate": "2026-11-22T14:00:00.000+0000",
            "Microsoft_Answer_Due__c": null, "Account": { "attributes": {}, "Name": "Contoso" },
            "OpportunityContactRoles": { "totalSize": 1, "done": true, "records": [{ "Id": "00KQy00000aaaaa", "IsPrimary": true }] },
            "OpportunityTeamMembers": null,
            "Microsoft_Solutions__r": { "totalSize": 1, "done": true, "records": [{ "Id": "a0BQy00000Sol01" }, { "Name": "no id" }] }
        })
    }

    fn with(mut record: Value, changes: &Value) -> Value {
        record.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        record
    }

    #[test]
    fn what_was_taken_is_no_surprise_and_what_was_not_is() {
        let version = json!({
            "SystemModstamp": "2026-11-22T14:00:09.000+0000", "LastModifiedDate": "2026-11-22T14:00:09.000+0000",
            "LastModifiedById": "005Qy00000bbbbbIAA"
        });
        // What was written, what came back of it, and what of that is surprising.
        let cases = [
            (json!({ "Description": "New." }), json!({ "Description": "New." }), vec![]),
            (json!({ "Description": " a\r\nb " }), json!({ "Description": "a\nb" }), vec![]),
            (json!({ "Description": "" }), json!({ "Description": null }), vec![]),
            (json!({ "Amount": 700 }), json!({ "Amount": 700.0 }), vec![]),
            (
                json!({ "Microsoft_Answer_Due__c": "2026-12-06T14:01:00Z" }),
                json!({ "Microsoft_Answer_Due__c": "2026-12-06T14:01:00.000+0000" }),
                vec![],
            ),
            (json!({ "StageName": "Closed Won" }), json!({ "StageName": "Closed Won", "IsClosed": true, "IsWon": true }), vec![]),
            // A mark is nothing to be made equal; the name behind it is.
            (json!({ "Name": "✔ Tide gauges" }), json!({ "Name": "Tide gauges" }), vec![]),
            (json!({ "NextStep": "Call." }), json!({ "NextStep": "Call.", "Name": "✔ Tide gauges" }), vec![]),
            (json!({ "Name": "✔ Tide gauges" }), json!({ "Name": "✔ Gauges" }), vec!["Name"]),
            // Dropped without a word; turned into another by a flow; changed by somebody else in between.
            (json!({ "Amount": 700 }), json!({}), vec!["Amount"]),
            (json!({ "Description": "new" }), json!({ "Description": "NEW" }), vec!["Description"]),
            (json!({ "Description": "New." }), json!({ "Description": "New.", "NextStep": "Call." }), vec!["NextStep"]),
            (
                json!({ "Description": "New." }),
                json!({ "Description": "New.", "OpportunityContactRoles": null }),
                vec!["OpportunityContactRoles"],
            ),
            (json!({ "NextStep": "Call." }), json!({ "NextStep": "Call.", "Account": { "Name": "Fabrikam" } }), vec!["Account"]),
            (json!({ "Description": "New." }), json!({ "Description": "New.", "IsClosed": true }), vec!["IsClosed"]),
        ];
        for (update, held, expected) in cases {
            let after = with(with(record(), &version), &held);
            assert_eq!(surprises(&record(), update.as_object().unwrap(), &after), expected, "{update} {held}");
        }
    }

    #[test]
    fn all_that_hangs_on_a_record_is_named() {
        let found: Vec<String> = children(&record()).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2);
        assert!(found[0].starts_with("00KQy00000aaaaa") && found[1].starts_with("a0BQy00000Sol01"), "{found:?}");
        assert!(children(&json!({})).is_empty());
    }
}
