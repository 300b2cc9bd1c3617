//! What the trail tells of a referral that came in: above all what could not be kept.

use time::Date;

use crate::{finding::Param, message, reconcile::Entry};

/// One thing to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Where the referral stands.
    Came(Entry),
    /// A new account was made.
    AccountMade(String),
    /// This account is the customer.
    AccountFound(String),
    /// Several could be; a new one was made.
    AccountAmbiguous(String),
    /// The referral names no customer.
    NoCustomer,
    /// More contacts are in Partner Center.
    MoreContacts(usize),
    /// The deal names no close date; this one stands there.
    CloseDate(Date),
    /// The deal is in another currency than the only one that the org has.
    ValueLeftOut {
        /// The value; blank where the deal has none.
        value: String,
        /// Its currency.
        currency: String,
    },
    /// The org does not know the state.
    StateLeftOut(String),
    /// The org does not know the country.
    CountryLeftOut(String),
    /// The org has no opportunity teams.
    TeamsOff(Vec<String>),
    /// These people are no users of the org.
    NoUsers(Vec<String>),
    /// The org has no notes.
    NotesOff,
    /// Something could not be kept, for this reason of Salesforce's.
    Incomplete(String),
    /// The org has no such lead status; the default stands there, where there is one.
    LeadStatus {
        /// The one that is missing.
        missing: String,
        /// The one that stands there.
        instead: String,
    },
    /// A new lead.
    LeadCame,
    /// These fields of a lead were changed in Partner Center.
    LeadChanged(Vec<String>),
    /// A lead that was accepted became this opportunity.
    LeadConverted,
}

impl Remark {
    /// Key of its sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Came(entry) => entry.key(),
            Self::AccountMade(_) => "audit.inbound.account-made",
            Self::AccountFound(_) => "audit.inbound.account-found",
            Self::AccountAmbiguous(_) => "audit.inbound.account-ambiguous",
            Self::NoCustomer => "audit.inbound.no-customer",
            Self::MoreContacts(_) => "audit.inbound.more-contacts",
            Self::CloseDate(_) => "audit.inbound.close-date",
            Self::ValueLeftOut { .. } => "audit.inbound.currency",
            Self::StateLeftOut(_) => "audit.inbound.state",
            Self::CountryLeftOut(_) => "audit.inbound.country",
            Self::TeamsOff(_) => "audit.inbound.teams-off",
            Self::NoUsers(_) => "audit.inbound.no-users",
            Self::NotesOff => "audit.inbound.notes-off",
            Self::Incomplete(_) => "audit.inbound.incomplete",
            Self::LeadStatus { .. } => "audit.inbound.lead-status",
            Self::LeadCame => "audit.inbound.lead-came",
            Self::LeadChanged(_) => "audit.inbound.lead-changed",
            Self::LeadConverted => "audit.inbound.lead-converted",
        }
    }

    /// The sentence, on one line.
    pub fn sentence(&self, locale: &str) -> String {
        message::phrase(self.key(), &self.params(), locale).replace(['\r', '\n'], " ")
    }

    fn params(&self) -> Vec<(&'static str, Param<'_>)> {
        match self {
            Self::Came(entry) => entry.params(),
            Self::AccountMade(name) | Self::AccountFound(name) | Self::AccountAmbiguous(name) => {
                vec![("account", name.as_str().into())]
            }
            Self::NoCustomer | Self::NotesOff | Self::LeadCame | Self::LeadConverted => Vec::new(),
            Self::MoreContacts(count) => vec![("count", (*count).into())],
            Self::CloseDate(day) => vec![("day", Param::Day(*day))],
            Self::ValueLeftOut { value, currency } => {
                vec![("value", value.as_str().into()), ("currency", currency.as_str().into())]
            }
            Self::StateLeftOut(place) | Self::CountryLeftOut(place) => vec![("place", place.as_str().into())],
            Self::TeamsOff(people) | Self::NoUsers(people) => vec![("people", people.join(", ").into())],
            Self::Incomplete(detail) => vec![("detail", detail.as_str().into())],
            Self::LeadStatus { missing, instead } => {
                vec![("status", missing.as_str().into()), ("instead", instead.as_str().into())]
            }
            Self::LeadChanged(fields) => vec![("fields", fields.join(", ").into())],
        }
    }
}
