//! Nothing is sent while a deal waits in the on-hold stage.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind},
    lifecycle,
};

const UPDATE: Kind = Kind::block("on-hold.update", Field::Stage);
const EDIT: Kind = Kind::warn("on-hold.edit", Field::Stage);

pub(super) const RULE: Rule = Rule {
    number: 38,
    summary: "An edit on a deal in the on-hold stage is not sent.",
    about: "The on-hold stage is where referrals from Microsoft wait for an answer, and any shared deal may be put there. Edits stay \
            in Salesforce until the deal is moved on. Which stage it is stands in the settings.",
    kinds: &[&UPDATE, &EDIT],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\": edits in the on-hold stage don't synchronise",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let is_live = case.sent.is_some_and(|sent| !sent.own.is_some_and(lifecycle::Standing::is_closed));
    if !is_live || !lifecycle::is_on_hold(case.opportunity, case.settings) {
        return;
    }
    if case.leaving.is_some_and(|leaving| !leaving.patch.is_empty()) {
        findings.add(&UPDATE).with("stage", case.opportunity.stage);
    } else if case.edited && case.opportunity.sync {
        findings.add(&EDIT).with("stage", case.opportunity.stage);
    }
}
