//! The stage of the opportunity beside status and substatus of our referral: the one row whose sides speak different languages.
//!
//! Source: Microsoft Learn, "Co-sell connector for Salesforce CRM" (on-hold and active stage), "Manage co-sell opportunities"
//! (what is closed can't be changed any more).

use crate::{
    lifecycle::{self, Standing, Status, Substatus},
    model::Opportunity,
    referral::Referral,
    settings::Settings,
};

/// What becomes of the stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Move<'a> {
    /// Both sides say the same.
    Agreed,
    /// Our referral goes here.
    Push(Standing),
    /// The opportunity gets this stage.
    Pull(&'a str),
    /// They differ, and nobody may be moved.
    Left,
}

/// What becomes of the stage. `base` is the standing that both sides agreed on last.
pub(super) fn decide<'a>(
    opportunity: &Opportunity<'_>,
    settings: &'a Settings,
    own: &Referral,
    base: Option<Standing>,
) -> Move<'a> {
    let Some(held) = own.standing() else { return Move::Left };
    let pull = |stage: &'a str| if opportunity.stage == stage { Move::Agreed } else { Move::Pull(stage) };
    let is_on_hold = lifecycle::is_on_hold(opportunity, settings);
    let was_waiting = base.map(Standing::waits);
    let is_won = held.substatus == Substatus::Won;
    match (held.status, lifecycle::wanted(opportunity, held, own.is_incoming(), settings)) {
        (Status::Closed, _) if opportunity.is_closed && opportunity.is_won == is_won => Move::Agreed,
        // Nothing moved there since both sides agreed: a seller who opens the deal again is not closed a second time.
        (Status::Closed, _) if base == Some(held) => Move::Left,
        // Terminal on Microsoft's side, whatever Salesforce said meanwhile.
        (Status::Closed, _) => pull(if is_won { &settings.won_stage } else { &settings.lost_stage }),
        // An open stage accepts if it left the on-hold stage; having had no stage in common yet does not.
        (Status::New, Some(Standing::ACCEPTED)) if !opportunity.is_closed && was_waiting.is_none() => {
            pull(&settings.on_hold_stage)
        }
        (_, Some(wanted)) => Move::Push(wanted),
        (Status::New, None) if is_on_hold => Move::Agreed,
        // The service makes our own referrals active by itself; and without an on-hold stage nobody has answered.
        (Status::New, None) => Move::Left,
        // Accepted in Partner Center while it was on hold here; put back on hold by the seller otherwise.
        (Status::Active, None) if is_on_hold && was_waiting != Some(false) => pull(&settings.active_stage),
        (Status::Active, None) if is_on_hold => Move::Left,
        (Status::Active, None) => Move::Agreed,
    }
}
