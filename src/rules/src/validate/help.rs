//! *How can Microsoft help?* is one of the kinds that Microsoft offers.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind, Target},
    salesforce::field,
    taxonomy::List,
};

const UNKNOWN: Kind = Kind::block("help.unknown", Field::Help);

pub(super) const KNOWN: Rule = Rule {
    number: 18,
    summary: "Help, where it is asked, is one of the kinds that Microsoft offers.",
    about: "There are six. The field should be a picklist with Microsoft's codes as values; where it holds one of their labels, \
            the code is offered as a button. Asking for nothing means an empty field.",
    kinds: &[&UNKNOWN],
    basis: Basis::Api,
    source: "Definition of Microsoft's connector \"Partner Center Referrals\": assistanceRequestCode; Microsoft Learn, \"Bulk \
             upload of co-sell deals\": the six kinds of help",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(help) = case.opportunity.help else { return };
    let taxonomy = &case.settings.taxonomy;
    if taxonomy.contains(List::HelpCodes, help) {
        return;
    }
    let finding = findings.add(&UNKNOWN).with("value", help);
    match taxonomy.find(List::HelpCodes, help) {
        Some(code) => finding.with_term("help", code).set(Target::Opportunity, case.opportunity.id, field::HELP, code),
        None => finding.edit(Target::Opportunity, case.opportunity.id, &[field::HELP]),
    };
}
