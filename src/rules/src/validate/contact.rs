//! Who asks Microsoft for help names a customer contact that can be reached.

use super::{Case, Rule};
use crate::finding::{Addition, Field, Finding, Fix, Target};

pub(super) const RULE: Rule = Rule {
    number: 19,
    summary: "A deal for which help is asked has a customer contact with first name, last name, phone and e-mail.",
    codes: &["contact.missing", "contact.incomplete"],
    source: "Microsoft Learn, \"Manage co-sell opportunities\" and \"Co-sell connector for Salesforce CRM\": the customer contact is \
             required when Microsoft's help is requested",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    if case.opportunity.help.is_none() {
        return Vec::new();
    }
    let Some(contact) = case.opportunity.customer_contact() else {
        return vec![Finding::new("contact.missing", Field::Contact).fixed_by(Fix::Add { what: Addition::Contact })];
    };
    let missing = contact.missing();
    if missing.is_empty() {
        return Vec::new();
    }
    let finding = Finding::new("contact.incomplete", Field::Contact)
        .with("person", contact.full_name())
        .with("missing", missing.join(","))
        .fixed_by(Fix::edit(Target::Contact, &contact.id, &missing));
    vec![finding]
}
