//! Every text of `cases/country.json` is understood as the case says, and the table keeps its promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::BTreeSet;

use cosell_rules::country::{self, Code, Resolution, localized, resolve, resolve_with};
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
    /// The reader's language; none is English, of which the table has every name.
    #[serde(default)]
    own: String,
    /// Whether the names in the other languages are handed in, too.
    #[serde(default)]
    others: bool,
    #[serde(flatten)]
    outcome: Outcome,
}

/// What a browser hands in for each language (CLDR 48).
const NAMES: [(&str, &str); 4] = [
    ("de", include_str!("cases/country-names/de.txt")),
    ("es", include_str!("cases/country-names/es.txt")),
    ("fr", include_str!("cases/country-names/fr.txt")),
    ("it", include_str!("cases/country-names/it.txt")),
];

/// The names of these languages.
fn handed(wanted: impl Fn(&str) -> bool) -> String {
    NAMES.iter().filter(|(language, _)| wanted(language)).map(|(_, names)| *names).collect()
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
    let mut wrong = Vec::new();
    for case in &cases {
        let own = handed(|language| language == case.own);
        let others = handed(|language| case.others && language != case.own);
        let found = resolve_with(&case.input, &own, &others);
        if found != expected(&case.outcome) {
            wrong.push(format!("{:?} (own {:?}, others {}): {found:?}", case.input, case.own, case.others));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
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
fn every_name_in_the_readers_language_is_certain() {
    for (_, names) in NAMES {
        for line in names.lines() {
            let (text, name) = line.split_once('|').unwrap();
            let found = resolve_with(name, names, "");
            assert!(found == Resolution::Name { code: code(text) } || shares_a_name(&found, text), "{line}: {found:?}");
            assert_eq!(localized(code(text), names), Some(name));
        }
    }
}

#[test]
fn a_name_in_another_language_is_at_most_a_guess_and_never_of_another_country() {
    for (language, names) in NAMES {
        let others = handed(|_| true);
        for line in names.lines() {
            let (text, name) = line.split_once('|').unwrap();
            let right = Some(code(text));
            for found in [resolve(name), resolve_with(name, "", &others)] {
                match found {
                    Resolution::Name { code } => assert_eq!(Some(code), right, "{language}: {line}"),
                    Resolution::Unknown { suggestion } => {
                        assert!(suggestion.is_none() || suggestion == right, "{language}: {line}");
                    }
                    found => assert!(shares_a_name(&found, text), "{language}: {line}: {found:?}"),
                }
            }
        }
    }
}

fn shares_a_name(found: &Resolution, text: &str) -> bool {
    matches!(found, Resolution::Ambiguous(codes) if codes.contains(&code(text)))
}

#[test]
fn names_handed_in_are_understood_in_any_spelling() {
    let polish = "DE|Niemcy\r\nGB|Wielka Brytania";
    for (input, expected) in [("niemcy", "DE"), ("NIEMCY ", "DE"), ("Wielka  Brytania", "GB"), ("wielka-brytania", "GB")] {
        assert_eq!(resolve_with(input, polish, ""), Resolution::Name { code: code(expected) }, "{input}");
        assert_eq!(resolve_with(input, "", polish), Resolution::Unknown { suggestion: Some(code(expected)) }, "{input}");
        assert_eq!(resolve(input), Resolution::Unknown { suggestion: None }, "{input}");
    }
    assert_eq!(resolve_with("Wielka Brytnia", polish, ""), Resolution::Unknown { suggestion: Some(code("GB")) });
    assert_eq!(resolve_with("Wielka Brytnia", "", polish), Resolution::Unknown { suggestion: None });
}

#[test]
fn names_handed_in_do_not_overrule_the_table() {
    let wrong = "FR|Deutschland\nKR|Korea\nFR|DE\nFR|deu\nFR|Zaire";
    for input in ["Deutschland", "Korea", "DE", "de", "DEU", "Zaire"] {
        assert_eq!(resolve_with(input, wrong, wrong), resolve(input), "{input}");
    }
}

#[test]
fn a_name_handed_in_for_two_countries_is_ambiguous_and_for_one_country_twice_is_not() {
    let names = "FR|Nowhere\nDE|nowhere\nSE|Elsewhere\nSE|ELSEWHERE";
    assert_eq!(resolve_with("Nowhere", names, ""), Resolution::Ambiguous(vec![code("FR"), code("DE")]));
    assert_eq!(resolve_with("Elsewhere", names, ""), Resolution::Name { code: code("SE") });
    assert_eq!(resolve_with("Nowhere", "", names), Resolution::Unknown { suggestion: None });
    assert_eq!(resolve_with("Elsewhere", "", names), Resolution::Unknown { suggestion: Some(code("SE")) });
}

#[test]
fn what_is_no_line_or_no_code_is_passed_over() {
    let names = "|Nowhere\nNowhere\nXX|Nowhere\nfr|Nowhere\nFR|\n\nDE|Nowhere|else";
    assert_eq!(resolve_with("Nowhere", names, names), Resolution::Unknown { suggestion: None });
    assert_eq!(resolve_with("", names, names), Resolution::Unknown { suggestion: None });
    assert_eq!(localized(code("FR"), names), None);
}

#[test]
fn long_and_odd_texts_do_no_harm() {
    for text in ["a".repeat(100_000), "ß".repeat(5_000), " of of of , ( of".to_owned(), "\u{0}\u{ffff}\u{301}".to_owned()] {
        assert_eq!(resolve_with(&text, NAMES[0].1, NAMES[1].1), Resolution::Unknown { suggestion: None });
    }
}
