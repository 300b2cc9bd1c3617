//! Every text of `cases/currency.json` is understood as the case says, and the table keeps its promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use cosell_rules::currency::{self, Code3, CurrencyStatus, resolve};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "camelCase")]
enum Outcome {
    Valid,
    Withdrawn { successor: Option<String>, since: (u16, u8, u8) },
    NotMoney,
    WrongCase { code: String },
    Name { code: String },
    Unknown,
}

#[derive(Deserialize)]
struct Case {
    input: String,
    #[serde(flatten)]
    outcome: Outcome,
}

fn code(text: &str) -> Code3 {
    Code3::new(text).unwrap_or_else(|| panic!("{text} is no code"))
}

fn expected(outcome: &Outcome) -> CurrencyStatus {
    match outcome {
        Outcome::Valid => CurrencyStatus::Valid,
        Outcome::Withdrawn { successor, since } => {
            CurrencyStatus::Withdrawn { successor: successor.as_deref().map(code), since: *since }
        }
        Outcome::NotMoney => CurrencyStatus::NotMoney,
        Outcome::WrongCase { code: text } => CurrencyStatus::WrongCase { code: code(text) },
        Outcome::Name { code: text } => CurrencyStatus::Name { code: code(text) },
        Outcome::Unknown => CurrencyStatus::Unknown,
    }
}

/// Every three capital letters.
fn triples() -> impl Iterator<Item = String> {
    let letters = || 'A'..='Z';
    letters().flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c].iter().collect())))
}

#[test]
fn every_case_is_understood_as_told() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("cases/currency.json")).unwrap();
    for case in &cases {
        assert_eq!(resolve(&case.input), expected(&case.outcome), "{:?}", case.input);
    }
}

#[test]
fn every_currency_in_use_has_a_name_and_minor_units_and_its_small_letters_lead_to_it() {
    let codes: Vec<Code3> = triples().filter_map(|text| Code3::new(&text)).collect();
    assert_eq!(codes.len(), 156);
    for code in codes {
        assert_eq!(resolve(code.as_str()), CurrencyStatus::Valid);
        assert_eq!(resolve(&code.as_str().to_lowercase()), CurrencyStatus::WrongCase { code });
        assert!(currency::minor_units(code.as_str()).is_some(), "{code}");
        let name = currency::name(code.as_str()).unwrap();
        assert_eq!(resolve(name), CurrencyStatus::Name { code }, "{name}");
    }
}

#[test]
fn amounts_have_the_decimals_of_their_currency() {
    for (code, decimals) in
        [("EUR", 2), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("BHD", 3), ("CLP", 0), ("ISK", 0), ("MRU", 2), ("CLF", 4)]
    {
        assert_eq!(currency::minor_units(code), Some(decimals), "{code}");
    }
    for none in ["XAU", "XXX", "HRK", "eur", "", "EURO"] {
        assert_eq!(currency::minor_units(none), None, "{none}");
    }
}

#[test]
fn a_withdrawn_currency_leads_to_one_in_use_or_to_none() {
    let mut withdrawn = 0;
    for text in triples() {
        let CurrencyStatus::Withdrawn { successor, since: (year, month, day) } = resolve(&text) else { continue };
        withdrawn += 1;
        assert!((1999..=2026).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day), "{text}");
        let without = ["XFO", "XFU", "XRE", "YUM"];
        assert_eq!(successor.is_none(), without.contains(&text.as_str()), "{text}");
        assert_eq!(currency::name(&text), None);
    }
    assert_eq!(withdrawn, 65);
}
