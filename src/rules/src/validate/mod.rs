//! The rule book: what Partner Center accepts, one function a rule, all in the one list below.
//!
//! A rule looks at a [`Case`] and says what is wrong as [`Finding`]s. Rules don't know each other and change nothing; a rule whose
//! subject is missing altogether stays silent where another rule already says so.

mod amount;
mod answer;
mod assessment;
mod caller;
mod catalog;
mod close_date;
mod closed;
mod consent;
mod contact;
mod country;
mod currency;
mod customer;
mod debounce;
mod document;
mod duplicate;
mod engagement;
mod federal;
mod frozen;
mod help;
mod help_frozen;
mod marketplace;
mod name;
mod notes;
mod on_hold;
mod partner;
mod patch;
mod reachable;
mod reason;
mod registration;
mod solution_area;
mod solutions;
mod team;
mod transition;
mod visibility;
mod won;

#[cfg(test)]
pub(crate) use assessment::STAGES;
pub(crate) use frozen::{is_read_only, is_within};
pub use patch::WHITELISTED_PATHS;

use time::Date;

use crate::{
    facts::{Caller, Leaving, Registration, Sent},
    finding::{Finding, Findings, Kind, Severity},
    model::Opportunity,
    moment::Moment,
    settings::Settings,
};

/// What the rules look at. What is not known is absent, and the rules about it stay silent.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The opportunity as it would be shared.
    pub opportunity: &'a Opportunity<'a>,
    /// The admin's settings.
    pub settings: &'a Settings,
    /// There are edits that nobody has saved yet.
    pub edited: bool,
    /// The seller's day.
    pub today: Date,
    /// The moment, where clocks matter.
    pub now: Option<Moment>,
    /// What Microsoft was already given; `None` before the deal is shared.
    pub sent: Option<&'a Sent<'a>>,
    /// Who shares, at Microsoft.
    pub caller: Option<&'a Caller<'a>>,
    /// What is about to be sent.
    pub leaving: Option<&'a Leaving<'a>>,
    /// The registration that a won deal is to get.
    pub registration: Option<&'a Registration<'a>>,
    /// Other open deals, to be told from this one.
    pub peers: &'a [&'a Opportunity<'a>],
}

impl<'a> Case<'a> {
    /// An opportunity that was never shared, and nothing else.
    pub fn new(opportunity: &'a Opportunity<'a>, settings: &'a Settings, today: Date) -> Self {
        Self {
            opportunity,
            settings,
            edited: false,
            today,
            now: None,
            sent: None,
            caller: None,
            leaving: None,
            registration: None,
            peers: &[],
        }
    }
}

/// Where a rule comes from, which decides whether an admin can let it give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Microsoft's API enforces it, or its documentation says that it does.
    Api,
    /// Known from the portal, its CSV upload or the connector only: nobody has shown that the API enforces it.
    Portal,
    /// Our own conclusion from what is documented.
    Conclusion,
}

/// One rule of the book.
pub struct Rule {
    /// Its number; stable.
    pub number: u8,
    /// What it asks for, in one sentence.
    pub summary: &'static str,
    /// What stands behind it and what a seller can do, for the rule reference.
    pub about: &'static str,
    /// Everything that it can find.
    pub kinds: &'static [&'static Kind],
    /// Where it comes from.
    pub basis: Basis,
    /// The page and paragraph that says so.
    pub source: &'static str,
    pub(crate) check: Check,
}

/// The function of a rule: adds what it finds.
type Check = for<'a> fn(&Case<'a>, &mut Findings<'a>);

impl Rule {
    /// Whether an admin can let its blocks give way to warnings.
    pub const fn can_be_relaxed(&self) -> bool {
        matches!(self.basis, Basis::Portal)
    }
}

/// Every rule, in the order in which a seller reads the page; what concerns a shared deal and its documents comes last.
pub const RULES: [Rule; 47] = [
    name::RULE,                   // 11
    amount::RULE,                 // 9
    currency::RULE,               // 8
    close_date::RULE,             // 10
    notes::RULE,                  // 45
    customer::PRESENT,            // 12
    country::RULE,                // 7
    customer::MATCHING,           // 13
    federal::RULE,                // 48
    team::RULE,                   // 14
    help::KNOWN,                  // 18
    visibility::IMPLIED,          // 20
    visibility::ONE_WAY,          // 21
    contact::RULE,                // 19
    reachable::RULE,              // 44
    consent::SHARE,               // 23
    consent::CONTACT,             // 24
    solutions::PRESENT,           // 15
    solutions::CO_SELL,           // 16
    solutions::SAME_PARTNER,      // 47
    assessment::RULE,             // 17
    marketplace::RULE,            // 25
    solution_area::SERVICES,      // 26
    solution_area::IP,            // 27
    solution_area::TAXONOMY,      // 28
    partner::RULE,                // 43
    duplicate::RULE,              // 36
    help_frozen::RULE,            // 22
    answer::RULE,                 // 37
    on_hold::RULE,                // 38
    won::RULE,                    // 39
    transition::LEGAL,            // 3
    closed::RULE,                 // 4
    transition::TOGETHER,         // 5
    reason::RULE,                 // 6
    registration::VALUE,          // 40
    registration::FORM,           // 41
    registration::NOT_ASSESSMENT, // 42
    engagement::RULE,             // 35
    caller::RULE,                 // 46
    debounce::RULE,               // 50
    document::TYPE,               // 1
    document::SECTIONS,           // 2
    patch::WHITELIST,             // 29
    frozen::IMMUTABLE,            // 30
    frozen::READ_ONLY,            // 31
    patch::VERSION,               // 32
];

/// What running a rule needs. Apart from [`RULES`], so that the words about rules stay out of the browser.
#[derive(Clone, Copy)]
struct Runnable {
    number: u8,
    can_be_relaxed: bool,
    check: Check,
}

static RUNNABLE: [Runnable; RULES.len()] = {
    let mut runnable = [Runnable { number: 0, can_be_relaxed: false, check: name::RULE.check }; RULES.len()];
    let mut at = 0;
    #[allow(clippy::indexing_slicing, reason = "evaluated by the compiler, where an iterator can't be")]
    while at < RULES.len() {
        runnable[at] = Runnable { number: RULES[at].number, can_be_relaxed: RULES[at].can_be_relaxed(), check: RULES[at].check };
        at += 1;
    }
    runnable
};

/// Whether a number is a rule's that an admin can let give way.
pub fn can_be_relaxed(number: u8) -> bool {
    RUNNABLE.iter().any(|rule| rule.number == number && rule.can_be_relaxed)
}

/// All findings on one case, blocking ones first, otherwise in the order of [`RULES`].
pub fn findings<'a>(case: &Case<'a>) -> Vec<Finding<'a>> {
    let mut found = Findings::default();
    for rule in &RUNNABLE {
        let before = found.0.len();
        (rule.check)(case, &mut found);
        for finding in found.0.iter_mut().skip(before) {
            finding.rule = rule.number;
            if rule.can_be_relaxed && case.settings.relaxed.contains(&rule.number) {
                finding.severity = Severity::Warn;
            }
        }
    }
    let Findings(mut findings) = found;
    // One by one to its place: there are few, and a sort of the library is several kilobytes in a browser.
    let mut blocking = 0;
    for at in 0..findings.len() {
        if findings.get(at).is_some_and(|finding| finding.severity == Severity::Block) {
            for place in (blocking..at).rev() {
                findings.swap(place, place + 1);
            }
            blocking += 1;
        }
    }
    findings
}

/// How many of them stop a share.
pub fn blocking(findings: &[Finding<'_>]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Block).count()
}

/// Whether any of them stops a share.
pub fn blocks(findings: &[Finding<'_>]) -> bool {
    blocking(findings) > 0
}
