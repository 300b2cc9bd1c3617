//! What is fixed once a referral is there, and what only Microsoft writes.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind};

const FIXED: Kind = Kind::block("referral.fixed", Field::Referral);
const NOT_OURS: Kind = Kind::block("referral.read-only", Field::Referral);

/// Given at creation, for good. Holds for everything below a path too.
const AT_CREATION: [&str; 6] = [
    "/customerProfile/name",
    "/customerProfile/address",
    "/customerProfile/ids",
    "/consent/consentToToShareInfoWithOthers",
    "/consent/consentToContact",
    "/mpnId",
];

/// Belongs to the service, at creation too. Holds for everything below a path too.
const SERVICE: [&str; 17] = [
    "/id",
    "/createdDateTime",
    "/updatedDateTime",
    "/expirationDateTime",
    "/acceptedDateTime",
    "/closedDateTime",
    "/organizationId",
    "/organizationName",
    "/direction",
    "/trackingInfo",
    "/registrationStatus",
    "/registrations",
    "/quality",
    "/isSpam",
    "/tags",
    "/eTag",
    "/links",
];

/// Belongs to the service, but is named at creation by the second referral of a deal.
const ENGAGEMENT: &str = "/engagementId";

/// Whether only the service writes a path of a referral that is there.
pub(crate) fn is_read_only(path: &str) -> bool {
    SERVICE.iter().any(|own| is_within(path, own)) || is_within(path, ENGAGEMENT)
}

pub(super) const IMMUTABLE: Rule = Rule {
    number: 30,
    summary: "Customer, consent and PartnerID stay as they were created.",
    about: "Microsoft takes the customer's name, address and D-U-N-S number, the consent and the partner's location once, when the \
            deal is created. A customer that was named wrongly needs a new deal. Only an update that was put together wrongly \
            breaks this: an admin should look at the mapping.",
    kinds: &[&FIXED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": columns that are read-only after the deal was created",
    check: immutable,
};

pub(super) const READ_ONLY: Rule = Rule {
    number: 31,
    summary: "Identifiers, dates, Microsoft's own data and the organisation are never written.",
    about: "Microsoft sets them. A mapping by hand that names one of them should be removed by an admin.",
    kinds: &[&NOT_OURS],
    basis: Basis::Api,
    source: "Swagger of Microsoft's \"Partner Center Referrals\" connector: properties marked readOnly; Microsoft Learn, \"Bulk \
             upload of co-sell deals\": columns that are always read-only",
    check: read_only,
};

fn immutable<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    for operation in case.leaving.into_iter().flat_map(|leaving| &leaving.patch) {
        if AT_CREATION.iter().any(|fixed| is_within(&operation.path, fixed)) {
            findings.add(&FIXED).with("path", &*operation.path);
        }
    }
}

fn read_only<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(leaving) = case.leaving else { return };
    let created = leaving.document.members.iter().map(|(path, _)| (&**path, false));
    let patched = leaving.patch.iter().map(|operation| (&*operation.path, true));
    for (path, is_there) in created.chain(patched) {
        if is_read_only(path) && (is_there || !is_within(path, ENGAGEMENT)) {
            findings.add(&NOT_OURS).with("path", path);
        }
    }
}

/// Whether a path is another one or lies below it, whatever the case of its letters.
pub(crate) fn is_within(path: &str, other: &str) -> bool {
    let parts = path.split_at_checked(other.len());
    parts.is_some_and(|(start, rest)| start.eq_ignore_ascii_case(other) && (rest.is_empty() || rest.starts_with('/')))
}
