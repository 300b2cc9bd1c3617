//! Leads: read, made, changed, and converted by the package's own Apex resource, because the REST API has no conversion. It must
//! not know what a lead is made of.

use cosell_rules::inbound::LeadStatus;
use reqwest::Method;
use serde_json::{Map, Value, json};
use time::OffsetDateTime;

use super::create::{SAVE_DUPLICATES, cell};
use super::error::About;
use super::soql::quote;
use super::{Guard, Salesforce, SalesforceError};
use crate::http_date;
use crate::ids::SalesforceId;

/// The package's Apex resource (class `CosellLeadConversion`).
const CONVERT: &str = "/services/apexrest/cosell/v1/leads/convert";

/// An update would otherwise let the org's assignment rules give the lead to somebody else, each time (REST API Developer Guide,
/// "Assignment Rule Header").
const KEEP_OWNER: (&str, &str) = ("Sforce-Auto-Assign", "FALSE");

/// A lead that carries a referral's identifier.
#[derive(Clone, Debug)]
pub(crate) struct FoundLead {
    pub(crate) id: SalesforceId,
    /// What became of it; `None` while it is a lead.
    pub(crate) opened: Option<Opened>,
    /// Its fields, as far as they were asked for.
    pub(crate) record: Value,
}

/// What a lead is to become; what is not said is made, or chosen by the package's resource.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conversion<'a> {
    /// The account.
    pub(crate) account: Option<&'a str>,
    /// A contact of that account.
    pub(crate) contact: Option<&'a str>,
    /// Who owns what is made.
    pub(crate) owner: Option<&'a str>,
    /// Name of the opportunity.
    pub(crate) name: &'a str,
}

/// What a converted lead became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Opened {
    /// This opportunity.
    Opportunity(SalesforceId),
    /// An account and a contact, and no opportunity.
    Nothing,
}

/// What came of a conversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Converted {
    /// The opportunity; `None` where the lead was converted without one.
    pub(crate) opportunity: Option<SalesforceId>,
    /// Whether this request did it: else it was converted before, by whomever.
    pub(crate) is_new: bool,
}

impl Salesforce {
    /// The lead of a referral with these fields.
    pub(crate) async fn lead(&self, referral_id: &str, fields: &[&str]) -> Result<Option<FoundLead>, SalesforceError> {
        let wanted = ["Id", "IsConverted", "ConvertedOpportunityId"];
        // Salesforce refuses a field that is named twice.
        let mut names: Vec<&str> = wanted.to_vec();
        for name in fields {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let referral_id = quote(referral_id);
        let soql = format!("SELECT {} FROM Lead WHERE Referral_Identifier__c = {referral_id} LIMIT 1", names.join(", "));
        let Some(record) = self.query(&soql).await?.into_iter().next() else { return Ok(None) };
        let id = SalesforceId::parse(cell(&record, "Id"));
        let id = id.ok_or_else(|| SalesforceError::Unreadable("a lead without its id".to_owned()))?;
        let is_converted = record.get("IsConverted") == Some(&Value::Bool(true));
        let opportunity = SalesforceId::parse_of(cell(&record, "ConvertedOpportunityId"), "006");
        let opened = is_converted.then(|| opportunity.map_or(Opened::Nothing, Opened::Opportunity));
        Ok(Some(FoundLead { id, opened, record }))
    }

    /// The lead statuses of the org.
    pub(crate) async fn lead_statuses(&self) -> Result<Vec<LeadStatus>, SalesforceError> {
        let rows = self.query("SELECT ApiName, IsConverted, IsDefault FROM LeadStatus").await?;
        let flag = |row: &Value, name: &str| row.get(name) == Some(&Value::Bool(true));
        let read = |row: &Value| LeadStatus {
            api_name: cell(row, "ApiName").to_owned(),
            is_converted: flag(row, "IsConverted"),
            is_default: flag(row, "IsDefault"),
        };
        Ok(rows.iter().map(read).collect())
    }

    /// Makes a lead. `DUPLICATE_VALUE` says that there is one with its referral's identifier.
    pub(crate) async fn make_lead(&self, fields: &Map<String, Value>) -> Result<(), SalesforceError> {
        let path = format!("{}/sobjects/Lead", self.data());
        // Whose a lead is that names nobody is for the org's own rules to say.
        let headers = [SAVE_DUPLICATES, KEEP_OWNER];
        let headers = if fields.contains_key("OwnerId") { &headers[..] } else { &headers[..1] };
        self.send(Method::POST, &path, &[], Some(fields), headers.into(), About::Api).await.map(drop)
    }

    /// Changes fields of a lead unless somebody changed it since `read_at`, its `LastModifiedDate`.
    pub(crate) async fn change_lead(
        &self,
        id: &SalesforceId,
        fields: &Map<String, Value>,
        read_at: Option<OffsetDateTime>,
    ) -> Result<(), SalesforceError> {
        let since = read_at.and_then(http_date::format);
        let guard = since.as_deref().map(|date| ("If-Unmodified-Since", date));
        let headers: Vec<(&str, &str)> = [SAVE_DUPLICATES, KEEP_OWNER].into_iter().chain(guard).collect();
        let path = format!("{}/sobjects/Lead/{id}", self.data());
        self.send(Method::PATCH, &path, &[], Some(fields), headers.as_slice().into(), About::Record).await.map(drop)
    }

    /// Converts a lead. Repeated, it gives the same opportunity.
    pub(crate) async fn convert_lead(&self, id: &SalesforceId, wish: &Conversion<'_>) -> Result<Converted, SalesforceError> {
        let asked = [
            ("leadId", json!(id.as_str())),
            ("accountId", json!(wish.account)),
            ("contactId", json!(wish.contact)),
            ("ownerId", json!(wish.owner)),
            ("opportunityName", json!(wish.name)),
        ];
        let asked: Map<String, Value> = asked.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        // A 404 is a package without the resource, never a lead that is gone: of that the resource itself tells.
        let answer = self.send(Method::POST, CONVERT, &[], Some(&asked), Guard::default(), About::Api).await?;
        let body = answer.json().filter(Value::is_object);
        let body = body.ok_or_else(|| SalesforceError::Unreadable("the conversion of a lead is not JSON".to_owned()))?;
        let opportunity = SalesforceId::parse_of(cell(&body, "opportunityId"), "006");
        Ok(Converted { opportunity, is_new: body.get("converted") == Some(&Value::Bool(true)) })
    }
}
