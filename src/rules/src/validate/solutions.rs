//! What the deal is about: one to fifty solutions that can be sold together with Microsoft.

use super::{
    Basis, Case, Rule,
    catalog::{Listed, is_known_kind, usable},
};
use crate::{
    finding::{Addition, Field, Findings, Kind},
    model::Solution,
    text::split,
};

/// The most solutions that a referral takes.
const MOST: usize = 50;

const MISSING: Kind = Kind::block("solutions.missing", Field::Solutions);
const TOO_MANY: Kind = Kind::block("solutions.too-many", Field::Solutions);
const UNIDENTIFIED: Kind = Kind::warn("solutions.unidentified", Field::Solutions);
const MALFORMED: Kind = Kind::warn("solutions.malformed", Field::Solutions);

const NOT_LISTED: Kind = Kind::block("solutions.not-listed", Field::Solutions);
const NOT_READY: Kind = Kind::block("solutions.not-ready", Field::Solutions);
const ODD_KIND: Kind = Kind::warn("solutions.kind", Field::Solutions);

const OTHER_PARTNER: Kind = Kind::block("solutions.other-partner", Field::Solutions);

pub(super) const PRESENT: Rule = Rule {
    number: 15,
    summary: "One to fifty solutions, each with its identifier.",
    about: "A solution without an identifier can't be sent; beside others it is left out, which is pointed out. So is an \
            identifier in a form that Microsoft's examples don't have (SOL-20417-KXD, or a GUID), unless there is a catalogue \
            to look it up in.",
    kinds: &[&MISSING, &TOO_MANY, &UNIDENTIFIED, &MALFORMED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\": at least one co-sell ready or Microsoft solution; \
             \"Bulk upload of co-sell deals\": identifier required, at most 50; \"Troubleshoot co-sell referrals connectors\": \
             Solution ID is required",
    check: present,
};

pub(super) const CO_SELL: Rule = Rule {
    number: 16,
    summary: "Each solution is co-sell ready or Microsoft's own.",
    about: "With a catalogue in the settings, each solution must be in it, and its status there must be Co-sell ready, Azure IP \
            co-sell eligible or Business Applications co-sell incentive; a blank status counts as ready. Without one, the kind \
            on the solution should be 1P for Microsoft's own, 3P for a partner's, or Assessment.",
    kinds: &[&NOT_LISTED, &NOT_READY, &ODD_KIND],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\" and \"Co-sell FAQ\": co-sell ready or Microsoft \
             solutions; \"Co-sell status\": the statuses of a solution",
    check: co_sell,
};

pub(super) const SAME_PARTNER: Rule = Rule {
    number: 47,
    summary: "A solution belongs to the partner who shares the deal.",
    about: "The partner id of the connection must be that of the solution's publisher. Speaks where the setting \
            `partnerId` and a catalogue are given that names the publisher of the solution; Microsoft's own solutions are exempt.",
    kinds: &[&OTHER_PARTNER],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Co-sell connector for Salesforce CRM\": the PartnerID of the connection is that of the \
             solutions",
    check: same_partner,
};

fn present<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let all = &case.opportunity.solutions;
    let usable = usable(case).count();
    if usable == 0 {
        let finding = findings.add(&MISSING).lacks(Addition::Solution);
        // There may be some that nobody gave an identifier.
        let names = names(case, &|_| true, label);
        if !names.is_empty() {
            finding.with("solutions", names);
        }
        return;
    }
    if usable > MOST {
        findings.add(&TOO_MANY).with("count", usable).with("most", MOST);
    }
    if usable < all.len() {
        name_those(case, findings, &UNIDENTIFIED, &|solution| solution.identifier.is_empty());
    }
    if case.settings.catalog.is_empty() {
        // Microsoft's own products go by names of their own.
        let is_odd = |solution: &Solution<'_>| {
            !solution.identifier.is_empty() && solution.kind != "1P" && !is_identifier(solution.identifier)
        };
        let odd = names(case, &is_odd, |solution| solution.identifier);
        if !odd.is_empty() {
            findings.add(&MALFORMED).with("value", odd);
        }
    }
}

fn co_sell<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let catalog = case.settings.catalog.as_str();
    if catalog.is_empty() {
        name_those(case, findings, &ODD_KIND, &|solution| {
            !solution.identifier.is_empty() && !solution.kind.is_empty() && !is_known_kind(solution.kind)
        });
        return;
    }
    let whole =
        usable(case).all(|solution| Listed::find(catalog, solution.identifier).is_some_and(|listed| listed.is_co_sell_ready()));
    if whole {
        return;
    }
    name_those(case, findings, &NOT_LISTED, &|solution| {
        !solution.identifier.is_empty() && Listed::find(catalog, solution.identifier).is_none()
    });
    name_those(case, findings, &NOT_READY, &|solution| {
        Listed::find(catalog, solution.identifier).is_some_and(|listed| !listed.is_co_sell_ready())
    });
}

fn same_partner<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (own, catalog) = (case.settings.partner_id.as_str(), case.settings.catalog.as_str());
    if own.is_empty() || catalog.is_empty() {
        return;
    }
    name_those(case, findings, &OTHER_PARTNER, &|solution| {
        Listed::find(catalog, solution.identifier)
            .is_some_and(|listed| !listed.is_microsofts() && !["", own].contains(&listed.partner_id))
    });
}

/// Adds a finding that names the solutions that are meant, where there are any.
fn name_those<'a>(case: &Case<'a>, findings: &mut Findings<'a>, kind: &'static Kind, is_meant: &dyn Fn(&Solution<'a>) -> bool) {
    let names = names(case, is_meant, label);
    if !names.is_empty() {
        findings.add(kind).with("solutions", names);
    }
}

/// Labels of the solutions that are meant, with commas between them; allocates only where there are any.
fn names<'a>(case: &Case<'a>, is_meant: &dyn Fn(&Solution<'a>) -> bool, label: fn(&Solution<'a>) -> &'a str) -> String {
    let mut names = String::new();
    for solution in &case.opportunity.solutions {
        if is_meant(solution) {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(label(solution));
        }
    }
    names
}

fn label<'a>(solution: &Solution<'a>) -> &'a str {
    match (solution.name, solution.identifier) {
        ("", "") => "–",
        ("", identifier) => identifier,
        (name, _) => name,
    }
}

/// Whether a text has one of the two forms that Microsoft's examples show: `SOL-20417-KXD` or a GUID.
fn is_identifier(text: &str) -> bool {
    let mut parts = split(text, b'-');
    let mut next = |is_part: fn(&u8) -> bool| {
        let part = parts.next().unwrap_or_default();
        if part.bytes().all(|byte| is_part(&byte)) { part.len() } else { 0 }
    };
    if text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("SOL-")) {
        next(u8::is_ascii_alphabetic);
        let lengths = (next(u8::is_ascii_digit), next(u8::is_ascii_alphabetic));
        return matches!(lengths, (4..=5, 3..=4)) && parts.next().is_none();
    }
    let lengths = [8, 4, 4, 4, 12];
    lengths.iter().all(|length| next(u8::is_ascii_hexdigit) == *length) && parts.next().is_none()
}
