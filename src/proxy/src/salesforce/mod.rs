//! The org: reads an opportunity with the admin's settings, and writes back what both sides agreed on. It must not know
//! what the fields mean; the rules do.

mod error;
mod features;
mod login;
mod soql;

use std::sync::Arc;
use std::time::Instant;

use cosell_rules::settings::{Settings, SettingsError};
use reqwest::{Client, Method};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use tokio::sync::Mutex;

pub use error::SalesforceError;

use crate::clock::Clock;
use crate::config::{self, ConfigError};
use crate::http_date;
use crate::ids::SalesforceId;
use crate::net::{self, Answer};
use error::About;
use features::Features;
use login::Login;

const ANSWER_LIMIT: usize = 16 * 1024 * 1024;

/// The client of one org.
pub struct Salesforce {
    http: Client,
    login: Login,
    version: String,
    describe_cache: std::time::Duration,
    features: Mutex<Option<(Instant, Arc<Features>)>>,
}

impl std::fmt::Debug for Salesforce {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Salesforce").field("version", &self.version).finish_non_exhaustive()
    }
}

impl Salesforce {
    /// Prepares the client; nothing is called yet.
    pub fn new(config: &config::Salesforce, http: Client, clock: Arc<dyn Clock>) -> Result<Self, ConfigError> {
        Ok(Self {
            login: Login::new(config, http.clone(), clock)?,
            http,
            version: config.api_version.clone(),
            describe_cache: config.describe_cache,
            features: Mutex::new(None),
        })
    }

    /// Name of the user that reads and writes for us.
    #[must_use]
    pub fn username(&self) -> &str {
        self.login.username()
    }

    /// The org's settings. An org without the record has the defaults; settings that can't be read are an error, never a default.
    pub async fn settings(&self) -> Result<Settings, SalesforceError> {
        let row = self.query(soql::SETTINGS).await?.into_iter().next().unwrap_or_default();
        Ok(settings_of(&row)?)
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
    /// (REST API Developer Guide, "Conditional requests": whole seconds).
    pub async fn update(
        &self,
        id: &SalesforceId,
        fields: &Map<String, Value>,
        read_at: Option<OffsetDateTime>,
    ) -> Result<(), SalesforceError> {
        let path = format!("sobjects/Opportunity/{id}");
        let since = read_at.and_then(http_date::format);
        self.call(Method::PATCH, &path, &[], Some(fields), since.as_deref()).await.map(drop)
    }

    async fn features(&self) -> Result<Arc<Features>, SalesforceError> {
        // Held while describing: everybody else needs the same answer.
        let mut known = self.features.lock().await;
        if let Some((at, features)) = known.as_ref()
            && at.elapsed() < self.describe_cache
        {
            return Ok(Arc::clone(features));
        }
        let global = self.get("sobjects", &[]).await?;
        let opportunity = self.get("sobjects/Opportunity/describe", &[]).await?;
        let account = self.get("sobjects/Account/describe", &[]).await?;
        let features = Arc::new(Features::read(global, opportunity, account)?);
        *known = Some((Instant::now(), Arc::clone(&features)));
        Ok(features)
    }

    /// The rows of a query whose result fits on one page: each of ours asks for one record.
    async fn query(&self, soql: &str) -> Result<Vec<Value>, SalesforceError> {
        let mut result = self.get("query", &[("q", soql)]).await?;
        match result.get_mut("records").map(Value::take) {
            Some(Value::Array(rows)) => Ok(rows),
            _ => Err(SalesforceError::Unreadable("a query result without records".to_owned())),
        }
    }

    async fn get(&self, path: &str, query: &[(&str, &str)]) -> Result<Value, SalesforceError> {
        let answer = self.call(Method::GET, path, query, None, None).await?;
        answer.json().ok_or_else(|| SalesforceError::Unreadable(format!("{path} is not JSON")))
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Map<String, Value>>,
        unmodified_since: Option<&str>,
    ) -> Result<Answer, SalesforceError> {
        let mut stale = None;
        loop {
            let session = self.login.session(stale.as_ref()).await?;
            let mut url = session.instance.clone();
            url.set_path(&format!("/services/data/v{}/{path}", self.version));
            let mut request = self.http.request(method.clone(), url).query(query).bearer_auth(session.token());
            // Names us in the org's logs and marks our own changes in its change events.
            request = request.header("Sforce-Call-Options", "client=Cosell");
            if let Some(fields) = body {
                request = request.json(fields);
            }
            if let Some(date) = unmodified_since {
                request = request.header("If-Unmodified-Since", date);
            }
            let answer = net::send("salesforce", request, ANSWER_LIMIT).await?;
            note_usage(&answer);
            if answer.status.is_success() {
                return Ok(answer);
            }
            if stale.is_none() && error::session_is_over(&answer) {
                stale = Some(session);
                continue;
            }
            // Only what writes names a record in its path; whether there is one to read is said by a query's rows.
            let about = if body.is_some() { About::Record } else { About::Api };
            return Err(SalesforceError::from_answer(&answer, about));
        }
    }
}

/// The settings that a row of the custom metadata type holds, blank fields by default.
fn settings_of(row: &Value) -> Result<Settings, SettingsError> {
    let text = |field: &str| row.get(field).and_then(Value::as_str).unwrap_or_default();
    Settings::from_pairs(soql::SETTING_FIELDS.map(|(field, name)| (name, text(field))))
}

/// Every answer says how much of the day's calls is used: `api-usage=18/5000`. Above nine tenths it is worth a line.
fn note_usage(answer: &Answer) {
    let Some((used, allowed)) = answer.header("sforce-limit-info").and_then(usage) else { return };
    if used.saturating_mul(10) >= allowed.saturating_mul(9) {
        tracing::warn!(used, allowed, "the org's API calls of the day are nearly used up");
    }
}

fn usage(header: &str) -> Option<(u64, u64)> {
    let value = header.split(';').find_map(|part| part.trim().strip_prefix("api-usage="))?;
    let (used, allowed) = value.split_once('/')?;
    Some((used.trim().parse().ok()?, allowed.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use cosell_rules::row;
    use serde_json::json;

    use super::{Settings, settings_of, usage};

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
            assert_eq!(format!("{:?}", settings_of(&row).unwrap()), format!("{page:?}"));
        }
    }

    #[test]
    fn an_org_without_settings_has_the_defaults() {
        let blank = json!({ "Country_Field__c": null, "Rule_Settings__c": null });
        for row in [json!(null), json!({}), blank] {
            assert_eq!(format!("{:?}", settings_of(&row).unwrap()), format!("{:?}", Settings::default()));
        }
    }

    #[test]
    fn a_setting_that_cannot_be_read_is_an_error_with_its_name() {
        let error = settings_of(&json!({ "Rule_Settings__c": "relaxed = 12\nrelaxed = 7" })).unwrap_err();
        let told = super::SalesforceError::from(error).to_string();
        assert_eq!(told, "the org's settings cannot be read: relaxed: names a rule that can't give way");
    }

    #[test]
    fn the_days_usage_is_read_from_the_header() {
        assert_eq!(usage("api-usage=18/5000"), Some((18, 5000)));
        assert_eq!(usage("api-usage=25/5000; per-app-api-usage=17/250(appName=cosell)"), Some((25, 5000)));
        assert_eq!(usage("per-app-api-usage=17/250"), None);
        assert_eq!(usage("api-usage=many/5000"), None);
    }
}
