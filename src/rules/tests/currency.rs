//! Every text of `cases/currency.json` is understood as the case says, and the table keeps its promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use cosell_rules::currency::{self, Code3, CurrencyStatus, localized, resolve, resolve_with};
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
    /// The reader's language; none is English, of which the table has every name.
    #[serde(default)]
    own: String,
    #[serde(flatten)]
    outcome: Outcome,
}

/// What a browser hands in for each language (CLDR 48), withdrawn currencies among them.
const NAMES: [(&str, &str); 2] =
    [("de", include_str!("cases/currency-names/de.txt")), ("fr", include_str!("cases/currency-names/fr.txt"))];

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
        let own = NAMES.iter().find(|(language, _)| *language == case.own).map_or("", |(_, names)| names);
        assert_eq!(resolve_with(&case.input, own), expected(&case.outcome), "{:?} {:?}", case.input, case.own);
    }
}

#[test]
fn every_currency_in_use_has_a_name_and_its_small_letters_lead_to_it() {
    let codes: Vec<Code3> = triples().filter_map(|text| Code3::new(&text)).collect();
    assert_eq!(codes.len(), 156);
    for code in codes {
        assert_eq!(resolve(code.as_str()), CurrencyStatus::Valid);
        assert_eq!(resolve(&code.as_str().to_lowercase()), CurrencyStatus::WrongCase { code });
        let name = currency::name(code.as_str()).unwrap();
        assert_eq!(resolve(name), CurrencyStatus::Name { code }, "{name}");
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

#[test]
fn every_name_in_the_readers_language_leads_to_a_currency_in_use_but_kwacha_which_two_are_called_in_english() {
    let mut unclear = Vec::new();
    for (_, names) in NAMES {
        for line in names.lines() {
            let (text, name) = line.split_once('|').unwrap();
            let Some(code) = Code3::new(text) else { continue };
            // Where a language has no name, browsers hand in the code.
            let expected = if name == text { CurrencyStatus::Valid } else { CurrencyStatus::Name { code } };
            if resolve_with(name, names) != expected {
                unclear.push(line);
            }
            assert_eq!(localized(text, names), Some(name));
        }
    }
    assert_eq!(unclear, ["ZMW|Kwacha"]);
}

#[test]
fn a_name_handed_in_must_belong_to_one_currency_in_use_that_the_table_does_not_call_otherwise() {
    let own =
        "EUR|Moneta\nUSD|moneta\nHRK|Kuna chorwacka\nXAU|Zloto\nEUR|euro\nUSD|Euro\nUSD|Złoty\nSEK|Korona\nSEK|KORONA\nEUR|";
    let name = |text| CurrencyStatus::Name { code: code(text) };
    for (input, expected) in [
        ("Moneta", CurrencyStatus::Unknown),
        ("Kuna chorwacka", CurrencyStatus::Unknown),
        ("Zloto", CurrencyStatus::Unknown),
        ("", CurrencyStatus::Unknown),
        ("$", CurrencyStatus::Unknown),
        ("EURO", name("EUR")),
        ("Zloty", name("PLN")),
        ("korona", name("SEK")),
    ] {
        assert_eq!(resolve_with(input, own), expected, "{input}");
    }
    assert_eq!(localized("EUR", own), Some("Moneta"));
    assert_eq!(localized("GBP", own), None);
}
