//! The estimated close date is there, and better not past.

use super::{Case, Rule};
use crate::{
    finding::{Field, Finding, Fix, Target},
    model::Entry,
    salesforce::format_date,
};

pub(super) const RULE: Rule = Rule {
    number: 10,
    summary: "The estimated close date is present; one in the past is pointed out.",
    codes: &["close-date.missing", "close-date.unreadable", "close-date.past"],
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": estimated close date is required; that a past one deserves a \
             warning is our own conclusion",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let finding = match &case.opportunity.close_date {
        Entry::Missing => Finding::new("close-date.missing", Field::CloseDate),
        Entry::Unreadable(text) => Finding::new("close-date.unreadable", Field::CloseDate).with("value", text),
        Entry::Read(date) if *date < case.today => {
            Finding::new("close-date.past", Field::CloseDate).warning().with("date", format_date(*date))
        }
        Entry::Read(_) => return Vec::new(),
    };
    vec![finding.fixed_by(Fix::edit(Target::Opportunity, &case.opportunity.id, &["CloseDate"]))]
}
