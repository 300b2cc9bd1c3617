//! One pursuit: look at Partner Center, ask the rules for the next step, take it, until nothing is left or something
//! stands in the way. It must not know Salesforce.

use std::time::Duration;

use cosell_rules::audit::State;
use cosell_rules::finding::Finding;
use cosell_rules::model::{Opportunity, Settings};
use cosell_rules::plan::{self, Known, Next, Observed};
use cosell_rules::referral::{CreateReferral, PatchOperation, Referral};
use time::OffsetDateTime;

use super::trouble::Trouble;
use super::{Failure, Reconciler};
use crate::ids::SalesforceId;
use crate::partner_center::{PartnerCenterError, Search};
use crate::store::{Attempt, Lease, Link, Side};

/// More steps than any plan has: what comes after that goes in circles.
const MOST_STEPS: usize = 8;

/// What Partner Center holds for the opportunity, as far as it was seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) own: Option<Referral>,
    pub(super) microsoft: Option<Referral>,
    // The search for our referral did not reach back far enough to say that there is none.
    search_unfinished: bool,
}

/// How a pursuit ended.
#[derive(Debug)]
pub(super) enum End {
    /// The seller has not chosen to share.
    NotShared,
    /// Both sides agree.
    InStep,
    /// The deal has findings.
    NeedsYou(Vec<Finding>),
    /// Something else is in the way.
    Stopped(Trouble),
}

impl End {
    pub(super) fn state(&self) -> State {
        match self {
            Self::NotShared => State::NotShared,
            Self::InStep => State::InStep,
            Self::NeedsYou(_) => State::NeedsYou,
            Self::Stopped(trouble) => trouble.state,
        }
    }
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

impl From<crate::store::StoreError> for Stop {
    fn from(error: crate::store::StoreError) -> Self {
        Self::Failure(error.into())
    }
}

impl Reconciler {
    /// Brings Partner Center to where the opportunity wants it. What was seen is kept in `seen` even if it ends early.
    pub(super) async fn pursue(
        &self,
        lease: &Lease,
        opportunity: &Opportunity,
        settings: &Settings,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<End, Failure> {
        match self.take_steps(lease, opportunity, settings, link, seen).await {
            Ok(end) => Ok(end),
            Err(Stop::Trouble(trouble)) => Ok(End::Stopped(trouble)),
            Err(Stop::Failure(failure)) => Err(failure),
        }
    }

    async fn take_steps(
        &self,
        lease: &Lease,
        opportunity: &Opportunity,
        settings: &Settings,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<End, Stop> {
        self.look(&lease.key, opportunity, link, seen).await?;
        for _ in 0..MOST_STEPS {
            self.renew(lease).await?;
            self.settled(link, seen)?;
            let observed = Observed { opportunity, own: seen.own.as_ref(), microsoft: seen.microsoft.as_ref() };
            let today = self.clock.now().date();
            match plan::next(&observed, settings, today) {
                Next::NotShared => return Ok(End::NotShared),
                Next::InStep => return Ok(End::InStep),
                Next::NeedsYou(findings) => return Ok(End::NeedsYou(findings)),
                Next::CreateOwn(_) if self.find_forgotten(&lease.key, opportunity, link, seen).await? => {}
                Next::CreateOwn(document) => self.create(Side::Own, &document, lease, opportunity, link, seen).await?,
                Next::CreateMicrosoft(document) => {
                    self.create(Side::Microsoft, &document, lease, opportunity, link, seen).await?;
                }
                Next::ShowToMicrosoft(operations) => self.change(&operations, seen).await?,
            }
        }
        Err(halt(Trouble::contradiction()))
    }

    /// Looks at everything of this opportunity on Microsoft's side.
    async fn look(&self, key: &SalesforceId, opportunity: &Opportunity, link: &mut Link, seen: &mut Seen) -> Result<(), Stop> {
        if seen.own.is_none() {
            seen.own = self.look_for_own(key, opportunity, link, seen).await?;
        }
        let Some(own) = &seen.own else { return Ok(()) };
        let siblings = self.partner_center.engagement(&own.engagement_id).await.map_err(|error| self.stop(error))?;
        let known = Known { own: Some(&own.id), microsoft: link.microsoft_referral_id.as_deref() };
        let (_, listed) = plan::sort_out(&siblings, opportunity, known);
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
            self.remember(key, Side::Microsoft, microsoft, link).await?;
        }
        seen.microsoft = microsoft;
        Ok(())
    }

    /// Our referral: by its id where it is known, else among our recent ones if a create was ever sent.
    async fn look_for_own(
        &self,
        key: &SalesforceId,
        opportunity: &Opportunity,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<Option<Referral>, Stop> {
        let known = link.referral_id.clone().or_else(|| opportunity.link.referral_id.clone());
        if let Some(id) = known {
            let own = self.partner_center.get(&id).await.map_err(|error| self.stop(error))?;
            let own = own.ok_or_else(|| halt(Trouble::gone()))?;
            if link.referral_id.is_none() {
                // The record's word alone: it may have been copied or imported with another deal's identifier.
                if own.external_reference_id.as_ref().is_some_and(|id| *id != opportunity.id) {
                    return Err(halt(Trouble::foreign()));
                }
                self.remember(key, Side::Own, &own, link).await?;
            }
            return Ok(Some(own));
        }
        let Some(attempt) = link.own_attempt else { return Ok(None) };
        let since = attempt.intent - self.config.lookup_margin;
        let (own, unfinished) = self.search(since, key, opportunity, link).await?;
        seen.search_unfinished = unfinished;
        if let Some(own) = &own {
            tracing::info!(referral = own.id, "found a referral whose create was never confirmed");
        }
        Ok(own)
    }

    /// Our referral among those that we created at `since` or later, by the opportunity's id that it carries; kept when it is
    /// found. The flag says that the search did not reach back that far.
    async fn search(
        &self,
        since: OffsetDateTime,
        key: &SalesforceId,
        opportunity: &Opportunity,
        link: &mut Link,
    ) -> Result<(Option<Referral>, bool), Stop> {
        let (recent, unfinished) = match self.partner_center.own_since(since).await.map_err(|error| self.stop(error))? {
            Search::Complete(recent) => (recent, false),
            Search::Unfinished(recent) => (recent, true),
        };
        let (own, _) = plan::sort_out(&recent, opportunity, Known::default());
        if let Some(own) = own {
            self.remember(key, Side::Own, own, link).await?;
        }
        Ok((own.cloned(), unfinished))
    }

    /// Looks for a referral of ours that our store knows nothing of: it was lost, or another proxy made it. Once for each
    /// opportunity, before its first create; afterwards the store knows when to look.
    async fn find_forgotten(
        &self,
        key: &SalesforceId,
        opportunity: &Opportunity,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<bool, Stop> {
        if link.own_attempt.is_some() || self.config.first_look.is_zero() {
            return Ok(false);
        }
        let since = self.clock.now() - self.config.first_look;
        (seen.own, _) = self.search(since, key, opportunity, link).await?;
        let Some(own) = &seen.own else { return Ok(false) };
        tracing::warn!(referral = own.id, "found a referral that the store did not know");
        self.look(key, opportunity, link, seen).await?;
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
        document: &CreateReferral,
        lease: &Lease,
        opportunity: &Opportunity,
        link: &mut Link,
        seen: &mut Seen,
    ) -> Result<(), Stop> {
        let key = &lease.key;
        self.partner_center.ready().await.map_err(|error| self.stop(error))?;
        let now = self.clock.now();
        self.store.intend(key, side, now).await?;
        let intent = link.attempt(side).map_or(now, |attempt| attempt.intent);
        *link.attempt_mut(side) = Some(Attempt { intent, last: now, open: true });
        match self.partner_center.create(document).await {
            Ok(created) => {
                self.remember(key, side, &created, link).await?;
                match side {
                    Side::Own => seen.own = Some(created),
                    Side::Microsoft => seen.microsoft = Some(created),
                }
                Ok(())
            }
            Err(error @ PartnerCenterError::Unclear { .. }) => {
                tracing::warn!(%error, "a create was not confirmed; looking for it");
                let now = self.clock.now();
                self.store.unanswered(key, side, now).await?;
                *link.attempt_mut(side) = Some(Attempt { intent, last: now, open: true });
                self.look(key, opportunity, link, seen).await?;
                let found = match side {
                    Side::Own => seen.own.is_some(),
                    Side::Microsoft => seen.microsoft.is_some(),
                };
                if found { Ok(()) } else { Err(Stop::Trouble(Trouble::unclear(self.config.settle))) }
            }
            Err(error) => {
                self.store.nothing_done(key, side, self.clock.now()).await?;
                Err(self.stop(error))
            }
        }
    }

    /// Changes our referral and reads it again, also when somebody else was faster.
    async fn change(&self, operations: &[PatchOperation], seen: &mut Seen) -> Result<(), Stop> {
        let Some(own) = &seen.own else { return Err(halt(Trouble::contradiction())) };
        match self.partner_center.patch(own, operations).await {
            Ok(()) | Err(PartnerCenterError::Changed) => {}
            Err(error) => return Err(self.stop(error)),
        }
        let changed = self.partner_center.get(&own.id).await.map_err(|error| self.stop(error))?;
        seen.own = Some(changed.ok_or_else(|| halt(Trouble::gone()))?);
        Ok(())
    }

    /// Keeps the ids of a referral, before anything else is done with it.
    async fn remember(&self, key: &SalesforceId, side: Side, referral: &Referral, link: &mut Link) -> Result<(), Stop> {
        self.store.found(key, side, &referral.id, &referral.engagement_id, self.clock.now()).await?;
        link.engagement_id = Some(referral.engagement_id.clone());
        *link.attempt_mut(side) = None;
        match side {
            Side::Own => link.referral_id = Some(referral.id.clone()),
            Side::Microsoft => link.microsoft_referral_id = Some(referral.id.clone()),
        }
        Ok(())
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
