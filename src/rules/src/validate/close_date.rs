//! The estimated close date is there, and better not past.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind, Target},
    model::Entry,
};

const MISSING: Kind = Kind::block("close-date.missing", Field::CloseDate);
const UNREADABLE: Kind = Kind::block("close-date.unreadable", Field::CloseDate);
const PAST: Kind = Kind::warn("close-date.past", Field::CloseDate);

pub(super) const RULE: Rule = Rule {
    number: 10,
    summary: "The estimated close date is present; one in the past is pointed out while the deal is open.",
    about: "Microsoft's sellers plan by the close date. It is sent as a day without a time of day. That an open deal with a \
            date in the past deserves a warning is our own conclusion: it looks abandoned.",
    kinds: &[&MISSING, &UNREADABLE, &PAST],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\" and \"Manage co-sell opportunities\": estimated close date is \
             required",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let finding = match case.opportunity.close_date {
        Entry::Missing => findings.add(&MISSING),
        Entry::Unreadable(text) => findings.add(&UNREADABLE).with("value", text),
        Entry::Read(date) if date < case.today && !case.opportunity.is_closed => findings.add(&PAST).with("date", date),
        Entry::Read(_) => return,
    };
    finding.edit(Target::Opportunity, case.opportunity.id, &["CloseDate"]);
}
