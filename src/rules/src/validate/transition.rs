//! A referral moves only along Microsoft's table, and status and substatus move together.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind, Param},
    lifecycle::{self, Standing, Substatus},
};

const PAIR: Kind = Kind::block("status.pair", Field::Referral);
const STEP: Kind = Kind::block("status.step", Field::Stage);
const ALONE: Kind = Kind::block("status.alone", Field::Referral);

pub(super) const LEGAL: Rule = Rule {
    number: 3,
    summary: "Status and substatus belong together, and the step to them is one that Microsoft allows.",
    about: "New goes with Pending or Received, Active with Accepted, Closed with Won, Lost, Declined or Expired. Closed as an error is \
            read where the portal did it, and never sent: the API has no such value. A deal moves forward \
            only: what was accepted can't wait again. The steps that a deal's stage asks for are always allowed; this rule catches \
            what a mapping or a changed status would send instead.",
    kinds: &[&PAIR, &STEP],
    basis: Basis::Api,
    source: "Microsoft Learn, \"Referral resources\": table of status, allowed status transition and allowed substatus",
    check: legal,
};

pub(super) const TOGETHER: Rule = Rule {
    number: 5,
    summary: "Status and substatus are given together, in a new referral and in an update.",
    about: "One without the other would leave a pair that Microsoft's table doesn't know. Only a document that was put together \
            wrongly lacks one of them: an admin should look at the mapping.",
    kinds: &[&ALONE],
    basis: Basis::Conclusion,
    source: "Microsoft Learn, \"Update a lead or opportunity\": the example replaces /status and /substatus in one document, which \
             \"should conform to the allowed set\"",
    check: together,
};

fn legal<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(leaving) = case.leaving else { return };
    let own = case.sent.and_then(|sent| sent.own);
    let created = (leaving.document.text("/status"), leaving.document.text("/substatus"));
    let patched = (leaving.patched("/status"), leaving.patched("/substatus"));
    // A document is where a referral begins; only a patch is a step.
    for (pair, from) in [(created, None), (patched, own)] {
        let (Some(status), Some(substatus)) = pair else { continue };
        let is_sendable = |next: &Standing| next.is_legal() && next.substatus != Substatus::Error;
        let Some(next) = Standing::of(status, substatus).filter(is_sendable) else {
            findings.add(&PAIR).with("status", status).with("substatus", substatus);
            continue;
        };
        // What was closed is another rule's.
        if let Some(from) = from.filter(|from| !from.is_closed() && !from.may_become(next)) {
            findings.add(&STEP).with("from", term(from)).with("to", term(next));
        }
    }
}

fn together<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(leaving) = case.leaving else { return };
    let patches = |path| leaving.patch.iter().any(|operation| operation.path == path);
    let creates = |path| leaving.document.has(path);
    if patches("/status") != patches("/substatus") || creates("/status") != creates("/substatus") {
        findings.add(&ALONE);
    }
}

/// The step that is about to be taken: the one in what leaves, else the one that the deal's stage asks for.
pub(super) fn next(case: &Case<'_>) -> Option<Standing> {
    match case.leaving {
        Some(leaving) => Standing::of(leaving.patched("/status")?, leaving.patched("/substatus")?),
        None => lifecycle::wanted(case.opportunity, case.sent?.own?, case.sent?.incoming, case.settings),
    }
}

/// A standing as a message names it: by its substatus, which says it all.
pub(super) fn term(standing: Standing) -> Param<'static> {
    Param::Term(standing.substatus.word().into())
}
