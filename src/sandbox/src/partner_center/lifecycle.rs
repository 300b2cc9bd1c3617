//! The state machine of a referral (Microsoft Learn, "Referral resources", table of status and substatus), and the
//! moments that go with a state. Knows nothing of requests.

use super::document::{Document, set, text};
use super::error::ApiError;

/// Status, the statuses it may become, the substatuses it may have.
const TABLE: [(&str, &[&str], &[&str]); 3] = [
    ("New", &["New", "Active", "Closed"], &["Pending", "Received"]),
    ("Active", &["Active", "Closed"], &["Accepted"]),
    ("Closed", &["Closed"], &["Won", "Lost", "Declined", "Expired"]),
];

fn row(status: &str) -> Option<&'static (&'static str, &'static [&'static str], &'static [&'static str])> {
    TABLE.iter().find(|(name, _, _)| *name == status)
}

/// Whether nothing more can happen to it.
pub(super) fn is_closed(referral: &Document) -> bool {
    text(referral, &["status"]) == "Closed"
}

/// Whether the state of `after` is legal by itself and reachable from that of `before`.
pub(super) fn check(before: &Document, after: &Document) -> Result<(), ApiError> {
    let (from, to, substatus) = (text(before, &["status"]), text(after, &["status"]), text(after, &["substatus"]));
    if !row(from).is_some_and(|(_, next, _)| next.contains(&to)) {
        return Err(ApiError::invalid("status", format!("A referral that is {from} cannot become {to}.")));
    }
    if !row(to).is_some_and(|(_, _, substatuses)| substatuses.contains(&substatus)) {
        let message = format!("Substatus {substatus} does not go with status {to}; change both in one request.");
        return Err(ApiError::invalid("substatus", message));
    }
    // Narrower than the table: the portal offers no other step, and only the clock makes a referral expire.
    let steps: &[&str] = match from {
        "New" => &["Declined"],
        "Active" => &["Won", "Lost"],
        _ => return Ok(()),
    };
    if to == "Closed" && !steps.contains(&substatus) {
        let message = format!("A referral that is {from} cannot be closed as {substatus}.");
        return Err(ApiError::invalid("substatus", message));
    }
    Ok(())
}

/// Whether this is a step that somebody has to give a reason for, and none is given.
pub(super) fn lacks_reason(referral: &Document) -> bool {
    ["Declined", "Lost"].contains(&text(referral, &["substatus"])) && text(referral, &["statusReason"]).trim().is_empty()
}

/// Sets state and moments. An accepted deal no longer expires, a closed one keeps its moment of closing.
pub(super) fn enter(referral: &mut Document, status: &str, substatus: &str, now: &str) {
    set(referral, "status", status);
    set(referral, "substatus", substatus);
    stamp(referral, now);
}

/// The moments that belong to the state the referral is in.
pub(super) fn stamp(referral: &mut Document, now: &str) {
    let moment = match text(referral, &["status"]) {
        "Active" => "acceptedDateTime",
        "Closed" => "closedDateTime",
        _ => return,
    };
    set(referral, "expirationDateTime", serde_json::Value::Null);
    if text(referral, &[moment]).is_empty() {
        set(referral, moment, now);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Document, check};

    fn state(status: &str, substatus: &str) -> Document {
        match json!({ "status": status, "substatus": substatus }) {
            Value::Object(members) => members,
            _ => Document::new(),
        }
    }

    #[test]
    fn the_documented_table_decides() {
        let cases = [
            (("New", "Pending"), ("New", "Received"), true),
            (("New", "Pending"), ("Active", "Accepted"), true),
            (("New", "Received"), ("Closed", "Declined"), true),
            (("Active", "Accepted"), ("Closed", "Won"), true),
            (("Active", "Accepted"), ("Active", "Accepted"), true),
            (("Active", "Accepted"), ("New", "Pending"), false),
            (("Active", "Accepted"), ("Active", "Pending"), false),
            (("Active", "Accepted"), ("Closed", "Accepted"), false),
            (("Active", "Accepted"), ("Closed", "Error"), false),
            (("Active", "Accepted"), ("Closed", "Lost"), true),
            (("Active", "Accepted"), ("Closed", "Declined"), false),
            (("Active", "Accepted"), ("Closed", "Expired"), false),
            (("New", "Pending"), ("Closed", "Won"), false),
            (("New", "Received"), ("Closed", "Expired"), false),
            (("Closed", "Declined"), ("Active", "Accepted"), false),
            (("New", "Pending"), ("New", "Accepted"), false),
            (("New", "Pending"), ("None", "None"), false),
        ];
        for (from, to, legal) in cases {
            let result = check(&state(from.0, from.1), &state(to.0, to.1));
            assert_eq!(result.is_ok(), legal, "{from:?} to {to:?}");
        }
    }
}
