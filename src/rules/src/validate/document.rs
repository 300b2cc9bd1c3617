//! The last gate before a new referral leaves: its shape, whatever made it.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind},
    map::Document,
};

const KIND: Kind = Kind::block("referral.type", Field::Referral);
const SECTION: Kind = Kind::block("referral.section", Field::Referral);

/// The kinds of referral that a partner may create.
const TYPES: [&str; 2] = ["Shared", "Independent"];

/// The sections that the service requires, each an object.
const REQUIRED: [&str; 3] = ["/customerProfile", "/consent", "/details"];

pub(super) const TYPE: Rule = Rule {
    number: 1,
    summary: "A new referral is Shared or Independent.",
    about: "Looks at the document that is about to be posted. Nothing that a seller types can break this; a mapping by hand can.",
    kinds: &[&KIND],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Create a referral\": the type is required; \"Referral resources\": Shared or Independent",
    check: kind,
};

pub(super) const SECTIONS: Rule = Rule {
    number: 2,
    summary: "A new referral has a customer profile, a consent and details.",
    about: "Looks at the document that is about to be posted. Nothing that a seller types can break this; a mapping by hand can.",
    kinds: &[&SECTION],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Create a referral\": customerProfile, consent and details are required",
    check: sections,
};

fn kind<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(document) = document(case) else { return };
    let value = document.text("/type").unwrap_or_default();
    if !TYPES.contains(&value) {
        findings.add(&KIND).with("value", value);
    }
}

fn sections<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(document) = document(case) else { return };
    for section in REQUIRED {
        if !document.has(section) || document.get(section).is_some() {
            findings.add(&SECTION).with("section", section.strip_prefix('/').unwrap_or(section));
        }
    }
}

/// The document that is about to create something.
fn document<'a>(case: &Case<'a>) -> Option<&'a Document<'a>> {
    case.leaving.map(|leaving| &leaving.document).filter(|document| !document.members.is_empty())
}
