//! What Microsoft was asked for stays as it was asked.

use super::{Basis, Case, Rule, transition::term};
use crate::{
    finding::{Field, Findings, Kind, Target},
    lifecycle::Standing,
    salesforce::field,
    settings::Settings,
    taxonomy::List,
};

const WITHDRAWN: Kind = Kind::block("help.withdrawn", Field::Help);
const CHANGED: Kind = Kind::block("help.changed", Field::Help);
const CONTACT: Kind = Kind::block("help.contact-changed", Field::Contact);
const OVER: Kind = Kind::warn("help.over", Field::Help);

pub(super) const RULE: Rule = Rule {
    number: 22,
    summary: "Help that was asked for is neither withdrawn nor changed, and its customer contact stays.",
    about: "Once a request is with Microsoft, the kind of help and the customer contact can't be edited. The rule offers the kind \
            that was sent. When the deal is closed, it is silent: nothing waits any more. When Microsoft alone has closed its side, \
            other help can be chosen, but nobody is asked for it: a new opportunity can be shared for that.",
    kinds: &[&WITHDRAWN, &CHANGED, &CONTACT, &OVER],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": Microsoft help required, the help code and the customer contact are \
             read-only once they were submitted",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(sent) = case.sent else { return };
    if sent.own.is_some_and(Standing::is_closed) {
        return;
    }
    let deal = case.opportunity;
    let is_other = |asked| deal.help.is_some_and(|help| help != asked && code(help, case.settings) != code(asked, case.settings));
    if let Some(over) = sent.microsoft.filter(|standing| standing.is_closed()) {
        if sent.help.is_some_and(is_other) {
            findings.add(&OVER).with("standing", term(over));
        }
        return;
    }
    if let Some(asked) = sent.help {
        let kind = if deal.help.is_none() { Some(&WITHDRAWN) } else { is_other(asked).then_some(&CHANGED) };
        if let Some(kind) = kind {
            findings.add(kind).with_term("help", asked).set(Target::Opportunity, deal.id, field::HELP, asked);
        }
    }
    if let Some(given) = sent.contact {
        let contact = deal.customer_contact().map(|person| person.email).unwrap_or_default();
        if !contact.eq_ignore_ascii_case(given) {
            findings.add(&CONTACT).with("email", given);
        }
    }
}

/// Microsoft's code for what a record calls it, so that a label and its code are the same.
fn code<'a>(help: &'a str, settings: &'a Settings) -> &'a str {
    settings.taxonomy.find(List::HelpCodes, help).unwrap_or(help)
}
