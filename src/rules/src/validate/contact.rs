//! Who asks Microsoft for help names a customer contact that can be reached.

use super::{Basis, Case, Rule};
use crate::finding::{Addition, Field, Findings, Kind, Target};

const MISSING: Kind = Kind::block("contact.missing", Field::Contact);
const INCOMPLETE: Kind = Kind::block("contact.incomplete", Field::Contact);

pub(super) const RULE: Rule = Rule {
    number: 19,
    summary: "A deal for which help is asked has a customer contact with first name, last name, phone and e-mail.",
    about: "Microsoft's seller gets in touch with this person. It is the contact that the seller chose, else the primary \
            contact role of the opportunity; a chosen contact must have a role on it. Without a request for help no contact is \
            needed.",
    kinds: &[&MISSING, &INCOMPLETE],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\", \"Co-sell connector for Salesforce CRM\" and \"Bulk upload of \
             co-sell deals\": the customer contact is required when Microsoft's help is requested",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.opportunity.help.is_none() {
        return;
    }
    let Some(contact) = case.opportunity.customer_contact() else {
        let finding = findings.add(&MISSING).lacks(Addition::Contact);
        if let Some(chosen) = case.opportunity.contact_id {
            finding.with("chosen", chosen);
        }
        return;
    };
    if !contact.is_complete() {
        let missing = contact.missing();
        let finding = findings.add(&INCOMPLETE).with("person", contact.full_name()).edit(Target::Contact, contact.id, &missing);
        finding.with("missing", missing);
    }
}
