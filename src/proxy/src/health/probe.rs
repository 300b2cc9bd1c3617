//! One question to each connection, the cheapest whose answer proves that it works, and what an error says about it.

use std::time::Duration;

use serde_json::{Value, json};
use time::OffsetDateTime;
use tokio::time::timeout;

use super::Finding;
use crate::entra::{Entra, EntraError};
use crate::partner_center::{PartnerCenter, PartnerCenterError};
use crate::registration::{Registrar, Standing, Status};
use crate::salesforce::{Salesforce, SalesforceError, Usage};
use crate::store::Store;
use crate::wire_time;

/// How long what is known of a connection may take.
const SOON: Duration = Duration::from_secs(1);

const SIGN_IN: &str = "partner-center.sign-in";
const STORE: &str = "store.unavailable";
const STORE_SILENT: &str = "The store does not answer; the server's log says why.";

/// Reads the settings, which takes a sign-in, the API and the package, and looks whether referrals can become opportunities.
pub(super) async fn salesforce(salesforce: &Salesforce) -> Finding {
    match look_at_org(salesforce).await {
        Ok(finding) => finding,
        Err(error) => of_salesforce(&error),
    }
}

async fn look_at_org(salesforce: &Salesforce) -> Result<Finding, SalesforceError> {
    let settings = salesforce.settings().await?;
    let stages = salesforce.stages().await?;
    for (setting, stage) in settings.first_stages() {
        if stage.is_empty() {
            let detail = format!("The setting {setting} names no stage, so no referral becomes an opportunity.");
            return Ok(Finding::warning("inbound.no-stage", detail));
        }
        if !stages.iter().any(|known| known == stage) {
            let detail = format!("Salesforce has no stage “{stage}” (setting {setting}), so no referral becomes an opportunity.");
            return Ok(Finding::warning("inbound.unknown-stage", detail));
        }
    }
    if let Some(Usage { used, allowed }) = salesforce.usage().filter(|usage| usage.is_nearly_used_up()) {
        let detail = format!("{used} of the org's {allowed} API calls of the last 24 hours are used.");
        return Ok(Finding::warning("salesforce.usage", detail));
    }
    Ok(Finding::ok("The org answers."))
}

pub(super) fn facts_of_salesforce(salesforce: &Salesforce) -> Value {
    json!({
        "address": salesforce.address(),
        "user": salesforce.username(),
        "orgId": salesforce.org().as_str(),
        "apiVersion": salesforce.version(),
        "apiUsage": salesforce.usage().map(|usage| json!({ "used": usage.used, "max": usage.allowed })),
    })
}

fn of_salesforce(error: &SalesforceError) -> Finding {
    let code = match error {
        SalesforceError::SignIn { .. } => "salesforce.sign-in",
        SalesforceError::Retry { .. } | SalesforceError::Changed => "salesforce.unavailable",
        SalesforceError::Refused { .. } | SalesforceError::Gone => "salesforce.refused",
        SalesforceError::Settings(_) => "settings.unreadable",
        SalesforceError::Unreadable(_) => "salesforce.unreadable",
    };
    Finding::failed(code, sentence(error))
}

/// Has a token for the Referrals API, or gets one.
pub(super) async fn entra(entra: &Entra, resource: &str) -> Finding {
    match entra.token(resource, None).await {
        Ok(_) => Finding::ok("Entra ID gives tokens."),
        Err(error @ EntraError::SignIn { .. }) => Finding::failed(SIGN_IN, sentence(&error)),
        Err(error @ EntraError::Retry { .. }) => Finding::failed("entra.unavailable", sentence(&error)),
        Err(EntraError::Store(_)) => Finding::failed(STORE, STORE_SILENT),
    }
}

pub(super) async fn facts_of_entra(entra: &Entra, resource: &str) -> Value {
    // Whoever asks Entra ID for a token right now holds what is known.
    let granted = timeout(SOON, entra.granted(resource)).await.unwrap_or_default();
    let renewed = timeout(SOON, entra.renewed_at()).await.ok().and_then(Result::ok).flatten();
    let (obtained, expires) = granted.unzip();
    let text = |time: Option<OffsetDateTime>| time.and_then(wire_time::write);
    json!({
        "tenant": entra.tenant(),
        "tokenObtainedAt": text(obtained),
        "tokenExpiresAt": text(expires),
        // While the store does not answer, nobody knows; that it does not is said of the store.
        "signInRenewedAt": text(renewed),
    })
}

/// Reads the shortest list.
pub(super) async fn partner_center(partner_center: &PartnerCenter) -> Finding {
    match partner_center.knock().await {
        Ok(()) => Finding::ok("The Referrals API answers."),
        Err(error) => of_partner_center(&error),
    }
}

fn of_partner_center(error: &PartnerCenterError) -> Finding {
    let code = match error {
        PartnerCenterError::Throttled { .. } => return Finding::warning("partner-center.throttled", sentence(error)),
        PartnerCenterError::Unavailable { .. } | PartnerCenterError::Unclear { .. } | PartnerCenterError::Changed => {
            "partner-center.unavailable"
        }
        PartnerCenterError::Refused { .. } => "partner-center.refused",
        PartnerCenterError::SignIn { .. } => SIGN_IN,
        PartnerCenterError::Forbidden { .. } => "partner-center.forbidden",
        PartnerCenterError::NotFound | PartnerCenterError::Unreadable(_) => "partner-center.unreadable",
        PartnerCenterError::Store(_) => return Finding::failed(STORE, STORE_SILENT),
    };
    Finding::failed(code, sentence(error))
}

/// What was found of the registration when it was looked at last, once in a while; where it never was, it is now.
pub(super) async fn webhooks(registrar: Option<&Registrar>) -> Finding {
    let Some(registrar) = registrar else {
        let detail = "webhooks.public_url is empty: changes in Partner Center are found by the sweep alone.";
        return Finding { state: super::State::Off, code: Some("webhooks.off"), detail: detail.to_owned() };
    };
    let status = match registrar.last() {
        Some(status) => status,
        None => match registrar.look().await {
            Ok(status) => status,
            Err(error) => return of_partner_center(&error),
        },
    };
    of_registration(&status)
}

pub(super) fn of_registration(status: &Status) -> Finding {
    match status.state {
        Standing::Ours => Finding::ok("Partner Center sends its events here."),
        Standing::MissingEvents => {
            let missing = status.missing_events.join(", ");
            Finding::warning("webhooks.missing-events", format!("Partner Center does not send these events here: {missing}."))
        }
        Standing::OtherUrl => {
            let url = status.registered_url.as_deref().unwrap_or_default();
            Finding::warning("webhooks.other-url", format!("Partner Center sends this tenant's events to {url}."))
        }
        Standing::NotRegistered => Finding::warning("webhooks.not-registered", "Nobody is registered for this tenant's events."),
    }
}

pub(super) fn facts_of_webhooks(registrar: Option<&Registrar>, last: Option<&Status>) -> Value {
    json!({
        "publicUrl": registrar.map(Registrar::public_url),
        "registeredUrl": last.and_then(|status| status.registered_url.as_deref()),
        "missingEvents": last.map(|status| status.missing_events.clone()).unwrap_or_default(),
        "lookedAt": last.and_then(|status| wire_time::write(status.checked_at)),
    })
}

/// Writes and takes it back.
pub(super) async fn store(store: &Store) -> Finding {
    match store.ping().await {
        Ok(()) => Finding::ok("The store can be read and written."),
        Err(error) => {
            tracing::error!(%error, "the store is not ready");
            Finding::failed(STORE, STORE_SILENT)
        }
    }
}

/// An error as a sentence of its own.
fn sentence(error: &impl std::error::Error) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::super::State;
    use super::*;

    #[test]
    fn every_error_of_salesforce_has_its_code_and_is_a_sentence() {
        let text = String::new;
        let cases = [
            (SalesforceError::SignIn { detail: text() }, "salesforce.sign-in"),
            (SalesforceError::Retry { after: None, undone: false, detail: text() }, "salesforce.unavailable"),
            (SalesforceError::Refused { code: text(), message: text(), fields: Vec::new() }, "salesforce.refused"),
            (SalesforceError::Unreadable(text()), "salesforce.unreadable"),
        ];
        for (error, code) in cases {
            let found = of_salesforce(&error);
            assert_eq!((found.state, found.code), (State::Failed, Some(code)), "{error}");
            assert!(found.detail.starts_with("Salesforce") && found.detail.ends_with('.'), "{found:?}");
        }
    }

    #[test]
    fn partner_center_that_asks_to_slow_down_works() {
        let cases = [
            (PartnerCenterError::Throttled { after: None }, State::Warning, "partner-center.throttled"),
            (PartnerCenterError::Unavailable { after: None, detail: String::new() }, State::Failed, "partner-center.unavailable"),
            (PartnerCenterError::SignIn { detail: String::new() }, State::Failed, "partner-center.sign-in"),
            (PartnerCenterError::Forbidden { detail: String::new() }, State::Failed, "partner-center.forbidden"),
            (PartnerCenterError::NotFound, State::Failed, "partner-center.unreadable"),
        ];
        for (error, state, code) in cases {
            let found = of_partner_center(&error);
            assert_eq!((found.state, found.code), (state, Some(code)), "{error}");
        }
    }

    #[test]
    fn a_registration_that_is_not_wholly_ours_is_a_warning_that_says_whose_it_is() {
        let status = |state, url: Option<&str>, missing_events| Status {
            state,
            public_url: "https://cosell.example/x".to_owned(),
            registered_url: url.map(str::to_owned),
            events: Vec::new(),
            missing_events,
            checked_at: datetime!(2026-11-22 14:00 UTC),
        };
        let cases = [
            (status(Standing::Ours, Some("https://cosell.example/x"), vec![]), State::Ok, None, "here"),
            (
                status(Standing::MissingEvents, None, vec!["test-created"]),
                State::Warning,
                Some("webhooks.missing-events"),
                "test-created",
            ),
            (
                status(Standing::OtherUrl, Some("https://staging.example/x"), vec![]),
                State::Warning,
                Some("webhooks.other-url"),
                "staging.example",
            ),
            (status(Standing::NotRegistered, None, vec![]), State::Warning, Some("webhooks.not-registered"), "Nobody"),
        ];
        for (status, state, code, word) in cases {
            let found = of_registration(&status);
            assert!((found.state, found.code) == (state, code) && found.detail.contains(word), "{found:?}");
        }
    }
}
