//! The case files, and requests as a page would send them.

use std::{fs, path::Path};

use cosell_rules::{review, row, salesforce, settings::Settings};
use serde_json::Value;

pub(crate) fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

pub(crate) fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Name and content of every case file, in the order of their names.
pub(crate) fn case_files() -> Vec<(String, Value)> {
    let mut files: Vec<_> = fs::read_dir(folder().join("review")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| (path.file_stem().unwrap().to_string_lossy().into_owned(), read(path))).collect()
}

/// A setting or a fact as text: lists line by line, maps as `key|value` lines, blanks as nothing.
pub(crate) fn as_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(lines) => lines.iter().map(as_text).collect::<Vec<_>>().join("\n"),
        Value::Object(map) => map.iter().map(|(key, value)| format!("{key}|{}", as_text(value))).collect::<Vec<_>>().join("\n"),
        other => other.to_string(),
    }
}

pub(crate) fn settings(given: &Value) -> Settings {
    let pairs: Vec<(String, String)> =
        given.as_object().into_iter().flatten().map(|(name, value)| (name.clone(), as_text(value))).collect();
    Settings::from_pairs(pairs.iter().map(|(name, text)| (name.as_str(), text.as_str()))).unwrap()
}

/// Puts a value at a dotted path: `Account.BillingCity`, `OpportunityContactRoles.records.0.Contact.Email`.
pub(crate) fn put(record: &mut Value, path: &str, value: &Value) {
    let mut here = record;
    for part in path.split('.') {
        here = match part.parse::<usize>() {
            Ok(index) => &mut here[index],
            Err(_) => &mut here[part],
        };
    }
    *here = value.clone();
}

/// The base record with what a case sets and lacks.
pub(crate) fn bent(base: &Value, case: &Value) -> Value {
    let mut record = base.clone();
    for (path, value) in case["set"].as_object().into_iter().flatten() {
        put(&mut record, path, value);
    }
    for field in case["lacks"].as_array().into_iter().flatten() {
        record.as_object_mut().unwrap().remove(field.as_str().unwrap());
    }
    record
}

/// A record as the rows that a page sends.
pub(crate) fn rows(record: &Value, settings: &Settings) -> String {
    let columns = salesforce::columns(settings);
    let mut tables = columns.split(row::GROUP);
    let mut text = cells(record, tables.next().unwrap().split(row::UNIT));
    for table in tables {
        let mut paths = table.split(row::UNIT);
        let rows = record[paths.next().unwrap()]["records"].as_array();
        let rows: Vec<_> = rows.into_iter().flatten().map(|row| cells(row, paths.clone())).collect();
        text.push(row::GROUP);
        text.push_str(&rows.join(&row::RECORD.to_string()));
    }
    text
}

fn cells<'a>(record: &Value, paths: impl Iterator<Item = &'a str>) -> String {
    let cell = |path: &str| match path.split('.').try_fold(record, |here, part| here.get(part)) {
        None => row::ABSENT.to_owned(),
        Some(Value::Null | Value::Object(_) | Value::Array(_)) => String::new(),
        Some(value) => as_text(value),
    };
    paths.map(cell).collect::<Vec<_>>().join(&row::UNIT.to_string())
}

/// What the module answers to one case.
pub(crate) fn outcome(base: &Value, case: &Value) -> Value {
    let settings = settings(&case["settings"]);
    let saved = bent(&base["record"], case);
    let mut facts = format!("today{}{}", row::UNIT, base["today"].as_str().unwrap());
    for (name, value) in case["facts"].as_object().into_iter().flatten() {
        facts.extend([row::RECORD.to_string().as_str(), name, &row::UNIT.to_string(), &as_text(value)]);
    }
    let mut parts = vec![facts];
    match case["draft"].as_object() {
        Some(draft) => {
            let mut edited = saved.clone();
            edited.as_object_mut().unwrap().extend(draft.clone());
            parts.extend([rows(&edited, &settings), rows(&saved, &settings)]);
        }
        None => parts.extend([rows(&saved, &settings), String::new()]),
    }
    parts.extend(case["peers"].as_array().into_iter().flatten().map(|peer| rows(&bent(&base["record"], peer), &settings)));
    let answer = review::review(parts.join(&row::FILE.to_string()).as_bytes(), &settings);
    serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{error}: {answer}"))
}
