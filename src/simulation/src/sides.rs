//! Both sides of a deal as anybody may read them: the record over Salesforce's API as a seller sees it, the referrals as Partner
//! Center shows them. The comparison of the two is our own; it knows nothing of the rules that the proxy goes by.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::{ORG, World};

/// A field that both sides hold and both may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// What the deal is worth.
    Amount,
    /// When it is to be closed.
    CloseDate,
    /// The description, which Microsoft calls notes.
    Notes,
}

impl Field {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::Amount, Self::CloseDate, Self::Notes];

    /// Its name in Salesforce.
    pub(crate) fn of_record(self) -> &'static str {
        match self {
            Self::Amount => "Amount",
            Self::CloseDate => "CloseDate",
            Self::Notes => "Description",
        }
    }

    /// Its path in Partner Center.
    pub(crate) fn of_referral(self) -> &'static str {
        match self {
            Self::Amount => "/details/dealValue",
            Self::CloseDate => "/details/closingDateTime",
            Self::Notes => "/details/notes",
        }
    }

    /// A value of either side in the form in which they are compared.
    fn plain(self, value: &Value) -> String {
        match (self, value) {
            (_, Value::Null) => String::new(),
            // 84000, 84000.0 and 84000.00 are the same.
            (Self::Amount, value) => value.as_f64().map_or_else(|| value.to_string(), |number| format!("{number:.2}")),
            (Self::CloseDate, value) => value.as_str().unwrap_or_default().chars().take(10).collect(),
            (Self::Notes, value) => value.as_str().unwrap_or_default().trim().to_owned(),
        }
    }
}

/// The record of a deal.
#[derive(Clone, Debug)]
pub(crate) struct Record(pub(crate) Value);

impl Record {
    /// A text of it; empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// A checkbox of it.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.0.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A field of it.
    pub(crate) fn plain(&self, field: Field) -> String {
        self.0.get(field.of_record()).map(|value| field.plain(value)).unwrap_or_default()
    }

    /// The identifiers of its solutions.
    pub(crate) fn solutions(&self) -> BTreeSet<String> {
        let rows = self.0.pointer("/Microsoft_Solutions__r/records").and_then(Value::as_array);
        let id = |row: &Value| row.get("Solution_Identifier__c").and_then(Value::as_str).map(str::to_owned);
        rows.into_iter().flatten().filter_map(id).collect()
    }

    /// How many people of the customer's belong to it.
    pub(crate) fn people(&self) -> usize {
        self.0.pointer("/OpportunityContactRoles/records").and_then(Value::as_array).map_or(0, Vec::len)
    }

    /// The lines of its audit trail, newest first, without their time.
    pub(crate) fn trail(&self) -> Vec<&str> {
        self.text("Audit__c").lines().filter_map(|line| line.split_once(" UTC - ")).map(|(_, words)| words).collect()
    }
}

/// A referral.
#[derive(Clone, Debug)]
pub(crate) struct Referral(pub(crate) Value);

impl Referral {
    /// A text of it; empty where there is none.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.0.pointer(path).and_then(Value::as_str).unwrap_or_default()
    }

    /// A field of it.
    pub(crate) fn plain(&self, field: Field) -> String {
        self.0.pointer(field.of_referral()).map(|value| field.plain(value)).unwrap_or_default()
    }

    /// The identifiers of its solutions.
    pub(crate) fn solutions(&self) -> BTreeSet<String> {
        let rows = self.0.pointer("/details/requirements/solutions").and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(|row| row.get("id")?.as_str().map(str::to_owned)).collect()
    }

    /// Whether it is Microsoft's part in an engagement.
    pub(crate) fn is_microsofts(&self) -> bool {
        self.text("/target/0/id") == "msft"
    }

    /// Whether it came to the partner.
    pub(crate) fn is_incoming(&self) -> bool {
        self.text("/direction") == "Incoming"
    }

    /// Whether it waits for the partner's answer.
    pub(crate) fn waits_for_us(&self) -> bool {
        self.is_incoming() && self.text("/status") == "New"
    }

    /// Whether nothing more can happen to it.
    pub(crate) fn is_closed(&self) -> bool {
        self.text("/status") == "Closed"
    }
}

/// A seller's browser.
#[derive(Clone, Debug)]
pub(crate) struct Browser(String);

const FIELDS: &str = "Id, Name, StageName, IsClosed, IsWon, Amount, CurrencyIsoCode, CloseDate, Description, Audit__c, \
    Sync_with_Partner_Center__c, Visible_to_Microsoft_Sellers__c, How_can_Microsoft_help__c, Cosell_State__c, Cosell_State_Reason__c, \
    Referral_Identifier__c, Engagement_Identifier__c, Referral_Status__c, Microsoft_Status__c, Deal_Type__c, \
    (SELECT Solution_Identifier__c FROM Microsoft_Solutions__r), (SELECT Id FROM OpportunityContactRoles)";

impl Browser {
    /// Signed in as the first seller of the org.
    pub(crate) fn of(world: &World) -> Self {
        Self(world.services.browser_session())
    }

    async fn call(&self, world: &World, method: Method, target: &str, body: Option<&Value>) -> anyhow::Result<(u16, Value)> {
        let (_, router) = world.service(ORG).context("the org")?;
        let request = Request::builder()
            .method(method)
            .uri(target)
            .header(header::HOST, ORG)
            .header(header::COOKIE, format!("sid={}", self.0))
            .header(header::CONTENT_TYPE, "application/json")
            .body(body.map_or_else(Body::empty, |body| Body::from(body.to_string())))?;
        let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), usize::MAX).await?;
        Ok((status, serde_json::from_slice(&body).unwrap_or_default()))
    }

    async fn query(&self, world: &World, query: &str) -> anyhow::Result<Vec<Value>> {
        let query = query.replace(' ', "+").replace('\'', "%27").replace(',', "%2C");
        let (status, mut answer) = self.call(world, Method::GET, &format!("/services/data/v66.0/query?q={query}"), None).await?;
        match answer.pointer_mut("/records").map(Value::take) {
            Some(Value::Array(rows)) => Ok(rows),
            _ => bail!("a query was answered with {status}: {answer}"),
        }
    }

    /// Every opportunity of the org.
    pub(crate) async fn records(&self, world: &World) -> anyhow::Result<Vec<Record>> {
        Ok(self.query(world, &format!("SELECT {FIELDS} FROM Opportunity")).await?.into_iter().map(Record).collect())
    }

    /// One opportunity.
    pub(crate) async fn record(&self, world: &World, id: &str) -> anyhow::Result<Record> {
        let rows = self.query(world, &format!("SELECT {FIELDS} FROM Opportunity WHERE Id = '{id}'")).await?;
        rows.into_iter().next().map(Record).with_context(|| format!("there is no opportunity {id}"))
    }

    /// Changes fields of an opportunity. `false` when the org did not take it.
    pub(crate) async fn save(&self, world: &World, id: &str, fields: &Value) -> anyhow::Result<bool> {
        let target = format!("/services/data/v66.0/sobjects/Opportunity/{id}");
        let (status, answer) = self.call(world, Method::PATCH, &target, Some(fields)).await?;
        world.trace.note(format!("seller saves {id} {fields}: {status} {answer}"));
        Ok(status == 204)
    }

    /// Adds a solution to an opportunity.
    pub(crate) async fn add_solution(&self, world: &World, id: &str, solution: &Value) -> anyhow::Result<()> {
        let row = json!({
            "Opportunity__c": id, "Name": solution["name"], "Solution_Identifier__c": solution["identifier"],
            "Solution_Type__c": solution["type"], "Publisher_Name__c": solution["publisher"]
        });
        let target = "/services/data/v66.0/sobjects/Microsoft_Solution__c";
        let (status, answer) = self.call(world, Method::POST, target, Some(&row)).await?;
        world.trace.note(format!("seller adds a solution to {id}: {status} {answer}"));
        Ok(())
    }

    /// All accounts.
    pub(crate) async fn accounts(&self, world: &World) -> anyhow::Result<Vec<Value>> {
        let fields = "Id, Name, BillingStreet, BillingCity, BillingPostalCode, BillingState, BillingCountry";
        self.query(world, &format!("SELECT {fields} FROM Account")).await
    }

    /// All leads.
    pub(crate) async fn leads(&self, world: &World) -> anyhow::Result<Vec<Value>> {
        self.query(world, "SELECT Id, IsConverted, ConvertedOpportunityId, Referral_Identifier__c, Audit__c FROM Lead").await
    }

    /// The opportunity of a referral, if the org has one.
    pub(crate) async fn deal_of(&self, world: &World, referral: &str) -> anyhow::Result<Option<String>> {
        let rows = self.query(world, &format!("SELECT Id FROM Opportunity WHERE Referral_Identifier__c = '{referral}'")).await?;
        Ok(rows.first().and_then(|row| row.get("Id")?.as_str()).map(str::to_owned))
    }

    /// A token for the proxy.
    pub(crate) async fn token(&self, world: &World, id: &str, action: &str) -> anyhow::Result<String> {
        let parameters = json!({ "opportunityId": id, "action": action });
        let (status, answer) = self.call(world, Method::POST, "/apex/CosellTokenController/issue", Some(&parameters)).await?;
        answer.as_str().map(str::to_owned).with_context(|| format!("no token: {status} {answer}"))
    }
}

/// All referrals.
pub(crate) fn referrals(world: &World) -> Vec<Referral> {
    world.services.referrals().into_iter().map(Referral).collect()
}
