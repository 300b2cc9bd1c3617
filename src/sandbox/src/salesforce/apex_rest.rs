//! The package's Apex REST resource, below `/services/apexrest`: it converts a lead, which no resource of the REST API
//! does. Does what `Database.convertLead` does, and nothing else to the records.

use std::sync::Arc;

use axum::extract::{Request, State as Shared};
use axum::response::Response;
use serde_json::{Value, json};
use time::{Date, Month, OffsetDateTime};

use super::call::{Call, Context, Reply};
use super::errors::ApiError;
use super::schema::object;
use super::store::{Row, Writer, flag, text};
use super::{Org, api, ids, moment};

/// An Apex REST call may carry as much as a synchronous transaction's heap.
const LARGEST_BODY: usize = 6 * 1024 * 1024;
/// How long an opportunity's name may be.
const NAME: usize = 120;

/// Answers every call below `/services/apexrest`.
pub(super) async fn serve(Shared(org): Shared<Arc<Org>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, LARGEST_BODY).await.map(|bytes| bytes.to_vec()).unwrap_or_default();
    let call = Call { method: parts.method.as_str().to_owned(), body, ..Call::default() };
    let path = parts.uri.path().trim_end_matches('/').to_owned();
    let now = org.now();
    let (reply, usage) = api::admit(&org, &parts.headers, now, |state, session| {
        let mut context = Context { state, session, now, largest_batch: usize::MAX };
        let result = match (path.as_str(), call.method.as_str()) {
            ("/services/apexrest/cosell/v1/leads/convert", "POST") => convert(&mut context, &call),
            ("/services/apexrest/cosell/v1/leads/convert", method) => {
                Err(ApiError::new(405, "METHOD_NOT_ALLOWED", format!("HTTP Method '{method}' not allowed. Allowed are POST")))
            }
            _ => Err(ApiError::new(404, "NOT_FOUND", format!("Could not find a match for URL {path}"))),
        };
        result.unwrap_or_else(Reply::from)
    });
    api::respond(reply, Some(&usage))
}

/// What the body of a conversion asks for, beside the lead.
struct Wish<'a> {
    account: Option<String>,
    contact: Option<String>,
    owner: Option<String>,
    name: Option<&'a str>,
}

/// Converts the lead `leadId` into the account `accountId` and its contact `contactId`, or new ones, with an opportunity of the
/// name `opportunityName`. What is made belongs to `ownerId`, else to the lead's owner, else to the caller. A lead that is converted already stays as it is, and the answer says into what. The class looks at
/// leads from Partner Center only, and answers 400 to whatever the platform refuses.
fn convert(context: &mut Context<'_>, call: &Call) -> Result<Reply, ApiError> {
    let body = call.object()?;
    let id = identifier(&body, "leadId")?.unwrap_or_default();
    let wish = Wish {
        account: identifier(&body, "accountId")?,
        contact: identifier(&body, "contactId")?,
        owner: identifier(&body, "ownerId")?,
        name: Some(text(&body, "opportunityName").trim()).filter(|name| !name.is_empty()),
    };
    let lead = context.state.store.get("Lead", &id).filter(|lead| !text(lead, "Referral_Identifier__c").is_empty());
    let lead =
        lead.cloned().ok_or_else(|| ApiError::on(&[], "ENTITY_IS_DELETED", "There is no such lead from Partner Center."))?;
    if flag(&lead, "IsConverted") {
        return Ok(Reply::ok(outcome(&lead, false)));
    }
    let session = context.session.clone();
    let now = context.now;
    let done = context.state.write(&session, now, |writer| writer.convert(&lead, &wish));
    done.map_err(|refused| ApiError { status: 400, fields: Some(refused.fields.unwrap_or_default()), detail: None, ..refused })?;
    let converted = context.state.store.get("Lead", &id).unwrap_or(&lead);
    Ok(Reply::ok(outcome(converted, true)))
}

/// An id of the body, which Apex reads as one; null and none at all are the same.
fn identifier(body: &Row, name: &str) -> Result<Option<String>, ApiError> {
    match body.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => {
            let id = value.as_str().and_then(ids::parse);
            id.map(Some)
                .ok_or_else(|| ApiError::on(&[], "JSON_PARSER_ERROR", format!("Invalid id value for the SObject type: {value}")))
        }
    }
}

fn outcome(lead: &Row, converted: bool) -> Value {
    json!({
        "leadId": lead.get("Id"),
        "accountId": lead.get("ConvertedAccountId"),
        "contactId": lead.get("ConvertedContactId"),
        "opportunityId": lead.get("ConvertedOpportunityId"),
        "converted": converted
    })
}

/// The fields that a conversion copies from the lead, and what they are called where they go.
const TO_ACCOUNT: [(&str, &str); 10] = [
    ("Company", "Name"),
    ("Street", "BillingStreet"),
    ("City", "BillingCity"),
    ("State", "BillingState"),
    ("StateCode", "BillingStateCode"),
    ("PostalCode", "BillingPostalCode"),
    ("Country", "BillingCountry"),
    ("CountryCode", "BillingCountryCode"),
    ("Phone", "Phone"),
    ("Website", "Website"),
];
const TO_CONTACT: [(&str, &str); 5] =
    [("FirstName", "FirstName"), ("LastName", "LastName"), ("Title", "Title"), ("Email", "Email"), ("Phone", "Phone")];

impl Writer<'_> {
    /// Account and contact unless they are given, opportunity with the contact as primary, and the lead's end. A duplicate rule
    /// that only warns refuses here too: a class cannot send the header that says to go on.
    fn convert(&mut self, lead: &Row, wish: &Wish<'_>) -> Result<(), ApiError> {
        let find = |name: &str| object(name, self.features).ok_or_else(ApiError::not_found);
        let (accounts, contacts, opportunities, leads) =
            (find("Account")?, find("Contact")?, find("Opportunity")?, find("Lead")?);
        let converted = self.store.rows_named("LeadStatus").find(|status| flag(status, "IsConverted"));
        let Some(status) = converted.map(|status| text(status, "ApiName").to_owned()) else {
            return Err(ApiError::on(&["Status"], "INVALID_STATUS", "No lead status is one of converted leads."));
        };
        let owner = wish.owner.clone().unwrap_or_else(|| self.heir(lead));
        let unknown = || ApiError::on(&[], "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
        let account = match &wish.account {
            Some(account) if self.store.get(accounts.name, account).is_some() => account.clone(),
            Some(_) => return Err(unknown()),
            None => {
                let mut account = copied(lead, &TO_ACCOUNT);
                account.insert("OwnerId".to_owned(), owner.clone().into());
                self.create(accounts, &account)?
            }
        };
        let contact = if let Some(contact) = &wish.contact {
            let known = self.store.get(contacts.name, contact).ok_or_else(unknown)?;
            // A contact comes with its account.
            if text(known, "AccountId") != account {
                return Err(unknown());
            }
            contact.clone()
        } else {
            let mut contact = copied(lead, &TO_CONTACT);
            contact.insert("OwnerId".to_owned(), owner.clone().into());
            contact.insert("AccountId".to_owned(), account.clone().into());
            self.create(contacts, &contact)?
        };

        // Without a name the opportunity has the company's and a hyphen.
        let named = wish.name.map_or_else(|| format!("{}-", text(lead, "Company")), str::to_owned);
        let stage = self.store.rows_named("OpportunityStage").find(|stage| flag(stage, "IsActive") && !flag(stage, "IsClosed"));
        let stage = stage.map(|stage| text(stage, "ApiName").to_owned());
        let mut opportunity = copied(lead, &[("CurrencyIsoCode", "CurrencyIsoCode")]);
        for (field, value) in [
            ("OwnerId", owner.into()),
            ("Name", named.chars().take(NAME).collect::<String>().into()),
            ("StageName", stage.into()),
            ("CloseDate", moment::date(end_of_quarter(self.now)).into()),
            ("AccountId", account.clone().into()),
            ("ContactId", contact.clone().into()),
        ] {
            opportunity.insert(field.to_owned(), value);
        }
        let opportunity = self.create(opportunities, &opportunity)?;

        let mut end = Row::new();
        for (field, value) in [
            ("Status", status.into()),
            ("IsConverted", true.into()),
            ("ConvertedDate", moment::date(self.now.date()).into()),
            ("ConvertedAccountId", account.into()),
            ("ConvertedContactId", contact.into()),
            ("ConvertedOpportunityId", opportunity.into()),
        ] {
            end.insert(field.to_owned(), value);
        }
        // These fields are the conversion's own: no caller writes them.
        self.setup = true;
        let result = self.update(leads, text(lead, "Id"), &end);
        self.setup = false;
        result
    }

    /// Who owns what a lead becomes where nobody is named: the lead's owner, or the caller where that is a queue or somebody who
    /// has left.
    fn heir(&self, lead: &Row) -> String {
        let owner = text(lead, "OwnerId");
        let active = self.store.get("User", owner).is_some_and(|user| flag(user, "IsActive"));
        if active { owner.to_owned() } else { self.user.clone() }
    }
}

fn copied(lead: &Row, fields: &[(&str, &str)]) -> Row {
    let known = |from: &str| lead.get(from).filter(|value| !value.is_null()).cloned();
    fields.iter().filter_map(|(from, to)| Some(((*to).to_owned(), known(from)?))).collect()
}

/// The last day of the quarter of the calendar, in which a new org's fiscal year lies.
fn end_of_quarter(now: OffsetDateTime) -> Date {
    let (month, day) = match u8::from(now.month()) {
        1..=3 => (Month::March, 31),
        4..=6 => (Month::June, 30),
        7..=9 => (Month::September, 30),
        _ => (Month::December, 31),
    };
    Date::from_calendar_date(now.year(), month, day).unwrap_or(now.date())
}
