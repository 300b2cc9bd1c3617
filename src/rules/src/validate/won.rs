//! A deal that is to be registered has been there for three days before it is won.

use super::{Basis, Case, Rule, catalog::is_assessment, transition};
use crate::{
    finding::{Field, Findings, Kind},
    lifecycle::{BEFORE_WON, Standing},
    model::DealType,
};

const EARLY: Kind = Kind::warn("won.early", Field::Stage);

pub(super) const RULE: Rule = Rule {
    number: 39,
    summary: "A deal is won no sooner than 72 hours after it was shared, if it is to be registered.",
    about: "Microsoft may reject the registration of a deal that was won within three days. Whoever wants to register it waits until \
            then with closing it. Deals that can't be registered, private ones and solution assessments, are left alone. \
            Speaks where it is known when the referral was created, which the record doesn't say: in the proxy.",
    kinds: &[&EARLY],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Register deals\" and \"Manage co-sell opportunities\": at least 72 hours between creating a deal and \
             marking it as won",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (Some(created), Some(now)) = (case.sent.and_then(|sent| sent.created), case.now) else { return };
    let from = created.after(BEFORE_WON);
    if now >= from {
        return;
    }
    let deal = case.opportunity;
    let can_be_registered = deal.deal_type() != DealType::Private && !is_assessment(case);
    if can_be_registered && transition::next(case) == Some(Standing::WON) {
        findings.add(&EARLY).with("day", from.date());
    }
}
