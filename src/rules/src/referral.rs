//! Partner Center's referral, as far as we read it.
//!
//! Names and enumerations follow Microsoft Learn, "Referral resources", and the swagger of Microsoft's "Partner Center Referrals"
//! connector. Reading is lenient: what the service adds or leaves out must not stop us.

use std::ops::Deref;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lifecycle::Standing;

/// Who a referral is for: a solution's owner, or Microsoft (`BusinessProfileLocation`, `msft`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Target {
    /// `SolutionProfile` or `BusinessProfileLocation`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The solution's identifier, or `msft`.
    pub id: String,
}

/// What we read of a referral that Partner Center holds, and all of it as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Value")]
pub struct Referral {
    /// What the service sent. Any path of it can be mapped ([`Referral::at`]).
    pub document: Value,
    /// What of it has a meaning of its own.
    pub summary: Summary,
}

impl TryFrom<Value> for Referral {
    type Error = serde_json::Error;

    fn try_from(document: Value) -> Result<Self, Self::Error> {
        Ok(Self { summary: Summary::deserialize(without_nulls(&document))?, document })
    }
}

/// An explicit null says no more than an absent member, wherever it stands.
fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let told = members.iter().filter(|(_, value)| !value.is_null());
            Value::Object(told.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

impl Serialize for Referral {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.document.serialize(serializer)
    }
}

impl Deref for Referral {
    type Target = Summary;

    fn deref(&self) -> &Summary {
        &self.summary
    }
}

/// The parts of a referral that have a meaning of their own, beyond being mapped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Summary {
    /// Identifier.
    pub id: String,
    /// Identifier of the engagement.
    pub engagement_id: String,
    /// The opportunity's id, as we sent it.
    pub external_reference_id: Option<String>,
    /// `New`, `Active` or `Closed`.
    pub status: String,
    /// `Pending`, `Received`, `Accepted`, `Won`, `Lost`, `Declined` or `Expired`.
    pub substatus: String,
    /// Why it was closed.
    pub status_reason: Option<String>,
    /// `Incoming` or `Outgoing`.
    pub direction: Option<String>,
    /// Who it is for.
    pub target: Vec<Target>,
    /// How a request for help reads; on Microsoft's referral.
    pub invite_context: Option<InviteContext>,
    /// Whose referral it is.
    pub organization_id: Option<String>,
    /// What may be shared.
    pub consent: ConsentRead,
    /// When it was created, UTC.
    pub created_date_time: Option<String>,
    /// Until when it must be answered, UTC; null once it is.
    pub expiration_date_time: Option<String>,
    /// Microsoft's own identifiers.
    pub tracking_info: Option<TrackingInfo>,
    /// Version for `If-Match`, quotes included.
    pub e_tag: Option<String>,
}

/// The consent of a stored referral, as far as we need it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConsentRead {
    /// Microsoft's sellers may see the deal.
    pub consent_to_share_referral_with_microsoft_sellers: bool,
}

/// A request for help, as far as we need it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct InviteContext {
    /// Microsoft's code for the help that is asked for.
    pub assistance_request_code: Option<String>,
}

/// Microsoft's own identifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TrackingInfo {
    /// Identifier in Microsoft's CRM, once a Microsoft seller has accepted.
    pub microsoft_msx_id: Option<String>,
}

impl Referral {
    /// What stands at a path such as `/details/notes`; `None` where the service left it out.
    pub fn at(&self, path: &str) -> Option<&Value> {
        self.document.pointer(path)
    }
}

impl Summary {
    /// Status and substatus, where they are Microsoft's words.
    pub fn standing(&self) -> Option<Standing> {
        Standing::of(&self.status, &self.substatus)
    }

    /// Whether it came to us, so that we answer.
    pub fn is_incoming(&self) -> bool {
        self.direction.as_deref().is_some_and(|direction| direction.eq_ignore_ascii_case("Incoming"))
    }

    /// Whether this is Microsoft's sibling of an engagement rather than a partner's referral: by whom it is for, or by whose it
    /// is. Which of the two the service gives back is not documented.
    pub fn is_microsoft(&self) -> bool {
        let is_microsoft = |id: &str| id.eq_ignore_ascii_case("msft");
        self.target.iter().any(|target| is_microsoft(&target.id)) || self.organization_id.as_deref().is_some_and(is_microsoft)
    }

    /// Whether nothing about it can be changed any more: Won, Lost, Declined and Expired are terminal
    /// (Microsoft Learn, "Manage co-sell opportunities").
    pub fn is_closed(&self) -> bool {
        self.status.eq_ignore_ascii_case("Closed")
    }

    /// Status and substatus in one phrase, such as `New / Pending`.
    pub fn status_words(&self) -> String {
        if self.substatus.is_empty() { self.status.clone() } else { format!("{} / {}", self.status, self.substatus) }
    }
}
