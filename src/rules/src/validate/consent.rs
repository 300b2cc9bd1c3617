//! The customer agrees that contact details are shared, and that Microsoft gets in touch.
//!
//! The record has one tick for both. So one of the two rules speaks about a missing tick, never both.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Finding, Findings, Kind, Target},
    model::Person,
    salesforce::field,
};

const MISSING: Kind = Kind::block("consent.missing", Field::Consent);
const CONTACT_MISSING: Kind = Kind::block("consent.contact", Field::Consent);

pub(super) const SHARE: Rule = Rule {
    number: 23,
    summary: "The customer agrees that contact details are shared.",
    about: "Without this consent Partner Center's upload creates nothing. The seller asks the customer and ticks the box; \
            nobody else can. Where help is asked, rule 24 speaks about the same tick, and says who will be contacted.",
    kinds: &[&MISSING],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": without consent to share contact details no deal is created",
    check: share,
};

pub(super) const CONTACT: Rule = Rule {
    number: 24,
    summary: "Before Microsoft is given a customer contact, the customer agrees to be contacted.",
    about: "Microsoft's seller may call or write to the contact directly. The tick is the same as that of rule 23: an \
            administrator who lets this rule give way leaves it to rule 23 to ask for it.",
    kinds: &[&CONTACT_MISSING],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": obtain the customer's consent before you share contact details, \
             since Microsoft may contact the customer directly",
    check: contact,
};

fn share<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if !case.opportunity.consent && !is_about_contact(case) {
        confirm(case, findings, &MISSING);
    }
}

fn contact<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.opportunity.consent || !is_about_contact(case) {
        return;
    }
    let finding = confirm(case, findings, &CONTACT_MISSING);
    if let Some(person) = case.opportunity.customer_contact().map(Person::full_name).filter(|name| !name.is_empty()) {
        finding.with("person", person);
    }
}

/// Whether the missing tick is rule 24's to ask for. Relaxed, it must not take the block of rule 23 away.
fn is_about_contact(case: &Case<'_>) -> bool {
    case.opportunity.help.is_some() && !case.settings.relaxed.contains(&CONTACT.number)
}

fn confirm<'f, 'a>(case: &Case<'a>, findings: &'f mut Findings<'a>, kind: &'static Kind) -> &'f mut Finding<'a> {
    findings.add(kind).tick(Target::Opportunity, case.opportunity.id, field::CONSENT)
}
