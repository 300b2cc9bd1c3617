//! What an event says (Microsoft Learn, "Partner Center webhook events"). Of its referral only the id is read: the address that
//! it stands in is never called. It has no number and no time that would be signed by itself, so nothing here tells an old event
//! from a new one; an event is only ever a reason to look.

use serde_json::Value;
use uuid::Uuid;

use crate::lenient::text;

/// What happened, by Microsoft's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventName {
    /// One of our referrals is new.
    ReferralCreated,
    /// One of our referrals changed.
    ReferralUpdated,
    /// Another's referral in one of our engagements is new.
    RelatedReferralCreated,
    /// Another's referral in one of our engagements changed.
    RelatedReferralUpdated,
    /// Somebody asked for a test.
    TestCreated,
}

impl EventName {
    /// All that are registered for.
    pub const ALL: [Self; 5] = [
        Self::ReferralCreated,
        Self::ReferralUpdated,
        Self::RelatedReferralCreated,
        Self::RelatedReferralUpdated,
        Self::TestCreated,
    ];

    /// Microsoft's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReferralCreated => "referral-created",
            Self::ReferralUpdated => "referral-updated",
            Self::RelatedReferralCreated => "related-referral-created",
            Self::RelatedReferralUpdated => "related-referral-updated",
            Self::TestCreated => "test-created",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(name))
    }
}

/// An event, as far as it concerns us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Look at this referral.
    Referral {
        /// Why, for the log.
        name: EventName,
        /// Its id.
        id: Uuid,
    },
    /// A test, with the id that its outcome is asked for by.
    Test {
        /// The id, where it is one.
        correlation_id: Option<Uuid>,
    },
    /// Something that we don't listen to, by its name.
    Other(String),
}

/// An unknown name is only for the log.
const NAME_LENGTH: usize = 64;

impl Event {
    /// Reads a signed body; an error says what is missing.
    pub(super) fn read(body: &[u8]) -> Result<Self, &'static str> {
        // The byte order mark of a .NET text.
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let Ok(Value::Object(body)) = serde_json::from_slice(body) else { return Err("it is not a JSON object") };
        let name = text(&body, "EventName").ok_or("it has no EventName")?;
        let id = text(&body, "ResourceUri").and_then(last_segment);
        match EventName::parse(name) {
            None => Ok(Self::Other(name.chars().take(NAME_LENGTH).collect())),
            Some(EventName::TestCreated) => Ok(Self::Test { correlation_id: id }),
            Some(name) => {
                let id = id.ok_or("its ResourceUri does not end in a GUID")?;
                Ok(Self::Referral { name, id })
            }
        }
    }
}

fn last_segment(uri: &str) -> Option<Uuid> {
    let path = uri.split(['?', '#']).next()?;
    Uuid::parse_str(path.trim_end_matches('/').rsplit('/').next()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ID: &str = "7c1e0000-0000-4000-8000-00000000000a";

    fn read(body: &Value) -> Result<Event, &'static str> {
        Event::read(body.to_string().as_bytes())
    }

    #[test]
    fn an_event_names_a_referral_however_it_is_spelt() {
        let id = Uuid::parse_str(ID).unwrap();
        let uri = format!("https://api.partnercenter.microsoft.com/engagements/v1/referrals/{ID}");
        let cases = [
            (json!({ "EventName": "referral-created", "ResourceUri": uri, "AuditUri": null }), EventName::ReferralCreated),
            (json!({ "eventName": "referral-updated", "resourceUri": uri }), EventName::ReferralUpdated),
            (
                json!({ "EVENTNAME": "Related-Referral-Created", "resourceuri": format!("{uri}/") }),
                EventName::RelatedReferralCreated,
            ),
            (json!({ "EventName": " related-referral-updated ", "ResourceUri": ID }), EventName::RelatedReferralUpdated),
            (json!({ "EventName": "referral-updated", "ResourceUri": uri.to_uppercase() }), EventName::ReferralUpdated),
            (json!({ "EventName": "referral-updated", "ResourceUri": format!("{uri}?a=/b") }), EventName::ReferralUpdated),
            (
                json!({ "EventName": "referral-updated", "ResourceUri": format!("https://evil.example/{ID}") }),
                EventName::ReferralUpdated,
            ),
        ];
        for (body, name) in cases {
            assert_eq!(read(&body), Ok(Event::Referral { name, id }), "{body}");
        }
        let marked = format!("\u{feff}{}", json!({ "EventName": "referral-updated", "ResourceUri": uri }));
        assert!(Event::read(marked.as_bytes()).is_ok());
    }

    #[test]
    fn a_test_and_what_we_do_not_listen_to_are_told_apart() {
        let uri = format!("http://api.partnercenter.microsoft.com/webhooks/v1/registration/validationEvents/{ID}");
        let test = json!({ "EventName": "test-created", "ResourceUri": uri, "ResourceName": "test" });
        assert_eq!(read(&test), Ok(Event::Test { correlation_id: Uuid::parse_str(ID).ok() }));
        assert_eq!(read(&json!({ "EventName": "test-created" })), Ok(Event::Test { correlation_id: None }));
        let other = json!({ "EventName": "invoice-ready", "ResourceUri": "x" });
        assert_eq!(read(&other), Ok(Event::Other("invoice-ready".to_owned())));
        let long = json!({ "EventName": "é".repeat(1000) });
        assert_eq!(read(&long), Ok(Event::Other("é".repeat(NAME_LENGTH))));
    }

    #[test]
    fn what_names_no_referral_is_no_event() {
        for (body, flaw) in [
            ("", "it is not a JSON object"),
            ("[]", "it is not a JSON object"),
            ("{", "it is not a JSON object"),
            ("\u{ff}", "it is not a JSON object"),
            ("{}", "it has no EventName"),
            (r#"{"EventName":7}"#, "it has no EventName"),
            (r#"{"EventName":"referral-created"}"#, "its ResourceUri does not end in a GUID"),
            (
                r#"{"EventName":"referral-created","ResourceUri":"https://x.example/referrals/../7"}"#,
                "its ResourceUri does not end in a GUID",
            ),
        ] {
            assert_eq!(Event::read(body.as_bytes()), Err(flaw), "{body}");
        }
    }
}
