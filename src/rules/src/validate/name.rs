//! The deal has a name.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind, Target};

const MISSING: Kind = Kind::block("name.missing", Field::Name);

pub(super) const RULE: Rule = Rule {
    number: 11,
    summary: "The deal has a name.",
    about: "Partner Center and Microsoft's sellers list deals by their name. A check mark that the connector put before it \
            doesn't count. The name can't be changed at Microsoft's once the deal is shared.",
    kinds: &[&MISSING],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\" and \"Bulk upload of co-sell deals\": deal name is required",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.opportunity.name.is_empty() {
        findings.add(&MISSING).edit(Target::Opportunity, case.opportunity.id, &["Name"]);
    }
}
