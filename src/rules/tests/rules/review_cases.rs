//! Runs every case file of `cases/review` natively. The same files run as WebAssembly in Node and in the browser.

use std::{collections::BTreeSet, fs, path::Path};

use cosell_rules::{model::Settings, review::review_bytes, validate::RULES};
use serde_json::{Value, json};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn case_files() -> Vec<(String, Value)> {
    let mut files: Vec<_> = fs::read_dir(folder().join("review")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}

/// Puts a value at a dotted path: `Account.BillingCity`, `OpportunityContactRoles.records.0.Contact.Email`.
fn put(record: &mut Value, path: &str, value: &Value) {
    let mut here = record;
    for part in path.split('.') {
        here = match part.parse::<usize>() {
            Ok(index) => &mut here[index],
            Err(_) => &mut here[part],
        };
    }
    *here = value.clone();
}

fn outcome(base: &Value, case: &Value) -> Value {
    let mut record = base["record"].clone();
    for (path, value) in case["set"].as_object().unwrap() {
        put(&mut record, path, value);
    }
    for field in case["lacks"].as_array().into_iter().flatten() {
        record.as_object_mut().unwrap().remove(field.as_str().unwrap());
    }
    let settings: Settings = serde_json::from_value(case.get("settings").cloned().unwrap_or_else(|| json!({}))).unwrap();
    let request =
        json!({ "record": record, "draft": case.get("draft").cloned().unwrap_or_else(|| json!({})), "today": base["today"] });
    serde_json::from_slice(&review_bytes(&serde_json::to_vec(&request).unwrap(), &settings)).unwrap()
}

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
            if let Some(fix) = case.get("fix") {
                let mut offered = found[0]["fix"].clone();
                let label = offered.as_object_mut().unwrap_or_else(|| panic!("{says}: no fix")).remove("label");
                assert!(label.is_some_and(|label| !label.as_str().unwrap().is_empty()), "{says}: a fix says what it does");
                assert_eq!(&offered, fix, "{says}");
            }
            for finding in &found {
                assert_eq!(finding["rule"], content["rule"], "{says}");
            }
        }
    }
}

#[test]
fn every_rule_has_a_whole_and_a_broken_case_and_every_code_is_shown() {
    let files = case_files();
    let mut shown = BTreeSet::new();
    for rule in RULES {
        let cases: Vec<_> = files
            .iter()
            .filter(|(_, content)| content["rule"] == rule.number)
            .flat_map(|(_, content)| content["cases"].as_array().unwrap().clone())
            .collect();
        assert!(cases.iter().any(|case| case["finds"] == json!([])), "rule {} has no whole case", rule.number);
        assert!(cases.iter().any(|case| case["finds"] != json!([])), "rule {} has no broken case", rule.number);
        shown.extend(
            cases.iter().flat_map(|case| case["finds"].as_array().unwrap().clone()).map(|code| code.as_str().unwrap().to_owned()),
        );
    }
    let silent: Vec<_> = RULES.iter().flat_map(|rule| rule.codes).filter(|code| !shown.contains(**code)).collect();
    assert!(silent.is_empty(), "no case shows {silent:?}");
}
