//! Two updates of one deal keep a minute between them.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind};

const SOON: Kind = Kind::warn("debounce.soon", Field::Referral);

/// How many seconds to wait between two saves of the same deal.
const PAUSE: i64 = 60;

pub(super) const RULE: Rule = Rule {
    number: 50,
    summary: "A minute passes between two updates of the same deal.",
    about: "Updates that follow each other too closely made duplicates in Microsoft's own connector. Saving is possible at any time; \
            what is sent may wait for the minute to pass. A deal that is only looked at says nothing. \
            Speaks where it is known when the deal was last sent. Nobody gives that yet.",
    kinds: &[&SOON],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Troubleshoot co-sell referrals connectors\": wait up to one minute between saves",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let (Some(last), Some(now)) = (case.sent.and_then(|sent| sent.last_sent), case.now) else { return };
    let is_sending = case.edited || case.leaving.is_some_and(|leaving| !leaving.patch.is_empty());
    // A clock that runs behind the other says nothing about the time between.
    if is_sending && now >= last && now.since(last) < PAUSE {
        findings.add(&SOON);
    }
}
