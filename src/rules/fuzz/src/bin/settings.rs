//! Settings of any text are read or refused by name, and what was read can review a deal.
#![no_main]

use cosell_rules::{review, row, salesforce, settings::Settings};
use libfuzzer_sys::fuzz_target;

/// A shared deal to which there is something to say, with a value in every column that the defaults ask for.
const REQUEST: &[u8] = include_bytes!("../../seeds/review/broken");

fuzz_target!(|text: &str| match Settings::from_pairs(row::pairs(text)) {
    Ok(settings) => {
        assert!(salesforce::columns(&settings).split(row::GROUP).count() == 4, "a path ends a table");
        let answer = review::review(&REQUEST[1..], &settings);
        assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok(), "{answer}");
    }
    Err(error) => {
        assert!(!error.problem.is_empty());
        let named = |(name, lines): (&str, &str)| name == error.name || (name == "rules" && lines.contains(&error.name));
        assert!(row::pairs(text).any(named), "{error}");
    }
});
