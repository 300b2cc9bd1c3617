//! A referral of any shape is read or refused; what was read survives being written, and can be asked anything.
#![no_main]

use cosell_rules::referral::Referral;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|document: &[u8]| {
    let Ok(referral) = serde_json::from_slice::<Referral>(document) else { return };
    let _ = (referral.is_microsoft(), referral.is_incoming(), referral.is_closed(), referral.at("/details/notes"));
    assert!(referral.standing().is_none_or(|standing| standing.is_closed() == referral.is_closed()));
    assert_eq!(serde_json::from_slice::<Referral>(&serde_json::to_vec(&referral).unwrap()).unwrap(), referral);
});
