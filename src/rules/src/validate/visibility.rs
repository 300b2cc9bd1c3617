//! Visible to Microsoft's sellers: implied by asking for help, and never taken back.

use super::{Case, Rule};
use crate::{
    finding::{Field, Finding, Fix, Target},
    salesforce::field,
};

pub(super) const IMPLIED: Rule = Rule {
    number: 20,
    summary: "A deal for which help is asked is visible to Microsoft's sellers.",
    codes: &["visibility.required"],
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\": choosing help makes the referral visible",
    check: implied,
};

pub(super) const ONE_WAY: Rule = Rule {
    number: 21,
    summary: "Once visible to Microsoft's sellers, always visible.",
    codes: &["visibility.withdrawn"],
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\": visibility can't be reverted",
    check: one_way,
};

fn implied(case: &Case<'_>) -> Vec<Finding> {
    // Where visibility was taken back, the other rule speaks, with the same remedy.
    if case.opportunity.help.is_none() || case.opportunity.visible || was_visible(case) {
        return Vec::new();
    }
    vec![Finding::new("visibility.required", Field::Visibility).fixed_by(make_visible(case))]
}

fn one_way(case: &Case<'_>) -> Vec<Finding> {
    if case.opportunity.visible || !was_visible(case) {
        return Vec::new();
    }
    vec![Finding::new("visibility.withdrawn", Field::Visibility).fixed_by(make_visible(case))]
}

fn was_visible(case: &Case<'_>) -> bool {
    case.sent.is_some_and(|sent| sent.visible)
}

fn make_visible(case: &Case<'_>) -> Fix {
    Fix::set(Target::Opportunity, &case.opportunity.id, field::VISIBLE, true)
}
