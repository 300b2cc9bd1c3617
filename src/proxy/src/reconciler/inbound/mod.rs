//! What comes from Partner Center: an engagement without an opportunity becomes one, or a lead, or nothing. Exactly once, whoever
//! dies in between: the identifier of our referral is unique in Salesforce, so what was made is found again by it. It must not
//! know what the records are made of; the rules do.

mod extras;
mod lag;
mod leads;
mod make;

use cosell_rules::inbound::{Aside, Intake, Kind, Org, classify, holds};
use cosell_rules::moment;
use cosell_rules::reconcile::{Base, Known, State, sort_out};
use cosell_rules::referral::Referral;
use cosell_rules::settings::Settings;
use time::OffsetDateTime;
use tracing::Instrument;

pub(super) use self::lag::Lag;
use super::{Due, Failure, Reconciler, setback, words};
use crate::ids::SalesforceId;
use crate::salesforce::{Features, SalesforceError};
use crate::store::{EngagementId, Lease, Reason, Side, Told, WorkKey};

/// Language of what is told before a seller has come.
const LANGUAGE: &str = "en";

/// Why an engagement is not in Salesforce yet although nothing failed.
#[derive(Debug)]
enum Obstacle {
    /// Something that an administrator must mend; it is looked at again now and then.
    Reason(Reason),
    /// The same, and nothing changes before somebody asks for another look.
    Settled(Reason),
    /// A failure, which says itself when to look again.
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for Obstacle {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

impl Obstacle {
    fn reason(code: &str, detail: impl Into<String>) -> Self {
        Self::Reason(Reason { code: code.to_owned(), detail: detail.into(), until: None })
    }

    /// A record that is gone ends the work on that record, never on what came in: somebody must see that it waits.
    fn or_gone(self) -> Self {
        match self {
            Self::Failure(Failure::Salesforce(error @ SalesforceError::Gone)) => {
                Self::reason(words::INBOUND_REFUSED, error.to_string())
            }
            other => other,
        }
    }

    /// What the referral became was deleted by somebody, who knew why.
    fn deleted() -> Self {
        Self::Settled(Reason { code: words::INBOUND_DELETED.to_owned(), detail: String::new(), until: None })
    }

    /// What Salesforce refuses is for people to mend; the rest passes or is mended elsewhere.
    fn of(error: SalesforceError) -> Self {
        match error {
            SalesforceError::Refused { message, .. } => Self::reason(words::INBOUND_REFUSED, message),
            SalesforceError::Settings(error) => Self::reason(words::SETTINGS_UNREADABLE, error.text()),
            other => Self::Failure(other.into()),
        }
    }
}

/// What was seen of an engagement, and of the org.
#[derive(Debug)]
struct Sight {
    referrals: Vec<Referral>,
    settings: Settings,
    features: std::sync::Arc<Features>,
    now: OffsetDateTime,
}

impl Sight {
    /// Calls `with` for our referral with all that its records are made of.
    fn intake<R>(&self, own: &Referral, link_template: &str, with: impl FnOnce(&Intake<'_>) -> R) -> R {
        let known = Known { own: Some(&own.id), microsoft: None };
        let (_, microsoft) = sort_out(&self.referrals, &cosell_rules::model::Opportunity::default(), known);
        let (opportunity_has, account_has) =
            (|name: &str| self.features.opportunity_has(name), |name: &str| self.features.account_has(name));
        with(&Intake {
            own,
            microsoft,
            settings: &self.settings,
            org: Org { opportunity_has: &opportunity_has, account_has: &account_has },
            link_template,
            today: self.now.date(),
            now: moment::of_clock(self.now),
        })
    }
}

/// An engagement and its opportunity, while nobody else works on either.
struct Both<'l> {
    engagement: &'l Lease<EngagementId>,
    opportunity: Lease<SalesforceId>,
    _turn: tokio::sync::OwnedMutexGuard<()>,
}

impl Reconciler {
    /// Finds out what an engagement is in Salesforce, and makes it so. A failure is logged here; the work stays due.
    pub async fn take_in(&self, key: &EngagementId) -> Result<(), Failure> {
        let span = tracing::error_span!("inbound", engagement = %key);
        let turn = async { self.take_in_turn(key).await.inspect_err(super::log_failure) };
        turn.instrument(span).await
    }

    async fn take_in_turn(&self, key: &EngagementId) -> Result<(), Failure> {
        let _turn = self.locks.turn(&WorkKey::Engagement(*key)).await;
        let Some(lease) = self.store.lease(key, &self.owner, self.clock.now(), self.config.lease).await? else {
            return Ok(());
        };
        let mut came = None;
        let outcome = match self.arrive(&lease, &mut came).await.map_err(Obstacle::or_gone) {
            Ok(due) => Ok(((), due.map(Due::Failed))),
            Err(Obstacle::Failure(failure)) => match setback::standing(&failure) {
                Some((_, reason)) => self.obstruct(&lease, came.as_deref(), &reason).await.and(Err(failure)),
                None => Err(failure),
            },
            Err(Obstacle::Reason(reason)) => {
                log(&reason);
                let due = self.due(&lease, None);
                self.obstruct(&lease, came.as_deref(), &reason).await.map(|()| ((), Some(Due::Failed(due))))
            }
            Err(Obstacle::Settled(reason)) => {
                log(&reason);
                self.obstruct(&lease, came.as_deref(), &reason).await.map(|()| ((), None))
            }
        };
        self.end(&lease, outcome).await
    }

    /// Keeps what is in the way of an engagement, so that it is seen, be it that nobody can read what belongs to it: `came` is the
    /// referral that came in, where it was seen. Unread, it may be one of ours: it leaves the list at the first look that can tell.
    async fn obstruct(&self, lease: &Lease<EngagementId>, came: Option<&str>, reason: &Reason) -> Result<(), Failure> {
        Ok(self.store.obstruct_inbound(lease, came.unwrap_or_default(), reason, self.clock.now()).await?)
    }

    /// Says when to look again, if there is reason to. The referral that came in is kept in `came` as soon as it is seen.
    async fn arrive(&self, lease: &Lease<EngagementId>, came: &mut Option<String>) -> Result<Option<OffsetDateTime>, Obstacle> {
        let key = &lease.key;
        let engagement = key.to_string();
        let known = self.store.opportunity_of_engagement(&engagement).await?;
        // Not woken before what is left is done: whoever woke up would hold the opportunity against it, each time anew.
        if let Some(opportunity) = &known
            && self.store.inbound(key).await?.is_none()
        {
            self.store.wake(opportunity, self.clock.now()).await?;
            return Ok(None);
        }
        let referrals = self.partner_center.engagement(&engagement).await?;
        if known.is_none() {
            *came = referrals.iter().find(|it| it.is_incoming() && !it.is_microsoft()).map(|own| own.id.clone());
        }
        self.renew(lease).await?;
        let settings = self.salesforce.settings().await.map_err(Obstacle::of)?;
        let features = self.salesforce.features().await?;
        let sight = Sight { referrals, settings, features, now: self.clock.now() };
        let kind = classify(&sight.referrals, &sight.settings);
        if !matches!(kind, Kind::Aside(Aside::NotOurs)) {
            self.lag.found(key);
        } else if self.lag.missed(key) {
            tracing::info!("what has come is not listed yet; looking again");
            // That the list could not be read before is over.
            self.store.clear_inbound(lease).await?;
            return Ok(Some(self.due(lease, None)));
        }
        if known.is_none()
            && let Some((opportunity, own)) = self.made_before(key, &sight).await?
        {
            self.join(lease, &opportunity, own, None, &sight).await?;
            return Ok(None);
        }
        match (kind, known) {
            // Linked by a run that has not done all of it.
            (Kind::Opportunity(own) | Kind::Lead(own), Some(opportunity)) => {
                let both = self.hold_both(lease, &opportunity).await?;
                let outcome = self.complete(&both, own, &sight).await;
                self.let_go(both, outcome).await?;
            }
            (Kind::Aside(aside), known) => {
                tracing::info!(?aside, linked = known.is_some(), "nothing is to be made of this engagement");
                self.store.end_inbound(lease).await?;
                if let Some(opportunity) = known {
                    self.store.wake(&opportunity, self.clock.now()).await?;
                }
            }
            (Kind::Opportunity(own), None) => {
                if let Some(lead) = self.lead_of(key, own, &sight).await? {
                    self.become_of_lead(lease, &lead, own, &sight).await?;
                } else {
                    self.check_deleted(key).await?;
                    self.store.begin_inbound(lease, &own.id, self.clock.now()).await?;
                    self.become_opportunity(lease, own, &sight).await?;
                }
            }
            (Kind::Lead(own), None) => {
                self.become_lead(lease, own, &sight).await?;
            }
        }
        Ok(None)
    }

    /// The opportunity that was asked for before, and its referral: of several that came, another one may be preferred now.
    async fn made_before<'s>(
        &self,
        key: &EngagementId,
        sight: &'s Sight,
    ) -> Result<Option<(SalesforceId, &'s Referral)>, Obstacle> {
        let begun = self.store.inbound(key).await?.filter(|inbound| inbound.base.is_some());
        let own = begun.and_then(|begun| sight.referrals.iter().find(|it| it.id == begun.referral_id));
        let Some(own) = own else { return Ok(None) };
        Ok(self.salesforce.opportunity_of(&own.id).await?.map(|opportunity| (opportunity, own)))
    }

    /// Joins an opportunity and our referral, asks for a look at the pair, and adds what belongs to it. `base` is what both agree
    /// on where the opportunity was just made; else it is what was kept before it was asked for, or only that nobody has answered.
    async fn join(
        &self,
        lease: &Lease<EngagementId>,
        opportunity: &SalesforceId,
        own: &Referral,
        base: Option<Base>,
        sight: &Sight,
    ) -> Result<(), Obstacle> {
        let both = self.hold_both(lease, opportunity).await?;
        let outcome = self.join_held(&both, own, base, sight).await;
        self.let_go(both, outcome).await
    }

    async fn join_held(&self, both: &Both<'_>, own: &Referral, base: Option<Base>, sight: &Sight) -> Result<(), Obstacle> {
        self.renew_both(both).await?;
        let (lease, opportunity) = (both.engagement, &both.opportunity.key);
        let now = self.clock.now();
        let link = self.store.begin_link(opportunity, LANGUAGE, now).await?;
        if link.base.is_none() {
            let kept = self.store.inbound(&lease.key).await?.and_then(|inbound| inbound.base);
            let base = base.or(kept).unwrap_or_else(|| sight.intake(own, &self.link_template, holds));
            self.store.agree(&both.opportunity, &base, now).await?;
            // As the record was written, until the first look at the pair.
            self.store.conclude(&both.opportunity, State::InStep, None, None, now).await?;
        }
        // Last: from here on the engagement is known, and whoever takes over does only what is left.
        self.store.found(&both.opportunity, Side::Own, &own.id, &own.engagement_id, now).await?;
        self.store.clear_inbound(lease).await?;
        tracing::info!(%opportunity, referral = own.id, "a referral is an opportunity now");
        self.complete(both, own, sight).await
    }

    /// Waits until no run of the opportunity goes on, and lets none begin: what waits for the record is read and written by both.
    async fn hold_both<'l>(&self, engagement: &'l Lease<EngagementId>, opportunity: &SalesforceId) -> Result<Both<'l>, Failure> {
        let turn = self.locks.turn(&WorkKey::Opportunity(opportunity.clone())).await;
        // While it waited, the engagement may have become somebody else's.
        self.renew(engagement).await?;
        let lease = self.store.lease(opportunity, &self.owner, self.clock.now(), self.config.lease).await?;
        // Another process is at it; this work stays due.
        let busy = || Failure::Busy("another process works on the opportunity");
        Ok(Both { engagement, opportunity: lease.ok_or_else(busy)?, _turn: turn })
    }

    /// Says until when what is decided now may be sent.
    async fn renew_both(&self, both: &Both<'_>) -> Result<OffsetDateTime, Failure> {
        let in_time = self.renew(both.engagement).await?;
        self.renew(&both.opportunity).await?;
        Ok(in_time)
    }

    /// Gives the opportunity back, with the wish that somebody looks at the pair: last, so that the look finds all of it. After a
    /// failure too: else a wish from before would end with the lease.
    async fn let_go(&self, both: Both<'_>, outcome: Result<(), Obstacle>) -> Result<(), Obstacle> {
        self.store.wake(&both.opportunity.key, self.clock.now()).await?;
        self.store.done(&both.opportunity).await?;
        outcome
    }

    /// Puts lines into the trail with the next write of the record.
    async fn tell_later(&self, both: &Both<'_>, lines: Vec<String>) -> Result<(), Failure> {
        if lines.is_empty() {
            return Ok(());
        }
        self.renew_both(both).await?;
        let (opportunity, now) = (&both.opportunity.key, self.clock.now());
        let mut told = self.store.begin_link(opportunity, LANGUAGE, now).await?.told;
        told.extend(lines.into_iter().map(|line| Told { line, version: None, operations: String::new(), before: 0 }));
        self.store.tell(&both.opportunity, &told, now).await?;
        Ok(())
    }
}

/// What is in the way although nothing failed.
fn log(reason: &Reason) {
    let sentence = words::sentence(&reason.code, &reason.detail, LANGUAGE);
    tracing::warn!(code = reason.code, reason = sentence, "a referral is not taken in");
}

#[cfg(test)]
mod tests;
