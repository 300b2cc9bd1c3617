//! Every text of `cases/country.json` is understood as the case says, and the table keeps its promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeSet;

use cosell_rules::country::{self, Code, Resolution, resolve, resolve_with};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(tag = "outcome", rename_all = "camelCase")]
enum Outcome {
    Valid { code: String },
    Name { code: String },
    Ambiguous { codes: Vec<String> },
    Withdrawn { successor: Option<String>, since: u16 },
    Unknown { suggestion: Option<String> },
}

#[derive(Deserialize)]
struct Case {
    input: String,
    #[serde(flatten)]
    outcome: Outcome,
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap_or_else(|| panic!("{text} is no code"))
}

fn expected(outcome: &Outcome) -> Resolution {
    let some = |text: &Option<String>| text.as_deref().map(code);
    match outcome {
        Outcome::Valid { code: text } => Resolution::Valid(code(text)),
        Outcome::Name { code: text } => Resolution::Name { code: code(text) },
        Outcome::Ambiguous { codes } => Resolution::Ambiguous(codes.iter().map(|text| code(text)).collect()),
        Outcome::Withdrawn { successor, since } => Resolution::Withdrawn { successor: some(successor), since: *since },
        Outcome::Unknown { suggestion } => Resolution::Unknown { suggestion: some(suggestion) },
    }
}

/// Every pair of capital letters.
fn pairs() -> impl Iterator<Item = String> {
    ('A'..='Z').flat_map(|first| ('A'..='Z').map(move |second| format!("{first}{second}")))
}

#[test]
fn every_case_is_understood_as_told() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("cases/country.json")).unwrap();
    for case in &cases {
        assert_eq!(resolve(&case.input), expected(&case.outcome), "{:?}", case.input);
    }
}

#[test]
fn every_code_is_valid_as_it_is_and_a_name_in_small_letters() {
    let codes: Vec<Code> = pairs().filter_map(|text| Code::new(&text)).collect();
    assert_eq!(codes.len(), 249);
    for code in codes {
        assert_eq!(resolve(code.as_str()), Resolution::Valid(code));
        assert_eq!(resolve(&code.as_str().to_lowercase()), Resolution::Name { code });
        assert_eq!(code.to_string(), code.as_str());
    }
}

/// Every code and its short English name.
fn names() -> impl Iterator<Item = (Code, &'static str)> {
    pairs().filter_map(|text| Code::new(&text)).map(|code| (code, country::name(code).unwrap()))
}

#[test]
fn a_title_makes_certain_only_the_countries_that_bear_it() {
    for (title, bearers) in [
        ("State", "ER IL KW LY PS QA"),
        ("Islamic Republic", "AF IR MR PK"),
        ("People's Republic", "BD CN"),
        ("Kingdom", "BE BH BT DK ES KH LS MA NL NO SA SE SZ TH TO"),
        ("Commonwealth", "AU BS DM MP PR"),
        ("Free Hanseatic City", ""),
    ] {
        let certain: Vec<&str> = names()
            .filter(|(code, name)| resolve(&format!("{title} of {name}")) == Resolution::Name { code: *code })
            .map(|(code, _)| code.as_str())
            .collect();
        assert_eq!(certain.join(" "), bearers, "{title}");
    }
}

#[test]
fn an_inverted_name_is_the_same_name() {
    for (_, name) in names().filter(|(_, name)| !name.contains('(') && !name.contains(" of ")) {
        for title in ["Republic of", "Kingdom of the", "Southern"] {
            let straight = resolve(&format!("{title} {name}"));
            for inverted in [format!("{name}, {title}"), format!("{name} ({title})")] {
                assert_eq!(resolve(&inverted), straight, "{inverted}");
            }
        }
    }
}

#[test]
fn a_letter_too_many_or_too_few_never_makes_another_country_certain() {
    for (code, name) in names().filter(|(_, name)| name.is_ascii()) {
        for at in 1..=name.len() {
            let (left, right) = name.split_at(at);
            for slip in [format!("{left}e{right}"), format!("{left}{}", right.get(1..).unwrap_or_default())] {
                let resolved = resolve(&slip);
                assert!(!matches!(resolved, Resolution::Name { code: other } if other != code), "{name}, {slip}: {resolved:?}");
            }
        }
    }
}

#[test]
fn every_english_name_leads_back_to_its_code_but_guinea_which_four_countries_bear() {
    let mut shared = BTreeSet::new();
    for code in pairs().filter_map(|text| Code::new(&text)) {
        let name = country::name(code).unwrap();
        match resolve(name) {
            Resolution::Name { code: found } => assert_eq!(found, code, "{name}"),
            Resolution::Ambiguous(codes) if codes.contains(&code) => {
                shared.insert(name);
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    assert_eq!(shared, BTreeSet::from(["Guinea"]));
}

#[test]
fn names_in_the_language_of_the_page_are_understood_when_they_are_handed_in() {
    let polish = [("Niemcy", code("DE")), ("Wielka Brytania", code("GB"))];
    assert_eq!(resolve("niemcy"), Resolution::Unknown { suggestion: None });
    assert_eq!(resolve_with("niemcy", &polish), Resolution::Name { code: code("DE") });
    assert_eq!(resolve_with("Wielka  Brytania", &polish), Resolution::Name { code: code("GB") });
    assert_eq!(resolve_with("", &[("", code("DE"))]), Resolution::Unknown { suggestion: None });
}

#[test]
fn names_handed_in_do_not_overrule_the_table() {
    let wrong = [("Deutschland".to_owned(), code("FR")), ("Korea".to_owned(), code("KR")), ("DE".to_owned(), code("FR"))];
    assert_eq!(resolve_with("Deutschland", &wrong), resolve("Deutschland"));
    assert_eq!(resolve_with("Korea", &wrong), resolve("Korea"));
    assert_eq!(resolve_with("DE", &wrong), resolve("DE"));
}

#[test]
fn a_name_handed_in_for_two_countries_is_ambiguous_and_for_one_country_twice_is_not() {
    let names = [("Nowhere", code("FR")), ("nowhere", code("DE")), ("Elsewhere", code("SE")), ("ELSEWHERE", code("SE"))];
    assert_eq!(resolve_with("Nowhere", &names), Resolution::Ambiguous(vec![code("FR"), code("DE")]));
    assert_eq!(resolve_with("Elsewhere", &names), Resolution::Name { code: code("SE") });
}

#[test]
fn long_and_odd_texts_do_no_harm() {
    for text in ["a".repeat(100_000), "ß".repeat(5_000), " of of of , ( of".to_owned(), "\u{0}\u{ffff}\u{301}".to_owned()] {
        assert_eq!(resolve(&text), Resolution::Unknown { suggestion: None });
    }
}
