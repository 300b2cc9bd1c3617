//! The heart: what is left to do so that an opportunity and its referrals are the same.
//!
//! Pure. The caller observes both sides, drafts, asks for the plan, takes its first step, and observes again; when no step is left,
//! it writes what goes back to the record. Nothing is remembered between two plans but the [`Base`]. Without one nobody can tell who
//! changed what: what is filled completes what is blank, and where both are filled the row's winner stands. So whoever is killed in
//! between simply begins again:
//!
//! ```text
//! loop {
//!     let draft = Draft::new(observed, settings, today, now);
//!     let plan = draft.plan();
//!     match plan.partner_center.first() {
//!         Some(step) => { take(step.action); base = step.base; trail.extend(step.audit) }   // the base may be stored at once
//!         None => {
//!             write(mark_name(record_update(record, plan.salesforce, trail + plan.audit, …)));
//!             base = plan.base;
//!             if plan.is_empty() { break }   // else once more: a deal whose stage has left on-hold may be sent now
//!         }
//!     }
//! }
//! ```
//!
//! The merge is three-way, row by row of the mapping ([`crate::map`]): [`merge`] for texts, [`stage`] for the stage. What a rule
//! blocks is in no plan. Knows no network and no store.

mod base;
mod change;
mod entry;
mod held;
mod mark;
mod merge;
mod plan;
mod siblings;
mod stage;
mod writeback;

pub use base::Base;
pub use change::Apart;
pub use entry::{Entry, Told};
pub use mark::mark_name;
pub use plan::{Action, Draft, Outcome, Plan, Step};
pub use siblings::{Known, sort_out};
pub use writeback::{Closing, State, record_update};

pub(crate) use change::written;
pub(crate) use held::held as held_text;

use serde_json::Value;

use crate::{
    facts::Sent,
    lifecycle::Standing,
    model::{DealType, Opportunity},
    moment::{self, Moment},
    referral::Referral,
    settings::Settings,
};

/// Both sides as they are now, and what they agreed on last.
#[derive(Clone, Copy, Debug)]
pub struct Observed<'a> {
    /// The opportunity as Salesforce holds it.
    pub opportunity: &'a Opportunity<'a>,
    /// The same as the query returned it, for the fields that only go back.
    pub record: &'a Value,
    /// Our referral, where there is one.
    pub own: Option<&'a Referral>,
    /// Microsoft's referral of the same engagement, where there is one.
    pub microsoft: Option<&'a Referral>,
    /// What both sides agreed on last, where that is known.
    pub base: Option<&'a Base>,
    /// Where a seller's answer has just brought our referral, if the trail is told of that already.
    pub answered: Option<Standing>,
    /// Address of a referral for people, with `{id}` for its identifier.
    pub link_template: &'a str,
}

impl<'a> Observed<'a> {
    /// What Microsoft was given, as Partner Center holds it; `None` before the deal is shared.
    pub fn sent(&self) -> Option<Sent<'a>> {
        let own = self.own?;
        let text = |referral: &'a Referral, path: &str| referral.at(path).and_then(Value::as_str);
        Some(Sent {
            visible: own.consent.consent_to_share_referral_with_microsoft_sellers || self.microsoft.is_some(),
            help: self.microsoft.and_then(|it| text(it, "/inviteContext/assistanceRequestCode")).filter(|it| *it != "Unknown"),
            contact: self.microsoft.and_then(|_| text(own, "/customerProfile/team/0/email")),
            own: own.standing(),
            microsoft: self.microsoft.and_then(|it| it.standing()),
            incoming: own.is_incoming(),
            created: own.created_date_time.as_deref().and_then(moment::parse_moment),
            due: self.due(),
            sales_stage: text(own, "/salesStage"),
            last_sent: None,
        })
    }

    /// What Partner Center alone knows and the record lacks, with what the trail tells of it: all that may be written to the record
    /// while a request is still open.
    pub fn facts(&self, settings: &Settings) -> (Vec<(String, Value)>, Vec<Entry>) {
        let facts = writeback::facts(self, settings);
        let entries = writeback::entries(&facts, self);
        (facts, entries)
    }

    /// Until when an answer is due: Microsoft's while it waits, else ours to a referral that came to us.
    fn due(&self) -> Option<Moment> {
        let waits = |referral: &Referral| referral.standing().is_some_and(Standing::waits);
        let asked = self.microsoft.filter(|it| waits(it)).or_else(|| self.own.filter(|own| own.is_incoming() && waits(own)));
        asked?.expiration_date_time.as_deref().and_then(moment::parse_moment)
    }

    /// How far the deal is opened, as Partner Center holds it.
    fn deal_type(&self, own: &Referral) -> DealType {
        match (self.microsoft, own.consent.consent_to_share_referral_with_microsoft_sellers) {
            (Some(_), _) => DealType::CoSell,
            (None, true) => DealType::PartnerLed,
            (None, false) => DealType::Private,
        }
    }
}
