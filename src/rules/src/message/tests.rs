//! Every language says what it has to, as its readers write.

use std::collections::BTreeSet;

use time::{Date, Month};

use super::{table, words::find, *};
use crate::{
    country::Code,
    currency::Code3,
    finding::{Field, Kind, Target},
    lifecycle::{Status, Substatus},
    validate::{RULES, STAGES},
};

const KIND: Kind = Kind::block("country.unknown", Field::AccountCountry);
const NBSP: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// Every line of a language: its key with the section's letter, and the words.
fn lines(texts: &[&'static str], language: Language) -> Vec<(&'static str, &'static str)> {
    let place = Language::ALL.iter().position(|known| *known == language).unwrap();
    texts[place].split('\n').map(|line| line.split_once(' ').unwrap()).collect()
}

fn all_lines(language: Language) -> Vec<(&'static str, &'static str)> {
    [lines(&table::PAGE, language), lines(&table::SERVER, language)].concat()
}

fn keys(language: Language) -> BTreeSet<&'static str> {
    all_lines(language).into_iter().map(|(key, _)| key).collect()
}

/// The params that a sentence and its variants name.
fn params(language: Language, key: &str) -> BTreeSet<&'static str> {
    let own = all_lines(language).into_iter().filter(|(known, _)| known.split(['#', '+']).next() == Some(key));
    own.flat_map(|(_, words)| words.split('{').skip(1).map(|tail| tail.split_once('}').unwrap().0)).collect()
}

fn day(year: i32, month: Month, day: u8) -> Param<'static> {
    Param::Day(Date::from_calendar_date(year, month, day).unwrap())
}

fn shown(param: &Param<'_>, locale: &str, settings: &Settings) -> String {
    let mut text = String::new();
    Reader::new(locale, settings).show(&mut text, param);
    text
}

fn settings(pairs: &[(&str, &str)]) -> Settings {
    Settings::from_pairs(pairs.iter().copied()).unwrap()
}

fn written(findings: &[Finding<'_>], pairs: &[(&str, &str)]) -> serde_json::Value {
    let mut json = Json::default();
    write_findings(&mut json, findings, &settings(pairs));
    serde_json::from_str(&json.into_text()).unwrap()
}

#[test]
fn every_finding_has_a_sentence_in_every_language_and_every_sentence_a_finding() {
    let codes: BTreeSet<String> = RULES.iter().flat_map(|rule| rule.kinds).map(|kind| format!("{}{}", 'f', kind.code)).collect();
    for language in Language::ALL {
        let sentences = keys(language).into_iter().filter(|key| key.starts_with('f') && !key.contains(['#', '+']));
        let sentences: BTreeSet<String> = sentences.map(str::to_owned).collect();
        let missing: Vec<_> = codes.difference(&sentences).collect();
        let superfluous: Vec<_> = sentences.difference(&codes).collect();
        assert!(missing.is_empty() && superfluous.is_empty(), "{language:?} lacks {missing:?}, and nothing says {superfluous:?}");
    }
}

#[test]
fn every_language_has_the_words_that_english_has_and_no_others() {
    // A singular, a form of the first of a month and the like are a language's own.
    let own = |key: &&&str| !key.contains(['#', '+']) && **key != "dfirst";
    for language in Language::ALL {
        let (english, here) = (keys(Language::ALL[0]), keys(language));
        let missing: Vec<_> = english.difference(&here).filter(own).collect();
        let superfluous: Vec<_> = here.difference(&english).filter(own).collect();
        assert!(missing.is_empty() && superfluous.is_empty(), "{language:?} lacks {missing:?} and has {superfluous:?}");
    }
}

#[test]
fn every_language_names_the_same_facts() {
    for key in keys(Language::ALL[0]).into_iter().filter(|key| !key.contains(['#', '+'])) {
        for language in Language::ALL {
            assert_eq!(params(language, key), params(Language::ALL[0], key), "{language:?}: {key}");
        }
    }
}

#[test]
fn every_language_has_a_term_for_every_status_and_every_stage_of_an_assessment() {
    let statuses = Status::ALL.iter().map(|status| status.word());
    let substatuses = Substatus::ALL.iter().map(|substatus| substatus.word());
    let stages = STAGES.into_iter().map(|(_, term)| term);
    let terms: Vec<_> = statuses.chain(substatuses).chain(stages).collect();
    for language in Language::ALL {
        let missing: Vec<_> = terms.iter().filter(|term| !keys(language).contains(format!("t{term}").as_str())).collect();
        assert!(missing.is_empty(), "{language:?} lacks {missing:?}");
    }
    assert_eq!(shown(&Param::Term("Error".into()), "en", &Settings::default()), "closed by mistake");
    assert_eq!(shown(&Param::Term("Error".into()), "fr", &Settings::default()), "clôturée par erreur");
}

#[test]
fn every_key_is_found_and_no_other() {
    let all = [Section::Finding, Section::Button, Section::Form, Section::Field, Section::Term, Section::Server];
    for texts in [&table::PAGE, &table::SERVER] {
        for (place, language) in Language::ALL.into_iter().enumerate() {
            for (line, words) in lines(texts, language) {
                let (letter, key) = line.split_at(1);
                let of_letter = |section: &Section| letter == char::from(*section as u8).to_string();
                let section = all.into_iter().find(of_letter).unwrap();
                let tail = find(texts[place], section, key).unwrap();
                assert_eq!(tail.split('\n').next(), Some(words), "{key}");
                let (shorter, _) = key.split_at(key.len() - 1);
                for other in [format!("{key}x"), shorter.to_owned(), format!("x{key}")] {
                    let is_key = keys(language).contains(format!("{letter}{other}").as_str());
                    assert_eq!(find(texts[place], section, &other).is_some(), is_key, "{other}");
                }
            }
        }
    }
    assert_eq!(find("", Section::Finding, "a"), None);
    assert_eq!(Language::ALL[1].word(Section::Field, ""), None);
}

#[test]
fn every_variant_is_said_when_what_it_waits_for_is_there() {
    for language in Language::ALL {
        for (line, words) in all_lines(language) {
            let Some(at) = line.find(['#', '+']) else { continue };
            let (key, conditions) = line.split_at(at);
            let (names, plural) = conditions.split_once('#').unwrap_or((conditions, ""));
            let known = |name: &str| names.split('+').any(|known| known == name);
            let count = (plural == "one").then_some(1);
            let said = match key.split_at(1) {
                ("s", key) => language.of_server(key, &known, count),
                (_, key) => language.of_finding(key, &known, count),
            };
            assert_eq!(said, Some(words), "{language:?}: {line}");
        }
    }
}

#[test]
fn french_punctuation_never_stands_alone_on_a_line() {
    let wrong = |words: &str| {
        let letters: Vec<char> = words.chars().collect();
        let pairs = letters.windows(2).any(|pair| match *pair {
            ['«', after] => after != NBSP,
            [before, ':' | '»'] => before != NBSP,
            [before, ';' | '?' | '!'] => before != NARROW,
            _ => false,
        });
        pairs || words.contains(['\'', '"'])
    };
    for (text, expected) in
        [("« a »", true), ("a : b", true), ("a ?", true), ("l'a", true), ("«\u{a0}a\u{a0}»\u{a0}: l’a\u{202f}?", false)]
    {
        assert_eq!(wrong(text), expected, "{text}");
    }
    let found: Vec<_> = all_lines(Language::of("fr")).into_iter().filter(|(_, words)| wrong(words)).collect();
    assert_eq!(found, []);
}

#[test]
fn a_locale_names_its_language_and_an_unknown_one_is_english() {
    for (locale, code) in [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("fr_FR", "fr"),
        ("FR", "fr"),
        ("fr_FR_EURO", "fr"),
        ("en_US", "en"),
        ("fry", "en"),
        ("", "en"),
    ] {
        assert_eq!(Language::of(locale).code(), code, "{locale}");
    }
}

#[test]
fn a_value_with_braces_is_shown_as_it_is() {
    let finding = Finding::new(&KIND).with("value", "{code} {").clone();
    for language in Language::ALL {
        assert!(sentence(&finding, language.code(), &Settings::default()).contains("{code} {"));
    }
}

#[test]
fn facts_are_written_as_the_reader_writes_them() {
    let settings = settings(&[("countryNames", "KP|Corée du Nord"), ("currencyNames", "EUR|euro")]);
    let amount = |text: &str| Param::Amount(text.parse().unwrap());
    let (north, south) = (Code::new("KP").unwrap(), Code::new("KR").unwrap());
    for (param, english, french) in [
        (Param::Text("a, b".into()), "a, b", "a, b"),
        (Param::Count(0), "0", "0"),
        (Param::Count(999), "999", "999"),
        (Param::Count(1_234_567), "1,234,567", "1\u{202f}234\u{202f}567"),
        (amount("84000"), "84,000", "84\u{202f}000"),
        (amount("-100000.5"), "-100,000.5", "-100\u{202f}000,5"),
        (amount("-100"), "-100", "-100"),
        (day(2026, Month::November, 22), "22 November 2026", "22 novembre 2026"),
        (day(2026, Month::January, 1), "1 January 2026", "1er janvier 2026"),
        (day(2026, Month::December, 31), "31 December 2026", "31 décembre 2026"),
        (Param::Country(south), "South Korea", "South Korea"),
        (Param::Currency(Code3::new("SEK").unwrap()), "Swedish Krona", "Swedish Krona"),
        (Param::Countries(vec![]), "", ""),
        (Param::Countries(vec![south]), "KR (South Korea)", "KR (South Korea)"),
        (Param::Fields(vec!["Email"]), "e-mail", "e-mail"),
        (Param::Fields(vec!["Email", "Odd__c"]), "e-mail and Odd__c", "e-mail et Odd__c"),
        (Param::Fields(vec!["FirstName", "Email", "Phone"]), "first name, e-mail and phone", "prénom, e-mail et téléphone"),
        (Param::Term("QuotesOrLicensing".into()), "quotes and licensing", "devis et licences"),
        (Param::Term("Odd".into()), "Odd", "Odd"),
    ] {
        assert_eq!(shown(&param, "en", &Settings::default()), english);
        assert_eq!(shown(&param, "fr_CA", &settings), french);
    }
    let both = Param::Countries(vec![north, south]);
    assert_eq!(shown(&both, "fr", &settings), "KP (Corée du Nord) ou KR (South Korea)");
    assert_eq!(shown(&Param::Currency(Code3::new("EUR").unwrap()), "fr", &settings), "euro");
}

#[test]
fn a_sentence_has_the_variant_for_what_is_known_and_how_many_there_are() {
    let needs = |count: usize, locale| phrase("needs-you", &[("count", count.into()), ("first", "X.".into())], locale);
    assert_eq!(needs(1, "en"), "Not shared yet: 1 thing to mend. X.");
    assert_eq!(needs(0, "en"), "Not shared yet: 0 things to mend. X.");
    assert_eq!(needs(0, "fr"), "Pas encore partagée\u{a0}: 0 point à corriger. X.");
    assert_eq!(needs(2000, "fr"), "Pas encore partagée\u{a0}: 2\u{202f}000 points à corriger. X.");
    let refused = |detail: &str| phrase("partner-center.refused", &[("detail", detail.into())], "en");
    assert_eq!(refused("No."), "Partner Center refused the deal. It says: No.");
    assert_eq!(refused(""), "Partner Center refused the deal.");
    let mut finding = Finding::new(&KIND).with("value", "Germny").clone();
    assert!(sentence(&finding, "en", &Settings::default()).contains("Enter its two-letter code"));
    finding.with("code", "DE").with("country", Code::new("DE").unwrap());
    assert!(sentence(&finding, "en", &Settings::default()).ends_with("Did you mean Germany (DE)?"));
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let texts = ["fa English\nfb English", "fa French"];
    let tail = |language: Language, key| language.tail(&texts, Section::Finding, key);
    assert_eq!(tail(Language::ALL[1], "a"), Some("French"));
    assert_eq!(tail(Language::ALL[1], "b"), Some("English"));
    assert_eq!(tail(Language::ALL[1], "c"), None);
}

#[test]
fn every_place_on_the_opportunity_has_a_name_for_the_server() {
    for language in Language::ALL {
        let nameless: Vec<_> = Field::ALL.iter().filter(|field| language.server_field(field.name()).is_none()).collect();
        assert!(nameless.is_empty(), "{language:?}: {nameless:?}");
    }
    let sent = |locale| phrase("audit.sent", &[("fields", vec!["amount", "Phone", "Odd__c"].into())], locale);
    assert_eq!(sent("en"), "Sent to Partner Center: deal value, phone and Odd__c.");
    assert_eq!(sent("fr"), "Envoyé à l’Espace partenaires\u{a0}: montant, téléphone et Odd__c.");
}

#[test]
fn what_has_no_words_is_said_by_its_key() {
    const ODD: Kind = Kind::warn("odd.code", Field::Name);
    assert_eq!(phrase("odd", &[], "fr"), "odd");
    assert_eq!(sentence(&Finding::new(&ODD), "fr", &Settings::default()), "odd.code");
}

#[test]
fn the_page_gets_plain_facts_a_sentence_and_a_button() {
    let german = Finding::new(&KIND)
        .with("value", "Germny")
        .with("code", "DE")
        .with("country", Code::new("DE").unwrap())
        .set(Target::Account, "001", "BillingCountry", "DE")
        .clone();
    let finding = &written(&[german], &[("locale", "fr"), ("countryNames", "DE|Allemagne")])[0];
    assert_eq!(
        *finding,
        serde_json::json!({
            "code": "country.unknown", "rule": 0, "severity": "block", "field": "account.country",
            "params": { "value": "Germny", "code": "DE", "country": "DE" },
            "message": "Microsoft ne connaît pas le pays «\u{a0}Germny\u{a0}». Vouliez-vous dire Allemagne (DE)\u{202f}?",
            "fix": {
                "kind": "set", "object": "Account", "recordId": "001", "values": { "BillingCountry": "DE" },
                "label": "Utiliser DE (Allemagne)",
            },
        })
    );
    let plain = [
        ("count", Param::Count(84000), "84000"),
        ("amount", Param::Amount("84000.50".parse().unwrap()), "84000.5"),
        ("day", day(2026, Month::November, 21), "2026-11-21"),
        ("fields", Param::Fields(vec!["Email", "Phone"]), "Email,Phone"),
        ("options", Param::Countries(vec![Code::new("KP").unwrap(), Code::new("KR").unwrap()]), "KP,KR"),
        ("currency", Param::Currency(Code3::new("EUR").unwrap()), "EUR"),
        ("term", Param::Term("GeneralOrOther".into()), "GeneralOrOther"),
    ];
    for (name, param, expected) in plain {
        let finding = &written(&[Finding::new(&KIND).with(name, param).clone()], &[])[0];
        assert_eq!((&finding["params"][name], &finding["fix"]), (&expected.into(), &serde_json::Value::Null), "{name}");
    }
}

#[test]
fn every_way_to_mend_has_its_button() {
    const MISSING: Kind = Kind::block("name.missing", Field::Name);
    let (opportunity, korea) = (Target::Opportunity, Code::new("KP").unwrap());
    let of = |finding: &Finding<'_>| written(std::slice::from_ref(finding), &[])[0]["fix"].clone();
    let base = serde_json::json!({ "object": "Opportunity", "recordId": "006" });
    for (finding, expected) in [
        (
            Finding::new(&KIND).set(opportunity, "006", "C", "EUR"),
            serde_json::json!({ "kind": "set", "values": { "C": "EUR" }, "label": "Use EUR" }),
        ),
        (
            Finding::new(&KIND).set(opportunity, "006", "H", "QuotesOrLicensing"),
            serde_json::json!({ "kind": "set", "values": { "H": "QuotesOrLicensing" }, "label": "Choose “quotes and licensing”" }),
        ),
        (
            Finding::new(&KIND).tick(opportunity, "006", field::CONSENT),
            serde_json::json!({ "kind": "set", "values": { field::CONSENT: true }, "label": "The customer agrees" }),
        ),
        (
            Finding::new(&KIND).tick(opportunity, "006", field::VISIBLE),
            serde_json::json!({ "kind": "set", "values": { field::VISIBLE: true }, "label": "Show to Microsoft’s sellers" }),
        ),
        (
            Finding::new(&KIND).choose(opportunity, "006", "C", vec![korea]),
            serde_json::json!({
                "kind": "choose", "field": "C", "options": [{ "value": "KP", "label": "North Korea (KP)" }], "label": "Choose",
            }),
        ),
        (
            Finding::new(&MISSING).edit(opportunity, "006", &["Name"]),
            serde_json::json!({ "kind": "edit", "fields": ["Name"], "label": "Complete" }),
        ),
        (
            Finding::new(&KIND).edit(opportunity, "006", &["A", "B"]),
            serde_json::json!({ "kind": "edit", "fields": ["A", "B"], "label": "Change" }),
        ),
    ] {
        let mut expected = expected;
        expected.as_object_mut().unwrap().extend(base.as_object().unwrap().clone());
        assert_eq!(of(finding), expected);
    }
    for (what, name, label) in
        [(Addition::Solution, "solution", "Add a solution"), (Addition::Contact, "contact", "Choose a contact")]
    {
        assert_eq!(of(Finding::new(&KIND).lacks(what)), serde_json::json!({ "kind": "add", "what": name, "label": label }));
    }
}

#[test]
fn the_page_is_given_numbers_and_days_to_write_for_its_readers_locale() {
    const PAST: Kind = Kind::warn("close-date.past", Field::CloseDate);
    let mut finding = Finding::new(&PAST);
    finding.with("date", Date::from_calendar_date(2026, Month::January, 5).unwrap());
    let mut json = Json::default();
    json.open('{');
    json.key("found");
    write_page_findings(&mut json, &[finding], &settings(&[("locale", "fr")]));
    json.close('}');
    let read: serde_json::Value = serde_json::from_str(&json.into_text()).unwrap();
    let message = read["found"][0]["message"].as_str().unwrap();
    assert!(message.contains("\u{1}2026-01-05\u{1}"), "{message}");
    assert_eq!(read["found"][0]["params"]["date"], "2026-01-05");
}
