//! The registration of webhooks (Microsoft Learn, "Partner Center webhooks"): where Partner Center sends its events. There is one
//! for each tenant. Names are written as the documents print them, and read in any case, since the services write them otherwise.
//! It must not know which registration is wanted.

use std::sync::Arc;

use reqwest::Method;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::PartnerCenterError;
use super::error::Effect;
use super::gate::Gate;
use super::service::{Service, json_body};
use crate::clock::Clock;
use crate::config::{self, ConfigError, https_url};
use crate::entra::Entra;
use crate::lenient::{member, text};
use crate::net::{Answer, Http};

const REGISTRATION: [&str; 3] = ["webhooks", "v1", "registration"];
const TESTS: [&str; 4] = ["webhooks", "v1", "registration", "validationEvents"];

/// Registrations, tests and their outcomes are short.
const ANSWER_LIMIT: usize = 256 * 1024;

/// A registration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Where events go.
    pub url: String,
    /// Which.
    pub events: Vec<String>,
}

/// What became of a test event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivery {
    /// Microsoft's word; `completed` is the only documented one.
    pub status: String,
    /// One for each attempt to deliver it.
    pub results: Vec<Attempt>,
}

/// One attempt to deliver an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// The status of our answer by name, such as `OK`.
    pub response_code: String,
    /// What Microsoft has to say about it.
    pub response_message: String,
    /// Whether the fault was Microsoft's.
    pub system_error: bool,
    /// When, as Microsoft writes it.
    pub date_time_utc: String,
}

impl Delivery {
    /// Whether it arrived: the proxy answers an event that it accepts with 200.
    #[must_use]
    pub fn arrived(&self) -> bool {
        self.results.iter().any(|result| matches!(result.response_code.as_str(), "OK" | "200"))
    }

    /// Whether nothing more is to be expected.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.arrived() || self.status.eq_ignore_ascii_case("completed")
    }
}

/// The client of the registration API.
#[derive(Debug)]
pub struct Registrations {
    service: Service,
}

impl Registrations {
    /// Prepares the client; nothing is called yet.
    pub fn new(config: &config::Webhooks, http: Http, clock: Arc<dyn Clock>, entra: Arc<Entra>) -> Result<Self, ConfigError> {
        let base = https_url("webhooks.base_url", &config.base_url)?;
        let resource = config.resource.clone();
        let gate = Gate::default();
        let service = Service { name: "webhooks", http, clock, entra, gate, base, resource, limit: ANSWER_LIMIT };
        Ok(Self { service })
    }

    /// The registration of the tenant, if there is one.
    pub async fn get(&self) -> Result<Option<Registration>, PartnerCenterError> {
        match self.call(Method::GET, &REGISTRATION, None).await {
            Ok(answer) => Ok(read_registration(&object(&answer)?)),
            Err(PartnerCenterError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Registers where nothing is registered. `false` when there is a registration already (409), which stays as it is.
    pub async fn create(&self, registration: &Registration) -> Result<bool, PartnerCenterError> {
        match self.call(Method::POST, &REGISTRATION, Some(document(registration))).await {
            Ok(_) => Ok(true),
            Err(PartnerCenterError::Refused { status: 409, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Replaces the registration.
    pub async fn replace(&self, registration: &Registration) -> Result<(), PartnerCenterError> {
        self.call(Method::PUT, &REGISTRATION, Some(document(registration))).await.map(drop)
    }

    /// Asks for a test event, of which there may be two a minute. The id is that of its outcome.
    pub async fn test(&self) -> Result<Uuid, PartnerCenterError> {
        let answer = object(&self.call(Method::POST, &TESTS, None).await?)?;
        let id = text(&answer, "correlationId").and_then(|id| Uuid::parse_str(id).ok());
        id.ok_or_else(|| PartnerCenterError::Unreadable("a test without a correlationId".to_owned()))
    }

    /// What became of a test event; `None` when there is none with this id.
    pub async fn delivery(&self, id: Uuid) -> Result<Option<Delivery>, PartnerCenterError> {
        let id = id.to_string();
        let path: Vec<&str> = TESTS.into_iter().chain([id.as_str()]).collect();
        match self.call(Method::GET, &path, None).await {
            Ok(answer) => Ok(Some(read_delivery(&object(&answer)?))),
            Err(PartnerCenterError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Each of these calls may be repeated: what a second one would do anew is refused with 409, or is one more test.
    async fn call(&self, method: Method, path: &[&str], body: Option<String>) -> Result<Answer, PartnerCenterError> {
        let complete = |request| {
            Ok(match &body {
                Some(body) => json_body(request, body),
                None => request,
            })
        };
        self.service.call(method, path, &[], Effect::Once, complete).await
    }
}

fn document(registration: &Registration) -> String {
    let document = json!({
        "WebhookUrl": registration.url,
        "WebhookEvents": registration.events,
        // In a header of its own: what stands before a proxy often keeps `Authorization` for itself.
        "SignatureTokenToMsSignatureHeader": true,
    });
    document.to_string()
}

fn object(answer: &Answer) -> Result<Map<String, Value>, PartnerCenterError> {
    match answer.json() {
        Some(Value::Object(object)) => Ok(object),
        _ => Err(PartnerCenterError::Unreadable("an answer of the registration API that is no object".to_owned())),
    }
}

/// A registration without an address is none.
fn read_registration(answer: &Map<String, Value>) -> Option<Registration> {
    let url = text(answer, "WebhookUrl")?.to_owned();
    let events = member(answer, "WebhookEvents").and_then(Value::as_array);
    let events = events.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    Some(Registration { url, events })
}

fn read_delivery(answer: &Map<String, Value>) -> Delivery {
    let results = member(answer, "results").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    let words = |object: &Map<String, Value>, name: &str| match member(object, name) {
        Some(Value::Number(number)) => number.to_string(),
        _ => text(object, name).unwrap_or_default().to_owned(),
    };
    Delivery {
        status: words(answer, "status"),
        results: results
            .map(|result| Attempt {
                response_code: words(result, "responseCode"),
                response_message: words(result, "responseMessage"),
                system_error: member(result, "systemError").and_then(Value::as_bool).unwrap_or(false),
                date_time_utc: words(result, "dateTimeUtc"),
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn a_registration_is_read_in_any_case_and_written_as_documented() {
        let registration = Registration {
            url: "https://cosell.example/webhooks/partner-center".to_owned(),
            events: vec!["referral-created".to_owned(), "test-created".to_owned()],
        };
        let written: Value = serde_json::from_str(&document(&registration)).unwrap();
        assert_eq!(
            written,
            json!({
                "WebhookUrl": "https://cosell.example/webhooks/partner-center",
                "WebhookEvents": ["referral-created", "test-created"],
                "SignatureTokenToMsSignatureHeader": true
            })
        );
        assert_eq!(read_registration(&read(written)), Some(registration.clone()));
        let camel = json!({
            "subscriberId": "1", "webhookUrl": registration.url, "webhookEvents": registration.events, "lastModifiedTimestamp": null
        });
        assert_eq!(read_registration(&read(camel)), Some(registration));
        for none in [json!({}), json!({ "WebhookUrl": null, "WebhookEvents": [] }), json!({ "WebhookUrl": "" })] {
            assert_eq!(read_registration(&read(none.clone())), None, "{none}");
        }
    }

    #[test]
    fn a_delivery_is_over_when_it_arrived_or_microsoft_says_so() {
        let cases = [
            (json!({ "status": "completed", "results": [{ "responseCode": "OK", "systemError": false }] }), true, true),
            (json!({ "Status": "Completed", "Results": [{ "ResponseCode": "Unauthorized" }] }), false, true),
            (json!({ "status": "pending", "results": [{ "responseCode": "BadGateway" }, { "responseCode": 200 }] }), true, true),
            (json!({ "status": "pending", "results": [{ "responseCode": "BadGateway" }] }), false, false),
            (json!({ "status": "pending" }), false, false),
            (json!({}), false, false),
        ];
        for (answer, arrived, over) in cases {
            let delivery = read_delivery(&read(answer.clone()));
            assert_eq!((delivery.arrived(), delivery.is_over()), (arrived, over), "{answer}");
        }
    }
}
