//! Facts of any text are read, or the one that can't be is named.
#![no_main]

use cosell_rules::{
    facts::{FactError, Facts},
    row,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match Facts::of_pairs(row::pairs(text)) {
    Ok(facts) => {
        let held = row::pairs(text).filter(|(name, _)| name.starts_with("held:")).count();
        assert_eq!(facts.held.len(), held);
        let _ = format!("{facts:?} {:?}", facts.sent(None));
    }
    Err(FactError::Unknown(name) | FactError::Unreadable(name)) => assert!(row::pairs(text).any(|(given, _)| given == name)),
});
