//! The rules: each one function, each in the one list below, each with the paragraph that it follows.
//!
//! A rule looks at a [`Case`] and says what is wrong as [`Finding`]s. Rules don't know each other and change nothing; a rule
//! whose subject is missing altogether stays silent when another rule already says so.

mod amount;
mod close_date;
mod consent;
mod contact;
mod country;
mod currency;
mod customer;
pub mod document;
mod help;
mod name;
mod solutions;
mod team;
mod visibility;

use time::Date;

use crate::{
    finding::{Finding, Severity},
    model::{Opportunity, Settings},
};

/// What the rules look at.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The opportunity as it would be shared.
    pub opportunity: &'a Opportunity,
    /// What Microsoft was already given; `None` before the deal is shared.
    pub sent: Option<&'a Sent>,
    /// The admin's settings.
    pub settings: &'a Settings,
    /// The seller's day.
    pub today: Date,
}

/// The part of a shared deal that can't be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Microsoft's sellers can see it.
    pub visible: bool,
}

/// One rule of the book.
pub struct Rule {
    /// Its number; stable.
    pub number: u8,
    /// What it asks for, in one sentence.
    pub summary: &'static str,
    /// Every code that it can give.
    pub codes: &'static [&'static str],
    /// Where the fact comes from.
    pub source: &'static str,
    check: fn(&Case<'_>) -> Vec<Finding>,
}

/// Every rule about an opportunity, in the order in which a seller reads the page.
pub const RULES: &[Rule] = &[
    name::RULE,
    amount::RULE,
    currency::RULE,
    close_date::RULE,
    customer::PRESENT,
    customer::MATCHING,
    country::RULE,
    team::RULE,
    help::RULE,
    visibility::IMPLIED,
    visibility::ONE_WAY,
    contact::RULE,
    consent::RULE,
    solutions::RULE,
];

/// All findings on one opportunity, blocking ones first, otherwise in the order of [`RULES`].
pub fn findings(case: &Case<'_>) -> Vec<Finding> {
    let mut findings: Vec<_> = RULES
        .iter()
        .flat_map(|rule| (rule.check)(case).into_iter().map(|finding| Finding { rule: rule.number, ..finding }))
        .collect();
    findings.sort_by_key(|finding| finding.severity == Severity::Warn);
    findings
}

/// How many of them stop a share.
pub fn blocking(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Block).count()
}

/// Whether any of them stops a share.
pub fn blocks(findings: &[Finding]) -> bool {
    blocking(findings) > 0
}
