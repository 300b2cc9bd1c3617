//! What a rule says about an opportunity, as data: a stable code, the field, the facts, and what would mend it.

use std::borrow::Cow;

use time::Date;

use crate::{country, currency, decimal::Decimal};

/// One thing that a rule can find: its code, how much it weighs and where it belongs. Each is a constant beside its rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Stable code such as `country.name`; never reworded.
    pub code: &'static str,
    /// Whether the deal can be shared all the same.
    pub severity: Severity,
    /// The field that the seller should look at.
    pub field: Field,
}

impl Kind {
    /// What stops a share.
    pub const fn block(code: &'static str, field: Field) -> Self {
        Self { code, severity: Severity::Block, field }
    }

    /// What stops nothing and would be better mended.
    pub const fn warn(code: &'static str, field: Field) -> Self {
        Self { code, severity: Severity::Warn, field }
    }
}

/// The result of one rule on one opportunity. Its words are made by [`crate::message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding<'a> {
    /// What was found.
    pub code: &'static str,
    /// Number of the rule in the rule book.
    pub rule: u8,
    /// Whether the deal can be shared all the same; settings can turn a block into a warning.
    pub severity: Severity,
    /// The field that the seller should look at.
    pub field: Field,
    /// The facts that the message names.
    pub params: Vec<(&'static str, Param<'a>)>,
    /// What would mend it, where that is known.
    pub fix: Option<Fix<'a>>,
}

/// What the rules found on one opportunity, in the order in which they found it.
///
/// A finding is filled where it lies: sixty rules make findings, and moving one is a hundred bytes of code each time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings<'a>(pub Vec<Finding<'a>>);

impl<'a> Findings<'a> {
    /// Adds a finding without facts or fix. Its rule is set by the rule book.
    #[inline(never)]
    pub fn add(&mut self, kind: &'static Kind) -> &mut Finding<'a> {
        self.0.push_mut(Finding::new(kind))
    }
}

impl<'a> Finding<'a> {
    /// A finding without facts or fix.
    pub fn new(kind: &'static Kind) -> Self {
        Self { code: kind.code, rule: 0, severity: kind.severity, field: kind.field, params: Vec::new(), fix: None }
    }

    /// Adds a fact for the message.
    // Not inlined, like the other steps: one copy for each kind of fact instead of one for each rule.
    #[inline(never)]
    pub fn with(&mut self, name: &'static str, value: impl Into<Param<'a>>) -> &mut Self {
        self.params.push((name, value.into()));
        self
    }

    /// Adds a code of Microsoft's, which a message names by its label.
    #[inline(never)]
    pub fn with_term(&mut self, name: &'static str, code: &'a str) -> &mut Self {
        self.params.push((name, Param::Term(code.into())));
        self
    }

    /// Is mended by a text for one field.
    #[inline(never)]
    pub fn set(&mut self, object: Target, record_id: &'a str, field: &'a str, value: &'a str) -> &mut Self {
        self.fix = Some(Fix::Set { object, record_id, field, value: Value::Text(value.into()) });
        self
    }

    /// Is mended by a tick for one field.
    #[inline(never)]
    pub fn tick(&mut self, object: Target, record_id: &'a str, field: &'a str) -> &mut Self {
        self.fix = Some(Fix::Set { object, record_id, field, value: Value::Flag(true) });
        self
    }

    /// Is mended by the seller, who fills these fields.
    #[inline(never)]
    pub fn edit(&mut self, object: Target, record_id: &'a str, fields: &[&'a str]) -> &mut Self {
        self.fix = Some(Fix::Edit { object, record_id, fields: fields.to_vec() });
        self
    }

    /// Is mended by a choice among several countries.
    pub fn choose(&mut self, object: Target, record_id: &'a str, field: &'a str, options: Vec<country::Code>) -> &mut Self {
        self.fix = Some(Fix::Choose { object, record_id, field, options });
        self
    }

    /// Is mended by the seller, who adds something to the opportunity.
    pub fn lacks(&mut self, what: Addition) -> &mut Self {
        self.fix = Some(Fix::Add { what });
        self
    }
}

/// A fact that a message names. Its kind decides how a language writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Param<'a> {
    /// A text as it stands on the record.
    Text(Cow<'a, str>),
    /// How many; chooses between the singular and the plural of a message.
    Count(usize),
    /// A calendar day.
    Day(Date),
    /// An amount without its currency.
    Amount(Decimal),
    /// A country, by its name in the reader's language.
    Country(country::Code),
    /// Several countries to choose from.
    Countries(Vec<country::Code>),
    /// A currency, by its name in the reader's language.
    Currency(currency::Code3),
    /// Fields, by what a seller calls them.
    Fields(Vec<&'a str>),
    /// A code of Microsoft's, by its label in the reader's language where there is one.
    Term(Cow<'a, str>),
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Param<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<usize> for Param<'_> {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<Date> for Param<'_> {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<Decimal> for Param<'_> {
    fn from(amount: Decimal) -> Self {
        Self::Amount(amount)
    }
}

impl From<country::Code> for Param<'_> {
    fn from(code: country::Code) -> Self {
        Self::Country(code)
    }
}

impl From<currency::Code3> for Param<'_> {
    fn from(code: currency::Code3) -> Self {
        Self::Currency(code)
    }
}

impl<'a> From<Vec<&'a str>> for Param<'a> {
    fn from(fields: Vec<&'a str>) -> Self {
        Self::Fields(fields)
    }
}

/// Whether a finding stops a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Microsoft would refuse the deal, or it can't be shared as it stands.
    Block,
    /// Microsoft accepts it; it would be better mended.
    Warn,
}

impl Severity {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Warn => "warn",
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident => $name:literal,)+) => {
        /// Where on the opportunity a finding belongs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field { $($(#[$doc])* $variant,)+ }

        impl Field {
            /// Every field, in the order of the page.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Its name in answers.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }
    };
}

fields! {
    /// Name of the opportunity.
    Name => "name",
    /// Deal value.
    Amount => "amount",
    /// Currency.
    Currency => "currency",
    /// Close date.
    CloseDate => "closeDate",
    /// Sales stage, and with it won, lost, accepted.
    Stage => "stage",
    /// Why the deal was lost or declined.
    Reason => "reason",
    /// Free text about the deal.
    Notes => "notes",
    /// The account itself.
    Account => "account",
    /// Account name.
    AccountName => "account.name",
    /// First address line.
    AccountStreet => "account.street",
    /// City.
    AccountCity => "account.city",
    /// State or province.
    AccountState => "account.state",
    /// Postal code.
    AccountPostalCode => "account.postalCode",
    /// Country.
    AccountCountry => "account.country",
    /// The customer's D-U-N-S number.
    AccountDuns => "account.duns",
    /// The partner's people.
    Team => "team",
    /// Solutions.
    Solutions => "solutions",
    /// *How can Microsoft help?*
    Help => "help",
    /// Customer contact.
    Contact => "contact",
    /// *Visible to Microsoft sellers*.
    Visibility => "visibility",
    /// The customer's consent.
    Consent => "consent",
    /// Whether the customer buys through Microsoft's marketplace.
    MarketplaceIntent => "marketplaceIntent",
    /// What the partner does in the deal.
    PartnerRole => "partnerRole",
    /// Microsoft's solution area.
    SolutionArea => "solutionArea",
    /// Microsoft's solution play.
    SolutionPlay => "solutionPlay",
    /// Where a solution assessment takes place.
    Location => "location",
    /// The registration of a won deal.
    Registration => "registration",
    /// A field that an admin mapped.
    Mapped => "mapped",
    /// The user or the organisation that shares.
    Sharer => "sharer",
    /// The document for Microsoft as a whole: nothing that a seller typed.
    Referral => "referral",
}

/// A Salesforce object that a fix may write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The opportunity itself.
    Opportunity,
    /// Its account.
    Account,
    /// A contact of the account.
    Contact,
}

impl Target {
    /// API name of the object.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opportunity => "Opportunity",
            Self::Account => "Account",
            Self::Contact => "Contact",
        }
    }
}

/// How a finding is mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix<'a> {
    /// Write this value.
    Set {
        /// The kind of record.
        object: Target,
        /// Its id.
        record_id: &'a str,
        /// API field name.
        field: &'a str,
        /// The value.
        value: Value<'a>,
    },
    /// Let the seller choose one of several countries.
    Choose {
        /// The kind of record.
        object: Target,
        /// Its id.
        record_id: &'a str,
        /// API field name.
        field: &'a str,
        /// What there is to choose from; the code is written.
        options: Vec<country::Code>,
    },
    /// Ask the seller to fill these fields.
    Edit {
        /// The kind of record.
        object: Target,
        /// Its id.
        record_id: &'a str,
        /// API field names.
        fields: Vec<&'a str>,
    },
    /// Ask the seller to add something to the opportunity.
    Add {
        /// What to add.
        what: Addition,
    },
}

/// A value that a fix writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text, often a code.
    Text(Cow<'a, str>),
    /// A checkbox.
    Flag(bool),
}

/// Something that hangs on an opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addition {
    /// A co-sell-ready or Microsoft solution.
    Solution,
    /// A customer contact.
    Contact,
}

impl Addition {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Solution => "solution",
            Self::Contact => "contact",
        }
    }
}
