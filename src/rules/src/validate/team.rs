//! At least one of the partner's people can be reached.

use super::{Case, Rule};
use crate::finding::{Field, Finding};

/// The most team members that a referral takes.
const MOST: usize = 50;

pub(super) const RULE: Rule = Rule {
    number: 14,
    summary: "One to fifty team members have first name, last name, phone and e-mail.",
    codes: &["team.missing", "team.incomplete", "team.too-many"],
    source: "Microsoft Learn, \"Manage co-sell opportunities\" (a complete team member is required) and \"Bulk upload of co-sell \
             deals\" (at most 50)",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let team = &case.opportunity.team;
    let complete = team.iter().filter(|person| person.is_complete()).count();
    match (team.first(), complete) {
        (None, _) => vec![Finding::new("team.missing", Field::Team)],
        // The owner is named: a seller can't edit a user, so there is nothing to click, only somebody to ask.
        (Some(owner), 0) => {
            vec![
                Finding::new("team.incomplete", Field::Team)
                    .with("person", owner.full_name())
                    .with("missing", owner.missing().join(",")),
            ]
        }
        (Some(_), complete) if complete > MOST => {
            vec![Finding::new("team.too-many", Field::Team).with("count", complete.to_string()).with("most", MOST.to_string())]
        }
        _ => Vec::new(),
    }
}
