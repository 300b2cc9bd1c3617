//! Microsoft knows federal customers of the United States by their D-U-N-S number.

use super::{Basis, Case, Rule};
use crate::finding::{Field, Findings, Kind, Target};

const DUNS_MISSING: Kind = Kind::warn("federal.duns-missing", Field::AccountDuns);

pub(super) const RULE: Rule = Rule {
    number: 48,
    summary: "A federal customer has a D-U-N-S number.",
    about: "Federal accounts are taken from the D-U-N-S list in Partner Center; without the number Microsoft can't tell which \
            agency is meant. Speaks where the setting `federalField` names a field that marks federal customers.",
    kinds: &[&DUNS_MISSING],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Manage co-sell opportunities\": for a federal customer choose the account from the D-U-N-S list",
    check,
};

fn check<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(account) = case.opportunity.account.as_ref().filter(|account| account.is_federal && account.duns.is_empty()) else {
        return;
    };
    let finding = findings.add(&DUNS_MISSING);
    let field = case.settings.duns_field.as_str();
    // An org without a field for the number leaves nothing to click, only an administrator to ask.
    if !field.is_empty() {
        finding.with("field", field).edit(Target::Account, account.id, &[field]);
    }
}
