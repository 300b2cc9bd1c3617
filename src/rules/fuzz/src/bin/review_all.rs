//! Whatever the page sends, each record of it has its answer. The first byte chooses the settings.
#![no_main]

use cosell_rules::{review, row};
use cosell_rules_fuzz::settings;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: (u8, &[u8])| {
    let (choice, request) = data;
    let answer: Value = serde_json::from_str(&review::review_all(request, &settings(choice))).unwrap();
    if answer["status"] == "reviewed" {
        let text = str::from_utf8(request).unwrap();
        let asked = text.split(row::FILE).skip(1).filter(|part| !part.is_empty()).count();
        assert_eq!(answer["reviews"].as_array().map(Vec::len), Some(asked));
    }
});
