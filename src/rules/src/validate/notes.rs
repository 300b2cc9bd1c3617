//! A few words say what the deal is about.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind, Target};

const MISSING: Kind = Kind::warn("notes.missing", Field::Notes);

pub(super) const RULE: Rule = Rule {
    number: 45,
    summary: "The description says what the deal is about.",
    about: "The description is sent as the deal's notes. Partner Center's form calls them required, its upload optional: a deal \
            without them is accepted, and Microsoft's sellers then know only a name and a value.",
    kinds: &[&MISSING],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": notes are required; \"Bulk upload of co-sell deals\": notes are \
             optional",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.opportunity.description.is_empty() {
        findings.add(&MISSING).edit(Target::Opportunity, case.opportunity.id, &["Description"]);
    }
}
