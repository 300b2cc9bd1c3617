//! The customer's country is a code that Microsoft takes.

use super::{Basis, Case, Rule};
use crate::{
    country::{self, Code, Resolution},
    finding::{Field, Finding, Findings, Kind, Param, Target},
    model::Account,
    text::push_number,
};

const MISSING: Kind = Kind::block("country.missing", Field::AccountCountry);
const NAME: Kind = Kind::block("country.name", Field::AccountCountry);
const AMBIGUOUS: Kind = Kind::block("country.ambiguous", Field::AccountCountry);
const WITHDRAWN: Kind = Kind::block("country.withdrawn", Field::AccountCountry);
const UNKNOWN: Kind = Kind::block("country.unknown", Field::AccountCountry);

pub(super) const RULE: Rule = Rule {
    number: 7,
    summary: "The customer's country is a two-letter code of ISO 3166-1.",
    about: "Microsoft takes the code in capitals and nothing else, while accounts often hold a name. Where the name is certain, \
            or only one country can be meant, the code is offered as a button; nothing is replaced unasked. A country that lies \
            behind a lookup has to be mended there.",
    kinds: &[&MISSING, &NAME, &AMBIGUOUS, &WITHDRAWN, &UNKNOWN],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Referral resources\": country is the two-letter code of ISO 3166-1; \"Co-sell connector for \
             Salesforce CRM\": accounts must hold two-letter country codes",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    // Without an account another rule speaks.
    let Some(account) = &case.opportunity.account else { return };
    if Code::new(account.country).is_some() {
        return;
    }
    if account.country.is_empty() {
        offer(account, findings.add(&MISSING), None);
        return;
    }
    let (kind, replacement, since) = match resolve(case, account.country) {
        Resolution::Valid(_) => return,
        Resolution::Ambiguous(codes) => {
            choice(account, findings.add(&AMBIGUOUS), codes);
            return;
        }
        Resolution::Name { code } => (&NAME, Some(code), None),
        Resolution::Withdrawn { successor, since } => (&WITHDRAWN, successor, Some(since)),
        Resolution::Unknown { suggestion } => (&UNKNOWN, suggestion, None),
    };
    let finding = findings.add(kind).with("value", account.country);
    if let Some(year) = since {
        finding.with("since", digits(year));
    }
    offer(account, finding, replacement);
}

fn digits(year: u16) -> String {
    let mut text = String::new();
    push_number(&mut text, year.into());
    text
}

#[cold]
fn resolve(case: &Case<'_>, country: &str) -> Resolution {
    country::resolve_with(country, &case.settings.country_names, &case.settings.other_country_names)
}

/// Offers a code as a button where one is known, else an empty field; never applies it unasked.
fn offer<'a>(account: &Account<'a>, finding: &mut Finding<'a>, replacement: Option<Code>) {
    if let Some(code) = replacement {
        finding.with("code", code.as_str()).with("country", code);
    }
    // Behind a lookup stands a record of its own, which the seller of this deal should not rewrite.
    let Some(field) = account.country_field else { return };
    match replacement {
        Some(code) => finding.set(Target::Account, account.id, field, code.as_str()),
        None => finding.edit(Target::Account, account.id, &[field]),
    };
}

fn choice<'a>(account: &Account<'a>, finding: &mut Finding<'a>, codes: Vec<Code>) {
    finding.with("value", account.country);
    if let Some(field) = account.country_field {
        finding.choose(Target::Account, account.id, field, codes.clone());
    }
    finding.params.push(("options", Param::Countries(codes)));
}
