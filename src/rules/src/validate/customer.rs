//! Microsoft can find the customer: name, street and city are required, the postal code helps.

use super::{Case, Rule};
use crate::finding::{Field, Finding, Fix, Target};

pub(super) const PRESENT: Rule = Rule {
    number: 12,
    summary: "The customer has a name, a street and a city.",
    codes: &["customer.missing", "customer.name-missing", "customer.street-missing", "customer.city-missing"],
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": customer name, address line 1 and city are required",
    check: present,
};

pub(super) const MATCHING: Rule = Rule {
    number: 13,
    summary: "A postal code helps Microsoft to find the customer.",
    codes: &["customer.postal-code-missing"],
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": state, postal code and D-U-N-S number improve account matching",
    check: matching,
};

fn present(case: &Case<'_>) -> Vec<Finding> {
    let Some(account) = &case.opportunity.account else {
        let fix = Fix::edit(Target::Opportunity, &case.opportunity.id, &["AccountId"]);
        return vec![Finding::new("customer.missing", Field::Account).fixed_by(fix)];
    };
    [
        ("customer.name-missing", Field::AccountName, &account.name, "Name"),
        ("customer.street-missing", Field::AccountStreet, &account.street, "BillingStreet"),
        ("customer.city-missing", Field::AccountCity, &account.city, "BillingCity"),
    ]
    .into_iter()
    .filter(|(_, _, value, _)| value.is_empty())
    .map(|(code, field, _, name)| Finding::new(code, field).fixed_by(Fix::edit(Target::Account, &account.id, &[name])))
    .collect()
}

fn matching(case: &Case<'_>) -> Vec<Finding> {
    match &case.opportunity.account {
        Some(account) if account.postal_code.is_empty() => {
            let fix = Fix::edit(Target::Account, &account.id, &["BillingPostalCode"]);
            vec![Finding::new("customer.postal-code-missing", Field::AccountPostalCode).warning().fixed_by(fix)]
        }
        _ => Vec::new(),
    }
}
