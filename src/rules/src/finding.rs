//! What a rule says about an opportunity, as data: a stable code, the field, the facts, and what would mend it.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// The result of one rule on one opportunity. Its words are made by [`crate::message`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Stable code such as `country.name`; never reworded.
    pub code: &'static str,
    /// Number of the rule in the rule list.
    pub rule: u8,
    /// Whether the deal can be shared all the same.
    pub severity: Severity,
    /// The field that the seller should look at.
    pub field: Field,
    /// The facts that the message names.
    pub params: BTreeMap<&'static str, String>,
    /// What would mend it, where that is known.
    pub fix: Option<Fix>,
}

impl Finding {
    /// A finding without facts or fix.
    pub fn new(code: &'static str, field: Field) -> Self {
        Self { code, rule: 0, severity: Severity::Block, field, params: BTreeMap::new(), fix: None }
    }

    /// The same, as advice that stops nothing.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warn;
        self
    }

    /// The same with a fact for the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.params.insert(name, value.into());
        self
    }

    /// The same with a way to mend it.
    #[must_use]
    pub fn fixed_by(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }
}

/// Whether a finding stops a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Microsoft would refuse the deal, or it can't be shared as it stands.
    Block,
    /// Microsoft accepts it; it would be better mended.
    Warn,
}

/// Where on the opportunity a finding belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Field {
    /// Name of the opportunity.
    #[serde(rename = "name")]
    Name,
    /// Deal value.
    #[serde(rename = "amount")]
    Amount,
    /// Currency.
    #[serde(rename = "currency")]
    Currency,
    /// Close date.
    #[serde(rename = "closeDate")]
    CloseDate,
    /// The account itself.
    #[serde(rename = "account")]
    Account,
    /// Account name.
    #[serde(rename = "account.name")]
    AccountName,
    /// First address line.
    #[serde(rename = "account.street")]
    AccountStreet,
    /// City.
    #[serde(rename = "account.city")]
    AccountCity,
    /// Postal code.
    #[serde(rename = "account.postalCode")]
    AccountPostalCode,
    /// Country.
    #[serde(rename = "account.country")]
    AccountCountry,
    /// The partner's people.
    #[serde(rename = "team")]
    Team,
    /// Solutions.
    #[serde(rename = "solutions")]
    Solutions,
    /// *How can Microsoft help?*
    #[serde(rename = "help")]
    Help,
    /// Customer contact.
    #[serde(rename = "contact")]
    Contact,
    /// *Visible to Microsoft sellers*.
    #[serde(rename = "visibility")]
    Visibility,
    /// The customer's consent.
    #[serde(rename = "consent")]
    Consent,
    /// The document for Microsoft as a whole: nothing that a seller typed.
    #[serde(rename = "referral")]
    Referral,
}

/// A Salesforce object that a fix may write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Target {
    /// The opportunity itself.
    Opportunity,
    /// Its account.
    Account,
    /// A contact of the account.
    Contact,
}

/// How a finding is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Fix {
    /// Write these values, by API field name.
    Set {
        /// The kind of record.
        object: Target,
        /// Its id.
        record_id: String,
        /// Field → value.
        values: BTreeMap<String, Value>,
    },
    /// Let the seller choose one of several values for a field.
    Choose {
        /// The kind of record.
        object: Target,
        /// Its id.
        record_id: String,
        /// API field name.
        field: String,
        /// What there is to choose from.
        options: Vec<Choice>,
    },
    /// Ask the seller to fill these fields.
    Edit {
        /// The kind of record.
        object: Target,
        /// Its id.
        record_id: String,
        /// API field names.
        fields: Vec<String>,
    },
    /// Ask the seller to add something to the opportunity.
    Add {
        /// What to add.
        what: Addition,
    },
}

/// One value of [`Fix::Choose`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The value to write.
    pub value: String,
    /// What it means, for the seller.
    pub label: String,
}

/// Something that hangs on an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Addition {
    /// A co-sell-ready or Microsoft solution.
    Solution,
    /// A customer contact.
    Contact,
}

impl Fix {
    /// One value for one field.
    pub fn set(object: Target, record_id: &str, field: &str, value: impl Into<Value>) -> Self {
        Self::Set { object, record_id: record_id.into(), values: BTreeMap::from([(field.into(), value.into())]) }
    }

    /// Fields for the seller to fill.
    pub fn edit(object: Target, record_id: &str, fields: &[&str]) -> Self {
        Self::Edit { object, record_id: record_id.into(), fields: fields.iter().map(|field| (*field).into()).collect() }
    }
}
