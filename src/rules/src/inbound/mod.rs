//! What comes from Partner Center to Salesforce: which referrals do, and which records each becomes.
//!
//! Pure, and only for the server: the page knows nothing of it. What is made here is what a reconciliation finds right afterwards, so
//! that nothing is made twice or written again. Knows no query and no request; the caller says what the org has.
//!
//! Source: Microsoft Learn, "Co-sell connector for Salesforce CRM" and "Co-sell connector for Dynamics 365 CRM" (what becomes of a
//! referral that comes in, how its account is found), "Referral resources" (where everything stands).

mod account;
mod answer;
mod classify;
mod lead;
mod people;
mod record;
mod remark;
#[cfg(test)]
mod tests;

pub use account::{Account, Match, Search, choose, searches};
pub use answer::{Reply, answered, reason, reply};
pub use classify::{Aside, Kind, classify};
pub use lead::{LeadStatus, changed, lead, lead_status};
pub use people::{Customer, colleagues, customers};
pub use record::{Place, base, base_without, customer, holds, opportunity, solutions};
pub use remark::Remark;

use serde_json::Value;
use time::Date;

use crate::{moment::Moment, referral::Referral, settings::Settings};

/// What an org has and another has not.
#[derive(Clone, Copy)]
pub struct Org<'a> {
    /// Whether opportunities have a field of this API name.
    pub opportunity_has: &'a dyn Fn(&str) -> bool,
    /// Whether accounts have one.
    pub account_has: &'a dyn Fn(&str) -> bool,
}

impl Org<'_> {
    /// States and countries are chosen from lists, which refuse what they don't know.
    pub fn has_picklists(self) -> bool {
        (self.account_has)("BillingCountryCode")
    }
}

impl std::fmt::Debug for Org<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Org").field("has_picklists", &self.has_picklists()).finish_non_exhaustive()
    }
}

/// A referral that comes in, and all that its records are made of.
#[derive(Clone, Copy, Debug)]
pub struct Intake<'a> {
    /// Our referral.
    pub own: &'a Referral,
    /// Microsoft's in the same engagement, where there is one.
    pub microsoft: Option<&'a Referral>,
    /// The admin's settings.
    pub settings: &'a Settings,
    /// What the org has.
    pub org: Org<'a>,
    /// Address of a referral for people, with `{id}` for its identifier.
    pub link_template: &'a str,
    /// The day.
    pub today: Date,
    /// The moment.
    pub now: Moment,
}

impl<'a> Intake<'a> {
    /// A text of the referral, trimmed; blank where it has none.
    fn text(&self, path: &str) -> &'a str {
        self.own.at(path).and_then(Value::as_str).unwrap_or_default().trim()
    }

    /// What the one who sent the referral wrote to us; blank where there is nothing.
    pub fn note(&self) -> &'a str {
        self.text("/inviteContext/notes")
    }
}

/// A text as a field of Salesforce holds it: no longer than `most` of its characters, which are UTF-16 units.
fn bounded(text: &str, most: usize) -> String {
    let mut room = most;
    let fits = |letter: &char| {
        let length = letter.len_utf16();
        let fits = length <= room;
        room = room.saturating_sub(length);
        fits
    };
    text.chars().take_while(fits).collect::<String>().trim_end().to_owned()
}
