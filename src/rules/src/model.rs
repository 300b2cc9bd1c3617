//! The opportunity as the rules see it: plain values with their origin forgotten.
//!
//! Nothing here knows Salesforce's field names ([`crate::salesforce`] does) or Microsoft's ([`crate::map`] does). Texts are
//! borrowed from the record, so that reviewing a thousand deals copies nothing.

use time::Date;

use crate::decimal::Decimal;

/// A value that a record may lack, or hold in a form that can't be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Entry<'a, T> {
    /// Blank on the record.
    #[default]
    Missing,
    /// Present, but not a value of this kind; holds what stands there.
    Unreadable(&'a str),
    /// Present and read.
    Read(T),
}

impl<'a, T> Entry<'a, T> {
    /// What `read` makes of a text.
    pub fn of(text: &'a str, read: impl FnOnce(&'a str) -> Option<T>) -> Self {
        match text {
            "" => Self::Missing,
            _ => read(text).map_or(Self::Unreadable(text), Self::Read),
        }
    }

    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Read(value) => Some(value),
            Self::Missing | Self::Unreadable(_) => None,
        }
    }
}

/// One opportunity with everything that hangs on it and matters to Microsoft. Texts are trimmed; a blank one is empty.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a checkbox of the record")]
pub struct Opportunity<'a> {
    /// 18-character Salesforce id.
    pub id: &'a str,
    /// Name of the deal, without the check mark that we may have put before it.
    pub name: &'a str,
    /// API name of the sales stage.
    pub stage: &'a str,
    /// The stage counts as closed.
    pub is_closed: bool,
    /// The stage counts as won.
    pub is_won: bool,
    /// Why it was lost or declined, where the org has a field for it.
    pub reason: &'a str,
    /// Deal value in units of [`currency`](Self::currency).
    pub amount: Entry<'a, Decimal>,
    /// Currency as the record holds it, not yet checked; empty when the record has none.
    pub currency: &'a str,
    /// Estimated close date.
    pub close_date: Entry<'a, Date>,
    /// Free text about the deal.
    pub description: &'a str,
    /// *Sync with Partner Center*: the seller's choice to share at all.
    pub sync: bool,
    /// *How can Microsoft help?* as the record holds it, not yet checked; `None` when no help is asked.
    pub help: Option<&'a str>,
    /// *Visible to Microsoft sellers*.
    pub visible: bool,
    /// The customer agrees that contact details are shared.
    pub consent: bool,
    /// Whether the customer buys through Microsoft's marketplace, where the org has a field for it.
    pub marketplace_intent: &'a str,
    /// What the partner does in the deal, where the org has a field for it.
    pub partner_role: &'a str,
    /// Microsoft's solution area, where the org has a field for it.
    pub solution_area: &'a str,
    /// Microsoft's solution play, where the org has a field for it.
    pub solution_play: &'a str,
    /// Where a solution assessment takes place, where the org has a field for it.
    pub location: &'a str,
    /// The customer, where the opportunity has an account.
    pub account: Option<Account<'a>>,
    /// The partner's people: the owner first, then the opportunity team, nobody twice.
    pub team: Vec<Person<'a>>,
    /// The customer's people by contact role, the primary one first, nobody twice.
    pub contacts: Vec<Person<'a>>,
    /// Id of the contact that the seller chose for Microsoft; `None` means the primary contact role.
    pub contact_id: Option<&'a str>,
    /// Solutions of the deal.
    pub solutions: Vec<Solution<'a>>,
    /// What the record already says about its referral.
    pub link: Link<'a>,
    /// Values of the fields that an admin mapped, in the order of [`crate::settings::Settings::mapping`].
    pub mapped: Vec<&'a str>,
}

impl<'a> Opportunity<'a> {
    /// Private, partner-led or co-sell: follows from help and visibility, it is no field of its own
    /// (Microsoft Learn, "Manage co-sell opportunities").
    pub fn deal_type(&self) -> DealType {
        match (self.help, self.visible) {
            (Some(_), _) => DealType::CoSell,
            (None, true) => DealType::PartnerLed,
            (None, false) => DealType::Private,
        }
    }

    /// The solutions that can be sent: those with an identifier.
    pub fn usable_solutions(&self) -> impl Iterator<Item = &Solution<'a>> {
        self.solutions.iter().filter(|solution| !solution.identifier.is_empty())
    }

    /// The customer contact that Microsoft would be given: the chosen one, else the first contact role.
    pub fn customer_contact(&self) -> Option<&Person<'a>> {
        match self.contact_id {
            Some(chosen) => self.contacts.iter().find(|contact| contact.id == chosen),
            None => self.contacts.first(),
        }
    }
}

/// How far a deal is opened to Microsoft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DealType {
    /// Registered in Partner Center, seen by the partner alone.
    Private,
    /// Microsoft's sellers may look; none is asked (pipeline sharing).
    PartnerLed,
    /// Microsoft is asked for help and answers.
    CoSell,
}

impl DealType {
    /// Every deal type.
    pub const ALL: [Self; 3] = [Self::Private, Self::PartnerLed, Self::CoSell];

    /// The value of the deal type field.
    pub fn api_value(self) -> &'static str {
        match self {
            Self::Private => "Private",
            Self::PartnerLed => "PartnerLed",
            Self::CoSell => "CoSell",
        }
    }

    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::PartnerLed => "partnerLed",
            Self::CoSell => "coSell",
        }
    }
}

/// The customer.
#[derive(Clone, Debug, Default)]
pub struct Account<'a> {
    /// 18-character Salesforce id.
    pub id: &'a str,
    /// Company name.
    pub name: &'a str,
    /// Street and number, possibly several lines.
    pub street: &'a str,
    /// City.
    pub city: &'a str,
    /// State or province.
    pub state: &'a str,
    /// Postal code.
    pub postal_code: &'a str,
    /// Country as the record holds it: hopefully a code, often a name.
    pub country: &'a str,
    /// API name of the account field that `country` was read from and a fix may write; `None` when it lies behind a lookup.
    pub country_field: Option<&'a str>,
    /// D-U-N-S number, where the org has a field for it.
    pub duns: &'a str,
    /// A federal customer of the United States, where the org has a field for it.
    pub is_federal: bool,
}

/// Somebody of the customer or of the partner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Person<'a> {
    /// 18-character Salesforce id of the contact or user.
    pub id: &'a str,
    /// First name.
    pub first_name: &'a str,
    /// Last name.
    pub last_name: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// Telephone number.
    pub phone: &'a str,
}

impl Person<'_> {
    /// The parts that Microsoft asks of a person and this one lacks, by Salesforce's field names
    /// (Microsoft Learn, "Manage co-sell opportunities": first name, last name, phone, e-mail).
    pub fn missing(&self) -> Vec<&'static str> {
        self.lacking().collect()
    }

    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.lacking().next().is_none()
    }

    fn lacking(&self) -> impl Iterator<Item = &'static str> {
        let parts = [("FirstName", self.first_name), ("LastName", self.last_name), ("Email", self.email), ("Phone", self.phone)];
        parts.into_iter().filter(|(_, value)| value.is_empty()).map(|(field, _)| field)
    }

    /// First and last name, as far as known.
    pub fn full_name(&self) -> String {
        let mut name = self.first_name.to_owned();
        if !name.is_empty() && !self.last_name.is_empty() {
            name.push(' ');
        }
        name + self.last_name
    }
}

/// A solution of the deal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Solution<'a> {
    /// Microsoft's identifier, such as `SOL-20417-KXD`.
    pub identifier: &'a str,
    /// Name of the solution.
    pub name: &'a str,
    /// `1P` for Microsoft's own, `3P` for a partner's, `Assessment` for a solution assessment.
    pub kind: &'a str,
    /// Who publishes it.
    pub publisher: &'a str,
}

/// What the record says about its referral; all empty before it is shared. Written by the proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Link<'a> {
    /// Identifier of our referral.
    pub referral_id: Option<&'a str>,
    /// Identifier of the engagement that groups ours and Microsoft's.
    pub engagement_id: Option<&'a str>,
    /// How far the deal is opened, as last written to the record.
    pub deal_type: Option<&'a str>,
    /// Status of our referral in words, such as `Active / Accepted`.
    pub referral_status: Option<&'a str>,
    /// Microsoft's status in words, as last written to the record.
    pub microsoft_status: Option<&'a str>,
    /// Until when an answer is due, as last written to the record.
    pub answer_due: Option<&'a str>,
}
