//! Microsoft is asked once for a deal.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Findings, Kind},
    map::{Document, Node},
};

const LIVES: Kind = Kind::block("engagement.lives", Field::Referral);

pub(super) const RULE: Rule = Rule {
    number: 35,
    summary: "No second request goes to Microsoft while the first one is open.",
    about: "A second referral for Microsoft in the same engagement would ask another seller for the same thing, and Microsoft closes \
            such deals as duplicates. Once Microsoft has closed its side, the same deal asks no more: to ask again, share a new \
            opportunity.",
    kinds: &[&LIVES],
    basis: Basis::Conclusion,
    source: "Microsoft Learn, \"Create a referral\": the second referral of a co-sell deal is for Microsoft; \"Bulk upload of \
             co-sell deals\": three error reasons are about duplicates",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let lives = case.sent.and_then(|sent| sent.microsoft).is_some_and(|standing| !standing.is_closed());
    if lives && case.leaving.is_some_and(|leaving| is_for_microsoft(&leaving.document)) {
        findings.add(&LIVES);
    }
}

/// Whether one of a document's targets is Microsoft.
fn is_for_microsoft(document: &Document<'_>) -> bool {
    let is_microsoft = |id: &str| id.eq_ignore_ascii_case("msft");
    match document.get("/target") {
        Some(Node::List(targets)) => targets.iter().flatten().any(|(name, value)| *name == "id" && is_microsoft(value)),
        Some(Node::Text(target)) => is_microsoft(target),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microsoft_is_found_among_the_targets_by_its_id() {
        let targets = |ids: &[&'static str]| Document {
            members: vec![(
                "/target".into(),
                Node::List(ids.iter().map(|&id| vec![("type", "BusinessProfileLocation".into()), ("id", id.into())]).collect()),
            )],
        };
        for (ids, found) in [
            (&["msft"][..], true),
            (&["SOL-20417-KXD", "MSFT"], true),
            (&["SOL-20417-KXD"], false),
            (&["BusinessProfileLocation"], false),
            (&[], false),
        ] {
            assert_eq!(is_for_microsoft(&targets(ids)), found, "{ids:?}");
        }
        assert!(!is_for_microsoft(&Document::default()));
    }
}
