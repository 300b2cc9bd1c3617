//! What the audit trail tells, as data. The words are made by [`crate::message`] from a key and its parameters.

use std::borrow::Cow;

use crate::{
    finding::Param,
    lifecycle::{Standing, Substatus},
    map::{Transform, Winner},
    model::DealType,
    moment,
};

/// One event of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The deal is opened this far.
    Shared(DealType),
    /// Microsoft was asked for this help.
    Asked {
        /// Microsoft's code for the help.
        help: String,
    },
    /// Microsoft's referral stands like this now.
    Answered {
        /// Status and substatus in words.
        standing: String,
        /// Why, in Microsoft's words; empty when none was given.
        reason: String,
    },
    /// We moved our referral.
    Moved {
        /// To here.
        to: Standing,
        /// Why, where it must be said.
        reason: String,
    },
    /// Our referral was moved in Partner Center.
    Found {
        /// To here.
        standing: Standing,
        /// Why; empty when none was given.
        reason: String,
    },
    /// These fields were sent.
    Sent {
        /// What they are called.
        fields: Vec<String>,
    },
    /// These fields came from Partner Center.
    Received {
        /// What they are called.
        fields: Vec<String>,
    },
    /// The seller took visibility back, which can't be.
    StaysVisible,
    /// Both sides had changed a field; one value stands.
    Overruled {
        /// What the field is called.
        field: String,
        /// The value that stands.
        kept: Told,
        /// The value that doesn't.
        lost: Told,
        /// Whose value stands.
        winner: Winner,
    },
}

/// A value of a row as the trail tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    text: String,
    transform: Transform,
}

impl Told {
    pub(super) fn new(text: &str, transform: Transform) -> Self {
        Self { text: text.to_owned(), transform }
    }

    fn param(&self) -> Param<'_> {
        let text = || Param::Text(Cow::Borrowed(&self.text));
        match self.transform {
            Transform::Number => self.text.parse().ok().map_or_else(text, Param::Amount),
            Transform::Day => moment::parse_day(&self.text).map_or_else(text, Param::Day),
            _ => text(),
        }
    }
}

impl Entry {
    /// Key of its sentence.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Shared(DealType::Private) => "audit.shared.private",
            Self::Shared(DealType::PartnerLed) => "audit.shared.partner-led",
            Self::Shared(DealType::CoSell) => "audit.shared.co-sell",
            Self::Asked { .. } => "audit.asked",
            Self::Answered { standing, .. } => match Standing::parse(standing).map(|standing| standing.substatus) {
                Some(Substatus::Pending | Substatus::Received) => "audit.answered.received",
                Some(Substatus::Accepted) => "audit.answered.accepted",
                Some(Substatus::Won) => "audit.answered.won",
                Some(Substatus::Lost) => "audit.answered.lost",
                Some(Substatus::Declined) => "audit.answered.declined",
                Some(Substatus::Expired) => "audit.answered.expired",
                Some(Substatus::Error) | None => "audit.answered.other",
            },
            Self::Moved { to, .. } => match to.substatus {
                Substatus::Accepted => "audit.moved.accepted",
                Substatus::Declined => "audit.moved.declined",
                Substatus::Won => "audit.moved.won",
                Substatus::Lost => "audit.moved.lost",
                Substatus::Pending | Substatus::Received | Substatus::Expired | Substatus::Error => "audit.moved.other",
            },
            Self::Found { standing, .. } => match standing.substatus {
                Substatus::Pending | Substatus::Received => "audit.found.waiting",
                Substatus::Accepted => "audit.found.accepted",
                Substatus::Won => "audit.found.won",
                Substatus::Lost => "audit.found.lost",
                Substatus::Declined => "audit.found.declined",
                Substatus::Expired => "audit.found.expired",
                Substatus::Error => "audit.found.error",
            },
            Self::Sent { .. } => "audit.sent",
            Self::Received { .. } => "audit.received",
            Self::StaysVisible => "audit.stays-visible",
            Self::Overruled { winner: Winner::Salesforce, .. } => "audit.overruled.salesforce",
            Self::Overruled { winner: Winner::PartnerCenter, .. } => "audit.overruled.partner-center",
        }
    }

    /// What the sentence names.
    pub fn params(&self) -> Vec<(&'static str, Param<'_>)> {
        match self {
            Self::Shared(_) | Self::StaysVisible => Vec::new(),
            Self::Asked { help } => vec![("help", Param::Term(Cow::Borrowed(help)))],
            Self::Answered { standing, reason } => because(standing.clone(), reason),
            Self::Moved { to, reason } => because(to.to_string(), reason),
            Self::Found { standing, reason } => because(standing.to_string(), reason),
            Self::Sent { fields } | Self::Received { fields } => {
                let names = fields.iter().map(String::as_str).collect();
                vec![("fields", Param::Fields(names)), ("count", Param::Count(fields.len()))]
            }
            Self::Overruled { field, kept, lost, .. } => {
                vec![("field", Param::Fields(vec![field])), ("kept", kept.param()), ("lost", lost.param())]
            }
        }
    }
}

/// Where a referral stands, and why where that is said.
fn because(standing: String, reason: &str) -> Vec<(&'static str, Param<'_>)> {
    let mut params = vec![("status", Param::from(standing))];
    if !reason.is_empty() {
        params.push(("reason", Param::from(reason)));
    }
    params
}
