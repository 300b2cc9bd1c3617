//! Our country and currency tables against two crates that took the same standards from elsewhere.
//!
//! Where we differ, the reason stands here; a difference without a reason, and a reason without a difference, fail.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};

use cosell_rules::{
    country::{self, Code, Resolution},
    currency::{self, CurrencyStatus},
};
use iso_currency::{Currency, Flag};
use rust_iso3166::{CountryCode, iso3166_3};

/// Codes of `rust_iso3166` that were withdrawn and that we treat otherwise.
const COUNTRY_DIFFERENCES: [(&str, &str); 1] =
    [("BYS", "the code BY went on to Belarus, and nobody writes the old alpha-3 code any more")];

/// Codes of `iso_currency` 0.7.1 that it flags otherwise than we do.
const CURRENCY_DIFFERENCES: [(&str, &str); 2] = [
    ("VES", "the crate marks it superseded by VED; ISO 4217 List One has both, and both are in use"),
    ("XAD", "the crate calls it special; List One gives it minor units and no fund mark"),
];

fn triples() -> impl Iterator<Item = String> {
    let letters = || 'A'..='Z';
    letters().flat_map(move |a| letters().flat_map(move |b| letters().map(move |c| [a, b, c].iter().collect())))
}

/// What one or several successors come to.
fn single(countries: &[CountryCode]) -> Option<Code> {
    match countries {
        [country] => Code::new(country.alpha2),
        _ => None,
    }
}

#[test]
fn both_know_the_same_countries_by_the_same_codes() {
    let theirs: BTreeSet<&str> = rust_iso3166::ALL.iter().map(|country| country.alpha2).collect();
    let ours: BTreeSet<&str> = theirs.iter().filter_map(|text| Code::new(text)).map(Code::as_str).collect();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 249);
    let more =
        triples().filter_map(|text| Code::new(text.get(..2).unwrap_or_default())).find(|code| !theirs.contains(code.as_str()));
    assert_eq!(more, None);
    for country in rust_iso3166::ALL {
        let code = Code::new(country.alpha2).unwrap();
        assert_eq!(country::resolve(country.alpha3), Resolution::Name { code }, "{}", country.alpha3);
    }
}

#[test]
fn the_names_of_the_standard_lead_to_their_codes_or_are_shared() {
    let mut shared = BTreeSet::new();
    for country in rust_iso3166::ALL {
        let code = Code::new(country.alpha2).unwrap();
        match country::resolve(country.name) {
            Resolution::Name { code: found } => assert_eq!(found, code, "{}", country.name),
            Resolution::Ambiguous(codes) if codes.contains(&code) => {
                shared.insert(country.name);
            }
            other => panic!("{}: {other:?}", country.name),
        }
    }
    assert_eq!(shared, BTreeSet::from(["Congo", "Guinea"]));
}

#[test]
fn countries_withdrawn_since_1989_agree_in_year_and_successor() {
    let mut different = BTreeSet::new();
    for former in iso3166_3::ALL {
        let since = u16::try_from(*former.validity.last().unwrap()).unwrap();
        let theirs = Resolution::Withdrawn { successor: single(former.new_countries), since };
        if since >= 1989 && country::resolve(former.former.alpha3) != theirs {
            different.insert(former.former.alpha3);
        }
    }
    assert_eq!(different, COUNTRY_DIFFERENCES.map(|(code, _)| code).into());
}

#[test]
fn both_know_the_same_currencies_and_agree_on_what_is_money() {
    let mut different = BTreeMap::new();
    for code in triples() {
        let ours = currency::resolve(&code);
        let agree = match Currency::from_code(&code) {
            // The crate has no codes that were withdrawn long ago.
            None => matches!(ours, CurrencyStatus::Unknown | CurrencyStatus::Withdrawn { .. }),
            Some(theirs) => match theirs.flags().as_slice() {
                [] => ours == CurrencyStatus::Valid,
                [Flag::Superseded(by)] => {
                    matches!(ours, CurrencyStatus::Withdrawn { successor: Some(successor), .. } if successor.as_str() == by.code())
                }
                _ => ours == CurrencyStatus::NotMoney,
            },
        };
        // "ANG" is no code of theirs at all, as any other that was withdrawn; a name such as "won" is not looked at here.
        if !agree && !matches!(ours, CurrencyStatus::Name { .. }) {
            different.insert(code, ours);
        }
    }
    let reasons: BTreeSet<String> = CURRENCY_DIFFERENCES.iter().map(|(code, _)| (*code).to_owned()).collect();
    assert_eq!(different.keys().cloned().collect::<BTreeSet<_>>(), reasons, "{different:?}");
}
