//! One run: read the record, pursue, write back in one go. When somebody changed the record meanwhile, begin again.

use cosell_rules::reconcile::{Closing, State, record_update};
use cosell_rules::salesforce::{self, Record};
use cosell_rules::{moment, settings::Settings};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::decide::{Deal, Notes, Seen};
use super::pair::{PairState, Sources, read_time};
use super::pursue::{End, Ended};
use super::trouble::{Again, Trouble};
use super::{Failure, Reconciler, Report, trail, unreadable, words};
use crate::ids::SalesforceId;
use crate::salesforce::SalesforceError;
use crate::store::{Agreed, Lease, Link, Reason};

/// How often a record may be changed under our hands before we come back later.
const MOST_ROUNDS: usize = 4;

/// How one round ended.
struct Round {
    report: Report,
    /// When to look again.
    due: Option<OffsetDateTime>,
    /// The record got another stage.
    moved: bool,
}

impl Reconciler {
    /// Runs once. Says how it ended, and when to look again if there is reason to.
    pub(super) async fn run(
        &self,
        lease: &Lease<SalesforceId>,
        locale: Option<&str>,
    ) -> Result<(Report, Option<OffsetDateTime>), Failure> {
        let mut last = Err(SalesforceError::Changed.into());
        for _ in 0..MOST_ROUNDS {
            last = self.round(lease, locale).await;
            match &last {
                Err(Failure::Salesforce(SalesforceError::Changed)) => {
                    tracing::info!("the record was changed meanwhile; reading it again");
                }
                // What is on hold is not sent: with another stage there may be more to do.
                Ok(round) if round.moved => tracing::info!("the record has another stage now; looking once more"),
                _ => break,
            }
        }
        match last {
            Err(Failure::Salesforce(SalesforceError::Changed)) => {
                let detail = "the record changes faster than it can be written".to_owned();
                Err(SalesforceError::Retry { after: None, detail }.into())
            }
            other => other.map(|round| (round.report, round.due)),
        }
    }

    async fn round(&self, lease: &Lease<SalesforceId>, locale: Option<&str>) -> Result<Round, Failure> {
        let key = &lease.key;
        let mut settings = self.salesforce.settings().await?;
        let mut record = self.salesforce.opportunity(key, &settings).await?;
        let mut link = self.store.begin_link(key, locale.unwrap_or("en"), self.clock.now()).await?;
        locale.unwrap_or(&link.language).clone_into(&mut settings.locale);
        let mut seen = Seen::default();
        let Ended { mut end, notes, facts, base, held } =
            self.pursue_record(lease, &record, &settings, &mut link, &mut seen).await?;

        let mut agreed = Agreed { base, held, told: trail::waiting(&link.told, seen.own.as_ref()) };
        let mut written = self.write_notes(lease, &end, &notes, &link, &seen, &mut record).await;
        if let Err(Failure::Salesforce(SalesforceError::Refused { code, message, fields })) = &written {
            let user = self.salesforce.username();
            tracing::warn!(code, ?fields, user, error = message, "Salesforce does not let the integration user write");
            end = End::Stopped(Trouble::not_written(message.clone()));
            agreed.base = None;
            // The org may not take a value of Partner Center's; of the referral it should know all the same.
            if facts != notes {
                written = self.write_notes(lease, &end, &facts, &link, &seen, &mut record).await;
            }
        }
        match written {
            Ok(()) => {}
            Err(Failure::Salesforce(SalesforceError::Refused { .. })) => agreed.told.clone_from(&link.told),
            Err(Failure::Salesforce(error)) => {
                self.note_salesforce_failure(lease, &error).await?;
                return Err(error.into());
            }
            Err(failure) => return Err(failure),
        }
        let moved = !matches!(end, End::Stopped(_)) && notes.fields.iter().any(|(name, _)| name == "StageName");
        let due = self.conclude(lease, &end, agreed, &mut link).await?;
        let sources = Sources {
            key,
            record: &record,
            settings: &settings,
            link: Some(&link),
            seen: Some(&seen),
            link_template: &self.link_template,
            now: self.clock.now(),
        };
        let pair = Box::new(PairState::of(&sources).map_err(unreadable)?);
        let reason = link.reason.as_ref().map(|reason| reason.code.as_str());
        tracing::info!(state = end.state().api_value(), reason, "reconciled");
        let report = match end {
            End::NeedsYou(findings) => Report::NotReady { pair, findings: findings.views },
            _ => Report::Pair(pair),
        };
        Ok(Round { report, due, moved })
    }

    /// Reads the record as the rules do, and pursues.
    async fn pursue_record(
        &self,
        lease: &Lease<SalesforceId>,
        record: &Value,
        settings: &Settings,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<Ended, Failure> {
        let cells = Record::from_json(record, settings).map_err(unreadable)?;
        let opportunity = salesforce::read(&cells, settings).map_err(unreadable)?;
        let language = link.language.clone();
        let deal = Deal { record, opportunity: &opportunity, settings, link_template: &self.link_template, language: &language };
        self.pursue(lease, &deal, link, seen).await
    }

    /// Writes what there is to say, if there is anything, and keeps `record` as Salesforce has it then.
    async fn write_notes(
        &self,
        lease: &Lease<SalesforceId>,
        end: &End,
        notes: &Notes,
        link: &Link,
        seen: &Seen,
        record: &mut Value,
    ) -> Result<(), Failure> {
        if !worth_writing(end, record) {
            return Ok(());
        }
        let kept = trail::due(&link.told, record, seen.own.as_ref()).into_iter().map(|told| &told.line);
        let lines: Vec<String> = kept.chain(&notes.told).cloned().collect();
        let reason = recorded_reason(end, seen.own.is_some(), &link.language);
        let now = moment::of_clock(self.clock.now());
        let closing = Closing { state: end.state(), reason: &reason, trail: &lines, now };
        let update = record_update(record, &notes.fields, &closing);
        if update.is_empty() {
            return Ok(());
        }
        self.renew(lease).await?;
        let read_at = record.get("LastModifiedDate").and_then(Value::as_str).and_then(read_time);
        self.salesforce.update(&lease.key, &update, read_at).await?;
        merge(record, update);
        Ok(())
    }

    /// Stores how the pair stands, and says when it is looked at again.
    async fn conclude(
        &self,
        lease: &Lease<SalesforceId>,
        end: &End,
        agreed: Agreed,
        link: &mut Link,
    ) -> Result<Option<OffsetDateTime>, Failure> {
        let (reason, due) = match end {
            End::NotShared | End::InStep => (None, None),
            End::NeedsYou(findings) => {
                let detail = if findings.hidden { findings.first.clone() } else { String::new() };
                (Some(Reason { code: words::NOT_READY.to_owned(), detail, until: None }), None)
            }
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
        self.store.conclude(&lease.key, end.state(), reason.as_ref(), Some(&agreed), self.clock.now()).await?;
        link.state = end.state();
        link.reason = reason;
        link.held = agreed.held.or_else(|| link.held.take());
        Ok(due)
    }

    /// Partner Center's side may be done while the record does not know it yet: at least the link says so.
    async fn note_salesforce_failure(&self, lease: &Lease<SalesforceId>, error: &SalesforceError) -> Result<(), Failure> {
        if matches!(error, SalesforceError::Changed) {
            return Ok(());
        }
        let (state, code) = match error {
            SalesforceError::SignIn { .. } => (State::Broken, words::SALESFORCE_SIGN_IN),
            _ => (State::Waiting, words::SALESFORCE_UNAVAILABLE),
        };
        let reason = Reason { code: code.to_owned(), detail: String::new(), until: None };
        self.store.conclude(&lease.key, state, Some(&reason), None, self.clock.now()).await?;
        Ok(())
    }
}

/// The sentence for the record, in the language of its audit trail.
fn recorded_reason(end: &End, shared: bool, language: &str) -> String {
    match end {
        End::NotShared | End::InStep => String::new(),
        End::NeedsYou(findings) => words::not_ready(&findings.first, findings.blocking, shared, language),
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
