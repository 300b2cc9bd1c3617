//! A record of any shape can be read or not; what was read can be mapped, and says the same as its rows do.
#![no_main]

use cosell_rules::{
    map,
    model::Opportunity,
    salesforce::{self, Record},
};
use cosell_rules_fuzz::settings;
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|data: (u8, &[u8])| {
    let (choice, record) = data;
    let Ok(record) = serde_json::from_slice::<Value>(record) else { return };
    let settings = settings(choice);
    let Ok(record) = Record::from_json(&record, &settings) else { return };
    let Ok(opportunity): Result<Opportunity<'_>, _> = salesforce::read(&record, &settings) else { return };
    assert!(!opportunity.id.is_empty());
    for document in [map::own_referral(&opportunity, &settings), map::microsoft_referral(&opportunity, &settings, Some("e"))] {
        assert!(serde_json::from_str::<Value>(&document.to_json()).is_ok());
    }
});
