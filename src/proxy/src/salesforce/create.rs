//! What an inbound referral needs of the org: looks for what is there, and makes several records at once or none of them. It must
//! not know what they are made of.

use std::collections::BTreeMap;

use cosell_rules::inbound::{Account, Search};
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::error::About;
use super::soql::quote;
use super::{Guard, Salesforce, SalesforceError};
use crate::ids::SalesforceId;
use crate::net::Answer;

/// The most that one composite request may hold (REST API Developer Guide, "Composite").
pub(crate) const MOST_REQUESTS: usize = 25;

/// The most accounts that a search names. One that names so many may have left out others.
pub(crate) const MOST_ACCOUNTS: usize = 200;

/// Alerts of duplicate rules are for people who can look; who made the referral has meant the customer.
pub(super) const SAVE_DUPLICATES: (&str, &str) =
    ("Sforce-Duplicate-Rule-Header", "allowSave=true; includeRecordDetails=false; runAsCurrentUser=false");

/// One record to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// API name of its object.
    pub(crate) object: &'static str,
    /// What later ones call it, see [`reference`].
    pub(crate) name: String,
    /// Its fields.
    pub(crate) fields: Map<String, Value>,
}

/// The id of a record that is made by an earlier request.
pub(crate) fn reference(name: &str) -> Value {
    format!("@{{{name}.id}}").into()
}

/// Why nothing was made.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What Salesforce said of the first record that it did not take.
    pub(crate) error: SalesforceError,
    /// The name of that record's request; blank where nobody said.
    pub(crate) part: String,
    /// Object and id of the records that a duplicate rule takes for the same.
    pub(crate) duplicates: Vec<(String, String)>,
}

impl From<SalesforceError> for Refusal {
    fn from(error: SalesforceError) -> Self {
        Self { error, part: String::new(), duplicates: Vec::new() }
    }
}

impl Salesforce {
    /// Makes all of these records or none. Gives their ids by name.
    ///
    /// After a lost answer nobody knows which of the two it was: the caller looks for what is unique among them. Later than `in_time`
    /// nothing is sent.
    pub(crate) async fn make(&self, requests: &[Request], in_time: OffsetDateTime) -> Result<BTreeMap<String, String>, Refusal> {
        let subrequests: Vec<Value> = requests
            .iter()
            .map(|it| {
                let url = format!("{}/sobjects/{}", self.data(), it.object);
                // Of the headers of the whole a part takes over only those that say who asks and in what form.
                let headers = Map::from_iter([(SAVE_DUPLICATES.0.to_owned(), SAVE_DUPLICATES.1.into())]);
                json!({ "method": "POST", "url": url, "referenceId": it.name, "httpHeaders": headers, "body": it.fields })
            })
            .collect();
        let body = Map::from_iter([
            ("allOrNone".to_owned(), true.into()),
            // In the order that is given: merging requests of one kind would change it.
            ("collateSubrequests".to_owned(), false.into()),
            ("compositeRequest".to_owned(), subrequests.into()),
        ]);
        let path = format!("{}/composite", self.data());
        let guard = Guard { in_time: Some(in_time), ..Guard::default() };
        let answer = self.send(Method::POST, &path, &[], Some(&body), guard, About::Api).await?;
        let made = made(&answer.json().unwrap_or_default());
        if let Err(Refusal { error: SalesforceError::Refused { code, .. }, .. }) = &made
            && ["INVALID_FIELD", "INVALID_TYPE", "NOT_FOUND"].contains(&code.as_str())
        {
            // The org changed since it was described.
            *self.features.lock().await = None;
        }
        made
    }

    /// The opportunity that carries a referral's identifier, which is unique.
    pub(crate) async fn opportunity_of(&self, referral_id: &str) -> Result<Option<SalesforceId>, SalesforceError> {
        let referral_id = quote(referral_id);
        let soql = format!("SELECT Id, StageName FROM Opportunity WHERE Referral_Identifier__c = {referral_id} LIMIT 1");
        Ok(self.query(&soql).await?.first().and_then(|row| SalesforceId::parse_of(cell(row, "Id"), "006")))
    }

    /// The stages that opportunities can be in.
    pub(crate) async fn stages(&self) -> Result<Vec<String>, SalesforceError> {
        let rows = self.query("SELECT ApiName FROM OpportunityStage WHERE IsActive = true").await?;
        Ok(rows.iter().map(|row| cell(row, "ApiName").to_owned()).collect())
    }

    /// The candidates of a search for an account.
    pub(crate) async fn accounts(&self, search: &Search) -> Result<Vec<Account>, SalesforceError> {
        let rows = self.query(&accounts(search)).await?;
        let text = |row: &Value, name: &str| cell(row, name).to_owned();
        let read = |row: &Value| Account {
            id: text(row, "Id"),
            name: text(row, "Name"),
            postal_code: text(row, "BillingPostalCode"),
            city: text(row, "BillingCity"),
        };
        Ok(rows.iter().map(read).collect())
    }

    /// The contacts of an account that have one of these e-mail addresses: their ids by address, in small letters.
    pub(crate) async fn contacts(&self, account: &str, emails: &[&str]) -> Result<BTreeMap<String, String>, SalesforceError> {
        if emails.is_empty() {
            return Ok(BTreeMap::new());
        }
        let (account, emails) = (quote(account), list(emails));
        let soql =
            format!("SELECT Id, Email FROM Contact WHERE AccountId = {account} AND Email IN ({emails}) ORDER BY Id LIMIT 200");
        Ok(by_email(&self.query(&soql).await?))
    }

    /// The active users with one of these e-mail addresses: their ids by address, in small letters.
    pub(crate) async fn users(&self, emails: &[&str]) -> Result<BTreeMap<String, String>, SalesforceError> {
        if emails.is_empty() {
            return Ok(BTreeMap::new());
        }
        let soql = format!(
            "SELECT Id, Email FROM User WHERE IsActive = true AND UserType = 'Standard' AND Email IN ({}) ORDER BY Id LIMIT 200",
            list(emails)
        );
        Ok(by_email(&self.query(&soql).await?))
    }

    /// The identifiers of the solutions that an opportunity has.
    pub(crate) async fn solutions_of(&self, opportunity: &SalesforceId) -> Result<Vec<String>, SalesforceError> {
        let id = quote(opportunity.as_str());
        let soql = format!("SELECT Solution_Identifier__c FROM Microsoft_Solution__c WHERE Opportunity__c = {id} LIMIT 200");
        Ok(self.query(&soql).await?.iter().map(|row| cell(row, "Solution_Identifier__c").to_owned()).collect())
    }

    /// The users in the team of an opportunity.
    pub(crate) async fn members_of(&self, opportunity: &SalesforceId) -> Result<Vec<String>, SalesforceError> {
        let id = quote(opportunity.as_str());
        let soql = format!("SELECT UserId FROM OpportunityTeamMember WHERE OpportunityId = {id} LIMIT 200");
        Ok(self.query(&soql).await?.iter().map(|row| cell(row, "UserId").to_owned()).collect())
    }

    /// The titles of what is attached to an opportunity.
    pub(crate) async fn titles_of(&self, opportunity: &SalesforceId) -> Result<Vec<String>, SalesforceError> {
        let id = quote(opportunity.as_str());
        let soql = format!("SELECT ContentDocument.Title FROM ContentDocumentLink WHERE LinkedEntityId = {id} LIMIT 200");
        let title = |row: &Value| row.pointer("/ContentDocument/Title").and_then(Value::as_str).unwrap_or_default().to_owned();
        Ok(self.query(&soql).await?.iter().map(title).collect())
    }
}

pub(super) fn cell<'r>(row: &'r Value, name: &str) -> &'r str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn list(texts: &[&str]) -> String {
    texts.iter().map(|text| quote(text)).collect::<Vec<_>>().join(", ")
}

/// Of several with one address the first, which is the oldest.
fn by_email(rows: &[Value]) -> BTreeMap<String, String> {
    let pairs = rows.iter().rev().map(|row| (cell(row, "Email").to_lowercase(), cell(row, "Id").to_owned()));
    pairs.collect()
}

fn accounts(search: &Search) -> String {
    let (condition, initial) = match search {
        Search::Duns { field, number } => (format!("{field} = {}", quote(number)), None),
        Search::PostalCode { code, initial } => (format!("BillingPostalCode = {}", quote(code)), *initial),
        Search::City { city, initial } => (format!("BillingCity = {}", quote(city)), *initial),
    };
    let name = initial.map(|initial| format!(" AND Name LIKE {}", quote(&format!("{initial}%")))).unwrap_or_default();
    format!(
        "SELECT Id, Name, BillingPostalCode, BillingCity FROM Account WHERE {condition}{name} ORDER BY Id LIMIT {MOST_ACCOUNTS}"
    )
}

/// The ids of the records that a composite request has made, by name; else what the first one failed with, not what befell the
/// others because of it.
fn made(body: &Value) -> Result<BTreeMap<String, String>, Refusal> {
    let unreadable = || SalesforceError::Unreadable("not the answer to a composite request".to_owned());
    let parts = body.get("compositeResponse").and_then(Value::as_array).ok_or_else(unreadable)?;
    let failed = |part: &&Value| status(part).is_none_or(|status| !status.is_success());
    let is_halted = |part: &&Value| part.pointer("/body/0/errorCode").and_then(Value::as_str) == Some("PROCESSING_HALTED");
    if let Some(cause) = parts.iter().filter(failed).find(|it| !is_halted(it)).or_else(|| parts.iter().find(failed)) {
        let status = status(cause).unwrap_or(StatusCode::BAD_REQUEST);
        let body = cause.get("body").map(Value::to_string).unwrap_or_default().into_bytes();
        let error = SalesforceError::from_answer(&Answer { status, headers: HeaderMap::new(), body }, About::Part);
        return Err(Refusal { error, part: cell(cause, "referenceId").to_owned(), duplicates: duplicates(cause) });
    }
    let named = |part: &Value| Some((cell(part, "referenceId").to_owned(), part.pointer("/body/id")?.as_str()?.to_owned()));
    parts.iter().map(named).collect::<Option<_>>().ok_or_else(|| unreadable().into())
}

fn status(part: &Value) -> Option<StatusCode> {
    let status = part.get("httpStatusCode").and_then(Value::as_u64)?;
    u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok())
}

/// What a duplicate rule that blocks takes for the same (REST API Developer Guide, "Duplicate rule header").
fn duplicates(part: &Value) -> Vec<(String, String)> {
    fn each<'v>(value: &'v Value, path: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
        value.pointer(path).and_then(Value::as_array).into_iter().flatten()
    }
    let records = each(part, "/body/0/duplicateResult/matchResults").flat_map(|it| each(it, "/matchRecords"));
    let text = |record: &Value, path: &str| record.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let mut found: Vec<(String, String)> =
        records.filter_map(|it| Some((text(it, "/record/attributes/type")?, text(it, "/record/Id")?))).collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, status: u16, body: &Value) -> Value {
        json!({ "referenceId": name, "httpStatusCode": status, "body": body, "httpHeaders": {} })
    }

    fn halted(name: &str) -> Value {
        part(name, 400, &json!([{ "errorCode": "PROCESSING_HALTED", "message": "rolled back" }]))
    }

    #[test]
    fn what_was_made_is_known_by_its_name() {
        let account = part("account", 201, &json!({ "id": "001", "success": true, "errors": [] }));
        let opportunity = part("opportunity", 201, &json!({ "id": "006", "success": true, "errors": [] }));
        let ids = made(&json!({ "compositeResponse": [account, opportunity] })).unwrap();
        assert_eq!((ids["account"].as_str(), ids["opportunity"].as_str()), ("001", "006"));
    }

    #[test]
    fn a_failure_is_that_of_the_record_that_failed_and_not_of_those_it_took_along() {
        let refused = json!([{ "errorCode": "DUPLICATE_VALUE", "message": "duplicate value found", "fields": [] }]);
        let cause = part("opportunity", 400, &refused);
        let refusal = made(&json!({ "compositeResponse": [halted("account"), cause, halted("role0")] })).unwrap_err();
        assert!(matches!(&refusal.error, SalesforceError::Refused { code, .. } if code == "DUPLICATE_VALUE"), "{refusal:?}");
        let locked = part("account", 400, &json!([{ "errorCode": "UNABLE_TO_LOCK_ROW", "message": "locked" }]));
        let refusal = made(&json!({ "compositeResponse": [locked, halted("opportunity")] })).unwrap_err();
        assert!(matches!(refusal.error, SalesforceError::Retry { .. }), "{refusal:?}");
    }

    #[test]
    fn a_part_that_names_a_record_that_is_gone_is_refused_and_not_gone_itself() {
        for (status, code) in [(404, "NOT_FOUND"), (400, "ENTITY_IS_DELETED"), (404, "INVALID_CROSS_REFERENCE_KEY")] {
            let cause = part("opportunity", status, &json!([{ "errorCode": code, "message": "entity is deleted" }]));
            let refusal = made(&json!({ "compositeResponse": [cause, halted("role0")] })).unwrap_err();
            let is_it = matches!(&refusal.error, SalesforceError::Refused { code: it, .. } if it == code);
            assert!(is_it && refusal.part == "opportunity", "{refusal:?}");
        }
    }

    #[test]
    fn what_is_no_such_answer_is_never_taken_for_success() {
        let no_id = part("account", 201, &json!({ "success": true }));
        for body in [json!(null), json!({}), json!({ "compositeResponse": [no_id] }), json!({ "compositeResponse": [{}] })] {
            assert!(made(&body).is_err(), "{body}");
        }
    }

    #[test]
    fn a_rule_that_blocks_duplicates_names_them() {
        let matched = |id: &str| json!({ "matchConfidence": 100.0, "record": { "attributes": { "type": "Account" }, "Id": id } });
        let results = json!([{ "matchRecords": [matched("001b"), matched("001a")] }, { "matchRecords": [matched("001a")] }]);
        let body =
            json!([{ "errorCode": "DUPLICATES_DETECTED", "message": "Use one", "duplicateResult": { "matchResults": results } }]);
        let refusal = made(&json!({ "compositeResponse": [part("account", 400, &body)] })).unwrap_err();
        let found = refusal.duplicates.iter().map(|(object, id)| format!("{object} {id}")).collect::<Vec<_>>();
        assert_eq!((refusal.part.as_str(), found), ("account", vec!["Account 001a".to_owned(), "Account 001b".to_owned()]));
    }

    #[test]
    fn accounts_are_looked_for_by_what_the_referral_says_and_its_text_stays_text() {
        let cases = [
            (Search::Duns { field: "Duns__c".into(), number: "31'5".into() }, r"Duns__c = '31\'5'"),
            (Search::PostalCode { code: "20457".into(), initial: None }, "BillingPostalCode = '20457'"),
            (Search::PostalCode { code: "20457".into(), initial: Some('N') }, "BillingPostalCode = '20457' AND Name LIKE 'N%'"),
            (Search::City { city: "L'Aquila".into(), initial: Some('N') }, r"BillingCity = 'L\'Aquila' AND Name LIKE 'N%'"),
            (Search::City { city: "Oslo".into(), initial: None }, "BillingCity = 'Oslo'"),
        ];
        for (search, condition) in cases {
            let soql = accounts(&search);
            assert!(soql.ends_with(&format!("FROM Account WHERE {condition} ORDER BY Id LIMIT 200")), "{soql}");
        }
    }

    #[test]
    fn of_two_with_one_address_the_first_is_taken() {
        let rows = [json!({ "Id": "003a", "Email": "Ada@x.example" }), json!({ "Id": "003b", "Email": "ada@x.example" })];
        assert_eq!(by_email(&rows), BTreeMap::from([("ada@x.example".to_owned(), "003a".to_owned())]));
    }
}
