//! A new referral: what the service fills in (Microsoft Learn, "Create a referral" and "Referral resources").
//! Ours is accepted at once, whatever state was sent; one with the target `msft` is Microsoft's, waits for an answer
//! and expires after fourteen days.

use serde_json::{Value, json};
use time::{Duration, OffsetDateTime};

use super::document::{Document, camel_case, list, place, set, text};
use super::error::ApiError;
use super::store::Store;
use super::{lifecycle, validate};
use crate::clock::seven_digits;

/// Id of the business profile location, and of the organization, that stands for Microsoft.
pub(super) const MICROSOFT: &str = "msft";
/// The partner whose Partner Center this is: an invented company.
pub(super) const PARTNER: (&str, &str) = ("3d6f1c52-0b0e-4f0b-9a55-7f2b1c9e4d10", "Skagen Data Partners");
/// How long an invitation may stay unanswered.
pub(super) const ANSWER_WITHIN: Duration = Duration::days(14);
/// What the service sets and ignores when it is sent.
const SERVER_SET: [&str; 19] = [
    "id",
    "engagementId",
    "createdDateTime",
    "updatedDateTime",
    "expirationDateTime",
    "acceptedDateTime",
    "closedDateTime",
    "status",
    "substatus",
    "statusReason",
    "eTag",
    "links",
    "organizationId",
    "organizationName",
    "direction",
    "trackingInfo",
    "registrations",
    "registrationStatus",
    "@odata.context",
];

/// Whether it is Microsoft's referral in an engagement.
pub(super) fn is_microsofts(referral: &Document) -> bool {
    list(referral, &["target"]).iter().any(|target| {
        let is = |name: &str, value: &str| target.get(name).and_then(Value::as_str) == Some(value);
        is("type", "BusinessProfileLocation") && is("id", MICROSOFT)
    })
}

/// Checks a create document and stores the referral that comes of it. `base` is the root of the links.
pub(super) fn create(store: &mut Store, sent: Value, now: OffsetDateTime, base: &str) -> Result<Document, ApiError> {
    let Value::Object(mut referral) = camel_case(sent) else {
        return Err(ApiError::invalid("referral", "The body must be one JSON object."));
    };
    validate::new_referral(&referral)?;
    check_sent_state(&referral)?;
    let microsofts = is_microsofts(&referral);
    let engagement = engagement(store, &referral, microsofts)?;
    for name in SERVER_SET {
        referral.remove(name);
    }
    let id = store.new_id();
    let moment = seven_digits(now);
    set(&mut referral, "links", links(base, &id, &engagement));
    set(&mut referral, "id", id);
    set(&mut referral, "engagementId", engagement);
    set(&mut referral, "direction", "Outgoing");
    set(&mut referral, "createdDateTime", moment.as_str());
    for name in ["acceptedDateTime", "closedDateTime", "expirationDateTime", "statusReason"] {
        set(&mut referral, name, Value::Null);
    }
    let visible = ["consent", "consentToShareReferralWithMicrosoftSellers"];
    if let Some(consent @ Value::Null) = place(&mut referral, &visible) {
        *consent = Value::Bool(false);
    }
    normalise_deal_value(&mut referral)?;
    if microsofts {
        set(&mut referral, "organizationId", MICROSOFT);
        set(&mut referral, "organizationName", "Microsoft");
        invited_by_us(&mut referral);
        lifecycle::enter(&mut referral, "New", "Pending", &moment);
        set(&mut referral, "expirationDateTime", seven_digits(now + ANSWER_WITHIN));
    } else {
        set(&mut referral, "organizationId", PARTNER.0);
        set(&mut referral, "organizationName", PARTNER.1);
        lifecycle::enter(&mut referral, "Active", "Accepted", &moment);
    }
    Ok(store.insert(referral, &moment))
}

/// A new deal may be sent as New or as already accepted; nobody creates a closed one.
fn check_sent_state(referral: &Document) -> Result<(), ApiError> {
    match text(referral, &["status"]) {
        "" | "None" | "New" | "Active" => Ok(()),
        other => Err(ApiError::invalid("status", format!("A new referral cannot be {other}."))),
    }
}

/// The engagement named in the document, which must exist, or a new one.
fn engagement(store: &Store, referral: &Document, microsofts: bool) -> Result<String, ApiError> {
    let target = "engagementId";
    match text(referral, &["engagementId"]) {
        "" if microsofts => {
            Err(ApiError::invalid(target, "A referral for Microsoft needs the engagementId of the partner's own."))
        }
        "" => Ok(store.new_id()),
        named if store.has_engagement(named) => Ok(named.to_ascii_lowercase()),
        named => Err(ApiError::invalid(target, format!("The engagement {named} does not exist."))),
    }
}

/// The documentation misspells `engagments` in these links; the live service does not.
pub(super) fn links(base: &str, id: &str, engagement: &str) -> Value {
    let root = format!("{base}/v1.0/engagements/referrals");
    json!({
        "relatedReferrals": { "uri": format!("{root}?$filter=engagementId eq '{engagement}'"), "method": "GET" },
        "self": { "uri": format!("{root}/{id}"), "method": "GET" },
    })
}

fn invited_by_us(referral: &mut Document) {
    if let Some(inviter) = place(referral, &["inviteContext", "invitedBy"]) {
        *inviter = json!({ "organizationId": PARTNER.0, "organizationName": PARTNER.1 });
    }
}

/// Sent as text, it is kept as the number that it is.
fn normalise_deal_value(referral: &mut Document) -> Result<(), ApiError> {
    match place(referral, &["details", "dealValue"]) {
        Some(value) if !value.is_null() => *value = validate::deal_value(value)?,
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
#[path = "create_tests.rs"]
mod tests;
