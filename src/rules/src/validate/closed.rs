//! Nothing about a closed referral changes any more.

use super::{Basis, Case, Rule, transition::term};
use crate::{
    finding::{Field, Findings, Kind},
    lifecycle::Substatus,
};

const UPDATE: Kind = Kind::block("closed.update", Field::Referral);
const OPEN: Kind = Kind::warn("closed.open", Field::Stage);
const EDIT: Kind = Kind::warn("closed.edit", Field::Stage);

pub(super) const RULE: Rule = Rule {
    number: 4,
    summary: "A deal that is closed in Partner Center is not changed any more.",
    about: "Won, lost, declined and expired are final: Microsoft takes no further update, and no setting changes that. Salesforce \
            may go on; what is edited there stays there. A closed deal that is only looked at says nothing; one that is being \
            edited, or that Salesforce has opened again, says so once. To work with Microsoft again, share a new opportunity.",
    kinds: &[&UPDATE, &OPEN, &EDIT],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": in a terminal state no further updates to the deal are possible",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(own) = case.sent.and_then(|sent| sent.own).filter(|own| own.is_closed()) else { return };
    let deal = case.opportunity;
    let kind = if case.leaving.is_some_and(|leaving| !leaving.patch.is_empty()) {
        &UPDATE
    } else if !deal.sync {
        // Whoever doesn't share any more expects nothing to be sent.
        return;
    } else if !deal.is_closed {
        &OPEN
    } else if case.edited || deal.is_won != (own.substatus == Substatus::Won) {
        &EDIT
    } else {
        return;
    };
    findings.add(kind).with("standing", term(own));
}
