//! One run: read the record, pursue, write back in one go. When somebody changed the record meanwhile, begin again.

use cosell_rules::audit::{self, State};
use cosell_rules::message::{self, Language};
use cosell_rules::{salesforce, validate};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::pair::{PairState, Sources, read_time};
use super::pursue::{End, Seen};
use super::trouble::{Again, Trouble};
use super::{Failure, Reconciler, Report, unreadable, words};
use crate::salesforce::SalesforceError;
use crate::store::{Lease, Link, Reason};

/// How often a record may be changed under our hands before we come back later.
const MOST_ROUNDS: usize = 4;

impl Reconciler {
    /// Runs once. Says how it ended, and when to look again if there is reason to.
    pub(super) async fn run(&self, lease: &Lease, locale: Option<&str>) -> Result<(Report, Option<OffsetDateTime>), Failure> {
        for _ in 0..MOST_ROUNDS {
            match self.round(lease, locale).await {
                Err(Failure::Salesforce(SalesforceError::Changed)) => {
                    tracing::info!("the record was changed meanwhile; reading it again");
                }
                other => return other,
            }
        }
        Err(SalesforceError::Retry { after: None, detail: "the record changes faster than it can be written".to_owned() }.into())
    }

    async fn round(&self, lease: &Lease, locale: Option<&str>) -> Result<(Report, Option<OffsetDateTime>), Failure> {
        let key = &lease.key;
        let settings = self.salesforce.settings().await?;
        let mut record = self.salesforce.opportunity(key, &settings).await?;
        let opportunity = salesforce::read(&record, &settings).map_err(unreadable)?;
        let mut link = self.store.begin_link(key, locale.unwrap_or("en"), self.clock.now()).await?;
        let mut seen = Seen::default();
        let mut end = self.pursue(lease, &opportunity, &settings, &mut link, &mut seen).await?;

        let language = Language::of(&link.language);
        let reason = recorded_reason(&end, seen.own.is_some(), language);
        let outcome = audit::Outcome {
            opportunity: &opportunity,
            own: seen.own.as_ref(),
            microsoft: seen.microsoft.as_ref(),
            state: end.state(),
            reason: &reason,
            link_template: &self.link_template,
            now: self.clock.now(),
            language,
        };
        let update = audit::update(&record, &outcome);
        if worth_writing(&end, &record) && !update.is_empty() {
            self.renew(lease).await?;
            match self.write_back(lease, &update, &record).await {
                Ok(()) => merge(&mut record, update),
                Err(SalesforceError::Refused { code, message, fields }) => {
                    let user = self.salesforce.username();
                    tracing::warn!(code, ?fields, user, error = message, "Salesforce does not let the integration user write");
                    end = End::Stopped(Trouble::not_written(message));
                }
                Err(error) => {
                    self.note_salesforce_failure(lease, &error).await?;
                    return Err(error.into());
                }
            }
        }
        let due = self.conclude(lease, &end, &mut link).await?;
        let sources = Sources {
            key,
            record: &record,
            settings: &settings,
            link: Some(&link),
            microsoft: seen.microsoft.as_ref(),
            link_template: &self.link_template,
            locale: locale.unwrap_or(&link.language),
            now: self.clock.now(),
        };
        let pair = Box::new(PairState::of(&sources).map_err(unreadable)?);
        let reason = link.reason.as_ref().map(|reason| reason.code.as_str());
        tracing::info!(state = end.state().api_value(), reason, "reconciled");
        let report = match end {
            End::NeedsYou(findings) => Report::NotReady { pair, findings: message::localize(findings, sources.locale) },
            _ => Report::Pair(pair),
        };
        Ok((report, due))
    }

    async fn write_back(&self, lease: &Lease, update: &Map<String, Value>, record: &Value) -> Result<(), SalesforceError> {
        let read_at = record.get("LastModifiedDate").and_then(Value::as_str).and_then(read_time);
        self.salesforce.update(&lease.key, update, read_at).await
    }

    /// Stores how the pair stands, and says when it is looked at again.
    async fn conclude(&self, lease: &Lease, end: &End, link: &mut Link) -> Result<Option<OffsetDateTime>, Failure> {
        let (reason, due) = match end {
            End::NotShared | End::InStep => (None, None),
            End::NeedsYou(_) => (Some(Reason { code: words::NOT_READY.to_owned(), detail: String::new(), until: None }), None),
            End::Stopped(trouble) => {
                let due = match trouble.again {
                    Again::Never => None,
                    Again::Backoff => Some(self.due(lease, None)),
                    Again::After(wait) => Some(self.due(lease, Some(wait))),
                    Again::Within(wait) => Some(self.due(lease, None).min(self.clock.now() + wait)),
                };
                let until = due.filter(|_| trouble.state == State::Waiting);
                (Some(Reason { code: trouble.code.to_owned(), detail: trouble.detail.clone(), until }), due)
            }
        };
        self.store.conclude(&lease.key, end.state(), reason.as_ref(), self.clock.now()).await?;
        link.state = end.state();
        link.reason = reason;
        Ok(due)
    }

    /// Partner Center's side may be done while the record does not know it yet: at least the link says so.
    async fn note_salesforce_failure(&self, lease: &Lease, error: &SalesforceError) -> Result<(), Failure> {
        if matches!(error, SalesforceError::Changed) {
            return Ok(());
        }
        let (state, code) = match error {
            SalesforceError::SignIn { .. } => (State::Broken, words::SALESFORCE_SIGN_IN),
            _ => (State::Waiting, words::SALESFORCE_UNAVAILABLE),
        };
        let reason = Reason { code: code.to_owned(), detail: String::new(), until: None };
        self.store.conclude(&lease.key, state, Some(&reason), self.clock.now()).await?;
        Ok(())
    }
}

/// The sentence for the record, in the language of its audit trail.
fn recorded_reason(end: &End, shared: bool, language: Language) -> String {
    match end {
        End::NotShared | End::InStep => String::new(),
        End::NeedsYou(findings) => {
            let first = findings.first().map(|finding| message::sentence(finding, language)).unwrap_or_default();
            words::not_ready(&first, validate::blocking(findings), shared, language)
        }
        End::Stopped(trouble) => words::sentence(trouble.code, &trouble.detail, language),
    }
}

/// A record that nobody wanted to share, and that never was, is left untouched.
fn worth_writing(end: &End, record: &Value) -> bool {
    let blank = record.get(salesforce::field::STATE).and_then(Value::as_str).is_none_or(str::is_empty);
    !(matches!(end, End::NotShared) && blank)
}

/// The record as Salesforce holds it after the write.
fn merge(record: &mut Value, update: Map<String, Value>) {
    if let Some(fields) = record.as_object_mut() {
        fields.extend(update);
    }
}
