//! The opportunity as the rules see it: plain values with their origin forgotten.
//!
//! Nothing here knows Salesforce's field names ([`crate::salesforce`] does) or Microsoft's ([`crate::map`] does).

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use time::Date;

/// A value that a record may lack, or hold in a form that can't be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry<T> {
    /// Blank on the record.
    #[default]
    Missing,
    /// Present, but not a value of this kind; holds what stands there.
    Unreadable(String),
    /// Present and read.
    Read(T),
}

impl<T> Entry<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }
}

/// One opportunity with everything that hangs on it and matters to Microsoft.
#[derive(Clone, Debug, Default)]
pub struct Opportunity {
    /// 18-character Salesforce id.
    pub id: String,
    /// Name of the deal.
    pub name: String,
    /// API name of the sales stage.
    pub stage: String,
    /// Deal value in units of [`currency`](Self::currency).
    pub amount: Entry<Decimal>,
    /// Currency as the record holds it, not yet checked; empty when the record has none.
    pub currency: String,
    /// Estimated close date.
    pub close_date: Entry<Date>,
    /// Free text about the deal.
    pub description: String,
    /// *Sync with Partner Center*: the seller's choice to share at all.
    pub sync: bool,
    /// *How can Microsoft help?* as the record holds it, not yet checked; `None` when no help is asked.
    pub help: Option<String>,
    /// *Visible to Microsoft sellers*.
    pub visible: bool,
    /// The customer agrees that contact details are shared.
    pub consent: bool,
    /// The customer, where the opportunity has an account.
    pub account: Option<Account>,
    /// The partner's people: the owner first, then the opportunity team, nobody twice.
    pub team: Vec<Person>,
    /// The customer's people by contact role, the primary one first.
    pub contacts: Vec<Person>,
    /// Id of the contact that the seller chose for Microsoft; `None` means the primary contact role.
    pub contact_id: Option<String>,
    /// Solutions of the deal.
    pub solutions: Vec<Solution>,
    /// What the record already says about its referral.
    pub link: Link,
}

impl Opportunity {
    /// Private, partner-led or co-sell: follows from help and visibility, it is no field of its own
    /// (Microsoft Learn, "Manage co-sell opportunities").
    pub fn deal_type(&self) -> DealType {
        match (&self.help, self.visible) {
            (Some(_), _) => DealType::CoSell,
            (None, true) => DealType::PartnerLed,
            (None, false) => DealType::Private,
        }
    }

    /// The customer contact that Microsoft would be given: the chosen one, else the first contact role.
    pub fn customer_contact(&self) -> Option<&Person> {
        match &self.contact_id {
            Some(chosen) => self.contacts.iter().find(|contact| contact.id == *chosen),
            None => self.contacts.first(),
        }
    }
}

/// How far a deal is opened to Microsoft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DealType {
    /// Registered in Partner Center, seen by the partner alone.
    Private,
    /// Microsoft's sellers may look; none is asked (pipeline sharing).
    PartnerLed,
    /// Microsoft is asked for help and answers.
    CoSell,
}

impl DealType {
    /// The value of the deal type field.
    pub fn api_value(self) -> &'static str {
        match self {
            Self::Private => "Private",
            Self::PartnerLed => "PartnerLed",
            Self::CoSell => "CoSell",
        }
    }
}

/// The customer.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// 18-character Salesforce id.
    pub id: String,
    /// Company name.
    pub name: String,
    /// Street and number, possibly several lines.
    pub street: String,
    /// City.
    pub city: String,
    /// State or province.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Country as the record holds it: hopefully a code, often a name.
    pub country: String,
    /// API name of the account field that `country` was read from and a fix may write; `None` when it lies behind a lookup.
    pub country_field: Option<String>,
}

/// Somebody of the customer or of the partner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// 18-character Salesforce id of the contact or user.
    pub id: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
}

impl Person {
    /// The parts that Microsoft asks of a person and this one lacks, by Salesforce's field names
    /// (Microsoft Learn, "Manage co-sell opportunities": first name, last name, phone, e-mail).
    pub fn missing(&self) -> Vec<&'static str> {
        [("FirstName", &self.first_name), ("LastName", &self.last_name), ("Email", &self.email), ("Phone", &self.phone)]
            .into_iter()
            .filter(|(_, value)| value.is_empty())
            .map(|(field, _)| field)
            .collect()
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }

    /// First and last name, as far as known.
    pub fn full_name(&self) -> String {
        [self.first_name.as_str(), self.last_name.as_str()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A solution of the deal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Solution {
    /// Microsoft's identifier, such as `SOL-20417-KXD`.
    pub identifier: String,
    /// Name of the solution.
    pub name: String,
    /// `1P` for Microsoft's own, `3P` for a partner's.
    pub kind: String,
    /// Who publishes it.
    pub publisher: String,
}

/// What the record says about its referral; all empty before it is shared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// Identifier of our referral.
    pub referral_id: Option<String>,
    /// Identifier of the engagement that groups ours and Microsoft's.
    pub engagement_id: Option<String>,
    /// How far the deal is opened, as last written to the record.
    pub deal_type: Option<String>,
    /// Microsoft's status as last written to the record.
    pub microsoft_status: Option<String>,
}

/// The admin's settings that the rules need, with the connector's defaults for what is blank.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "GivenSettings")]
pub struct Settings {
    /// Language of messages, a BCP 47 tag; only English and French are spoken, everything else gets English.
    pub locale: String,
    /// Account field that holds the country.
    pub country_field: String,
    /// Opportunity field that holds the deal value.
    pub deal_value_field: String,
    /// Opportunity field that holds the currency.
    pub currency_field: String,
    /// ISO 4217 code of an org with a single currency, whose records carry none.
    pub default_currency: Option<String>,
    /// Country names in the reader's language by ISO 3166-1 code, as `Intl.DisplayNames` gives them.
    pub country_names: BTreeMap<String, String>,
}

impl Default for Settings {
    fn default() -> Self {
        GivenSettings::default().into()
    }
}

/// Settings as they arrive: anything may be absent or blank.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct GivenSettings {
    locale: Option<String>,
    country_field: Option<String>,
    deal_value_field: Option<String>,
    currency_field: Option<String>,
    default_currency: Option<String>,
    country_names: Option<BTreeMap<String, String>>,
}

impl From<GivenSettings> for Settings {
    fn from(given: GivenSettings) -> Self {
        let filled = |value: Option<String>| value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let or = |value: Option<String>, default: &str| filled(value).unwrap_or_else(|| default.to_owned());
        Self {
            locale: or(given.locale, "en"),
            country_field: or(given.country_field, "BillingCountry"),
            deal_value_field: or(given.deal_value_field, "Amount"),
            currency_field: or(given.currency_field, "CurrencyIsoCode"),
            default_currency: filled(given.default_currency),
            country_names: given.country_names.unwrap_or_default(),
        }
    }
}
