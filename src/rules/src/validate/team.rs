//! At least one of the partner's people can be reached.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind};

/// The most team members that a referral takes.
const MOST: usize = 50;

const MISSING: Kind = Kind::block("team.missing", Field::Team);
const INCOMPLETE: Kind = Kind::block("team.incomplete", Field::Team);
const TOO_MANY: Kind = Kind::block("team.too-many", Field::Team);

pub(super) const RULE: Rule = Rule {
    number: 14,
    summary: "One to fifty people of the partner have a first name, a last name, a phone number and an e-mail address.",
    about: "The team is the opportunity's owner and its team members. Only those who are complete are sent, and one of them has \
            to be. Users are edited by an administrator; a seller can add a complete team member instead.",
    kinds: &[&MISSING, &INCOMPLETE, &TOO_MANY],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": a team member with first name, last name, phone and e-mail is \
             required; \"Bulk upload of co-sell deals\": at most 50",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let team = &case.opportunity.team;
    let Some(owner) = team.first() else {
        findings.add(&MISSING);
        return;
    };
    match team.iter().filter(|person| person.is_complete()).count() {
        // The owner is named: there is nothing that a seller could click, only somebody to ask.
        0 => {
            findings.add(&INCOMPLETE).with("person", owner.full_name()).with("missing", owner.missing());
        }
        count if count > MOST => {
            findings.add(&TOO_MANY).with("count", count).with("most", MOST);
        }
        _ => {}
    }
}
