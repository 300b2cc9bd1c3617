//! Whatever the page sends, the answer is JSON that says whether it was reviewed. The first byte chooses the settings.
#![no_main]

use cosell_rules::review;
use cosell_rules_fuzz::settings;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: (u8, &[u8])| {
    let (choice, request) = data;
    let answer: Value = serde_json::from_str(&review::review(request, &settings(choice))).unwrap();
    assert!(matches!(answer["status"].as_str(), Some("reviewed" | "unreadable")), "{answer}");
    let findings = answer["findings"].as_array().map_or(&[][..], Vec::as_slice);
    for finding in findings {
        let words = finding["message"].as_str().unwrap();
        assert!(!words.is_empty() && finding["rule"].as_u64() > Some(0), "{finding}");
    }
    let blocks = findings.iter().filter(|finding| finding["severity"] == "block").count();
    assert!(answer["status"] == "unreadable" || (answer["ready"] == (blocks == 0) && answer["blocking"] == blocks), "{answer}");
});
