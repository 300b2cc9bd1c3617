//! Tells ours and Microsoft's apart among the referrals of an engagement.

use crate::{model::Opportunity, referral::Referral};

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
    opportunity: &Opportunity<'_>,
    known: Known<'_>,
) -> (Option<&'a Referral>, Option<&'a Referral>) {
    let is = |referral: &Referral, id: Option<&str>| id.is_some_and(|id| referral.id.eq_ignore_ascii_case(id));
    let (microsoft, partners): (Vec<_>, Vec<_>) =
        referrals.iter().partition(|it| is(it, known.microsoft) || (it.is_microsoft() && !is(it, known.own)));
    let own = partners
        .iter()
        .find(|it| is(it, known.own))
        .or_else(|| partners.iter().find(|it| it.external_reference_id.as_deref() == Some(opportunity.id)));
    let sibling = microsoft
        .iter()
        .find(|it| is(it, known.microsoft))
        .or_else(|| microsoft.iter().find(|it| !it.is_closed()))
        .or_else(|| microsoft.iter().max_by(|one, other| one.created_date_time.cmp(&other.created_date_time)));
    (own.copied(), sibling.copied())
}
