//! The customer agrees that contact details are shared.

use super::{Case, Rule};
use crate::{
    finding::{Field, Finding, Fix, Target},
    salesforce::field,
};

pub(super) const RULE: Rule = Rule {
    number: 23,
    summary: "The customer agrees that contact details are shared.",
    codes: &["consent.missing"],
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": without consent to share contact details no deal is created",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    if case.opportunity.consent {
        return Vec::new();
    }
    let fix = Fix::set(Target::Opportunity, &case.opportunity.id, field::CONSENT, true);
    vec![Finding::new("consent.missing", Field::Consent).fixed_by(fix)]
}
