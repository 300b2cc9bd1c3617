//! Salesforce's names, in one place: reads a record as the REST API's query returns it, and names the fields that are written.
//!
//! The page gets the same shape from Apex as the proxy gets from SOQL, so both read it through this one function.

use std::{collections::HashSet, str::FromStr};

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use time::{Date, Month};

use crate::model::{Account, Entry, Link, Opportunity, Person, Settings, Solution};

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
    pub const ALL: [&str; 16] = [
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
        REFERRAL_STATUS,
        MICROSOFT_STATUS,
        ANSWER_DUE,
        STATE,
        STATE_REASON,
        AUDIT,
    ];
}

/// The record is not an opportunity as a query returns it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, in English, for a log or a developer.
    pub detail: String,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.detail)
    }
}

impl std::error::Error for Unreadable {}

/// Reads one opportunity.
///
/// Fields that are absent count as blank (an org without multi-currency has no currency field, one without teams no team);
/// only a record that is no object or has no `Id` can't be read at all.
pub fn read(record: &Value, settings: &Settings) -> Result<Opportunity, Unreadable> {
    let Some(record) = record.as_object() else {
        return Err(Unreadable { detail: "the record is not a JSON object".into() });
    };
    let id = text(record, "Id");
    if id.is_empty() {
        return Err(Unreadable { detail: "the record has no Id".into() });
    }
    // Records of a single-currency org lack the field altogether; a blank one in a multi-currency org is a blank.
    let currency = match record.get(&settings.currency_field) {
        Some(_) => text(record, &settings.currency_field),
        None => settings.default_currency.clone().unwrap_or_default(),
    };
    Ok(Opportunity {
        id,
        name: text(record, "Name"),
        stage: text(record, "StageName"),
        amount: amount(record.get(&settings.deal_value_field)),
        currency,
        close_date: date(record.get("CloseDate")),
        description: text(record, "Description"),
        sync: flag(record, field::SYNC),
        help: optional(record, field::HELP),
        visible: flag(record, field::VISIBLE),
        consent: flag(record, field::CONSENT),
        account: record.get("Account").and_then(Value::as_object).map(|account| read_account(account, settings)),
        team: read_team(record),
        contacts: read_contacts(record),
        contact_id: optional(record, field::CONTACT),
        solutions: children(record, "Microsoft_Solutions__r").map(read_solution).collect(),
        link: Link {
            referral_id: optional(record, field::REFERRAL_ID),
            engagement_id: optional(record, field::ENGAGEMENT_ID),
            deal_type: optional(record, field::DEAL_TYPE),
            microsoft_status: optional(record, field::MICROSOFT_STATUS),
        },
    })
}

fn read_account(account: &Map<String, Value>, settings: &Settings) -> Account {
    // With state and country picklists the code has a field of its own, which Salesforce keeps equal to the name.
    let (country, country_field) = match account.get("BillingCountryCode") {
        Some(_) if settings.country_field == "BillingCountry" => {
            (text(account, "BillingCountryCode"), Some("BillingCountryCode".into()))
        }
        _ if settings.country_field.contains('.') => (behind_lookup(account, &settings.country_field), None),
        _ => (text(account, &settings.country_field), Some(settings.country_field.clone())),
    };
    Account {
        id: text(account, "Id"),
        name: text(account, "Name"),
        street: text(account, "BillingStreet"),
        city: text(account, "BillingCity"),
        state: text(account, "BillingState"),
        postal_code: text(account, "BillingPostalCode"),
        country,
        country_field,
    }
}

/// Follows a path such as `Country__r.ISO_Code__c`.
fn behind_lookup(account: &Map<String, Value>, path: &str) -> String {
    let mut parts = path.split('.').peekable();
    let mut here = account;
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return text(here, part);
        }
        match here.get(part).and_then(Value::as_object) {
            Some(next) => here = next,
            None => break,
        }
    }
    String::new()
}

fn read_team(record: &Map<String, Value>) -> Vec<Person> {
    let owner = record.get("Owner").and_then(Value::as_object).map(read_person);
    let members =
        children(record, "OpportunityTeamMembers").filter_map(|row| row.get("User").and_then(Value::as_object)).map(read_person);
    let mut seen = HashSet::new();
    owner.into_iter().chain(members).filter(|person| person.id.is_empty() || seen.insert(person.id.clone())).collect()
}

fn read_contacts(record: &Map<String, Value>) -> Vec<Person> {
    let mut rows: Vec<_> = children(record, "OpportunityContactRoles").collect();
    rows.sort_by_key(|row| !flag(row, "IsPrimary"));
    let mut seen = HashSet::new();
    rows.into_iter()
        .filter_map(|row| row.get("Contact").and_then(Value::as_object))
        .map(read_person)
        .filter(|person| person.id.is_empty() || seen.insert(person.id.clone()))
        .collect()
}

fn read_person(person: &Map<String, Value>) -> Person {
    Person {
        id: text(person, "Id"),
        first_name: text(person, "FirstName"),
        last_name: text(person, "LastName"),
        email: text(person, "Email"),
        phone: text(person, "Phone"),
    }
}

fn read_solution(row: &Map<String, Value>) -> Solution {
    Solution {
        identifier: text(row, "Solution_Identifier__c"),
        name: text(row, "Name"),
        kind: text(row, "Solution_Type__c"),
        publisher: text(row, "Publisher_Name__c"),
    }
}

/// The rows of a subquery; Salesforce sends `null` for none.
fn children<'a>(record: &'a Map<String, Value>, relationship: &str) -> impl Iterator<Item = &'a Map<String, Value>> + use<'a> {
    let rows = record.get(relationship).and_then(|result| result.get("records")).and_then(Value::as_array);
    rows.into_iter().flatten().filter_map(Value::as_object)
}

fn text(record: &Map<String, Value>, field: &str) -> String {
    record.get(field).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

fn optional(record: &Map<String, Value>, field: &str) -> Option<String> {
    Some(text(record, field)).filter(|value| !value.is_empty())
}

fn flag(record: &Map<String, Value>, field: &str) -> bool {
    record.get(field).and_then(Value::as_bool).unwrap_or_default()
}

/// Money arrives as a JSON number whose digits are kept, or as text from a custom field: never as a float.
fn amount(value: Option<&Value>) -> Entry<Decimal> {
    let digits = match value {
        None | Some(Value::Null) => return Entry::Missing,
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::String(text)) if text.trim().is_empty() => return Entry::Missing,
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(other) => return Entry::Unreadable(other.to_string()),
    };
    match Decimal::from_str(&digits).or_else(|_| Decimal::from_scientific(&digits)) {
        Ok(amount) => Entry::Read(amount.normalize()),
        Err(_) => Entry::Unreadable(digits),
    }
}

/// A date travels as `2027-01-31`, without a zone, and stays so.
fn date(value: Option<&Value>) -> Entry<Date> {
    match value {
        None | Some(Value::Null) => Entry::Missing,
        Some(Value::String(text)) if text.trim().is_empty() => Entry::Missing,
        Some(Value::String(text)) => parse_date(text.trim()).map_or_else(|| Entry::Unreadable(text.clone()), Entry::Read),
        Some(other) => Entry::Unreadable(other.to_string()),
    }
}

/// Reads `YYYY-MM-DD`; `None` for anything else, impossible days included.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

/// Writes a date as `YYYY-MM-DD`.
pub fn format_date(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}
