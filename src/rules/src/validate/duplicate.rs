//! The same deal is not open twice.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind},
    model::Opportunity,
};

/// How many days apart two close dates may be and still look like one deal's.
const CLOSE: u32 = 30;

const OPEN: Kind = Kind::warn("duplicate.open", Field::Name);

pub(super) const RULE: Rule = Rule {
    number: 36,
    summary: "No other open deal is for the same customer and solution, with nearly the same close date or the same value.",
    about: "Microsoft closes duplicates as errors, and three of its nine reasons for that are duplicates. Two open deals look \
            alike when they have the same account (by its id), at least one solution with the same identifier, and close dates at \
            most thirty days apart or the same amount in the same currency; names are not compared. Thirty days are our own \
            choice. Speaks where other deals are given beside this one, as in a list.",
    kinds: &[&OPEN],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": reasons for closing a deal as an error",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let deal = case.opportunity;
    if deal.is_closed {
        return;
    }
    if let Some(other) = case.peers.iter().find(|other| other.id != deal.id && !other.is_closed && are_alike(deal, other)) {
        findings.add(&OPEN).with("deal", if other.name.is_empty() { other.id } else { other.name });
    }
}

fn are_alike(one: &Opportunity<'_>, other: &Opportunity<'_>) -> bool {
    let (Some(customer), Some(other_customer)) = (&one.account, &other.account) else { return false };
    customer.id == other_customer.id && (close_alike(one, other) || cost_alike(one, other)) && share_a_solution(one, other)
}

fn close_alike(one: &Opportunity<'_>, other: &Opportunity<'_>) -> bool {
    let (Some(day), Some(other_day)) = (one.close_date.value(), other.close_date.value()) else { return false };
    day.to_julian_day().abs_diff(other_day.to_julian_day()) <= CLOSE
}

fn cost_alike(one: &Opportunity<'_>, other: &Opportunity<'_>) -> bool {
    one.amount.value().is_some() && one.amount == other.amount && one.currency == other.currency
}

fn share_a_solution(one: &Opportunity<'_>, other: &Opportunity<'_>) -> bool {
    one.solutions.iter().any(|solution| {
        !solution.identifier.is_empty()
            && other.solutions.iter().any(|known| known.identifier.eq_ignore_ascii_case(solution.identifier))
    })
}
