//! Who loses or declines a deal says why.

use super::{Basis, Case, Rule, transition};
use crate::{
    finding::{Field, Findings, Kind, Target},
    lifecycle::Standing,
    text::trim,
};

const MISSING: Kind = Kind::block("reason.missing", Field::Reason);
const NO_FIELD: Kind = Kind::warn("reason.no-field", Field::Reason);
const UNLISTED: Kind = Kind::warn("reason.unlisted", Field::Reason);

pub(super) const RULE: Rule = Rule {
    number: 6,
    summary: "A deal that is lost or declined says why.",
    about: "The upload refuses such a step without one of its listed reasons; the API takes any text. The reason comes from the \
            field that an admin names in the settings, and a reason that isn't on Microsoft's list is sent as it stands. Where no \
            field is named, the step is taken without a reason.",
    kinds: &[&MISSING, &NO_FIELD, &UNLISTED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": closed reason details, required for Declined and Lost",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(list) = transition::next(case).and_then(Standing::reasons) else { return };
    let field = case.settings.reason_field.as_str();
    let reason = match case.leaving {
        Some(leaving) => trim(leaving.patched("/statusReason").unwrap_or_default()),
        None => case.opportunity.reason,
    };
    match (reason, field) {
        ("", "") => findings.add(&NO_FIELD),
        ("", _) => findings.add(&MISSING).edit(Target::Opportunity, case.opportunity.id, &[field]),
        _ if case.settings.taxonomy.find(list, reason).is_some() => return,
        _ => findings.add(&UNLISTED).with("value", reason),
    };
}
