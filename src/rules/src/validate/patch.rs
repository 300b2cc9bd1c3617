//! An update keeps to what the service lets be updated, and names the version that it was made from.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind};

const PATH: Kind = Kind::block("patch.path", Field::Referral);
const OPERATION: Kind = Kind::block("patch.operation", Field::Referral);
const UNVERSIONED: Kind = Kind::warn("patch.version", Field::Referral);

/// The paths that an update may change; all others are fixed once a referral is there.
pub const WHITELISTED_PATHS: [&str; 18] = [
    "/campaignId",
    "/consent/consentToShareReferralWithMicrosoftSellers",
    "/customerProfile/team",
    "/customerProfile/team/-",
    "/details/closingDateTime",
    "/details/currency",
    "/details/dealValue",
    "/details/notes",
    "/details/requirements/solutions",
    "/details/requirements/solutions/-",
    "/externalReferenceId",
    "/referralProgram",
    "/salesStage",
    "/status",
    "/substatus",
    "/statusReason",
    "/team",
    "/team/-",
];

pub(super) const WHITELIST: Rule = Rule {
    number: 29,
    summary: "An update changes only what Microsoft lets be changed, by replace or add.",
    about: "Eighteen paths can be updated; the deal's name, the customer and the consent to be contacted are not among them. What is \
            to be removed from a list is left out of a replaced list. Only a mapping by hand can break this.",
    kinds: &[&PATH, &OPERATION],
    basis: Basis::Api,
    source: "Swagger of Microsoft's \"Partner Center Referrals\" connector, UpdateReferralDetails: paths; Microsoft Learn, \"Update \
             a lead or opportunity\": only replace and add",
    check: whitelist,
};

pub(super) const VERSION: Rule = Rule {
    number: 32,
    summary: "An update names the version that it was made from.",
    about: "Without it Microsoft checks nothing, and an update could overwrite what somebody has changed in Partner Center since the \
            deal was read.",
    kinds: &[&UNVERSIONED],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Update a lead or opportunity\": If-Match is used for concurrency control",
    check: version,
};

fn whitelist<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    for operation in case.leaving.into_iter().flat_map(|leaving| &leaving.patch) {
        if !WHITELISTED_PATHS.contains(&&*operation.path) {
            findings.add(&PATH).with("path", &*operation.path);
        }
        if !["replace", "add"].contains(&&*operation.op) {
            findings.add(&OPERATION).with("operation", &*operation.op).with("path", &*operation.path);
        }
    }
}

fn version<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    if case.leaving.is_some_and(|leaving| !leaving.patch.is_empty() && !leaving.names_version) {
        findings.add(&UNVERSIONED);
    }
}
