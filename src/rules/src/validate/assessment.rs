//! A solution assessment is a deal of its own kind: alone, somewhere, step by step.

use super::{
    Basis, Case, Rule,
    catalog::{is_assessment, usable},
};
use crate::{
    finding::{Field, Findings, Kind, Target},
    lifecycle,
};

/// The stages of an assessment, in their order: as Microsoft writes them, and the terms that they are named by.
pub(crate) const STAGES: [(&str, &str); 4] = [
    ("Secure customer LOE", "SecureCustomerLoe"),
    ("Collect data", "CollectData"),
    ("Prepare assessment report", "PrepareAssessmentReport"),
    ("Present to Customer", "PresentToCustomer"),
];

const NOT_ALONE: Kind = Kind::block("assessment.not-alone", Field::Solutions);
const LOCATION_MISSING: Kind = Kind::block("assessment.location-missing", Field::Location);
const STAGE_SKIPPED: Kind = Kind::block("assessment.stage-skipped", Field::Stage);

pub(super) const RULE: Rule = Rule {
    number: 17,
    summary: "A solution assessment is the deal's only solution, has a location, and goes through its stages one by one.",
    about: "A solution is an assessment by its kind, on the record or in the catalogue. The location is asked for where the \
            administrator named a field for it. The stages are Secure customer LOE, Collect data, Prepare assessment report, \
            Present to Customer; only then the deal can be won. They are looked at where the sales stage that Partner Center holds \
            is known, which the record doesn't say: in the proxy.",
    kinds: &[&NOT_ALONE, &LOCATION_MISSING, &STAGE_SKIPPED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": solution assessments",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if !is_assessment(case) {
        return;
    }
    let (deal, settings) = (case.opportunity, case.settings);
    if usable(case).count() > 1 {
        findings.add(&NOT_ALONE);
    }
    if !settings.location_field.is_empty() && deal.location.is_empty() {
        findings.add(&LOCATION_MISSING).edit(Target::Opportunity, deal.id, &[&settings.location_field]);
    }
    if let Some(next) = skipped(case) {
        findings.add(&STAGE_SKIPPED).with_term("next", next).edit(Target::Opportunity, deal.id, &["StageName"]);
    }
}

/// The stage that has to come next, where the deal is beyond it.
fn skipped(case: &Case<'_>) -> Option<&'static str> {
    let held = place(case.sent?.sales_stage?)?;
    let wanted = if case.opportunity.is_won { STAGES.len() } else { place(own_stage(case))? };
    STAGES.get(held + 1).filter(|_| wanted > held + 1).map(|(_, term)| *term)
}

/// The deal's stage in Microsoft's words, as the admin paired them.
fn own_stage<'a>(case: &Case<'a>) -> &'a str {
    let stage = case.opportunity.stage;
    lifecycle::own_word(stage, case.settings).unwrap_or(stage)
}

fn place(stage: &str) -> Option<usize> {
    STAGES.iter().position(|(known, _)| known.eq_ignore_ascii_case(stage))
}
