//! The life of a referral: status and substatus, what may follow what, and the clocks that run.
//!
//! Source: Microsoft Learn, "Referral resources" (statuses and transitions), "Manage co-sell opportunities" (terminal states, sales
//! stages, 14 days, 72 hours). What follows from an opportunity's stage is in `stage`; nothing here knows the documents.

mod sales_stage;
mod stage;

use std::fmt;

use crate::{
    moment::Moment,
    taxonomy::List,
    text::{split_once, trim},
};

pub(crate) use sales_stage::own_word;
pub use sales_stage::{SalesStage, sales_stage_of, sales_stage_text, sales_stages_are_readable};
pub use stage::{is_on_hold, wanted};

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// How many seconds an answer may take, on either side, before the request expires.
pub const ANSWER: i64 = 14 * DAY;

/// How many seconds before it expires an unanswered request begins to press: from the tenth day on.
pub const ANSWER_PRESSES: i64 = 4 * DAY;

/// How many seconds a deal must have been there before it is won, if it is to be registered.
pub const BEFORE_WON: i64 = 3 * DAY;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// Microsoft's word for it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }

            /// Reads Microsoft's word, whatever its case.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word().eq_ignore_ascii_case(word))
            }
        }
    };
}

words! {
    /// Where a referral stands.
    Status {
        /// Waits for an answer.
        New,
        /// Is being worked on.
        Active,
        /// Is over.
        Closed,
    }
}

words! {
    /// Where it stands more exactly.
    Substatus {
        /// The other side has not answered.
        Pending,
        /// The other side has it.
        Received,
        /// The other side takes part.
        Accepted,
        /// Closed: the customer bought.
        Won,
        /// Closed: the customer did not buy.
        Lost,
        /// Closed: the other side does not take part.
        Declined,
        /// Closed: nobody answered in time.
        Expired,
        /// Closed as a mistake; known to the portal and the CSV, not to the API's own list.
        Error,
    }
}

/// Status and substatus, which are always moved together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// The substatus.
    pub substatus: Substatus,
}

impl Standing {
    /// Waits for an answer.
    pub const PENDING: Self = Self { status: Status::New, substatus: Substatus::Pending };
    /// Is being worked on.
    pub const ACCEPTED: Self = Self { status: Status::Active, substatus: Substatus::Accepted };
    /// The customer bought.
    pub const WON: Self = Self { status: Status::Closed, substatus: Substatus::Won };
    /// The customer did not buy.
    pub const LOST: Self = Self { status: Status::Closed, substatus: Substatus::Lost };
    /// The other side does not take part.
    pub const DECLINED: Self = Self { status: Status::Closed, substatus: Substatus::Declined };

    /// Reads both words; `None` when one is not Microsoft's.
    pub fn of(status: &str, substatus: &str) -> Option<Self> {
        Some(Self { status: Status::of(status)?, substatus: Substatus::of(substatus)? })
    }

    /// Reads what [`Display`](fmt::Display) writes: `Active / Accepted`.
    pub fn parse(words: &str) -> Option<Self> {
        let (status, substatus) = split_once(words, b'/')?;
        Self::of(trim(status), trim(substatus))
    }

    /// Whether the two belong together.
    pub fn is_legal(self) -> bool {
        match self.status {
            Status::New => matches!(self.substatus, Substatus::Pending | Substatus::Received),
            Status::Active => self.substatus == Substatus::Accepted,
            Status::Closed => !matches!(self.substatus, Substatus::Pending | Substatus::Received | Substatus::Accepted),
        }
    }

    /// Whether nothing about the referral can be changed any more.
    pub fn is_closed(self) -> bool {
        self.status == Status::Closed
    }

    /// Whether somebody still has to answer.
    pub fn waits(self) -> bool {
        self.status == Status::New
    }

    /// Whether a referral that stands so may stand as `next` afterwards: forward only, as Microsoft's table says, and a closed one
    /// stays as it is.
    pub fn may_become(self, next: Self) -> bool {
        let is_forward = match self.status {
            Status::New => true,
            Status::Active => next.status != Status::New,
            Status::Closed => next == self,
        };
        is_forward && self.is_legal() && next.is_legal()
    }

    /// The list of reasons to choose from, where a step to here must say why
    /// (Microsoft Learn, "Bulk upload of co-sell deals").
    pub fn reasons(self) -> Option<List> {
        match self.substatus {
            Substatus::Lost | Substatus::Declined => Some(List::CloseReasons),
            _ => None,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.status.word())?;
        formatter.write_str(" / ")?;
        formatter.write_str(self.substatus.word())
    }
}

/// Whole days left until a moment, rounded up; none once it has passed.
pub fn days_left(due: Moment, now: Moment) -> usize {
    let seconds = due.since(now).max(0);
    usize::try_from((seconds + DAY - 1) / DAY).unwrap_or_default()
}

/// Whether a request has waited so long that its answer presses.
pub fn presses(due: Moment, now: Moment) -> bool {
    due.since(now) <= ANSWER_PRESSES
}

#[cfg(test)]
mod tests;
