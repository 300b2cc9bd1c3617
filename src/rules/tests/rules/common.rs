//! The whole opportunity of the case files, to be bent by a test.

use std::{fs, path::Path};

use cosell_rules::{
    model::{Opportunity, Settings},
    salesforce,
};
use serde_json::Value;
use time::{Date, Month, OffsetDateTime, Time};

/// The record of `cases/base.json` with these fields set.
pub(crate) fn record(fields: &[(&str, Value)]) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base.json");
    let mut base: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for (name, value) in fields {
        base["record"][*name] = value.clone();
    }
    base["record"].take()
}

/// The same as an opportunity.
pub(crate) fn opportunity(fields: &[(&str, Value)]) -> Opportunity {
    salesforce::read(&record(fields), &Settings::default()).unwrap()
}

/// 22 November 2026, the day of the cases.
pub(crate) fn today() -> Date {
    Date::from_calendar_date(2026, Month::November, 22).unwrap()
}

/// 14:01 UTC on that day.
pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::new_utc(today(), Time::from_hms(14, 1, 0).unwrap())
}
