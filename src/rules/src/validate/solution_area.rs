//! What the partner does, and where Microsoft puts the deal: role, solution area, solution play.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Finding, Findings, Kind, Target},
    map::{Direction, Transform, tags},
    taxonomy::List,
};

const SERVICES_ROLE: Kind = Kind::block("services.role-missing", Field::PartnerRole);
const SERVICES_AREA: Kind = Kind::block("services.area-missing", Field::SolutionArea);
const SERVICES_PLAY: Kind = Kind::block("services.play-missing", Field::SolutionPlay);

const AREA_MISSING: Kind = Kind::warn("solution-area.missing", Field::SolutionArea);
const PLAY_MISSING: Kind = Kind::warn("solution-play.missing", Field::SolutionPlay);

const AREA_UNKNOWN: Kind = Kind::warn("solution-area.unknown", Field::SolutionArea);
const PLAY_UNKNOWN: Kind = Kind::warn("solution-play.unknown", Field::SolutionPlay);
const UNLISTED: Kind = Kind::warn("mapped.unlisted", Field::Mapped);

/// Where a mapped value is of one of Microsoft's lists.
const LISTED: [(&str, List); 4] = [
    ("/customerProfile/size", List::CustomerSizes),
    ("/details/requirements/industries", List::Industries),
    ("/details/requirements/products", List::Products),
    ("/details/requirements/services", List::Services),
];

pub(super) const SERVICES: Rule = Rule {
    number: 26,
    summary: "A services co-sell deal has a partner role, a solution area and a solution play.",
    about: "Speaks where the setting `servicesCoSell` is on, when Microsoft is asked for help. Once help is \
            asked, Microsoft takes no change of the three, so a deal that is already there is left alone.",
    kinds: &[&SERVICES_ROLE, &SERVICES_AREA, &SERVICES_PLAY],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Create a referral\": PartnerRole, SolutionArea and SolutionPlay are required for services \
             co-sell",
    check: services,
};

pub(super) const IP: Rule = Rule {
    number: 27,
    summary: "A new co-sell deal has a solution area and a solution play.",
    about: "Partner Center's form and upload are reported to ask for both since 2026; that the API does is not documented. \
            Speaks where the settings `solutionAreaField` and `solutionPlayField` name fields, and `servicesCoSell` is off.",
    kinds: &[&AREA_MISSING, &PLAY_MISSING],
    basis: Basis::Portal,
    source: "Reports by partners about Partner Center's form and upload of 2026; Microsoft Learn, \"Create a referral\", \
             requires both for services co-sell only",
    check: ip,
};

pub(super) const TAXONOMY: Rule = Rule {
    number: 28,
    summary: "Solution area, solution play and mapped codes are of Microsoft's current lists.",
    about: "Microsoft renames areas and plays with each of its fiscal years, from July to June. Mapped codes are a customer's size, \
            industries, products and services. A value is called unknown only where the list is complete: areas and plays are not, \
            until the settings replace them. Speaks where a setting names a field for the value, or maps one.",
    kinds: &[&AREA_UNKNOWN, &PLAY_UNKNOWN, &UNLISTED],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Referral resources\": solution areas and solution plays of the current fiscal year",
    check: taxonomy,
};

fn services<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (settings, deal) = (case.settings, case.opportunity);
    if !settings.services_co_sell || !asks_anew(case) {
        return;
    }
    for (kind, value, field) in [
        (&SERVICES_ROLE, deal.partner_role, settings.partner_role_field.as_str()),
        (&SERVICES_AREA, deal.solution_area, settings.solution_area_field.as_str()),
        (&SERVICES_PLAY, deal.solution_play, settings.solution_play_field.as_str()),
    ] {
        if value.is_empty() {
            let finding = findings.add(kind);
            // Without a field only an administrator can do something: name one.
            if !field.is_empty() {
                fill(case, finding.with("field", field), field);
            }
        }
    }
}

fn ip<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (settings, deal) = (case.settings, case.opportunity);
    if settings.services_co_sell || !asks_anew(case) {
        return;
    }
    for (kind, value, field) in [
        (&AREA_MISSING, deal.solution_area, settings.solution_area_field.as_str()),
        (&PLAY_MISSING, deal.solution_play, settings.solution_play_field.as_str()),
    ] {
        if value.is_empty() && !field.is_empty() {
            fill(case, findings.add(kind), field);
        }
    }
}

fn taxonomy<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (settings, deal) = (case.settings, case.opportunity);
    for (kind, list, value, field) in [
        (&AREA_UNKNOWN, List::SolutionAreas, deal.solution_area, settings.solution_area_field.as_str()),
        (&PLAY_UNKNOWN, List::SolutionPlays, deal.solution_play, settings.solution_play_field.as_str()),
    ] {
        if value.is_empty() || settings.taxonomy.contains(list, value) || !settings.taxonomy.is_complete(list) {
            continue;
        }
        let finding = findings.add(kind).with("value", value);
        match settings.taxonomy.find(list, value) {
            Some(id) => {
                finding.with("code", id).set(Target::Opportunity, deal.id, field, id);
            }
            None => fill(case, finding, field),
        }
    }
    mapped(case, findings);
}

fn mapped<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let taxonomy = &case.settings.taxonomy;
    for (mapping, held) in case.settings.mapping.iter().zip(&case.opportunity.mapped) {
        let list = LISTED.into_iter().find(|(path, _)| mapping.path.eq_ignore_ascii_case(path)).map(|(_, list)| list);
        let Some(list) = list.filter(|list| mapping.direction != Direction::ToSalesforce && taxonomy.is_complete(*list)) else {
            continue;
        };
        let mut check = |value: &'a str| {
            if !value.is_empty() && !taxonomy.contains(list, value) {
                findings.add(&UNLISTED).with("value", value).with("field", &*mapping.field);
            }
        };
        if mapping.transform == Transform::List { tags(held).for_each(check) } else { check(held) }
    }
}

/// Whether Microsoft is about to be asked for help; what it was asked with can't be changed.
fn asks_anew(case: &Case<'_>) -> bool {
    case.opportunity.help.is_some() && case.sent.is_none_or(|sent| sent.help.is_none())
}

fn fill<'a>(case: &Case<'a>, finding: &mut Finding<'a>, field: &'a str) {
    finding.edit(Target::Opportunity, case.opportunity.id, &[field]);
}
