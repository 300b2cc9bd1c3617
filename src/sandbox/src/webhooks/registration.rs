//! The one registration that a tenant can have: where its events go, and which (Microsoft Learn, "Partner Center
//! webhooks", and Microsoft's swagger of the API). Knows nothing of requests.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use super::error::ApiError;
use super::event::Event;

/// A registration as it was asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Registration {
    /// Where events are posted to.
    pub(super) webhook_url: String,
    /// Which are.
    pub(super) webhook_events: Vec<Event>,
    /// Whether the signature travels in `x-ms-signature`, for receivers whose gateway consumes `Authorization`.
    pub(super) signature_token_to_ms_signature_header: bool,
}

impl Registration {
    /// Reads a body. Names are taken in whatever case: the documentation prints Pascal case, the swagger camel case.
    pub(super) fn read(body: &Value) -> Result<Self, ApiError> {
        let Value::Object(members) = body else { return Err(ApiError::invalid("The body must be one JSON object.")) };
        let members: HashMap<String, &Value> = members.iter().map(|(name, value)| (name.to_ascii_lowercase(), value)).collect();
        let member = |name: &str| members.get(name).copied().unwrap_or(&Value::Null);
        Ok(Self {
            webhook_url: address(member("webhookurl"))?,
            webhook_events: events(member("webhookevents"))?,
            signature_token_to_ms_signature_header: match member("signaturetokentomssignatureheader") {
                Value::Null => false,
                Value::Bool(wanted) => *wanted,
                other => return Err(ApiError::invalid(format!("SignatureTokenToMsSignatureHeader: {other} is no boolean."))),
            },
        })
    }

    /// What GET answers.
    pub(super) fn shown(&self) -> Value {
        json!({ "WebhookUrl": self.webhook_url, "WebhookEvents": self.webhook_events })
    }

    /// What POST and PUT answer.
    pub(super) fn shown_to(&self, subscriber: &str) -> Value {
        json!({ "SubscriberId": subscriber, "WebhookUrl": self.webhook_url, "WebhookEvents": self.webhook_events })
    }
}

fn address(value: &Value) -> Result<String, ApiError> {
    let text = value.as_str().unwrap_or_default();
    match Url::parse(text) {
        Ok(url) if ["http", "https"].contains(&url.scheme()) => Ok(text.to_owned()),
        _ => Err(ApiError::invalid(format!("WebhookUrl: {value} is no absolute HTTP address."))),
    }
}

fn events(value: &Value) -> Result<Vec<Event>, ApiError> {
    let names = value.as_array().map_or(&[][..], Vec::as_slice);
    if names.is_empty() {
        return Err(ApiError::invalid("WebhookEvents: at least one event is required."));
    }
    let event = |name: &Value| {
        let known = name.as_str().and_then(Event::named);
        known.ok_or_else(|| ApiError::invalid(format!("WebhookEvents: {name} is no event.")))
    };
    names.iter().map(event).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Registration;

    fn whole() -> Value {
        json!({
            "WebhookUrl": "https://proxy.example/webhooks/partner-center",
            "WebhookEvents": ["referral-created", "test-created"],
            "SignatureTokenToMsSignatureHeader": true
        })
    }

    #[test]
    fn names_are_read_in_pascal_case_and_in_camel_case() {
        let camel = json!({
            "webhookUrl": "https://proxy.example/webhooks/partner-center",
            "webhookEvents": ["referral-created", "test-created"],
            "signatureTokenToMsSignatureHeader": true
        });
        let read = Registration::read(&whole()).expect("a registration");
        assert_eq!(Registration::read(&camel), Ok(read.clone()));
        assert!(read.signature_token_to_ms_signature_header);
    }

    #[test]
    fn what_cannot_be_delivered_to_is_refused_and_named() {
        let cases = [
            ("WebhookUrl", Value::Null),
            ("WebhookUrl", json!("/webhooks/partner-center")),
            ("WebhookUrl", json!("ftp://proxy.example/")),
            ("WebhookEvents", Value::Null),
            ("WebhookEvents", json!([])),
            ("WebhookEvents", json!(["referral-deleted"])),
            ("WebhookEvents", json!([7])),
            ("SignatureTokenToMsSignatureHeader", json!("yes")),
        ];
        for (name, value) in cases {
            let mut body = whole();
            body[name] = value.clone();
            let refused = Registration::read(&body).expect_err(name);
            assert!(refused.sentence().starts_with(name), "{name} {value}: {refused:?}");
        }
        assert!(Registration::read(&json!([])).is_err());
    }
}
