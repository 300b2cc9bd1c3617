//! The deal names at least one solution.

use super::{Case, Rule};
use crate::finding::{Addition, Field, Finding, Fix};

/// The most solutions that a referral takes.
const MOST: usize = 50;

pub(super) const RULE: Rule = Rule {
    number: 15,
    summary: "One to fifty solutions, each with its identifier.",
    codes: &["solutions.missing", "solutions.too-many"],
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\" (at least one co-sell ready or Microsoft solution) and \"Bulk \
             upload of co-sell deals\" (at most 50)",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    match case.opportunity.solutions.iter().filter(|solution| !solution.identifier.is_empty()).count() {
        0 => vec![Finding::new("solutions.missing", Field::Solutions).fixed_by(Fix::Add { what: Addition::Solution })],
        count if count > MOST => {
            vec![
                Finding::new("solutions.too-many", Field::Solutions)
                    .with("count", count.to_string())
                    .with("most", MOST.to_string()),
            ]
        }
        _ => Vec::new(),
    }
}
