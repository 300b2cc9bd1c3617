//! Partner Center's documents: the one we send to create a referral, and the part we read of what comes back.
//!
//! Names and enumerations follow Microsoft Learn, "Referral resources", and the swagger of Microsoft's "Partner Center Referrals"
//! connector. Reading is lenient: what the service adds or leaves out must not stop us.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// The document of `POST /v1.0/engagements/referrals`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CreateReferral {
    /// Deal name.
    pub name: String,
    /// Our own id for the deal: the opportunity's.
    pub external_reference_id: String,
    /// Set on the second referral of a co-sell deal: joins the engagement of the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engagement_id: Option<String>,
    /// How far the lead is qualified.
    pub qualification: &'static str,
    /// `Shared` or `Independent`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Who the referral is for.
    pub target: Vec<Target>,
    /// The customer.
    pub customer_profile: CustomerProfile,
    /// What may be shared.
    pub consent: Consent,
    /// The deal.
    pub details: Details,
    /// The partner's people.
    pub team: Vec<Member>,
    /// The request for help.
    pub invite_context: InviteContext,
}

/// Who a referral is for: a solution's owner, or Microsoft (`BusinessProfileLocation`, `msft`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// `SolutionProfile` or `BusinessProfileLocation`.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// The solution's identifier, or `msft`.
    #[serde(default)]
    pub id: String,
}

impl Target {
    /// Microsoft itself.
    pub fn microsoft() -> Self {
        Self { kind: "BusinessProfileLocation".into(), id: "msft".into() }
    }

    /// The profile of a solution.
    pub fn solution(identifier: &str) -> Self {
        Self { kind: "SolutionProfile".into(), id: identifier.into() }
    }
}

/// The customer of a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CustomerProfile {
    /// Company name.
    pub name: String,
    /// Address.
    pub address: Address,
    /// The customer's people.
    pub team: Vec<Member>,
}

/// A postal address; `country` is the ISO 3166-1 alpha-2 code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// Street and number.
    pub address_line1: String,
    /// More of the street.
    pub address_line2: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Country code.
    pub country: String,
}

/// Somebody of the customer or of the partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Telephone number.
    pub phone_number: String,
    /// E-mail address.
    pub email: String,
}

/// What the partner and the customer agree to share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Consent {
    /// Contact details may be shared. The double "To" is Microsoft's spelling.
    pub consent_to_to_share_info_with_others: bool,
    /// The customer may be contacted.
    pub consent_to_contact: bool,
    /// Microsoft's sellers may see the deal.
    pub consent_to_share_referral_with_microsoft_sellers: bool,
}

/// The deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// Free text.
    pub notes: String,
    /// Value in units of `currency`; absent only in a preview of an unfinished deal.
    #[serde(with = "rust_decimal::serde::arbitrary_precision_option", skip_serializing_if = "Option::is_none")]
    pub deal_value: Option<Decimal>,
    /// ISO 4217 code.
    pub currency: String,
    /// Close date as midnight UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closing_date_time: Option<String>,
    /// What the customer needs.
    pub requirements: Requirements,
}

/// What the customer needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirements {
    /// The solutions of the deal.
    pub solutions: Vec<SolutionTag>,
}

/// One solution of a referral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SolutionTag {
    /// Microsoft's identifier.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `Name`: one from Microsoft's catalogue.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `1P` or `3P`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub solution_type: String,
    /// Who publishes it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub publisher_name: String,
}

/// The request for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct InviteContext {
    /// One of the six help codes, or `Unknown` where none is asked.
    pub assistance_request_code: String,
    /// Notes to Microsoft's seller.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

/// What we read of a referral that Partner Center holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Referral {
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ConsentRead {
    /// Microsoft's sellers may see the deal.
    pub consent_to_share_referral_with_microsoft_sellers: bool,
}

/// Microsoft's own identifiers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TrackingInfo {
    /// Identifier in Microsoft's CRM, once a Microsoft seller has accepted.
    pub microsoft_msx_id: Option<String>,
}

impl Referral {
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

/// One operation of a JSON Patch; Partner Center takes `replace` and `add` only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PatchOperation {
    /// `replace` or `add`.
    pub op: &'static str,
    /// A path of the service's whitelist.
    pub path: &'static str,
    /// The new value.
    pub value: serde_json::Value,
}
