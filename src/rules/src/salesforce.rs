//! Salesforce's names, in one place: which columns the rules want of a record, how they are read, and which fields are written.
//!
//! The page gets a record in the shape in which the REST API's query returns it, as the proxy does. Both pick the same columns out
//! of it: the page sends them as rows ([`crate::row`]), the proxy hands in the JSON.

use serde_json::Value;

use crate::{
    decimal::Decimal,
    model::{Account, Entry, Link, Opportunity, Person, Solution},
    moment,
    row::{self, Cell},
    settings::Settings,
    text::{self, trim},
};

/// API names of the package's fields on Opportunity.
pub mod field {
    /// *Sync with Partner Center*.
    pub const SYNC: &str = "Sync_with_Partner_Center__c";
    /// *How can Microsoft help?*
    pub const HELP: &str = "How_can_Microsoft_help__c";
    /// *Visible to Microsoft sellers*.
    pub const VISIBLE: &str = "Visible_to_Microsoft_Sellers__c";
    /// *Customer agrees to sharing*.
    pub const CONSENT: &str = "Customer_Consent__c";
    /// The contact chosen for Microsoft.
    pub const CONTACT: &str = "Microsoft_Customer_Contact__c";
    /// Identifier of our referral; unique in the org.
    pub const REFERRAL_ID: &str = "Referral_Identifier__c";
    /// Address of the referral in Partner Center.
    pub const REFERRAL_LINK: &str = "Referral_Link__c";
    /// Identifier of the engagement.
    pub const ENGAGEMENT_ID: &str = "Engagement_Identifier__c";
    /// How far the deal is opened to Microsoft.
    pub const DEAL_TYPE: &str = "Deal_Type__c";
    /// Identifier of the opportunity in Microsoft's own CRM.
    pub const CRM_ID: &str = "Microsoft_CRM_Identifier__c";
    /// Who looks after the deal at Microsoft: name and e-mail.
    pub const MICROSOFT_SELLER: &str = "Microsoft_Seller__c";
    /// Status of our referral, in words.
    pub const REFERRAL_STATUS: &str = "Referral_Status__c";
    /// Status of Microsoft's referral, in words.
    pub const MICROSOFT_STATUS: &str = "Microsoft_Status__c";
    /// Until when Microsoft has to answer.
    pub const ANSWER_DUE: &str = "Microsoft_Answer_Due__c";
    /// State of the pair.
    pub const STATE: &str = "Cosell_State__c";
    /// Why the pair is in that state, in words.
    pub const STATE_REASON: &str = "Cosell_State_Reason__c";
    /// The audit trail, newest entry first.
    pub const AUDIT: &str = "Audit__c";

    /// All of them, in the order of a query.
    pub const ALL: [&str; 17] = [
        SYNC,
        HELP,
        VISIBLE,
        CONSENT,
        CONTACT,
        REFERRAL_ID,
        REFERRAL_LINK,
        ENGAGEMENT_ID,
        DEAL_TYPE,
        CRM_ID,
        MICROSOFT_SELLER,
        REFERRAL_STATUS,
        MICROSOFT_STATUS,
        ANSWER_DUE,
        STATE,
        STATE_REASON,
        AUDIT,
    ];
}

/// The record is not an opportunity as a query returns it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, in English, for a log or a developer.
    pub detail: &'static str,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.detail)
    }
}

impl std::error::Error for Unreadable {}

macro_rules! columns {
    ($settings:ident; $($variant:ident => $path:expr,)+) => {
        /// What the rules want of an opportunity, in the order of a row.
        #[derive(Clone, Copy)]
        enum Column { $($variant,)+ Count }

        /// Where each column is found on the record; empty where the org has none.
        fn paths($settings: &Settings) -> [&str; Column::Count as usize] {
            [$($path,)+]
        }
    };
}

// Columns of the account come last and are told from the opportunity's own by `ACCOUNT`.
columns! { settings;
    Id => "Id",
    Name => "Name",
    Stage => "StageName",
    IsClosed => "IsClosed",
    IsWon => "IsWon",
    Amount => &settings.deal_value_field,
    Currency => &settings.currency_field,
    CloseDate => "CloseDate",
    Description => "Description",
    Sync => field::SYNC,
    Help => field::HELP,
    Visible => field::VISIBLE,
    Consent => field::CONSENT,
    Contact => field::CONTACT,
    ReferralId => field::REFERRAL_ID,
    EngagementId => field::ENGAGEMENT_ID,
    DealType => field::DEAL_TYPE,
    ReferralStatus => field::REFERRAL_STATUS,
    MicrosoftStatus => field::MICROSOFT_STATUS,
    AnswerDue => field::ANSWER_DUE,
    Reason => &settings.reason_field,
    MarketplaceIntent => &settings.marketplace_intent_field,
    PartnerRole => &settings.partner_role_field,
    SolutionArea => &settings.solution_area_field,
    SolutionPlay => &settings.solution_play_field,
    Location => &settings.location_field,
    OwnerId => "Owner.Id",
    OwnerFirstName => "Owner.FirstName",
    OwnerLastName => "Owner.LastName",
    OwnerEmail => "Owner.Email",
    OwnerPhone => "Owner.Phone",
    AccountId => "Account.Id",
    AccountName => "Account.Name",
    AccountStreet => "Account.BillingStreet",
    AccountCity => "Account.BillingCity",
    AccountState => "Account.BillingState",
    AccountPostalCode => "Account.BillingPostalCode",
    AccountCountryCode => "Account.BillingCountryCode",
    AccountCountry => &settings.country_field,
    AccountDuns => &settings.duns_field,
    AccountFederal => &settings.federal_field,
}

/// Columns whose path in the settings starts at the account.
const BELOW_ACCOUNT: [Column; 3] = [Column::AccountCountry, Column::AccountDuns, Column::AccountFederal];

const CONTACT_COLUMNS: [&str; 6] =
    ["IsPrimary", "Contact.Id", "Contact.FirstName", "Contact.LastName", "Contact.Email", "Contact.Phone"];
const MEMBER_COLUMNS: [&str; 5] = ["User.Id", "User.FirstName", "User.LastName", "User.Email", "User.Phone"];
const SOLUTION_COLUMNS: [&str; 4] = ["Solution_Identifier__c", "Name", "Solution_Type__c", "Publisher_Name__c"];

/// The relationships of a record and their columns, in the order of its tables.
const CHILDREN: [(&str, &[&str]); 3] = [
    ("OpportunityContactRoles", &CONTACT_COLUMNS),
    ("OpportunityTeamMembers", &MEMBER_COLUMNS),
    ("Microsoft_Solutions__r", &SOLUTION_COLUMNS),
];

/// The paths of all columns of the opportunity itself, the mapped ones last; a path is empty where the org has no such field.
fn all_paths(settings: &Settings) -> Vec<String> {
    let mut all: Vec<String> = paths(settings).iter().map(|path| (*path).to_owned()).collect();
    for column in BELOW_ACCOUNT {
        if let Some(path) = all.get_mut(column as usize).filter(|path| !path.is_empty()) {
            path.insert_str(0, "Account.");
        }
    }
    all.extend(settings.mapping.iter().map(|mapping| mapping.field.to_string()));
    all
}

/// What a page has to send of a record: a row of paths, then a table a relationship: its name, then its paths.
pub fn columns(settings: &Settings) -> String {
    let mut text = String::new();
    for (place, path) in paths(settings).into_iter().enumerate() {
        if place > 0 {
            text.push(row::UNIT);
        }
        if !path.is_empty() && BELOW_ACCOUNT.iter().any(|column| *column as usize == place) {
            text.push_str("Account.");
        }
        text.push_str(path);
    }
    for mapping in &settings.mapping {
        text.push(row::UNIT);
        text.push_str(&mapping.field);
    }
    for (relationship, columns) in CHILDREN {
        text.push(row::GROUP);
        text.push_str(relationship);
        for column in columns {
            text.push(row::UNIT);
            text.push_str(column);
        }
    }
    text
}

/// The columns of one record, by whatever way they came.
#[derive(Clone, Debug)]
pub struct Record<'a> {
    own: [Cell<'a>; Column::Count as usize],
    mapped: Vec<&'a str>,
    contacts: Vec<[Cell<'a>; 6]>,
    members: Vec<[Cell<'a>; 5]>,
    solutions: Vec<[Cell<'a>; 4]>,
}

impl<'a> Record<'a> {
    /// A record that a page sends: tables as [`columns`] asks for them. Tables and cells that are missing at the end count as
    /// absent.
    pub fn from_text(text: &'a str) -> Self {
        let mut tables = text::split(text, row::GROUP as u8);
        let mut own = row::cells(tables.next().unwrap_or_default());
        let mut table = || tables.next().unwrap_or_default();
        Self {
            own: row::array(own.by_ref()),
            mapped: own.map(|cell| trim(cell.unwrap_or_default())).collect(),
            contacts: row::rows(table()).map(|row| row::array(row::cells(row))).collect(),
            members: row::rows(table()).map(|row| row::array(row::cells(row))).collect(),
            solutions: row::rows(table()).map(|row| row::array(row::cells(row))).collect(),
        }
    }

    /// A record as the REST API's query returns it. Fields that are absent count as such: an org without teams has no team.
    ///
    /// Fails when it is no object.
    pub fn from_json(record: &'a Value, settings: &Settings) -> Result<Self, Unreadable> {
        if !record.is_object() {
            return Err(Unreadable { detail: "the record is not a JSON object" });
        }
        let paths = all_paths(settings);
        let mut cells = paths.iter().map(|path| cell(record, path));
        let own = row::array(cells.by_ref().take(Column::Count as usize));
        let mapped = cells.map(|cell| trim(cell.unwrap_or_default())).collect();
        Ok(Self {
            own,
            mapped,
            contacts: children(record, "OpportunityContactRoles")
                .map(|row| CONTACT_COLUMNS.map(|path| cell(row, path)))
                .collect(),
            members: children(record, "OpportunityTeamMembers").map(|row| MEMBER_COLUMNS.map(|path| cell(row, path))).collect(),
            solutions: children(record, "Microsoft_Solutions__r")
                .map(|row| SOLUTION_COLUMNS.map(|path| cell(row, path)))
                .collect(),
        })
    }

    fn cell(&self, column: Column) -> Cell<'a> {
        self.own.get(column as usize).copied().flatten()
    }

    fn text(&self, column: Column) -> &'a str {
        text(self.cell(column))
    }

    fn optional(&self, column: Column) -> Option<&'a str> {
        Some(self.text(column)).filter(|value| !value.is_empty())
    }

    fn flag(&self, column: Column) -> bool {
        self.text(column) == "true"
    }
}

/// Reads one opportunity.
///
/// Only a record without an `Id` can't be read at all. Blank and absent are the same, except for the currency (records of a
/// single-currency org lack the field) and the country code (present with state and country picklists).
pub fn read<'a>(record: &Record<'a>, settings: &'a Settings) -> Result<Opportunity<'a>, Unreadable> {
    let id = record.text(Column::Id);
    if id.is_empty() {
        return Err(Unreadable { detail: "the record has no Id" });
    }
    let stage = record.text(Column::Stage);
    let is_won = record.cell(Column::IsWon).map_or_else(|| stage == settings.won_stage, |cell| cell == "true");
    let closed_stage = || is_won || stage == settings.lost_stage;
    Ok(Opportunity {
        id,
        name: without_mark(record.text(Column::Name)),
        stage,
        is_closed: record.cell(Column::IsClosed).map_or_else(closed_stage, |cell| cell == "true"),
        is_won,
        reason: record.text(Column::Reason),
        // Money arrives as digits, or as text from a custom field: never as a float.
        amount: Entry::of(record.text(Column::Amount), Decimal::read),
        currency: record.cell(Column::Currency).map_or(settings.default_currency.as_str(), trim),
        close_date: Entry::of(record.text(Column::CloseDate), moment::parse_day),
        description: record.text(Column::Description),
        sync: record.flag(Column::Sync),
        help: record.optional(Column::Help),
        visible: record.flag(Column::Visible),
        consent: record.flag(Column::Consent),
        marketplace_intent: record.text(Column::MarketplaceIntent),
        partner_role: record.text(Column::PartnerRole),
        solution_area: record.text(Column::SolutionArea),
        solution_play: record.text(Column::SolutionPlay),
        location: record.text(Column::Location),
        account: account(record, settings),
        team: team(record),
        contacts: contacts(record),
        contact_id: record.optional(Column::Contact),
        solutions: record
            .solutions
            .iter()
            .map(|&[identifier, name, kind, publisher]| Solution {
                identifier: text(identifier),
                name: text(name),
                kind: text(kind),
                publisher: text(publisher),
            })
            .collect(),
        link: Link {
            referral_id: record.optional(Column::ReferralId),
            engagement_id: record.optional(Column::EngagementId),
            deal_type: record.optional(Column::DealType),
            referral_status: record.optional(Column::ReferralStatus),
            microsoft_status: record.optional(Column::MicrosoftStatus),
            answer_due: record.optional(Column::AnswerDue),
        },
        mapped: record.mapped.clone(),
    })
}

/// The check marks that may stand before a name, and what chooses between their forms; they are ours and never Microsoft's business.
const MARKS: [char; 6] = ['✓', '✔', '✗', '✘', '\u{fe0e}', '\u{fe0f}'];

/// The name of a deal without any check mark before it.
pub fn without_mark(name: &str) -> &str {
    name.trim_start_matches(|character: char| MARKS.contains(&character) || character.is_whitespace())
}

fn account<'a>(record: &Record<'a>, settings: &'a Settings) -> Option<Account<'a>> {
    let id = record.optional(Column::AccountId)?;
    // With state and country picklists the code has a field of its own, which Salesforce keeps equal to the name.
    let has_picklists = record.cell(Column::AccountCountryCode).is_some() && settings.country_field == "BillingCountry";
    let (country, country_field) = if has_picklists {
        (record.text(Column::AccountCountryCode), Some("BillingCountryCode"))
    } else {
        let is_behind_lookup = settings.country_field.contains('.');
        (record.text(Column::AccountCountry), (!is_behind_lookup).then_some(settings.country_field.as_str()))
    };
    Some(Account {
        id,
        name: record.text(Column::AccountName),
        street: record.text(Column::AccountStreet),
        city: record.text(Column::AccountCity),
        state: record.text(Column::AccountState),
        postal_code: record.text(Column::AccountPostalCode),
        country,
        country_field,
        duns: record.text(Column::AccountDuns),
        is_federal: record.flag(Column::AccountFederal),
    })
}

fn team<'a>(record: &Record<'a>) -> Vec<Person<'a>> {
    let owner = [Column::OwnerId, Column::OwnerFirstName, Column::OwnerLastName, Column::OwnerEmail, Column::OwnerPhone]
        .map(|column| record.cell(column));
    let mut team = Vec::with_capacity(1 + record.members.len());
    for row in std::iter::once(&owner).chain(&record.members) {
        add(&mut team, person(row));
    }
    team
}

fn contacts<'a>(record: &Record<'a>) -> Vec<Person<'a>> {
    let mut contacts = Vec::with_capacity(record.contacts.len());
    for wanted in [true, false] {
        for [is_primary, person_cells @ ..] in &record.contacts {
            if (text(*is_primary) == "true") == wanted {
                add(&mut contacts, person(person_cells));
            }
        }
    }
    contacts
}

/// Adds a person who is somebody and not there yet.
fn add<'a>(people: &mut Vec<Person<'a>>, person: Person<'a>) {
    let is_nobody = person == Person::default();
    let is_there = !person.id.is_empty() && people.iter().any(|known| known.id == person.id);
    if !is_nobody && !is_there {
        people.push(person);
    }
}

fn person<'a>(cells: &[Cell<'a>; 5]) -> Person<'a> {
    let [id, first_name, last_name, email, phone] = cells.map(text);
    Person { id, first_name, last_name, email, phone }
}

fn text(cell: Cell<'_>) -> &str {
    trim(cell.unwrap_or_default())
}

/// The value at a path such as `Account.Country__r.ISO_Code__c`: absent where the record has no such field, blank for null.
fn cell<'a>(record: &'a Value, path: &str) -> Cell<'a> {
    if path.is_empty() {
        return None;
    }
    let mut here = record;
    for part in path.split('.') {
        here = here.get(part)?;
    }
    Some(match here {
        Value::String(text) => text,
        Value::Number(number) => number.as_str(),
        Value::Bool(true) => "true",
        Value::Bool(false) => "false",
        Value::Null | Value::Array(_) | Value::Object(_) => "",
    })
}

/// The rows of a subquery; Salesforce sends `null` for none.
fn children<'a>(record: &'a Value, relationship: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    record.get(relationship).and_then(|result| result.get("records")).and_then(Value::as_array).into_iter().flatten()
}
