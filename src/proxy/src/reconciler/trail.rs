//! Lines of the audit trail that wait for the record: kept before what they tell of is sent, so that whoever takes over a run that
//! died tells it too, once, and only if it was done.

use cosell_rules::referral::Referral;
use cosell_rules::salesforce::field;
use serde_json::Value;

use crate::store::Told;

/// Lines of a change that is about to be made from this version.
pub(super) fn kept(lines: Vec<String>, version: Option<&str>, record: &Value) -> Vec<Told> {
    let keep = |line: String| Told { before: count(&line, of(record)), version: version.map(str::to_owned), line };
    lines.into_iter().map(keep).collect()
}

/// The lines that may be written now: what they tell of was done, and the record does not have them.
///
/// A change of our referral gives it a new version, so while it has the one that a change was made from, that was not done.
pub(super) fn due<'t>(told: &'t [Told], record: &Value, own: Option<&Referral>) -> Vec<&'t Told> {
    let version = own.and_then(|own| own.e_tag.as_deref());
    told.iter().filter(|it| !is_undone(it, version) && !is_written(it, of(record))).collect()
}

fn of(record: &Value) -> &str {
    record.get(field::AUDIT).and_then(Value::as_str).unwrap_or_default()
}

/// The lines that must still wait.
pub(super) fn waiting(told: &[Told], own: Option<&Referral>) -> Vec<Told> {
    let version = own.and_then(|own| own.e_tag.as_deref());
    told.iter().filter(|it| is_undone(it, version)).cloned().collect()
}

/// The lines that tell of other changes than the one that is made from this version.
pub(super) fn without(told: &[Told], version: Option<&str>) -> Vec<Told> {
    told.iter().filter(|it| !is_undone(it, version)).cloned().collect()
}

fn is_undone(told: &Told, version: Option<&str>) -> bool {
    told.version.is_some() && told.version.as_deref() == version
}

/// Whether the trail has got the line since it was kept: the process may have died between the write and its own note of it.
fn is_written(told: &Told, trail: &str) -> bool {
    count(&told.line, trail) > told.before
}

/// How often the trail has a line.
fn count(line: &str, trail: &str) -> usize {
    trail.lines().filter_map(|entry| entry.split_once(" UTC - ")).filter(|(_, told)| *told == line).count()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const LINE: &str = "Sent to Microsoft: deal value.";

    fn own(version: &str) -> Referral {
        Referral::try_from(json!({ "eTag": version })).unwrap()
    }

    #[test]
    fn a_line_is_written_once_and_only_when_what_it_tells_of_was_done() {
        let once = format!("2026-11-22 14:03 UTC - Other.\n2026-11-22 14:01 UTC - {LINE}");
        let twice = format!("2026-11-22 14:04 UTC - {LINE}\n{once}");
        let cases = [(Some("\"1\""), "\"2\"", 1, 0), (Some("\"1\""), "\"1\"", 0, 1), (None, "\"1\"", 1, 0)];
        for (made_from, now_is, expected, still) in cases {
            let (before, own) = (json!({ "Audit__c": once }), own(now_is));
            let told = kept(vec![LINE.to_owned()], made_from, &before);
            assert_eq!(due(&told, &before, Some(&own)).len(), expected, "{made_from:?} {now_is}");
            assert_eq!(waiting(&told, Some(&own)).len(), still, "{made_from:?} {now_is}");
            assert!(due(&told, &json!({ "Audit__c": twice }), Some(&own)).is_empty(), "it is there already");
        }
    }
}
