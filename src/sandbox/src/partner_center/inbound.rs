//! Referrals that come to the partner: from Microsoft's seller, as a lead, from the marketplace, or from another partner.
//! Driven from outside, as nothing in the API can. What makes one which kind follows Microsoft Learn, "Co-sell API
//! introduction": type, qualification, and who invited. What the customer wrote in it is nobody's here to check.

use serde::Deserialize;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::create::{ANSWER_WITHIN, MICROSOFT, PARTNER, links};
use super::document::{Document, set};
use super::lifecycle::enter;
use super::seller;
use super::store::Store;
use crate::clock::seven_digits;

/// Another partner: an invented company.
const ANOTHER: (&str, &str) = ("9b0c2a7e-5d41-4c6b-8f0e-2a1d3c4b5e6f", "Brenholt Cloud Works");
/// What the service sets and no override may.
const SERVER_SET: [&str; 7] = ["id", "engagementId", "createdDateTime", "updatedDateTime", "eTag", "links", "direction"];

/// What comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A co-sell opportunity of Microsoft's seller.
    CoSell,
    /// A lead that Microsoft has qualified.
    QualifiedLead,
    /// A lead from the commercial marketplace.
    MarketplaceLead,
    /// A co-sell opportunity of another partner.
    Partner,
}

/// A referral that is to come in.
#[derive(Clone, Debug, Deserialize)]
pub struct Inbound {
    /// Of which kind.
    kind: Kind,
    /// Properties of the partner's referral that are to be others than the invented ones: objects are merged, all else
    /// is replaced.
    #[serde(flatten)]
    overrides: Map<String, Value>,
}

impl Inbound {
    /// One of that kind, with these properties of the partner's referral in the place of the invented ones.
    pub fn new(kind: Kind, overrides: Map<String, Value>) -> Self {
        Self { kind, overrides }
    }
}

/// The partner's referral, and whoever sends it with one of their own: a lead has no other side.
pub(super) fn receive(store: &mut Store, inbound: &Inbound, now: OffsetDateTime, base: &str) -> Vec<Document> {
    let engagement = store.new_id();
    let stored = |store: &mut Store, mut referral: Document| {
        let moment = seven_digits(now);
        let id = store.new_id();
        set(&mut referral, "links", links(base, &id, &engagement));
        set(&mut referral, "id", id);
        set(&mut referral, "engagementId", engagement.as_str());
        set(&mut referral, "createdDateTime", moment.as_str());
        store.insert(referral, &moment)
    };
    let ours = ours(inbound, now);
    let theirs = theirs(inbound.kind, &ours, store, now);
    theirs.into_iter().chain([ours]).map(|referral| stored(store, referral)).collect()
}

fn ours(inbound: &Inbound, now: OffsetDateTime) -> Document {
    let (kind, qualification, inviter) = match inbound.kind {
        Kind::CoSell => ("Shared", "SalesQualified", microsoft()),
        Kind::QualifiedLead => ("Independent", "MarketingQualified", microsoft()),
        Kind::MarketplaceLead => ("Independent", "Direct", microsoft()),
        Kind::Partner => ("Shared", "SalesQualified", ANOTHER),
    };
    let mut referral = deal();
    set(&mut referral, "type", kind);
    set(&mut referral, "qualification", qualification);
    set(&mut referral, "target", json!([{ "type": "BusinessProfileLocation", "id": "f1a2c3d4-0001-4a5b-9c6d-7e8f90a1b2c3" }]));
    set(
        &mut referral,
        "inviteContext",
        json!({
            "notes": "The customer asked for somebody on site.",
            "invitedBy": { "organizationId": inviter.0, "organizationName": inviter.1 },
            "assistanceRequestCode": "Unknown",
        }),
    );
    if inbound.kind == Kind::MarketplaceLead {
        set(&mut referral, "callToAction", "ContactMe");
        set(&mut referral, "referralSource", "AppSource");
    }
    set(&mut referral, "organizationId", PARTNER.0);
    set(&mut referral, "organizationName", PARTNER.1);
    for name in ["externalReferenceId", "acceptedDateTime", "closedDateTime", "statusReason"] {
        set(&mut referral, name, Value::Null);
    }
    set(&mut referral, "expirationDateTime", seven_digits(now.saturating_add(ANSWER_WITHIN)));
    set(&mut referral, "status", "New");
    set(&mut referral, "substatus", "Pending");
    set(&mut referral, "direction", "Incoming");
    for (name, value) in &inbound.overrides {
        if !SERVER_SET.contains(&name.as_str()) {
            merge(referral.entry(name.as_str()).or_insert(Value::Null), value);
        }
    }
    referral
}

/// The referral of who invites: theirs from the start, so accepted. Whoever sends, the partner's notes are not in it.
fn theirs(kind: Kind, ours: &Document, store: &mut Store, now: OffsetDateTime) -> Option<Document> {
    let (organization, target) = match kind {
        Kind::CoSell => (microsoft(), json!([{ "type": "BusinessProfileLocation", "id": MICROSOFT }])),
        Kind::Partner => (ANOTHER, json!([])),
        Kind::QualifiedLead | Kind::MarketplaceLead => return None,
    };
    let mut referral = ours.clone();
    set(&mut referral, "direction", "Outgoing");
    set(&mut referral, "target", target);
    set(&mut referral, "organizationId", organization.0);
    set(&mut referral, "organizationName", organization.1);
    set(&mut referral, "team", json!([]));
    enter(&mut referral, "Active", "Accepted", &seven_digits(now));
    if kind == Kind::CoSell {
        seller::take_over(&mut referral, store.next_microsoft_number());
    }
    Some(referral)
}

const fn microsoft() -> (&'static str, &'static str) {
    (MICROSOFT, "Microsoft")
}

/// The deal itself: an invented customer who wants an invented solution.
fn deal() -> Document {
    let deal = json!({
        "name": "Bottling line telemetry",
        "customerProfile": {
            "name": "Kvernå Bryggeri AS",
            "address": {
                "addressLine1": "Elvegata 7", "addressLine2": "", "city": "Trondheim", "state": "",
                "postalCode": "7012", "country": "NO"
            },
            "size": "51to250employees",
            "team": [ {
                "firstName": "Signe", "lastName": "Aalberg", "phoneNumber": "+47 73 50 01 42",
                "email": "signe.aalberg@kvernaa.example",
                "contactPreference": { "locale": "nb-no", "disableNotifications": false }
            } ],
            "ids": []
        },
        "consent": {
            "consentToToShareInfoWithOthers": true, "consentToContact": true,
            "consentToShareReferralWithMicrosoftSellers": true
        },
        "details": {
            "notes": "Wants the line's sensors in one view by summer.", "dealValue": 62000, "currency": "NOK",
            "closingDateTime": "2030-06-30T00:00:00Z",
            "requirements": {
                "industries": [ { "id": "Manufacturing" } ], "products": [ { "id": "Azure" } ],
                "services": [ { "id": "Integration" } ],
                "solutions": [ { "id": "SOL-20417-KXD", "name": "Warehouse Insight", "type": "Name" } ]
            }
        },
        "team": [ {
            "firstName": "Jo", "lastName": "Lindqvist", "phoneNumber": "+46 8 555 0100",
            "email": "jo.lindqvist@partner.example"
        } ]
    });
    match deal {
        Value::Object(members) => members,
        _ => Document::new(),
    }
}

fn merge(into: &mut Value, value: &Value) {
    match (into, value) {
        (Value::Object(into), Value::Object(members)) => {
            for (name, value) in members {
                merge(into.entry(name.as_str()).or_insert(Value::Null), value);
            }
        }
        (into, value) => *into = value.clone(),
    }
}

#[cfg(test)]
#[path = "inbound_tests.rs"]
mod tests;
