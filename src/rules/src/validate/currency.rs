//! The currency is a current ISO 4217 code.

use super::{Case, Rule};
use crate::{
    currency::{self, CurrencyStatus},
    finding::{Field, Finding, Fix, Target},
};

pub(super) const RULE: Rule = Rule {
    number: 8,
    summary: "The currency is a current ISO 4217 code.",
    codes: &["currency.missing", "currency.unknown", "currency.withdrawn"],
    source: "Microsoft Learn, \"Referral resources\": currency is an ISO 4217 code",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    let value = &case.opportunity.currency;
    if value.is_empty() {
        return vec![with_fix(case, Finding::new("currency.missing", Field::Currency), None)];
    }
    let (code, replacement) = match currency::resolve(value) {
        CurrencyStatus::Valid => return Vec::new(),
        CurrencyStatus::Withdrawn { successor, .. } => ("currency.withdrawn", successor),
        CurrencyStatus::WrongCase { code } | CurrencyStatus::Name { code } => ("currency.unknown", Some(code)),
        CurrencyStatus::NotMoney | CurrencyStatus::Unknown => ("currency.unknown", None),
    };
    let mut finding = Finding::new(code, Field::Currency).with("value", value);
    if let Some(replacement) = replacement {
        finding = finding.with("code", replacement.as_str());
    }
    vec![with_fix(case, finding, replacement.map(currency::Code3::as_str))]
}

fn with_fix(case: &Case<'_>, finding: Finding, replacement: Option<&str>) -> Finding {
    let (id, field) = (&case.opportunity.id, &case.settings.currency_field);
    finding.fixed_by(match replacement {
        Some(code) => Fix::set(Target::Opportunity, id, field, code),
        None => Fix::edit(Target::Opportunity, id, &[field]),
    })
}
