//! A base of any text is read or refused, and what was read is the same when it is written and read again.
#![no_main]

use cosell_rules::reconcile::Base;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(base) = Base::from_json(text) else { return };
    assert_eq!(Base::from_json(&base.to_json()).unwrap(), base);
});
