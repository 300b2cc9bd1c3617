//! A won deal can be registered, and the form says what Microsoft wants to know.

use super::{
    Basis, Case, Rule,
    catalog::{Listed, is_assessment, usable},
};
use crate::{
    decimal::Decimal,
    facts::Registration,
    finding::{Field, Findings, Kind},
    lifecycle::Standing,
    model::{DealType, Opportunity, Solution},
    moment::Moment,
};

/// Days after its signature within which a contract is registered.
const SIGNED_DAYS: i64 = 60;
/// Days that a contract may already be running.
const STARTED_DAYS: i64 = 90;
/// US dollars that a deal must be worth, and a year of its contract must exceed.
const THRESHOLD: &str = "25000";
/// The same for a contract without end, whose value is spread over six years.
const PERPETUAL_THRESHOLD: &str = "150000";

const SMALL: Kind = Kind::warn("registration.small", Field::Amount);
const OF_ASSESSMENT: Kind = Kind::block("registration.assessment", Field::Registration);

macro_rules! kinds {
    ($($name:ident = $code:literal,)+) => {
        $(const $name: Kind = Kind::block($code, Field::Registration);)+
        /// Everything that the form can lack.
        const FORM_KINDS: &[&Kind] = &[$(&$name,)+];
    };
}

kinds! {
    PRIVATE = "registration.private",
    NOT_WON = "registration.not-won",
    UNANSWERED = "registration.unanswered",
    INELIGIBLE = "registration.solution",
    CONTRACT = "registration.contract-value",
    SOLUTION = "registration.solution-value",
    ABOVE = "registration.above-contract",
    ANNUAL = "registration.annual-value",
    UNSIGNED = "registration.unsigned",
    SIGNED_LATER = "registration.signed-later",
    SIGNED_LONG_AGO = "registration.signed-long-ago",
    SIGNED_BEFORE = "registration.signed-before",
    NO_START = "registration.no-start",
    STARTED_LONG_AGO = "registration.started-long-ago",
    NO_END = "registration.no-end",
    ENDS_BEFORE = "registration.ends-before",
    NOT_ON_AZURE = "registration.not-on-azure",
    NO_PURCHASE = "registration.no-purchase",
}

pub(super) const VALUE: Rule = Rule {
    number: 40,
    summary: "A deal under 25,000 US dollars is not registered, and Microsoft doesn't say why it declines it.",
    about: "Says so when help is asked or a registration is filled in. Looks only at deals in US dollars, or at those whose value in \
            dollars is given: exchange rates are Microsoft's. Nobody gives a registration yet: the page has no form for it.",
    kinds: &[&SMALL],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Register deals\": deal value of at least USD 25,000; \"Co-sell FAQ\": reasons are hidden under it",
    check: value,
};

pub(super) const FORM: Rule = Rule {
    number: 41,
    summary: "A registration is of a won deal that Microsoft knows, and its form is complete and within its limits.",
    about: "The deal is won, not private, and accepted by Microsoft where Microsoft was asked; one of its solutions is eligible, as \
            far as the catalogue says. The contract was signed at most 60 days ago, not before the deal was shared, and has been \
            running for at most 90 days; it ends after it starts unless it has no end. The solution is worth no more than the \
            contract, a year of which exceeds 25,000 US dollars (six years for a contract without end; without the value of a \
            year, the whole contract must be worth 25,000), and runs on Azure. A purchase in the marketplace has its day. Whether \
            Microsoft manages the customer's account is not known here. Nobody gives a registration yet: the page has no form for \
            it.",
    kinds: FORM_KINDS,
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Register deals\": eligibility and form",
    check: form,
};

pub(super) const NOT_ASSESSMENT: Rule = Rule {
    number: 42,
    summary: "A solution assessment is not registered.",
    about: "Microsoft takes registrations of solutions that are sold. An assessment is not one of them; there is nothing to mend. \
            Nobody gives a registration yet: the page has no form for it.",
    kinds: &[&OF_ASSESSMENT],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Register deals\": solution assessments are not eligible",
    check: not_assessment,
};

fn value<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let deal = case.opportunity;
    let in_dollars = deal.amount.value().filter(|_| is_in_dollars(deal));
    let given = case.registration.and_then(|registration| registration.usd_value.value());
    let matters = case.registration.is_some() || deal.deal_type() == DealType::CoSell;
    if let Some(value) = given.or(in_dollars).filter(|value| matters && is_under(**value, THRESHOLD)) {
        findings.add(&SMALL).with("value", *value);
    }
}

fn not_assessment<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.registration.is_some() && is_assessment(case) {
        findings.add(&OF_ASSESSMENT);
    }
}

fn form<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(form) = case.registration else { return };
    eligibility(case, findings);
    values(case.opportunity, form, findings);
    days(case, form, findings);
    add(findings, !form.on_azure, &NOT_ON_AZURE);
    add(findings, form.in_marketplace && form.marketplace_date.value().is_none(), &NO_PURCHASE);
}

fn eligibility<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let deal = case.opportunity;
    let (own, microsoft) = case.sent.map(|sent| (sent.own, sent.microsoft)).unwrap_or_default();
    add(findings, deal.deal_type() == DealType::Private, &PRIVATE);
    add(findings, !deal.is_won || own.is_some_and(|own| own != Standing::WON), &NOT_WON);
    let has_answered = |standing| [Standing::ACCEPTED, Standing::WON].contains(&standing);
    add(findings, microsoft.is_some_and(|standing| !has_answered(standing)), &UNANSWERED);
    // A solution that the catalogue doesn't know may be an eligible one.
    let is_ineligible = |solution: &Solution<'_>| {
        Listed::find(&case.settings.catalog, solution.identifier)
            .is_some_and(|listed| listed.has_status() && !listed.is_registrable())
    };
    add(findings, usable(case).next().is_some() && usable(case).all(is_ineligible), &INELIGIBLE);
}

fn values<'a>(deal: &Opportunity<'a>, form: &Registration<'a>, findings: &mut Findings<'a>) {
    let worth = |value: Option<&Decimal>| value.copied().filter(|value| !value.is_zero() && !value.is_negative());
    let (contract, solution) = (worth(form.contract_value.value()), worth(form.solution_value.value()));
    add(findings, contract.is_none(), &CONTRACT);
    add(findings, solution.is_none(), &SOLUTION);
    add(findings, contract.zip(solution).is_some_and(|(contract, solution)| solution > contract), &ABOVE);
    // Values of the form are in the deal's currency, but for the one that is given in dollars.
    let in_dollars = |value: Option<Decimal>| value.filter(|_| is_in_dollars(deal));
    let total = form.usd_value.value().copied().or(in_dollars(contract));
    let enough = match (in_dollars(form.annual_value.value().copied()), total) {
        (Some(annual), _) => is_above(annual, THRESHOLD),
        (None, Some(total)) if form.perpetual => is_above(total, PERPETUAL_THRESHOLD),
        (None, Some(total)) => !is_under(total, THRESHOLD),
        (None, None) => true,
    };
    add(findings, !enough, &ANNUAL);
}

fn days<'a>(case: &Case<'a>, form: &Registration<'a>, findings: &mut Findings<'a>) {
    let age = |day: time::Date| (case.today - day).whole_days();
    let (starts, ends) = (form.starts.value().copied(), form.ends.value().copied());
    match form.signed.value().copied() {
        None => add(findings, true, &UNSIGNED),
        Some(signed) => {
            add(findings, age(signed) < 0, &SIGNED_LATER);
            add(findings, age(signed) > SIGNED_DAYS, &SIGNED_LONG_AGO);
            let created = case.sent.and_then(|sent| sent.created).map(Moment::date);
            let known = form.invited.value().copied().max(created);
            if let Some(known) = known.filter(|known| signed < *known) {
                findings.add(&SIGNED_BEFORE).with("day", known);
            }
        }
    }
    add(findings, starts.is_none(), &NO_START);
    add(findings, starts.is_some_and(|starts| age(starts) > STARTED_DAYS), &STARTED_LONG_AGO);
    add(findings, !form.perpetual && ends.is_none(), &NO_END);
    add(findings, !form.perpetual && starts.zip(ends).is_some_and(|(starts, ends)| ends < starts), &ENDS_BEFORE);
}

fn add(findings: &mut Findings<'_>, is_wrong: bool, kind: &'static Kind) {
    if is_wrong {
        findings.add(kind);
    }
}

fn is_in_dollars(deal: &Opportunity<'_>) -> bool {
    deal.currency.eq_ignore_ascii_case("USD")
}

/// Whether something is worth something, but less than a limit.
fn is_under(value: Decimal, limit: &str) -> bool {
    !value.is_zero() && !value.is_negative() && Decimal::read(limit).is_some_and(|limit| value < limit)
}

fn is_above(value: Decimal, limit: &str) -> bool {
    Decimal::read(limit).is_some_and(|limit| value > limit)
}
