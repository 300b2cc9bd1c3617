//! The org: reads an opportunity with the admin's settings, and writes back what both sides agreed on. It must not know
//! what the fields mean; the rules do.

mod changes;
mod create;
mod error;
mod features;
mod lead;
mod login;
mod shared;
mod soql;

use std::sync::{Arc, PoisonError};

use cosell_rules::settings::{Settings, SettingsError};
use reqwest::Method;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use tokio::sync::Mutex;

pub use changes::{Changes, Concern, Page, Sighting, Source, Span, version_of};
pub(crate) use create::{MOST_ACCOUNTS, MOST_REQUESTS, Refusal, Request, reference};
pub use error::SalesforceError;
pub(crate) use features::Features;
pub(crate) use lead::{Conversion, Converted, FoundLead, Opened};
pub use shared::Shared;

use crate::clock::Clock;
use crate::config::{self, ConfigError};
use crate::http_date;
use crate::ids::SalesforceId;
use crate::net::{Answer, Http};
use error::About;
use login::Login;

const ANSWER_LIMIT: usize = 16 * 1024 * 1024;

/// The client of one org.
pub struct Salesforce {
    http: Http,
    login: Login,
    version: String,
    describe_cache: std::time::Duration,
    clock: Arc<dyn Clock>,
    features: Mutex<Option<(OffsetDateTime, Arc<Features>)>>,
    /// As the last answer told it.
    usage: std::sync::Mutex<Option<Usage>>,
}

impl std::fmt::Debug for Salesforce {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Salesforce").field("version", &self.version).finish_non_exhaustive()
    }
}

impl Salesforce {
    /// Prepares the client; nothing is called yet.
    pub fn new(config: &config::Salesforce, http: Http, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        Ok(Self {
            login: Login::new(config, http.clone(), Arc::clone(&clock))?,
            http,
            version: config.api_version.clone(),
            describe_cache: config.describe_cache,
            clock,
            features: Mutex::new(None),
            usage: std::sync::Mutex::default(),
        })
    }

    /// Name of the user that reads and writes for us.
    #[must_use]
    pub fn username(&self) -> &str {
        self.login.username()
    }

    /// The org.
    #[must_use]
    pub fn org(&self) -> &SalesforceId {
        self.login.org()
    }

    /// Where the proxy signs in.
    #[must_use]
    pub fn address(&self) -> String {
        self.login.address()
    }

    /// The version of the API that is called, such as `66.0`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How much of the day's calls is used, as Salesforce said last; `None` before it was asked anything.
    #[must_use]
    pub fn usage(&self) -> Option<Usage> {
        *self.usage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the record was changed last by the user that works for us.
    pub(crate) async fn is_ours(&self, record: &Value) -> Result<bool, SalesforceError> {
        let by = record.get("LastModifiedById").and_then(Value::as_str).and_then(SalesforceId::parse);
        Ok(by.is_some() && by == self.login.session(None).await?.user)
    }

    /// The org's settings. An org without the record has the defaults; settings that can't be read are an error, never a default.
    pub async fn settings(&self) -> Result<Settings, SalesforceError> {
        let row = self.query(soql::SETTINGS).await?.into_iter().next().unwrap_or_default();
        let mappings = self.query(soql::MAPPINGS).await?;
        Ok(settings_of(&row, &mappings)?)
    }

    /// One opportunity as the rules read it.
    pub async fn opportunity(&self, id: &SalesforceId, settings: &Settings) -> Result<Value, SalesforceError> {
        let features = self.features().await?;
        let rows = match self.query(&soql::opportunity(id, settings, &features)).await {
            // The org changed since it was described: look once more before this counts as refused.
            Err(SalesforceError::Refused { code, .. }) if code == "INVALID_FIELD" || code == "INVALID_TYPE" => {
                *self.features.lock().await = None;
                let features = self.features().await?;
                self.query(&soql::opportunity(id, settings, &features)).await?
            }
            other => other?,
        };
        rows.into_iter().next().ok_or(SalesforceError::Gone)
    }

    /// Writes fields of an opportunity unless somebody changed it since `read_at`, its `LastModifiedDate`
    /// (REST API Developer Guide, "Conditional requests": whole seconds), and unless it is later than `in_time` by now: then nothing
    /// is sent.
    pub async fn update(
        &self,
        id: &SalesforceId,
        fields: &Map<String, Value>,
        read_at: Option<OffsetDateTime>,
        in_time: OffsetDateTime,
    ) -> Result<(), SalesforceError> {
        let path = format!("{}/sobjects/Opportunity/{id}", self.data());
        let since = read_at.and_then(http_date::format);
        let unmodified = since.as_deref().map(|date| ("If-Unmodified-Since", date));
        let guard = Guard { headers: unmodified.as_slice(), in_time: Some(in_time) };
        self.send(Method::PATCH, &path, &[], Some(fields), guard, About::Record).await.map(drop)
    }

    /// What the org has, as far as the integration user sees it.
    pub(crate) async fn features(&self) -> Result<Arc<Features>, SalesforceError> {
        // Held while describing: everybody else needs the same answer.
        let mut known = self.features.lock().await;
        if let Some((at, features)) = known.as_ref()
            && self.clock.now() - *at < self.describe_cache
        {
            return Ok(Arc::clone(features));
        }
        let global = self.get("sobjects", &[]).await?;
        let opportunity = self.get("sobjects/Opportunity/describe", &[]).await?;
        let account = self.get("sobjects/Account/describe", &[]).await?;
        let features = Arc::new(Features::read(global, opportunity, account)?);
        *known = Some((self.clock.now(), Arc::clone(&features)));
        Ok(features)
    }

    /// The rows of a query whose result fits on one page: each of ours asks for one record, or for a handful.
    async fn query(&self, soql: &str) -> Result<Vec<Value>, SalesforceError> {
        let mut result = self.get("query", &[("q", soql)]).await?;
        match result.get_mut("records").map(Value::take) {
            Some(Value::Array(rows)) => Ok(rows),
            _ => Err(SalesforceError::Unreadable("a query result without records".to_owned())),
        }
    }

    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, SalesforceError> {
        let answer = self.call(Method::GET, path, query, None).await?;
        answer.json().ok_or_else(|| SalesforceError::Unreadable(format!("{path} is not JSON")))
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Map<String, Value>>,
    ) -> Result<Answer, SalesforceError> {
        // Whether there is a record to read is said by a query's rows.
        self.send(method, &format!("{}/{path}", self.data()), query, body, Guard::default(), About::Api).await
    }

    /// Where the REST API's own resources begin.
    fn data(&self) -> String {
        format!("/services/data/v{}", self.version)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Map<String, Value>>,
        guard: Guard<'_>,
        about: About,
    ) -> Result<Answer, SalesforceError> {
        let mut stale = None;
        loop {
            let session = self.login.session(stale.as_ref()).await?;
            // Nothing is left to wait for before it leaves: whoever stood still until now may be about to send what is out of date.
            if guard.in_time.is_some_and(|in_time| self.clock.now() > in_time) {
                let detail = "this process stood still, and what it was about to send may be out of date".to_owned();
                return Err(SalesforceError::Retry { after: None, undone: true, detail });
            }
            let mut url = session.instance.clone();
            url.set_path(path);
            let mut request = self.http.request(method.clone(), url).query(query).bearer_auth(session.token());
            // Names us in the org's logs and marks our own changes in its change events.
            request = request.header("Sforce-Call-Options", "client=Cosell");
            if let Some(fields) = body {
                request = request.json(fields);
            }
            for (name, value) in guard.headers {
                request = request.header(*name, *value);
            }
            let answer = self.http.send("salesforce", request, ANSWER_LIMIT).await?;
            self.note_usage(&answer);
            if answer.status.is_success() {
                return Ok(answer);
            }
            if stale.is_none() && error::session_is_over(&answer) {
                stale = Some(session);
                continue;
            }
            return Err(SalesforceError::from_answer(&answer, about));
        }
    }

    /// Every answer says how much of the day's calls is used: `api-usage=18/5000`. Near the end it is worth a line.
    fn note_usage(&self, answer: &Answer) {
        let Some(usage) = Usage::of(answer) else { return };
        if usage.is_nearly_used_up() {
            tracing::warn!(used = usage.used, allowed = usage.allowed, "the org's API calls of the day are nearly used up");
        }
        *self.usage.lock().unwrap_or_else(PoisonError::into_inner) = Some(usage);
    }
}

/// When a request is not to be done after all.
#[derive(Clone, Copy, Debug, Default)]
struct Guard<'h> {
    /// Headers by which Salesforce decides.
    headers: &'h [(&'h str, &'h str)],
    /// Later than this it does not leave.
    in_time: Option<OffsetDateTime>,
}

impl<'h> From<&'h [(&'h str, &'h str)]> for Guard<'h> {
    fn from(headers: &'h [(&'h str, &'h str)]) -> Self {
        Self { headers, in_time: None }
    }
}

/// The settings that the rows of the custom metadata types hold, blank fields by default.
fn settings_of(row: &Value, mappings: &[Value]) -> Result<Settings, SettingsError> {
    let text = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default();
    let rules = rule_settings(text("Rule_Settings__c"), mappings);
    Settings::from_pairs(
        soql::SETTING_FIELDS.map(|(field, name)| (name, if name == "rules" { rules.as_str() } else { text(field) })),
    )
}

/// The rule settings with a line for each mapping; the package's Apex makes the same text for the page.
fn rule_settings(own: &str, mappings: &[Value]) -> String {
    let mut lines = vec![own.to_owned()];
    for mapping in mappings {
        let parts = soql::MAPPING_FIELDS.map(|field| mapping.get(field).and_then(Value::as_str).unwrap_or_default());
        lines.push(format!("mapping = {}", parts.join("|")));
    }
    lines.join("\n")
}

/// How many calls of the API an org has made in the last 24 hours, and how many it may make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Made.
    pub used: u64,
    /// Allowed.
    pub allowed: u64,
}

impl Usage {
    /// Whether nine tenths are used.
    #[must_use]
    pub fn is_nearly_used_up(self) -> bool {
        self.used.saturating_mul(10) >= self.allowed.saturating_mul(9)
    }

    fn of(answer: &Answer) -> Option<Self> {
        Self::parse(answer.header("sforce-limit-info")?)
    }

    fn parse(header: &str) -> Option<Self> {
        let value = header.split(';').find_map(|part| part.trim().strip_prefix("api-usage="))?;
        let (used, allowed) = value.split_once('/')?;
        Some(Self { used: used.trim().parse().ok()?, allowed: allowed.trim().parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use cosell_rules::row;
    use serde_json::json;

    use super::{Settings, Usage, settings_of};

    const RULES: &str = "# Ours\r\nrelaxed = 12, 45\nrelaxed = 11\nreasonField = Loss_Reason__c\n\n\
                         mapping = Campaign_Code__c|/campaignId|both|text\ntaxonomy.closeReasons = Price\nsalesStagePercent = true";

    #[test]
    fn the_page_and_the_proxy_make_the_same_of_the_same_settings() {
        let cases = [("Country_Code__c", "Net__c", "Coin__c", "NOK", RULES), ("", "", "", "", RULES), ("", "", "", "EUR", "")];
        for (country, value, currency, only, rules) in cases {
            let row = json!({
                "Country_Field__c": country, "Deal_Value_Field__c": value, "Currency_Field__c": currency,
                "Default_Currency__c": only, "Rule_Settings__c": rules
            });
            let told = [
                ("countryField", country),
                ("dealValueField", value),
                ("currencyField", currency),
                ("defaultCurrency", only),
                ("rules", rules),
            ];
            // As the page's rows: blank ones are left out, and each name is parted from its text by a separator.
            let rows: Vec<String> = told
                .into_iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| format!("{name}{}{text}", row::UNIT))
                .collect();
            let page = Settings::from_pairs(row::pairs(&rows.join(&row::RECORD.to_string()))).unwrap();
            assert_eq!(format!("{:?}", settings_of(&row, &[]).unwrap()), format!("{page:?}"));
        }
    }

    #[test]
    fn a_mapping_is_the_same_as_a_record_and_as_a_line() {
        let mappings = [
            json!({ "Opportunity_Field__c": "Tags__c", "Referral_Path__c": "/products", "Direction__c": "onCreate",
                    "Transform__c": "tags", "Winner__c": null }),
            json!({ "Opportunity_Field__c": "Program_Text__c", "Referral_Path__c": "/referralProgram", "Direction__c": "toSalesforce",
                    "Transform__c": "text", "Winner__c": "partnerCenter" }),
        ];
        let lines = "mapping = Tags__c|/products|onCreate|tags\n\
                     mapping = Program_Text__c|/referralProgram|toSalesforce|text|partnerCenter";
        let told = json!({ "Rule_Settings__c": format!("{RULES}\n{lines}") });
        let (as_lines, own) = (settings_of(&told, &[]).unwrap(), json!({ "Rule_Settings__c": RULES }));
        let as_records = settings_of(&own, &mappings).unwrap();
        assert_eq!(as_records.mapping.len(), 3);
        assert_eq!(format!("{as_records:?}"), format!("{as_lines:?}"));
    }

    #[test]
    fn a_mapping_that_cannot_be_read_is_an_error_too() {
        let mapping = json!({ "Opportunity_Field__c": "A__c", "Referral_Path__c": "/status", "Direction__c": "both", "Transform__c": "text" });
        let error = settings_of(&json!({}), &[mapping]).unwrap_err();
        assert_eq!(
            (error.name.as_str(), error.problem.as_str()),
            ("mapping", "has a line whose path is written together with the stage")
        );
    }

    #[test]
    fn an_org_without_settings_has_the_defaults() {
        let blank = json!({ "Country_Field__c": null, "Rule_Settings__c": null });
        for row in [json!(null), json!({}), blank] {
            assert_eq!(format!("{:?}", settings_of(&row, &[]).unwrap()), format!("{:?}", Settings::default()));
        }
    }

    #[test]
    fn a_setting_that_cannot_be_read_is_an_error_with_its_name() {
        let error = settings_of(&json!({ "Rule_Settings__c": "relaxed = 12\nrelaxed = 7" }), &[]).unwrap_err();
        let told = super::SalesforceError::from(error).to_string();
        assert_eq!(told, "the org's settings cannot be read: relaxed: names a rule that can't give way");
    }

    #[test]
    fn the_days_usage_is_read_from_the_header() {
        let usage = |used, allowed| Some(Usage { used, allowed });
        assert_eq!(Usage::parse("api-usage=18/5000"), usage(18, 5000));
        assert_eq!(Usage::parse("api-usage=25/5000; per-app-api-usage=17/250(appName=cosell)"), usage(25, 5000));
        assert_eq!(Usage::parse("per-app-api-usage=17/250"), None);
        assert_eq!(Usage::parse("api-usage=many/5000"), None);
    }
}
