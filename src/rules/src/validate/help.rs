//! *How can Microsoft help?* is one of the six answers.

use super::{Case, Rule};
use crate::{
    finding::{Field, Finding, Fix, Target},
    salesforce::field,
};

/// The codes that Microsoft knows (swagger of the "Partner Center Referrals" connector, `assistanceRequestCode`).
pub(super) const CODES: [&str; 6] = [
    "WorkloadSpecificValueProposition",
    "CustomerTechnicalArchitecture",
    "ProofOfConceptOrDemo",
    "QuotesOrLicensing",
    "PostSalesCustomerSuccess",
    "GeneralOrOther",
];

pub(super) const RULE: Rule = Rule {
    number: 18,
    summary: "Help, where it is asked, is one of Microsoft's six kinds.",
    codes: &["help.unknown"],
    source: "Swagger of Microsoft's \"Partner Center Referrals\" connector: assistanceRequestCode",
    check,
};

fn check(case: &Case<'_>) -> Vec<Finding> {
    match &case.opportunity.help {
        Some(help) if !CODES.contains(&help.as_str()) => {
            let fix = Fix::edit(Target::Opportunity, &case.opportunity.id, &[field::HELP]);
            vec![Finding::new("help.unknown", Field::Help).with("value", help).fixed_by(fix)]
        }
        _ => Vec::new(),
    }
}
