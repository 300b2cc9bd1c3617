//! The last gate before a document leaves: its shape, whatever made it.
//!
//! The other rules speak to a seller about an opportunity. These look at the JSON that would be posted, so that a mistake in the
//! mapping is caught here and not by Microsoft.

use serde::Serialize;
use serde_json::Value;

use crate::finding::{Field, Finding};

/// The kinds of referral that a partner may create.
const TYPES: [&str; 2] = ["Shared", "Independent"];

/// The sections that the service requires.
const SECTIONS: [&str; 3] = ["customerProfile", "consent", "details"];

/// Every code that a document can give, with the number of its rule.
pub const CODES: &[(u8, &str)] = &[(1, "referral.type"), (2, "referral.section")];

/// What is wrong with a create document: rule 1 (its `type` is one of two) and rule 2 (its required sections are objects);
/// both from Microsoft Learn, "Create a referral".
pub fn findings(document: &impl Serialize) -> Vec<Finding> {
    // What is no JSON has neither a type nor a section.
    let document = serde_json::to_value(document).unwrap_or_default();
    let kind = document.get("type").and_then(Value::as_str).unwrap_or_default();
    let wrong_type = (!TYPES.contains(&kind))
        .then(|| Finding { rule: 1, ..Finding::new("referral.type", Field::Referral).with("value", kind) });
    let missing = SECTIONS
        .iter()
        .filter(|section| !document.get(**section).is_some_and(Value::is_object))
        .map(|section| Finding { rule: 2, ..Finding::new("referral.section", Field::Referral).with("section", *section) });
    wrong_type.into_iter().chain(missing).collect()
}
