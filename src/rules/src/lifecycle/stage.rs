//! What an opportunity's stage asks of its referral.
//!
//! Source: Microsoft Learn, "Co-sell connector for Salesforce CRM" (on-hold and active stage), "Manage co-sell opportunities" (a
//! referral that was received can only be accepted or declined). Knows no document.

use super::Standing;
use crate::{model::Opportunity, settings::Settings};

/// Whether the deal waits in the stage in which nothing is sent.
pub fn is_on_hold(opportunity: &Opportunity<'_>, settings: &Settings) -> bool {
    !settings.on_hold_stage.is_empty() && opportunity.stage == settings.on_hold_stage
}

/// Where our referral should stand next, by the opportunity's stage; `None` where it should stay as it is.
///
/// One step at a time: a deal that came to us and is won at once is accepted first. Without an on-hold stage an open deal accepts
/// nothing, because nobody can be seen to have decided it.
pub fn wanted(opportunity: &Opportunity<'_>, own: Standing, incoming: bool, settings: &Settings) -> Option<Standing> {
    if own.is_closed() || is_on_hold(opportunity, settings) {
        return None;
    }
    let must_answer = incoming && own.waits();
    let (is_won, is_closed) = (opportunity.is_won, opportunity.is_closed);
    match (must_answer, is_won, is_closed) {
        (true, true, _) => Some(Standing::ACCEPTED),
        (true, false, true) => Some(Standing::DECLINED),
        (true, false, false) => (!settings.on_hold_stage.is_empty()).then_some(Standing::ACCEPTED),
        (false, true, _) => Some(Standing::WON),
        (false, false, true) => Some(Standing::LOST),
        (false, false, false) => None,
    }
}
