//! The currency is one that is in use today.

use time::{Date, Month};

use super::{Basis, Case, Rule};
use crate::{
    currency::{self, Code3, CurrencyStatus},
    finding::{Field, Findings, Kind, Target},
};

const MISSING: Kind = Kind::block("currency.missing", Field::Currency);
const UNKNOWN: Kind = Kind::block("currency.unknown", Field::Currency);
const WITHDRAWN: Kind = Kind::block("currency.withdrawn", Field::Currency);

pub(super) const RULE: Rule = Rule {
    number: 8,
    summary: "The currency is a current code of ISO 4217.",
    about: "Microsoft takes the three letters in capitals. Salesforce keeps currencies that have been withdrawn, for the deals \
            of the past; a new deal must be in one that is in use, and its value must be converted. In an org with a single \
            currency the administrator names it in the settings.",
    kinds: &[&MISSING, &UNKNOWN, &WITHDRAWN],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Referral resources\": currency is a code of ISO 4217; \"Bulk upload of co-sell deals\": \
             required",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let value = case.opportunity.currency;
    if Code3::new(value).is_some() {
        return;
    }
    let (id, field) = (case.opportunity.id, case.settings.currency_field.as_str());
    if value.is_empty() {
        findings.add(&MISSING).edit(Target::Opportunity, id, &[field]);
        return;
    }
    if value == case.settings.default_currency {
        // It stands in the settings, where a seller can't reach it.
        findings.add(&UNKNOWN).with("value", value).with("setting", "defaultCurrency");
        return;
    }
    let (kind, replacement, since) = match currency::resolve_with(value, &case.settings.currency_names) {
        CurrencyStatus::Valid => return,
        CurrencyStatus::Withdrawn { successor, since } => (&WITHDRAWN, successor, day(since)),
        CurrencyStatus::WrongCase { code } | CurrencyStatus::Name { code } => (&UNKNOWN, Some(code), None),
        CurrencyStatus::NotMoney | CurrencyStatus::Unknown => (&UNKNOWN, None, None),
    };
    let finding = findings.add(kind).with("value", value);
    if let Some(since) = since {
        finding.with("since", since);
    }
    if let Some(code) = replacement {
        finding.with("code", code.as_str()).with("currency", code);
    }
    match replacement {
        // Another currency is another amount: one click must not turn 75,000 kuna into 75,000 euros.
        Some(_) if since.is_some() => finding.edit(Target::Opportunity, id, &[field, &case.settings.deal_value_field]),
        Some(code) => finding.set(Target::Opportunity, id, field, code.as_str()),
        None => finding.edit(Target::Opportunity, id, &[field]),
    };
}

fn day((year, month, day): (u16, u8, u8)) -> Option<Date> {
    Date::from_calendar_date(year.into(), Month::try_from(month).ok()?, day).ok()
}
