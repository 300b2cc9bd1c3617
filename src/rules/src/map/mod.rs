//! Opportunity ↔ referral, field by field, as data: one row a field, so that a custom field is one more row.
//!
//! The one list [`ROWS`] makes the documents of a create ([`own_referral`], [`microsoft_referral`]), the page's preview of changes
//! ([`changes`]) and, in [`crate::reconcile`], the operations of a patch and what is written to Salesforce. Between the two sides a
//! value has one canonical text ([`value`]), so that comparing, remembering and merging are done on texts. Knows no JSON to read.

mod changes;
mod create;
mod document;
mod parse;
mod rows;
mod set;
mod value;

use std::borrow::Cow;

pub use changes::{Change, changes};
pub use create::{microsoft_referral, own_referral, write_microsoft_sections};
pub use document::{Document, Node, Operation, patch_to_json};
pub use rows::ROWS;
pub(crate) use set::{CELL, ROW, row_key, rows as set_rows};
pub(crate) use value::{held_sales_stage, items, node, ours, person_row, sorted, tags, text};

use crate::{finding::Field, settings::Settings};

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From Salesforce to Partner Center.
    ToPartnerCenter,
    /// From Partner Center to Salesforce.
    ToSalesforce,
    /// Whichever side changed.
    Both,
}

/// When a value may be sent to Partner Center.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// With the document of a create; afterwards Partner Center lets nobody change it.
    Create,
    /// Until Microsoft is asked for help; frozen from then on.
    UntilAsked,
    /// Always, until the referral is closed.
    Always,
}

/// How a value is written on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// As it is.
    Text,
    /// A number, digit for digit.
    Number,
    /// A calendar day; midnight UTC in Partner Center.
    Day,
    /// True or false.
    Flag,
    /// A flag that is never taken back.
    Latch,
    /// A sales stage by Microsoft's words, or in percent.
    SalesStage,
    /// The stage with everything that hangs on it: status, substatus and reason.
    Standing,
    /// A set of people or solutions, replaced as a whole.
    Set,
    /// A list that only a create carries.
    List,
    /// The address of a referral, made of its identifier.
    Link,
}

/// A side, and whose value stands when both have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Winner {
    /// The seller's record.
    Salesforce,
    /// Microsoft's side.
    PartnerCenter,
}

/// Which referral a row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Ours.
    Own,
    /// The one in the same engagement that asks Microsoft.
    Microsoft,
}

/// Where a blank value may be written; elsewhere it is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Nowhere.
    Never,
    /// In the document of a create.
    OnCreate,
    /// In updates too: this value may be emptied.
    Always,
}

/// Which value of an opportunity a row carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the field of its name")]
pub enum Source {
    /// The same for every deal.
    Constant(&'static str),
    Id,
    Name,
    Amount,
    Currency,
    CloseDate,
    Description,
    Stage,
    SalesStage,
    Visible,
    ConsentToShare,
    ConsentToContact,
    CustomerName,
    Street,
    /// The lines of the street after the first.
    MoreStreet,
    City,
    State,
    PostalCode,
    Country,
    Contact,
    Team,
    Solutions,
    /// The first solution, or Microsoft, as the referral's target.
    Target,
    /// Marketplace intent, partner role, solution area and play.
    Attributes,
    Help,
    /// Known to Partner Center alone.
    None,
    /// The field that an admin mapped.
    Mapped,
}

/// One row of the mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping<'a> {
    /// Which value of the opportunity it carries.
    pub source: Source,
    /// API name of the field on the opportunity; empty where it is none or another setting names it.
    pub field: Cow<'a, str>,
    /// Where it stands in the referral.
    pub path: Cow<'a, str>,
    /// Which way it goes.
    pub direction: Direction,
    /// When it may be sent.
    pub when: When,
    /// How it is written.
    pub transform: Transform,
    /// Whose value stands when both sides have changed it.
    pub winner: Winner,
    /// Which referral it is about.
    pub side: Side,
    /// Where it may be blank.
    pub blank: Blank,
    /// What findings about it point at.
    pub about: Field,
}

impl Mapping<'_> {
    /// Whether its value can be patched; a document of a create is another matter.
    pub fn is_patched(&self) -> bool {
        self.direction != Direction::ToSalesforce && self.when != When::Create && self.side == Side::Own
    }

    /// API name of the Salesforce field that it is written to; empty where there is none.
    pub fn field<'s>(&'s self, settings: &'s Settings) -> &'s str {
        match &*self.path {
            "/details/dealValue" => &settings.deal_value_field,
            "/details/currency" => &settings.currency_field,
            "/referralProgram" if self.source == Source::None => &settings.referral_program_field,
            _ => &self.field,
        }
    }

    /// What people are told it is: the name of a known field, else the API name of a mapped one.
    pub fn name(&self) -> &str {
        if self.source == Source::Mapped { &self.field } else { self.about.name() }
    }
}

/// A row and, where an admin mapped it, its place among [`Opportunity::mapped`](crate::model::Opportunity::mapped).
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The row.
    pub mapping: &'a Mapping<'static>,
    /// Its place; 0 for built-in rows, which have none.
    pub index: usize,
}

/// All rows: the built-in ones, then those that an admin mapped.
pub fn rows(settings: &Settings) -> impl Iterator<Item = Row<'_>> {
    let custom = settings.mapping.iter().enumerate().map(|(index, mapping)| Row { mapping, index });
    ROWS.iter().map(|mapping| Row { mapping, index: 0 }).chain(custom)
}
