//! What an engagement is to us. Source: Microsoft Learn, "Referrals API" (how referrals are told apart).

use serde_json::Value;

use crate::{referral::Referral, settings::Settings};

/// What an engagement is to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind<'a> {
    /// Somebody invites us to sell together: becomes an opportunity. The referral is ours.
    Opportunity(&'a Referral),
    /// Somebody passes a customer on: becomes a lead. The referral is ours.
    Lead(&'a Referral),
    /// Becomes nothing.
    Aside(Aside),
}

/// Why an engagement becomes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// None of its referrals came to us.
    NotOurs,
    /// It is over; what was never in Salesforce need not come there now.
    Closed,
    /// A lead, and only co-sell opportunities are wanted.
    OnlyCoSell,
}

/// Says what an engagement is to us, from all of its referrals.
pub fn classify<'a>(referrals: &'a [Referral], settings: &Settings) -> Kind<'a> {
    let Some(own) = own(referrals) else { return Kind::Aside(Aside::NotOurs) };
    match (is_lead(own), own.is_closed()) {
        (true, _) if settings.cosell_only => Kind::Aside(Aside::OnlyCoSell),
        (true, _) => Kind::Lead(own),
        (false, true) => Kind::Aside(Aside::Closed),
        (false, false) => Kind::Opportunity(own),
    }
}

/// The referral that came to us: the one that lives, else the newest.
///
/// Whether `organizationId` of an incoming one names the inviter is not documented, so it only decides between several.
fn own(referrals: &[Referral]) -> Option<&Referral> {
    let is_microsoft = |id: &str| id.eq_ignore_ascii_case("msft");
    let is_theirs = |it: &Referral| it.organization_id.as_deref().is_some_and(is_microsoft);
    let came = referrals.iter().filter(|it| it.is_incoming() && !it.target.iter().any(|target| is_microsoft(&target.id)));
    came.max_by_key(|it| (!it.is_closed(), !is_theirs(it), it.created_date_time.as_deref(), it.id.as_str()))
}

/// Qualified leads come from Microsoft, marketplace leads from it or nobody; both without anything to be done together. Whatever
/// can't be told is an opportunity, which somebody answers.
fn is_lead(own: &Referral) -> bool {
    let text = |path: &str| own.at(path).and_then(Value::as_str).unwrap_or_default();
    let is = |path: &str, word: &str| text(path).eq_ignore_ascii_case(word);
    let invited_by = text("/inviteContext/invitedBy/organizationId");
    let by_microsoft = invited_by.eq_ignore_ascii_case("msft");
    let is_qualified = is("/qualification", "SalesQualified") || is("/qualification", "MarketingQualified");
    let is_direct = is("/qualification", "Direct") && (by_microsoft || invited_by.is_empty());
    is("/type", "Independent") && (is_direct || (is_qualified && by_microsoft))
}
