//! The admin's catalogue of solutions: lines `identifier|name|kind|status|partner id`.
//!
//! Knows Microsoft's words for how far a solution has come in co-selling (Microsoft Learn, "Co-sell status"), no findings.

use super::Case;
use crate::{
    model::Solution,
    text::{split, trim},
};

/// What the catalogue says about a solution. Texts are trimmed and may be blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listed<'a> {
    kind: &'a str,
    status: &'a str,
    /// Id of the partner whose solution it is.
    pub(super) partner_id: &'a str,
}

impl<'a> Listed<'a> {
    /// The line of a solution.
    pub(super) fn find(catalog: &'a str, identifier: &str) -> Option<Self> {
        // Every shared deal is looked up, so a line is taken apart only when it is the one.
        let rest = split(catalog, b'\n').find_map(|line| {
            let (start, rest) = line.trim_ascii_start().split_at_checked(identifier.len())?;
            let rest = rest.trim_ascii_start();
            let is_it = start.eq_ignore_ascii_case(identifier) && (rest.is_empty() || rest.starts_with('|'));
            is_it.then_some(rest)
        })?;
        let mut cells = split(rest, b'|').skip(2).map(trim);
        let mut next = || cells.next().unwrap_or_default();
        Some(Self { kind: next(), status: next(), partner_id: next() })
    }

    /// Whether it is Microsoft's own.
    pub(super) fn is_microsofts(&self) -> bool {
        is(self.kind, "1P")
    }

    /// Whether it can be sold together. A line without a status says so by being there.
    pub(super) fn is_co_sell_ready(&self) -> bool {
        self.is_microsofts()
            || is(self.kind, ASSESSMENT)
            || self.status.is_empty()
            || is(self.status, READY)
            || self.is_incentivised()
    }

    /// Whether a sale of it earns Microsoft's sellers an incentive.
    pub(super) fn is_incentivised(&self) -> bool {
        INCENTIVISED.iter().any(|status| is(self.status, status))
    }

    /// Whether a deal with it can be registered.
    pub(super) fn is_registrable(&self) -> bool {
        is(self.status, REGISTRABLE)
    }

    /// Whether the catalogue says how far it has come.
    pub(super) fn has_status(&self) -> bool {
        !self.status.is_empty()
    }
}

const ASSESSMENT: &str = "Assessment";
const READY: &str = "Co-sell ready";
const REGISTRABLE: &str = "Azure IP co-sell eligible";
const INCENTIVISED: [&str; 2] = [REGISTRABLE, "Business Applications co-sell incentive"];

/// Whether a solution is of a kind that can be shared at all.
pub(super) fn is_known_kind(kind: &str) -> bool {
    ["1P", "3P", ASSESSMENT].iter().any(|known| is(kind, known))
}

/// The solutions that can be sent: those with an identifier.
pub(super) fn usable<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Solution<'a>> {
    case.opportunity.usable_solutions()
}

/// Whether the deal is a solution assessment: one of its solutions is, by the record or else by the catalogue.
pub(super) fn is_assessment(case: &Case<'_>) -> bool {
    usable(case).any(|solution| match solution.kind {
        "" => Listed::find(&case.settings.catalog, solution.identifier).is_some_and(|listed| is(listed.kind, ASSESSMENT)),
        kind => is(kind, ASSESSMENT),
    })
}

fn is(text: &str, word: &str) -> bool {
    text.eq_ignore_ascii_case(word)
}
