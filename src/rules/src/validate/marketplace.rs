//! Whether the customer buys through Microsoft's marketplace.

use super::{
    Basis, Case, Rule,
    catalog::{Listed, usable},
};
use crate::{
    finding::{Field, Findings, Kind, Target},
    taxonomy::List,
};

const MISSING: Kind = Kind::block("marketplace.missing", Field::MarketplaceIntent);
const UNKNOWN: Kind = Kind::warn("marketplace.unknown", Field::MarketplaceIntent);
const NOT_INCENTIVISED: Kind = Kind::warn("marketplace.not-incentivised", Field::Solutions);

pub(super) const RULE: Rule = Rule {
    number: 25,
    summary: "It is said whether the customer buys through Microsoft's marketplace; if so, a solution earns the incentive.",
    about: "Speaks where the setting `marketplaceIntentField` names a field; the answers are yes, no, and not decided yet. That a \
            customer who buys there should be offered an incentivised solution is looked at where the catalogue gives each \
            solution's status, and where one entry of the list of answers is or is called Yes.",
    kinds: &[&MISSING, &UNKNOWN, &NOT_INCENTIVISED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\" and \"Bulk upload of co-sell deals\": marketplace intent is \
             required; make sure to select an incentivised solution",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (settings, deal) = (case.settings, case.opportunity);
    let field = settings.marketplace_intent_field.as_str();
    if field.is_empty() {
        return;
    }
    let intent = deal.marketplace_intent;
    if intent.is_empty() {
        findings.add(&MISSING).edit(Target::Opportunity, deal.id, &[field]);
        return;
    }
    let (taxonomy, list) = (&settings.taxonomy, List::MarketplaceIntents);
    let meant = taxonomy.find(list, intent);
    if meant.is_none() && taxonomy.is_complete(list) {
        findings.add(&UNKNOWN).with("value", intent).edit(Target::Opportunity, deal.id, &[field]);
    }
    // Microsoft's id for it is not published: whichever id is called so.
    if meant.is_some() && meant == taxonomy.find(list, "Yes") && lacks_incentive(case) {
        findings.add(&NOT_INCENTIVISED);
    }
}

/// Whether the catalogue gives a status to every solution, and to none an incentivised one.
fn lacks_incentive(case: &Case<'_>) -> bool {
    let mut solutions = usable(case).map(|solution| Listed::find(&case.settings.catalog, solution.identifier)).peekable();
    solutions.peek().is_some()
        && solutions.all(|listed| listed.is_some_and(|listed| listed.has_status() && !listed.is_incentivised()))
}
