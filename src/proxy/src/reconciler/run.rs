//! One run: read the record, pursue, write back in one go. When somebody changed the record meanwhile, begin again.

use std::time::Duration;

use cosell_rules::lifecycle::Standing;
use cosell_rules::reconcile::{Apart, Closing, State, mark_name, record_update};
use cosell_rules::referral::Referral;
use cosell_rules::salesforce::{self, Record};
use cosell_rules::{moment, settings::Settings};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::decide::{Deal, Notes, Seen};
use super::pair::{Kept, PairState, Sources};
use super::pursue::{End, Ended};
use super::trouble::{Again, Trouble};
use super::{Due, Failure, Reconciler, Report, read_back, trail, unreadable, words};
use crate::ids::SalesforceId;
use crate::salesforce::{SalesforceError, version_of};
use crate::store::{Agreed, EngagementId, Lease, Link, Reason};
use crate::wire_time;

/// How often a record may be changed under our hands before we come back later.
const MOST_ROUNDS: usize = 4;

/// How long after its time a referral is closed at the latest, if the clocks agree.
const EXPIRY_MARGIN: Duration = Duration::from_mins(1);

/// How long to leave Partner Center the time to close a referral that should be closed.
const EXPIRY_LATE: Duration = Duration::from_hours(1);

/// What a round writes from.
struct Scene<'r> {
    lease: &'r Lease<SalesforceId>,
    record: &'r Value,
    settings: &'r Settings,
    link: &'r Link,
    seen: &'r Seen,
}

/// How one round ended.
struct Round {
    report: Report,
    /// When to look again.
    due: Option<Due>,
    /// The record is no longer what was decided from: it got another stage, or holds something else than was written.
    moved: bool,
}

impl Reconciler {
    /// Runs once. Says how it ended, and when to look again if there is reason to.
    pub(super) async fn run(&self, lease: &Lease<SalesforceId>, locale: Option<&str>) -> Result<(Report, Option<Due>), Failure> {
        let mut last = Err(SalesforceError::Changed.into());
        for _ in 0..MOST_ROUNDS {
            last = self.round(lease, locale).await;
            match &last {
                Err(Failure::Salesforce(SalesforceError::Changed)) => {
                    tracing::info!("the record was changed meanwhile; reading it again");
                }
                // What is on hold is not sent: with another stage there may be more to do.
                Ok(round) if round.moved => tracing::info!("the record is another one now; looking once more"),
                _ => break,
            }
        }
        match last {
            Err(Failure::Salesforce(SalesforceError::Changed)) => {
                let detail = "the record changes faster than it can be written".to_owned();
                Err(SalesforceError::Retry { after: None, undone: true, detail }.into())
            }
            // Somebody else writes as fast as we do: there is more to see, and nobody else may notice it.
            Ok(Round { report, moved: true, .. }) => Ok((report, Some(Due::Failed(self.due(lease, None))))),
            other => other.map(|round| (round.report, round.due)),
        }
    }

    async fn round(&self, lease: &Lease<SalesforceId>, locale: Option<&str>) -> Result<Round, Failure> {
        let key = &lease.key;
        let mut settings = self.salesforce.settings().await?;
        let mut record = self.salesforce.opportunity(key, &settings).await?;
        let mut link = self.store.begin_link(key, locale.unwrap_or("en"), self.clock.now()).await?;
        if link.referral_id.is_none() {
            self.await_joining(&record).await?;
        }
        self.store.keep_children(lease, &read_back::children(&record)).await?;
        locale.unwrap_or(&link.language).clone_into(&mut settings.locale);
        let mut seen = Seen::default();
        let Ended { mut end, notes, facts, base, held } =
            self.pursue_record(lease, &record, &settings, &mut link, &mut seen).await?;

        let mut agreed = Agreed { base, held, told: trail::waiting(&link.told, &record) };
        let scene = Scene { lease, record: &record, settings: &settings, link: &link, seen: &seen };
        let mut written = self.write_notes(&scene, &end, &notes).await;
        if let Err(Failure::Salesforce(SalesforceError::Refused { code, message, fields })) = &written {
            let user = self.salesforce.username();
            tracing::warn!(code, ?fields, user, error = message, "Salesforce does not let the integration user write");
            end = End::Stopped(Trouble::not_written(message.clone()));
            agreed.base = None;
            // The org may not take a value of Partner Center's; of the referral it should know all the same.
            if facts != notes {
                written = self.write_notes(&scene, &end, &facts).await;
            }
        }
        let as_written = match written {
            Ok(Some(update)) => self.read_back(lease, &settings, &mut record, update).await?,
            Ok(None) => true,
            Err(Failure::Salesforce(SalesforceError::Refused { .. })) => {
                agreed.told.clone_from(&link.told);
                true
            }
            // The link is told by whoever ends the run, as of a record that could not be read.
            Err(failure) => return Err(failure),
        };
        let moved = !as_written || notes.fields.iter().any(|(name, _)| name == "StageName");
        let moved = moved && !matches!(end, End::Stopped(_));
        let failed = self.conclude(lease, &end, agreed, &mut link).await?;
        let due = next_look(failed, expiry(&seen, self.clock.now()));
        let kept = Kept {
            key,
            link: Some(&link),
            pending_since: self.store.pending_since(key).await?,
            noticed: None,
            due_at: failed,
            locale: &settings.locale,
            link_template: &self.link_template,
            now: self.clock.now(),
        };
        let seen = Some(&seen).filter(|seen| !seen.is_half);
        let sources = Sources { kept, record: &record, settings: &settings, seen };
        let pair = Box::new(PairState::of(&sources).map_err(unreadable)?);
        let reason = link.reason.as_ref().map(|reason| reason.code.as_str());
        tracing::info!(state = end.state().api_value(), reason, "reconciled");
        let report = match end {
            End::NeedsYou(findings) => Report::NotReady { pair, findings: findings.views },
            _ => Report::Pair(pair),
        };
        Ok(Round { report, due, moved })
    }

    /// A record that was made of a referral that came in is looked at only once both are joined: before that nobody knows what they
    /// agreed on, and a stage that the seller has moved already would look like one that was never agreed to.
    async fn await_joining(&self, record: &Value) -> Result<(), Failure> {
        let engagement = record.get(salesforce::field::ENGAGEMENT_ID).and_then(Value::as_str).and_then(EngagementId::parse);
        let Some(engagement) = engagement else { return Ok(()) };
        // Of one whose list nobody could read yet nothing was made.
        if self.store.inbound(&engagement).await?.is_none_or(|inbound| inbound.referral_id.is_empty()) {
            return Ok(());
        }
        self.store.wake(&engagement, self.clock.now()).await?;
        Err(Failure::Busy("the referral that it was made of is being joined to it"))
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

    /// Writes what there is to say. `None` when there is nothing.
    async fn write_notes(&self, scene: &Scene<'_>, end: &End, notes: &Notes) -> Result<Option<Map<String, Value>>, Failure> {
        if !worth_writing(end, scene.record) {
            return Ok(None);
        }
        let kept = trail::due(&scene.link.told, scene.record).into_iter().map(|told| &told.line);
        let lines: Vec<String> = kept.chain(&notes.told).cloned().collect();
        let reason = recorded_reason(end, scene.seen.own.is_some(), &scene.link.language);
        let now = moment::of_clock(self.clock.now());
        let closing = Closing { state: end.state(), reason: &reason, trail: &lines, now };
        let plain = record_update(scene.record, &notes.fields, &closing);
        let mut marked = plain.clone();
        mark_name(&mut marked, scene.record, end.state(), scene.settings);
        let is_marked = marked != plain;
        match self.write(scene, marked).await {
            // An org's rule about names must not cost the values that come with the mark.
            Err(Failure::Salesforce(SalesforceError::Refused { code, message, fields }))
                if is_marked && (fields.is_empty() || fields.iter().any(|field| field == "Name")) =>
            {
                tracing::warn!(code, error = message, "Salesforce may not take the mark in the name; leaving the name as it is");
                self.write(scene, plain).await
            }
            other => other,
        }
    }

    async fn write(&self, scene: &Scene<'_>, update: Map<String, Value>) -> Result<Option<Map<String, Value>>, Failure> {
        if update.is_empty() {
            return Ok(None);
        }
        let in_time = self.renew(scene.lease).await?;
        let read_at = scene.record.get("LastModifiedDate").and_then(Value::as_str).and_then(wire_time::read);
        self.salesforce.update(&scene.lease.key, &update, read_at, in_time).await?;
        Ok(Some(update))
    }

    /// Keeps `record` as Salesforce has it after a write, and which version the write made, so that the feed does not take it for
    /// somebody else's. `false` when the record is not what it should be: both sides are made equal from there once more.
    async fn read_back(
        &self,
        lease: &Lease<SalesforceId>,
        settings: &Settings,
        record: &mut Value,
        update: Map<String, Value>,
    ) -> Result<bool, Failure> {
        let held = match self.salesforce.opportunity(&lease.key, settings).await {
            Ok(held) => held,
            Err(error) => {
                // It is written all the same. The feed will bring it, and another run will find nothing to do.
                tracing::info!(%error, "what was written cannot be read back");
                merge(record, update);
                return Ok(true);
            }
        };
        let surprises = read_back::surprises(record, &update, &held);
        if !surprises.is_empty() {
            tracing::info!(fields = ?surprises, "the record holds something else than was written");
        }
        // What the org made of our own values is still our own write; anything else is somebody's change that the feed must bring.
        let is_ours = surprises.iter().all(|name| update.contains_key(*name)) && self.salesforce.is_ours(&held).await?;
        let as_written = surprises.is_empty();
        if let Some(version) = version_of(&held).filter(|_| is_ours) {
            self.store.keep_written_version(lease, &version).await?;
        }
        *record = held;
        Ok(as_written)
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
            End::NotShared => (None, None),
            End::InStep(apart) => (apart.as_ref().map(differing), None),
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
        self.store.conclude(lease, end.state(), reason.as_ref(), Some(&agreed), self.clock.now()).await?;
        self.store.note_standing(lease, end.state(), self.clock.now()).await?;
        link.state = end.state();
        link.reason = reason;
        link.held = agreed.held.or_else(|| link.held.take());
        Ok(due)
    }
}

/// The sooner of two looks: after what stood in the way, and once an answer can be due no more.
fn next_look(failed: Option<OffsetDateTime>, expiry: Option<OffsetDateTime>) -> Option<Due> {
    match (failed, expiry) {
        (Some(failed), expiry) => Some(Due::Failed(expiry.map_or(failed, |expiry| failed.min(expiry)))),
        (None, expiry) => expiry.map(Due::Waits),
    }
}

/// When to look whether an answer that is waited for, ours or Microsoft's, has come too late: Partner Center closes the referral by
/// itself then, and may not say so.
fn expiry(seen: &Seen, now: OffsetDateTime) -> Option<OffsetDateTime> {
    let waits = |referral: &&Referral| referral.standing().is_some_and(Standing::waits);
    let both = seen.own.iter().chain(&seen.microsoft).filter(waits);
    let first = both.filter_map(|referral| wire_time::read(referral.expiration_date_time.as_deref()?)).min()?;
    Some(if first + EXPIRY_MARGIN > now { first + EXPIRY_MARGIN } else { now + EXPIRY_LATE })
}

/// The sentence for the record, in the language of its audit trail.
fn recorded_reason(end: &End, shared: bool, language: &str) -> String {
    match end {
        End::NotShared => String::new(),
        End::InStep(apart) => {
            apart.as_ref().map(|apart| words::sentence(apart.key(), apart.detail(), language)).unwrap_or_default()
        }
        End::NeedsYou(findings) => words::not_ready(&findings.first, findings.blocking, shared, language),
        End::Stopped(trouble) => words::sentence(trouble.code, &trouble.detail, language),
    }
}

/// Why both sides differ although nothing is left to do.
fn differing(apart: &Apart) -> Reason {
    Reason { code: apart.key().to_owned(), detail: apart.detail().to_owned(), until: None }
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

#[cfg(test)]
mod record_tests;

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 14:00 UTC);

    fn referral(status: &str, substatus: &str, expires: &str) -> Referral {
        let expires = Some(expires).filter(|text| !text.is_empty());
        Referral::try_from(json!({ "status": status, "substatus": substatus, "expirationDateTime": expires })).unwrap()
    }

    #[test]
    fn an_answer_that_is_waited_for_is_looked_at_once_its_time_is_over() {
        let (soon, later) = ("2026-11-24T00:00:00.1234567Z", "2026-12-01T00:00:00Z");
        let cases = [
            (
                referral("New", "Pending", soon),
                referral("New", "Received", later),
                Some(datetime!(2026-11-24 00:01:00.1234567 UTC)),
            ),
            (referral("Active", "Accepted", soon), referral("New", "Pending", later), Some(datetime!(2026-12-01 00:01 UTC))),
            (referral("Active", "Accepted", ""), referral("Closed", "Expired", soon), None),
            (referral("New", "Pending", ""), referral("New", "Pending", "soon"), None),
            (referral("New", "Pending", "2026-11-22T13:58:00Z"), referral("New", "Pending", later), Some(NOW + EXPIRY_LATE)),
        ];
        for (own, microsoft, expected) in cases {
            let words = own.status_words();
            let seen = Seen { own: Some(own), microsoft: Some(microsoft), ..Seen::default() };
            assert_eq!(expiry(&seen, NOW), expected, "{words}");
        }
        assert_eq!(expiry(&Seen::default(), NOW), None);
    }

    #[test]
    fn what_stands_in_the_way_is_looked_at_no_later_than_what_expires() {
        let (early, late) = (NOW, NOW + EXPIRY_LATE);
        let cases = [
            (None, None, None),
            (None, Some(late), Some(Due::Waits(late))),
            (Some(early), Some(late), Some(Due::Failed(early))),
            (Some(late), Some(early), Some(Due::Failed(early))),
            (Some(late), None, Some(Due::Failed(late))),
        ];
        for (failed, expires, expected) in cases {
            assert_eq!(next_look(failed, expires), expected);
        }
    }
}
