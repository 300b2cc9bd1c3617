//! The rules' case files, run natively. The same files run as WebAssembly in Node and in the browser.

use std::collections::BTreeSet;

use cosell_rules::validate::RULES;
use serde_json::{Value, json};

use crate::support::{case_files, folder, outcome, read};

#[test]
fn every_case_finds_exactly_what_it_says() {
    let base = read(&folder().join("base.json"));
    for (file, content) in case_files() {
        for case in content["cases"].as_array().unwrap() {
            let says = format!("{file}: {}", case["says"].as_str().unwrap());
            let outcome = outcome(&base, case);
            let found: Vec<_> = outcome["findings"].as_array().unwrap_or_else(|| panic!("{says}: {outcome}")).clone();
            let codes: Vec<_> = found.iter().map(|finding| finding["code"].clone()).collect();
            assert_eq!(json!(codes), case["finds"], "{says}");
            let stopped = found.iter().any(|finding| finding["severity"] == "block");
            assert_eq!(outcome["ready"], json!(!stopped), "{says}");
            if let Some(ready) = case.get("ready") {
                assert_eq!(&outcome["ready"], ready, "{says}");
            }
            if let Some(fix) = case.get("fix") {
                let mut offered = found[0]["fix"].clone();
                let label = offered.as_object_mut().unwrap_or_else(|| panic!("{says}: no fix")).remove("label");
                assert!(label.is_some_and(|label| !label.as_str().unwrap().is_empty()), "{says}: a fix says what it does");
                assert_eq!(&offered, fix, "{says}");
            }
            // A case may set off a neighbour's rule as well, and then names it in `also`.
            let also: Vec<_> = case["also"].as_array().into_iter().flatten().collect();
            for finding in found.iter().filter(|finding| !also.contains(&&finding["code"])) {
                assert_eq!(finding["rule"], content["rule"], "{says}");
            }
        }
    }
}

#[test]
fn every_rule_has_a_whole_and_a_broken_case_and_every_code_is_shown() {
    let files = case_files();
    let mut missing = Vec::new();
    for rule in &RULES {
        let cases: Vec<Value> = files
            .iter()
            .filter(|(_, content)| content["rule"] == rule.number)
            .flat_map(|(_, content)| content["cases"].as_array().unwrap().clone())
            .collect();
        let codes: BTreeSet<&str> = rule.kinds.iter().map(|kind| kind.code).collect();
        let finds = |case: &Value| case["finds"].as_array().unwrap().iter().any(|code| codes.contains(code.as_str().unwrap()));
        if !cases.iter().any(|case| !finds(case)) {
            missing.push(format!("rule {} has no whole case", rule.number));
        }
        for code in &codes {
            if !cases.iter().any(|case| case["finds"].as_array().unwrap().contains(&json!(code))) {
                missing.push(format!("rule {}: no case shows {code}", rule.number));
            }
        }
        if codes.is_empty() {
            missing.push(format!("rule {} finds nothing", rule.number));
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn numbers_and_codes_are_unique() {
    let numbers: BTreeSet<u8> = RULES.iter().map(|rule| rule.number).collect();
    assert_eq!(numbers.len(), RULES.len());
    let kinds: Vec<&str> = RULES.iter().flat_map(|rule| rule.kinds).map(|kind| kind.code).collect();
    assert_eq!(kinds.iter().collect::<BTreeSet<_>>().len(), kinds.len(), "{kinds:?}");
}
