//! The deal has a name.

use super::{Case, Rule};
use crate::finding::{Field, Finding, Fix, Target};

pub(super) const RULE: Rule = Rule {
    number: 11,
    summary: "The deal has a name.",
    codes: &["name.missing"],
    source: "Microsoft Learn, \"Manage co-sell opportunities\": deal name is required",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    if !case.opportunity.name.is_empty() {
        return Vec::new();
    }
    vec![Finding::new("name.missing", Field::Name).fixed_by(Fix::edit(Target::Opportunity, &case.opportunity.id, &["Name"]))]
}
