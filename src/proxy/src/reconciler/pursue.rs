//! One pursuit: look at Partner Center, ask the rules for the next step, take it, until nothing is left or something
//! stands in the way. It must not know Salesforce.

use std::collections::BTreeMap;
use std::time::Duration;

use cosell_rules::model::Opportunity;
use cosell_rules::reconcile::{Apart, Base, Known, State, sort_out};
use cosell_rules::referral::Referral;
use time::OffsetDateTime;

use super::decide::{self, Action, Deal, Decision, Findings, Notes, Outcome, Patch, Rest, Seen};
use super::trouble::Trouble;
use super::{Failure, Reconciler, trail};
use crate::ids::SalesforceId;
use crate::partner_center::{PartnerCenterError, Search};
use crate::store::{Attempt, Lease, Link, Side, StoreError, Told};

/// More steps than any plan has: what comes after that goes in circles.
const MOST_STEPS: usize = 8;

/// How a pursuit ended.
#[derive(Debug)]
pub(super) enum End {
    /// The seller has not chosen to share.
    NotShared,
    /// Both sides agree, or all that differs has a reason that cannot be helped.
    InStep(Option<Apart>),
    /// The deal has findings.
    NeedsYou(Findings),
    /// Something else is in the way.
    Stopped(Trouble),
}

impl End {
    pub(super) fn state(&self) -> State {
        match self {
            Self::NotShared => State::NotShared,
            Self::InStep(_) => State::InStep,
            Self::NeedsYou(_) => State::NeedsYou,
            Self::Stopped(trouble) => trouble.state,
        }
    }
}

/// A pursuit that is over, and what it leaves for the record.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) end: End,
    pub(super) notes: Notes,
    /// What of it may be written if the org does not take all of it.
    pub(super) facts: Notes,
    /// What both sides agree on once the record is written; `None` where that is not known.
    pub(super) base: Option<Base>,
    /// What Partner Center holds, by path; `None` where there is no referral.
    pub(super) held: Option<BTreeMap<String, String>>,
}

/// Why a step was not taken.
enum Stop {
    Trouble(Trouble),
    Failure(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl Reconciler {
    /// Brings Partner Center to where the opportunity wants it. What was seen is kept in `seen` even if it ends early.
    pub(super) async fn pursue(
        &self,
        lease: &Lease<SalesforceId>,
        deal: &Deal<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<Ended, Failure> {
        match self.take_steps(lease, deal, link, seen).await {
            Ok(Rest { outcome, notes, facts, base, held }) => {
                let end = match outcome {
                    Outcome::NotShared => End::NotShared,
                    Outcome::InStep(apart) => End::InStep(apart),
                    Outcome::NeedsYou(findings) => End::NeedsYou(findings),
                };
                let shared = seen.own.is_some();
                Ok(Ended { end, notes, facts, base: shared.then_some(base), held: shared.then_some(held) })
            }
            // What came of the steps before goes to the record all the same; values wait until both sides can be made equal.
            Err(Stop::Trouble(trouble)) => {
                let facts = deal.facts(seen);
                let held = seen.own.is_some().then(|| deal.held(seen, link.base.as_ref(), self.clock.now()));
                Ok(Ended { end: End::Stopped(trouble), notes: facts.clone(), facts, base: None, held })
            }
            Err(Stop::Failure(failure)) => Err(failure),
        }
    }

    async fn take_steps(
        &self,
        lease: &Lease<SalesforceId>,
        deal: &Deal<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<Rest, Stop> {
        self.look(lease, deal.opportunity, link, seen).await?;
        let mut done: Option<Patch> = None;
        for _ in 0..MOST_STEPS {
            self.renew(lease).await?;
            self.settled(link, seen)?;
            link.told = trail::resolved(std::mem::take(&mut link.told), seen.own.as_ref());
            seen.answered = trail::moved_to(&link.told);
            let step = match decide::decide(deal, seen, link.base.as_ref(), self.clock.now()) {
                Decision::Take(step) => step,
                Decision::Rest(rest) => return Ok(*rest),
            };
            match step.action {
                Action::CreateOwn(_) if self.find_forgotten(lease, deal.opportunity, link, seen).await? => {}
                Action::CreateOwn(document) => {
                    // What it holds once it is created, on disk before: afterwards nobody may be left to say so.
                    self.agree(lease, step.base, link).await?;
                    self.create(Side::Own, &document, lease, deal.opportunity, link, seen).await?;
                }
                Action::CreateMicrosoft(document) => {
                    self.create(Side::Microsoft, &document, lease, deal.opportunity, link, seen).await?;
                }
                Action::Patch(patch) => {
                    // It was taken, and nothing came of it: once more would not help.
                    if done.as_ref().is_some_and(|done| done.operations == patch.operations) {
                        return Err(halt(Trouble::contradiction()));
                    }
                    let was_done = self.change(&patch, (step.told, step.base), lease, deal, link, seen).await?;
                    done = was_done.then_some(patch);
                }
            }
        }
        Err(halt(Trouble::contradiction()))
    }

    /// Looks at everything of this opportunity on Microsoft's side.
    async fn look(
        &self,
        lease: &Lease<SalesforceId>,
        opportunity: &Opportunity<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<(), Stop> {
        if seen.own.is_none() {
            seen.own = self.look_for_own(lease, opportunity, link, seen).await?;
        }
        let Some(own) = &seen.own else { return Ok(()) };
        seen.is_half = true;
        let siblings = self.partner_center.engagement(&own.engagement_id).await.map_err(|error| self.stop(error))?;
        let known = Known { own: Some(&own.id), microsoft: link.microsoft_referral_id.as_deref() };
        let (_, listed) = sort_out(&siblings, opportunity, known);
        let microsoft = match (listed, &link.microsoft_referral_id) {
            (Some(listed), _) => Some(listed.clone()),
            // A list may lag behind; the referral itself does not.
            (None, Some(known)) => {
                let held = self.partner_center.get(known).await.map_err(|error| self.stop(error))?;
                Some(held.ok_or_else(|| halt(Trouble::gone()))?)
            }
            (None, None) => None,
        };
        if let Some(microsoft) = microsoft.as_ref().filter(|it| link.microsoft_referral_id.as_ref() != Some(&it.id)) {
            self.remember(lease, Side::Microsoft, microsoft, link).await?;
        }
        seen.microsoft = microsoft;
        seen.is_half = false;
        Ok(())
    }

    /// Our referral: by its id where it is known, else among our recent ones if a create was ever sent.
    async fn look_for_own(
        &self,
        lease: &Lease<SalesforceId>,
        opportunity: &Opportunity<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<Option<Referral>, Stop> {
        let known = link.referral_id.clone().or_else(|| opportunity.link.referral_id.map(str::to_owned));
        if let Some(id) = known {
            let own = self.partner_center.get(&id).await.map_err(|error| self.stop(error))?;
            let own = own.ok_or_else(|| halt(Trouble::gone()))?;
            if link.referral_id.is_none() {
                // The record's word alone: it may have been copied or imported with another deal's identifier.
                if self.is_foreign(&lease.key, &own).await? {
                    return Err(halt(Trouble::foreign()));
                }
                self.remember(lease, Side::Own, &own, link).await?;
            }
            return Ok(Some(own));
        }
        let Some(attempt) = link.own_attempt else { return Ok(None) };
        let since = attempt.intent - self.config.lookup_margin;
        let (own, unfinished) = self.search(since, lease, opportunity, link).await?;
        seen.search_unfinished = unfinished;
        if let Some(own) = &own {
            tracing::info!(referral = own.id, "found a referral whose create was never confirmed");
        }
        Ok(own)
    }

    /// Whether a referral that only the record names belongs to another opportunity: it says so itself, or the store does.
    pub(super) async fn is_foreign(&self, key: &SalesforceId, own: &Referral) -> Result<bool, StoreError> {
        if own.external_reference_id.as_deref().is_some_and(|id| id != key.as_str()) {
            return Ok(true);
        }
        Ok(self.store.opportunity_of_referral(&own.id).await?.is_some_and(|owner| owner != *key))
    }

    /// Our referral among those that we created at `since` or later, by the opportunity's id that it carries; kept when it is
    /// found. The flag says that the search did not reach back that far.
    async fn search(
        &self,
        since: OffsetDateTime,
        lease: &Lease<SalesforceId>,
        opportunity: &Opportunity<'_>,
        link: &mut Link,
    ) -> Result<(Option<Referral>, bool), Stop> {
        let (recent, unfinished) = match self.partner_center.own_since(since).await.map_err(|error| self.stop(error))? {
            Search::Complete(recent) => (recent, false),
            Search::Unfinished(recent) => (recent, true),
        };
        let (own, _) = sort_out(&recent, opportunity, Known::default());
        if let Some(own) = own {
            self.remember(lease, Side::Own, own, link).await?;
        }
        Ok((own.cloned(), unfinished))
    }

    /// Looks for a referral of ours that our store knows nothing of: it was lost, or another proxy made it. Once for each
    /// opportunity, before its first create; afterwards the store knows when to look.
    async fn find_forgotten(
        &self,
        lease: &Lease<SalesforceId>,
        opportunity: &Opportunity<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<bool, Stop> {
        if link.own_attempt.is_some() || self.config.first_look.is_zero() {
            return Ok(false);
        }
        let since = self.clock.now() - self.config.first_look;
        (seen.own, _) = self.search(since, lease, opportunity, link).await?;
        let Some(own) = &seen.own else { return Ok(false) };
        tracing::warn!(referral = own.id, "found a referral that the store did not know");
        self.look(lease, opportunity, link, seen).await?;
        Ok(true)
    }

    /// Nothing is concluded and nothing created while a create of ours may still turn out to have been done: whatever the
    /// seller has changed meanwhile.
    fn settled(&self, link: &Link, seen: &Seen) -> Result<(), Stop> {
        let now = self.clock.now();
        let rest = [Side::Own, Side::Microsoft]
            .into_iter()
            .filter_map(|side| link.attempt(side))
            .filter(|attempt| attempt.open)
            .filter_map(|attempt| Duration::try_from(attempt.last + self.config.settle - now).ok())
            .max()
            .filter(|rest| !rest.is_zero());
        match rest {
            Some(rest) => Err(halt(Trouble::unclear(rest))),
            None if seen.search_unfinished && seen.own.is_none() => Err(halt(Trouble::unclear(self.config.settle))),
            None => Ok(()),
        }
    }

    /// Sends a create, its intent on disk before. An unclear outcome is looked into at once.
    async fn create(
        &self,
        side: Side,
        document: &str,
        lease: &Lease<SalesforceId>,
        opportunity: &Opportunity<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<(), Stop> {
        self.partner_center.ready().await.map_err(|error| self.stop(error))?;
        let in_time = self.renew(lease).await?;
        let now = self.clock.now();
        self.store.intend(lease, side, now).await?;
        let intent = link.attempt(side).map_or(now, |attempt| attempt.intent);
        *link.attempt_mut(side) = Some(Attempt { intent, last: now, open: true });
        match self.partner_center.create(document, in_time).await {
            Ok(created) => {
                self.remember(lease, side, &created, link).await?;
                match side {
                    Side::Own => seen.own = Some(created),
                    Side::Microsoft => seen.microsoft = Some(created),
                }
                Ok(())
            }
            Err(error @ PartnerCenterError::Unclear { .. }) => {
                tracing::warn!(%error, "a create was not confirmed; looking for it");
                let now = self.clock.now();
                self.store.unanswered(lease, side, now).await?;
                *link.attempt_mut(side) = Some(Attempt { intent, last: now, open: true });
                self.look(lease, opportunity, link, seen).await?;
                let found = match side {
                    Side::Own => seen.own.is_some(),
                    Side::Microsoft => seen.microsoft.is_some(),
                };
                if found { Ok(()) } else { Err(Stop::Trouble(Trouble::unclear(self.config.settle))) }
            }
            Err(error) => {
                self.store.nothing_done(lease, side, self.clock.now()).await?;
                if side == Side::Microsoft {
                    return Err(self.stop_change(error));
                }
                self.agree(lease, Base::default(), link).await?;
                Err(self.stop(error))
            }
        }
    }

    /// Changes our referral and reads it again. What the trail tells of it is on disk before. `false` when somebody else was
    /// faster: then nothing was done, and what to do is to be decided anew.
    async fn change(
        &self,
        patch: &Patch,
        (lines, base): (Vec<String>, Base),
        lease: &Lease<SalesforceId>,
        deal: &Deal<'_>,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<bool, Stop> {
        let Some(own) = &seen.own else { return Err(halt(Trouble::contradiction())) };
        self.partner_center.ready().await.map_err(|error| self.stop(error))?;
        let in_time = self.renew(lease).await?;
        // One that was begun before from the same version may still arrive. Of the same change the same is told.
        let before = link.told.clone();
        let mut told = trail::without(&before, patch);
        told.extend(trail::kept(lines, patch, deal.record));
        self.tell(lease, told, link).await?;
        let outcome = self.partner_center.patch(&own.id, patch.if_match.as_deref(), &patch.operations, in_time).await;
        let was_done = match outcome {
            Ok(()) => {
                // Before it is read again, which may fail: else what somebody changes there next would look like a conflict.
                self.agree(lease, base, link).await?;
                self.tell(lease, trail::certain(link.told.clone(), patch), link).await?;
                true
            }
            Err(PartnerCenterError::Changed) => false,
            // It may have been done: the next look tells by the version.
            Err(error @ PartnerCenterError::Unavailable { .. }) => return Err(self.stop(error)),
            Err(error) => {
                self.tell(lease, before, link).await?;
                return Err(self.stop_change(error));
            }
        };
        if !was_done {
            self.tell(lease, before, link).await?;
        }
        let changed = self.partner_center.get(&own.id).await.map_err(|error| self.stop(error))?;
        seen.own = Some(changed.ok_or_else(|| halt(Trouble::gone()))?);
        Ok(was_done)
    }

    async fn agree(&self, lease: &Lease<SalesforceId>, base: Base, link: &mut Link) -> Result<(), Stop> {
        self.store.agree(lease, &base, self.clock.now()).await?;
        link.base = Some(base);
        Ok(())
    }

    async fn tell(&self, lease: &Lease<SalesforceId>, told: Vec<Told>, link: &mut Link) -> Result<(), Stop> {
        if told != link.told {
            self.store.tell(lease, &told, self.clock.now()).await?;
            link.told = told;
        }
        Ok(())
    }

    /// Keeps the ids of a referral, before anything else is done with it.
    async fn remember(&self, lease: &Lease<SalesforceId>, side: Side, referral: &Referral, link: &mut Link) -> Result<(), Stop> {
        self.store.found(lease, side, &referral.id, &referral.engagement_id, self.clock.now()).await?;
        link.engagement_id = Some(referral.engagement_id.clone());
        *link.attempt_mut(side) = None;
        match side {
            Side::Own => link.referral_id = Some(referral.id.clone()),
            Side::Microsoft => link.microsoft_referral_id = Some(referral.id.clone()),
        }
        Ok(())
    }

    /// Stops at a deal that Partner Center has.
    fn stop_change(&self, error: PartnerCenterError) -> Stop {
        match self.stop(error) {
            Stop::Trouble(trouble) => Stop::Trouble(trouble.of_a_change()),
            failure @ Stop::Failure(_) => failure,
        }
    }

    fn stop(&self, error: PartnerCenterError) -> Stop {
        tracing::warn!(%error, "a call to Partner Center has no result");
        match Trouble::from_partner_center(error, self.config.settle) {
            Ok(trouble) => Stop::Trouble(trouble),
            Err(error) => Stop::Failure(error.into()),
        }
    }
}

/// Stops at something that no call failed with; what a call failed with is logged with its words.
fn halt(trouble: Trouble) -> Stop {
    tracing::warn!(code = trouble.code, "what Partner Center holds does not let us go on");
    Stop::Trouble(trouble)
}
