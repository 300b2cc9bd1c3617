//! The heart: what is left to do so that an opportunity and its referrals agree.
//!
//! Pure and one step at a time. The caller observes both sides, asks for the [`Next`] step, takes it, and observes again; whoever
//! is killed in between simply asks again. Nothing here remembers anything, so a plan can't be replayed wrongly.

use serde_json::Value;

use crate::{
    finding::Finding,
    map,
    model::{DealType, Opportunity, Settings},
    referral::{CreateReferral, PatchOperation, Referral},
    validate::{self, Case, Sent},
};
use time::Date;

/// Both sides as they are now.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// The opportunity as Salesforce holds it.
    pub opportunity: &'a Opportunity,
    /// Our referral, where there is one.
    pub own: Option<&'a Referral>,
    /// Microsoft's referral of the same engagement, where there is one.
    pub microsoft: Option<&'a Referral>,
}

/// The next thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: the seller has not chosen to share.
    NotShared,
    /// Nothing that we may do: these findings must be mended first.
    NeedsYou(Vec<Finding>),
    /// Create our referral.
    CreateOwn(Box<CreateReferral>),
    /// Make our referral visible to Microsoft's sellers.
    ShowToMicrosoft(Vec<PatchOperation>),
    /// Create Microsoft's referral in our engagement.
    CreateMicrosoft(Box<CreateReferral>),
    /// Nothing: Partner Center holds what the opportunity says.
    InStep,
}

/// What is left to do, one step at a time.
pub fn next(observed: &Observed<'_>, settings: &Settings, today: Date) -> Next {
    let Observed { opportunity, own, microsoft } = *observed;
    let sent = own.map(|own| Sent { visible: own.consent.consent_to_share_referral_with_microsoft_sellers });
    let step = match (own, microsoft) {
        (None, _) if !opportunity.sync => return Next::NotShared,
        (None, _) => Next::CreateOwn(Box::new(map::own_referral(opportunity))),
        // Nothing about a closed referral can be changed, and nothing can be asked through it.
        (Some(own), _) if own.is_closed() => return Next::InStep,
        (Some(own), _)
            if opportunity.deal_type() != DealType::Private && !own.consent.consent_to_share_referral_with_microsoft_sellers =>
        {
            Next::ShowToMicrosoft(vec![PatchOperation {
                op: "replace",
                path: "/consent/consentToShareReferralWithMicrosoftSellers",
                value: Value::Bool(true),
            }])
        }
        // One request for help per engagement, whatever became of it: asking again is for people to decide.
        (Some(own), None) if opportunity.deal_type() == DealType::CoSell => {
            Next::CreateMicrosoft(Box::new(map::microsoft_referral(opportunity, Some(&own.engagement_id))))
        }
        _ => Next::InStep,
    };
    let mut findings = validate::findings(&Case { opportunity, sent: sent.as_ref(), settings, today });
    if let Next::CreateOwn(document) | Next::CreateMicrosoft(document) = &step {
        findings.extend(validate::document::findings(document));
    }
    match step {
        // What was shared stays shared; only what contradicts it is worth the seller's time.
        Next::InStep => {
            let contradictions: Vec<_> = findings.into_iter().filter(|finding| finding.code == "visibility.withdrawn").collect();
            if contradictions.is_empty() { Next::InStep } else { Next::NeedsYou(contradictions) }
        }
        step if !validate::blocks(&findings) => step,
        _ => Next::NeedsYou(findings),
    }
}

/// Identifiers that are known already, from an answer that was stored.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Of our referral.
    pub own: Option<&'a str>,
    /// Of Microsoft's.
    pub microsoft: Option<&'a str>,
}

/// Chooses ours and Microsoft's among the referrals of an engagement.
///
/// Ours is the one known by its identifier, else the one that carries the opportunity's id; Microsoft's is likewise the known
/// one, else the one that lives, else the newest.
pub fn sort_out<'a>(
    referrals: &'a [Referral],
    opportunity: &Opportunity,
    known: Known<'_>,
) -> (Option<&'a Referral>, Option<&'a Referral>) {
    let is = |referral: &Referral, id: Option<&str>| id.is_some_and(|id| referral.id.eq_ignore_ascii_case(id));
    let (microsoft, partners): (Vec<_>, Vec<_>) =
        referrals.iter().partition(|it| is(it, known.microsoft) || (it.is_microsoft() && !is(it, known.own)));
    let own = partners
        .iter()
        .find(|it| is(it, known.own))
        .or_else(|| partners.iter().find(|it| it.external_reference_id.as_deref() == Some(opportunity.id.as_str())));
    let sibling = microsoft
        .iter()
        .find(|it| is(it, known.microsoft))
        .or_else(|| microsoft.iter().find(|it| !it.is_closed()))
        .or_else(|| microsoft.iter().max_by(|one, other| one.created_date_time.cmp(&other.created_date_time)));
    (own.copied(), sibling.copied())
}
