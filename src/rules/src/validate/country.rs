//! The customer's country is an ISO 3166-1 alpha-2 code.

use super::{Case, Rule};
use crate::{
    country::{self, Code, Resolution},
    finding::{Choice, Field, Finding, Fix, Target},
    model::{Account, Settings},
};

pub(super) const RULE: Rule = Rule {
    number: 7,
    summary: "The customer's country is an ISO 3166-1 alpha-2 code.",
    codes: &["country.missing", "country.name", "country.ambiguous", "country.withdrawn", "country.unknown"],
    source: "Microsoft Learn, \"Referral resources\": country is the two-letter ISO 3166-1 code",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    // Without an account another rule speaks.
    let Some(account) = &case.opportunity.account else {
        return Vec::new();
    };
    if account.country.is_empty() {
        return vec![offer(case, account, Finding::new("country.missing", Field::AccountCountry), None)];
    }
    if Code::new(&account.country).is_some() {
        return Vec::new();
    }
    let names: Vec<(&str, Code)> =
        case.settings.country_names.iter().filter_map(|(code, name)| Some((name.as_str(), Code::new(code)?))).collect();
    let (code, replacement) = match country::resolve_with(&account.country, &names) {
        Resolution::Valid(_) => return Vec::new(),
        Resolution::Ambiguous(codes) => return vec![ambiguous(case, account, &codes)],
        Resolution::Name { code } => ("country.name", Some(code)),
        Resolution::Withdrawn { successor, .. } => ("country.withdrawn", successor),
        Resolution::Unknown { suggestion } => ("country.unknown", suggestion),
    };
    let finding = Finding::new(code, Field::AccountCountry).with("value", &account.country);
    vec![offer(case, account, finding, replacement)]
}

/// Offers a code as a button where one is known, else an empty field; never applies it unasked.
fn offer(case: &Case<'_>, account: &Account, finding: Finding, replacement: Option<Code>) -> Finding {
    let finding = match replacement {
        Some(code) => finding.with("code", code.as_str()).with("country", name(code, case.settings)),
        None => finding,
    };
    match (&account.country_field, replacement) {
        (Some(field), Some(code)) => finding.fixed_by(Fix::set(Target::Account, &account.id, field, code.as_str())),
        (Some(field), None) => finding.fixed_by(Fix::edit(Target::Account, &account.id, &[field])),
        // Behind a lookup stands a record of its own, which the seller of this deal should not rewrite.
        (None, _) => finding,
    }
}

fn ambiguous(case: &Case<'_>, account: &Account, codes: &[Code]) -> Finding {
    let options: Vec<_> = codes
        .iter()
        .map(|code| Choice { value: code.as_str().into(), label: format!("{} ({})", name(*code, case.settings), code.as_str()) })
        .collect();
    let labels = options.iter().map(|option| option.label.as_str()).collect::<Vec<_>>().join(", ");
    let finding =
        Finding::new("country.ambiguous", Field::AccountCountry).with("value", &account.country).with("options", labels);
    match &account.country_field {
        Some(field) => finding.fixed_by(Fix::Choose {
            object: Target::Account,
            record_id: account.id.clone(),
            field: field.clone(),
            options,
        }),
        None => finding,
    }
}

fn name(code: Code, settings: &Settings) -> String {
    match settings.country_names.get(code.as_str()) {
        Some(name) => name.clone(),
        None => country::name(code).unwrap_or(code.as_str()).into(),
    }
}
