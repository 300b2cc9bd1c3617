//! Lines of the audit trail that wait for the record: kept before what they tell of is sent, so that whoever takes over a run that
//! died tells it too, once, and only if it was done.

use cosell_rules::lifecycle::Standing;
use cosell_rules::moment;
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::field;
use serde_json::Value;

use super::decide::Patch;
use crate::store::Told;

/// Lines of a change that is about to be made.
pub(super) fn kept(lines: Vec<String>, patch: &Patch, record: &Value) -> Vec<Told> {
    let keep = |line: String| Told {
        before: count(&line, of(record)),
        version: patch.if_match.clone(),
        operations: patch.operations.clone(),
        line,
    };
    lines.into_iter().map(keep).collect()
}

/// The lines once this change was made: its own are certain, and what else was begun from the same version can't be done any more.
pub(super) fn certain(told: Vec<Told>, patch: &Patch) -> Vec<Told> {
    told.into_iter()
        .filter(|it| it.version.is_none() || it.version != patch.if_match || it.operations == patch.operations)
        .map(|it| if it.version == patch.if_match { Told { version: None, ..it } } else { it })
        .collect()
}

/// What is known of changes whose answer nobody heard, now that our referral was read again.
///
/// A change gives it a new version, so while it has the one that a change was made from, that was not done, or not yet: a request
/// may be under way for long. With another version somebody else may have been faster: then it holds nothing of what it should have
/// been given. Of several changes that were made from one version one was done at most.
pub(super) fn resolved(told: Vec<Told>, own: Option<&Referral>) -> Vec<Told> {
    let Some(own) = own else { return told };
    let is_open = |it: &Told| it.version.is_none() || it.version == own.e_tag;
    let done: Vec<(Option<String>, String)> = told
        .iter()
        .filter(|it| !is_open(it))
        .filter_map(|it| Some((it.version.clone(), likeliest(told.iter().filter(|other| other.version == it.version), own)?)))
        .collect();
    told.into_iter()
        .filter_map(|it| {
            if is_open(&it) {
                return Some(it);
            }
            // What an earlier release kept does not say what was sent.
            let is_done = read(&it.operations).is_empty()
                || done.iter().any(|(version, operations)| *version == it.version && *operations == it.operations);
            is_done.then_some(Told { version: None, ..it })
        })
        .collect()
}

/// Of changes the one that our referral shows best: all of it, else something of it, the later one first.
fn likeliest<'t>(changes: impl Iterator<Item = &'t Told>, own: &Referral) -> Option<String> {
    let is_there = |operation: &Value| {
        let held = operation.get("path").and_then(Value::as_str).and_then(|path| own.at(path));
        held.zip(operation.get("value")).is_some_and(|(held, sent)| holds(held, sent))
    };
    // That it is closed says nothing yet: what as, stands in the substatus, which is always sent along.
    let is_telling = |operation: &Value| operation.get("path").is_some_and(|path| path != "/status");
    let shown = changes.filter_map(|it| {
        let operations: Vec<Value> = read(&it.operations).into_iter().filter(is_telling).collect();
        operations.iter().any(is_there).then(|| (operations.iter().all(is_there), &it.operations))
    });
    shown.max_by_key(|(is_whole, _)| *is_whole).map(|(_, operations)| operations.clone())
}

/// The operations of a change.
fn read(operations: &str) -> Vec<Value> {
    serde_json::from_str(operations).unwrap_or_default()
}

/// Whether a value is what was sent, in whatever form the service writes it.
fn holds(held: &Value, sent: &Value) -> bool {
    match (held, sent) {
        (Value::Number(held), Value::Number(sent)) => held.as_f64() == sent.as_f64(),
        (Value::String(held), Value::String(sent)) => {
            held.trim() == sent.trim() || moment::parse_day_of(held).is_some_and(|day| moment::parse_day_of(sent) == Some(day))
        }
        (Value::Array(held), Value::Array(sent)) => sent.iter().all(|sent| held.iter().any(|held| holds(held, sent))),
        (Value::Object(held), Value::Object(sent)) => {
            sent.iter().all(|(name, sent)| held.get(name).is_some_and(|held| holds(held, sent)))
        }
        _ => held == sent,
    }
}

/// The lines that may be written now: what they tell of was done, and the record does not have them.
pub(super) fn due<'t>(told: &'t [Told], record: &Value) -> Vec<&'t Told> {
    let trail = of(record);
    let is_due = |(place, it): &(usize, &Told)| it.version.is_none() && !is_written(it, alike(told, *place), trail);
    told.iter().enumerate().filter(is_due).map(|(_, it)| it).collect()
}

/// Where the last of the changes that were done, and that the record is still to be told of, has moved our referral.
pub(super) fn moved_to(told: &[Told]) -> Option<Standing> {
    told.iter().filter(|it| it.version.is_none()).rev().find_map(|it| {
        let operations = read(&it.operations);
        let word = |path: &str| operations.iter().find(|it| it.get("path").is_some_and(|at| at == path))?.get("value")?.as_str();
        Standing::of(word("/status")?, word("/substatus")?)
    })
}

/// The lines that must still wait, once those that are due are on the record: what they say may stand there then without being theirs.
pub(super) fn waiting(told: &[Told], record: &Value) -> Vec<Told> {
    let due = due(told, record);
    let after = |it: &Told| Told { before: it.before + due.iter().filter(|due| due.line == it.line).count(), ..it.clone() };
    told.iter().filter(|it| it.version.is_some()).map(after).collect()
}

/// The lines that tell of other changes than this one.
pub(super) fn without(told: &[Told], patch: &Patch) -> Vec<Told> {
    let is_other = |it: &&Told| it.version.is_none() || it.version != patch.if_match || it.operations != patch.operations;
    told.iter().filter(is_other).cloned().collect()
}

fn of(record: &Value) -> &str {
    record.get(field::AUDIT).and_then(Value::as_str).unwrap_or_default()
}

/// Whether the trail has got the line since it was kept: the process may have died between the write and its own note of it. Those
/// that say the same and were kept before it come first.
fn is_written(told: &Told, earlier: usize, trail: &str) -> bool {
    count(&told.line, trail) > told.before + earlier
}

/// How many lines before this one say the same and were kept beside the same trail.
fn alike(told: &[Told], place: usize) -> usize {
    let Some(it) = told.get(place) else { return 0 };
    told.iter().take(place).filter(|other| other.version.is_none() && other.line == it.line && other.before == it.before).count()
}

/// How often the trail has a line.
fn count(line: &str, trail: &str) -> usize {
    trail.lines().filter_map(|entry| entry.split_once(" UTC - ")).filter(|(_, told)| *told == line).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LINE: &str = "Sent to Partner Center: deal value.";
    const PATCH: &str = r#"[{"op":"replace","path":"/details/dealValue","value":84000},
        {"op":"add","path":"/details/closingDateTime","value":"2027-01-20T00:00:00Z"}]"#;

    fn own(version: &str, worth: u32, day: &str) -> Referral {
        Referral::try_from(json!({ "eTag": version, "details": { "dealValue": worth, "closingDateTime": day } })).unwrap()
    }

    fn patch(if_match: Option<&str>) -> Patch {
        Patch { operations: PATCH.to_owned(), if_match: if_match.map(str::to_owned) }
    }

    #[test]
    fn a_line_is_written_once_and_only_when_what_it_tells_of_was_done() {
        let once = format!("2026-11-22 14:03 UTC - Other.\n2026-11-22 14:01 UTC - {LINE}");
        let twice = format!("2026-11-22 14:04 UTC - {LINE}\n{once}");
        let (first, second) = (Some("\"1\""), "\"2\"");
        // the version that it was made from, what is there now, then how many lines are due and how many wait
        let cases = [
            (first, Some(own(second, 84_000, "2027-01-20T00:00:00.0000000Z")), (1, 0)),
            (first, Some(own(second, 84_000, "2027-01-21T00:00:00Z")), (1, 0)),
            (first, Some(own(second, 5, "2027-01-20T00:00:00.0000000Z")), (1, 0)),
            (first, Some(own(second, 5, "2027-01-21T00:00:00Z")), (0, 0)),
            (first, Some(own("\"1\"", 5, "")), (0, 1)),
            (first, None, (0, 1)),
            (None, Some(own("\"1\"", 5, "")), (1, 0)),
            (None, None, (1, 0)),
        ];
        for (made_from, own, expected) in cases {
            let before = json!({ "Audit__c": once });
            let told = resolved(kept(vec![LINE.to_owned()], &patch(made_from), &before), own.as_ref());
            assert_eq!((due(&told, &before).len(), waiting(&told, &before).len()), expected, "{made_from:?} {own:?}");
            assert!(due(&told, &json!({ "Audit__c": twice })).is_empty(), "it is there already");
        }
    }

    #[test]
    fn of_changes_that_are_told_in_the_same_words_each_is_told() {
        let (blank, has_one) = (json!({}), json!({ "Audit__c": format!("2026-11-22 14:01 UTC - {LINE}") }));
        let one = |made_from| kept(vec![LINE.to_owned()], &patch(made_from), &blank);
        // Both were done, and a process died after the first was written, or before either was.
        let both = [one(None), one(None)].concat();
        assert_eq!((due(&both, &blank).len(), due(&both, &has_one).len()), (2, 1));
        // One is written while nobody knows yet of the other.
        let told = waiting(&[one(None), one(Some("\"1\""))].concat(), &blank);
        let told = resolved(told, Some(&own("\"2\"", 84_000, "")));
        assert_eq!((told.len(), due(&told, &has_one).len()), (1, 1));
        // One was kept when the other stood there already.
        let told = [one(None), kept(vec![LINE.to_owned()], &patch(None), &has_one)].concat();
        let twice = json!({ "Audit__c": format!("2026-11-22 14:01 UTC - {LINE}\n2026-11-22 14:02 UTC - {LINE}") });
        assert_eq!((due(&told, &has_one).len(), due(&told, &twice).len()), (1, 0));
    }

    #[test]
    fn people_and_solutions_are_held_whatever_the_service_adds_to_them() {
        let sent = json!([{ "id": "SOL-1" }, { "id": "SOL-2" }]);
        let held = json!([{ "id": "SOL-2", "type": "Name" }, { "id": "SOL-1", "type": "Name" }]);
        assert!(holds(&held, &sent) && !holds(&sent, &held));
        assert!(holds(&json!("Closed"), &json!("Closed")) && !holds(&json!(true), &json!(false)));
    }

    #[test]
    fn where_a_change_has_moved_the_referral_is_known_once_it_was_done() {
        let declined = r#"[{"op":"replace","path":"/status","value":"Closed"},
            {"op":"replace","path":"/substatus","value":"Declined"}]"#;
        let patch = Patch { operations: declined.to_owned(), if_match: Some("\"1\"".to_owned()) };
        let told = kept(vec!["Declined the referral.".to_owned()], &patch, &json!({}));
        assert_eq!(moved_to(&told), None, "nobody knows yet whether it was done");
        let mut told = certain(told, &patch);
        told.extend(kept(vec![LINE.to_owned()], &self::patch(None), &json!({})));
        assert_eq!(moved_to(&told), Some(Standing::DECLINED), "another change moved nothing");
        assert_eq!(moved_to(&[]), None);
    }

    #[test]
    fn a_change_that_was_answered_is_certain_and_the_others_from_its_version_were_not_done() {
        let (first, blank) = (patch(Some("\"1\"")), json!({}));
        let told = kept(vec![LINE.to_owned()], &first, &blank);
        assert!(due(&told, &blank).is_empty());
        assert_eq!(due(&certain(told.clone(), &first), &blank).len(), 1);
        assert_eq!(certain(told.clone(), &patch(Some("\"2\""))), told);
        let other = Patch { operations: "[]".to_owned(), ..first };
        assert_eq!(certain(told, &other), []);
    }

    #[test]
    fn of_two_changes_from_one_version_the_one_is_told_that_our_referral_shows() {
        let part = Patch {
            operations: r#"[{"op":"replace","path":"/details/dealValue","value":84000}]"#.to_owned(),
            if_match: Some("\"1\"".to_owned()),
        };
        let lines = |part_first: bool| {
            let some = kept(vec!["part".to_owned()], &part, &json!({}));
            let whole = kept(vec!["whole".to_owned()], &patch(Some("\"1\"")), &json!({}));
            if part_first { [some, whole].concat() } else { [whole, some].concat() }
        };
        let (day, other_day) = ("2027-01-20T00:00:00Z", "2027-01-21T00:00:00Z");
        let cases = [
            (own("\"2\"", 84_000, other_day), true, vec!["part"]),
            (own("\"2\"", 84_000, other_day), false, vec!["part"]),
            (own("\"2\"", 84_000, day), true, vec!["whole"]),
            (own("\"2\"", 5, day), true, vec!["whole"]),
            (own("\"2\"", 5, other_day), true, vec![]),
        ];
        for (own, part_first, expected) in cases {
            let told = resolved(lines(part_first), Some(&own));
            assert_eq!(told.iter().map(|it| it.line.as_str()).collect::<Vec<_>>(), expected, "{own:?}");
        }
        assert_eq!(resolved(lines(true), Some(&own("\"1\"", 5, day))).len(), 2, "either may still arrive");
    }
}
