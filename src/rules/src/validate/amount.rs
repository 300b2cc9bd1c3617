//! The deal value is a positive number.

use super::{Case, Rule};
use crate::{
    finding::{Field, Finding, Fix, Target},
    model::Entry,
};

pub(super) const RULE: Rule = Rule {
    number: 9,
    summary: "The deal value is present, a number, and not zero.",
    codes: &["amount.missing", "amount.unreadable", "amount.zero", "amount.negative"],
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": deal value is required; \"Co-sell connector for Salesforce CRM\": a \
             calculated deal value must not be 0 or empty",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let finding = match &case.opportunity.amount {
        Entry::Missing => Finding::new("amount.missing", Field::Amount),
        Entry::Unreadable(text) => Finding::new("amount.unreadable", Field::Amount).with("value", text),
        Entry::Read(amount) if amount.is_zero() => Finding::new("amount.zero", Field::Amount),
        Entry::Read(amount) if amount.is_sign_negative() => {
            Finding::new("amount.negative", Field::Amount).with("value", amount.to_string())
        }
        Entry::Read(_) => return Vec::new(),
    };
    vec![finding.fixed_by(Fix::edit(Target::Opportunity, &case.opportunity.id, &[&case.settings.deal_value_field]))]
}
