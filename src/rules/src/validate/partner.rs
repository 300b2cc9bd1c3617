//! Before other partners are invited, the deal is as it should stay.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind, Target};

const FINAL: Kind = Kind::warn("partner.final", Field::Amount);

pub(super) const RULE: Rule = Rule {
    number: 43,
    summary: "Deal value, close date and team are final before another partner is invited.",
    about: "After the invitation the partner who invited can't change value and close date any more. So the seller is reminded \
            once, when an invitation is about to leave. Nobody gives one yet: Cosell invites no other partners.",
    kinds: &[&FINAL],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": partner-to-partner deals",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.leaving.is_some_and(|leaving| leaving.partners > 0) {
        let fields = [case.settings.deal_value_field.as_str(), "CloseDate"];
        findings.add(&FINAL).edit(Target::Opportunity, case.opportunity.id, &fields);
    }
}
