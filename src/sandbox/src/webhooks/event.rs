//! What webhooks tell of (Microsoft Learn, "Partner Center webhook events"): the names, and the body that says no more
//! than which resource to look at. About twenty events of other programs exist besides; nobody here raises them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::clock::with_offset;

/// The host in the addresses that bodies name. It is Microsoft's own wherever this sandbox is served, and not the host of
/// the Referrals API: who follows it instead of taking the id from it gets nowhere.
const HOST: &str = "//api.partnercenter.microsoft.com";

/// The name of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Event {
    /// A referral of the partner is new.
    ReferralCreated,
    /// A referral of the partner has changed.
    ReferralUpdated,
    /// Somebody else's referral in an engagement of the partner is new.
    RelatedReferralCreated,
    /// Somebody else's referral in an engagement of the partner has changed.
    RelatedReferralUpdated,
    /// The partner asked for a test.
    TestCreated,
}

impl Event {
    /// All there are.
    pub(super) const ALL: [Self; 5] = [
        Self::ReferralCreated,
        Self::ReferralUpdated,
        Self::RelatedReferralCreated,
        Self::RelatedReferralUpdated,
        Self::TestCreated,
    ];

    /// As it is written.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::ReferralCreated => "referral-created",
            Self::ReferralUpdated => "referral-updated",
            Self::RelatedReferralCreated => "related-referral-created",
            Self::RelatedReferralUpdated => "related-referral-updated",
            Self::TestCreated => "test-created",
        }
    }

    /// The one of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.name() == name)
    }

    /// The body that tells of it. `id` is that of a referral, or of a test its correlation id.
    pub(super) fn body(self, id: &str, at: OffsetDateTime) -> String {
        let (resource, name) = match self {
            // Without the s, as the documentation prints it.
            Self::TestCreated => (format!("http:{HOST}/webhooks/v1/registration/validationEvents/{id}"), "test"),
            _ => (format!("https:{HOST}/engagements/v1/referrals/{id}"), "referral"),
        };
        let body = Body {
            event_name: self,
            resource_uri: &resource,
            resource_name: name,
            audit_uri: None,
            resource_change_utc_date: &with_offset(at),
        };
        serde_json::to_string(&body).unwrap_or_default()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    event_name: Event,
    resource_uri: &'a str,
    resource_name: &'a str,
    audit_uri: Option<&'a str>,
    resource_change_utc_date: &'a str,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Event;
    use crate::clock::test::START;

    #[test]
    fn a_body_names_the_referral_on_the_other_host_and_nothing_else() {
        let body = Event::RelatedReferralUpdated.body("7c1e", START);
        let expected = "{\"EventName\":\"related-referral-updated\",\
            \"ResourceUri\":\"https://api.partnercenter.microsoft.com/engagements/v1/referrals/7c1e\",\
            \"ResourceName\":\"referral\",\"AuditUri\":null,\"ResourceChangeUtcDate\":\"2026-11-22T14:00:00.0000000+00:00\"}";
        assert_eq!(body, expected);
        let test: serde_json::Value = serde_json::from_str(&Event::TestCreated.body("04af", START)).expect("JSON");
        let uri = "http://api.partnercenter.microsoft.com/webhooks/v1/registration/validationEvents/04af";
        assert_eq!((&test["ResourceName"], &test["ResourceUri"]), (&json!("test"), &json!(uri)));
    }

    #[test]
    fn every_event_is_known_by_the_name_it_is_sent_under() {
        for event in Event::ALL {
            assert_eq!(json!(event), json!(event.name()));
            assert_eq!(Event::named(event.name()), Some(event));
        }
        assert_eq!(Event::named("invoice-ready"), None);
    }
}
