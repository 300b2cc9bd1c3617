//! Whoever shares may do so at Microsoft.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind};

const ROLE: Kind = Kind::block("caller.role", Field::Sharer);
const TEAM: Kind = Kind::block("caller.team", Field::Team);

/// May do everything with referrals.
const ADMIN: &str = "Referrals admin";
/// May do everything with referrals whose team they are in.
const USER: &str = "Referrals user";

pub(super) const RULE: Rule = Rule {
    number: 46,
    summary: "Who shares is a Referrals admin, or a Referrals user in the deal's team.",
    about: "Microsoft refuses everybody else. An admin of Partner Center gives the roles; a Referrals user is found in the team by \
            e-mail address, so the address in Salesforce must be the one in Partner Center. Whether a role covers the location is \
            not known here. Speaks where the roles of the one who shares are given. Nobody gives them yet: the proxy shares with one \
            account of its own.",
    kinds: &[&ROLE, &TEAM],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Permissions overview\": Referrals admin and Referrals user; \"Partner Center authentication\": only \
             referrals whose team includes the user",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(caller) = case.caller else { return };
    let has = |wanted: &str| caller.roles.iter().any(|role| role.eq_ignore_ascii_case(wanted));
    if has(ADMIN) {
        return;
    }
    if !has(USER) {
        findings.add(&ROLE);
        return;
    }
    let mut team = case.opportunity.team.iter();
    if caller.email.is_empty() {
        findings.add(&TEAM);
    } else if !team.any(|member| member.email.eq_ignore_ascii_case(caller.email)) {
        findings.add(&TEAM).with("email", caller.email);
    }
}
