//! The deal value is a positive number.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind, Target},
    model::Entry,
};

const MISSING: Kind = Kind::block("amount.missing", Field::Amount);
const UNREADABLE: Kind = Kind::block("amount.unreadable", Field::Amount);
const ZERO: Kind = Kind::block("amount.zero", Field::Amount);
const NEGATIVE: Kind = Kind::block("amount.negative", Field::Amount);

pub(super) const RULE: Rule = Rule {
    number: 9,
    summary: "The deal value is present, a number, and more than zero.",
    about: "Microsoft's sellers choose what to work on by value, and the upload refuses a deal without one. A value that a \
            formula calculates must have been calculated: 0 counts as missing.",
    kinds: &[&MISSING, &UNREADABLE, &ZERO, &NEGATIVE],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": deal value is required; \"Co-sell connector for Salesforce \
             CRM\": a calculated deal value must not be 0 or empty",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let finding = match case.opportunity.amount {
        Entry::Missing => findings.add(&MISSING),
        Entry::Unreadable(text) => findings.add(&UNREADABLE).with("value", text),
        Entry::Read(amount) if amount.is_zero() => findings.add(&ZERO),
        Entry::Read(amount) if amount.is_negative() => findings.add(&NEGATIVE).with("value", amount),
        Entry::Read(_) => return,
    };
    finding.edit(Target::Opportunity, case.opportunity.id, &[&case.settings.deal_value_field]);
}
