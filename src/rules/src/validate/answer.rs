//! A referral that came to us is answered within fourteen days.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind},
    lifecycle,
};

const WAITS: Kind = Kind::warn("answer.waits", Field::Stage);
const PRESSES: Kind = Kind::warn("answer.presses", Field::Stage);
const EXPIRED: Kind = Kind::warn("answer.expired", Field::Stage);

pub(super) const RULE: Rule = Rule {
    number: 37,
    summary: "A referral that came in is accepted or declined within 14 days.",
    about: "After that Microsoft closes it as expired, and it can't be opened again. Moving the deal out of the on-hold stage \
            accepts it; closing it as lost declines it. The last four days are pressing. The day shown is the one that the referral \
            carries; where it carries none, 14 days after it was created. Speaks where it is known that the referral came in, which \
            the record doesn't say: in the proxy.",
    kinds: &[&WAITS, &PRESSES, &EXPIRED],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Get the list of leads and opportunities\" and \"Manage co-sell opportunities\": pending requests \
             expire after 14 days",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (Some(sent), Some(now)) = (case.sent, case.now) else { return };
    if !sent.incoming || !sent.own.is_some_and(lifecycle::Standing::waits) {
        return;
    }
    let created = || sent.created.map(|created| created.after(lifecycle::ANSWER));
    let Some(due) = sent.due.or_else(created) else { return };
    let kind = match lifecycle::days_left(due, now) {
        0 => &EXPIRED,
        _ if lifecycle::presses(due, now) => &PRESSES,
        _ => &WAITS,
    };
    findings.add(kind).with("count", lifecycle::days_left(due, now)).with("day", due.date());
}
