//! Visible to Microsoft's sellers: implied by asking for help, and never taken back.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind, Target},
    salesforce::field,
};

const REQUIRED: Kind = Kind::block("visibility.required", Field::Visibility);
const WITHDRAWN: Kind = Kind::block("visibility.withdrawn", Field::Visibility);

pub(super) const IMPLIED: Rule = Rule {
    number: 20,
    summary: "A deal for which help is asked is visible to Microsoft's sellers.",
    about: "Who is asked for help sees the deal, and from then on it can't be hidden. So the seller confirms it with a tick of \
            their own, which is offered as a button.",
    kinds: &[&REQUIRED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\": choosing help makes the referral visible to Microsoft's \
             sellers",
    check: implied,
};

pub(super) const ONE_WAY: Rule = Rule {
    number: 21,
    summary: "Once visible to Microsoft's sellers, always visible.",
    about: "Partner Center keeps a shared deal visible whatever the checkbox says; an unticked box would only mislead. Before \
            the deal is shared the box can be ticked and unticked freely.",
    kinds: &[&WITHDRAWN],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\" and \"Bulk upload of co-sell deals\": visibility can't \
             be reverted",
    check: one_way,
};

fn implied<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    // Where visibility was taken back, the other rule speaks, with the same remedy.
    if case.opportunity.help.is_some() && !case.opportunity.visible && !was_visible(case) {
        make_visible(case, findings, &REQUIRED);
    }
}

fn one_way<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if !case.opportunity.visible && was_visible(case) {
        make_visible(case, findings, &WITHDRAWN);
    }
}

fn was_visible(case: &Case<'_>) -> bool {
    case.sent.is_some_and(|sent| sent.visible)
}

fn make_visible<'a>(case: &Case<'a>, findings: &mut Findings<'a>, kind: &'static Kind) {
    findings.add(kind).tick(Target::Opportunity, case.opportunity.id, field::VISIBLE);
}
